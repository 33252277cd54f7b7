"""What the reports of a commitment say, one and all together: kept, broken, overtaken, moved, and the state they leave."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagebild.ledger.debts import CEASEFIRE, HEARD, HORIZON, LATE, OUTCOME, Debt, State, number_of
from lagebild.ledger.event_reports import overtakes, reported
from lagebild.ledger.happenings import Telling
from lagebild.ledger.sentence_reports import said_of
from lagebild.ledger.sentences import LONGER, MOVED

UNDECIDED = {"open", MOVED, HEARD}


def final_state(states: Sequence[State], *, lasts: bool) -> str:
    """Return the state all reports together leave; disputed where claims go against each other or against the writers.

    What writers report outweighs claims, what surely is about this commitment outweighs what may be. A ceasefire lasts:
    what comes after it was kept counts.
    """
    said = [state for state in states if state.state not in UNDECIDED]
    if len({state.state for state in said}) > 1 and not lasts:
        surest = max(state.strength for state in said)
        said = [
            state for state in said if state.strength == surest or (surest == 2 and state.strength == 1 and state.claim)
        ]
    facts = [at for at, state in enumerate(said) if not state.claim]
    fact = said[facts[-1]].state if facts else None
    if fact in ("broken", "overtaken"):
        return fact
    claims = {state.state for state in (said[facts[-1] :] if facts else said) if state.claim}
    if fact == "kept" and "broken" in claims:
        return "broken" if lasts and "kept" not in claims else "disputed"
    if "overtaken" in claims:
        return "overtaken"
    if len(claims) > 1:
        return "disputed"
    return fact or next(iter(claims), "open")


def states_of(owed: Debt, later: Iterable[Telling]) -> list[State]:
    """Return what later tellings report of a commitment, in order of publication."""
    found: list[tuple[Telling, str, int]] = []
    later = sorted(later, key=lambda t: (t.published or datetime.date.max, t.type == OUTCOME, t.key))
    moves = [telling for telling in later if telling.mode == MOVED and outcome(owed, telling) == MOVED]
    for telling in later:
        if judged := judge(_put_off(owed, moves, telling), telling):
            found.append((telling, *judged))
    if moves:  # until then it was late, and now it is not
        found = [f for f in found if f[1] != "broken" or (f[0].published or datetime.date.max) > moves[-1].published]  # type: ignore[operator]
    lasts = owed.telling.mode == CEASEFIRE
    put_off = [State(telling.key, telling.article, MOVED) for telling, state, _ in found if state == MOVED]
    found = [f for f in found if f[1] != MOVED]
    by_event = {telling.article for telling, _, _ in found if telling.type != OUTCOME}
    voided_in = {t.article for t, state, _ in found if t.type == OUTCOME and state == "overtaken"}
    found = [
        (telling, state, strength)
        for telling, state, strength in found
        if (telling.article in voided_in and state in ("overtaken", "kept"))  # "hinfällig" says more than "fror ein"
        or (telling.article not in voided_in and (telling.type != OUTCOME or telling.article not in by_event))
    ]
    breached_in = {telling.article for telling, state, _ in found if state != "kept"}
    if lasts:  # "despite the ceasefire" names it and does not say that it holds
        found = [f for f in found if f[1] != "kept" or not (f[0].named_only and f[0].article in breached_in)]
    kept_in = {telling.article for telling, state, _ in found if state == "kept"}
    claimed = {(telling.article, telling.type, state) for telling, state, _ in found if telling.speaker}
    broken = any(state == "broken" for _, state, _ in found)
    states: list[State] = put_off
    for telling, state, strength in found:
        done = any(past.state == "kept" for past in states)
        other = telling.type != owed.telling.type
        if state == "broken" and other and done and not lasts and strength < 2:
            continue  # who refuses or punishes after the deed means another
        if state == "overtaken" and (done or telling.article in kept_in):
            continue
        if state == "broken" and not lasts and telling.article in kept_in and other:
            continue  # one article says what was done about it; the rest of it tells what went before
        claim = (telling.article, telling.type, state) in claimed
        if state == "breach denied":
            if not broken:
                continue
            state = "kept"
        states.append(State(telling.key, telling.article, state, claim, strength))
    return states


def outcome(owed: Debt, telling: Telling) -> str | None:
    """Return what a telling reports of a commitment: kept, broken, breach denied, overtaken, moved; None where it is about another.

    The day it is due on may have been put off: how late it is counts only where all reports are known (``states_of``).
    """
    judged = judge(owed, telling, late=HORIZON)
    return judged[0] if judged else None


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A commitment whose day was moved."""

    telling: Telling
    about: frozenset[str]
    due: datetime.date | None


def _put_off(owed: Debt, moves: Iterable[Telling], report: Telling) -> Debt:
    """Return a commitment as it stood when a report came: what was put off before is due on another day, or on none that is known."""
    due, before = (
        owed.due,
        [move for move in moves if move.published and report.published and move.published <= report.published],
    )
    for move in before:
        days = next((int(cue.removeprefix(LONGER)) for cue in move.note.cues if cue.startswith(LONGER)), None)
        due = move.latest or (due + datetime.timedelta(days) if due and days else None)
    return _PutOff(owed.telling, owed.about, due) if before else owed


def judge(owed: Debt, telling: Telling, *, late: int = LATE) -> tuple[str, int] | None:
    """Return the outcome and how surely it is of this commitment; ``late``: days within which a missed deadline is of this one."""
    told = owed.telling
    if not _after(told, telling):
        return None
    if telling.type == OUTCOME:
        state = said_of(owed, telling, late)
        return (state, 1) if state else None
    if found := reported(owed, telling):
        return found
    return ("overtaken", 1) if overtakes(owed, telling) else None


def _after(told: Telling, telling: Telling) -> bool:
    if told.published is None or telling.published is None:
        return False
    if telling.article == told.article:
        return told.status == "demanded" and telling.type == "REJECT" and number_of(telling) > number_of(told)
    return 0 < (telling.published - told.published).days <= HORIZON
