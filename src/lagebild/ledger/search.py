"""Full text over the articles: SQLite FTS5 with folded, lemmatised and trigram columns, made from the ledger.

The index is derived: it can be deleted and is rebuilt. A word matches its own folded form, its dictionary form, its form without
umlauts, or a part of a longer word (Ministerium finds Verteidigungsministerium); what else a query may say: ``query``. The dictionary
form of every word that was indexed is kept, so a search reads no dictionary unless it asks for a form that no article has.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lagebild.ledger.filters import Filter
from lagebild.ledger.query import Term, parsed
from lagebild.ledger.read import Reader
from lagebild.ledger.review import reviewed
from lagebild.ledger.store import LedgerError, Store
from lagebild.ledger.words import bare, fold, lemma, words

VERSION = 3
COMMITTED = 5000  # articles
ASKED = 500  # words looked up at once
SCHEMA = """
create table if not exists about (key text primary key, value text);
create table if not exists articles (rowid integer primary key, article text unique, batch text);
create virtual table if not exists forms using fts5(folded, lemmas, bare, tokenize='ascii');
create table if not exists bases (word text primary key, base text) without rowid;
create virtual table if not exists parts using fts5(folded, tokenize='trigram');
"""


def beside(store: Store, name: str) -> Path:
    """Return where a derived file of a ledger lies: inside its folder, or in the user's cache for one on object storage."""
    if store.local:
        return Path(store.root) / name
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "lagebild"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{hashlib.sha256(store.root.encode()).hexdigest()[:16]}-{name}"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches; ``marks`` are [start, end) offsets of the matching words in its text."""

    article: str
    doc: str | None
    url: str | None
    headline: str | None
    outlet: str | None
    published: str | None
    text: str
    marks: tuple[tuple[int, int], ...]
    rank: float


@dataclass(slots=True)
class Index:
    """The index file of one ledger."""

    path: Path
    _connection: sqlite3.Connection | None = field(default=None)

    @classmethod
    def of(cls, store: Store) -> Index:
        """Return the index of a ledger."""
        return cls(beside(store, "search.sqlite"))

    def open(self) -> sqlite3.Connection:
        """Open or make the index; a damaged or outdated file is made anew."""
        if self._connection is None:
            try:
                self._connection = self._connect()
            except sqlite3.DatabaseError:
                self.path.unlink()
                self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path)
        connection.executescript(SCHEMA)
        row = connection.execute("select value from about where key = 'version'").fetchone()
        if row is not None and row[0] != str(VERSION):
            connection.close()
            self.path.unlink()
            return self._connect()
        connection.execute("insert or ignore into about values ('version', ?)", [str(VERSION)])
        connection.commit()
        return connection

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def update(self, reader: Reader) -> int:
        """Bring the index up to the ledger; return how many articles were added or renewed."""
        connection = self.open()
        known = {
            hash(row) for row in connection.execute("select article, batch from articles")
        }  # numbers: they are many
        total, missing = 0, []
        for row in reader.rows("select article, batch from articles"):
            total += 1
            if hash((row["article"], row["batch"])) not in known:
                missing.append(row["article"])
        sql, values = "select article, batch, headline, kicker, text from articles", list[Any]()
        if len(missing) < total / 2:  # else it is as well to read them all
            sql, values = f"{sql} where article in (select unnest(?))", [missing]
        changed = 0
        try:
            for article in reader.superseded:
                _drop(connection, article)
            for row in reader.rows(sql, values) if missing else ():
                if hash((row["article"], row["batch"])) in known:
                    continue
                self._put(connection, row)
                changed += 1
                if changed % COMMITTED == 0:  # what was indexed stays so when the rest is interrupted
                    connection.commit()
            connection.commit()
        except sqlite3.OperationalError as error:
            connection.rollback()
            raise LedgerError(
                f"the search index {self.path} cannot be written: {error}; the ledger itself is untouched"
            ) from error
        return changed

    def _put(self, connection: sqlite3.Connection, row: dict[str, Any]) -> None:
        _drop(connection, row["article"])
        found = connection.execute(
            "insert into articles (article, batch) values (?, ?)", [row["article"], row["batch"]]
        )
        listed = [word for _, _, word in words("\n".join(filter(None, (row["kicker"], row["headline"], row["text"]))))]
        bases = {word: lemma(word) for word in listed}
        connection.executemany("insert or ignore into bases values (?, ?)", bases.items())
        forms, lemmas = " ".join(map(fold, listed)), " ".join([bases[word] for word in listed])
        plain = " ".join(bare(word) for word in listed if bare(word) != fold(word))
        connection.execute(
            "insert into forms (rowid, folded, lemmas, bare) values (?, ?, ?, ?)",
            [found.lastrowid, forms, lemmas, plain],
        )
        connection.execute("insert into parts (rowid, folded) values (?, ?)", [found.lastrowid, f"{forms} {plain}"])

    def bases(self, asked: Iterable[str]) -> dict[str, str]:
        """Return the dictionary form of each word, folded: the one kept with the index, else what the dictionary says."""
        connection, wanted, found = self.open(), list(dict.fromkeys(asked)), dict[str, str]()
        for at in range(0, len(wanted), ASKED):
            some = wanted[at : at + ASKED]
            found |= connection.execute(f"select * from bases where word in ({', '.join('?' * len(some))})", some)
        return {word: found.get(word) or lemma(word) for word in wanted}

    def find(self, query: str, *, limit: int) -> list[tuple[str, float]]:
        """Return (article, rank) of the best ``limit`` articles, best first."""
        asked = parsed(query)
        if not asked.wanted:
            raise LedgerError(f"the query {query!r} has no word to look for")
        bases = self.bases(asked.words())
        clauses, parameters = [], list[str]()
        for terms, word in (
            *((either, "in") for either in asked.wanted),
            *(((one,), "not in") for one in asked.unwanted),
        ):
            where, values = _among(terms, bases)
            clauses.append(f"rowid {word} ({where})")
            parameters += values
        best = " OR ".join(term.expression(bases) for term in asked.terms())
        sql = (
            "select a.article, coalesce(f.r, 0) as r from articles a "
            "left join (select rowid as id, bm25(forms) as r from forms where forms match ?) f on f.id = a.rowid "
            f"where {' and '.join('a.' + clause for clause in clauses)} order by r, a.rowid desc limit ?"
        )
        return list(self.open().execute(sql, [best, *parameters, limit]))


