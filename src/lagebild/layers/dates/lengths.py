"""Lengths of time and repetitions: "drei Stunden", "vor zwei Wochen", "seit Jahren", "zweitägig", "jeden Montag"."""

from __future__ import annotations

from datetime import date, timedelta

from lagebild.layers.dates.context import Context, Found
from lagebild.layers.dates.points import number
from lagebild.layers.dates.relative import OF_DAY, unit_value
from lagebild.layers.dates.scan import Match
from lagebild.rules import calendar

HALVES = {"Y": "P6M", "TH": "PT30M", "TM": "PT30S", "D": "PT12H", "M": "P15D", "DE": "P5Y", "CE": "P50Y", "Q": "P6W"}
MONTHS = {"Q": 3, "H": 6}
OF_AGE = frozenset(("p_von", "p_ueber", "p_bis"))
DEADLINE = frozenset(("p_innerhalb", "p_binnen"))
OLDEST = 110  # years of a person


def period(count: float | None, unit: str) -> str:
    """Return a TIMEX duration; ``count`` None is written X."""
    if unit in MONTHS and count is not None:
        count, unit = count * MONTHS[unit], "M"
    if unit == "ML":
        count, unit = (count * 1000 if count is not None else None), "Y"
    amount = "X" if count is None else f"{count:g}" if count < 1e6 else str(int(count))
    return f"PT{amount}{unit[1:]}" if unit in OF_DAY else f"P{amount}{'M' if unit in MONTHS else unit}"


def _length(match: Match) -> tuple[float | None, str, str]:
    unit = match.value("u") or match.value("units") or ""
    if match.index("halb") is not None:
        return 0.5, unit, HALVES.get(unit, "")
    if match.index("w") is not None:
        return number(match, "n"), "WE", period(number(match, "n"), "WE")
    count = number(match, "n")
    if match.index("n") is None and match.index("units") is None:
        count = 1.0
    return count, unit, period(count, unit)


def duration(match: Match, context: Context, arg: str) -> Found | None:
    """Drei Stunden, sechs bis acht Monate, halbe Stunde."""
    count, unit, value = _length(match)
    before = context.before(match)
    before = context.before(match, 2) if before == "p_von" else before
    within = before in ("p_innerhalb", "p_binnen", "p_waehrend")
    one_day = unit == "D" and (match.form("n") or "").lower() == "eines" and not within  # "eines Tages" is no length
    if not value or one_day or _is_age(match, context, unit):
        return None
    if before in DEADLINE and count is not None and context.published and context.tense(match) != "past":
        return Found("DURATION", value, bounds=_from_now(context.published, count, unit), told=False)
    return Found("DURATION", value, told=False)


def _from_now(today: date, count: float, unit: str) -> tuple[str, str | None]:
    """Return the bounds of what is to be done within a length of time."""
    if unit in ("D", "W") or unit in OF_DAY:
        days = count * {"D": 1, "W": 7, "TH": 1 / 24}.get(unit, 0)
        return today.isoformat(), (today + timedelta(days=days)).isoformat()
    if unit in ("M", "Y"):
        return today.isoformat(), calendar.add_months(today, round(count * (12 if unit == "Y" else 1))).isoformat()
    return today.isoformat(), None


def _is_age(match: Match, context: Context, unit: str) -> bool:
    if unit != "Y":
        return False
    before, whose = context.before(match), context.before(match, 2)
    if before in OF_AGE and whose == "person":
        return True  # "Kinder von zwölf Jahren", "Männer über 60 Jahren"
    return before in ("p_ab", "p_mit", "p_unter") or (before == "p_von" and whose == "x_alter")


