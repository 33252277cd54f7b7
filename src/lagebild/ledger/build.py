"""Brings what is derived (families, incidents, contradictions, commitments) up to the articles in the ledger.

Only articles that are new or newly coded are looked at, together with those published in the weeks around them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lagebild.ledger.cluster import WINDOW, Clusterer, Incident
from lagebild.ledger.disputes import Account, Dispute, disputes
from lagebild.ledger.families import Groups, Link, Matcher, Text
from lagebild.ledger.happenings import Telling, telling_more
from lagebild.ledger.origins import independent_origins, origin_name
from lagebild.ledger.promises import HORIZON, OWED, Commitment, commitments
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.tellings import Context, account_of, events, key_of, telling_of, texts

REPRINT_DAYS = 60  # reprints are looked for among articles published within this many days
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """How many rows were added to each derived table."""

    families: int
    incidents: int
    contradictions: int
    commitments: int


@dataclass(slots=True)
class Fresh:
    """The articles to look at, and the days they were published on."""

    articles: set[str]
    since: datetime.date | None
    until: datetime.date | None

    def around(self, days: int) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the first and last day of the weeks around; None where no article has a date."""
        step = datetime.timedelta(days=days)
        return (self.since - step if self.since else None, self.until + step if self.until else None)


def build(store: Store, *, tolerance: int = 1) -> Built:
    """Update the derived tables; ``tolerance`` is how many days two tellings of one happening may lie apart."""
    reader = Reader(store)
    fresh = _fresh(reader)
    if not fresh.articles:
        return Built(0, 0, 0, 0)
    seq = reader.next_seq()
    family_rows, families, known = _families(reader, fresh, seq)
    rows = list(events(reader, *fresh.around(2 * WINDOW)))
    around = Context(rows)
    accounts = {key_of(row): account_of(row, around) for row in rows}
    changed = _incidents(reader, fresh, accounts, tolerance)
    incident_rows = [_incident_row(incident, known, families, seq) for incident in changed]
    dispute_rows = list(_disputes(reader, changed, accounts, seq))
    commitment_rows = list(_commitments(reader, fresh, seq))
    store.append("incidents", incident_rows)
    store.append("contradictions", dispute_rows)
    store.append("commitments", commitment_rows)
    store.append("families", family_rows)  # last: it says which codings the derived tables know
    return Built(len(family_rows), len(incident_rows), len(dispute_rows), len(commitment_rows))


def _fresh(reader: Reader) -> Fresh:
    sql = (
        "select a.article, a.day from articles a left join families f on f.article = a.article and f.batch = a.batch "
        "where f.article is null"
    )
    rows = list(reader.rows(sql))
    days = [row["day"] for row in rows if row["day"]]
    return Fresh({row["article"] for row in rows}, min(days, default=None), max(days, default=None))


def _families(reader: Reader, fresh: Fresh, seq: int) -> tuple[list[Row], dict[str, str], dict[str, Text]]:
    """Return the rows to store, the family of every article in the window, and the articles."""
    stored = {row["article"]: row for row in reader.rows("select * from families")}
    matcher, groups, links = Matcher(), Groups(), list[Link]()
    known: dict[str, Text] = {}
    batches: dict[str, str] = {}
    for text, batch in texts(reader, *fresh.around(REPRINT_DAYS)):
        known[text.article], batches[text.article] = text, batch
        groups.find(text.article)
        links += matcher.add(text)
    for article in known:
        family = stored.get(article, {}).get("family")
        if family in known and family is not None:
            groups.join(family, article)
    for link in links:
        groups.join(link.a, link.b)
    best: dict[str, Link] = {}
    for link in links:
        for article in (link.a, link.b):
            if article not in best or link.share > best[article].share:
                best[article] = link
    families: dict[str, str] = {}
    rows: list[Row] = []
    for members in groups.groups().values():
        oldest = min(members, key=lambda m: (known[m].order, m))
        origin = origin_name([known[m] for m in members])
        for member in members:
            families[member] = oldest
            row = _family_row(member, oldest, origin, best.get(member), batches[member], seq)
            if member in fresh.articles or _differs(stored.get(member), row):
                rows.append(row)
    return rows, families, known


def _family_row(article: str, family: str, origin: str, link: Link | None, batch: str, seq: int) -> Row:
    reason = "no other article shares its text"
    if link:
        other = link.b if link.a == article else link.a
        reason = f"with {other}: {link.reason}"
    share = link.share if link else None
    return {
        "article": article,
        "seq": seq,
        "batch": batch,
        "family": family,
        "origin": origin,
        "share": share,
        "reason": reason,
    }


def _differs(old: Row | None, new: Row) -> bool:
    return old is None or any(old[name] != new[name] for name in ("batch", "family", "origin"))


