"""What rules and sentences together leave of a commitment: open, kept, broken, overtaken, disputed.

Rules read reports in events and in set phrases (``reports``). Every other sentence that may report of the commitment is
evidence: how likely it does, and what it then says (``report_vote``). Where there is evidence a vote over all of it decides
(``verdict_features``; recipe: ``model/ledger.py``), the rules being one voice in it; the states that are kept say by which
reports, and which others were heard.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace

from lagebild.layers.linear import load_linear
from lagebild.ledger.debts import HEARD, Debt, State
from lagebild.ledger.evidence import Evidence
from lagebild.ledger.sentences import MOVED
from lagebild.ledger.verdict_features import features

WEIGHTS = "ledger_verdicts"
OPEN, DISPUTED = "open", "disputed"
SIDES = ("kept", "broken")  # what the parties to a dispute say
LISTED = 0.2  # chance of an outcome from which on a sentence is quoted for it; the likeliest one where none has it


def weighed(owed: Debt, by_rule: Sequence[State], heard: Collection[Evidence]) -> list[State]:
    """Return the states that rules and sentences together leave, those of sentences after those of rules."""
    if not heard:
        return list(by_rule)
    final = decided(features(owed, by_rule, heard))
    listed = sorted(heard, key=lambda one: (one.tale.published or datetime.date.max, one.tale.key))
    if final == DISPUTED:
        return [*_disputed(by_rule, listed)]
    rules = [_as(state, final) for state in by_rule]
    told = {state.article for state in rules if state.state == final}  # a rule quotes the words that say so
    surely = [one for one in listed if one.likeliest == final and one.chance(final) >= LISTED]
    chosen = {one.tale.key for one in surely if one.tale.article not in told}
    if final != OPEN and not told and not chosen:
        chosen = {max(listed, key=lambda one: one.chance(final)).tale.key}
    said = [_state(one, final if one.tale.key in chosen else HEARD) for one in listed]
    return [*rules, *said]


def decided(found: dict[str, float]) -> str:
    """Return the likeliest final state by the features of a commitment."""
    vote = load_linear(WEIGHTS)
    return vote.labels[int(vote.weighed(found).argmax())]


def _as(state: State, final: str) -> State:
    """Return a state of the rules as it counts: what does not say what is decided is only heard."""
    return state if state.state in (MOVED, final) else replace(state, state=HEARD)


def _disputed(by_rule: Sequence[State], heard: Sequence[Evidence]) -> list[State]:
    """Return states of either side: what rules found, else the likeliest sentence."""
    said = {state.state for state in by_rule}
    lacking = [side for side in SIDES if side not in said]
    sides: dict[str, str] = {}
    for side in lacking:
        free = [one for one in heard if one.tale.key not in sides] or heard
        sides[max(free, key=lambda one: one.chance(side)).tale.key] = side
    rules = [replace(state, claim=True, strength=1) if state.state in SIDES else _as(state, MOVED) for state in by_rule]
    found = [replace(_state(one, sides.get(one.tale.key, HEARD)), claim=True) for one in heard]
    if len(set(sides.values())) < len(lacking):  # one sentence tells of both
        found += [replace(state, state=SIDES[0]) for state in found if state.state == SIDES[1]]
    return [*rules, *found]


def _state(one: Evidence, state: str) -> State:
    return State(one.tale.key, one.tale.article, state, one.tale.speaker is not None)
