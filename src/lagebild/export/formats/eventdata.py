"""Event data as political scientists' tools read it: POLECAT, PLOVER JSON, ICEWS, GDELT."""

from __future__ import annotations

import csv
import datetime
import json
from typing import TextIO
from urllib.parse import urlsplit

from lagebild.export.base import Exporter, Item, Row, countries, names, quote, sectors
from lagebild.rules.cameo import cameo_of
from lagebild.rules.worlds import cow_code, fips_code, quad_of, score_of

NONE = "None"
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
    "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")
ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")
TOWNS = {"town", "district", "building", "address"}


class _Separated(Exporter):
    """A file of separated values with a fixed list of columns."""

    columns: tuple[str, ...] | list[str]
    header = True
    delimiter = "\t"
    _stream: TextIO

    def setup(self) -> None:
        """Open the file and write the header."""
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, delimiter=self.delimiter, lineterminator="\n")
        if self.header:
            self._writer.writerow(self.columns)

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()

    def put(self, row: Row) -> None:
        """Write a row by column name; line breaks and tabs inside a cell become blanks."""
        self._writer.writerow([" ".join(str(row.get(name, "")).split()) for name in self.columns])


def joined(values: list[str]) -> str:
    """Return a list as POLECAT writes it."""
    return "; ".join(values) or NONE


class Polecat(_Separated):
    """POLECAT, 40 columns, tab-separated."""

    name, suffix, deeds = "polecat", ".tsv", True
    about = "POLECAT event data (tab-separated, 40 columns)"
    columns = POLECAT

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        event, article = item.event, item.article
        if item.day is None:
            return "no date: POLECAT needs one"
        row: Row = {
            "Event ID": item.key,
            "Event Date": item.day,
            "Event Type": event["type"],
            "Event Mode": event["mode"] or NONE,
            "Intensity": score_of(self.options.lexicon, event["type"]),
            "Quad Code": quad_of(self.options.lexicon, event["type"]),
            "Contexts": joined(list(event["contexts"] or [])),
            "Raw Placename": (event["place_quote"] if self.options.text else None) or NONE,
            "Source": article["outlet"] or NONE,
            "Publication Date": str(event["day"]) if event["day"] else NONE,
            "Language": article["language"] or "de",
            "Version": f"lagebild {article['program']}",
        }
        row |= self._side("Actor", event["actors"] or [])
        row |= self._side("Recipient", event["recipients"] or [])
        row |= _place(event)
        row |= {f"Story {kind}": NONE for kind in ("People", "Organizations", "Locations")}
        self.put(row)
        return None

    def _side(self, side: str, actors: list[Row]) -> Row:
        lands, kinds = countries(actors), sectors(actors)
        cow = [code for land in lands if (code := cow_code(self.options.lexicon, land))]
        raw = [actor["quote"] for actor in actors if actor["quote"]] if self.options.text else []
        return {
            f"{side} Name": joined(names(actors, text=self.options.text)),
            f"{side} Country": joined(lands),
            f"{side} COW": joined(cow),
            f"Primary {side} Sector": kinds[0] if kinds else NONE,
            f"{side} Sectors": joined(kinds),
            f"{side} Title": NONE,
            f"{side} Name Raw": joined(list(dict.fromkeys(raw))),
            f"Wikipedia {side} ID": joined(list(dict.fromkeys(a["entity"] for a in actors if a["entity"]))),
        }


def _place(event: Row) -> Row:
    town = event["precision"] in TOWNS
    province = event["precision"] == "region"
    found: Row = {
        "Placename": event["place_name"],
        "City": event["place_name"] if town else None,
        "District": None,
        "Province": event["place_name"] if province else None,
        "Country": event["country"],
        "Latitude": event["latitude"],
        "Longitude": event["longitude"],
        "GeoNames ID": event["geonames"],
        "Feature Type": event["precision"],
    }
    return {name: NONE if value is None else value for name, value in found.items()}


class Plover(Exporter):
    """PLOVER JSON, one object per line, field names of the PLOVER manual, with our status and speaker added."""

    name, suffix = "plover", ".jsonl"
    about = "PLOVER event records (JSON lines), with status, speaker and condition"

    def setup(self) -> None:
        """Open the file."""
        self._stream = self.path.open("w", encoding="utf-8")

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        event, article, text = item.event, item.article, self.options.text
        record = {
            "id": item.key,
            "has_event": True,
            "date": item.day,
            "enddate": str(event["latest"]) if event["latest"] else None,
            "source": [_plover_actor(a, text=text) for a in event["actors"] or []],
            "recipient": [_plover_actor(a, text=text) for a in event["recipients"] or []],
            "event": [event["type"]],
            "event_loc": _plover_place(event, text=text),
            "event_text": [quote(item, text=True)] if text else None,
            "quad_code": quad_of(self.options.lexicon, event["type"]),
            "event_scale": score_of(self.options.lexicon, event["type"]),
            "mode": event["mode"],
            "context": list(event["contexts"] or []),
            "link": item.incident,
            "text": item.sentence if text else None,
            "text_info": {
                "article": event["article"],
                "start": event["trigger"][0]["start"],
                "end": event["trigger"][-1]["end"],
            },
            "cite_info": {"publisher": article["outlet"], "url": article["url"], "date": article["published"]},
            "coder": f"lagebild {article['program']}",
            "status": event["status"],
            "speaker": {"code": event["speaker_code"], "name": event["speaker_name"]}
            if event["statement"] is not None
            else None,
            "stance": event["stance"],
            "content_of": event["content_of"],
            "condition": event["condition"],
        }
        self._stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        return None

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()


