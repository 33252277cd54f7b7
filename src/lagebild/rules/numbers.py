"""German number words: cardinals of any length, ordinals, figures as German writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lagebild.rules.lexicon import Lexicon

TABLE = "de/numbers.tsv"
Kind = Literal[
    "unit",
    "teen",
    "ten",
    "hundred",
    "thousand",
    "and",
    "fixed",
    "ordinal",
    "multiplier",
    "plural",
    "ending",
    "ordinal_low",
    "ordinal_high",
]
LAST_LOW_ORDINAL = 19
_FIGURE = re.compile(r"\d{1,3}(?:[.\u00a0\u202f' ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class NumberWord:
    """One row: a word, its value and how it takes part in longer words."""

    word: str
    value: float
    kind: Kind


class Numbers:
    """Reads number words. Results are kept, since the same few words come again and again."""

    def __init__(self, rows: tuple[NumberWord, ...]):
        by_kind: dict[str, dict[str, float]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, {})[row.word] = row.value
        self._units, self._fixed = by_kind["unit"], by_kind["fixed"]
        self._simple = by_kind["unit"] | by_kind["teen"] | by_kind["ten"]
        self._tens = by_kind["ten"]
        (self._hundred,), (self._thousand,), (self._and,) = (by_kind[k] for k in ("hundred", "thousand", "and"))
        self._ordinals = by_kind["ordinal"]
        self._endings = sorted(by_kind["ending"], key=len, reverse=True)
        (self._low,), (self._high,) = by_kind["ordinal_low"], by_kind["ordinal_high"]
        self.multipliers = by_kind["multiplier"]
        self.plurals = by_kind["plural"]
        self._cardinals: dict[str, float | None] = {}

    def cardinal(self, word: str) -> float | None:
        """Return the value of a number word in lower case, or None."""
        if word not in self._cardinals:
            if len(self._cardinals) > 50_000:
                self._cardinals.clear()
            self._cardinals[word] = self._fixed.get(word, self._below(word, 1_000_000))
        return self._cardinals[word]

    def _below(self, word: str, limit: int) -> float | None:
        if word in self._simple:
            return self._simple[word]
        for name, size in ((self._thousand, 1000), (self._hundred, 100)):
            if size < limit and name in word:
                left, _, right = word.partition(name)
                count = self._below(left, size) if left else 1
                rest = self._below(right.removeprefix(self._and), size) if right else 0
                return None if count is None or rest is None else count * size + rest
        unit, joined, ten = word.partition(self._and)
        while joined and not (unit in self._units and ten in self._tens):
            more, joined, ten = ten.partition(self._and)
            unit += self._and + more
        return self._units[unit] + self._tens[ten] if joined else None

    def ordinal(self, word: str) -> int | None:
        """Return the number of an inflected ordinal in lower case, or None."""
        for ending in self._endings:
            if word.endswith(ending) and (value := self._ordinal_stem(word[: -len(ending)])) is not None:
                return value
        return None

    def _ordinal_stem(self, stem: str) -> int | None:
        if stem in self._ordinals:
            return int(self._ordinals[stem])
        for ending, low in ((self._high, False), (self._low, True)):
            if stem.endswith(ending):
                value = self._below(stem[: -len(ending)], 1_000_000)
                if value is not None and value >= 2 and (2 <= value % 100 <= LAST_LOW_ORDINAL) == low:
                    return int(value)
        return None


def numbers_of(lexicon: Lexicon) -> Numbers:
    """Return the number reader of this lexicon; use it through ``lexicon.derived(numbers_of)``."""
    return Numbers(lexicon.rows(TABLE, NumberWord))


def figure(text: str) -> float | None:
    """Return the value of a figure in German form (``17.600``, ``3,5``, ``1 200 000``), or None."""
    if not _FIGURE.fullmatch(text):
        return None
    return float(re.sub(r"[.\u00a0\u202f' ]", "", text).replace(",", "."))