def _among(terms: tuple[Term, ...], bases: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a query for the rows that hold one of the terms, and its parameters."""
    clauses, parameters = [], list[str]()
    for term in terms:
        clauses.append("select rowid from forms where forms match ?")
        parameters.append(term.expression(bases))
        if part := term.part():
            clauses.append("select rowid from parts where parts match ?")
            parameters.append(part)
    return " union ".join(clauses), parameters


def _drop(connection: sqlite3.Connection, article: str) -> None:
    if old := connection.execute("select rowid from articles where article = ?", [article]).fetchone():
        for table in ("forms", "parts", "articles"):
            connection.execute(f"delete from {table} where rowid = ?", old)


def search(reader: Reader, index: Index, query: str, *, where: Filter, limit: int = 20) -> Iterator[Hit]:
    """Yield the articles that match the words and hold an event that passes the filter, best first."""
    ranked = dict(index.find(query, limit=limit if where.empty else 50 * limit))
    if not ranked:
        return
    condition, parameters = where.sql()
    sql = (
        "select a.article, a.doc, coalesce(a.url, a.canonical_url) as url, a.headline, a.outlet, a.published, a.text "
        "from articles a where a.article in (select unnest(?))"
    )
    values: list[Any] = [list(ranked)]
    if not where.empty:
        sql += f" and a.article in (select article from {reviewed(reader)} e where {condition})"
        values += parameters
    found, asked = {row["article"]: row for row in reader.rows(sql, values)}, parsed(query)
    shown = [key for key in ranked if key in found][:limit]
    told = (word for key in shown for _, _, word in words(found[key]["text"]))
    bases = index.bases([*asked.words(), *told])
    for article in shown:
        row = found[article]
        yield Hit(
            article, row["doc"], row["url"], row["headline"], row["outlet"], row["published"], row["text"],
            tuple(asked.marks(row["text"], bases)), ranked[article],
        )  # fmt: skip
