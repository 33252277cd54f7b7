"""Reviews: what a person decided about a record. Nothing is overwritten: the newest decision counts, all are kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from lagebild.ledger.read import Reader
from lagebild.ledger.store import LedgerError, Store

DECISIONS = ("accept", "reject", "correct")
CORRECTABLE = ("type", "mode", "status", "place_name", "country", "date_value")
"""Fields of an event that a correction replaces in lists and exports; the row of the coding stays as it was."""
RECORDS = {"incidents": "incident", "contradictions": "contradiction", "commitments": "commitment"}


@dataclass(frozen=True, slots=True)
class Review:
    """A decision about ``record``: ``article#event``, or the id of an incident, contradiction or commitment."""

    record: str
    decision: str
    reviewer: str
    field: str | None = None
    new: str | None = None
    comment: str | None = None


def add_review(store: Store, review: Review) -> None:
    """Keep a decision; raise ``LedgerError`` where the record or the field is none of this ledger's."""
    reader = Reader(store)
    old = _old(reader, review)
    now = datetime.datetime.now(datetime.UTC)
    for row in reader.rows("select max(time) as time from all_reviews"):
        if row["time"]:  # a clock that jumped back must not make this decision older than those before it
            now = max(now, row["time"].astimezone(datetime.UTC) + datetime.timedelta(microseconds=1))
    store.append(
        "reviews",
        [
            {
                "record": review.record,
                "decision": review.decision,
                "field": review.field,
                "old": old,
                "new": review.new,
                "comment": review.comment,
                "reviewer": review.reviewer,
                "time": now,
            }
        ],
    )


def _old(reader: Reader, review: Review) -> str | None:
    """Return the value that is corrected, None where nothing is; check that there is what the review speaks of."""
    if review.decision not in DECISIONS:
        raise LedgerError(f"{review.decision!r} is no decision: {', '.join(DECISIONS)}")
    row = _record(reader, review.record)
    if row is None:
        raise LedgerError(
            f"{review.record} is no record of this ledger: name an event as ARTICLE#EVENT, or the id of an incident, "
            "contradiction or commitment (`lagebild ledger incidents`)"
        )
    if review.decision != "correct":
        return None
    if review.field not in CORRECTABLE or "#" not in review.record or review.new is None:
        raise LedgerError(
            f"a correction needs an event, --field (one of {', '.join(CORRECTABLE)}) and --new: the value it should have"
        )
    value = row[review.field]
    return None if value is None else str(value)


def _record(reader: Reader, record: str) -> dict[str, Any] | None:
    article, _, event = record.partition("#")
    if event:
        found = reader.rows("select * from events where article = ? and cast(event as varchar) = ?", [article, event])
        return next(found, None)
    for table, key in RECORDS.items():
        if (row := next(reader.rows(f"select * from {table} where {key} = ?", [record]), None)) is not None:
            return row
    return None


def decisions(reader: Reader) -> dict[str, str]:
    """Return the newest decision about each record."""
    return {row["record"]: row["decision"] for row in reader.rows("select record, decision from decisions")}


def corrections(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the newest correction of each field by record."""
    out: dict[str, dict[str, str]] = {}
    for row in reader.rows("select record, field, new from reviews where decision = 'correct'"):
        out.setdefault(row["record"], {})[row["field"]] = row["new"]
    return out
