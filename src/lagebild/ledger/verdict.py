"""What the sentences of later articles leave of a commitment, weighed against what the rules read in their events."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from lagebild.ledger.debts import CEASEFIRE, Debt, State
from lagebild.ledger.happenings import Telling
from lagebild.ledger.report_vote import judged
from lagebild.ledger.reports import final_state
from lagebild.ledger.sentences import MOVED

LEAST = 0.2  # chance of an outcome from which on a sentence is a report where no rule finds one; chosen with each story left out
SURE = 0.55  # and from which on it goes before what the rules say
BESIDE = 0.35  # and for a claim of another outcome beside it
NOT_YET = {"partly", "undone"}  # cues of sentences that do not say that all was done
OUTCOMES = ("kept", "broken", "overtaken")
Heard = tuple[float, str, Telling]  # how likely, which outcome, in which sentence


def heard_of(owed: Debt, tale: Telling) -> str | None:
    """Return the outcome that a sentence may report of a commitment; None where it hardly reports any."""
    found = heard_in(owed, tale)
    return found[1] if found else None


def heard_in(owed: Debt, tale: Telling) -> tuple[float, str] | None:
    """Return the chance of the likeliest outcome and the outcome, that it came in part as kept; what was put off is none."""
    chances = judged(owed, tale, least=LEAST)
    if not chances:
        return None
    best = max(OUTCOMES, key=lambda outcome: chances[outcome])
    return (chances[best], best) if chances[best] >= max(LEAST, chances[MOVED]) else None


def _whole(heard: Sequence[Heard]) -> list[Heard]:
    """Leave out what came only in part, and what an article less surely says of the whole beside it."""
    part: dict[str, float] = {}
    for chance, outcome, tale in heard:
        if outcome == "kept" and not NOT_YET.isdisjoint(tale.note.cues):
            part[tale.article] = max(chance, part.get(tale.article, 0.0))
    return [one for one in heard if one[1] != "kept" or one[0] > part.get(one[2].article, 0.0)]


def weighed(owed: Debt, by_rule: Sequence[State], tales: Iterable[Telling]) -> list[State]:
    """Return the states that rules and sentences together leave."""
    said = [state for state in by_rule if state.state not in ("open", MOVED)]
    put_off = {state.article for state in by_rule if state.state == MOVED}
    listed = sorted(tales, key=lambda tale: (tale.published or datetime.date.max, tale.key))
    found = [(tale, heard_in(owed, tale)) for tale in listed if tale.article not in put_off]
    heard = _whole([(*outcome, tale) for tale, outcome in found if outcome])
    top = max(heard, default=None, key=lambda one: one[0])
    lasts = owed.telling.mode == CEASEFIRE
    if top is None or (said and (top[0] < SURE or final_state(said, lasts=lasts) == "disputed")):
        return list(by_rule)
    counted = [one for one in heard if one[1] == top[1] or (one[0] >= BESIDE and one[2].speaker)]
    states = [State(tale.key, tale.article, outcome, tale.speaker is not None) for _, outcome, tale in counted]
    against = [state for state in said if state.claim and state.state != top[1]]
    return [*(state for state in by_rule if state.state == MOVED), *against, *states]
