"""What the vote on rivals learns from: each sentence of the stories beside the commitments that the ledger holds it against."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest.mock import patch

from lagebild.ledger import evidence, owed, report_vote
from model.ledger_examples import Example, story_pairs
from model.ledger_verdicts import Known, Votes, answered, using

Pair = tuple[str, str]  # keys of a promise and of a sentence


@cache
def labels(part: str) -> dict[Pair, tuple[str, str]]:
    """Return the story of each promise and later sentence of a part, and whether the one reports of the other."""
    found: dict[Pair, tuple[str, str]] = {}
    for story, made, tale, label in story_pairs(part):
        told = report_vote.NONE if label == report_vote.NONE else report_vote.TOLD
        for promise in made:
            found[promise.telling.key, tale.key] = story, told
    return found


def beside(parts: Known, votes: Votes, out: frozenset[str]) -> Iterator[Example]:
    """Yield what the ledger asks about the sentences of some stories, by votes that have not learnt from them."""
    known = {part: labels(part) for part in parts}  # before the ledger is asked for more than rules
    asked: list[tuple[Pair, list[str]]] = []

    def noted(*question: Any) -> Iterator[Any]:
        for owing, tale, features, around in evidence.held(*question):
            asked.append(((owing.made.telling.key, tale.key), list(map(sys.intern, (*features, *around)))))
        return iter(())

    with using(votes), patch.object(owed, "weighed", noted):
        for part, _ in answered(parts, out):
            for pair, features in asked:
                if pair in known[part]:
                    story, told = known[part][pair]
                    yield story, features, told
            asked.clear()
