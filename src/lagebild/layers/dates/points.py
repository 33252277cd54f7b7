"""Expressions that name a point or stretch of the calendar: days, months, years, decades, seasons, quarters, holidays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lagebild.layers.dates.context import NEAR, Context, Found
from lagebild.layers.dates.scan import Match
from lagebild.rules import calendar

OLDEST_BARE = 1500  # a bare figure below is more often a count than a year
NEWEST_AHEAD = 80  # years after publication
AGAINST_TENSE = 150  # days by which a date may be nearer and still lose against the tense of its clause
A_YEAR = 366  # ... where it is not to lose: last summer's troops do not withdraw in the coming one
CENTURY_OF_SHORT = 50  # "24.12.49" is 2049, "24.12.50" is 1950


def number(match: Match, name: str) -> float | None:
    """Return the number a token means; None for "einige" and for a token that is not there."""
    index = match.index(name)
    if index is None:
        return None
    info = match.tokens.infos[index]
    if info.number is not None:
        return info.number
    try:
        return float(
            info.value.replace(".", "").replace(",", ".") if "," in info.value else info.value.replace(".", "")
        )
    except ValueError:
        return None


def choose_year(
    match: Match, context: Context, days_in: Callable[[int], tuple[date, date]], against_tense: int = AGAINST_TENSE
) -> int | None:
    """Return the year meant by a day, month or season without one: by the tense, else the nearest to publication.

    ``against_tense``: days by which a year must be nearer to count against the tense.
    """
    way = context.way(match)
    offset = match.tokens.spans[match.span[0]][0]
    if way != "future" and (year := context.past_year(offset, within=NEAR)) is not None:
        return year
    today = context.published
    if today is None:
        return None

    def cost(year: int) -> int:
        first, last = days_in(year)
        ahead, back = max((first - today).days, 0), max((today - last).days, 0)
        against = (way == "past" and ahead > 0) or (way in ("future", "present") and back > 0)
        return ahead + back + (against_tense if against else 0)

    return min((today.year, today.year - 1, today.year + 1), key=cost)


def shifted_year(match: Match, context: Context) -> int | None:
    """Return the year of "vorigen Jahres" or "des Vorjahres"; None where the words name another unit."""
    if context.published is None:
        return None
    if (unit_rel := match.value("ur")) is not None:
        unit, _, shift = unit_rel.partition(":")
        return context.published.year + int(shift) if unit == "Y" else None
    if match.value("uy") != "Y":
        return None
    if (count := number(match, "n")) is not None:
        return context.published.year - int(count)
    rel = match.value("rel") or ""
    if rel == "same":
        return context.year_told[1] if context.year_told else None
    return context.published.year + int(rel)


def has_year_words(match: Match) -> bool:
    """Whether the match says its year by words ("vorigen Jahres")."""
    return match.index("ur") is not None or match.index("uy") is not None


def fulldate(match: Match, context: Context, arg: str) -> Found | None:
    """24.12.2014."""
    day, month, year = (match.form("d") or "").split(".")
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= CENTURY_OF_SHORT else 2000)
    return _day(full, int(month), int(day))


def _day(year: int | None, month: int, day: int) -> Found | None:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return Found("DATE", f"{year or 'XXXX'}-{month:02}-{day:02}")


def month_day(match: Match, context: Context, arg: str) -> Found | None:
    """25. Februar, Donnerstag, 25. Februar 2010."""
    if (both := match.form("dm")) is not None:
        day, month = (int(part) for part in both.replace(":", ".").split("."))
    else:
        day, month = int(number(match, "day") or 0), int(number(match, "month") or number(match, "num") or 0)
    if not 1 <= month <= 12 or not 1 <= day <= calendar.month_end(2000, month).day:
        return None
    year = int(number(match, "year") or 0) or None
    if year is None:
        year = _year_of_weekday(match, context, month, day)
        year = year or choose_year(match, context, lambda y: (_safe(y, month, day),) * 2)
    return _day(year, month, day)


def _year_of_weekday(match: Match, context: Context, month: int, day: int) -> int | None:
    """Return the nearest year in which the day falls on the weekday named with it, the next year at most."""
    weekday, today = number(match, "wd"), context.published
    if weekday is None or today is None:
        return None
    years = [y for y in range(today.year - 6, today.year + 2) if _safe(y, month, day).isoweekday() == weekday]
    return min(years, key=lambda y: abs((_safe(y, month, day) - today).days), default=None)


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.month_end(year, month).day))


def month(match: Match, context: Context, arg: str) -> Found | None:
    """Juni 2011, Ende März, vergangenen Mai, August vorigen Jahres."""
    name = int(number(match, "month") or 0)
    edge = match.value("edge")
    days_in: Callable[[int], tuple[date, date]] = lambda y: (date(y, name, 1), calendar.month_end(y, name))  # noqa: E731
    year = int(number(match, "year") or 0) or None
    today = context.published
    if year is None and has_year_words(match):
        if (year := shifted_year(match, context)) is None and today is not None:
            return None
    elif year is None and match.index("rel") is not None and today is not None:
        shift = int(number(match, "rel") or 0)
        passed, ahead = name < today.month, name > today.month
        year = today.year + ((0 if passed else -1) if shift < 0 else (0 if ahead else 1) if shift > 0 else 0)
    elif year is None:
        year = choose_year(match, context, days_in)
    half = number(match, "half")
    if half not in (None, 1.0, 2.0):
        return None
    found = Found("DATE", f"{year or 'XXXX'}-{name:02}", edge=edge)
    if half and year:
        middle = date(year, name, 15)
        bounds = (date(year, name, 1), middle) if half == 1 else (middle + timedelta(1), calendar.month_end(year, name))
        return Found("DATE", found.value, bounds=(bounds[0].isoformat(), bounds[1].isoformat()))
    return found


def year(match: Match, context: Context, arg: str) -> Found | None:
    """1989, Jahr 1989, Ende 2013, 2008/09."""
    value = int(number(match, "year") or 0)
    if match.value("u") not in (None, "Y"):
        return None
    if (two := match.form("two")) is not None:
        last = value - value % 100 + int(two)
        bounds = (f"{value}-01-01", f"{last}-12-31")  # TIMEX3 has no value for a span of years
        return Found("DATE", None, bounds=bounds) if 0 < last - value <= 12 else None
    if arg == "pair" and value < OLDEST_BARE and context.before(match) in ("slash", "x_label"):
        return None
    if arg == "bare" and not _is_year(match, context, value):
        return None
    return Found("DATE", str(value), edge=match.value("edge"))


def _is_year(match: Match, context: Context, value: int) -> bool:
    before, after = context.before(match), context.after(match)
    if context.published and value > context.published.year + NEWEST_AHEAD:
        return False
    if (value < OLDEST_BARE or value % 100 == 0) and before not in (
        "open",
        "p_seit",
        "p_um",
        "p_bis",
        "p_ab",
        "p_nach",
        "dash",
        "p_vor",
        "edge",
        "month",
        "season",
    ):
        return False
    if before in ("approx", "w_als", "p_je", "dec", "int", "n2", "x_label"):
        return False
    if after in ("unit1", "units", "uhr", "w_mal", "int", "dec", "year", "times"):
        return False
    start, end = match.tokens.spans[match.span[0]]
    if match.tokens.text[end : end + 2].strip()[:1] in ("%", "€", "$", "°"):
        return False
    span = context.doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span.text) > len("(2010)-"):
        return span is None or "-" in span.text or "/" in span.text
    token = span.root
    if before == "det" and value % 100 and OLDEST_BARE < value <= (context.published or date.today()).year + 1:
        return True  # "das 2016 geschlossene Abkommen"
    counts = token.dep_ == "nummod" and token.head.i > token.i and token.head.pos_ in ("NOUN", "SYM")
    return not (counts and token.head.i - token.i <= 3)


def decade(match: Match, context: Context, arg: str) -> Found | None:
    """1990er-Jahren, neunziger Jahre, Neunzigerjahre."""
    form, value = match.form("era") or "", match.value("era") or ""
    if form[0].isdigit():
        digits = form.removesuffix("er")
        if len(digits) < 4 and match.index("u") is None:
            return None
        value = digits[:3] if len(digits) == 4 else f"19{digits[0]}"
    elif match.index("u") is None and (form.islower() or _lacks_years(match, context)):
        return None
    return Found("DATE", value, edge=match.value("edge"))


def _lacks_years(match: Match, context: Context) -> bool:
    """Whether the rule wants "Jahre" after a word that may also mean people ("die Dreißiger")."""
    return match.rule.row.id == "decade.word" and match.group("era", context.grammar) == "decade_noun"


def century(match: Match, context: Context, arg: str) -> Found | None:
    """19. Jahrhundert, Anfang des 20. Jahrhunderts, vergangenen Jahrhundert."""
    if (ordinal := number(match, "ord")) is not None:
        value = int(ordinal) - 1
    elif context.published is None:
        return Found("DATE", None)
    else:
        value = context.published.year // 100 + (int(number(match, "rel") or 0))
    half = number(match, "half")
    edge = match.value("edge") or ({1: "start", 2: "end"}.get(int(half)) if half else None)
    return Found("DATE", f"{value:02}", edge=edge) if 0 < value < 30 else None


def season(match: Match, context: Context, arg: str) -> Found | None:
    """Sommer 2014, kommenden Frühjahr, Herbst vergangenen Jahres."""
    code = match.value("season") or ""
    given = number(match, "year")
    year = int(given) if given else None
    if year is None and has_year_words(match):
        if (year := shifted_year(match, context)) is None and context.published is not None:
            return None
    elif year is None and (rel := number(match, "rel")) is not None and context.published is not None:
        year = _season_year(code, int(rel), context.published)
    elif year is None:
        against = AGAINST_TENSE if context.way(match) == "present" else A_YEAR
        year = choose_year(match, context, lambda y: _days_of_season(code, y), against)
    if code == "WI" and given:
        low, high = f"{year}-12-01", calendar.month_end(int(given) + 1, 2).isoformat()
        return Found("DATE", f"{year}-WI", bounds=(low, high))
    return Found("DATE", f"{year or 'XXXX'}-{code}", edge=match.value("edge"))


def _days_of_season(code: str, year: int) -> tuple[date, date]:
    return calendar.days(f"{year}-{code}") or (date(year, 1, 1), date(year, 12, 31))


def _season_year(code: str, shift: int, today: date) -> int:
    spans = {y: calendar.days(f"{y}-{code}") for y in range(today.year - 2, today.year + 3)}
    if shift < 0:
        return max(y for y, span in spans.items() if span and span[1] < today)
    if shift > 0:
        return min(y for y, span in spans.items() if span and span[0] > today)
    return today.year


def part_of_year(match: Match, context: Context, arg: str) -> Found | None:
    """Dritten Quartal, zweiten Halbjahr 2014, ersten Jahreshälfte."""
    letter, many = ("Q", 4) if match.group("what", context.grammar) == "quarter" else ("H", 2)
    ordinal = number(match, "ord")
    today = context.published
    if ordinal is not None:
        n = int(ordinal)
        if not 1 <= n <= many:
            return None
        year = int(number(match, "year") or 0) or None
        if year is None and has_year_words(match):
            if (year := shifted_year(match, context)) is None and today is not None:
                return None
        elif year is None:
            year = choose_year(match, context, lambda y: calendar.days(f"{y}-{letter}{n}") or (date(y, 1, 1),) * 2)
        return Found("DATE", f"{year or 'XXXX'}-{letter}{n}", edge=match.value("edge"))
    if today is None:
        return Found("DATE", None)
    length = 12 // many
    index = today.year * many + (today.month - 1) // length + int(number(match, "rel") or 0)
    return Found("DATE", f"{index // many}-{letter}{index % many + 1}", edge=match.value("edge"))


def holiday(match: Match, context: Context, arg: str) -> Found | None:
    """Ostern, Heiligabend, Pfingsten 2014."""
    row = context.grammar.holidays[arg or match.value("h") or ""]
    given = number(match, "year")
    rel = number(match, "rel")
    today = context.published
    if given:
        year: int | None = int(given)
    elif rel and today is not None:
        days = [calendar.holiday_in(row, y) for y in range(today.year - 1, today.year + 2)]
        year = max(d for d in days if d < today).year if rel < 0 else min(d for d in days if d > today).year
    else:
        year = choose_year(match, context, lambda y: (calendar.holiday_in(row, y),) * 2)
    if year is None:
        return Found("DATE", f"XXXX-{row.day}" if row.day[0].isdigit() else None)
    return Found("DATE", calendar.holiday_in(row, year).isoformat())


def bc(match: Match, context: Context, arg: str) -> Found | None:
    """753 vor Christus."""
    return Found("DATE", f"BC{int(number(match, 'n') or 0):04}")
