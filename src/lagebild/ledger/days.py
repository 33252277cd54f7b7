"""The days that sentences set: by when something is due ("binnen einer Woche"), by how much it is put off ("um zwei Wochen")."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from lagebild.ledger.pledge_words import Words
from lagebild.records import Date, day_of
from lagebild.rules.lexicon import own_lexicon

LENGTH = re.compile(r"P(\d+)([DWMY])$")
DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


def due_in(dates: Sequence[Date], start: int, end: int, text: str, day: datetime.date | None) -> datetime.date | None:
    """Return the last day that a stretch of text sets: a date to come, or so many days from publication ("binnen einer Woche")."""
    if day is None:
        return None
    inside = [date for date in dates if start <= date.span.start < end]
    found = [within(date, text, day) for date in inside]
    found += [latest for date in inside if date.type != "DURATION" and (latest := day_of(date.latest)) and latest > day]
    return max((day for day in found if day), default=None)


def within(date: Date, text: str, day: datetime.date) -> datetime.date | None:
    """Return the last day of a length of time from now ("binnen einer Woche"); None for other dates."""
    length = LENGTH.match(date.value or "") if date.type == "DURATION" else None
    before = text[max(0, date.span.start - 30) : date.span.start]
    if length is None or not own_lexicon().derived(Words).of["within"].search(before):
        return None
    return day + datetime.timedelta(days=int(length.group(1)) * DAYS[length.group(2)])


def longer(dates: Sequence[Date], start: int, end: int, text: str) -> int | None:
    """Return by how many days a stretch of text puts a day off ("um zwei Wochen")."""
    by = own_lexicon().derived(Words).of["by"]
    for date in dates:
        length = LENGTH.match(date.value or "") if start <= date.span.start < end else None
        if length and by.search(text[max(start, date.span.start - 30) : date.span.start]):
            return int(length.group(1)) * DAYS[length.group(2)]
    return None
