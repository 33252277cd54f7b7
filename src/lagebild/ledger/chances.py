"""Which pairs of tellings cannot come to a score: a bound on ``happenings.weigh`` that costs a tenth of it.

Tellings are compared by the million and one pair in ten is of one happening. What the bound leaves is weighed.
"""

from __future__ import annotations

from lagebild.ledger.happenings import ANSWERED, BACK_DAYS, CLAIMED, HOSTILE, MANY_MODES, RARE, Telling

SLACK = 1e-9  # sums of the same numbers in another order


def hopeless(a: Telling, b: Telling, tolerance: int, least: float) -> bool:
    """Whether two tellings of one type and kind surely weigh less than ``least``, which is more than 0."""
    most = 0.0
    if a.country != b.country:
        if a.country and b.country:
            return True
        most = 0.3
    elif a.country:
        most = 0.4
    if a.precise and b.precise:
        if a.place != b.place and not (a.point and b.point):
            return True
        most = 1.2
    if a.days and b.days:
        apart = max(a.first - b.last, b.first - a.last)
        if apart <= tolerance:
            most += 1.0 if a.earliest and b.earliest else 0.3
        elif apart > BACK_DAYS or (b if b.days > a.days else a).earliest:
            return True
    most += _roles(a, b)
    own = a.article == b.article
    if most + (3.3 if own else 1.7) < least - SLACK:
        return True
    return most + _rest(a, b, own) < least - SLACK


def _roles(a: Telling, b: Telling) -> float:
    """Return what the two sides of the tellings can add."""
    most, implied = 0.0, None
    hostile = a.type in HOSTILE
    if a.actors and b.actors:
        if not a.doers.isdisjoint(b.doers):
            most = 0.9 + (ANSWERED if (a.status == "denied") != (b.status == "denied") else 0.0)
        elif hostile and a.doers <= b.parties and b.doers <= a.parties:
            return 1.0 + (CLAIMED if a.speaker and b.speaker else 0.0)
        else:
            implied = a.implied | b.implied
            if not (a.actors <= implied or b.actors <= implied):
                most = -1.2
    elif hostile and a.parties and b.parties and (a.parties <= b.parties or b.parties <= a.parties):
        return 0.7
    if a.hit and b.hit:
        if not a.others.isdisjoint(b.others) or (a.unsettled and b.unsettled):
            most += 0.9
        else:
            implied = a.implied | b.implied if implied is None else implied
            if not (a.hit <= implied or b.hit <= implied):
                most -= 0.6
    return most


def _rest(a: Telling, b: Telling, own: bool) -> float:
    """Return what mode, words, content and nearness can add."""
    most = 0.4 if a.type in RARE else 0.0
    if own:
        most = 1.6 if a.bare or b.bare else 0.6 + most
    if a.mode and b.mode:
        most += 0.4 if a.mode == b.mode else -0.1 if a.type in MANY_MODES else -1.2
    if a.content and b.content:
        most += -0.4 if a.content.isdisjoint(b.content) else 0.6
    return most if a.words.isdisjoint(b.words) else most + 0.3
