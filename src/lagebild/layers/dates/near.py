"""Expressions whose day hangs on publication or on a day told before: weekdays, "gestern", parts of the day, clock times."""

from __future__ import annotations

from datetime import date, timedelta

from lagebild.layers.dates.context import FAR, NEAR, Context, Found
from lagebild.layers.dates.points import choose_year, month_day, number
from lagebild.layers.dates.scan import Match
from lagebild.rules import calendar

MOST_HOURS = 24


def offset_of(match: Match) -> int:
    """Return where the expression starts."""
    return match.tokens.spans[match.span[0]][0]


def base_day(match: Match, context: Context, *, within: int = NEAR) -> date | None:
    """Return the day told last, within so many characters, else the day of publication."""
    return context.told_day(offset_of(match), within=within) or context.published


def at(day: date | None, part: str | None) -> Found:
    """Return a day, or a part of a day or clock time on it; ``None`` where the day is not known."""
    if part is None:
        return Found("DATE", day.isoformat() if day else None)
    if day is None:
        return Found("TIME", f"T{part}" if part[0].isdigit() else None)
    return Found("TIME", f"{day}T{part.removeprefix('T')}")


def weekday(match: Match, context: Context, arg: str) -> Found | None:
    """Montag, vergangenen Freitag, Dienstag kommender Woche, Montagabend."""
    part = part_of(match, context)
    if (both := match.value("wp")) is not None:
        name, _, part = both.partition(":")
        target = int(name)
    else:
        target = int(number(match, "wd") or 0)
    today = context.published
    if today is None:
        return Found("TIME" if part else "DATE", f"XXXX-WXX-{target}{part or ''}")
    day = _weekday(match, context, target, today)
    return None if day is None else at(day, part)


def _weekday(match: Match, context: Context, target: int, today: date) -> date | None:
    this_week = today + timedelta(days=target - today.isoweekday())
    rel = match.value("rel")
    if (unit := match.value("uw")) is not None:
        weeks = int(rel) if rel not in (None, "same") else -int(number(match, "n") or 0)
        return this_week + timedelta(weeks=weeks) if unit == "W" else None
    back = (today.isoweekday() - target) % 7
    ahead = (target - today.isoweekday()) % 7
    group = match.group("rel", context.grammar)
    if rel is not None and group == "deictic_adj":
        return today + timedelta(days=int(rel))
    if match.index("s") is not None or group in ("rel_after", "rel_before", "rel_same", "rel_jen"):
        step = int(match.value("s") or 0) or (0 if rel in (None, "same") else int(rel))
        return _from_told(context.told_day(offset_of(match), within=FAR) or today, target, step)
    if rel is not None and int(rel) < 0:
        return today - timedelta(days=(back or 7) + 7 * (-int(rel) - 1))
    if rel is not None and int(rel) > 0:
        return today + timedelta(days=(ahead or 7) + 7 * (int(rel) - 1))
    way = context.way(match)
    if way in ("future", "present"):
        return today + timedelta(days=ahead)
    return today - timedelta(days=back)


def part_of(match: Match, context: Context) -> str | None:
    """Return the part of the day; "morgen" after another word is the morning."""
    return "TMO" if match.group("part", context.grammar) == "morgen" else match.value("part")


def _from_told(told: date, target: int, step: int) -> date:
    """Return the weekday after (1), before (-1) or in the same week as (0) a day told."""
    if step > 0:
        return told + timedelta(days=(target - told.isoweekday()) % 7 or 7)
    if step < 0:
        return told - timedelta(days=(told.isoweekday() - target) % 7 or 7)
    return told + timedelta(days=target - told.isoweekday())


def deictic(match: Match, context: Context, arg: str) -> Found | None:
    """Heute, gestern Abend, am morgigen Tag, heutigen."""
    shift = int(arg) if arg.isdigit() else int(number(match, "d") or 0)
    part = part_of(match, context)
    if arg == "adj" and shift == 0:
        return now(context)
    if shift == 0 and part is None and match.rule.row.id == "deictic.day" and _means_nowadays(match, context):
        return now(context)
    if _is_idiom(match, context):
        return None
    day = context.published + timedelta(days=shift) if context.published else None
    return at(day, part)


def _is_idiom(match: Match, context: Context) -> bool:
    """Whether the words are half of "von heute auf morgen"."""
    around = (context.before(match, 2), context.before(match), context.after(match))
    return around[:2] == ("deictic", "p_auf") or (
        around[1:] == ("p_von", "p_auf") and match.rule.row.id == "deictic.day"
    )


def now(context: Context) -> Found:
    """Return PRESENT_REF."""
    today = context.published.isoformat() if context.published else None
    return Found("DATE", "PRESENT_REF", bounds=(today, today), told=False)


def _means_nowadays(match: Match, context: Context) -> bool:
    before, after = context.before(match), context.after(match)
    if before == "p_bis" or after == "w_noch" or before == "w_auch":
        return True
    clause = context.clause(match)
    state = clause.lemma in context.grammar.words["lemma_state"] or not context.tells_of_days(offset_of(match))
    return clause.tense == "present" and state


