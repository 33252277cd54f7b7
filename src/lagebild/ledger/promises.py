"""Commitments: what somebody owes (announced, agreed, demanded, on condition) and what was reported since."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lagebild.ledger.happenings import Telling, countries

OWED = {"planned", "demanded", "conditional"}
BROKEN_BY = {  # a report of the second type, by who owed the first, says that it was not kept
    "RETREAT": {"ASSAULT", "MOBILIZE"},
    "CONSULT": {"REJECT"},
    "AGREE": {"REJECT", "ASSAULT"},
    "CONCEDE": {"SANCTION", "COERCE"},
    "AID": {"REJECT", "SANCTION"},
    "COOPERATE": {"REJECT", "SANCTION"},
}
CEASEFIRE = "ceasefire"
HORIZON = 400  # days after which a report is no longer read as the outcome of a commitment


@dataclass(frozen=True, slots=True)
class State:
    """What one telling says of a commitment: open, kept, broken, overtaken."""

    key: str
    article: str
    state: str


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
        """The state all reports together leave: disputed where some say kept and some broken."""
        said = [state.state for state in self.states]
        if "kept" in said and "broken" in said:
            return "disputed"
        return next((state for state in reversed(said) if state != "open"), "open")


def commitment(telling: Telling, *, speaker: str | None, condition: str | None) -> Commitment | None:
    """Return the commitment a telling makes, or None where nobody owes anything by it."""
    if telling.status not in OWED or not telling.actors:
        return None
    to_whom = telling.recipients or (frozenset({speaker}) if speaker and speaker not in telling.actors else frozenset())
    published = telling.published
    due = telling.latest if telling.latest and (published is None or telling.latest >= published) else None
    name = "k" + hashlib.sha256(telling.key.encode()).hexdigest()[:15]
    return Commitment(name, telling, to_whom, condition, due, (State(telling.key, telling.article, "open"),))


def follow(promise: Commitment, later: Iterable[Telling]) -> Commitment:
    """Return the commitment with what later tellings report of it."""
    states = list(promise.states)
    for telling in sorted(later, key=lambda t: (t.published or datetime.date.max, t.key)):
        if state := outcome(promise, telling):
            states.append(State(telling.key, telling.article, state))
    return replace(promise, states=tuple(states))


def outcome(promise: Commitment, telling: Telling) -> str | None:
    """Return what a telling reports of a commitment, or None where it speaks of something else."""
    owed = promise.telling
    if not _after(owed, telling) or not countries(owed.actors) & countries(telling.actors):
        return None
    if owed.recipients and telling.recipients and not countries(owed.recipients) & countries(telling.recipients):
        return None
    if owed.precise and telling.precise and owed.place != telling.place:
        return None
    if telling.type == owed.type and (not owed.mode or not telling.mode or owed.mode == telling.mode):
        return {"actual": "kept", "denied": "broken"}.get(telling.status)
    if telling.type in BROKEN_BY.get(owed.type, set()) and telling.status == "actual":
        return "broken" if owed.mode == CEASEFIRE or owed.type != "RETREAT" else None
    return None


def _after(owed: Telling, telling: Telling) -> bool:
    if owed.published is None or telling.published is None or telling.article == owed.article:
        return False
    return 0 < (telling.published - owed.published).days <= HORIZON


def commitments(
    tellings: Sequence[Telling], speakers: Mapping[str, str | None], conditions: Mapping[str, str]
) -> Iterator[Commitment]:
    """Yield every commitment among the tellings with its states."""
    reports: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in tellings:
        if telling.status in ("actual", "denied"):
            for country in countries(telling.actors):
                reports[telling.type, country].append(telling)
    for telling in tellings:
        made = commitment(telling, speaker=speakers.get(telling.key), condition=conditions.get(telling.key))
        if made:
            types = sorted({telling.type, *BROKEN_BY.get(telling.type, ())})
            found = {t.key: t for kind in types for c in countries(telling.actors) for t in reports[kind, c]}
            yield follow(made, found.values())
