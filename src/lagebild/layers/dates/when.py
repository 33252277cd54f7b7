"""When an event was, as a time on the calendar: a length of time that leads to one has that time as its value, another none.

TimeML calls "vor drei Tagen" and "nach drei Tagen Krieg" lengths alike (``P3D``), and so do the records of time
expressions. As the date of an event the first is a day, the second is left as words, without a value.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from lagebild.records import Date, changed
from lagebild.rules import calendar

WEEKS = re.compile(r"P(\d+)W")


def when_of(found: Date, published: date | None) -> Date:
    """Return the date as a time on the calendar; a length that leads nowhere keeps its type and loses its value."""
    if found.type != "DURATION":
        return found
    if found.earliest is None and found.latest is None:
        return changed(found, value=None, precision=None)
    value = _reached(found, published)
    return changed(found, type="DATE", value=value, precision=calendar.precision(value))


def _reached(found: Date, published: date | None) -> str | None:
    """Return the day, month or year a length leads to; None where it fills all the days between its bounds."""
    if found.earliest is None or found.latest is None or published is None:
        return None
    first, last = date.fromisoformat(found.earliest[:10]), date.fromisoformat(found.latest[:10])
    if first == last:
        return first.isoformat()
    if published in (first, last):
        return None  # "seit drei Tagen": from then on
    if weeks := WEEKS.fullmatch(found.value or ""):  # the same day of the week
        ahead = 1 if first > published else -1
        return (published + timedelta(weeks=ahead * int(weeks[1]))).isoformat()
    whole = (first.isoformat()[:7], first.isoformat()[:4], calendar.week_of(first), first.isoformat()[:3])
    return next((value for value in whole if calendar.days(value) == (first, last)), None)
