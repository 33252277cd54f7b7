"""One JSON object per article: the form that the scorers under ``bench`` read, and the fullest form there is.

``content_of`` and ``condition`` are positions in ``events``; ``statement`` and ``parent`` are positions in
``statements``. Spans are ``[start, end]`` pairs of code points, end exclusive. Implied actors have the span 0, 0.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from lagebild.records import (
    Actor,
    Article,
    Contradiction,
    Date,
    Event,
    Evidence,
    Place,
    Quantity,
    Records,
    Span,
    Statement,
)

ARTICLE_FIELDS = [
    "url",
    "canonical_url",
    "outlet",
    "origin_outlet",
    "agencies",
    "bylines",
    "published",
    "modified",
    "fetched",
    "language",
    "kicker",
    "headline",
    "lead",
    "kind",
    "comments",
    "notes",
]

UNKNOWN = {"DATE": "XXXX-XX-XX", "TIME": "XXXX-XX-XXTXX:XX"}
"""How TIMEX3 writes a time that is not known; our records say None."""


def article_object(records: Records, *, explain: bool = False) -> dict[str, Any]:
    """Return the whole article as plain JSON values; with ``explain`` the evidence of every field too."""
    article = records.article
    statements = {statement.id: n for n, statement in enumerate(records.statements)}
    events = {event.id: n for n, event in enumerate(records.events)}
    out: dict[str, Any] = {"doc": article.doc or article.id, "id": article.id, "date": article.published}
    out |= article_fields(article)
    out["text"] = article.text
    out["events"] = [_event(event, records.statements, events, statements, explain) for event in records.events]
    out["statements"] = [_statement(statement, statements, explain) for statement in records.statements]
    out["timex"] = [_timex(date, explain) for date in records.dates]
    out["places"] = [_place(place, explain) for place in records.places]
    out["quantities"] = [_quantity(quantity, explain) for quantity in records.quantities]
    out["contradictions"] = [_contradiction(found, events, explain) for found in records.contradictions]
    out["versions"] = dataclasses.asdict(records.versions)
    return out


def article_fields(article: Article) -> dict[str, Any]:
    """Return what the page says of itself: headline, credits, date and the rest."""
    fields: dict[str, Any] = {}
    for name in ARTICLE_FIELDS:
        value = getattr(article, name)
        fields[name] = list(value) if isinstance(value, tuple) else value
    fields["subheads"] = list(article.subheads)
    fields["blocks"] = [
        {"kind": block.kind, "start": block.span.start, "end": block.span.end} for block in article.blocks
    ]
    return fields


def _event(
    event: Event, said: Sequence[Statement], events: dict[int, int], statements: dict[int, int], explain: bool
) -> dict[str, Any]:
    place, day = event.place, event.date
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "trigger": _pairs(event.trigger),
        "quote": " … ".join(span.quote for span in event.trigger),
        "actors": [_actor(actor) for actor in event.actors],
        "recipients": [_actor(actor) for actor in event.recipients],
        "status": event.status,
        "speaker": speaker_of(event, said),
        "statement": None if event.statement is None else statements.get(event.statement),
        "content_of": None if event.content_of is None else events.get(event.content_of),
        "condition": None if event.condition is None else events.get(event.condition),
        "place": [[place.span.start, place.span.end]] if place else [],
        "where": _place(place, explain=False) if place else None,
        "date": [[day.span.start, day.span.end]] if day else [],
        "when": _timex(day, explain=False) if day else None,
        "quantities": [_quantity(quantity, explain=False) for quantity in event.quantities],
        "confidence": round(event.confidence, 3),
    } | _why(event.evidence, explain)


def speaker_of(event: Event, said: Iterable[Statement]) -> dict[str, Any] | None:
    """Return who vouches for an event, or None where the writer asserts it.

    A statement by somebody who resolves to nobody still has a speaker: an actor with the words as written and code ``-``.
    """
    statement = next((s for s in said if s.id == event.statement), None)
    if statement is None:
        return None
    if statement.source:
        return _actor(statement.source[0])
    if statement.source_span is not None:
        return _actor(Actor(statement.source_span, None, None, "named")) | {"how": None}
    return None


def _actor(actor: Actor) -> dict[str, Any]:
    start, end = (actor.span.start, actor.span.end) if actor.span else (0, 0)
    return {
        "start": start,
        "end": end,
        "text": actor.span.quote if actor.span else None,
        "code": actor.code or "-",
        "name": actor.name,
        "how": actor.how,
        "entity": actor.entity,
    }


def _statement(statement: Statement, statements: dict[int, int], explain: bool) -> dict[str, Any]:
    return {
        "source": [_actor(actor) for actor in statement.source],
        "source_span": _pair(statement.source_span),
        "cue": _pairs(statement.cue),
        "message": _pairs(statement.message),
        "addressee": _pair(statement.addressee),
        "form": statement.form,
        "stance": statement.stance,
        "parent": None if statement.parent is None else statements.get(statement.parent),
    } | _why(statement.evidence, explain)


def _contradiction(found: Contradiction, events: dict[int, int], explain: bool) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "a": None if found.a is None else events.get(found.a),
        "b": None if found.b is None else events.get(found.b),
        "cue": _pair(found.cue),
    } | _why(found.evidence, explain)


def _timex(date: Date, explain: bool) -> dict[str, Any]:
    return (
        _words(date.span)
        | {
            "type": date.type,
            "value": date.value or UNKNOWN.get(date.type, ""),
            "earliest": date.earliest,
            "latest": date.latest,
            "precision": date.precision,
        }
        | _why(date.evidence, explain)
    )


def _place(place: Place, explain: bool) -> dict[str, Any]:
    return (
        _words(place.span)
        | {
            "name": place.name,
            "geonames": place.geonames,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "country": place.country,
            "precision": place.precision,
        }
        | _why(place.evidence, explain)
    )


def _quantity(quantity: Quantity, explain: bool) -> dict[str, Any]:
    return (
        _words(quantity.span)
        | {
            "what": quantity.what,
            "low": quantity.low,
            "high": quantity.high,
            "approximate": quantity.approximate,
            "unit": quantity.unit,
        }
        | _why(quantity.evidence, explain)
    )


def _why(evidence: Sequence[Evidence], explain: bool) -> dict[str, Any]:
    if not explain:
        return {}
    return {
        "evidence": [
            {
                "field": e.field,
                "rule": e.rule,
                "cue": _pair(e.cue),
                "quote": e.cue.quote if e.cue else None,
                "note": e.note,
            }
            for e in evidence
        ]
    }


def _words(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.quote}


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