def ago(match: Match, context: Context, arg: str) -> Found | None:
    """Vor zwei Wochen, seit Jahren, in drei Tagen: the length, bounded by where it leads to."""
    count, unit, value = _length(match)
    if not value:
        return None
    today = context.published
    if today is None:
        return Found("DURATION", value, told=False)
    sign = 1 if arg == "+" else -1
    if count is None:
        bounds = (today.isoformat(), None) if arg == "+" else (None, today.isoformat())
        return Found("DURATION", value, bounds=bounds, told=False)
    if unit in OF_DAY:
        hours = count * {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1}[unit]
        day = today + sign * timedelta(hours=hours)
        reached = (day.isoformat(), day.isoformat())
    elif (unit == "M" and count == 0.5) or (unit == "Y" and count != int(count)):
        month = calendar.add_months(today, sign * round(count * 12)).isoformat()[:7]
        reached = calendar.bounds(month) or (today.isoformat(), today.isoformat())
    elif count > today.year and unit == "Y":
        return Found("DURATION", value, told=False)
    else:
        reached = calendar.bounds(unit_value(unit, today, sign * round(count))) or (None, None)  # type: ignore[assignment]
    if arg == "seit":
        return Found("DURATION", value, bounds=(reached[0], today.isoformat()), told=False)
    return Found("DURATION", value, bounds=reached, told=False)


def span(match: Match, context: Context, arg: str) -> Found | None:
    """Den vergangenen fünf Jahren, den nächsten Tagen."""
    group = match.group("rel", context.grammar)
    unit = match.value("u") or ""
    count = number(match, "n")
    today = context.published
    here = today.isoformat() if today else None
    if group == "rel_next" and match.index("n") is None:
        return Found("DATE", "FUTURE_REF", bounds=(here, None), told=False)
    value = period(count, unit)
    if today is None or group not in ("rel_past", "rel_next"):
        return Found("DURATION", value, told=False)
    if count is None or unit in OF_DAY or unit in ("WE", "ML"):
        bounds = (None, here) if group == "rel_past" else (here, None)
        return Found("DURATION", value, bounds=bounds, told=False)
    sign = -1 if group == "rel_past" else 1
    far = calendar.bounds(unit_value(unit, today, sign * round(count))) or (None, None)
    return Found("DURATION", value, bounds=(far[0], here) if sign < 0 else (here, far[1]), told=False)


def adjective(match: Match, context: Context, arg: str) -> Found | None:
    """Zweitägigen, 45-minütigen, jahrelang."""
    index = match.index("a")
    info = match.tokens.infos[index or 0]
    after = context.after(match)
    if after == "person" or _names_person(match, context):
        return None
    if info.value.startswith("P"):
        return Found("DURATION", info.value, told=False)
    count = number(match, "n") if match.index("n") is not None else info.number
    if info.value == "Y" and match.index("n") is not None and after != "x_durnoun" and (count or 0) < OLDEST:
        return None
    return Found("DURATION", period(count, info.value), told=False)


def _names_person(match: Match, context: Context) -> bool:
    index = match.span[1]
    if index >= len(match.tokens.spans):
        return False
    start, end = match.tokens.spans[index]
    words = context.doc.char_span(start, end, alignment_mode="expand")
    return words is not None and words[0].ent_type_ == "PER"


def fixed(match: Match, context: Context, arg: str) -> Found | None:
    """Täglich, Viertelstunde: the table holds the value."""
    if arg == "SET":
        return Found("SET", match.value("s"), told=False)
    return Found("DURATION", arg or match.value("v"), told=False)


def set_unit(match: Match, context: Context, arg: str) -> Found | None:
    """Jeden Tag, alle zwei Jahre, pro Monat, nachts."""
    if (name := match.value("u")) is not None:
        count = number(match, "n") if match.index("n") is not None else 1.0
        return Found("SET", period(count, name), told=False)
    around = (context.before(match), context.after(match))
    if match.rule.row.id == "set.part" and ("uhr" in around or around[1] == "p_um"):
        return None  # "3 Uhr morgens", "nachts um drei" is part of a clock time
    for key, shape in (("month", "XXXX-{:0>2}"), ("season", "XXXX-{}"), ("part", "XXXX-XX-XX{}")):
        if (value := match.value(key)) is not None:
            return Found("SET", shape.format(value), told=False)
    return Found("SET", "XXXX-WXX-WE", told=False)


def set_weekday(match: Match, context: Context, arg: str) -> Found | None:
    """Jeden Montag, montags, jeden zweiten Donnerstag im Monat."""
    if match.index("m") is not None:
        return Found("SET", "P1M", told=False)
    name, _, part = (match.value("wd") or match.value("wp") or "").partition(":")
    return Found("SET", f"XXXX-WXX-{name}{part}", told=False)
