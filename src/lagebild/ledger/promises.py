"""Commitments: what somebody owes (announced, agreed, demanded, on condition) and what was reported since."""

from __future__ import annotations

import bisect
import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lagebild.ledger.happenings import MANY_MODES, Telling, countries

OWED = {"planned", "demanded", "conditional"}
BROKEN_BY = {  # a report of the second type, by who owed the first, says that it was not kept
    "RETREAT": {"ASSAULT", "MOBILIZE"},
    "CONSULT": {"REJECT", "SANCTION"},
    "AGREE": {"REJECT", "ASSAULT"},
    "CONCEDE": {"SANCTION", "COERCE"},
    "AID": {"REJECT", "SANCTION"},
    "COOPERATE": {"REJECT", "SANCTION"},
}
CEASEFIRE = "ceasefire"
DISCONTINUE = "discontinue"
NO_REPORT = {
    "ACCUSE",
    "REQUEST",
    "THREATEN",
    "REJECT",
}  # what is blamed, asked for, threatened or refused is not reported
NO_DEED = {*NO_REPORT, "AGREE", "SUPPORT"}  # words, whatever act they speak of
TOWARDS = {"AID", "SANCTION", "COERCE", "ASSAULT", "THREATEN", "COOPERATE", "CONSULT", "AGREE", "CONCEDE"}
"""Types where another recipient makes another deed; whom a withdrawal or a release is good for is told in many ways."""
OPPOSED = ({"GOV", "MIL", "COP", "JUD"}, {"REB", "OPP", "PRM"})  # of one country, but not one side
SOON = 120  # days; later reports need more in common with the commitment than who and what kind of deed
HORIZON = 400  # days after which a report is no longer read as the outcome of a commitment


@dataclass(frozen=True, slots=True)
class State:
    """What one telling says of a commitment: open, kept, broken. ``claim``: somebody says so, not the writer."""

    key: str
    article: str
    state: str
    claim: bool = False


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who owes what to whom, on what condition, by when; ``states`` in order of publication."""

    id: str
    telling: Telling
    to_whom: frozenset[str]
    condition: str | None
    due: datetime.date | None
    states: tuple[State, ...] = ()

    @property
    def final(self) -> str:
        """The state all reports together leave; disputed where claims go against each other or against the writers.

        What writers report outweighs claims. A ceasefire lasts: what comes after it was kept counts.
        """
        said = [state for state in self.states if state.state != "open"]
        facts = [at for at, state in enumerate(said) if not state.claim]
        fact = said[facts[-1]].state if facts else None
        if fact == "broken":
            return fact
        claims = {state.state for state in (said[facts[-1] :] if facts else said) if state.claim}
        if fact == "kept" and "broken" in claims:
            return "broken" if self.telling.mode == CEASEFIRE and "kept" not in claims else "disputed"
        if len(claims) > 1:
            return "disputed"
        return fact or next(iter(claims), "open")


def commitment(telling: Telling, *, speaker: str | None, condition: str | None) -> Commitment | None:
    """Return the commitment a telling makes, or None where nobody owes anything by it."""
    if telling.status not in OWED or not telling.actors | telling.recipients:
        return None
    if telling.asked and not telling.actors & telling.asked:
        telling = replace(telling, actors=telling.asked)  # a demand binds whom it is made to, not who makes it
    to_whom = telling.recipients or (frozenset({speaker}) if speaker and speaker not in telling.actors else frozenset())
    published = telling.published
    due = telling.latest if telling.latest and (published is None or telling.latest >= published) else None
    name = "k" + hashlib.sha256(telling.key.encode()).hexdigest()[:15]
    return Commitment(name, telling, to_whom, condition, due, (State(telling.key, telling.article, "open"),))


def follow(promise: Commitment, later: Iterable[Telling]) -> Commitment:
    """Return the commitment with what later tellings report of it."""
    found: list[tuple[Telling, str]] = []
    for telling in sorted(later, key=lambda t: (t.published or datetime.date.max, t.key)):
        if state := outcome(promise, telling):
            found.append((telling, state))
    lasts = promise.telling.mode == CEASEFIRE
    breached_in = {telling.article for telling, state in found if state != "kept"}
    if lasts:  # "despite the ceasefire" names it and does not say that it holds
        found = [(t, s) for t, s in found if s != "kept" or not (t.named_only and t.article in breached_in)]
    kept_in = {telling.article for telling, state in found if state == "kept"}
    claimed = {(telling.article, telling.type, state) for telling, state in found if telling.speaker}
    broken = any(state == "broken" for _, state in found)
    states = list(promise.states)
    for telling, state in found:
        if state == "broken" and telling.type == "REJECT" and any(past.state == "kept" for past in states):
            continue  # who refuses after the deed refuses another
        if state == "broken" and not lasts and telling.article in kept_in and telling.type != promise.telling.type:
            continue  # one article says what was done about it; the rest of it tells what went before
        claim = (telling.article, telling.type, state) in claimed
        if state == "breach denied":
            if not broken:
                continue
            state = "kept"
        states.append(State(telling.key, telling.article, state, claim))
    return replace(promise, states=tuple(states))


def outcome(promise: Commitment, telling: Telling) -> str | None:
    """Return what a telling reports of a commitment (kept, broken, breach denied); None where it is about another."""
    owed = promise.telling
    if not _after(owed, telling):
        return None
    if owed.actors and telling.actors:
        if not _same_side(owed.actors, telling.actors):
            return None
    elif not (owed.type == telling.type and countries(owed.recipients) & countries(telling.recipients)):
        return None  # who did it is not known: then to whom it was done must agree
    if owed.precise and telling.precise and owed.place != telling.place:
        return None
    if not _soon(owed, telling) and not (owed.words & telling.words or owed.recipients & telling.recipients):
        return None
    if _same_act(owed, telling):
        if telling.status == "actual" and (telling.parent in NO_REPORT or _before(telling, owed)):
            return None
        return {"actual": "kept", "denied": "broken"}.get(telling.status)
    if telling.type in BROKEN_BY.get(owed.type, set()) and _breaks(owed, telling):
        return {"actual": "broken", "denied": "breach denied"}.get(telling.status)
    return None


def _soon(owed: Telling, telling: Telling) -> bool:
    return bool(owed.published and telling.published and (telling.published - owed.published).days <= SOON)


def _same_act(owed: Telling, telling: Telling) -> bool:
    if telling.type != owed.type:
        return telling.type not in NO_DEED and bool(telling.words & owed.words) and bool(telling.actors & owed.actors)
    if owed.type not in MANY_MODES and owed.mode and telling.mode and owed.mode != telling.mode:
        return False
    return owed.type not in TOWARDS or _towards(owed, telling)


def _towards(a: Telling, b: Telling) -> bool:
    """Whether the recipients may be the same; those implied prove nothing, nor does what the doers do to their own."""
    mine, theirs = (countries(t.recipients - t.implied) - countries(t.actors) for t in (a, b))
    return not mine or not theirs or bool(mine & theirs)


def _breaks(owed: Telling, telling: Telling) -> bool:
    if owed.type == "RETREAT":
        return owed.mode == CEASEFIRE
    if owed.type == "CONSULT" and telling.type == "SANCTION" and telling.mode != DISCONTINUE:
        return False
    return _towards(owed, telling)


def _same_side(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether somebody on one side may be somebody on the other: of one country, and not its rebels here, its army there."""
    for mine in a:
        for theirs in b:
            (land, kinds), (other, others) = _parts(mine), _parts(theirs)
            if land == other and not any(
                kinds & x and others & y and not kinds & y and not others & x for x, y in (OPPOSED, OPPOSED[::-1])
            ):
                return True
    return False


