"""How likely a sentence reports of a commitment, seen beside the others it may be about and beside the rest of its article.

``report_vote`` looks at a commitment and a sentence by themselves. Most reports are of one commitment, and most articles report of
one in a sentence or two: whether another commitment fits the sentence better, and another sentence of the article the commitment,
says as much as what the two have in common. A second vote looks at both. Recipe: ``model/ledger.py``.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp, log

WEIGHTS = "ledger_rivals"
SCORES = (-6, -5, -4.3, -3.7, -3.2, -2.8, -2.4, -2, -1.6, -1.2, -0.8, -0.4, 0, 0.5, 1, 1.6, 2.4)
MARGINS = (-4, -3, -2.2, -1.6, -1.1, -0.7, -0.4, -0.15, 0, 0.15, 0.4, 0.7, 1.1, 1.6, 2.2, 3, 5)
SUMS = (-5, -4, -3, -2.3, -1.7, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.3, 2, 3)
LAST = 6  # rank from which on all are alike
ALONE = 9.0  # margin of what has no rival
TINY = 1e-3
Held = tuple[str, float]  # key of a commitment, log-odds that a sentence reports of it by itself


class Surroundings:
    """How the commitments that the sentences of an article are held against stand to each other.

    Ranks are among the commitments that a sentence is held against ("sent"), among the sentences held against a commitment
    ("prom"), and among all of either ("art").
    """

    def __init__(self, article: Sequence[Sequence[Held]]):
        of_promise: dict[str, list[float]] = defaultdict(list)
        for held in article:
            for key, score in held:
                of_promise[key].append(score)
        self._sentences = [_Ranked(score for _, score in held) for held in article]
        self._promises = {key: _Ranked(scores) for key, scores in of_promise.items()}
        self._whole = _Ranked(score for held in article for _, score in held)

    def of(self, sentence: int, key: str, score: float) -> list[str]:
        """Return the features of a commitment in a sentence, given by its number: ranks, and how far it is ahead or behind."""
        return [
            f"score={bisect(SCORES, score)}",
            *self._sentences[sentence].place("sent", score),
            *self._promises[key].place("prom", score),
            *self._whole.place("art", score),
        ]


class _Ranked:
    """Log-odds, the lowest first."""

    def __init__(self, scores: Iterable[float]):
        self.scores = sorted(scores)
        self.sum = bisect(SUMS, log(sum(map(exp, self.scores)) + TINY))

    def place(self, name: str, score: float) -> list[str]:
        """Return the features of one of them."""
        rank = len(self.scores) - bisect(self.scores, score)
        rival = self.scores[-1] if rank else self.scores[-2] if len(self.scores) > 1 else score - ALONE
        return [
            f"{name} rank={min(rank, LAST)}",
            f"{name} margin={bisect(MARGINS, score - rival)}",
            f"{name} sum={self.sum}",
        ]
