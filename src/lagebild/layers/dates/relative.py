"""Units seen from publication or from a date told: "kommender Woche", "Vorjahr", "zwei Tage später", "damals"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from lagebild.layers.dates.context import FAR, NEAR, Context, Found
from lagebild.layers.dates.near import base_day, now, offset_of
from lagebild.layers.dates.points import choose_year, number
from lagebild.layers.dates.scan import Match
from lagebild.rules import calendar

OF_DAY = ("TS", "TM", "TH")
MONTH_OF = {"start": "01", "end": "12"}


def unit_value(unit: str, anchor: date, shift: int) -> str | None:
    """Return the value of the unit that holds ``anchor``, ``shift`` units on; None for a unit of less than a day."""
    if unit == "D":
        return (anchor + timedelta(days=shift)).isoformat()
    if unit == "W":
        return calendar.week_of(anchor + timedelta(weeks=shift))
    if unit == "M":
        return calendar.add_months(anchor.replace(day=1), shift).isoformat()[:7]
    if unit == "Y":
        return f"{anchor.year + shift:04}"
    if unit == "Q":
        index = anchor.year * 4 + (anchor.month - 1) // 3 + shift
        return f"{index // 4}-Q{index % 4 + 1}"
    if unit == "H":
        index = anchor.year * 2 + (anchor.month - 1) // 6 + shift
        return f"{index // 2}-H{index % 2 + 1}"
    if unit == "DE":
        return f"{anchor.year // 10 + shift}"
    if unit in ("CE", "ML"):
        return f"{anchor.year // 100 + shift * (10 if unit == 'ML' else 1):02}"
    return None


def unit(match: Match, context: Context, arg: str) -> Found | None:
    """Kommender Woche, diesem Jahr, nächsten Tag, Ende des Jahres, Vorjahr, heuer."""
    if (compound := match.value("ur")) is not None:
        name, _, by = compound.partition(":")
        return _unit(name, int(by), _neighbour(name, match, context), None)
    name, rel = match.value("u") or "", match.value("rel")
    group = match.group("rel", context.grammar)
    if name in OF_DAY or (name == "D" and (group == "rel_past" or rel is None)):
        return None
    if rel is None:
        return _unit(name, 0, _edge_anchor(name, match, context), match.value("edge"))
    told = context.told_span(offset_of(match))
    if group in ("rel_same", "rel_jen", "rel_after", "rel_before") or (
        name == "D" and group in ("rel_this", "rel_next")
    ):
        anchor = told[0] if told else None
        if name == "D":
            anchor = context.told_day(offset_of(match), within=4 * NEAR) or (
                context.published if group != "rel_jen" else None
            )
        shift = 0 if rel == "same" else int(rel)
        return _unit(name, shift, anchor, match.value("edge"))
    return _unit(name, int(rel), context.published, match.value("edge"))


def _neighbour(name: str, match: Match, context: Context) -> date | None:
    """ "Vormonat" is the one before the month told just now, else before publication."""
    told = context.told_span(offset_of(match), within=NEAR)
    length = {"M": 31, "Q": 92, "W": 7}.get(name, 0)
    if told and (told[1] - told[0]).days < length and (told[1] - told[0]).days > 1:
        return told[0]
    return context.published


def _edge_anchor(name: str, match: Match, context: Context) -> date | None:
    year = context.past_year(offset_of(match), within=NEAR)
    if name == "Y" and year is not None and context.tense(match) == "past":
        return date(year, 1, 1)
    return context.published


def _unit(name: str, shift: int, anchor: date | None, edge: str | None) -> Found | None:
    if anchor is None:
        return Found("DATE", None)
    value = unit_value(name, anchor, shift)
    return None if value is None else Found("DATE", value, edge=edge)


def edge_unit(match: Match, context: Context, arg: str) -> Found | None:
    """Jahresende, Monatsanfang, Wochenbeginn, Jahreswechsel."""
    name, _, edge = (match.value("eu") or "").partition(":")
    given, today = number(match, "year"), context.published
    if not name:
        year = int(given) if given else choose_year(match, context, lambda y: (date(y, 12, 31),) * 2)
        if year is None:
            return Found("DATE", "XXXX-12-31")
        return Found("DATE", f"{year}-12-31", bounds=(f"{year}-12-24", f"{year + 1}-01-07"))
    if given and name == "Y":
        return _edge_of_year(int(given), edge)
    if match.index("uy") is not None and match.value("uy") != name:
        return None
    rel = match.value("rel")
    shift = 0 if rel in (None, "same") else int(rel or 0)
    if name == "Y" and today is not None:
        return _edge_of_year(today.year + shift, edge)
    return _unit(name, shift, today, edge)


def _edge_of_year(year: int, edge: str) -> Found:
    """ "Jahresende" is a month; "Ende 2013" may be more, and "Jahresmitte" is."""
    if edge in MONTH_OF:
        return Found("DATE", f"{year:04}-{MONTH_OF[edge]}")
    return Found("DATE", f"{year:04}", edge=edge)


def shift(match: Match, context: Context, arg: str) -> Found | None:
    """Zwei Tage später, Jahre zuvor, Tag darauf, Vortag."""
    if (compound := match.value("v")) is not None:
        name, _, by = compound.partition(":")
        return _forget(_unit(name, int(by), base_day(match, context, within=FAR), None))
    name = match.value("u") or match.value("units") or ""
    if name in OF_DAY:
        return Found("TIME", None)
    count = 1.0 if match.index("n") is None and match.index("units") is None else number(match, "n")
    if match.index("halb") is not None:
        name, count = ("M", 6.0) if name == "Y" else (name, None)
    told = context.told_span(offset_of(match))
    if name == "D" and told is None and count == 1 and match.value("s") == "-1" and context.published:
        told = (context.published, context.published)
    if count is None or told is None:
        return Found("DATE", None)
    if name == "D" and told[0] != told[1]:
        return Found("DATE", None)
    steps = round(count) * int(match.value("s") or 1)
    found = _unit(name, steps, told[0], None)
    return _forget(found) if steps < 0 else found


def _forget(found: Found | None) -> Found | None:
    """A look back ("am Vortag") does not move the story's own day."""
    return None if found is None else replace(found, told=False)


def ref(match: Match, context: Context, arg: str) -> Found | None:
    """Derzeit, damals, künftig, früher."""
    value = arg or match.value("r") or ""
    if value == "PRESENT_REF":
        return now(context)
    today = context.published.isoformat() if context.published else None
    if value == "FUTURE_REF":
        return Found("DATE", value, bounds=(today, None), told=False)
    told = context.told_span(offset_of(match))
    if told and context.published and told[1] < context.published and match.value("r"):
        return Found("DATE", value, bounds=(told[0].isoformat(), told[1].isoformat()), told=False)
    return Found("DATE", value, bounds=(None, today), told=False)


def since(match: Match, context: Context, arg: str) -> Found | None:
    """Seither, seitdem: from the date told last until publication."""
    word = context.doc.char_span(*match.tokens.spans[match.span[0]], alignment_mode="expand")
    if word is not None and word[0].pos_ == "SCONJ":
        return None
    told = context.told_span(offset_of(match))
    today = context.published.isoformat() if context.published else None
    return Found("DATE", None, bounds=(told[0].isoformat() if told else None, today), told=False)