def _parts(code: str) -> tuple[str, set[str]]:
    land, _, rest = code.partition(":")
    return land, set(rest.split("+"))


def _before(telling: Telling, owed: Telling) -> bool:
    """Whether a telling dates the deed before the commitment was made."""
    return bool(telling.latest and owed.published and telling.latest < owed.published)


def _after(owed: Telling, telling: Telling) -> bool:
    if owed.published is None or telling.published is None or telling.article == owed.article:
        return False
    return 0 < (telling.published - owed.published).days <= HORIZON


def commitments(
    tellings: Sequence[Telling], speakers: Mapping[str, str | None], conditions: Mapping[str, str]
) -> Iterator[Commitment]:
    """Yield every commitment among the tellings with its states."""
    reports: dict[tuple[str, str], list[tuple[datetime.date, str, Telling]]] = defaultdict(list)
    for telling in tellings:
        if telling.status in ("actual", "denied") and telling.published:
            for country in countries(telling.actors | telling.recipients):
                for key in (telling.type, *telling.words):
                    reports[key, country].append((telling.published, telling.key, telling))
    for listed in reports.values():
        listed.sort(key=lambda entry: entry[:2])
    for telling in tellings:
        made = commitment(telling, speaker=speakers.get(telling.key), condition=conditions.get(telling.key))
        if made:
            yield follow(made, _later(made.telling, reports))


def _later(owed: Telling, reports: Mapping[tuple[str, str], list[tuple[datetime.date, str, Telling]]]) -> list[Telling]:
    """Return the reports of the same deed, or of one that breaks it, by or to the same countries, until the horizon."""
    found: dict[str, Telling] = {}
    if owed.published is None:
        return []
    for key in {owed.type, *BROKEN_BY.get(owed.type, ()), *owed.words}:
        for country in countries(owed.actors | owed.recipients):
            listed = reports.get((key, country), [])
            first = bisect.bisect_right(listed, owed.published, key=lambda entry: entry[0])
            last = bisect.bisect_right(listed, owed.published + datetime.timedelta(HORIZON), key=lambda entry: entry[0])
            found |= {number: telling for _, number, telling in listed[first:last]}
    return list(found.values())
