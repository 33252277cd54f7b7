"""Dates as pages write them: German date lines and the timestamps of metadata. Results are ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import credit_words, months, weekdays

TIME = r"(?:[\s,;|\-–•·]*(?:um\s)?(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?=$|[^\d.]))?"
NUMERIC = re.compile(
    r"(?<![\d.])(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)" + TIME
)
DASHED = re.compile(r"(?<![\d-])(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>20\d\d)(?![\d-])" + TIME)
ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)"
    r"(?:[T\s]+(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s?(?P<zone>Z|[+-][01]\d:?[0-5]\d|UTC|GMT)?)?"
)
WORDED = re.compile(
    r"(?<!\d)(?P<day>[0-3]?\d)\.?\s?(?P<word>[A-Za-zäÄ]{3,9})\.?,?\s(?P<year>(?:19|20)\d\d)(?!\d)" + TIME
)
SLASHED = re.compile(r"(?<![\d/])(?P<month>[01]\d)/(?P<day>[0-3]\d)/(?P<year>20\d\d)(?![\d/])" + TIME)
AMERICAN = re.compile(
    r"(?<!\w)(?P<word>[A-Za-z]{3,9})\.?\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)(?!\d)" + TIME
)
EARLIEST = date(1990, 1, 1)
WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"(?:URL:\s*)?(?:https?://|www\.)\S+")


def first_date(text: str, lexicon: Lexicon) -> tuple[str, int, int] | None:
    """Return the first full date in ``text`` as ISO date or local date-time, with where it starts and ends."""
    found = []
    for pattern in (ISO, WORDED, NUMERIC, DASHED, SLASHED, AMERICAN):
        for match in pattern.finditer(text):
            if value := _value(match, lexicon):
                found.append((match.start(), value, match.end()))
                break
    if not found:
        return None
    start, value, end = min(found)
    return value, start, end


def date_line(line: str, lexicon: Lexicon) -> str | None:
    """Return the date of a line that holds hardly anything else ("Dienstag, 14. Oktober 2014", "Berlin, 3.5.2021")."""
    line = ADDRESS.sub("", line)
    if len(line) > 120 or not (found := first_date(line, lexicon)):
        return None
    value, start, end = found
    rest = line[:start] + " " + line[end:]
    if again := first_date(rest, lexicon):  # "..., aktualisiert am ..."
        rest = rest[: again[1]] + " " + rest[again[2] :]
    words = lexicon.derived(credit_words)
    known = {"uhr", *words["updated"], *lexicon.derived(weekdays)}
    return value if sum(word.lower() not in known for word in WORD.findall(rest)) <= 3 else None


def timestamp(text: str, lexicon: Lexicon) -> str | None:
    """Return the ISO form of a metadata timestamp; one in UTC becomes Central European time, as readers count days."""
    text = text.strip()
    if match := ISO.match(text):
        return _zoned(match)
    if text.isdigit() and len(text) in (10, 13):
        return _central(datetime.fromtimestamp(int(text[:10]), UTC))
    found = first_date(text, lexicon)
    return found[0] if found else None


def _value(match: re.Match[str], lexicon: Lexicon) -> str | None:
    if match.re is ISO:
        return _zoned(match)
    parts = match.groupdict()
    year = int(parts["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    month = int(parts["month"]) if "month" in parts else lexicon.derived(months).get(parts["word"].lower(), 0)
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        return None
    if not EARLIEST <= day <= date.today() + timedelta(days=2):
        return None
    return f"{day}T{int(parts['hour']):02}:{parts['minute']}" if parts["hour"] else str(day)


def _zoned(match: re.Match[str]) -> str | None:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if not EARLIEST <= day <= date.today() + timedelta(days=2):
            return None
        if not match["hour"]:
            return str(day)
        moment = datetime(
            day.year, day.month, day.day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        )
    except ValueError:
        return None
    zone = match["zone"]
    if zone is None:
        return moment.isoformat(timespec="minutes" if match["second"] is None else "seconds")
    if zone in ("Z", "UTC", "GMT") or zone[1:].replace(":", "") == "0000":
        return _central(moment.replace(tzinfo=UTC))
    sign, digits = zone[0], zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return moment.replace(tzinfo=timezone(offset if sign == "+" else -offset)).isoformat()


def _central(moment: datetime) -> str:
    """Central European (summer) time by the rule in force since 1996: last Sunday of March to last Sunday of October."""
    start, end = (_last_sunday(moment.year, month) for month in (3, 10))
    hours = 2 if start <= moment < end else 1
    return moment.astimezone(timezone(timedelta(hours=hours))).isoformat()


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
