"""Brings what is derived (families, incidents, contradictions, commitments) up to the articles in the ledger.

Only articles that are new or newly coded are looked at, part by part, together with those published in the weeks around
(for commitments: the months before). Each part is stored before the next is looked at; its families last, for they say
which codings the derived tables know.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lagebild.ledger.cluster import Incident
from lagebild.ledger.counterclaims import calm_in, disputes_of
from lagebild.ledger.disputes import Dispute, disputes
from lagebild.ledger.garbage import spared
from lagebild.ledger.happenings import Telling
from lagebild.ledger.kin import Kin
from lagebild.ledger.migrate import migrate
from lagebild.ledger.origins import independent_origins
from lagebild.ledger.parts import PART, Part, Waiting
from lagebild.ledger.promised import Promised
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.tellings import Row
from lagebild.ledger.weeks import COLUMNS, Weeks, article_of, by_incident


@dataclass(frozen=True, slots=True)
class Built:
    """How many rows were added to each derived table; ``superseded``: articles found to be an older state of another."""

    families: int = 0
    incidents: int = 0
    contradictions: int = 0
    commitments: int = 0
    superseded: int = 0


def build(
    store: Store, *, tolerance: int = 1, part_size: int = PART, stored: Callable[[Part], None] = lambda part: None
) -> Built:
    """Update the derived tables; ``tolerance`` is how many days two tellings of one happening may lie apart.

    ``part_size`` bounds memory: so many articles, or those of one day where they are more, are looked at at once;
    ``stored`` is called after each part.
    """
    counts: dict[str, int] = defaultdict(int)
    with store.alone(), spared() as look:
        if store.exists():
            store.create()  # what is missing of the derived tables
            migrate(store)
        # once more where articles were found to be older states of others: what was made of them goes
        for _ in range(2):
            reader = Reader(store)
            waiting = Waiting(reader)
            builder = _Builder(waiting, reader.next_build(), tolerance)
            for part in waiting.parts(part_size):
                for name, rows in builder.add(part).items():
                    store.append(name, rows)
                    counts[name] += len(rows)
                look()
                stored(part)
            counts["superseded"] += len(builder.kin.superseded)
            if not builder.kin.superseded:
                break
    return Built(**counts)


class _Builder:
    """What is known of the weeks and months around the part that is being built."""

    def __init__(self, waiting: Waiting, seq: int, tolerance: int):
        self.waiting, self.seq = waiting, seq
        self.kin, self.weeks = Kin(waiting), Weeks(waiting, tolerance)
        self.promised = Promised(waiting, self.kin)
        self.before: Part | None = None

    def add(self, part: Part) -> dict[str, list[Row]]:
        """Return the rows to store, by table, in the order of storing."""
        if self.before:  # only now, for a single part needs none of it
            self.kin.forget(self.before)
            self.weeks.forget(self.before)
            self.promised.forget(self.before)
            self.seq += 1  # a part may change what one before it stored
        self.before = part
        families = self.kin.add(part, self.seq)
        rows = list(self.waiting.new(COLUMNS, "events", part))
        changed = self.weeks.add(part, rows)
        self.kin.know({member.article for incident in changed for member in incident.members})
        return {
            "incidents": [_incident_row(incident, self.kin, self.seq) for incident in changed],
            "contradictions": list(self._contradictions(part, changed)),
            "commitments": list(self.promised.add(part, rows, self.weeks.accounts, self.seq)),
            "families": families,
        }

    def _contradictions(self, part: Part, changed: list[Incident]) -> Iterator[Row]:
        """Yield those between events, then those between sentences of kinds that events of the same article do not show."""
        shown: dict[str, set[str]] = defaultdict(set)
        yield from self._disputes(changed, shown)
        yield from self._counterclaims(part, shown)

    def _disputes(self, changed: list[Incident], shown: dict[str, set[str]]) -> Iterator[Row]:
        sql = "select * from contradictions where incident in (select unnest(?)) and not coalesce(gone, false)"
        rows = list(self.waiting.reader.rows(sql, [[incident.id for incident in changed]]))
        stored = by_incident(rows)
        recoded = self.waiting.recoded  # what quotes an older coding of an article is stored anew
        stale = {row["contradiction"] for row in rows if {article_of(row["a"]), article_of(row["b"])} & recoded}
        told = self._told(changed)
        calm = self._calm({article for found in told.values() for dispute in found for article in _within(dispute)})
        for incident in changed:
            if incident.id in self.weeks.disputed:  # newer than what the reader sees
                stored[incident.id] = self.weeks.disputed[incident.id]
            found = [d for d in told[incident.id] if not any(d.kind in calm[article] for article in _within(d))]
            for dispute in found:
                for article in _within(dispute):
                    shown[article].add(dispute.kind)
            for dispute in found:
                if dispute.id not in stored[incident.id] or dispute.id in stale:
                    yield _dispute_row(dispute, self.seq)
            for old in sorted(stored[incident.id] - {dispute.id for dispute in found}):
                yield {"contradiction": old, "seq": self.seq, "incident": incident.id, "gone": True}
            self.weeks.disputed[incident.id] = {dispute.id for dispute in found}

    def _told(self, changed: list[Incident]) -> dict[str, list[Dispute]]:
        """Return the contradictions between the tellings of each incident."""
        accounts, found = self.weeks.accounts, dict[str, list[Dispute]]()
        for incident in changed:
            members = [accounts[m.key] for m in incident.members if m.key in accounts]
            found[incident.id] = list(disputes(incident.id, members)) if incident.successor is None else []
        return found

    def _calm(self, articles: set[str]) -> dict[str, frozenset[str]]:
        """Return which kinds of contradictions the sentences of articles surely do not hold."""
        calm: dict[str, frozenset[str]] = defaultdict(frozenset)
        if articles:
            sql = "select article, told from articles where article in (select unnest(?))"
            calm.update((row["article"], calm_in(row)) for row in self.waiting.reader.rows(sql, [sorted(articles)]))
        return calm

    def _counterclaims(self, part: Part, shown: dict[str, set[str]]) -> Iterator[Row]:
        """Yield what sentences of a part's articles say against each other, and retire what older codings of them said."""
        sql = "select contradiction, a from contradictions where incident is null and not coalesce(gone, false)"
        recoded = part.articles & self.waiting.recoded
        stored = (
            {row["contradiction"] for row in self.waiting.reader.rows(sql) if article_of(row["a"]) in recoded}
            if recoded
            else set()
        )
        for article in self.waiting.new("article, told", "articles", part):
            for dispute in disputes_of(article, shown[article["article"]]):
                stored.discard(dispute.id)
                yield _dispute_row(dispute, self.seq)
        for old in sorted(stored):
            yield {"contradiction": old, "seq": self.seq, "gone": True}


