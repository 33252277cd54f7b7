"""Gathers tellings into incidents with ids that stay, and tombstones where two incidents turn out to be one.

Incremental: a new telling is compared only with incidents of its type, in its weeks, that share a country with it, so
that a day's articles do not recompute years.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lagebild.ledger.happenings import JOIN, Telling, countries, score

WINDOW = 21  # days between the publications of two articles that may still tell of one happening as news
COMPARED = 12  # members of an incident that a new telling is compared with: the first ones and the newest
AGREEING = 0.5  # share of those that have to agree at least weakly


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
        self._blocks: dict[tuple[str, str, str, int], set[str]] = defaultdict(set)
        for incident in incidents:
            self.incidents[incident.id] = incident
            for member in incident.members:
                self._enter(incident.id, member)

    def add(self, telling: Telling) -> Incident:
        """Put a telling into the incident it belongs to, or into a new one; merge incidents it shows to be one."""
        fitting = sorted(self._fitting(telling), key=lambda found: (-found[0], found[2].id))
        if fitting:
            _, reason, incident = fitting[0]
            for value, _, other in fitting[1:]:
                if value >= self.join + 1.0:  # a telling as close to both joins them; a nearer one does not
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
        for block in blocks(telling, around=True):
            seen |= self._blocks.get(block, set())
        for number in sorted(seen):
            incident = self.incidents[number]
            if incident.successor is None and (found := self._compare(telling, incident)):
                yield (*found, incident)

    def _compare(self, telling: Telling, incident: Incident) -> tuple[float, str] | None:
        members = incident.members
        if len(members) > COMPARED:
            members = members[: COMPARED // 2] + members[-COMPARED // 2 :]
        scores = [score(telling, member, tolerance=self.tolerance) for member in members]
        best, reason = max(scores, key=lambda found: found[0])
        votes = [value for (value, _), member in zip(scores, members, strict=True) if not member.bare] or [best]
        agreed = sum(value >= self.join / 2 for value in votes) >= AGREEING * len(votes)
        own = telling.bare and any(member.article == telling.article for member in members)
        return (best, reason) if best >= self.join and (agreed or own) else None

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
        for block in blocks(telling, around=False):
            self._blocks[block].add(number)


def order(telling: Telling) -> tuple[datetime.date, str]:
    """Sort tellings by publication, then by key; those without a date last."""
    return telling.published or datetime.date.max, telling.key


def incident_id(key: str) -> str:
    """Return the id of an incident first told by this telling (``article#event``); it stays when others join."""
    return "i" + hashlib.sha256(key.encode()).hexdigest()[:15]


def blocks(telling: Telling, *, around: bool) -> Iterator[tuple[str, str, str, int]]:
    """Yield the blocks a telling stands in (or, ``around``, may find its likes in): type, kind, country, weeks; and its article."""
    day = telling.published or telling.earliest
    week = day.toordinal() // WINDOW if day else -1
    weeks = [week - 1, week, week + 1] if around and day else [week]
    where = set(countries(telling.actors | telling.recipients))
    if telling.country:
        where.add(telling.country)
    for country in sorted(where) or ["-"]:
        for number in weeks:
            yield telling.type, telling.kind, country, number
    yield telling.type, telling.kind, telling.article, 0  # what names no country can still be of its article's own