def daypart(match: Match, context: Context, arg: str) -> Found | None:
    """Am Nachmittag, nächsten Morgen, Nacht zum Sonntag, Abend des 14. August."""
    part = match.value("part") or match.value("night") or ""
    if match.index("part") is not None and match.group("part", context.grammar) == "vorabend":
        return at(_plus(base_day(match, context), -1), "TEV")
    if match.index("night") is not None:
        day = _night_day(match, context)
        return None if day is None and context.published is not None else at(day, part)
    if (shift := match.value("shift")) is not None:
        return at(_plus(base_day(match, context), int(shift)), part)
    rel, group = match.value("rel"), match.group("rel", context.grammar)
    if rel is None and part == "TNI" and context.published and context.told_day(offset_of(match)) is None:
        return _tonight(context.published)
    if rel is None or rel == "same":
        return at(base_day(match, context), part)
    if group == "rel_this":
        return at(context.published, part)
    if group == "rel_past":
        return at(_plus(context.published, -1), part)
    return at(_plus(base_day(match, context), int(rel)), part)


def _tonight(day: date) -> Found:
    """ "In der Nacht" with no day told is the night before publication or the one after."""
    eve, next_day = day - timedelta(days=1), day + timedelta(days=1)
    return Found("TIME", f"{day}TNI", bounds=(f"{eve}T20:00", f"{next_day}T06:00"))


def _plus(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None


def _night_day(match: Match, context: Context) -> date | None:
    """Return the day on whose evening the night begins."""
    if match.index("day") is not None:
        found = month_day(match, context, "")
        if found is None or found.value is None or found.value.startswith("X"):
            return None
        named = date.fromisoformat(found.value)
        return named if match.rule.row.id == "night.of" else named - timedelta(days=1)
    today = context.published
    if today is None:
        return None
    if match.index("d") is not None:
        return today + timedelta(days=int(number(match, "d") or 0) - 1)
    name = int(number(match, "wd") or number(match, "from") or 0)
    eve = name if match.index("from") is not None else (name - 2) % 7 + 1
    back, ahead = (today.isoweekday() - eve) % 7, (eve - today.isoweekday()) % 7
    return today + timedelta(days=ahead) if context.way(match) == "future" else today - timedelta(days=back)


def clock(match: Match, context: Context, arg: str) -> Found | None:
    """16.05 Uhr, halb drei, 16 Uhr 30, Mitternacht."""
    hour, minute = _hour_minute(match)
    if hour is None or hour > MOST_HOURS or minute > 59:
        return None
    index = match.span[1]
    names, classes = context.grammar.name, match.tokens.classes
    if index < len(classes) and names[classes[index]] in ("set_part", "uhr"):
        step = 0 if names[classes[index]] == "set_part" else 1
        later = match.tokens.infos[index + step].value if index + step < len(classes) else ""
        if later in ("TAF", "TEV") and hour < 12:
            hour += 12
    day = context.told_in_sentence(match)
    if day is None:
        day = base_day(match, context) if context.tense(match) is not None else context.published
    return at(day, f"{hour:02}:{minute:02}")


def _hour_minute(match: Match) -> tuple[int | None, int]:
    if match.value("h") == "24:00":
        return 24, 0
    form = (match.form("h") or "").replace(":", ".")
    if "." in form:
        hour, _, minute = form.partition(".")
        return int(hour), int(minute)
    value = number(match, "h")
    if value is None or value != int(value):
        return None, 0
    if match.index("halb") is not None:
        return int(value) - 1, 30
    return int(value), int(number(match, "min") or 0)


def weekend(match: Match, context: Context, arg: str) -> Found | None:
    """Wochenende, kommenden Wochenende."""
    today = context.published
    if today is None:
        return Found("DATE", None)
    saturday = today + timedelta(days=6 - today.isoweekday())
    rel = match.value("rel")
    if rel == "same":
        told = context.told_day(offset_of(match))
        saturday = told + timedelta(days=6 - told.isoweekday()) if told else saturday
    elif rel is not None and match.group("rel", context.grammar) != "rel_this":
        shift = int(rel)
        if shift < 0:
            saturday -= timedelta(weeks=-shift if saturday + timedelta(days=1) >= today else -shift - 1)
        else:
            saturday += timedelta(weeks=shift - 1 if saturday > today else shift)
    elif context.way(match) in ("past", None) and saturday > today:
        saturday -= timedelta(weeks=1)
    return Found("DATE", calendar.week_of(saturday) + "-WE")


def week(match: Match, context: Context, arg: str) -> Found | None:
    """12. Kalenderwoche."""
    n = int(number(match, "n") or 0)
    if not 1 <= n <= 53:
        return None
    year = int(number(match, "year") or 0) or choose_year(
        match, context, lambda y: calendar.days(f"{y}-W{min(n, 52):02}") or (date(y, 1, 1),) * 2
    )
    return Found("DATE", f"{year}-W{n:02}" if year else f"XXXX-W{n:02}")
