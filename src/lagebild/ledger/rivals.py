"""How likely a sentence reports of a commitment, seen beside the others it may be about and beside the rest of its article.

``report_vote`` looks at a commitment and a sentence by themselves. Most reports are of one commitment, and most articles report of
one in a sentence or two: whether another commitment fits the sentence better, and another sentence of the article the commitment,
says as much as what the two have in common. A second vote looks at both. Recipe: ``model/ledger.py``.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import exp, log

SCORES = (-6, -5, -4.3, -3.7, -3.2, -2.8, -2.4, -2, -1.6, -1.2, -0.8, -0.4, 0, 0.5, 1, 1.6, 2.4)
MARGINS = (-4, -3, -2.2, -1.6, -1.1, -0.7, -0.4, -0.15, 0, 0.15, 0.4, 0.7, 1.1, 1.6, 2.2, 3, 5)
SUMS = (-5, -4, -3, -2.3, -1.7, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.3, 2, 3)
LAST = 6  # rank from which on all are alike
ALONE = 9.0  # margin of what has no rival
TINY = 1e-3
Held = tuple[str, float]  # key of a commitment, log-odds that a sentence reports of it by itself


def surroundings(article: Sequence[Sequence[Held]]) -> Iterator[list[list[str]]]:
    """Yield for each sentence of an article the features of each commitment it is held against: its rank, how far it is ahead or behind.

    Ranks are among the commitments that the sentence is held against ("sent"), among the sentences held against the commitment
    ("prom"), and among all of either ("art").
    """
    of_promise: dict[str, list[float]] = defaultdict(list)
    for held in article:
        for key, score in held:
            of_promise[key].append(score)
    ranked = {key: _Ranked(scores) for key, scores in of_promise.items()}
    whole = _Ranked([score for held in article for _, score in held])
    for held in article:
        own = _Ranked([score for _, score in held])
        yield [
            [
                f"score={bisect(SCORES, score)}",
                *own.place("sent", score),
                *ranked[key].place("prom", score),
                *whole.place("art", score),
            ]
            for key, score in held
        ]


class _Ranked:
    """Log-odds, the highest first."""

    def __init__(self, scores: Sequence[float]):
        self.scores = sorted(scores, reverse=True)
        self.sum = bisect(SUMS, log(sum(map(exp, scores)) + TINY))

    def place(self, name: str, score: float) -> list[str]:
        """Return the features of one of them."""
        rank = self.scores.index(score)
        rest = self.scores[1] if rank == 0 and len(self.scores) > 1 else self.scores[0]
        margin = ALONE if len(self.scores) == 1 else score - rest
        return [f"{name} rank={min(rank, LAST)}", f"{name} margin={bisect(MARGINS, margin)}", f"{name} sum={self.sum}"]
