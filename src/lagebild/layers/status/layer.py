"""Joins the parts: cues in scope and a trained vote over them give the status, a second vote the enclosing event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of
from lagebild.layers.linear import load_linear
from lagebild.layers.scope import Hit, Scope, cue_forms
from lagebild.layers.status.content import find_enclosing
from lagebild.layers.status.context import Context
from lagebild.layers.status.features import status_features
from lagebild.layers.status.implied import implied_requests
from lagebild.layers.status.told import statement_of
from lagebild.records import Event, Evidence, Status
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CUES, PAIRS, STATUS_OF, TRANSPARENT, Cue, StatusPair, Transparent


def status_scope(lexicon: Lexicon) -> Scope[Cue]:
    """The scope engine over the status cues."""
    cues = lexicon.rows(CUES, Cue)
    return Scope(
        cues,
        lexicon.rows(TRANSPARENT, Transparent),
        lexicon.derived(cue_forms),
    )


def find_status(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events with status, statement and content_of filled in, and the demands that a modal verb implies."""
    if not earlier.events:
        return
    context = Context(doc, lexicon.derived(status_scope), earlier)
    pairs = lexicon.rows(PAIRS, StatusPair)
    decided = [_decide(doc, context, earlier, pairs, index) for index in range(len(context.events))]
    yield from implied_requests(doc, context, earlier, decided)


def _decide(doc: Doc, context: Context, earlier: Earlier, pairs: Sequence[StatusPair], index: int) -> Event:
    event = context.events[index]
    if not context.tokens[index]:
        return event
    status, evidence = _status(doc, context, pairs, index)
    statement, why = statement_of(earlier, event)
    found = [evidence, *why]
    enclosing = find_enclosing(context, index)
    if enclosing:
        outer, share = enclosing
        found.append(
            Evidence("content_of", "status-content-vote", span_of(doc[outer.node]), f"{outer.way} {share:.2f}")
        )
    return replace(
        event,
        status=status,
        statement=statement.id if statement else None,
        content_of=context.events[enclosing[0].index].id if enclosing else None,
        evidence=(*event.evidence, *found),
    )


def _status(doc: Doc, context: Context, pairs: Sequence[StatusPair], index: int) -> tuple[Status, Evidence]:
    hits = context.hits(index)
    label, share = load_linear("status").best(status_features(context, index))
    sure = sure_pair(hits, pairs)
    if sure:
        pair, outer = sure
        return pair.status, Evidence("status", pair.id, span_of(doc[outer.token]), f"vote {label} {share:.2f}")
    hit = decisive(hits, label)
    note = f"{hit.way}, vote {label} {share:.2f}" if hit else f"vote {label} {share:.2f}"
    rule = hit.cue.id if hit else "status-vote"
    return label, Evidence("status", rule, span_of(doc[hit.token]) if hit else None, note)  # type: ignore[return-value]


def sure_pair(hits: Sequence[Hit[Cue]], pairs: Sequence[StatusPair]) -> tuple[StatusPair, Hit[Cue]] | None:
    """Return the first pair of cues that decides alone, with its outer cue."""
    near = [hit for hit in hits if not hit.outside and hit.distance <= 2]
    for pair in pairs:
        inner = next((hit for hit in near if hit.cue.id in pair.inner), None)
        if inner is None:
            continue
        for hit in near:
            if hit.cue.id in pair.outer and hit.way in pair.ways and not hit.negated and hit.distance >= inner.distance:
                return pair, hit
    return None


def decisive(hits: Sequence[Hit[Cue]], label: str) -> Hit[Cue] | None:
    """Return the nearest cue that speaks for ``label``."""
    for hit in hits:
        said = STATUS_OF.get(hit.cue.category)
        if said == label or (hit.negated and label == "denied" and said in ("planned", "possible")):
            return hit
    return None
