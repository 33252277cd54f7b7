"""The layer of status: how the text presents each event, on whose word, and which event encloses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of, tokens_of
from lagebild.layers.scope import Hit, Scope, Tree
from lagebild.records import Event, Evidence, Status
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import Cue

TABLE = "de/status_cues.tsv"
STATUS_OF: dict[str, Status] = {
    "negation": "denied",
    "denial": "denied",
    "refusal": "denied",
    "failure": "denied",
    "plan": "planned",
    "promise": "planned",
    "possibility": "possible",
    "offer": "possible",
    "threat": "possible",
    "demand": "demanded",
    "condition": "conditional",
}


def status_scope(lexicon: Lexicon) -> Scope:
    """The scope engine over the status cues."""
    return Scope(lexicon.rows(TABLE, Cue))


def find_status(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events with status, statement and content_of filled in."""
    if not earlier.events:
        return
    tree = Tree(doc)
    scope: Scope = lexicon.derived(status_scope)
    triggers = [[i for span in event.trigger for i in tokens_of(doc, span)] for event in earlier.events]
    for event, tokens in zip(earlier.events, triggers, strict=True):
        if not tokens:
            yield event
            continue
        hit = decisive(scope.hits(tree, tree.top(tokens)))
        if hit is None:
            yield event
            continue
        evidence = Evidence("status", hit.cue.id, span_of(doc[hit.token]), hit.way)
        yield replace(event, status=STATUS_OF[hit.cue.category], evidence=(*event.evidence, evidence))


def decisive(hits: list[Hit]) -> Hit | None:
    """Return the cue that decides: the nearest that says anything, or None where the event is told as a fact."""
    for hit in hits:
        if hit.cue.category in STATUS_OF:
            return hit
    return None
