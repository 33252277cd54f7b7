"""What the vote on rivals learns from: each sentence of the stories beside the commitments that the ledger holds it against."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache

from lagebild.ledger import evidence, report_vote
from lagebild.ledger.debts import Debt
from lagebild.ledger.happenings import Telling
from model.ledger_examples import Example, story_pairs
from model.ledger_verdicts import Known, Votes, answered, using

Pair = tuple[str, str]  # keys of a promise and of a sentence


@cache
def labels(part: str) -> dict[Pair, tuple[str, str]]:
    """Return the story of each promise and later sentence of a part, and whether the one reports of the other."""
    found: dict[Pair, tuple[str, str]] = {}
    for story, made, tale, label in story_pairs(part):
        for owed in made:
            told = report_vote.NONE if label == report_vote.NONE else report_vote.TOLD
            found[owed.telling.key, tale.key] = story, told
    return found


def beside(parts: Known, votes: Votes, out: frozenset[str]) -> Iterator[Example]:
    """Yield what the ledger asks about the sentences of some stories, by votes that have not learnt from them."""
    asked: list[tuple[Pair, list[str]]] = []

    def noted(owed: Debt, tale: Telling, features: Sequence[str], around: Sequence[str]) -> float:
        pair = (owed.telling.key, tale.key)
        if True:
            asked.append((pair, list(map(sys.intern, (*features, *around)))))
        return 0.0

    plain = evidence.told
    evidence.told = noted
    try:
        with using(votes):
            for part, _ in answered(parts, out):
                for pair, features in asked:
                    if pair in labels(part):
                        story, told = labels(part)[pair]
                        yield story, features, told
                asked.clear()
    finally:
        evidence.told = plain
