"""The layer of quantities: how many or how much of what.

1. figures   figure phrases with their bounds (``figures``)
2. counted   the noun they count, and the verb that says what happened to it (``counted``)
3. lengths   durations come from the time expressions found before
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of, tokens_of
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
    dated: dict[int, Date] = {}
    for date in earlier.dates:
        dated |= dict.fromkeys(tokens_of(doc, date.span), date)
    found: list[Quantity] = []
    for phrase in figures.find(doc):
        if found and doc[phrase.start].idx < found[-1].span.end:
            continue
        if (quantity := _quantity(doc, phrase, dated, figures.tables, _last(doc, phrase, found))) is not None:
            found.append(quantity)
    found += [q for date in earlier.dates if (q := _duration(doc, date, figures)) is not None]
    yield from sorted(found, key=lambda q: q.span.start)


def _quantity(
    doc: Doc, phrase: Phrase, dated: dict[int, Date], tables: QuantityTables, last: Quantity | None
) -> Quantity | None:
    if phrase.kind == "age":
        return _age(doc, phrase)
    if any(index in dated for index in range(phrase.start, phrase.end)):
        return _age_in_words(doc, phrase)
    if _is_label(doc, phrase, tables):
        return _age_in_brackets(doc, phrase, tables)
    what = counted(doc, phrase, tables, last)
    if what is None:
        return None
    if phrase.kind in ("one", "none", "nobody") and what.what not in HUMAN and not _is_single(doc, phrase, tables):
        return None
    if phrase.kind == "several" and what.what not in HUMAN and what.what not in MEASURES:
        return None
    if what.what == "other" and what.unit in ("Jahr", "Lebensjahr"):
        return _age_in_words(doc, phrase)
    cue = span_of(what.cue) if what.cue is not None else None
    return Quantity(
        span=_span(doc, phrase.start, what.end),
        what=what.what,
        low=phrase.low,
        high=phrase.high,
        approximate=phrase.approximate,
        unit=what.unit,
        evidence=(Evidence(field="what", rule=what.rule or f"noun.{what.what}", cue=cue),),
    )


def _span(doc: Doc, start: int, end: int) -> Span:
    """Return the span of some tokens, without the full stop that is part of a last figure ("12.000.")."""
    span = span_of(doc[start:end])
    last = doc[end - 1].text
    if len(last) > 1 and last[-1] == "." and last[-2].isdigit():
        return Span(span.start, span.end - 1, span.quote[:-1])
    return span


def _last(doc: Doc, phrase: Phrase, found: list[Quantity]) -> Quantity | None:
    """Return the last people or measure counted, within a sentence or two."""
    start = doc[phrase.start].idx
    for quantity in reversed(found):
        if start - quantity.span.end > NEAR:
            return None
        if quantity.what in HUMAN or quantity.what in MEASURES or quantity.what in CROWD:
            return quantity
    return None


def _is_single(doc: Doc, phrase: Phrase, tables: QuantityTables) -> bool:
    """Whether "einzig" makes the article a count ("keine einzige Rakete")."""
    return phrase.end < len(doc) and doc[phrase.end].lower_ in tables.words("single")


def _is_label(doc: Doc, phrase: Phrase, tables: QuantityTables) -> bool:
    """Whether the figure names something (Artikel 5), belongs to a score, or is a number in brackets."""
    before = doc[phrase.start - 1].text if phrase.start else ""
    after = doc[phrase.end].text if phrase.end < len(doc) else ""
    if before in tables.words("not_before") or after in tables.words("not_after"):
        return True
    if after in (":", "/") and phrase.end + 1 < len(doc) and doc[phrase.end + 1].text[:1].isdigit():
        return True
    if before in (":", "/") and phrase.start > 1 and doc[phrase.start - 2].text[-1:].isdigit():
        return True
    return before == "(" and after == ")"


def _age(doc: Doc, phrase: Phrase) -> Quantity:
    return Quantity(
        span=span_of(doc[phrase.start : phrase.end]),
        what="age",
        low=phrase.low,
        high=phrase.high,
        unit="year",
        evidence=(Evidence(field="what", rule="quantity.age", cue=span_of(doc[phrase.start : phrase.end])),),
    )


def _age_in_words(doc: Doc, phrase: Phrase) -> Quantity | None:
    words = doc[phrase.end : phrase.end + 2].text.split()
    grown = len(words) == 2 and words[0].startswith("Jahr") and words[1] in ("alt", "alte", "alter", "alten", "altes")
    before = doc[max(phrase.start - 2, 0) : phrase.start].text
    if not grown and not (before == "Alter von" and words[:1] == ["Jahren"]):
        return None
    age = _age(doc, Phrase(phrase.start, phrase.end + (2 if grown else 1), phrase.low, phrase.high))
    return age if phrase.low is None or phrase.low <= OLDEST else None


def _age_in_brackets(doc: Doc, phrase: Phrase, tables: QuantityTables) -> Quantity | None:
    if phrase.start < 2 or doc[phrase.start - 1].text != "(":
        return None
    before = doc[phrase.start - 2]
    row = tables.noun(before.lemma_, before.text)
    person = before.ent_type_ == "PER" or (row is not None and row.kind == "person")
    return _age(doc, phrase) if person and phrase.low is not None and 1 < phrase.low <= OLDEST else None


def _duration(doc: Doc, date: Date, figures: Figures) -> Quantity | None:
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