def rows_by_key(rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows of ``events`` by ``article#event``."""
    return {key_of(row): row for row in rows}


def _incidents(reader: Reader, fresh: Fresh, accounts: dict[str, Account], tolerance: int) -> list[Incident]:
    """Return the incidents that changed; ``accounts`` gains the older tellings of incidents that reach into the weeks."""
    new = [key for key in accounts if key.split("#")[0] in fresh.articles]
    stored = [row for row in reader.rows(LIVE) if any(_known(key, accounts, fresh) for key in row["members"])]
    absent = {key.split("#")[0] for row in stored for key in row["members"] if key not in accounts} - fresh.articles
    if absent:
        rows = list(reader.rows("select * from events where list_contains(?, article)", [sorted(absent)]))
        around = Context(rows)
        accounts.update({key_of(row): account_of(row, around) for row in rows})
    placed: set[str] = set()
    loaded = []
    for row in stored:
        keys = [key for key in row["members"] if key.split("#")[0] not in fresh.articles and key in accounts]
        placed.update(keys)
        members = [accounts[key].telling for key in keys]
        incident = Incident(row["incident"], members, list(filter(None, (row["reason"] or "").split("\n"))))
        incident.changed = len(keys) < len(row["members"])
        loaded.append(incident)
    clusterer = Clusterer(loaded, tolerance=tolerance)
    waiting = [accounts[key].telling for key in new if key not in placed]
    for telling in sorted(waiting, key=lambda t: (t.published or datetime.date.max, t.article, telling_more(t), t.key)):
        clusterer.add(telling)
    return list(clusterer.changed())


LIVE = "select incident, members, reason, successor from incidents where successor is null"


def _known(key: str, accounts: dict[str, Account], fresh: Fresh) -> bool:
    return key in accounts or key.split("#")[0] in fresh.articles


def _incident_row(incident: Incident, known: dict[str, Text], families: dict[str, str], seq: int) -> Row:
    members = incident.members
    articles = sorted({member.article for member in members})
    sources = [known[article] for article in articles if article in known]
    origins = independent_origins(sources, families)
    placed = next((m for m in members if m.precise), next((m for m in members if m.country), None))
    dated = [m for m in members if m.earliest and m.latest]
    return {
        "incident": incident.id,
        "seq": seq,
        "type": members[0].type if members else None,
        "mode": next((m.mode for m in members if m.mode), None),
        "status": _status(members),
        "actor_codes": sorted(set().union(*(m.actors for m in members))),
        "recipient_codes": sorted(set().union(*(m.recipients for m in members))),
        "earliest": max((m.earliest for m in dated if m.earliest), default=None),
        "latest": min((m.latest for m in dated if m.latest), default=None),
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


def _status(members: list[Telling]) -> str | None:
    """Return what most tellings say; actual before denied where they are even."""
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        counts[member.status] += 1
    ranked = sorted(counts, key=lambda status: (-counts[status], status))
    return ranked[0] if ranked else None


def _disputes(reader: Reader, changed: list[Incident], accounts: dict[str, Account], seq: int) -> Iterable[Row]:
    stored: dict[str, set[str]] = defaultdict(set)
    for row in reader.rows("select contradiction, incident from contradictions where not coalesce(gone, false)"):
        stored[row["incident"]].add(row["contradiction"])
    for incident in changed:
        found: list[Dispute] = []
        if incident.successor is None:
            found = list(disputes(incident.id, [accounts[m.key] for m in incident.members if m.key in accounts]))
        for dispute in found:
            if dispute.id not in stored[incident.id]:
                yield _dispute_row(dispute, seq)
        for old in sorted(stored[incident.id] - {dispute.id for dispute in found}):
            yield {"contradiction": old, "seq": seq, "incident": incident.id, "gone": True}


def _dispute_row(dispute: Dispute, seq: int) -> Row:
    return {
        "contradiction": dispute.id,
        "seq": seq,
        "incident": dispute.incident,
        "kind": dispute.kind,
        "a": dispute.a,
        "b": dispute.b,
        "reason": dispute.reason,
        "gone": False,
    }


def _commitments(reader: Reader, fresh: Fresh, seq: int) -> Iterable[Row]:
    rows = rows_by_key(events(reader, *fresh.around(HORIZON)))
    around = Context(rows.values())
    tellings = [telling_of(row, around) for row in rows.values()]
    speakers = {key: row["speaker_code"] for key, row in rows.items()}
    conditions = {key: _quote(rows[other]) for key, row in rows.items() if (other := _condition(row)) in rows}
    stored = {
        row["commitment"]: len(row["states"]) for row in reader.rows("select commitment, states from commitments")
    }
    for promise in commitments(tellings, speakers, conditions):
        if promise.telling.status in OWED and stored.get(promise.id) != len(promise.states):
            yield _commitment_row(promise, rows, seq)


def _condition(row: Row) -> str:
    return f"{row['article']}#{row['condition']}"


def _quote(row: Row) -> str:
    return " … ".join(span["quote"] for span in row["trigger"])


def _commitment_row(promise: Commitment, rows: dict[str, Row], seq: int) -> Row:
    row = rows[promise.telling.key]
    return {
        "commitment": promise.id,
        "seq": seq,
        "event": promise.telling.key,
        "type": promise.telling.type,
        "who": sorted(promise.telling.actors),
        "to_whom": sorted(promise.to_whom),
        "article": promise.telling.article,
        "start": row["trigger"][0]["start"],
        "end": row["trigger"][-1]["end"],
        "quote": _quote(row),
        "condition": promise.condition,
        "due": promise.due,
        "state": promise.final,
        "states": [
            {"event": state.key, "article": state.article, "state": state.state, "quote": _quote(rows[state.key])}
            for state in promise.states
        ],
    }
