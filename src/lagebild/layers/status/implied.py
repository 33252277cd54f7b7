"""Demands that are made without a word of demanding: "die Truppen müssten abziehen, sagte er" is a request of his.

The trigger of the request is the modal verb; the demanded acts become its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of
from lagebild.layers.scope import read_verb
from lagebild.layers.status.context import Context
from lagebild.layers.status.told import statement_of
from lagebild.records import Event, Evidence, changed

MUST = frozenset(("müssen",))
RULE = "implied-request"


def implied_requests(doc: Doc, context: Context, earlier: Earlier, events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events, those that a modal verb demands linked to a new request, and the new requests after them."""
    made: dict[int, Event] = {}
    number = max((event.id for event in events), default=-1) + 1
    for index, event in enumerate(events):
        modal = _demanding_modal(context, index, event)
        if modal < 0:
            yield event
            continue
        if modal not in made:
            request = _request(doc, earlier, event, modal, number)
            if request is None:
                yield event
                continue
            made[modal] = request
            number += 1
        yield changed(event, content_of=made[modal].id)
    yield from made.values()


def _demanding_modal(context: Context, index: int, event: Event) -> int:
    """Return the modal verb that demands the event, or -1 where it is demanded by other words or not at all."""
    if event.status != "demanded" or event.content_of is not None or not context.tokens[index]:
        return -1
    tree, node = context.tree, context.tops[index]
    while read_verb(tree, node).finite < 0 and (tree.dep[node] == "conj" or tree.pos[node] in ("NOUN", "PROPN")):
        if tree.head[node] == node:
            return -1
        node = tree.head[node]
    reading = read_verb(tree, node)
    if reading.modal not in MUST or reading.finite in context.owners:
        return -1
    return reading.finite


def _request(doc: Doc, earlier: Earlier, event: Event, modal: int, number: int) -> Event | None:
    trigger = span_of(doc[modal])
    demand = Event(id=number, type="REQUEST", mode="yield", trigger=(trigger,))
    statement, why = statement_of(earlier, demand)
    if statement is None or not statement.source:
        return None
    return changed(
        demand,
        actors=statement.source,
        recipients=event.actors,
        statement=statement.id,
        evidence=(Evidence("type", RULE, trigger), Evidence("status", RULE, trigger), *why),
        confidence=event.confidence * 0.8,
    )
