"""One flat row per event or per statement: the shape of CSV files and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from lagebild.records import Actor, Event, Records, Span, Statement

What = Literal["events", "statements"]
WHAT: tuple[What, ...] = get_args(What)
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
STATEMENT_COLUMNS = [
    "doc",
    "published",
    "outlet",
    "statement",
    "speaker",
    "speaker_name",
    "cue",
    "form",
    "stance",
    "message",
    "addressee",
    "parent",
    "events",
    "start",
    "end",
    "confidence",
]
COLUMNS_OF: dict[What, list[str]] = {"events": COLUMNS, "statements": STATEMENT_COLUMNS}


def rows_of(records: Records, what: What) -> list[dict[str, Any]]:
    """Return the rows of one kind, with the keys of ``COLUMNS_OF``."""
    return event_rows(records) if what == "events" else statement_rows(records)


def event_rows(records: Records) -> list[dict[str, Any]]:
    """Return one dict per event with the keys of ``COLUMNS``; missing values are None, lists are joined by "; "."""
    statements = {statement.id: statement for statement in records.statements}
    return [_row(event, records, statements) for event in records.events]


def statement_rows(records: Records) -> list[dict[str, Any]]:
    """Return one dict per statement with the keys of ``STATEMENT_COLUMNS``, made like those of events."""
    return [_statement_row(statement, records) for statement in records.statements]


def _article(records: Records) -> dict[str, Any]:
    article = records.article
    return {"doc": article.doc or article.id, "published": article.published, "outlet": article.outlet}


def _row(event: Event, records: Records, statements: Mapping[int, Statement]) -> dict[str, Any]:
    said = None if event.statement is None else statements.get(event.statement)
    place, day = event.place, event.date
    return _article(records) | {
        "event": event.id,
        "type": event.type,
        "mode": event.mode or None,
        "contexts": "; ".join(event.contexts) or None,
        "status": event.status,
        "actors": codes(event.actors),
        "actor_names": names(event.actors),
        "recipients": codes(event.recipients),
        "recipient_names": names(event.recipients),
        "speaker": speaker_codes(said) if said else None,
        "speaker_name": speaker_names(said) if said else None,
        "stance": said.stance if said else None,
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
        "quote": quote(event.trigger),
        "start": event.trigger[0].start,
        "end": event.trigger[-1].end,
        "confidence": round(event.confidence, 3),
    }


def _statement_row(statement: Statement, records: Records) -> dict[str, Any]:
    told = [str(event.id) for event in records.events if event.statement == statement.id]
    return _article(records) | {
        "statement": statement.id,
        "speaker": speaker_codes(statement),
        "speaker_name": speaker_names(statement),
        "cue": quote(statement.cue),
        "form": statement.form,
        "stance": statement.stance,
        "message": quote(statement.message),
        "addressee": statement.addressee.quote if statement.addressee else None,
        "parent": statement.parent,
        "events": "; ".join(told) or None,
        "start": statement.message[0].start if statement.message else None,
        "end": statement.message[-1].end if statement.message else None,
        "confidence": round(statement.confidence, 3),
    }


def quote(spans: Iterable[Span]) -> str | None:
    """Return the words of spans, " … " between parts that do not stand together."""
    return " … ".join(span.quote for span in spans) or None


def speaker_codes(statement: Statement) -> str | None:
    """Return the codes of who makes a statement; "-" for who resolves to nobody, None where nobody is named."""
    return codes(statement.source) or ("-" if statement.source_span else None)


def speaker_names(statement: Statement) -> str | None:
    """Return the names of who makes a statement; the words where it resolves to nobody, else None."""
    if statement.source:
        return names(statement.source)
    return statement.source_span.quote if statement.source_span else None


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
