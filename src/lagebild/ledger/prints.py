"""Fingerprints of texts that a ledger keeps, so that a day more is compared with the weeks around without reading them again.

A fingerprint is the bands of the text's MinHash and its long sentences, as numbers: articles that share none cannot be of
one text. The file is derived: it can be deleted and is made anew from the texts, as far as they are still compared.
"""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from collections.abc import Iterator, Mapping

import numpy as np

from lagebild.ledger.families import BANDS, COMMON, PERMUTATIONS, RESEMBLANCE, SHINGLE, Keys, print_of
from lagebild.ledger.parts import Part, Waiting
from lagebild.ledger.search import beside

NAME = "prints.sqlite"
MADE_WITH = f"1 {SHINGLE} {PERMUTATIONS} {BANDS} {RESEMBLANCE}"
SCHEMA = """
create table if not exists about (made_with text);
create table if not exists prints (article text primary key, batch text, day text, keys blob);
create index if not exists days on prints (day);
"""


class Prints:
    """The fingerprints of the articles that may still be compared with new ones."""

    def __init__(self, waiting: Waiting, days: int):
        self._waiting, self._step = waiting, datetime.timedelta(days=days)
        path = beside(waiting.reader.store, NAME)
        try:
            self._connection = self._open(str(path))
        except sqlite3.OperationalError:  # another build holds it, or nothing can be written there: it is done without
            self._connection = self._open(":memory:")
        except sqlite3.DatabaseError:  # damaged
            path.unlink()
            self._connection = self._open(str(path))

    @staticmethod
    def _open(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=5.0)
        try:
            connection.executescript(SCHEMA)
            made = connection.execute("select made_with from about").fetchone()
            if made is None or made[0] != MADE_WITH:
                connection.execute("delete from prints")
                connection.execute("delete from about")
                connection.execute("insert into about values (?)", [MADE_WITH])
            connection.commit()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def near(self, part: Part, new: Mapping[str, Keys]) -> set[str]:
        """Return the articles built before, of the weeks around a part, that share anything with new ones."""
        known = self._around(part)
        listed = list(known)
        if not listed or not new:
            return set()
        keys = np.concatenate([known[article] for article in listed])
        owner = np.repeat(np.arange(len(listed)), [known[article].size for article in listed])
        bands = np.concatenate([found[:BANDS] for found in new.values()])
        sentences, many = np.unique(
            np.concatenate([keys, *(found[BANDS:] for found in new.values())]), return_counts=True
        )
        wanted = np.intersect1d(np.concatenate([found[BANDS:] for found in new.values()]), sentences[many <= COMMON])
        return {listed[at] for at in np.unique(owner[np.isin(keys, np.concatenate([bands, wanted]))])}

    def _around(self, part: Part) -> dict[str, Keys]:
        """Return what there is of the weeks around, after making what is missing of it."""
        bounds = (part.since and part.since - self._step, part.until and part.until + self._step)
        stored = {
            article: (batch, np.frombuffer(keys, np.int64))
            for article, batch, keys in self._connection.execute(
                "select article, batch, keys from prints where day is null or day between ? and ?", [*map(str, bounds)]
            )
        }
        found: dict[str, Keys] = {}
        missing: list[str] = []
        for row in self._waiting.old("article, batch", "articles", *bounds, undated=True):
            batch, keys = stored.get(row["article"], (None, None))
            if keys is not None and batch == row["batch"]:
                found[row["article"]] = keys
            else:
                missing.append(row["article"])
        return found | dict(self._made(missing))

    def _made(self, articles: list[str]) -> Iterator[tuple[str, Keys]]:
        if not articles:
            return
        sql = "select article, batch, day, text from articles where article in (select unnest(?))"
        rows = []
        for row in self._waiting.reader.rows(sql, [articles]):
            keys = print_of(row["text"]).keys()
            rows.append((row["article"], row["batch"], row["day"], keys))
            yield row["article"], keys
        self.keep(rows)

    def keep(
        self, rows: list[tuple[str, str, datetime.date | None, Keys]], *, past: datetime.date | None = None
    ) -> None:
        """Store fingerprints, and let go of those from before a day."""
        stored = [(article, batch, str(day) if day else None, keys.tobytes()) for article, batch, day, keys in rows]
        with (
            contextlib.suppress(sqlite3.OperationalError),
            self._connection,
        ):  # a full disk: they are made anew next time
            self._connection.executemany("insert or replace into prints values (?, ?, ?, ?)", stored)
            if past:
                self._connection.execute("delete from prints where day < ?", [str(past)])
