"""A later sentence as evidence of what became of a commitment: how likely it reports of it, and what it then says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lagebild.layers.linear import load_linear
from lagebild.ledger import report_vote, rivals
from lagebild.ledger.debts import Found
from lagebild.ledger.happenings import Telling
from lagebild.ledger.tales import PREVIOUS

LEAST = 0.04  # chance of reporting anything from which on a sentence is evidence
MOST = 8  # sentences that are kept for a commitment: the likeliest
LEAST_ALONE = -4.6  # log-odds of reporting anything, seen by itself, below which a sentence is not looked at further
OUTCOMES = report_vote.LABELS


def always(owed: object, tale: Telling) -> bool:
    """Ask for every pair."""
    return True


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


def weighed(
    article: Sequence[Telling], against: Sequence[Sequence[Found]], asked: Callable[[Found, Telling], bool] = always
) -> Iterator[tuple[Found, Evidence]]:
    """Yield what the sentences of an article are worth for the commitments that each is held against, where they are worth anything.

    Only those ``asked`` for are weighed; the others still stand beside them.
    """
    if LEAST > 1.0:
        return
    for owed, tale, found, around in held(article, against, asked):
        told = load_linear(rivals.WEIGHTS).chance((*found, *around), report_vote.TOLD)
        if told >= LEAST:
            yield owed, Evidence(told, report_vote.outcomes(owed.made, tale, found), tale)


def held(
    article: Sequence[Telling], against: Sequence[Sequence[Found]], asked: Callable[[Found, Telling], bool] = always
) -> Iterator[tuple[Found, Telling, list[str], list[str]]]:
    """Yield each commitment with the sentences that may report of it, the features of both and those of what is around them."""
    pairs = [
        [(owed, report_vote.features(owed.made, tale)) for owed in some]
        for tale, some in zip(article, against, strict=True)
    ]
    scored = [[(owed.made.telling.key, report_vote.leaning(found)) for owed, found in some] for some in pairs]
    around = rivals.Surroundings(scored)
    for at, (tale, some, scores) in enumerate(zip(article, pairs, scored, strict=True)):
        for (owed, found), (key, score) in zip(some, scores, strict=True):
            if score >= LEAST_ALONE and asked(owed, tale):
                yield owed, tale, found, around.of(at, key, score)


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
