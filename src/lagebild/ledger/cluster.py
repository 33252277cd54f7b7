"""Gathers tellings into incidents with ids that stay, and tombstones where two incidents turn out to be one.

Incremental: a new telling is compared only with incidents of its type, in its weeks, that share a country with it and
whose days can be its own, so that a day's articles do not recompute years, nor a day's block its weeks.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lagebild.ledger.chances import hopeless
from lagebild.ledger.happenings import (
    AGAIN,
    BACK_DAYS,
    JOIN,
    RARE,
    RECURRING,
    Telling,
    Why,
    one_after_the_other,
    told,
    weigh,
)

WINDOW = 21  # days between the publications of two articles that may still tell of one happening as news
COMPARED = 12  # members of an incident that a new telling is compared with: the first ones and the newest
AGREEING = 0.5  # share of those that have to agree at least weakly
SHORT = 7  # days; a telling that may lie on more of them stands in one place of its block and not under each day

Block = tuple[str, str, str, int]
Slot = int | str
"""Where in a block: a day (its ordinal), LONG, ANY, or a word or place by which it can be meant again later."""
LONG, ANY = "long", "any"


@dataclass(slots=True)
class Incident:
    """An incident under construction. ``successor`` makes it a tombstone; ``reasons`` says of each merge why."""

    id: str
    members: list[Telling] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    successor: str | None = None
    changed: bool = False


class Clusterer:
    """Holds the incidents that new tellings may belong to."""

    def __init__(self, incidents: Iterable[Incident] = (), *, tolerance: int = 1, join: float = JOIN):
        self.tolerance, self.join = tolerance, join
        self.incidents: dict[str, Incident] = {}
        self._blocks: dict[Block, dict[Slot, set[str]]] = defaultdict(lambda: defaultdict(set))
        for incident in incidents:
            self.load(incident)

    def load(self, incident: Incident) -> None:
        """Take in an incident that was built before."""
        self.incidents[incident.id] = incident
        for member in incident.members:
            self._enter(incident.id, member)

    def add(self, telling: Telling) -> Incident:
        """Put a telling into the incident it belongs to, or into a new one; merge incidents it shows to be one."""
        fitting = sorted(self._fitting(telling), key=lambda found: (-found[0], found[2].id))
        if fitting:
            _, reason, incident = fitting[0]
            for value, _, other in fitting[1:]:
                # a telling as close to both joins them; a nearer one does not
                if value >= self.join + 1.0 and not _in_turn(incident, other):
                    incident = self._merge(incident, other, telling)
        else:
            incident, reason = Incident(self._free_id(telling)), "first telling"
            self.incidents[incident.id] = incident
        incident.members.append(telling)
        incident.reasons.append(f"{telling.key}: {reason}")
        incident.changed = True
        self._enter(incident.id, telling)
        return incident

    def _free_id(self, telling: Telling) -> str:
        """Return an id that no incident with members has: after a new coding, what it first told may have moved on."""
        number = incident_id(telling.key)
        while (taken := self.incidents.get(number)) and (taken.members or taken.successor):
            number = incident_id(f"{number}+")
        return number

    def changed(self) -> Iterator[Incident]:
        """Yield the incidents that are not as they were stored."""
        return (incident for incident in self.incidents.values() if incident.changed)

    def _fitting(self, telling: Telling) -> Iterator[tuple[float, str, Incident]]:
        seen: set[str] = set()
        looked = looks(telling, self.tolerance)
        for block in blocks(telling, around=True):
            if slots := self._blocks.get(block):
                for slot in looked:
                    if slot in slots:
                        seen |= slots[slot]
        for number in seen:
            incident = self.incidents[number]
            if incident.successor is None and (found := self._compare(telling, incident)):
                yield (*found, incident)

    def _compare(self, telling: Telling, incident: Incident) -> tuple[float, str] | None:
        """Return how strongly a telling speaks of an incident and why; None where it does not, or most members disagree."""
        members = incident.members
        if len(members) > COMPARED:
            members = members[: COMPARED // 2] + members[-COMPARED // 2 :]
        join, tolerance = self.join, self.tolerance
        fitting = [at for at, member in enumerate(members) if not hopeless(telling, member, tolerance, join)]
        if not fitting:  # as with nine incidents of ten
            return None
        best, reasons, near = join, list[Why](), set[int]()
        for at in fitting:
            if reasons and hopeless(telling, members[at], tolerance, best):
                continue
            value, why = weigh(telling, members[at], tolerance=tolerance, least=join / 2)
            if value >= join / 2:
                near.add(at)
            if value > best or (value == best and not reasons):
                best, reasons = value, why
        if not reasons:
            return None
        own = telling.bare and any(member.article == telling.article for member in members)
        return (best, told(reasons)) if own or self._agreed(telling, members, near) else None

    def _agreed(self, telling: Telling, members: list[Telling], near: set[int]) -> bool:
        """Whether enough of the members that say something of their own agree at least weakly; ``near`` surely do."""
        votes = [at for at, member in enumerate(members) if not member.bare]
        needed, least = AGREEING * len(votes), self.join / 2
        agreeing = sum(at in near for at in votes)
        for at in votes:
            if agreeing >= needed:
                return True
            if at not in near and not hopeless(telling, members[at], self.tolerance, least):
                agreeing += weigh(telling, members[at], tolerance=self.tolerance, least=least)[0] >= least
        return agreeing >= needed

    def _merge(self, a: Incident, b: Incident, telling: Telling) -> Incident:
        kept, gone = sorted((a, b), key=lambda incident: (order(incident.members[0]), incident.id))
        for member in gone.members:
            self._enter(kept.id, member)
        kept.members += gone.members
        kept.reasons.append(f"{gone.id} merged: {telling.key} tells of both")
        kept.changed = gone.changed = True
        gone.successor = kept.id
        return kept

    def _enter(self, number: str, telling: Telling) -> None:
        stands = places(telling)
        for block in blocks(telling, around=False):
            slots = self._blocks[block]
            for slot in stands:
                slots[slot].add(number)

    def forget(self, before: datetime.date) -> list[Incident]:
        """Let go of the incidents that no telling published from WINDOW days after ``before`` on can belong to; return them."""
        gone = [i for i in self.incidents.values() if all((day := _day(m)) and day < before for m in i.members)]
        for incident in gone:
            del self.incidents[incident.id]
        names, week = {incident.id for incident in gone}, before.toordinal() // WINDOW
        for block in [block for block in self._blocks if block[3] <= week]:
            slots = self._blocks[block]
            for slot in list(slots):
                slots[slot] -= names
                if not slots[slot]:
                    del slots[slot]
            if not slots:
                del self._blocks[block]
        return gone


def _in_turn(a: Incident, b: Incident) -> bool:
    """Whether one of two incidents is said to be the other done again."""
    again = any(AGAIN in member.note for member in (*a.members, *b.members))
    return again and any(one_after_the_other(mine, theirs) for mine in a.members for theirs in b.members)


def order(telling: Telling) -> tuple[datetime.date, str]:
    """Sort tellings by publication, then by key; those without a date last."""
    return telling.published or datetime.date.max, telling.key


def incident_id(key: str) -> str:
    """Return the id of an incident first told by this telling (``article#event``); it stays when others join."""
    return "i" + hashlib.sha256(key.encode()).hexdigest()[:15]


def places(telling: Telling) -> list[Slot]:
    """Return the slots a telling stands in within its blocks."""
    slots: list[Slot] = [ANY]
    if telling.days is None:
        return [ANY, LONG]
    first, last = telling.days[0].toordinal(), telling.days[1].toordinal()
    slots += range(first, last + 1) if last - first < SHORT else [LONG]
    return slots + _again(telling)


def looks(telling: Telling, tolerance: int) -> list[Slot]:
    """Return the slots where all tellings stand that are not too many days apart from this one to be the same."""
    if telling.days is None:
        return [ANY]
    first, last = telling.days[0].toordinal(), telling.days[1].toordinal()
    reach = max(tolerance, BACK_DAYS if telling.type in RARE else 0)
    if last - first + 2 * reach >= 3 * BACK_DAYS:
        return [ANY]
    return [LONG, *range(first - reach, last + reach + 1), *_again(telling)]


def _again(telling: Telling) -> list[Slot]:
    """Return by what a telling can be meant again without its date: the nouns, the place."""
    nouns = set() if telling.type in RECURRING else telling.nouns
    return [*(f"noun {noun}" for noun in nouns), *([f"in {telling.place}"] if telling.precise else [])]


def _day(telling: Telling) -> datetime.date | None:
    return telling.published or telling.earliest


def blocks(telling: Telling, *, around: bool) -> Iterator[Block]:
    """Yield the blocks a telling stands in (or, ``around``, may find its likes in): type, kind, country, weeks; and its article."""
    day = _day(telling)
    week = day.toordinal() // WINDOW if day else -1
    weeks = [week - 1, week, week + 1] if around and day else [week]
    where = set(telling.doers | telling.others)
    if telling.country:
        where.add(telling.country)
    for country in sorted(where) or ["-"]:
        for number in weeks:
            yield telling.type, telling.kind, country, number
    yield telling.type, telling.kind, telling.article, 0  # what names no country can still be of its article's own
