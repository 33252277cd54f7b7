"""Writes records into a ledger, a batch at a time; what is there already is not written again."""

from __future__ import annotations

import datetime
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lagebild.ledger.migrate import migrate
from lagebild.ledger.read import Reader
from lagebild.ledger.rows import Row, rows_of
from lagebild.ledger.store import Store
from lagebild.records import Article, Records, Versions, article_id

BATCH = 500  # articles a commit: large enough for sensible Parquet files
SECONDS = 30.0  # the most that a killed run loses where articles come slowly


@dataclass(frozen=True, slots=True)
class Written:
    """How a run went. ``again`` of the ``written`` were in the ledger before, coded by other versions."""

    run: str
    written: int
    skipped: int
    again: int = 0


def new_run() -> str:
    """Return a fresh run id."""
    return uuid.uuid4().hex[:16]


def unseen(store: Store, articles: Iterable[Article], versions: Versions) -> Iterator[Article]:
    """Yield the articles that the ledger does not hold in these versions: a resumed run goes on from here.

    An article without an address is known by its text alone; where another outlet printed the same text, it gets an id of its own.
    """
    reader = Reader(store)
    known, printed = reader.coded(versions), reader.without_address()
    for article in articles:
        outlet = None if article.url or article.canonical_url else article.outlet
        if outlet and printed.setdefault(article.id, outlet) != outlet:
            article = replace(article, id=article_id(outlet, article.text))
        if article.id not in known:
            known.add(article.id)
            yield article


def write(store: Store, coded: Iterable[Records], *, source: str = "", batch_size: int = BATCH) -> Written:
    """Store records; return how many were new. Records of the same article and versions as stored are left out."""
    store.create()
    migrate(store)
    run, written, skipped, again = new_run(), 0, 0, 0
    versions = Versions("-", "-", "-")
    for chunk in _chunks(coded, batch_size):
        reader = Reader(store)  # anew for each batch: other writers may have been here
        fresh = _fresh(reader, chunk)
        versions = chunk[-1].versions
        skipped += len(chunk) - len(fresh)
        written += len(fresh)
        if fresh:
            if written == len(fresh):  # noted before the first batch, so that compaction leaves a running writer alone
                _note_run(store, run, "started", versions, source, 0)
            again += len(reader.known([records.article.id for records in fresh]))
            _write_batch(store, fresh, run=run, seq=reader.next_seq())
            _note_run(store, run, "running", versions, source, written)
    _note_run(store, run, "done", versions, source, written)
    return Written(run, written, skipped, again)


def _chunks(coded: Iterable[Records], size: int) -> Iterator[list[Records]]:
    """Yield records in batches of ``size``, or as many as came in ``SECONDS``; what came before an interruption is one too."""
    chunk: list[Records] = []
    stopped: BaseException | None = None
    since = time.monotonic()
    try:
        for records in coded:
            chunk.append(records)
            if len(chunk) >= size or time.monotonic() - since >= SECONDS:
                yield chunk
                chunk, since = [], time.monotonic()
    except GeneratorExit:
        raise
    except BaseException as error:
        stopped = error
    if chunk:
        yield chunk
    if stopped:
        raise stopped


def _fresh(reader: Reader, chunk: list[Records]) -> list[Records]:
    """Return the records, each article once, that the ledger does not hold in their versions."""
    known: dict[Versions, set[str]] = {}
    fresh: dict[tuple[Versions, str], Records] = {}
    for records in chunk:
        if records.versions not in known:
            known[records.versions] = reader.coded(records.versions, [r.article.id for r in chunk])
        if records.article.id not in known[records.versions]:
            fresh.setdefault((records.versions, records.article.id), records)
    return list(fresh.values())


def _write_batch(store: Store, batch: list[Records], *, run: str, seq: int) -> None:
    name = uuid.uuid4().hex[:16]
    tables: dict[str, list[Row]] = {}
    for records in batch:
        for table, rows in rows_of(records, batch=name, run=run, seq=seq).items():
            tables.setdefault(table, []).extend(rows)
    for table in ("statements", "events", "mentions", "articles"):  # articles last: it makes the batch visible
        store.append(table, tables.get(table, []))


def _note_run(store: Store, run: str, state: str, versions: Versions, source: str, articles: int) -> None:
    store.append(
        "runs",
        [
            {
                "run": run,
                "state": state,
                "program": versions.program,
                "model": versions.model,
                "lexicon": versions.lexicon,
                "input": source,
                "time": datetime.datetime.now(datetime.UTC),
                "articles": articles,
            }
        ],
    )
