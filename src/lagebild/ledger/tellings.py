"""Rows of the ledger as the objects that incidents, contradictions and commitments are made of."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from lagebild.ledger.disputes import Account, Figure
from lagebild.ledger.families import Text
from lagebild.ledger.happenings import Telling
from lagebild.ledger.read import Reader
from lagebild.ledger.words import fold, lemma

Row = dict[str, Any]
PRECISE = {"address", "building", "town", "district"}


def key_of(row: dict[str, Any]) -> str:
    """Return ``article#event``."""
    return f"{row['article']}#{row['event']}"


def telling_of(row: Row, around: Context | None = None) -> Telling:
    """Return a row of ``events`` as a telling; ``around`` gives the events its article links it to."""
    latitude, longitude = row["latitude"], row["longitude"]
    sides = [*(row["actors"] or ()), *(row["recipients"] or ())]
    named = {actor["code"] for actor in sides if actor["quote"]}
    return Telling(
        key=key_of(row),
        article=row["article"],
        type=row["type"],
        mode=row["mode"] or "",
        status=_status(row),
        actors=frozenset(row["actor_codes"] or ()),
        recipients=frozenset(row["recipient_codes"] or ()),
        published=row["day"],
        earliest=row["earliest"],
        latest=row["latest"],
        place=row["place_name"],
        country=row["country"],
        point=None if latitude is None or longitude is None else (latitude, longitude),
        precise=row["precision"] in PRECISE,
        words=frozenset(lemma(word) for span in row["trigger"] or () for word in span["quote"].split()),
        nouns=frozenset(fold(w) for span in row["trigger"] or () for w in span["quote"].split() if w[0].isupper()),
        speaker=row["speaker_code"],
        implied=frozenset(actor["code"] for actor in sides if actor["code"] and actor["code"] not in named),
        content=around.content(row) if around else frozenset(),
        parent=around.parent(row) if around else None,
        asked=around.addressees(row) if around and row["status"] == "demanded" else frozenset(),
    )


def _status(row: Row) -> str:
    """Return the status; what lies in the future of the article has not happened, in whatever tense it is told."""
    day, earliest = row["day"], row["earliest"]
    return "planned" if row["status"] == "actual" and day and earliest and earliest > day else str(row["status"])


class Context:
    """The links between the events of each article."""

    def __init__(self, rows: Iterable[Row]):
        self._rows: dict[str, Row] = {}
        self._content: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            self._rows[key_of(row)] = row
            if row["content_of"] is not None:
                named = f"{row['type']}/{row['mode']}" if row["mode"] else row["type"]
                self._content[f"{row['article']}#{row['content_of']}"].add(named)

    def content(self, row: Row) -> frozenset[str]:
        """Return TYPE/mode of the events that are this one's content."""
        return frozenset(self._content.get(key_of(row), ()))

    def parent(self, row: Row) -> str | None:
        """Return the type of the event this one is the content of."""
        parent = self._parent(row)
        return parent["type"] if parent else None

    def addressees(self, row: Row) -> frozenset[str]:
        """Return whom the demand (or threat) that this event is the content of is made to, without who makes it."""
        parent = self._parent(row)
        if parent is None:
            return frozenset()
        return frozenset(parent["recipient_codes"] or ()) - frozenset(parent["actor_codes"] or ())

    def _parent(self, row: Row) -> Row | None:
        return self._rows.get(f"{row['article']}#{row['content_of']}")


def account_of(row: Row, around: Context | None = None) -> Account:
    """Return a row of ``events`` as an account."""
    figures = tuple(
        Figure(q["what"], q["low"], q["high"], bool(q["approximate"])) for q in row["quantities"] or () if q["what"]
    )
    return Account(telling_of(row, around), row["speaker_code"] or row["speaker_name"], figures)


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
