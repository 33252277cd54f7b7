"""Reads a ledger with DuckDB: views over the tables' Parquet files that show what counts now, or what counted then.

Nothing is downloaded: DuckDB reads the files that Delta's log names. ``all_TABLE`` views show every row, ``TABLE`` those
of each article's newest coding; a newer coding has a higher ``seq``, which does not depend on any clock.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from lagebild.ledger.schemas import DERIVED, LAYOUT, SCHEMAS
from lagebild.ledger.states import SUPERSEDED
from lagebild.ledger.store import LedgerError, Store, layout_of, mended_by
from lagebild.records import Versions

PER_ARTICLE = ("statements", "events", "mentions")


DAMAGE = re.compile(r"parquet|magic bytes|TProtocol|snappy|zstd", re.IGNORECASE)
"""What DuckDB says of a file that cannot be read, and not of a query that is wrong."""


@contextlib.contextmanager
def readable(store: Store) -> Iterator[None]:
    """Make of what DuckDB says about a damaged file a ``LedgerError`` that says what to do."""
    try:
        yield
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException) and not DAMAGE.search(str(error)):
            raise
        raise LedgerError(
            f"{store.root} has a damaged file: {' '.join(str(error).split())[:300]}; "
            f"`lagebild ledger check --ledger {store.root}` names each and says what to do"
        ) from error


def _duck(kind: pa.DataType) -> str:
    """Return what DuckDB calls an Arrow type."""
    with duckdb.connect(":memory:") as connection:
        connection.register("t", pa.table({"c": pa.nulls(0, kind)}))
        found = connection.execute("select column_type from (describe t)").fetchone()
    return str(found[0]) if found else "varchar"


def _listed(files: Sequence[str]) -> str:
    return ", ".join("'" + file.replace("'", "''") + "'" for file in files)


class Reader:
    """A read-only connection. ``as_of`` shows the ledger as it was at a time (UTC)."""

    def __init__(self, store: Store, *, as_of: datetime.datetime | None = None, memory: str = "1GB"):
        store.check_layout()
        self.store = store
        self._locked = False
        self.superseded: frozenset[str] = frozenset()
        self._versions: dict[str, int] = {}
        self._files: dict[str, list[str]] = defaultdict(list)
        self._older: dict[str, bool] = defaultdict(bool)
        self.connection = duckdb.connect(":memory:", config={"memory_limit": memory})
        with readable(store):
            for name in SCHEMAS:
                self._view(name, as_of)
            self._current()

    def _view(self, name: str, as_of: datetime.datetime | None) -> None:
        try:
            table = self.store.table(name, version=as_of)
        except LedgerError:
            if as_of is None or name == "runs":  # made last: what is older than it is older than the ledger
                raise
            self.connection.register(f"all_{name}", SCHEMAS[name].empty_table())  # the table is younger than as_of
            return
        self._versions[name] = table.version()
        if self.store.local:
            files = [uri.removeprefix("file://") for uri in table.file_uris()]
            self._files[name], self._older[name] = files, layout_of(table) != LAYOUT
            if missing := [file for file in files if not Path(file).exists()]:
                raise LedgerError(
                    f"{self.store.uri(name)} lacks {len(missing)} of its files (first: {missing[0]}): "
                    f"{mended_by(self.store, name)}; `lagebild ledger check --ledger {self.store.root}` says what is left"
                )
            if files:
                self._over_files(name, _listed(files), older=self._older[name])
            else:
                self.connection.register(f"all_{name}", SCHEMAS[name].empty_table())
        else:
            self.connection.register(f"all_{name}", table.to_pyarrow_dataset())

    def _over_files(self, name: str, listed: str, *, older: bool, view: str | None = None) -> None:
        """Make the view over a table's files; where some may be of an older layout, what they lack is null."""
        source, lacking = f"read_parquet([{listed}])", ""
        if older:
            source = f"read_parquet([{listed}], union_by_name = true)"
            there = {
                row["column_name"] for row in self.rows(f"select column_name from (describe select * from {source})")
            }
            lacking = "".join(
                f", null::{_duck(field.type)} as {field.name}" for field in SCHEMAS[name] if field.name not in there
            )
        self.connection.execute(f"create view {view or 'all_' + name} as select *{lacking} from {source}")

    def _clean(self) -> bool:
        """Make views over the files that hold no superseded coding, as the last compaction found; say whether there are any.

        Where there are, nothing has to be looked up for their rows but whether their article was coded again since.
        """
        if not self.store.local:
            return False
        noted = self.connection.execute(
            "select input from all_runs where state = 'clean' order by time desc limit 1"
        ).fetchall()
        files: dict[str, list[str]] = json.loads(noted[0][0]) if noted else {}
        if not files.get("articles") or any(
            set(files[name]) - {Path(f).name for f in self._files[name]} for name in files
        ):
            return False  # files were joined since, by another program
        for name in ("articles", *PER_ARTICLE):
            for kind, wanted in (("clean", True), ("recent", False)):
                chosen = [file for file in self._files[name] if (Path(file).name in set(files[name])) == wanted]
                if chosen:
                    self._over_files(name, _listed(chosen), view=f"{kind}_{name}", older=self._older[name])
                else:
                    self.connection.register(f"{kind}_{name}", SCHEMAS[name].empty_table())
        return True

    def _superseded(self) -> str:
        """Note the articles of which there is a newer state; return the condition that leaves them out, "" without any."""
        run = self.connection.execute
        marked = f"select article from all_families where batch = '{SUPERSEDED}'"  # no other batch sorts as high: few files are read
        run(f"create temp table superseded as select distinct article from ({marked})")
        run(
            "delete from superseded where article not in (select article from all_families where article in (from superseded) "
            f"group by article having max_by(batch, seq) = '{SUPERSEDED}')"
        )
        self.superseded = frozenset(row[0] for row in run("from superseded").fetchall())
        return "article not in (from superseded)" if self.superseded else ""

    def _current(self) -> None:
        run = self.connection.execute
        left = self._superseded()
        self._clean_noted = self._clean()
        if self._clean_noted:
            run("create view again as select article from recent_articles")
            run(
                "create view current_recent as select article, max_by(batch, (seq, batch)) as batch "
                "from all_articles where article in (from again) group by article"
            )
            run(
                "create view newest_batches as select article, batch from clean_articles where article not in (from again) "
                "union all from current_recent"
            )
            newest = (
                "(select * from clean_{0} where article not in (from again) "
                "union all select t.* from all_{0} t join current_recent using (article, batch))"
            )
        else:
            run(
                "create view newest_batches as select article, max_by(batch, (seq, batch)) as batch "
                "from all_articles group by article"
            )
            newest = "(select t.* from all_{0} t join current_batches using (article, batch))"
        run("create view current_batches as from newest_batches" + (f" where {left}" if left else ""))
        for name in ("articles", *PER_ARTICLE):
            run(f"create view {name} as from {newest.format(name)}" + (f" where {left}" if left else ""))
        older = "from all_articles t join newest_batches using (article, batch) where article in (from superseded)"
        run(f"create view older_states as select t.* {older}")
        run("create view codings as from articles" + (" union all from older_states" if left else ""))
        for name, key in DERIVED.items():
            run(
                f"create view {name} as with renewed as (select {key} from all_{name} group by {key} having count(*) > 1) "
                f"select * from all_{name} where {key} not in (from renewed) union all "
                f"(select * from all_{name} where {key} in (from renewed) "
                f"qualify row_number() over (partition by {key} order by seq desc) = 1)"
            )
        newest = "qualify row_number() over (partition by {} order by time desc) = 1"
        run("create view reviews as select * from all_reviews " + newest.format("record, decision = 'correct', field"))
        # whether a record is good and what its fields should be are two questions: a correction does not undo a rejection
        run(
            "create view decisions as select * from reviews "
            + newest.format("record").replace("by time", "by decision = 'correct', time")
        )
        run("create view runs as select * from all_runs where state <> 'clean'")

    def pin(self) -> None:
        """Work out once which coding of each article counts; what is read later is of the same moment and comes faster."""
        run = self.connection.execute
        run("create or replace temp table pinned_batches as select * from current_batches")
        run("create or replace view current_batches as select * from pinned_batches")

    def all_clean(self) -> dict[str, list[str]]:
        """Return the names of the files of what articles say, by table, if no row in them is superseded or left over.

        Empty where there are no articles yet.
        """
        if not self._files["articles"]:
            return {}
        for name in PER_ARTICLE:
            if self._any(f"select 1 from all_{name} where batch not in (select batch from all_articles)"):
                return {}
        if self._any("select 1 from all_articles group by article having count(*) > 1"):
            return {}
        return {name: [Path(file).name for file in self._files[name]] for name in ("articles", *PER_ARTICLE)}

    def _any(self, sql: str) -> bool:
        return bool(self.connection.execute(f"{sql} limit 1").fetchall())

    def versions(self) -> dict[str, int]:
        """Return the Delta version of each table as it is read here."""
        return dict(self._versions)

    def coded(self, versions: Versions, among: Sequence[str] | None = None) -> set[str]:
        """Return the ids of the articles (of all, or ``among`` these) whose newest coding was made by these versions."""
        sql = "select article from codings where program = ? and model = ? and lexicon = ?"
        values: list[Any] = [versions.program, versions.model, versions.lexicon]
        if among is not None:
            sql, values = f"{sql} and article in (select unnest(?))", [*values, list(among)]
        return {row["article"] for row in self.rows(sql, values)}

    def without_address(self) -> dict[str, str]:
        """Return the outlets of the articles that have no address."""
        sql = "select article, outlet from codings where url is null and canonical_url is null and outlet is not null"
        return {row["article"]: row["outlet"] for row in self.rows(sql)}

    def known(self, articles: Sequence[str]) -> set[str]:
        """Return those of the articles that the ledger holds in any coding."""
        found = self.rows("select article from codings where article in (select unnest(?))", [list(articles)])
        return {row["article"] for row in found}

    def next_seq(self) -> int:
        """Return a number higher than any in the ledger."""
        return self._number("select coalesce(max(seq), 0) + 1 from all_articles")

    def next_build(self) -> int:
        """Return a number higher than any that something derived has."""
        seqs = " union all ".join(f"select max(seq) as seq from all_{name}" for name in ("articles", *DERIVED))
        return self._number(f"select coalesce(max(seq), 0) + 1 from ({seqs})")

    def _number(self, sql: str) -> int:
        """Return the one number that a query gives. Read to the end: a result left open locks the connection."""
        ((number,),) = self.connection.execute(sql).fetchall()
        return int(number)

    def arrow(self, sql: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Run a query of the program's own."""
        with readable(self.store):
            return self.connection.sql(sql, params=list(parameters)).to_arrow_table()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """Run a query of the program's own and yield its rows, a batch at a time."""
        with readable(self.store):
            result = self.connection.execute(sql, list(parameters))
            names = [column[0] for column in result.description or ()]
        while chunk := self._more(result):
            for row in chunk:
                yield dict(zip(names, row, strict=True))

    def _more(self, result: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
        with readable(self.store):
            return result.fetchmany(10_000)

    def _lock(self) -> None:
        """From here on the connection reads the ledger's files and nothing else on this machine."""
        if self._locked:
            return
        self._locked = True
        if self.store.local:
            folder = str(Path(self.store.root).absolute()) + "/"
            self.connection.execute("set allowed_directories = [" + "'" + folder.replace("'", "''") + "']")
            self.connection.execute("set enable_external_access = false")
        self.connection.execute("set lock_configuration = true")

    def question(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a user's query; raise ``LedgerError`` where it is not one single SELECT or DuckDB refuses it."""
        try:
            parsed = duckdb.extract_statements(sql)
            if len(parsed) != 1 or parsed[0].type != duckdb.StatementType.SELECT:
                raise LedgerError("only one SELECT at a time: the ledger is read-only here")
            self._lock()
            result = self.connection.execute(sql)
            return [column[0] for column in result.description or ()], result.fetchall()
        except duckdb.Error as error:
            raise LedgerError(f"DuckDB says: {str(error).strip()}") from error
