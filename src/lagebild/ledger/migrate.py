"""Brings a ledger of an older layout up to this program's: one migration from each layout to the next.

``runs`` gets the new number first, so that older programs refuse the ledger from then on; every other table gets it when
its own part is done. A migration that is killed is therefore due again, and does again only what is not done. Nothing
stored is lost: each step is one Delta commit, the versions before it stay readable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from deltalake import DeltaTable, Field, write_deltalake
from deltalake.exceptions import DeltaError
from deltalake.schema import PrimitiveType

from lagebild.ledger.read import Reader
from lagebild.ledger.schemas import LAYOUT, SCHEMAS
from lagebild.ledger.store import LedgerError, Store

TRIES = 5  # another writer's commit between reading and writing makes a step start again


@dataclass(frozen=True, slots=True)
class Migration:
    """A step from layout ``number`` - 1 to ``number``: what it is for, and what is done to each table it touches."""

    number: int
    about: str
    tables: dict[str, Callable[[Store], None]]


def due(store: Store) -> list[Migration]:
    """Return the migrations that a ledger still needs, oldest first."""
    store.check_layout()
    layouts = {name: store.layout(name) or LAYOUT for name in SCHEMAS if store.is_table(name)}
    lowest = min(layouts.values(), default=LAYOUT)
    return [migration for migration in MIGRATIONS if lowest < migration.number <= LAYOUT]


def migrate(store: Store) -> list[Migration]:
    """Bring a ledger up to this program's layout; return what was done, nothing where it is up to date."""
    found = due(store)
    for migration in found:
        if (store.layout("runs") or 0) < migration.number:
            store.set_layout("runs", migration.number)
        for name in [name for name in SCHEMAS if store.is_table(name)]:
            if (store.layout(name) or LAYOUT) < migration.number:
                if step := migration.tables.get(name):
                    step(store)
                store.set_layout(name, migration.number)
    return found


def _incident_days(store: Store) -> None:
    """Add to each incident the days its first and its last article were published on."""
    _add_columns(store, "incidents", {"first_day": "date", "last_day": "date"})
    sql = (
        "select i.* exclude (first_day, last_day), d.first_day, d.last_day from all_incidents i left join ("
        "select m.incident, m.seq, min(a.day) as first_day, max(a.day) as last_day "
        "from (select distinct incident, seq, unnest(articles) as article from all_incidents) m "
        "join articles a using (article) group by m.incident, m.seq) d on d.incident = i.incident and d.seq = i.seq"
    )
    _rewrite(store, "incidents", sql)


def _add_columns(store: Store, name: str, columns: dict[str, str]) -> None:
    table = store.table(name)
    there = {field.name for field in table.schema().fields}
    if new := [Field(column, PrimitiveType(kind)) for column, kind in columns.items() if column not in there]:
        try:
            table.alter.add_columns(new)
        except (DeltaError, OSError) as error:
            raise LedgerError(f"{store.uri(name)} could not be changed: {error}; run the command again") from error


def _rewrite(store: Store, name: str, sql: str) -> None:
    """Put what a query over the ledger gives in the place of a table's rows, in one commit, a batch at a time."""
    for _ in range(TRIES):
        reader = Reader(store)
        table = DeltaTable(store.uri(name), version=reader.versions()[name], storage_options=store.options or None)
        try:
            write_deltalake(table, _batches(reader, name, sql), mode="overwrite", storage_options=store.options or None)
        except (DeltaError, OSError) as error:
            if "conflict" not in str(error).lower() and "concurrent" not in str(error).lower():
                raise LedgerError(
                    f"{store.uri(name)} could not be migrated: {error}. What was stored is whole; mend the cause and run "
                    "`lagebild ledger migrate` again"
                ) from error
        else:
            return
    raise LedgerError(
        f"{store.uri(name)} is being written all the time: stop the writers and run `lagebild ledger migrate`"
    )


def _batches(reader: Reader, name: str, sql: str) -> pa.RecordBatchReader:
    schema = SCHEMAS[name]

    def rows() -> Iterator[pa.RecordBatch]:
        for batch in reader.connection.sql(sql).to_arrow_reader(10_000):
            yield pa.RecordBatch.from_arrays(
                [batch[name].cast(schema.field(name).type) for name in schema.names], schema=schema
            )

    return pa.RecordBatchReader.from_batches(schema, rows())


def _sentences_of_articles(store: Store) -> None:
    _add_columns(store, "articles", {"outcomes": "string"})


def _sentences_of_events(store: Store) -> None:
    _add_columns(store, "events", {"about": "string", "cues": "string"})


def _told(store: Store) -> None:
    _add_columns(store, "articles", {"told": "string"})


MIGRATIONS = [
    Migration(2, "incidents say when they were first and last reported", {"incidents": _incident_days}),
    Migration(
        3,
        "articles and events keep what their sentences say for commitments, where they are coded again",
        {"articles": _sentences_of_articles, "events": _sentences_of_events},
    ),
    Migration(
        4, "articles keep what each sentence may say of a promise, where they are coded again", {"articles": _told}
    ),
]
