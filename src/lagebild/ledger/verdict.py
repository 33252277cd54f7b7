"""What the sentences of later articles leave of a commitment, weighed against what the rules read in their events."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from lagebild.ledger.debts import CEASEFIRE, Debt, State
from lagebild.ledger.happenings import Telling
from lagebild.ledger.report_vote import judged
from lagebild.ledger.reports import final_state
from lagebild.ledger.sentences import MOVED

LEAST = 0.25  # chance of an outcome from which on a sentence is a report where no rule finds one; chosen with each story left out
SURE = 0.55  # and from which on it goes before what the rules say
BESIDE = 0.35  # and for a claim of another outcome beside it
NOT_YET = {"partly", "undone"}  # cues of sentences that do not say that all was done
OUTCOMES = ("kept", "broken", "overtaken")


def heard_of(owed: Debt, tale: Telling) -> str | None:
    """Return the outcome that a sentence may report of a commitment; None where it hardly reports any."""
    found = _heard(owed, tale)
    return found[1] if found else None


def _heard(owed: Debt, tale: Telling) -> tuple[float, str] | None:
    """Return the likeliest outcome and its chance; what was put off, or came only in part, is none."""
    chances = judged(owed, tale)
    best = max(OUTCOMES, key=lambda outcome: chances[outcome])
    if chances[best] < max(LEAST, chances[MOVED]) or (best == "kept" and not NOT_YET.isdisjoint(tale.note.cues)):
        return None
    return chances[best], best


def weighed(owed: Debt, by_rule: Sequence[State], tales: Iterable[Telling]) -> list[State]:
    """Return the states that rules and sentences together leave."""
    said = [state for state in by_rule if state.state not in ("open", MOVED)]
    put_off = {state.article for state in by_rule if state.state == MOVED}
    listed = sorted(tales, key=lambda tale: (tale.published or datetime.date.max, tale.key))
    found = [(tale, _heard(owed, tale)) for tale in listed if tale.article not in put_off]
    heard = [(*outcome, tale) for tale, outcome in found if outcome]
    top = max(heard, default=None, key=lambda one: one[0])
    lasts = owed.telling.mode == CEASEFIRE
    if top is None or (said and (top[0] < SURE or final_state(said, lasts=lasts) == "disputed")):
        return list(by_rule)
    counted = [one for one in heard if one[1] == top[1] or (one[0] >= BESIDE and one[2].speaker)]
    states = [State(tale.key, tale.article, outcome, tale.speaker is not None) for _, outcome, tale in counted]
    against = [state for state in said if state.claim and state.state != top[1]]
    return [*(state for state in by_rule if state.state == MOVED), *against, *states]
