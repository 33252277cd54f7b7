"""Reviews: what a person decided about a record. Nothing is overwritten: the newest decision counts, all are kept.

Whether a record is good (accept, reject) and what a field of it should be (correct) are two questions; the newest answer to
each counts. ``reviewed`` are the events as they are with their corrections.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import pyarrow as pa

from lagebild.ledger.read import Reader
from lagebild.ledger.schemas import SCHEMAS
from lagebild.ledger.store import LedgerError, Store
from lagebild.records import Status
from lagebild.rules.actors import BLOCS, SECTORS, State, check_code
from lagebild.rules.calendar import days
from lagebild.rules.events import MODES, EventType, Mode
from lagebild.rules.lexicon import own_lexicon
from lagebild.rules.places.rows import CountryRow

DECISIONS = ("accept", "reject", "correct")
SIDES = {"actors": "actor_codes", "recipients": "recipient_codes"}
"""Fields with the two sides of an event, whose codes are corrected all together, and the columns that hold these."""
CORRECTABLE = ("type", "mode", "status", *SIDES, "place_name", "country", "date_value")
"""Fields of an event that a correction replaces in filters and exports; the row of the coding stays as it was."""
EMPTY = ("mode", *SIDES, "place_name", "country")
"""Of these, the fields that may have no value: a correction to "" says so."""
FINAL = "final"
"""The field of a commitment that can be corrected: what became of it."""
FINALS = ("open", "kept", "broken", "disputed", "overtaken")
CORRECTED_BY_HAND = "corrected"
"""Stands in ``how`` of an actor whom no word names, only a reviewer."""
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
    old, new = _change(reader, review)
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
                "field": review.field if review.decision == "correct" else None,
                "old": old,
                "new": new,
                "comment": review.comment,
                "reviewer": review.reviewer,
                "time": now,
            }
        ],
    )


def _change(reader: Reader, review: Review) -> tuple[str | None, str | None]:
    """Return the value that is corrected and the one it should have; check that there is what the review speaks of."""
    if review.decision not in DECISIONS:
        raise LedgerError(f"{review.decision!r} is no decision: {', '.join(DECISIONS)}")
    row = _record(reader, review.record)
    if row is None and review.record.partition("#")[0] in reader.superseded:
        raise LedgerError(f"{review.record} is told by an older state of a page: name the event of the newer one")
    if row is None:
        raise LedgerError(
            f"{review.record} is no record of this ledger: name an event as ARTICLE#EVENT, or the id of an incident, "
            "contradiction or commitment (`lagebild ledger incidents`)"
        )
    if review.decision != "correct":
        return None, None
    owed = "commitment" in row
    fitting = (FINAL,) if owed else CORRECTABLE if "#" in review.record else ()
    if review.field is None or review.field not in fitting or review.new is None:
        raise LedgerError(
            f"a correction needs an event, --field (one of {', '.join(CORRECTABLE)}) and --new: the value it should have; "
            f"or a commitment, --field {FINAL} and --new (one of {', '.join(FINALS)})"
        )
    for field, codes in SIDES.items() if not owed else ():
        row[field] = "; ".join(row[codes] or [])
    row[FINAL] = row.get("state")
    row |= corrections(reader).get(review.record, {})
    new = _as_written(review.field, review.new)
    if not _known(review.field, new, row["type"]):
        of = "a commitment" if owed else "an event"
        raise LedgerError(f"{review.new!r} is no {review.field} of {of}: {_there_are(review.field, row['type'])}")
    value = row[review.field]
    return None if value is None else str(value), new


def _as_written(field: str, value: str) -> str:
    """Return a value as records write it."""
    if field in SIDES:
        return "; ".join(codes_in(value))
    if field in ("type", "country"):
        return value.upper()
    return value.lower() if field in ("status", "mode", FINAL) else value.strip()


def codes_in(value: str) -> list[str]:
    """Return the codes of actors in a value: "SDN:MIL; SDN:PRM"."""
    return [code.strip().upper() for code in re.split("[;,]", value) if code.strip()]


def _is_code(code: str) -> bool:
    """Whether somebody can have a code: a state, a bloc or a sector, with or without sectors."""
    base = code.partition(":")[0]
    try:
        check_code(code)
    except ValueError:
        return False
    return (
        base in BLOCS or base in SECTORS or base in {row.id for row in own_lexicon().rows("actors/states.tsv", State)}
    )


def _known(field: str, value: str | None, type_: str) -> bool:
    """Whether a field of an event of this type may have this value; a mode, place or country may also be none ("")."""
    if value is None or field not in (*CORRECTABLE, FINAL):
        return False
    if field in SIDES:
        return all(map(_is_code, codes_in(value)))
    if field == "date_value":
        return days(value) is not None
    choices = _choices(field, type_)
    return choices is None or value in choices or (not value and field in EMPTY)


def _choices(field: str, type_: str) -> list[str] | None:
    """Return the values that a field of an event may have; None where they cannot be listed."""
    if field == "type":
        return list(get_args(EventType))
    if field == FINAL:
        return list(FINALS)
    if field == "status":
        return list(get_args(Status))
    if field == "country":
        return sorted(row.id for row in own_lexicon().rows("places/countries.tsv", CountryRow))
    if field == "mode":
        found = (row.id.split("/") for row in own_lexicon().rows(MODES, Mode))
        return [mode for of, mode in found if of == type_]
    return None


def _there_are(field: str, type_: str) -> str:
    if field in SIDES:
        return "name codes like RUS:MIL, several with ; between them"
    if field == "country":
        return "name an ISO 3166 code of three letters, like POL"
    if field == "date_value":
        return "name a day of the calendar like 2024-03-01, or a month like 2024-03"
    return f"there are {', '.join(_choices(field, type_) or ['none'])}"


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


CORRECTED = "select record, field, new from reviews where decision = 'correct' order by time"


def corrections(reader: Reader) -> dict[str, dict[str, Any]]:
    """Return the newest correction of each field by record, and what follows from it for other fields.

    What older programs took and no event can have is left out (``ignored``).
    """
    out: dict[str, dict[str, Any]] = {}
    for row in reader.rows(CORRECTED):
        if _may_hold(row):
            out.setdefault(row["record"], {})[row["field"]] = row["new"] or None
    for changed in out.values():
        if "date_value" in changed:
            changed["earliest"], changed["latest"] = days(changed["date_value"]) or (None, None)
        if "place_name" in changed or "country" in changed:  # where that is nobody said
            changed |= dict.fromkeys(("geonames", "latitude", "longitude", "precision"))
    return out


def _may_hold(row: dict[str, Any]) -> bool:
    """Whether an event can have a corrected value; a mode is one of its type, which may be corrected after it."""
    return row["field"] == "mode" or _known(row["field"], row["new"], "")


def ignored(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield (record, field, value) of the corrections to what no event can have."""
    for row in reader.rows(CORRECTED):
        if not _may_hold(row):
            yield row["record"], row["field"], row["new"]


