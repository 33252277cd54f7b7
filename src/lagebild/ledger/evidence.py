"""A later sentence as evidence of what became of a commitment: how likely it reports of it, and what it then says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.layers.linear import load_linear
from lagebild.ledger import report_vote, rivals
from lagebild.ledger.debts import Debt, Found
from lagebild.ledger.happenings import Telling
from lagebild.ledger.report_vote import LABELS
from lagebild.ledger.tales import PREVIOUS

WEIGHTS = "ledger_rivals"
LEAST = 0.04  # chance of reporting anything from which on a sentence is evidence
MOST = 8  # sentences that are kept for a commitment: the likeliest
LEAST_ALONE = -4.6  # log-odds of reporting anything, seen by itself, below which a sentence is not looked at further
OUTCOMES = LABELS


@dataclass(frozen=True, slots=True)
class Evidence:
    """``told`` is the chance that the sentence reports anything, ``outcomes`` those of ``OUTCOMES`` if it does."""

    told: float
    outcomes: tuple[float, float, float, float]
    tale: Telling

    def chance(self, outcome: str) -> float:
        """Return the chance that the sentence reports an outcome."""
        return self.told * self.outcomes[OUTCOMES.index(outcome)]

    @property
    def likeliest(self) -> str:
        """The outcome that it reports if it reports any."""
        return OUTCOMES[self.outcomes.index(max(self.outcomes))]


def weighed(article: Sequence[Telling], against: Sequence[Sequence[Found]]) -> Iterator[tuple[Found, Evidence]]:
    """Yield what the sentences of an article are worth for the commitments that each is held against, where they are worth anything."""
    if LEAST > 1.0:
        return
    held = [
        [(owed, report_vote.features(owed.made, tale)) for owed in some]
        for tale, some in zip(article, against, strict=True)
    ]
    scored = [[(owed.made.telling.key, report_vote.leaning(found)) for owed, found in some] for some in held]
    for tale, some, scores, around in zip(article, held, scored, rivals.surroundings(scored), strict=True):
        for (owed, found), (_, score), beside in zip(some, scores, around, strict=True):
            chance = told(owed.made, tale, found, beside) if score >= LEAST_ALONE else 0.0
            if chance >= LEAST:
                yield owed, Evidence(chance, report_vote.outcomes(owed.made, tale, found), tale)


def told(owed: Debt, tale: Telling, found: Sequence[str], around: Sequence[str]) -> float:
    """Return the chance that a sentence reports of a commitment, by the features of both and of what is around."""
    return load_linear(WEIGHTS).chance((*found, *around), report_vote.TOLD)


def leading(heard: Collection[Evidence]) -> list[Evidence]:
    """Leave out sentences that name nobody and stand beside a likelier one of their article: they only go on with it."""
    best: dict[str, float] = {}
    for one in heard:
        best[one.tale.article] = max(one.told, best.get(one.tale.article, 0.0))
    return [one for one in heard if PREVIOUS not in one.tale.note.cues or one.told == best[one.tale.article]]


def strongest(heard: Iterable[Evidence], most: int = MOST) -> list[Evidence]:
    """Return the sentences that most likely report of a commitment, each once, the likeliest first."""
    best: dict[str, Evidence] = {}
    for one in sorted(heard, key=lambda one: (-one.told, one.tale.key)):
        best.setdefault(one.tale.key, one)
    return list(best.values())[:most]
