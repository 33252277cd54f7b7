"""CAMEO event data: ICEWS and GDELT 2.0, one row per directed pair."""

from __future__ import annotations

import datetime
import hashlib
from urllib.parse import urlsplit

from lagebild.export.base import Item, Row, countries, place_name, sectors
from lagebild.export.formats.plover import place_columns
from lagebild.export.formats.separated import Paired
from lagebild.rules.cameo import cameo_of
from lagebild.rules.worlds import fips_code, quad_of

LACKS = ("status", "speaker", "content_of", "condition", "quantities", "contexts", "implied")
GDELT_TYPES = frozenset("MIL GOV JUD OPP REB COP LEG BUS EDU REF LAB REL AGR CVL SPY ELI UAF CRM".split())
GDELT_RENAMED = {"JRN": "MED", "MED": "HLH", "PRM": "REB"}
GEO_TYPE = {"country": 1, "region": 5, "town": 4, "district": 4, "building": 4, "address": 4}


def number_of(text: str, bits: int) -> int:
    """Return a stable number of so many bits for a text: formats whose ids are numbers have to have one."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> (64 - bits)


class Icews(Paired):
    """ICEWS, 20 columns, CAMEO codes as strings; ids fit the 32-bit integers that its readers in R take."""

    name, suffix, deeds = "icews", ".tsv", True
    about = "ICEWS event data (tab-separated, 20 columns, CAMEO)"
    needs_day = "ICEWS"
    lacks = LACKS

    def fixed(self, item: Item, day: datetime.date) -> Row:
        """Return date, code, place and source."""
        event = item.event
        cameo = cameo_of(self.options.lexicon, event["type"], event["mode"])
        place = place_columns(event, self.options)
        return {name: "" if value is None else value for name, value in place.items()} | {
            "Event Date": item.day,
            "Event Text": cameo.text,
            "CAMEO Code": cameo.cameo,
            "Intensity": cameo.goldstein,
            "Story ID": number_of(event["article"], 31),
            "Sentence Number": item.sentence_number,
            "Publisher": item.article["outlet"] or "",
        }

    def pair(self, item: Item, number: int, actor: Row | None, target: Row | None) -> Row:
        """Return the id and both sides."""
        row: Row = {"Event ID": number_of(f"{item.key}/{number}", 31)}
        for side, who in (("Source", actor), ("Target", target)):
            row[f"{side} Name"] = "".join(self.names([who] if who else []))
            row[f"{side} Sectors"] = ",".join(sectors([who] if who else []))
            row[f"{side} Country"] = "".join(countries([who] if who else []))
        return row


class GdeltEvents(Paired):
    """GDELT 2.0 events: 61 columns, no header. NumSources counts independent origins."""

    name, suffix, deeds = "gdelt-events", ".CSV", True
    about = "GDELT 2.0 event table (tab-separated, 61 columns, no header)"
    needs_day = "GDELT"
    lacks = LACKS
    header = False

    def fixed(self, item: Item, day: datetime.date) -> Row:
        """Return date, code, counts and place."""
        event = item.event
        cameo = cameo_of(self.options.lexicon, event["type"], event["mode"])
        return {
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
            "DATEADDED": f"{(event['day'] or day):%Y%m%d}000000",
            "SOURCEURL": item.article["url"] or "",
        } | self._geo(event)

    def pair(self, item: Item, number: int, actor: Row | None, target: Row | None) -> Row:
        """Return the id and both sides."""
        return {"GlobalEventID": gdelt_id(item, number)} | self._actor(1, actor) | self._actor(2, target)

    def _actor(self, number: int, actor: Row | None) -> Row:
        if actor is None:
            return {}
        land = "".join(countries([actor]))
        kinds = [GDELT_RENAMED.get(sector, sector) for sector in sectors([actor])][:3]
        kinds = [kind for kind in kinds if kind in GDELT_TYPES.union(GDELT_RENAMED.values())]
        row: Row = {
            f"Actor{number}Code": land + "".join(kinds),
            f"Actor{number}Name": "".join(self.names([actor])).upper(),
            f"Actor{number}CountryCode": land,
        }
        return row | {f"Actor{number}Type{n}Code": kind for n, kind in enumerate(kinds, 1)}

    def _geo(self, event: Row) -> Row:
        if event["place_name"] is None:
            return {"ActionGeo_Type": 0}
        return {
            "ActionGeo_Type": GEO_TYPE.get(event["precision"], 4),
            "ActionGeo_Fullname": place_name(event, text=self.options.text) or "",
            "ActionGeo_CountryCode": fips_code(self.options.lexicon, event["country"]) or "",
            "ActionGeo_Lat": "" if event["latitude"] is None else event["latitude"],
            "ActionGeo_Long": "" if event["longitude"] is None else event["longitude"],
            "ActionGeo_FeatureID": event["geonames"] or "",
        }


class GdeltMentions(Paired):
    """GDELT 2.0 mentions: 16 columns, no header, offsets into the article's text."""

    name, suffix, deeds = "gdelt-mentions", ".mentions.CSV", True
    about = "GDELT 2.0 mentions table (tab-separated, 16 columns, no header)"
    needs_day = "GDELT"
    lacks = LACKS
    header = False

    def fixed(self, item: Item, day: datetime.date) -> Row:
        """Return times, source and where the event's words stand."""
        event, article = item.event, item.article
        return {
            "EventTimeDate": f"{day:%Y%m%d}000000",
            "MentionTimeDate": f"{event['day']:%Y%m%d}000000" if event["day"] else "",
            "MentionType": 1 if article["url"] else 2,
            "MentionSourceName": urlsplit(article["url"] or "").hostname or article["outlet"] or "",
            "MentionIdentifier": article["url"] or article["doc"],
            "SentenceID": item.sentence_number,
            "ActionCharOffset": event["trigger"][0]["start"],
            "InRawText": 1,
            "Confidence": round(100 * (event["confidence"] or 0)),
            "MentionDocLen": len(article["text"] or "") or "",
        }

    def pair(self, item: Item, number: int, actor: Row | None, target: Row | None) -> Row:
        """Return the id and where both sides' words stand."""
        return {
            "GlobalEventID": gdelt_id(item, number),
            "Actor1CharOffset": _offset(actor),
            "Actor2CharOffset": _offset(target),
        }


def _offset(actor: Row | None) -> int:
    return -1 if actor is None or actor["start"] is None else int(actor["start"])


def gdelt_id(item: Item, number: int) -> int:
    """Return the number of an event's pair, the same in events and mentions."""
    return number_of(f"{item.key}/{number}", 63)
