"""Different figures for the same thing by different speakers: "vier Tote", says one, "mindestens zwölf", the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier, tokens_of
from lagebild.records import Contradiction, Event, Evidence, Quantity, Span, Statement

COUNTED = frozenset(
    "killed injured missing arrested hostages released displaced protesters troops people attacks".split()
)
NEAR = 3  # sentences


def differing_figures(doc: Doc, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield pairs of events whose figures exclude each other and stand on different speakers' word."""
    counted = [quantity for quantity in earlier.quantities if quantity.what in COUNTED]
    if len(counted) < 2 or len(earlier.statements) < 2:
        return
    starts = columns_of(doc).starts
    told = [
        (quantity, statement, event, _sentence(starts, doc, quantity.span))
        for quantity in counted
        if (statement := _told_by(quantity, earlier.statements)) is not None
        and (event := _owner(starts, doc, quantity, earlier.events)) is not None
    ]
    for (first, says, a, here), (second, gainsays, b, there) in combinations(told, 2):
        if first.what != second.what or abs(here - there) > NEAR or not _exclude(first, second):
            continue
        if _names(says) == _names(gainsays) or a.type != b.type:
            continue
        evidence = (
            Evidence("kind", f"figures-{first.what}", first.span),
            Evidence("kind", f"figures-{first.what}", second.span),
        )
        yield Contradiction("quantity", a.id, b.id, second.span, evidence)


def _exclude(a: Quantity, b: Quantity) -> bool:
    """Whether no number lies within both; an open end reaches everywhere."""
    low = max(value for value in (a.low, b.low, float("-inf")) if value is not None)
    high = min(value for value in (a.high, b.high, float("inf")) if value is not None)
    return low > high


def _told_by(quantity: Quantity, statements: tuple[Statement, ...]) -> Statement | None:
    covering = [
        statement
        for statement in statements
        if statement.source
        and any(span.start <= quantity.span.start and quantity.span.end <= span.end for span in statement.message)
    ]
    return min(covering, key=lambda s: sum(m.end - m.start for m in s.message), default=None)


def _names(statement: Statement) -> set[str]:
    return {actor.code or actor.name or "?" for actor in statement.source}


def _owner(starts: list[int], doc: Doc, quantity: Quantity, events: tuple[Event, ...]) -> Event | None:
    """Return the event the figure belongs to: one that lists it, else the nearest in its sentence."""
    for event in events:
        if quantity in event.quantities:
            return event
    sentence = _sentence(starts, doc, quantity.span)
    near = [
        (abs(event.trigger[0].start - quantity.span.start), event.id, event)
        for event in events
        if _sentence(starts, doc, event.trigger[0]) == sentence
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None


def _sentence(starts: list[int], doc: Doc, span: Span) -> int:
    tokens = tokens_of(doc, span)
    return bisect_right(starts, tokens[0]) if tokens else -1
