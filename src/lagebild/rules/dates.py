"""Rows of the date tables, and the small pattern language of the date rules.

A rule's pattern is a regular expression over word classes instead of letters: each class name (the ``group`` column of
``dates_words.tsv`` and the names in ``SHAPES``) stands for one token. ``name=class`` keeps the token under a name,
``[[ ... ]]`` marks the span where it is not the whole match. ``dates_macros.tsv`` names parts of patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from lagebild.rules.first import first_characters
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.numbers import TABLE as NUMBERS
from lagebild.rules.numbers import Numbers, NumberWord, numbers_of
from lagebild.rules.table import LexiconError, Problem

WORDS, RULES, MACROS, HOLIDAYS = (f"de/dates_{name}.tsv" for name in ("words", "rules", "macros", "holidays"))
_NAME = re.compile(r"(?<![<\w])[a-z]\w*(?![\w>])")
_DEPTH = 4  # macros within macros
LEMMAS = "lemma_"  # groups of lemmas, looked up in the parse and not in the text
SHAPES = {
    "any": "a word of no other class, small",
    "cap": "a word of no other class, with a capital",
    "nl": "line break",
    "d2": "figure 1 to 31",
    "n2": "other figure of one or two digits",
    "year": "four digits, 1000 to 2099",
    "int": "other whole number",
    "dec": "decimal fraction",
    "clock": "20.15 or 20:15",
    "daymonth": "24.12 that is no clock time",
    "fulldate": "24.12.2014",
    "era": "90er, 1990er",
    "numw": "number word",
    "ordw": "ordinal word",
    "dur_adj": "zweitägig",
    "dur_suffix": "the adjective in 45-minütig",
    "holiday": "name of a day",
    "dot": ".",
    "comma": ",",
    "dash": "-",
    "slash": "/",
    "open": "(",
    "close": ")",
    "mark": "other sign",
}
_WEAK = """d2 n2 int dec numw ordw dot comma dash slash daymonth det det_poss approx vague beide ganz all adj_part warm
zahlwort_gross times person age rel_past rel_next rel_this rel_same rel_jen rel_after rel_before haelfte"""
Way = Literal[
    "fulldate", "month_day", "month", "year", "decade", "century", "season", "part_of_year", "weekday", "deictic",
    "daypart", "clock", "week", "weekend", "unit", "edge_unit", "shift", "ago", "duration", "span", "adjective", "fixed",
    "set_unit", "set_weekday", "ref", "holiday", "same", "bc", "since", "vague_day", "none",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWord:
    """Words of one class with one value. ``word~`` stands for the word with each adjective ending."""

    group: str
    words: tuple[str, ...]
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRule:
    """One rule: ``way`` names how the value is computed, ``arg`` is passed on to that way."""

    id: str
    way: Way
    pattern: str
    arg: str = ""
    example: str
    counter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A named part of patterns; it may use macros above it."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A named day: ``day`` is MM-DD, ``easter+N`` or ``advent+N``; ``kind`` says whether the name needs a preposition."""

    id: str
    names: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Info:
    """What the grammar knows of a word: its class, as one character, and its value."""

    char: str
    value: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to match over the string of class characters."""

    row: DateRule
    regex: re.Pattern[str]
    order: int


class DateGrammar:
    """The date tables, compiled; make it through ``lexicon.derived(DateGrammar)``."""

    def __init__(self, lexicon: Lexicon):
        words = lexicon.rows(WORDS, DateWord)
        self.numbers: Numbers = lexicon.derived(numbers_of)
        self.endings = [row.word for row in lexicon.rows(NUMBERS, NumberWord) if row.kind == "ending"]
        self.holidays = {row.id: row for row in lexicon.rows(HOLIDAYS, Holiday)}
        groups = [*SHAPES, *dict.fromkeys(row.group for row in words)]
        self.char = {name: chr(0x4E00 + n) for n, name in enumerate(dict.fromkeys(groups))}
        self.name = {char: name for name, char in self.char.items()}
        self._stems = {row.words[0]: row.value for row in words if row.group == "dur_stem"}
        self.words: dict[str, frozenset[str]] = {}
        for row in words:
            self.words[row.group] = self.words.get(row.group, frozenset()) | frozenset(row.words)
        self._known = self._dictionary(words)
        self._macros = {row.name: row.pattern for row in lexicon.rows(MACROS, Macro)}
        self.rules = [CompiledRule(row, self._compile(row), n) for n, row in enumerate(lexicon.rows(RULES, DateRule))]
        self.starting: dict[str, list[CompiledRule]] = {}
        for rule in self.rules:
            for char in first_characters(rule.regex.pattern):
                self.starting.setdefault(char, []).append(rule)
        filler = "".join(self.char[name] for name in ("any", "cap", "nl", "mark", "open", "close"))
        weak = "".join(self.char[name] for name in self._weak())
        core = "".join(char for char in self.char.values() if char not in filler + weak)
        self.island = re.compile(f"[^{filler}]*[{core}][^{filler}]*")

    def _weak(self) -> list[str]:
        """Classes that alone never start a search: function words, figures, signs."""
        return [*_WEAK.split(), *(name for name in self.char if name.startswith(("p_", "w_", "x_")))]

    def _dictionary(self, words: tuple[DateWord, ...]) -> dict[str, Info]:
        known: dict[str, Info] = {}
        for row in words:
            if row.group.startswith(LEMMAS):
                continue
            info = Info(self.char[row.group], row.value)
            for word in row.words:
                for form in [word] if not word.endswith("~") else [word[:-1] + end for end in ("", *self.endings)]:
                    self._add(known, form, info)
        for holiday in self.holidays.values():
            for name in holiday.names:
                self._add(known, name, Info(self.char["holiday"], holiday.id))
        return known

    def _add(self, known: dict[str, Info], form: str, info: Info) -> None:
        if (old := known.setdefault(form, info)).char != info.char:
            both = f"{self.name[old.char]} and {self.name[info.char]}"
            raise LexiconError([Problem(Path(WORDS), 0, f"{form!r} stands in two groups: {both}")])

    def _compile(self, row: DateRule) -> re.Pattern[str]:
        pattern = re.sub(r"([a-z]\w*)=([a-z]\w*)", r"(?P<\1>\2)", row.pattern)
        pattern = re.sub(r"([a-z]\w*)=\(", r"(?P<\1>", pattern)
        pattern = pattern.replace("[[", "(?P<span>").replace("]]", ")")
        try:
            for _ in range(_DEPTH):
                pattern = _NAME.sub(lambda m: self._macro(m[0]), pattern)
            pattern = _NAME.sub(lambda m: self.char[m[0]], pattern)
            return re.compile(re.sub(r"\s+", "", pattern))
        except (KeyError, re.error) as error:
            raise LexiconError([Problem(Path(RULES), 0, f"rule {row.id!r}: {error}")]) from error

    def _macro(self, name: str) -> str:
        return f"(?:{self._macros[name]})" if name in self._macros else name

    def info(self, form: str) -> Info:
        """Classify a word that is not in the cache. The caller keeps the answer."""
        known = self._known.get(form)
        if known is None and not form.islower():
            known = self._known.get(form.lower())
        if known is not None:
            return known
        lower = form.lower()
        if (number := self.numbers.cardinal(lower)) is not None:
            return Info(self.char["numw"], number=number)
        if (ordinal := self.numbers.ordinal(lower)) is not None:
            return Info(self.char["ordw"], number=ordinal)
        if (adjective := self._duration_adjective(lower)) is not None and form.islower():
            return adjective
        return Info(self.char["cap" if form[0].isupper() else "any"])

    def _duration_adjective(self, word: str) -> Info | None:
        for stem, unit in self._stems.items():
            before, found, ending = word.rpartition(stem)
            if found and (not ending or ending in self.endings):
                if not before:
                    return Info(self.char["dur_suffix"], unit)
                number = self.numbers.cardinal(before)
                return None if number is None else Info(self.char["dur_adj"], unit, number)
        return None


def first_sunday_in_advent(year: int) -> date:
    """Return the fourth Sunday before Christmas Day."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=christmas.isoweekday() + 21)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of 1876, Nature 13, 487)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + weekday - 7 * ((a + 11 * h + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)
