"""Commitments, kept up as new articles come in: each report is held against what is still owed, once.

``promises`` decides whether a report is about a commitment; here are only indexes that bring the two together, so that a
day's reports are not compared with everything that was owed in a year.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.promises import (
    HORIZON,
    SOON,
    Commitment,
    State,
    again,
    blocks,
    commitment,
    follow,
    joined,
    outcome,
    stands_for,
    told_as,
)

LOOKED_BACK = 40  # commitments of one type and country that a new one may tell again
COUNTED = 10  # reports of one outcome (kept, broken) that are kept for a commitment: the first ones
Key = tuple[str, str, str]


@dataclass(slots=True)
class Owed:
    """A commitment and the reports that are about it, with their outcome; ``unread`` are those known by their key only."""

    made: Commitment
    reports: list[tuple[Telling, str]] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    stored: tuple[State, ...] = ()
    new: bool = True
    changed: bool = True
    leader: str | None = None  # key of the first telling of the same commitment, as last written; None: not known
    row: bool = False  # whether the ledger holds it as a commitment of its own
    day: datetime.date = field(init=False)
    many: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.day = self.made.telling.published or datetime.date.min

    def full(self, state: str) -> bool:
        """Whether as many reports of this outcome are known as count."""
        return self.many.get(state, 0) >= COUNTED

    def put(self, telling: Telling, state: str) -> None:
        """Keep a report if it is among the first of its outcome."""
        if any(telling.key == known.key for known, _ in self.reports):
            return
        self.reports.append((telling, state))
        self.reports.sort(key=lambda report: (report[0].published or datetime.date.max, report[0].key))
        if self.full(state):
            last = [report for report in self.reports if report[1] == state][-1]
            self.reports.remove(last)
            self.changed = self.changed or last[0] is not telling
        else:
            self.many[state] = self.many.get(state, 0) + 1
            self.changed = True


class Debts:
    """All that is owed in the months before, by what a report about it must have in common with it."""

    def __init__(self) -> None:
        self.owed: dict[str, Owed] = {}
        self._soon: dict[Key, list[Owed]] = defaultdict(list)
        self._later: dict[tuple[Key, str], list[Owed]] = defaultdict(list)
        self._made: dict[tuple[str, str], list[Owed]] = defaultdict(list)

    def add(self, owed: Owed) -> None:
        """Take in a commitment; one without a day is owed but nothing can be reported after it."""
        telling = owed.made.telling
        self.owed[telling.key] = owed
        for block in blocks(owed.made):
            self._made[block].append(owed)
        if telling.published is None:
            return
        for key in _stands(owed.made):
            self._soon[key].append(owed)
            for shared in (*telling.words, *telling.recipients, *owed.made.about):
                self._later[key, shared].append(owed)

    def report(self, telling: Telling, *, only_new: bool = False) -> None:
        """Hold a report against what is owed."""
        if telling.status not in ("actual", "denied") or telling.published is None:
            return
        seen: set[int] = set()
        for owed in self._candidates(telling, telling.published):
            if id(owed) in seen or (only_new and not owed.new) or _settled(owed, telling):
                continue
            seen.add(id(owed))
            if state := outcome(owed.made, telling):
                owed.put(telling, state)

    def _candidates(self, telling: Telling, day: datetime.date) -> Iterator[Owed]:
        soon, last = day - datetime.timedelta(SOON), day - datetime.timedelta(HORIZON)
        for key in _looks(telling):
            for owed in reversed(self._soon.get(key, ())):
                if owed.day < soon:
                    break
                yield owed
            for shared in (*telling.words, *telling.recipients, *telling.note.about):
                for owed in self._later.get((key, shared), ()):
                    if last <= owed.day < soon:
                        yield owed

    def sort(self) -> None:
        """Bring the lists into the order of days, after commitments were added out of it."""
        for listed in self._soon.values():
            listed.sort(key=lambda owed: owed.day)

    def groups(self, changed: Iterable[Owed]) -> list[list[Owed]]:
        """Return what tells of one commitment, the first first, of all groups that are not as they were last written."""
        found: list[list[Owed]] = []
        touched = {block for owed in changed for block in blocks(owed.made)}
        near: dict[tuple[str, str], list[tuple[int, Commitment]]] = defaultdict(list)
        firsts: list[Commitment] = []
        every = {owed.made.id: owed for block in touched for owed in self._made[block]}
        for owed in sorted(every.values(), key=lambda owed: (owed.day, owed.made.telling.key)):
            where = blocks(owed.made)
            tried = sorted({at for block in where for at, _ in near[block][-LOOKED_BACK:]})
            at = next((at for at in tried if again(firsts[at], owed.made)), len(firsts))
            if at == len(firsts):
                firsts.append(owed.made)
                found.append([])
                for block in where:
                    near[block].append((at, owed.made))
            else:
                firsts[at] = joined(firsts[at], owed.made)
            found[at].append(owed)
        return [group for group in found if any(o.changed or o.leader != group[0].made.telling.key for o in group)]

    def forget(self, before: datetime.date) -> None:
        """Let go of what was owed before a day."""
        self.owed = {key: owed for key, owed in self.owed.items() if owed.day >= before}
        for index in (self._soon, self._later, self._made):
            for key in list(index):
                index[key] = [owed for owed in index[key] if owed.day >= before]  # type: ignore[index]
                if not index[key]:  # type: ignore[index]
                    del index[key]  # type: ignore[arg-type]


def followed(group: Sequence[Owed]) -> Commitment:
    """Return the commitment that a group tells of, with its states."""
    made = reduce(joined, (owed.made for owed in group))
    reports = {telling.key: telling for owed in group for telling, _ in owed.reports}
    return follow(made, reports.values())


def owed_by(tellings: Iterable[Telling], speakers: dict[str, str | None], conditions: dict[str, str]) -> Iterator[Owed]:
    """Yield what the tellings commit somebody to."""
    for telling in tellings:
        made = commitment(telling, speaker=speakers.get(telling.key), condition=conditions.get(telling.key))
        if made:
            yield Owed(made)


def _settled(owed: Owed, telling: Telling) -> bool:
    """Whether the report could only be one more of those that no longer count."""
    if len(owed.reports) < COUNTED or telling.status != "actual":
        return False
    if any(
        (known.published or datetime.date.max) > (telling.published or datetime.date.min) for known, _ in owed.reports
    ):
        return False  # an earlier report may take the place of a later one
    if telling.type == owed.made.telling.type:
        return owed.full("kept")
    return owed.full("broken") and not telling.words & owed.made.telling.words


def _stands(made: Commitment) -> Iterator[Key]:
    """Yield where a commitment stands: by deed and doers, and by deed and recipients for reports that name no doer."""
    owed = made.telling
    if owed.actors:
        for what in stands_for(made):
            for country in countries(owed.actors):
                yield what, "by", country
    for country in countries(owed.recipients):
        yield owed.type, "to" if owed.actors else "to, by nobody", country


def _looks(report: Telling) -> Iterator[Key]:
    """Yield where the commitments stand that a report may be about."""
    for country in countries(report.actors):
        for what in told_as(report):
            yield what, "by", country
    for country in countries(report.recipients):
        yield report.type, "to, by nobody", country
        if report.actors <= report.implied:
            yield report.type, "to", country
