"""Figure phrases: "mindestens zwei Dutzend", "3,5 Mio.", "zwischen 20 und 30", "Hunderte"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lagebild.layers.columns import Columns
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.numbers import Numbers, figure, numbers_of
from lagebild.rules.quantities import LONGEST_PHRASE, Bound, QuantityTables

AGE = re.compile(r"(\d{1,3})-[jJ]ährige?[nrsm]?")
PLAIN: tuple[Bound, ...] = ("several", "many", "none", "nobody", "half")
SMALLEST_NO_ORDINAL = 200.0
SEVERAL = 2.0  # "Hunderte" are at least two hundred
_LEADING_ZERO = re.compile(r"0\d")
_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Piece:
    """What one token means in a figure phrase."""

    kind: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``start`` to ``end`` (exclusive) with the bounds they give; ``one`` for the bare article."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    kind: str = "figure"


@dataclass(slots=True)
class Figures:
    """Finds figure phrases; keeps what it learnt about each word form."""

    tables: QuantityTables
    numbers: Numbers
    known: dict[str, Piece | None] = field(default_factory=dict)

    def find(self, columns: Columns) -> list[Phrase]:
        """Return the figure phrases of a text, in order, without overlap."""
        if len(self.known) > _CACHE_LIMIT:
            self.known.clear()
        known, found, done = self.known, [], 0
        for form in set(columns.text).difference(known):
            known[form] = self._piece(form)
        for index, piece in [(i, piece) for i, form in enumerate(columns.text) if (piece := known[form]) is not None]:
            if index < done:
                continue
            phrase = self._phrase(columns, index, piece)
            if phrase is not None:
                found.append(phrase)
                done = phrase.end
        return found

    def _piece(self, form: str) -> Piece | None:
        bare = form.rstrip(".") if form[-1:] == "." and form[0].isalpha() else form
        if (value := figure(form)) is not None and not _LEADING_ZERO.match(form):
            return Piece("figure", value)
        if form[-1:] == "." and (value := figure(form[:-1])) is not None and not _LEADING_ZERO.match(form):
            return Piece("full stop", value)
        if age := AGE.fullmatch(form):
            return Piece("age", float(age[1]))
        if bare in self.numbers.multipliers:
            return Piece("multiplier", self.numbers.multipliers[bare])
        for word in (form, form.capitalize()):
            if word in self.numbers.plurals:
                return Piece("plural", self.numbers.plurals[word])
        lower = form.lower()
        for kind in PLAIN:
            if lower in self.tables.words(kind):
                return Piece(kind)
        value = self.numbers.cardinal(lower) if form.isalpha() else None
        if value is None:
            return None
        return Piece("one" if value == 1 and lower != "eins" else "figure", value)

    def _at(self, columns: Columns, index: int) -> Piece | None:
        return self.known[columns.text[index]] if 0 <= index < columns.size else None

    def _phrase(self, columns: Columns, index: int, piece: Piece) -> Phrase | None:
        if piece.kind == "age":
            return Phrase(index, index + 1, piece.value, piece.value, kind="age")
        if piece.kind in ("none", "nobody"):
            return Phrase(index, index + 1, 0.0, 0.0, kind=piece.kind)
        if piece.kind == "full stop":
            if not _ends_sentence(columns, index, piece.value):
                return None
            piece = Piece("figure", piece.value)
        core = self._core(columns, index, piece)
        if core is None:
            return None
        return self._bounded(columns, self._ranged(columns, core))

    def _core(self, columns: Columns, index: int, piece: Piece) -> Phrase | None:
        end, value, kind = index + 1, piece.value, piece.kind
        after = self._at(columns, end)
        if kind == "one" and after and after.kind == "half":
            value, kind, end = 0.5, "half", end + 1
            after = self._at(columns, end)
        elif kind == "half":
            value = 0.5
        if kind == "figure":
            end, value = self._grouped(columns, index, value)
            after = self._at(columns, end)
        if after and after.kind in ("multiplier", "plural") and kind in ("figure", "one", "half"):
            value = round(value * after.value, 3)
            return Phrase(index, end + 1, value, value)
        if kind in ("several", "many"):
            if after and after.kind in ("multiplier", "plural", "figure") and after.value >= 12:
                return Phrase(index, end + 1, SEVERAL * after.value, None, True)
            return Phrase(index, end, SEVERAL, None, True, kind="several") if kind == "several" else None
        if kind == "half":
            return None
        if kind in ("multiplier", "plural"):
            inner = after.value if after and after.kind in ("multiplier", "plural") and after.value > value else 1.0
            return Phrase(index, end + (inner > 1), SEVERAL * value * inner, None, True, kind="plural")
        return Phrase(index, end, value, value, kind=kind)

    def _grouped(self, columns: Columns, index: int, value: float) -> tuple[int, float]:
        """Join "1 200 000"."""
        end = index + 1
        text = columns.text
        if text[index].isdigit() and len(text[index]) <= 3:
            while end < columns.size and len(text[end]) == 3 and text[end].isdigit():
                value, end = value * 1000 + int(text[end]), end + 1
        return end, value

    def _ranged(self, columns: Columns, first: Phrase) -> Phrase:
        """Add the second figure of "20 bis 30", "zwei bis drei Millionen", "zwischen 20 und 30"."""
        if first.kind not in ("figure", "plural") or first.end + 1 >= columns.size or first.low is None:
            return first
        joint = columns.text[first.end]
        between = first.start > 0 and columns.lower[first.start - 1] in self.tables.words("range")
        if (joint not in ("-", "–") and joint not in self.tables.words("to")) or (joint == "und" and not between):
            return first
        piece = self._at(columns, first.end + 1)
        if piece is not None and piece.kind == "full stop" and _ends_sentence(columns, first.end + 1, piece.value):
            piece = Piece("figure", piece.value)
        if piece is None or piece.kind not in ("figure", "one"):
            return first
        second = self._core(columns, first.end + 1, piece)
        if second is None or second.low is None:
            return first
        low = first.low
        if low < second.low and second.end - second.start > 1 and first.end - first.start == 1:
            low *= second.low / piece.value if piece.value else 1.0
        if low > second.low:
            return first
        return Phrase(first.start - between, second.end, low, second.low)

    def _bounded(self, columns: Columns, phrase: Phrase) -> Phrase:
        """Take in the words before that bound the figure, nearest first."""
        while phrase.start and columns.lower[phrase.start - 1] in self.tables.bound_ends:
            for length in range(min(LONGEST_PHRASE, phrase.start), 0, -1):
                bound = self.tables.bound(columns.quote(phrase.start - length, phrase.start).lower())
                if bound in ("low_figure", "high_figure") and phrase.kind != "one":
                    bound = "low" if bound == "low_figure" else "high"
                if bound in ("low", "high", "about"):
                    phrase = _apply(bound, phrase, phrase.start - length)
                    break
            else:
                return phrase
        return phrase


def _ends_sentence(columns: Columns, index: int, value: float) -> bool:
    """Whether "12.000." is a figure before a full stop and not an ordinal."""
    return index + 1 == columns.size or columns.opens(index + 1) or value >= SMALLEST_NO_ORDINAL


def _apply(bound: Bound, phrase: Phrase, start: int) -> Phrase:
    kind = "figure" if phrase.kind == "one" else phrase.kind
    if bound == "low":
        return replace(phrase, start=start, high=None, kind=kind)
    if bound == "high":
        return replace(
            phrase, start=start, low=None, high=phrase.high if phrase.high is not None else phrase.low, kind=kind
        )
    return replace(phrase, start=start, approximate=True, kind=kind)


def figures_of(lexicon: Lexicon) -> Figures:
    """Return the finder of this lexicon; use it through ``lexicon.derived(figures_of)``."""
    return Figures(lexicon.derived(QuantityTables), lexicon.derived(numbers_of))
