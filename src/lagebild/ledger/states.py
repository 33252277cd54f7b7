"""Older and newer states of one page: two articles of one text at one address, of which the pages tell which is newer.

An address alone is not enough: a page in parts, a home page that calls itself the source of everything on it and a liveblog
that begins anew each day are one address with several texts. So only what shares its text with it (``families``) takes an
article's place. The older one is marked in ``families``: readers leave it out of what counts, it stays in ``all_articles``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SUPERSEDED = "superseded"
"""Stands in ``families.batch`` of an article of which the ledger holds a newer state."""


@dataclass(frozen=True, slots=True)
class State:
    """What tells of an article which page it is a state of (None: of none) and how new; ``seq``: when it came to the ledger."""

    page: str | None = None
    changed: str | None = None
    fetched: str | None = None
    seq: int = 0


def state_of(row: dict[str, Any]) -> State:
    """Return what a row of ``articles`` tells of its page."""
    address = row["canonical_url"] or row["url"]
    return State(page_of(address), row["modified"] or row["published"], row["fetched"], row["seq"])


def page_of(address: str | None) -> str | None:
    """Return the address in one way of writing; None for none and for that of a whole site, which is no article's."""
    if not address:
        return None
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"


def is_newer(a: State, b: State, *, arrived: bool) -> bool | None:
    """Whether ``a`` is a newer state than ``b`` of the same page; None where they are of two pages, or nothing tells.

    The page's own word on when it was changed goes first, then when it was fetched, then (``arrived``: neither is an old
    article coded anew) which came to the ledger later.
    """
    if a.page is None or a.page != b.page:
        return None
    for one, other in ((a.changed, b.changed), (a.fetched, b.fetched)):
        if (later := _later(one, other)) is not None:
            return later
    return a.seq > b.seq if arrived and a.seq != b.seq else None


def _later(one: str | None, other: str | None) -> bool | None:
    """Whether one moment is later than another; None where they are the same as far as both are told."""
    first, second = _moment(one), _moment(other)
    if first is None or second is None:
        return None
    if len(str(one)) <= DAY or len(str(other)) <= DAY:  # of one only the day is told
        return None if first.date() == second.date() else first.date() > second.date()
    return None if first == second else first > second


DAY = len("2024-03-01")


def _moment(value: str | None) -> datetime.datetime | None:
    if not value:
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
