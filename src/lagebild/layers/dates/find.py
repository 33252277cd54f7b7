"""The layer of dates: German time expressions become TIMEX3 values with the days they cover.

1. scan      the text becomes a string of word classes (``scan``)
2. rules     the rules of ``lexicon/de/dates_rules.tsv`` run over it, the longest match from the left wins
3. value     each rule's way computes type, value and bounds from the words, the day of publication, the dates told
             before and the tense of the clause (``points``, ``near``, ``relative``, ``lengths``)

A value that cannot be known (a relative expression without a day of publication) is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from spacy.tokens import Doc

from lagebild.layers.dates import lengths, near, points, relative
from lagebild.layers.dates.context import Context, Found
from lagebild.layers.dates.scan import Match, Scanner, Tokens, matches
from lagebild.layers.earlier import Earlier
from lagebild.records import Date, Evidence, Span
from lagebild.rules import calendar
from lagebild.rules.dates import DateGrammar
from lagebild.rules.lexicon import Lexicon

WAYS: dict[str, Callable[[Match, Context, str], Found | None]] = {
    "fulldate": points.fulldate,
    "month_day": points.month_day,
    "month": points.month,
    "year": points.year,
    "decade": points.decade,
    "century": points.century,
    "season": points.season,
    "part_of_year": points.part_of_year,
    "holiday": points.holiday,
    "bc": points.bc,
    "weekday": near.weekday,
    "deictic": near.deictic,
    "daypart": near.daypart,
    "clock": near.clock,
    "week": near.week,
    "weekend": near.weekend,
    "unit": relative.unit,
    "edge_unit": relative.edge_unit,
    "shift": relative.shift,
    "ref": relative.ref,
    "since": relative.since,
    "ago": lengths.ago,
    "duration": lengths.duration,
    "span": lengths.span,
    "adjective": lengths.adjective,
    "fixed": lengths.fixed,
    "set_unit": lengths.set_unit,
    "set_weekday": lengths.set_weekday,
}
FIRST_YEAR, LAST_YEAR = 1500, 2200
DAY_MARKS = ("weekday", "weekday_part", "uhr")


def scanner_of(lexicon: Lexicon) -> Scanner:
    """Return the scanner of this lexicon; use it through ``lexicon.derived(scanner_of)``."""
    return Scanner(lexicon.derived(DateGrammar))


def find_dates(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Date]:
    """Yield the time expressions of the article, in text order; they never overlap."""
    scanner: Scanner = lexicon.derived(scanner_of)
    tokens = scanner.scan(earlier.article.text)
    grammar = scanner.grammar
    context = Context(doc, grammar, _published(earlier), _marks(tokens, grammar), len(tokens.text))
    done = 0
    for match in matches(grammar, tokens):
        first, last = match.span
        if first < done or _is_compound(tokens, first):
            continue
        found = WAYS[match.rule.row.way](match, context, match.rule.row.arg)
        if found is None:
            continue
        done = last
        start, end = _offsets(match)
        context.remember(start, found)
        yield _record(tokens.text, start, end, match, found)


def _published(earlier: Earlier) -> date | None:
    """Return the day of publication; a day no page can have come out on counts as unknown."""
    day = earlier.article.published_day
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _is_compound(tokens: Tokens, first: int) -> bool:
    """Whether the word is the tail of a hyphenated word ("Herz-Jesu-Sonntag")."""
    start = tokens.spans[first][0]
    return (
        start > 1
        and tokens.text[start - 1] == "-"
        and tokens.text[start - 2].isalpha()
        and tokens.text[start].isalpha()
    )


def _marks(tokens: Tokens, grammar: DateGrammar) -> list[int]:
    """Return where the text names days near publication: weekdays, clock times, "gestern"."""
    marks = {grammar.char[name] for name in DAY_MARKS}
    day = grammar.char["deictic"]
    return [
        tokens.spans[i][0]
        for i, char in enumerate(tokens.classes)
        if char in marks or (char == day and tokens.infos[i].value != "0")
    ]


def _offsets(match: Match) -> tuple[int, int]:
    first, last = match.span
    return match.tokens.spans[first][0], match.tokens.spans[last - 1][1]


def _record(text: str, start: int, end: int, match: Match, found: Found) -> Date:
    span = Span(start, end, text[start:end])
    earliest, latest = found.earliest_latest
    evidence: tuple[Any, ...] = (Evidence(field="date", rule=match.rule.row.id, cue=span),)
    return Date(
        span=span,
        type=found.type,
        value=found.value,
        earliest=earliest,
        latest=latest,
        precision=calendar.precision(found.value),
        evidence=evidence,
    )