def _within(dispute: Dispute) -> set[str]:
    """Return the article of a contradiction that is told within one."""
    return {article_of(dispute.a)} & {article_of(dispute.b)}


def _incident_row(incident: Incident, kin: Kin, seq: int) -> Row:
    members = list({member.key: member for member in incident.members}.values())
    articles = sorted({member.article for member in members})
    sources, families = kin.sources(articles)
    origins = independent_origins(sources, families)
    placed = next((m for m in members if m.precise), next((m for m in members if m.country), None))
    earliest, latest = _days(members)
    published = [m.published for m in members if m.published]
    return {
        "incident": incident.id,
        "seq": seq,
        "type": members[0].type if members else None,
        "mode": next((m.mode for m in members if m.mode), None),
        "status": _status(members),
        "actor_codes": sorted(set().union(*(m.actors for m in members))),
        "recipient_codes": sorted(set().union(*(m.recipients for m in members))),
        "earliest": earliest,
        "latest": latest,
        "first_day": min(published, default=None),
        "last_day": max(published, default=None),
        "country": placed.country if placed else None,
        "place_name": placed.place if placed else None,
        "latitude": placed.point[0] if placed and placed.point else None,
        "longitude": placed.point[1] if placed and placed.point else None,
        "members": [m.key for m in members],
        "articles": articles,
        "outlets": sorted({s.outlet for s in sources if s.outlet}),
        "origins": [origin.name for origin in origins],
        "independent": len(origins),
        "reason": "\n".join(incident.reasons),
        "successor": incident.successor,
    }


def _days(members: list[Telling]) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day it may have been on: the plainest dates, narrowed by those that can be the same.

    Of dates equally plain the one told most often goes first; one that lies elsewhere narrows nothing.
    """
    told = Counter((m.earliest, m.latest) for m in members if m.earliest and m.latest and m.earliest <= m.latest)
    ranked = sorted(told, key=lambda days: ((days[1] - days[0]).days, -told[days], days))
    if not ranked:
        return None, None
    first, last = ranked[0]
    for earliest, latest in ranked[1:]:
        if max(first, earliest) <= min(last, latest):
            first, last = max(first, earliest), min(last, latest)
    return first, last


def _status(members: list[Telling]) -> str | None:
    """Return what most tellings say; actual before denied where they are even."""
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        counts[member.status] += 1
    ranked = sorted(counts, key=lambda status: (-counts[status], status))
    return ranked[0] if ranked else None


def _dispute_row(dispute: Dispute, seq: int) -> Row:
    return {
        "contradiction": dispute.id,
        "seq": seq,
        "incident": dispute.incident or None,
        "kind": dispute.kind,
        "a": dispute.a,
        "b": dispute.b,
        "reason": dispute.reason,
        "gone": False,
    }