def _plover_actor(actor: Row, *, text: bool) -> Row:
    code, _, rest = (actor["code"] or "-").partition(":")
    return {
        "code": None if code == "-" else code,
        "sector": rest.split("+") if rest else [],
        "actor_text": actor["quote"] if text else None,
        "name": actor["name"],
        "wikidata": actor["entity"],
    }


def _plover_place(event: Row, *, text: bool) -> Row | None:
    if event["place_name"] is None:
        return None
    return {
        "name": event["place_name"],
        "text": event["place_quote"] if text else None,
        "lat": event["latitude"],
        "lon": event["longitude"],
        "country": event["country"],
        "geonames_id": event["geonames"],
        "precision": event["precision"],
    }


class Icews(_Separated):
    """ICEWS, 20 columns, one row per pair of actor and recipient, CAMEO codes as strings."""

    name, suffix, deeds = "icews", ".tsv", True
    about = "ICEWS event data (tab-separated, 20 columns, CAMEO)"
    columns = ICEWS

    def feed(self, item: Item) -> str | None:
        """Write one row per pair."""
        event, article = item.event, item.article
        if item.day is None:
            return "no date: ICEWS needs one"
        cameo = cameo_of(self.options.lexicon, event["type"], event["mode"])
        place = {name: "" if value == NONE else value for name, value in _place(event).items()}
        for number, (actor, target) in enumerate(pairs(event)):
            self.put(
                place
                | {
                    "Event ID": item.key if number == 0 else f"{item.key}.{number}",
                    "Event Date": item.day,
                    "Source Name": _one_name(actor, text=self.options.text),
                    "Source Sectors": ",".join(sectors([actor] if actor else [])),
                    "Source Country": "".join(countries([actor] if actor else [])),
                    "Event Text": cameo.text,
                    "CAMEO Code": cameo.cameo,
                    "Intensity": cameo.goldstein,
                    "Target Name": _one_name(target, text=self.options.text),
                    "Target Sectors": ",".join(sectors([target] if target else [])),
                    "Target Country": "".join(countries([target] if target else [])),
                    "Story ID": event["article"],
                    "Sentence Number": "",
                    "Publisher": article["outlet"] or "",
                }
            )
        return None


def pairs(event: Row) -> list[tuple[Row | None, Row | None]]:
    """Return the directed pairs of an event; for a mutual one each pair of different sides once, both ways."""
    actors, recipients = event["actors"] or [None], event["recipients"] or [None]
    found = [(a, r) for a in actors for r in recipients if a is None or r is None or a != r]
    return found or [(actors[0], None)]


def _one_name(actor: Row | None, *, text: bool) -> str:
    return (names([actor], text=text) or [""])[0] if actor else ""


_GDELT_ACTOR = (
    "Code|Name|CountryCode|KnownGroupCode|EthnicCode|Religion1Code|Religion2Code|Type1Code|Type2Code|Type3Code"
)
_GDELT_GEO = "Type|Fullname|CountryCode|ADM1Code|ADM2Code|Lat|Long|FeatureID"
GDELT_EVENTS = [
    *"GlobalEventID|Day|MonthYear|Year|FractionDate".split("|"),
    *(f"Actor{n}{part}" for n in (1, 2) for part in _GDELT_ACTOR.split("|")),
    *"IsRootEvent|EventCode|EventBaseCode|EventRootCode|QuadClass|GoldsteinScale|NumMentions|NumSources|NumArticles|AvgTone".split("|"),
    *(f"{side}Geo_{part}" for side in ("Actor1", "Actor2", "Action") for part in _GDELT_GEO.split("|")),
    *"DATEADDED|SOURCEURL".split("|"),
]  # fmt: skip
GDELT_MENTIONS = (
    "GlobalEventID|EventTimeDate|MentionTimeDate|MentionType|MentionSourceName|MentionIdentifier|SentenceID|"
    "Actor1CharOffset|Actor2CharOffset|ActionCharOffset|InRawText|Confidence|MentionDocLen|MentionDocTone|"
    "MentionDocTranslationInfo|Extras"
).split("|")
GDELT_TYPES = {
    "MIL",
    "GOV",
    "JUD",
    "OPP",
    "REB",
    "COP",
    "LEG",
    "BUS",
    "EDU",
    "REF",
    "LAB",
    "REL",
    "AGR",
    "CVL",
    "SPY",
    "ELI",
    "UAF",
    "CRM",
}
GDELT_RENAMED = {"JRN": "MED", "MED": "HLH", "PRM": "REB"}
GEO_TYPE = {"country": 1, "region": 5, "town": 4, "district": 4, "building": 4, "address": 4}


