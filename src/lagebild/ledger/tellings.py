"""Rows of the ledger as the objects that incidents, contradictions and commitments are made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from lagebild.ledger.disputes import Account, Figure
from lagebild.ledger.families import Text
from lagebild.ledger.happenings import Telling
from lagebild.ledger.read import Reader
from lagebild.ledger.words import fold

PRECISE = {"address", "building", "town", "district"}


def key_of(row: dict[str, Any]) -> str:
    """Return ``article#event``."""
    return f"{row['article']}#{row['event']}"


def telling_of(row: dict[str, Any]) -> Telling:
    """Return a row of ``events`` as a telling."""
    latitude, longitude = row["latitude"], row["longitude"]
    return Telling(
        key=key_of(row),
        article=row["article"],
        type=row["type"],
        mode=row["mode"] or "",
        status=row["status"],
        actors=frozenset(row["actor_codes"] or ()),
        recipients=frozenset(row["recipient_codes"] or ()),
        published=row["day"],
        earliest=row["earliest"],
        latest=row["latest"],
        place=row["place_name"],
        country=row["country"],
        point=None if latitude is None or longitude is None else (latitude, longitude),
        precise=row["precision"] in PRECISE,
        words=frozenset(fold(word) for span in row["trigger"] or () for word in span["quote"].split()),
    )


def account_of(row: dict[str, Any]) -> Account:
    """Return a row of ``events`` as an account."""
    figures = tuple(
        Figure(q["what"], q["low"], q["high"], bool(q["approximate"])) for q in row["quantities"] or () if q["what"]
    )
    return Account(telling_of(row), row["speaker_code"] or row["speaker_name"], figures)


def text_of(row: dict[str, Any]) -> Text:
    """Return a row of ``articles`` as a text to compare."""
    return Text(
        article=row["article"],
        text=row["text"],
        outlet=row["outlet"],
        origin_outlet=row["origin_outlet"],
        agencies=tuple(row["agencies"] or ()),
        order=(row["published"] or "9999", row["seq"]),
    )


def texts(reader: Reader, since: datetime.date | None, until: datetime.date | None) -> Iterator[tuple[Text, str]]:
    """Yield the articles published between two days (and all without a date) with their batch, oldest first."""
    sql = (
        "select article, batch, text, outlet, origin_outlet, agencies, published, seq from articles "
        "where day is null or day between coalesce(?, day) and coalesce(?, day) order by coalesce(published, '9999'), seq, article"
    )
    for row in reader.rows(sql, [since, until]):
        yield text_of(row), row["batch"]


def events(reader: Reader, since: datetime.date | None, until: datetime.date | None) -> Iterator[dict[str, Any]]:
    """Yield the rows of the events published between two days (and all without a date), oldest first."""
    sql = (
        "select * from events where day is null or day between coalesce(?, day) and coalesce(?, day) "
        "order by coalesce(day, date '9999-01-01'), article, event"
    )
    yield from reader.rows(sql, [since, until])