def reviewed(reader: Reader) -> str:
    """Return the name of a view of the events with their corrections, for filters and exports to read from."""
    changes = corrections(reader)
    if not changes:
        return "events"
    sql = "select * from events where article || '#' || event in (select unnest(?))"
    rows = [_corrected(row, changes) for row in reader.rows(sql, [sorted(changes)])]
    reader.connection.register("corrected", pa.Table.from_pylist(rows, schema=SCHEMAS["events"]))
    reader.connection.execute(
        "create or replace temp view reviewed_events as "
        "select * from events where (article, event) not in (select (article, event) from corrected) "
        "union all by name select * from corrected"
    )
    return "reviewed_events"


def _called(code: str, coded: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Return the actors of a coding that have a code; where none has, one that has nothing else."""
    bare = dict.fromkeys(("start", "end", "quote", "name", "entity")) | {"code": code, "how": CORRECTED_BY_HAND}
    return [actor for actor in coded or [] if actor["code"] == code] or [bare]


def _corrected(row: dict[str, Any], changes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    changed = changes[f"{row['article']}#{row['event']}"]
    for field, column in SIDES.items():
        if field in changed:
            codes = codes_in(changed[field] or "")
            changed = changed | {
                field: [actor for code in codes for actor in _called(code, row[field])],
                column: sorted(codes),
            }
    row |= changed
    return row if row["mode"] is None or _known("mode", row["mode"], row["type"]) else row | {"mode": None}
