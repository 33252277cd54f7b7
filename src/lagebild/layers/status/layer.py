"""Joins the parts: cues in scope and a trained vote over them give the status, a second vote the enclosing event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier
from lagebild.layers.linear import Rows, load_linear
from lagebild.layers.scope import Hit, Scope, cue_forms
from lagebild.layers.status.content import find_enclosing
from lagebild.layers.status.context import Context, Outer
from lagebild.layers.status.features import spelled, status_groups
from lagebild.layers.status.implied import implied_requests
from lagebild.layers.status.negated import (
    BY_NEGATION,
    DENIED,
    SENSE,
    negated_rows,
    negation_of_sense,
    of_negated_sense,
    plainly_negated,
)
from lagebild.layers.status.sure import CONDITION, TO_COME, UNREAL, in_condition, sure_pair, to_come, unreal
from lagebild.layers.status.told import statement_of
from lagebild.records import Event, Evidence, Span, Status, changed
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


@cache
def _rows() -> Rows:
    return Rows(load_linear("status").index, spelled)


def find_status(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events with status, statement and content_of filled in, and the demands that a modal verb implies."""
    if not earlier.events:
        return
    context = Context(doc, lexicon.derived(status_scope), earlier)
    pairs = lexicon.rows(PAIRS, StatusPair)
    senses = lexicon.derived(negated_rows)
    known = [index for index, tokens in enumerate(context.tokens) if tokens]
    rows = _rows()
    votes = load_linear("status").of_rows([rows.of(status_groups(context, index)) for index in known])
    enclosing = find_enclosing(context)
    decided = list(context.events)
    for index, vote in zip(known, votes, strict=True):
        status, why = _status(doc, context, pairs, senses, index, vote, earlier)
        decided[index] = _with(doc, context, earlier, index, status, why, enclosing.get(index))
    yield from implied_requests(doc, context, earlier, decided)


def _with(
    doc: Doc,
    context: Context,
    earlier: Earlier,
    index: int,
    status: Status,
    why: Evidence,
    enclosing: tuple[Outer, float] | None,
) -> Event:
    event = context.events[index]
    statement, vouched = statement_of(earlier, event)
    found = [why, *vouched]
    if enclosing:
        outer, share = enclosing
        note = f"{outer.way} {share:.2f}"
        found.append(Evidence("content_of", "status-content-vote", _span(doc, outer.node), note))
    return changed(
        event,
        status=status,
        statement=statement.id if statement else None,
        content_of=context.events[enclosing[0].index].id if enclosing else None,
        evidence=(*event.evidence, *found),
    )


def _status(
    doc: Doc,
    context: Context,
    pairs: Sequence[StatusPair],
    senses: frozenset[str],
    index: int,
    vote: NDArray[np.float32],
    earlier: Earlier,
) -> tuple[Status, Evidence]:
    """Return the status and why: what leaves no doubt, else the vote with the cue that speaks for it."""
    hits, event = context.hits(index), context.events[index]
    top = int(vote.argmax())
    label = load_linear("status").labels[top]
    note = f"vote {label} {vote[top]:.2f}"
    sure = sure_pair(hits, pairs, event, context.tree)
    if sure and not (sure[0].id in BY_NEGATION and of_negated_sense(event, senses)):
        pair, outer = sure
        return pair.status, Evidence("status", pair.id, _span(doc, outer.token), note)
    cue = unreal(context, index, label, lambda: statement_of(earlier, event)[0] is not None)
    if cue >= 0:
        return "denied", Evidence("status", UNREAL, _span(doc, cue), note)
    cue = to_come(context, index, label, lambda: statement_of(earlier, event)[0] is not None)
    if cue >= 0:
        return "planned", Evidence("status", TO_COME, _span(doc, cue), note)
    cue = in_condition(context, index, label)
    if cue >= 0:
        return "conditional", Evidence("status", CONDITION, _span(doc, cue), note)
    cue = plainly_negated(context, index, label, senses)
    if cue >= 0:
        return "denied", Evidence("status", DENIED, _span(doc, cue), note)
    cue = negation_of_sense(context, index, label, senses)
    if cue >= 0:
        return "actual", Evidence("status", SENSE, _span(doc, cue), note)
    hit = decisive(hits, label)
    if hit is None:
        return label, Evidence("status", "status-vote", None, note)  # type: ignore[return-value]
    return label, Evidence("status", hit.cue.id, _span(doc, hit.token), f"{hit.way}, {note}")  # type: ignore[return-value]


def _span(doc: Doc, token: int) -> Span:
    return columns_of(doc).span(token, token + 1)


def decisive(hits: Sequence[Hit[Cue]], label: str) -> Hit[Cue] | None:
    """Return the nearest cue that speaks for ``label``."""
    for hit in hits:
        said = STATUS_OF.get(hit.cue.category)
        if said == label or (hit.negated and label == "denied" and said in ("planned", "possible")):
            return hit
    return None