class GdeltEvents(_Separated):
    """GDELT 2.0 events: 61 columns, no header, one row per pair. NumSources counts independent origins."""

    name, suffix, deeds = "gdelt-events", ".CSV", True
    about = "GDELT 2.0 event table (tab-separated, 61 columns, no header)"
    columns = GDELT_EVENTS
    header = False

    def feed(self, item: Item) -> str | None:
        """Write one row per pair."""
        event, article = item.event, item.article
        if item.day is None:
            return "no date: GDELT needs one"
        day = datetime.date.fromisoformat(item.day)
        cameo = cameo_of(self.options.lexicon, event["type"], event["mode"])
        fixed: Row = {
            "Day": f"{day:%Y%m%d}",
            "MonthYear": f"{day:%Y%m}",
            "Year": day.year,
            "FractionDate": f"{day.year + day.timetuple().tm_yday / 366:.4f}",
            "IsRootEvent": int(event["content_of"] is None),
            "EventCode": cameo.cameo,
            "EventBaseCode": cameo.cameo[:3],
            "EventRootCode": cameo.cameo[:2],
            "QuadClass": quad_of(self.options.lexicon, event["type"]),
            "GoldsteinScale": cameo.goldstein,
            "NumMentions": 1,
            "NumSources": max(1, item.independent),
            "NumArticles": 1,
            "AvgTone": "",
            "DATEADDED": f"{(event['day'] or day):%Y%m%d}000000",
            "SOURCEURL": article["url"] or "",
        } | self._geo("Action", event)  # fmt: skip
        for number, (actor, target) in enumerate(pairs(event)):
            row = fixed | self._actor(1, actor) | self._actor(2, target)
            self.put(row | {"GlobalEventID": gdelt_id(item.key, number)})
        return None

    def _actor(self, number: int, actor: Row | None) -> Row:
        if actor is None:
            return {}
        land = "".join(countries([actor]))
        kinds = [GDELT_RENAMED.get(sector, sector) for sector in sectors([actor])][:3]
        kinds = [kind for kind in kinds if kind in GDELT_TYPES | set(GDELT_RENAMED.values())]
        row: Row = {
            f"Actor{number}Code": land + "".join(kinds),
            f"Actor{number}Name": _one_name(actor, text=self.options.text).upper(),
            f"Actor{number}CountryCode": land,
        }
        return row | {f"Actor{number}Type{n}Code": kind for n, kind in enumerate(kinds, 1)}

    def _geo(self, side: str, event: Row) -> Row:
        if event["place_name"] is None:
            return {f"{side}Geo_Type": 0}
        return {
            f"{side}Geo_Type": GEO_TYPE.get(event["precision"], 4),
            f"{side}Geo_Fullname": event["place_name"],
            f"{side}Geo_CountryCode": fips_code(self.options.lexicon, event["country"]) or "",
            f"{side}Geo_Lat": "" if event["latitude"] is None else event["latitude"],
            f"{side}Geo_Long": "" if event["longitude"] is None else event["longitude"],
            f"{side}Geo_FeatureID": event["geonames"] or "",
        }


class GdeltMentions(_Separated):
    """GDELT 2.0 mentions: 16 columns, no header, offsets into the article's text."""

    name, suffix, deeds = "gdelt-mentions", ".mentions.CSV", True
    about = "GDELT 2.0 mentions table (tab-separated, 16 columns, no header)"
    columns = GDELT_MENTIONS
    header = False

    def feed(self, item: Item) -> str | None:
        """Write one row per pair."""
        event, article = item.event, item.article
        if item.day is None:
            return "no date: GDELT needs one"
        for number, (actor, target) in enumerate(pairs(event)):
            self.put(
                {
                    "GlobalEventID": gdelt_id(item.key, number),
                    "EventTimeDate": item.day.replace("-", "") + "000000",
                    "MentionTimeDate": f"{event['day']:%Y%m%d}000000" if event["day"] else "",
                    "MentionType": 1 if article["url"] else 2,
                    "MentionSourceName": urlsplit(article["url"] or "").hostname or article["outlet"] or "",
                    "MentionIdentifier": article["url"] or article["doc"],
                    "SentenceID": 1,
                    "Actor1CharOffset": _offset(actor),
                    "Actor2CharOffset": _offset(target),
                    "ActionCharOffset": event["trigger"][0]["start"],
                    "InRawText": 1,
                    "Confidence": round(100 * (event["confidence"] or 0)),
                    "MentionDocLen": len(article["text"] or "") or "",
                    "MentionDocTranslationInfo": "",
                }
            )
        return None


def _offset(actor: Row | None) -> int:
    return -1 if actor is None or actor["start"] is None else int(actor["start"])


def gdelt_id(key: str, number: int) -> int:
    """Return a stable positive 63-bit number for an event and its pair: GDELT ids are numbers."""
    import hashlib

    return int.from_bytes(hashlib.sha256(f"{key}/{number}".encode()).digest()[:8], "big") >> 1
