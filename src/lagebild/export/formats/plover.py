"""PLOVER 2021 event data: POLECAT's table and PLOVER JSON."""

from __future__ import annotations

import json

from lagebild.export.base import (
    Exporter,
    Item,
    Options,
    Row,
    countries,
    place_name,
    quote,
    sectors,
    speaker_name,
)
from lagebild.export.formats.separated import Separated
from lagebild.rules.worlds import cow_code, quad_of, score_of

NONE = "None"
TOWNS = {"town", "district", "building", "address"}


def joined(values: list[str]) -> str:
    """Return a list as POLECAT writes it."""
    return "; ".join(values) or NONE


class Polecat(Separated):
    """POLECAT, 40 columns, tab-separated."""

    name, suffix, deeds = "polecat", ".tsv", True
    about = "POLECAT event data (tab-separated, 40 columns)"
    needs_day = "POLECAT"
    lacks = ("status", "speaker", "content_of", "condition", "quantities", "implied")

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        event, article = item.event, item.article
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
        row |= {name: NONE if value is None else value for name, value in place_columns(event, self.options).items()}
        row |= {f"Story {kind}": NONE for kind in ("People", "Organizations", "Locations")}
        self.put(row)
        return None

    def _side(self, side: str, actors: list[Row]) -> Row:
        lands, kinds = countries(actors), sectors(actors)
        cow = [code for land in lands if (code := cow_code(self.options.lexicon, land))]
        raw = [actor["quote"] for actor in actors if actor["quote"]] if self.options.text else []
        return {
            f"{side} Name": joined(self.names(actors)),
            f"{side} Country": joined(lands),
            f"{side} COW": joined(cow),
            f"Primary {side} Sector": kinds[0] if kinds else NONE,
            f"{side} Sectors": joined(kinds),
            f"{side} Title": NONE,
            f"{side} Name Raw": joined(list(dict.fromkeys(raw))),
            f"Wikipedia {side} ID": joined(list(dict.fromkeys(a["entity"] for a in actors if a["entity"]))),
        }


def place_columns(event: Row, options: Options) -> Row:
    """Return the columns of a place that POLECAT and ICEWS name alike, and POLECAT's own; None for what is missing."""
    name = place_name(event, text=options.text)
    return {
        "Placename": name,
        "City": name if event["precision"] in TOWNS else None,
        "District": None,
        "Province": name if event["precision"] == "region" else None,
        "Country": event["country"],
        "Latitude": event["latitude"],
        "Longitude": event["longitude"],
        "GeoNames ID": event["geonames"],
        "Feature Type": event["precision"],
    }


class Plover(Exporter):
    """PLOVER JSON, one object per line, field names of the PLOVER manual, with our status and speaker added."""

    name, suffix = "plover", ".jsonl"
    about = "PLOVER event records (JSON lines), with status, speaker and condition"
    lacks = ("quantities",)

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
            "speaker": {"code": event["speaker_code"], "name": speaker_name(event, text=text)}
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
        "how": actor["how"],
    }


def _plover_place(event: Row, *, text: bool) -> Row | None:
    if event["place_name"] is None:
        return None
    return {
        "name": place_name(event, text=text),
        "text": event["place_quote"] if text else None,
        "lat": event["latitude"],
        "lon": event["longitude"],
        "country": event["country"],
        "geonames_id": event["geonames"],
        "precision": event["precision"],
    }
