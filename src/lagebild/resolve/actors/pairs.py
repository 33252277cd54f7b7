"""Which two are meant by "beide Seiten", "die Konfliktparteien", "einander", "die Außenminister"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from lagebild.layers.actors.reading import LocalMention
from lagebild.resolve.actors.antecedents import Known, Pairs
from lagebild.resolve.actors.states import StateMemory
from lagebild.rules.actors import BLOCS

Side = tuple[str, str]
NONE: Mapping[frozenset[Side], int] = MappingProxyType({})
OPPOSED, SEEN = 1.5, 3
"""What a telling of two as opposed weighs beside their presence, and how many count."""
REACH = 4
FADING = 0.5
"""How fast a mention loses weight by the sentence; as the bonus for kicker and headline chosen on 546 articles held back."""
ABOVE = 1.0
AGAINST = frozenset({"REB", "OPP", "PRM", "CRM", "UAF", "LAB", "AGR", "SOC"})
COUNTRIES = frozenset({"one", "site"})
PEOPLE = frozenset({"CVL", "REF", "JRN", "UNK", "MED", "EDU", "ELI", "BUS", "REL"})


def camp(state: str, sector: str) -> tuple[str, str]:
    """Return which side of a conflict inside or between states an actor stands on."""
    first = sector.partition("+")[0]
    return state, "against" if first in AGAINST else "people" if first in PEOPLE else "power"


def two_sides(
    mention: LocalMention,
    known: list[Known],
    states: StateMemory,
    third: frozenset[int] = frozenset(),
    *,
    apart: bool = True,
    opposed: Mapping[frozenset[tuple[str, str]], int] = NONE,
) -> Pairs:
    """Return the two sides most present: near, often told of, in kicker or headline; third parties (blocs) and bystanders only for want of others.

    A sentence that names just two sides decides alone. ``third`` are tokens of those who speak of the two; who is told of
    as one of them is no side either. Of countries and their heads ("beide Länder") each side is another state.
    """
    apart = apart and mention.reading.policy in COUNTRIES
    speaking = {camp(state, sector) for item in known if item.token in third for state, sector in item.pairs if state}
    scores: dict[tuple[str, str], float] = {}
    pairs: dict[tuple[str, str], tuple[str | None, str]] = {}
    near: dict[int, set[tuple[str, str]]] = {}
    for item in reversed(known):
        gap = mention.sentence - item.sentence
        if gap > REACH:
            break
        if item.token in third:
            continue
        for state, sector in item.pairs:
            if not state:
                continue
            side = (state, "power") if apart else camp(state, sector)
            if side in speaking:
                continue
            weight = 1.0 / (1 + FADING * gap)
            if state in BLOCS:
                weight *= 0.4
            if side[1] == "people":
                weight *= 0.3
            if len(item.pairs) > 1:
                weight *= 1.5
            scores[side] = scores.get(side, 0.0) + weight
            pairs.setdefault(side, (state, sector))
            near.setdefault(gap, set()).add(side)
    for side in scores:
        scores[side] += 2.0 * states.total[side[0]] / states.size
        if states.above is not None and states.above.mark(side[0]):
            scores[side] += ABOVE
    ranked = sorted(scores, key=lambda side: -scores[side])
    here = near.get(0, ())
    sides = [side for side in ranked if side in here and side[1] != "people" and side[0] not in BLOCS]
    if len(sides) == 2:
        ranked = sides
    if len(ranked) < 2 and (apart or speaking):
        return two_sides(mention, known, states, third if apart else frozenset(), apart=False, opposed=opposed)
    if len(sides) != 2:
        ranked = _standing(ranked, scores, pairs, states, _camps(opposed, apart=apart), speaking)
    return tuple(pairs[side] for side in ranked[:2])


def _camps(opposed: Mapping[frozenset[Side], int], *, apart: bool) -> Counter[frozenset[Side]]:
    """Return the pairs that stand against each other by state and camp, or by state alone."""
    found: Counter[frozenset[Side]] = Counter()
    for pair, times in opposed.items():
        found[frozenset((state, "power") if apart else camp(state, sector) for state, sector in pair)] += times
    return found


def _standing(
    ranked: list[Side],
    scores: dict[Side, float],
    pairs: dict[Side, tuple[str | None, str]],
    states: StateMemory,
    opposed: Counter[frozenset[Side]],
    speaking: set[Side],
) -> list[Side]:
    """Return the two of whom the article says most that they stand against each other, or the two most present."""
    best, top = ranked[:2], sum(scores[side] for side in ranked[:2])
    for pair, times in opposed.items():
        if len(pair) != 2 or pair & speaking or any(side[1] == "people" for side in pair):
            continue
        sides = sorted(pair, key=lambda side: -scores.get(side, 0.0))
        present = [scores.get(side, 2.0 * states.total[side[0]] / states.size) for side in sides]
        score = sum(present) + OPPOSED * min(times, SEEN)
        if score > top:
            best, top = sides, score
    for side in best:
        pairs.setdefault(side, (side[0], "REB" if side[1] == "against" else "GOV"))
    return best
