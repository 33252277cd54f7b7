"""What the vote on a commitment's final state looks at: the sentences heard of it, what rules read, what kind it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log, prod

from lagebild.ledger.debts import CEASEFIRE, Debt, State
from lagebild.ledger.evidence import OUTCOMES, Evidence, leading
from lagebild.ledger.report_vote import when
from lagebild.ledger.reports import final_state

FLOOR = 0.01  # added to chances before their logarithm is taken
ENOUGH = 3.0  # expected number of reports beyond which more say nothing more
ACCOUNTS = OUTCOMES[:2]  # outcomes that parties tell differently


def features(owed: Debt, by_rule: Sequence[State], heard: Collection[Evidence]) -> dict[str, float]:
    """Return named values; those not named are 0."""
    found = {f"rule={final_state(by_rule, lasts=owed.telling.mode == CEASEFIRE)}": 1.0}
    for state in by_rule:
        found[f"rules={state.state}"] = 1.0
        found[f"rules={state.state}/{state.strength}/{int(state.claim)}"] = 1.0
    found |= _kind(owed)
    return found | _weighed(owed, leading(heard)) if heard else found


def _kind(owed: Debt) -> dict[str, float]:
    told = owed.telling
    names = [f"type={told.type}", f"status={told.status}", f"due={int(owed.due is not None)}"]
    names += [name for name in ("negated", "demanded") if name in told.note or told.status == name]
    return dict.fromkeys(names, 1.0)


def _weighed(owed: Debt, heard: Collection[Evidence]) -> dict[str, float]:
    """Return how likely each outcome is by the best sentence, by all, by claims and by writers, and by the latest."""
    found: dict[str, float] = {}
    surest = max(heard, key=lambda one: one.told)
    told = sum(one.told for one in heard)
    square = sum(one.told**2 for one in heard)
    late = sum(one.told * _days(owed, one) for one in heard)
    for at, outcome in enumerate(OUTCOMES):
        chances = [one.told * one.outcomes[at] for one in heard]
        found[f"best {outcome}"] = max(chances)
        found[f"log {outcome}"] = log(max(chances) + FLOOR) - log(FLOOR)
        found[f"all {outcome}"] = min(sum(chances), ENOUGH)
        found[f"any {outcome}"] = 1 - prod(1 - chance for chance in chances)
        found[f"mean {outcome}"] = sum(one.told**2 * one.outcomes[at] for one in heard) / square
        found[f"late {outcome}"] = sum(one.told * _days(owed, one) * one.outcomes[at] for one in heard) / late
        found[f"surest {outcome}"] = surest.outcomes[at]
    for outcome in ACCOUNTS:
        for claim in (True, False):
            chances = [one.chance(outcome) for one in heard if (one.tale.speaker is not None) == claim]
            found[f"{'claimed' if claim else 'plain'} {outcome}"] = max(chances, default=0.0)
    found |= {"told": surest.told, "tolds": min(told, ENOUGH), "any": 1 - prod(1 - one.told for one in heard)}
    found |= _against(found)
    found |= {"many": log(1 + len(heard)), f"when={when(owed, surest.tale)}": 1.0}
    return found


def _against(found: dict[str, float]) -> dict[str, float]:
    """Return how far outcomes stand against each other, and the share of each."""
    kept, broken = found["best kept"], found["best broken"]
    out = {"both": min(kept, broken), "both any": min(found["any kept"], found["any broken"])}
    for one, other in (("claimed", "claimed"), ("claimed", "plain"), ("plain", "claimed")):
        out[f"{one} against {other}"] = min(found[f"{one} kept"], found[f"{other} broken"])
    out |= {"kept alone": max(0.0, kept - broken), "broken alone": max(0.0, broken - kept)}
    for name in ("best", "all"):
        total = sum(found[f"{name} {outcome}"] for outcome in OUTCOMES) + 2 * FLOOR
        out |= {f"share of {name} {outcome}": found[f"{name} {outcome}"] / total for outcome in OUTCOMES}
    return out


def _days(owed: Debt, one: Evidence) -> int:
    """Return how many days after the promise the sentence was published, at least one."""
    first, last = owed.telling.published, one.tale.published
    return max((last - first).days, 1) if first and last else 1
