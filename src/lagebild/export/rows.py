"""One flat row per event: the shape of CSV files and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lagebild.export.jsonl import speaker_of
from lagebild.records import Actor, Event, Records

COLUMNS = [
    "doc",
    "published",
    "outlet",
    "event",
    "type",
    "mode",
    "contexts",
    "status",
    "actors",
    "actor_names",
    "recipients",
    "recipient_names",
    "speaker",
    "speaker_name",
    "stance",
    "place",
    "latitude",
    "longitude",
    "country",
    "geonames",
    "date",
    "earliest",
    "latest",
    "quantities",
    "content_of",
    "condition",
    "quote",
    "start",
    "end",
    "confidence",
]


def event_rows(records: Records) -> list[dict[str, Any]]:
    """Return one dict per event with the keys of ``COLUMNS``; missing values are None, lists are joined by "; "."""
    stances = {statement.id: statement.stance for statement in records.statements}
    return [_row(event, records, stances) for event in records.events]


def _row(event: Event, records: Records, stances: Mapping[int, str]) -> dict[str, Any]:
    speaker = speaker_of(event, records.statements) or {}
    place, day = event.place, event.date
    return {
        "doc": records.article.doc or records.article.id,
        "published": records.article.published,
        "outlet": records.article.outlet,
        "event": event.id,
        "type": event.type,
        "mode": event.mode or None,
        "contexts": "; ".join(event.contexts) or None,
        "status": event.status,
        "actors": codes(event.actors),
        "actor_names": names(event.actors),
        "recipients": codes(event.recipients),
        "recipient_names": names(event.recipients),
        "speaker": speaker.get("code"),
        "speaker_name": speaker.get("name"),
        "stance": stances.get(event.statement) if event.statement is not None else None,
        "place": (place.name or place.span.quote) if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "country": place.country if place else None,
        "geonames": place.geonames if place else None,
        "date": day.value if day else None,
        "earliest": day.earliest if day else None,
        "latest": day.latest if day else None,
        "quantities": "; ".join(q.span.quote for q in event.quantities) or None,
        "content_of": event.content_of,
        "condition": event.condition,
        "quote": " … ".join(span.quote for span in event.trigger),
        "start": event.trigger[0].start,
        "end": event.trigger[-1].end,
        "confidence": round(event.confidence, 3),
    }


def codes(actors: Iterable[Actor]) -> str | None:
    """Return the codes in order, "-" for those that resolve to nobody."""
    return "; ".join(dict.fromkeys(actor.code or "-" for actor in actors)) or None


def names(actors: Iterable[Actor]) -> str | None:
    """Return the names in order; an actor without a name is shown by its words, an implied one in brackets."""
    shown = [name_of(actor) for actor in actors]
    return "; ".join(dict.fromkeys(name for name in shown if name)) or None


def name_of(actor: Actor) -> str | None:
    """Return how an actor is called on the page."""
    if actor.how == "implied" or actor.span is None:
        return f"[{actor.name or actor.code or '-'}]"
    return actor.name or actor.span.quote
