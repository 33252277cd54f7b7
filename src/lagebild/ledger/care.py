"""Looking after a ledger: numbers, checks, compaction. None of it changes what a reader sees."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lagebild.ledger.migrate import due
from lagebild.ledger.parts import MISTOLD, TOLD
from lagebild.ledger.read import PER_ARTICLE, Reader
from lagebild.ledger.review import ignored
from lagebild.ledger.schemas import LAYOUT, SCHEMAS
from lagebild.ledger.store import LedgerError, Store, mended_by

KEEP_HOURS = (
    7 * 24
)  # files that no version needs stay this long: a reader may still be at work, time travel reaches back


def stats(store: Store) -> dict[str, int]:
    """Return how many rows count now, by table, and how many are kept in all."""
    reader = Reader(store)
    out: dict[str, int] = {}
    for name in SCHEMAS:
        counted = "count(distinct run)" if name == "runs" else "count(*)"  # a run notes itself as it goes on
        ((now, ever),) = reader.connection.execute(
            f"select (select {counted} from {name}), (select {counted} from all_{name})"
        ).fetchall()
        out[name], out[f"{name} (all versions)"] = int(now), int(ever)
    return out


def check(store: Store) -> Iterator[str]:
    """Yield every problem found; nothing where the ledger is sound. Opens each table and each of its files."""
    try:
        store.check_layout()
    except LedgerError as error:
        yield str(error)
        return
    if missing := due(store):
        what = "; ".join(f"{migration.number}: {migration.about}" for migration in missing)
        yield (
            f"{store.root} has an older layout; `lagebild ledger migrate --ledger {store.root}` brings it up ({what}); "
            "it can be read as it is, and the next run that writes does it too"
        )
    sound = True
    for name, schema in SCHEMAS.items():
        for problem in _table_problems(store, name, set(schema.names)):
            sound = False
            yield problem
    if sound:
        yield from _row_problems(Reader(store))


def _table_problems(store: Store, name: str, columns: set[str]) -> Iterator[str]:
    try:
        table = store.table(name)
    except LedgerError as error:
        yield str(error)
        return
    if (store.layout(name) or LAYOUT) == LAYOUT and (
        missing := columns - {field.name for field in table.schema().fields}
    ):
        yield f"{store.uri(name)} lacks the columns {', '.join(sorted(missing))}: it is not a table of this program"
    if not store.local:
        return
    import pyarrow.parquet as pq

    for uri in table.file_uris():
        path = Path(uri.removeprefix("file://"))
        try:
            pq.ParquetFile(path).metadata  # noqa: B018 - reading the footer is the check
        except FileNotFoundError:
            yield f"{path} is missing: {mended_by(store, name)}; other files are not affected"
        except (OSError, ValueError) as error:
            yield f"{path} is damaged ({' '.join(str(error).split())}): {mended_by(store, name)}; other files are not affected"


def _row_problems(reader: Reader) -> Iterator[str]:
    for name in PER_ARTICLE:
        orphans = reader.connection.execute(
            f"select count(*) from all_{name} where batch not in (select distinct batch from all_articles)"
        ).fetchone()
        if orphans and orphans[0]:
            yield f"{name}: {orphans[0]} rows of an interrupted run; nobody sees them, `lagebild ledger compact` removes them"
    reader.connection.execute(TOLD)
    ((mistold,),) = reader.connection.execute(
        f"select count(*) from ({MISTOLD}) join families using (article) join current_batches using (article, batch)"
    ).fetchall()
    if mistold:
        yield (
            f"incidents: {mistold} articles are told twice or not at all, by two builds at once or one that was cut short; "
            f"`lagebild ledger build --ledger {reader.store.root}` mends it"
        )
    broken = reader.connection.execute(
        "select e.article, e.event from events e join articles a using (article), unnest(e.trigger) as u(span) "
        "where substr(a.text, u.span.start + 1, u.span.end - u.span.start) <> u.span.quote limit 5"
    ).fetchall()
    for record, field, value in ignored(reader):
        yield f"reviews: {field} of {record} was corrected to {value!r}, which is none: it is ignored; correct it again"
    for article, event in broken:
        yield f"events: {article}#{event} quotes words that do not stand in the article at its offsets"


def _orphans(store: Store, name: str, keep_hours: int) -> list[str]:
    """Return the batches without articles, except those of runs young enough to be still writing."""
    sql = (
        f"select distinct batch from all_{name} where batch not in (select distinct batch from all_articles) and run not in "
        "(select run from runs group by run having max(time) > now() - to_hours(?) and not list_contains(list(state), 'done'))"
    )
    return sorted(row["batch"] for row in Reader(store).rows(sql, [keep_hours]))


def compact(store: Store, *, keep_hours: int = KEEP_HOURS) -> dict[str, Any]:
    """Join small files, drop rows of interrupted runs and files no version of the last ``keep_hours`` hours needs."""
    store.check_layout()
    out: dict[str, Any] = {}
    for name in SCHEMAS:
        table = store.table(name)
        dropped = 0
        if name in PER_ARTICLE:
            for orphan in _orphans(store, name, keep_hours):
                dropped += int(table.delete(f"batch = '{orphan}'").get("num_deleted_rows") or 0)
        before = len(table.file_uris())
        table.optimize.compact()
        table.vacuum(retention_hours=keep_hours, enforce_retention_duration=False, dry_run=False)
        out[name] = {"files": (before, len(table.file_uris())), "rows dropped": dropped}
    if store.local and (clean := Reader(store).all_clean()):  # readers need not look there for newer codings
        row = {
            "run": "compact",
            "state": "clean",
            "input": json.dumps(clean),
            "time": datetime.datetime.now(datetime.UTC),
        }
        store.append("runs", [row])
    return out
