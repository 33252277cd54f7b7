"""The layer of quantities: how many or how much of what.

1. figures   figure phrases with their bounds (``figures``)
2. counted   the noun they count, and the verb that says what happened to it (``counted``)
3. lengths   durations come from the time expressions found before
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.columns import Columns, columns_of
from lagebild.layers.earlier import Earlier
from lagebild.layers.quantities.counted import MEASURES, counted
from lagebild.layers.quantities.figures import Figures, Phrase, figures_of
from lagebild.records import Date, Evidence, Quantity, Span
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.quantities import QuantityTables

HUMAN = frozenset(
    "killed injured missing arrested hostages released displaced deported convicted rescued protesters".split()
)
UNITS = {
    "TS": "second",
    "TM": "minute",
    "TH": "hour",
    "D": "day",
    "W": "week",
    "WE": "weekend",
    "M": "month",
    "Y": "year",
} | {
    "DE": "decade",
    "CE": "century",
}
CROWD = frozenset(("people", "troops", "police", "deputies", "detained"))
OLDEST = 120
NEAR = 200  # characters
_PERIOD = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_POINTS = ("ago.", "in.")


def find_quantities(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Quantity]:
    """Yield the quantities of the article, in text order; dates, scores, numbers of articles and the like are none."""
    figures: Figures = lexicon.derived(figures_of)
    columns = columns_of(doc)
    dated: dict[int, Date] = {}
    for date in earlier.dates:
        dated |= dict.fromkeys(columns.tokens(date.span), date)
    found: list[Quantity] = []
    for phrase in figures.find(columns):
        if found and columns.idx[phrase.start] < found[-1].span.end:
            continue
        if (quantity := _quantity(columns, phrase, dated, figures.tables, _last(columns, phrase, found))) is not None:
            found.append(quantity)
    found += [q for date in earlier.dates if (q := _duration(date, figures)) is not None]
    yield from sorted(found, key=lambda q: q.span.start)


def _quantity(
    columns: Columns, phrase: Phrase, dated: dict[int, Date], tables: QuantityTables, last: Quantity | None
) -> Quantity | None:
    if phrase.kind == "age":
        return _age(columns, phrase)
    if any(index in dated for index in range(phrase.start, phrase.end)):
        return _age_in_words(columns, phrase)
    if _is_label(columns, phrase, tables):
        return _age_in_brackets(columns, phrase, tables)
    what = counted(columns, phrase, tables, last)
    if what is None:
        return None
    if phrase.kind in ("one", "none", "nobody") and what.what not in HUMAN and not _is_single(columns, phrase, tables):
        return None
    if phrase.kind == "several" and what.what not in HUMAN and what.what not in MEASURES:
        return None
    if what.what == "other" and what.unit in ("Jahr", "Lebensjahr"):
        return _age_in_words(columns, phrase)
    cue = columns.span(what.cue, what.cue + 1) if what.cue is not None else None
    return Quantity(
        span=_span(columns, phrase.start, what.end),
        what=what.what,
        low=phrase.low,
        high=phrase.high,
        approximate=phrase.approximate,
        unit=what.unit,
        evidence=(Evidence(field="what", rule=what.rule or f"noun.{what.what}", cue=cue),),
    )


def _span(columns: Columns, start: int, end: int) -> Span:
    """Return the span of some tokens, without the full stop that is part of a last figure ("12.000.")."""
    span = columns.span(start, end)
    last = columns.text[end - 1]
    if len(last) > 1 and last[-1] == "." and last[-2].isdigit():
        return Span(span.start, span.end - 1, span.quote[:-1])
    return span


def _last(columns: Columns, phrase: Phrase, found: list[Quantity]) -> Quantity | None:
    """Return the last people or measure counted, within a sentence or two."""
    start = columns.idx[phrase.start]
    for quantity in reversed(found):
        if start - quantity.span.end > NEAR:
            return None
        if quantity.what in HUMAN or quantity.what in MEASURES or quantity.what in CROWD:
            return quantity
    return None


def _is_single(columns: Columns, phrase: Phrase, tables: QuantityTables) -> bool:
    """Whether "einzig" makes the article a count ("keine einzige Rakete")."""
    return phrase.end < columns.size and columns.lower[phrase.end] in tables.words("single")


def _is_label(columns: Columns, phrase: Phrase, tables: QuantityTables) -> bool:
    """Whether the figure names something (Artikel 5), belongs to a score, or is a number in brackets."""
    text = columns.text
    before = text[phrase.start - 1] if phrase.start else ""
    after = text[phrase.end] if phrase.end < columns.size else ""
    if before in tables.words("not_before") or after in tables.words("not_after"):
        return True
    if after in (":", "/") and phrase.end + 1 < columns.size and text[phrase.end + 1][:1].isdigit():
        return True
    if before in (":", "/") and phrase.start > 1 and text[phrase.start - 2][-1:].isdigit():
        return True
    return before == "(" and after == ")"


def _age(columns: Columns, phrase: Phrase) -> Quantity:
    return Quantity(
        span=columns.span(phrase.start, phrase.end),
        what="age",
        low=phrase.low,
        high=phrase.high,
        unit="year",
        evidence=(Evidence(field="what", rule="quantity.age", cue=columns.span(phrase.start, phrase.end)),),
    )


def _age_in_words(columns: Columns, phrase: Phrase) -> Quantity | None:
    words = columns.quote(phrase.end, min(phrase.end + 2, columns.size)).split()
    grown = len(words) == 2 and words[0].startswith("Jahr") and words[1] in ("alt", "alte", "alter", "alten", "altes")
    before = columns.quote(max(phrase.start - 2, 0), phrase.start)
    if not grown and not (before == "Alter von" and words[:1] == ["Jahren"]):
        return None
    age = _age(columns, Phrase(phrase.start, phrase.end + (2 if grown else 1), phrase.low, phrase.high))
    return age if phrase.low is None or phrase.low <= OLDEST else None


def _age_in_brackets(columns: Columns, phrase: Phrase, tables: QuantityTables) -> Quantity | None:
    if phrase.start < 2 or columns.text[phrase.start - 1] != "(":
        return None
    before = phrase.start - 2
    row = tables.noun(columns.lemma[before], columns.text[before])
    person = columns.entity[before] == "PER" or (row is not None and row.kind == "person")
    return _age(columns, phrase) if person and phrase.low is not None and 1 < phrase.low <= OLDEST else None


def _duration(date: Date, figures: Figures) -> Quantity | None:
    rule = date.evidence[0].rule
    period = _PERIOD.fullmatch(date.value or "") if date.type == "DURATION" else None
    if period is None or rule.startswith(_POINTS):
        return None
    value = float(period[2])
    low, high, about = value, value, False
    words = date.span.quote.lower().split()
    for length in (3, 2, 1):
        bound = figures.tables.bound(" ".join(words[:length]))
        if bound in ("low", "high", "about"):
            about = bound == "about"
            return _duration_record(
                date, None if bound == "high" else low, None if bound == "low" else high, about, period
            )
    return _duration_record(date, low, high, about, period)


def _duration_record(date: Date, low: float | None, high: float | None, about: bool, period: re.Match[str]) -> Quantity:
    evidence = (Evidence(field="what", rule="quantity.duration", cue=date.span),)
    unit = UNITS.get(period[1] + period[3])
    return Quantity(
        span=date.span, what="duration", low=low, high=high, approximate=about, unit=unit, evidence=evidence
    )
