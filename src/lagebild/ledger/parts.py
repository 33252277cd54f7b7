"""What is new in a ledger, in parts that fit in memory: whole days of publication, oldest first.

A part is built and stored before the next is looked at, so that a build of years needs no more memory than one of weeks,
and one that is killed goes on with the part it was at.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lagebild.ledger.read import Reader
from lagebild.ledger.tellings import Row

PART = 5000  # articles

# How often each event stands in the incidents that count. By number: there are millions.
TOLD = (
    "create or replace temp table told as select hash(key) as key, count(*) as n "
    "from (select unnest(members) as key from incidents where successor is null) group by hash(key)"
)

# Articles of which an event stands in two incidents (or twice in one), or of which a build says that it is done and one
# stands in none: two builds at once, or one that was cut short between two tables. They are built again.
MISTOLD = (
    "select distinct e.article from events e left join families f on f.article = e.article "
    "left join told on told.key = hash(e.article || '#' || e.event) "
    "where told.n > 1 or (told.n = 1 and f.article is null) or (told.n is null and f.batch = e.batch)"
)

# An article without a date goes with the first day it tells of.
# One of which an event is mistold (w) is built again as one that was coded anew.
WAITING = (
    "create or replace temp table waiting as select a.article, a.batch, coalesce(a.day, e.day) as day, "
    "w.article is not null as mistold, f.article is not null or mistold as recoded "
    "from (select article, batch, day from articles) a "
    "left join (select article, batch from families) f on f.article = a.article "
    "left join (select article, min(earliest) as day from events where day is null group by article) e on e.article = a.article "
    f"left join ({MISTOLD}) w on w.article = a.article "
    "where f.batch is distinct from a.batch or w.article is not null"
)

# Older states of pages (``states``) of which something derived still tells: they are built again as articles that say nothing.
GONE = (
    "with told as ("
    "select unnest(articles) as article from incidents where successor is null union all "
    "select article from commitments where state <> 'merged' union all "
    "select unnest(states).article from commitments where state <> 'merged' union all "
    "select split_part(unnest([a, b]), '#', 1) from contradictions where not coalesce(gone, false)) "
    "insert into waiting select article, batch, day, true, true from older_states where article in (from told)"
)

BUILT = (
    "select min(day) as since, max(day) as until, coalesce(bool_or(day is null), false) as undated "
    "from articles where article not in (select article from waiting)"
)


@dataclass(frozen=True, slots=True)
class _Built:
    """The days of the articles built before, and whether some have none: most parts of a long build lie beyond them."""

    since: datetime.date | None
    until: datetime.date | None
    undated: bool

    def reach(self, since: datetime.date | None, until: datetime.date | None, *, undated: bool) -> bool:
        """Whether any may lie between two days, or be without one where those are asked for."""
        if undated and self.undated:
            return True
        return bool(self.since and self.until and since and until and self.since <= until and since <= self.until)


@dataclass(frozen=True, slots=True)
class Part:
    """Articles to look at and the days they were published on; None for those without any day."""

    articles: frozenset[str]
    since: datetime.date | None
    until: datetime.date | None


class Waiting:
    """The articles that no build has looked at in their newest coding, and those that it left half told (``MISTOLD``).

    ``recoded`` are those of which derived tables may know something, also older states of pages, which count no more. Pins down what the reader sees as current.
    """

    def __init__(self, reader: Reader):
        self.reader = reader
        reader.pin()
        reader.connection.execute(TOLD)
        reader.connection.execute(WAITING)
        if reader.superseded:
            reader.connection.execute(GONE)
        self.recoded = {row["article"] for row in reader.rows("select article from waiting where recoded")}
        self.mistold = {row["article"] for row in reader.rows("select article from waiting where mistold")}
        self._built = _Built(**next(reader.rows(BUILT)))

    def parts(self, size: int = PART) -> Iterator[Part]:
        """Yield the parts."""
        days: list[datetime.date | None] = []
        many = 0
        for row in self.reader.rows("select day, count(*) as many from waiting group by day order by day nulls last"):
            if days and (many + row["many"] > size or row["day"] is None):
                yield self._part(days)
                days, many = [], 0
            days.append(row["day"])
            many += row["many"]
        if days:
            yield self._part(days)

    def _part(self, days: list[datetime.date | None]) -> Part:
        sql = "select article from waiting where day is not distinct from ? or day between ? and ?"
        rows = self.reader.rows(sql, [days[0], days[0], days[-1]])
        return Part(frozenset(row["article"] for row in rows), days[0], days[-1])

    def new(self, columns: str, table: str, part: Part) -> Iterator[Row]:
        """Yield rows of the part's articles from ``articles`` or ``events``."""
        yield from self.reader.rows(
            f"select {columns} from {table} t where article in (select article from waiting where day is not distinct from ? "
            "or day between ? and ?) and (t.day is null or t.day between ? and ?)",
            [part.since, part.since, part.until, part.since, part.until],
        )

    def old(
        self,
        columns: str,
        table: str,
        since: datetime.date | None,
        until: datetime.date | None,
        *,
        undated: bool,
        only: str = "true",
        values: Sequence[Any] = (),
    ) -> Iterator[Row]:
        """Yield rows of articles built before, published between two days (and with ``undated`` those without one)."""
        if not self._built.reach(since, until, undated=undated):
            return
        clause = "(t.day is null or t.day between ? and ?)" if undated else "t.day between ? and ?"
        yield from self.reader.rows(
            f"select {columns} from {table} t where {clause} and article not in (select article from waiting) and {only}",
            [since, until, *values],
        )


class Window:
    """A stretch of days that moves on with the parts: which of the older rows are still to be read for the next part."""

    def __init__(self, days: int):
        self.step = datetime.timedelta(days=days)
        self._read: datetime.date | None = None
        self._first = True

    def next(self, part: Part) -> tuple[datetime.date | None, datetime.date | None, bool]:
        """Return the first and last day to read, and whether to read what has no day."""
        first, self._first = self._first, False
        if part.since is None or part.until is None:
            return None, None, first
        since, until = part.since - self.step, part.until + self.step
        if self._read is not None:
            since = max(since, self._read + datetime.timedelta(days=1))
        self._read = until
        return since, until, first

    def past(self, part: Part) -> datetime.date | None:
        """Return the day before which nothing matters to the parts that come after this one."""
        return part.until - self.step if part.until else None
