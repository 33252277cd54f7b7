"""Incidents, kept up as new articles come in: the incidents and tellings of the weeks around, and what changes in them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from lagebild.ledger.cluster import WINDOW, Clusterer, Incident
from lagebild.ledger.disputes import Account
from lagebild.ledger.happenings import telling_more
from lagebild.ledger.parts import Part, Waiting, Window
from lagebild.ledger.tellings import Context, Row, account_of, key_of

COLUMNS = (
    "article, event, type, mode, status, trigger, actors, recipients, actor_codes, recipient_codes, day, earliest, latest, "
    "place_name, country, latitude, longitude, precision, content_of, condition, speaker_code, speaker_name, quantities, about, cues"
)


class Weeks:
    """The incidents that the articles of a part may tell of. ``accounts`` holds their tellings by ``article#event``."""

    def __init__(self, waiting: Waiting, tolerance: int):
        self._waiting, self._reader = waiting, waiting.reader
        self._window = Window(2 * WINDOW)
        self._clusterer = Clusterer(tolerance=tolerance)
        self._loaded: set[str] = set()  # read from the ledger, which shows them as they were before this build
        self.accounts: dict[str, Account] = {}
        self.disputed: dict[str, set[str]] = {}  # contradictions by incident, as stored by this build

    def add(self, part: Part, rows: Iterable[Row]) -> list[Incident]:
        """Take in the events of a part's articles; return the incidents that changed."""
        self._load(part)
        new = list(accounts_of(rows).values())
        self.accounts.update({account.telling.key: account for account in new})
        for telling in sorted(
            (account.telling for account in new),
            key=lambda t: (t.published or datetime.date.max, t.article, telling_more(t), t.key),
        ):
            self._clusterer.add(telling)
        changed = list(self._clusterer.changed())
        for incident in changed:
            incident.changed = False
        return changed

    def _load(self, part: Part) -> None:
        """Read the older incidents that reach into the weeks around, without what new codings of their articles say."""
        since, until, _ = self._window.next(part)
        stored = [
            row
            for row in self._reader.rows(
                "select incident, members, reason from incidents where successor is null and len(members) > 0 "
                "and (first_day is null or ? is null or (first_day <= ? and last_day >= ?) or list_has_any(articles, ?))",
                [since, until, since, sorted(part.articles & self._waiting.mistold)],
            )
            if row["incident"] not in self._clusterer.incidents and row["incident"] not in self._loaded
        ]
        self._loaded |= {row["incident"] for row in stored}
        recoded = self._waiting.recoded
        kept = {row["incident"]: [k for k in row["members"] if article_of(k) not in recoded] for row in stored}
        articles = {article_of(key) for keys in kept.values() for key in keys if key not in self.accounts}
        if articles:
            sql = f"select {COLUMNS} from events where article in (select unnest(?))"
            self.accounts.update(accounts_of(self._reader.rows(sql, [sorted(articles)])))
        for row in stored:
            keys = dict.fromkeys(kept[row["incident"]])
            members = [self.accounts[key].telling for key in keys if key in self.accounts]
            reasons = list(filter(None, (row["reason"] or "").split("\n")))
            self._clusterer.load(
                Incident(row["incident"], members, reasons, changed=len(members) < len(row["members"]))
            )

    def forget(self, part: Part) -> None:
        """Let go of the incidents that nothing after this part can belong to."""
        if past := self._window.past(part):
            for incident in self._clusterer.forget(past):
                self.disputed.pop(incident.id, None)
                for member in incident.members if incident.successor is None else ():  # else they tell of the successor
                    self.accounts.pop(member.key, None)


def accounts_of(rows: Iterable[Row]) -> dict[str, Account]:
    """Return rows of ``events``, whole articles, as accounts by ``article#event``."""
    listed = list(rows)
    around = Context(listed)
    return {key_of(row): account_of(row, around) for row in listed}


def article_of(key: str) -> str:
    """Return the article of an event or a sentence by its key."""
    return key.partition("#")[0]


def by_incident(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Return the ids of contradictions by incident."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        out[row["incident"]].add(row["contradiction"])
    return out
