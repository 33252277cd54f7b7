"""Families of texts, kept up as new articles come in: only families that gain a text are looked at again."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from lagebild.ledger.families import Groups, Link, Matcher, Print, Text, print_of
from lagebild.ledger.origins import origin_name
from lagebild.ledger.parts import Part, Waiting
from lagebild.ledger.prints import Prints
from lagebild.ledger.states import SUPERSEDED, is_newer
from lagebild.ledger.tellings import Row, text_of

REPRINT_DAYS = 60  # reprints are looked for among articles published within this many days
TEXT = (
    "article, batch, text, outlet, origin_outlet, agencies, published, seq, day, url, canonical_url, modified, fetched"
)
SOURCE = TEXT.replace("text, ", "'' as text, ")


class Kin:
    """The articles of the weeks around, their texts, families and origins."""

    def __init__(self, waiting: Waiting):
        self._waiting, self._reader = waiting, waiting.reader
        self._matcher, self._prints = Matcher(), Prints(waiting, REPRINT_DAYS)
        self._sources: dict[str, Text] = {}
        self._rows: dict[str, Row] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        self._whole: set[str] = set()  # families of which all members are known
        self._days: dict[str, list[str]] = defaultdict(list)
        self.superseded: dict[str, str] = {}  # by what, as found since the reader was opened

    def add(self, part: Part, seq: int) -> list[Row]:
        """Take in a part's articles; return the rows of ``families`` to store."""
        new, made = [], dict[str, Print]()
        for row in self._waiting.new(TEXT, "articles", part):
            made[row["article"]] = print_of(row["text"])
            new.append(row | {"text": ""})
        keys = {article: found.keys() for article, found in made.items()}
        self._add_old(self._prints.near(part, keys))
        self._recall(part.articles & self._waiting.recoded)
        links: list[Link] = []
        for row in sorted(new, key=_age):
            self._take(row)
            links += self._matcher.add(text_of(row), made=made[row["article"]])
        past = part.since - datetime.timedelta(days=2 * REPRINT_DAYS) if part.since else None
        self._supersede(links, frozenset(row["article"] for row in new))
        self._prints.keep([(row["article"], row["batch"], row["day"], keys[row["article"]]) for row in new], past=past)
        return list(self._renew(links, {row["article"]: row["batch"] for row in new}, seq))

    def _supersede(self, links: Iterable[Link], new: frozenset[str]) -> None:
        """Note which articles are an older state of a page of which another is a newer one."""
        arrived = new - self._waiting.recoded
        for link in links:
            a, b = self._sources[link.a], self._sources[link.b]
            first = not {link.a, link.b} & (new - arrived)
            newer = is_newer(a.state, b.state, arrived=first)
            if newer is not None:
                older, by = (link.b, link.a) if newer else (link.a, link.b)
                self.superseded[older] = by

    def _add_old(self, articles: Iterable[str]) -> None:
        """Take in articles that were built before and share something with new ones."""
        unread = sorted(article for article in articles if article not in self._matcher)
        sql = f"select {TEXT} from articles where article in (select unnest(?))"
        for row in sorted(self._reader.rows(sql, [unread]) if unread else (), key=_age):
            self._take(row)
            list(self._matcher.add(text_of(row), links=False))
        self._recall(unread)

    def _take(self, row: Row) -> None:
        self._sources[row["article"]] = replace(text_of(row), text="")
        if row["day"]:
            self._days[row["day"].isoformat()].append(row["article"])

    def _recall(self, articles: Iterable[str]) -> None:
        """Read the rows that ``families`` holds of these articles."""
        if listed := [article for article in articles if article not in self._rows]:
            for row in self._reader.rows("select * from families where article in (select unnest(?))", [listed]):
                self._enter(row)

    def _enter(self, row: Row) -> None:
        if old := self._rows.get(row["article"]):
            self._members[old["family"]].discard(old["article"])
        self._rows[row["article"]] = row
        self._members[row["family"]].add(row["article"])

    def _renew(self, links: list[Link], batches: dict[str, str], seq: int) -> Iterable[Row]:
        """Yield the rows of the new articles and of those whose family or origin they change."""
        groups = Groups(batches)
        for link in links:
            groups.join(link.a, link.b)
        self._gather(groups)
        best: dict[str, Link] = {}
        for link in links:
            for article in (link.a, link.b):
                if article not in best or link.share > best[article].share:
                    best[article] = link
        newer = frozenset(self.superseded.values())
        for members in groups.groups().values():
            oldest = min(members, key=lambda m: (self._sources[m].order, m))
            origin = origin_name([self._sources[m] for m in members])
            self._whole.add(oldest)
            for member in members:
                row = self._row(member, oldest, origin, best.get(member), seq)
                if member in batches:
                    row["batch"] = batches[member]
                if member in newer:  # to be built again without what its older state told
                    row["batch"] = None
                if member in self.superseded:
                    row |= {
                        "batch": SUPERSEDED,
                        "reason": f"an older state of {self.superseded[member]}, the same page",
                    }
                if member in batches or _differs(self._rows.get(member), row):
                    yield row
                self._enter(row)

    def said_before(self, sentence: str, new: str, old: str) -> bool:
        """Whether a sentence of a new article stands in an old one of which the new one is a reprint."""
        return self._matcher.stands_in(sentence, new, old)

    def _gather(self, groups: Groups) -> None:
        """Add to the groups whoever is of one family with one of their members, however long ago."""
        families = {row["family"] for article in groups.members() if (row := self._rows.get(article))}
        if unread := sorted(families - self._whole):
            sql = "select article from families where family in (select unnest(?))"
            self._recall([row["article"] for row in self._reader.rows(sql, [unread])])
        self._whole |= families
        for family in families:
            for member in sorted(self._members[family]):
                groups.join(min(self._members[family]), member)
        self.know(groups.members())

    def _row(self, article: str, family: str, origin: str, link: Link | None, seq: int) -> Row:
        old = self._rows.get(article)
        row = {"share": None, "reason": "no other article shares its text", "batch": None} if old is None else old
        row = row | {"article": article, "seq": seq, "family": family, "origin": origin}
        if link:
            other = link.b if link.a == article else link.a
            row |= {"share": link.share, "reason": f"with {other}: {link.reason}"}
        return row

    def know(self, articles: Iterable[str]) -> None:
        """Make sure that what the ledger says of these articles is at hand, however old they are."""
        if listed := [article for article in articles if article not in self._sources]:
            for row in self._reader.rows(f"select {SOURCE} from codings where article in (select unnest(?))", [listed]):
                self._take(row)
            self._recall(listed)

    def sources(self, articles: Iterable[str]) -> tuple[list[Text], dict[str, str]]:
        """Return the articles as sources, and their families."""
        known = [article for article in articles if article in self._sources]
        return [self._sources[a] for a in known], {a: self._rows[a]["family"] for a in known if a in self._rows}

    def forget(self, part: Part) -> None:
        """Let go of the articles that nothing after this part is compared with."""
        if part.until is None:
            return
        past = part.until - datetime.timedelta(days=REPRINT_DAYS)
        for day in [day for day in self._days if day < past.isoformat()]:
            gone = self._days.pop(day)
            self._matcher.forget(gone)
            for article in gone:
                self._sources.pop(article, None)
                if row := self._rows.pop(article, None):
                    self._members[row["family"]].discard(article)
                    self._whole.discard(row["family"])
                    if not self._members[row["family"]]:
                        del self._members[row["family"]]


def _age(row: Row) -> tuple[str, int, str]:
    return row["published"] or "9999", row["seq"], row["article"]


def _differs(old: Row | None, new: Row) -> bool:
    return old is None or any(old[name] != new[name] for name in ("batch", "family", "origin"))
