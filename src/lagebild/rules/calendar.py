"""TIMEX3 values and the days they cover."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from lagebild.rules.dates import Holiday, easter_sunday, first_sunday_in_advent

Bounds = tuple[str, str]
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
PARTS = {"TMO": (5, 12), "TMI": (11, 14), "TAF": (12, 18), "TEV": (18, 24), "TNI": (20, 30)}
EDGE_OF = {"start": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "end": (2 / 3, 1.0)}
PRECISION = (
    ("weekend", r"\d{4}-W\d\d-WE"),
    ("week", r"\d{4}-W\d\d"),
    ("season", r"\d{4}-(?:SP|SU|FA|WI)"),
    ("quarter", r"\d{4}-Q\d"),
    ("half", r"\d{4}-H\d"),
    ("clock", r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
    ("part", r"\d{4}-\d\d-\d\dT[A-Z]{2}"),
    ("day", r"\d{4}-\d\d-\d\d"),
    ("month", r"\d{4}-\d\d"),
    ("year", r"\d{4}"),
    ("decade", r"\d{3}"),
    ("century", r"\d\d"),
)
_PRECISION = [(name, re.compile(pattern)) for name, pattern in PRECISION]


@lru_cache(maxsize=10_000)
def precision(value: str | None) -> str | None:
    """Return how exact a value is (``day``, ``month``, ...), or None for one that names no time on the calendar."""
    return next((name for name, shape in _PRECISION if value and shape.fullmatch(value)), None)


def days(value: str | None) -> tuple[date, date] | None:
    """Return the first and last day a value covers; None where it covers no days of the calendar of our era."""
    kind = precision(value)
    if kind is None or value is None:
        return None
    try:
        return _days(value, kind)
    except ValueError:
        return None


def _days(value: str, kind: str) -> tuple[date, date]:
    if kind in ("day", "clock", "part"):
        day = date.fromisoformat(value[:10])
        return day, day
    if kind in ("week", "weekend"):
        year, week = int(value[:4]), int(value[6:8])
        return date.fromisocalendar(year, week, 6 if kind == "weekend" else 1), date.fromisocalendar(year, week, 7)
    if kind == "decade":
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if kind == "century":
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    year = int(value[:4])
    first, last = 1, 12
    if kind == "month":
        first = last = int(value[5:])
    elif kind == "season":
        first, last = SEASONS[value[5:]]
        if first > last:
            return date(year - 1, first, 1), month_end(year, last)
    elif kind == "quarter":
        first, last = int(value[6]) * 3 - 2, int(value[6]) * 3
    elif kind == "half":
        first, last = int(value[6]) * 6 - 5, int(value[6]) * 6
    return date(year, first, 1), month_end(year, last)


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return (date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date(year, 12, 31)) - timedelta(days=1)


def bounds(value: str | None, edge: str | None = None) -> Bounds | None:
    """Return earliest and latest as ISO dates, date-times for clock times and parts of the day."""
    span = days(value)
    if span is None or value is None:
        return None
    first, last = span
    if edge:
        length = (last - first).days + 1
        low, high = EDGE_OF[edge]
        start = min(round(length * low), length - 1)
        first, last = first + timedelta(days=start), first + timedelta(days=max(round(length * high) - 1, start))
    if (kind := precision(value)) == "clock":
        hour = value[11:]
        if hour == "24:00":
            return f"{first + timedelta(days=1)}T00:00", f"{first + timedelta(days=1)}T00:00"
        return f"{first}T{hour}", f"{first}T{hour}"
    if kind == "part" and value[10:] in PARTS:
        start, end = PARTS[value[10:]]
        return f"{first}T{start:02}:00", f"{first + timedelta(days=end // 24)}T{end % 24:02}:00"
    return first.isoformat(), last.isoformat()


def week_of(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def holiday_in(holiday: Holiday, year: int) -> date:
    """Return the day of a holiday in ``year``."""
    kind, _, offset = holiday.day.replace("-", "+-").partition("+")
    if kind == "easter":
        return easter_sunday(year) + timedelta(days=int(offset))
    if kind == "advent":
        return first_sunday_in_advent(year) + timedelta(days=int(offset))
    return date(year, int(holiday.day[:2]), int(holiday.day[3:]))
