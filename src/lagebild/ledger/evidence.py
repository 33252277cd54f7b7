"""A later sentence as evidence of what became of a commitment: how likely it reports of it, and what it then says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lagebild.ledger.debts import Debt
from lagebild.ledger.happenings import Telling
from lagebild.ledger.report_vote import LABELS, judged
from lagebild.ledger.tales import PREVIOUS

LEAST = 0.04  # chance of reporting anything from which on a sentence is evidence
MOST = 8  # sentences that are kept for a commitment: the likeliest
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


def evidence(owed: Debt, tale: Telling) -> Evidence | None:
    """Return what a sentence is worth for a commitment; None where it hardly reports of it."""
    found = judged(owed, tale, least=LEAST)
    return Evidence(*found, tale) if found else None


def leading(heard: Collection[Evidence]) -> list[Evidence]:
    """Leave out sentences that name nobody and stand beside a likelier one of their article: they only go on with it."""
    best: dict[str, float] = {}
    for one in heard:
        best[one.tale.article] = max(one.told, best.get(one.tale.article, 0.0))
    return [one for one in heard if PREVIOUS not in one.tale.note.cues or one.told == best[one.tale.article]]


def strongest(heard: Iterable[Evidence], most: int = MOST) -> list[Evidence]:
    """Return the sentences that most likely report of a commitment, each once, the likeliest first."""
    ranked = sorted(heard, key=lambda one: (-one.told, one.tale.key))
    return list({one.tale.key: one for one in reversed(ranked)}.values())[::-1][:most]
