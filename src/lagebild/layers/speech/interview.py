"""Interviews: what stands behind "NAME:" is that one's word, also in the answers that have no label."""

from __future__ import annotations

from bisect import bisect_left

from lagebild.language.turns import Turn, turns
from lagebild.layers.columns import columns_of
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.tree import Tree

RULE = "speech-interview"


def with_turns(tree: Tree, found: list[Found]) -> list[Found]:
    """Add the turns of an interview, and leave out what was carried into one from outside it."""
    taken = [_turn(tree, turn) for turn in turns(columns_of(tree.doc).written())]
    taken = [turn for turn in taken if turn.message]
    if not taken:
        return found
    return [item for item in found if not any(_carried_into(turn, item) for turn in taken)] + taken


def _turn(tree: Tree, turn: Turn) -> Found:
    body = _tokens(tree, turn.start, turn.end)
    return Found(
        RULE, "Direct", body, source=_tokens(tree, *turn.label), anchor=min(body, default=0), carried=not turn.labelled
    )


def _tokens(tree: Tree, start: int, end: int) -> set[int]:
    idx = columns_of(tree.doc).idx
    return {i for i in range(bisect_left(idx, start), bisect_left(idx, end)) if not tree.words[i].isspace()}


def _carried_into(turn: Found, item: Found) -> bool:
    """Tell a statement inside a turn whose speaker was named before it."""
    return item.carried and item.anchor in turn.message and bool(item.source) and not item.source <= turn.message
