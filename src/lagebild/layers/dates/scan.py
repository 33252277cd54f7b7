"""A text becomes a string of word classes, one character per token, over which the date rules run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lagebild.rules.dates import CompiledRule, DateGrammar, Info

_TOKEN = re.compile(r"(\d+(?:[.,:]\d+)*(?:er\b)?|[^\W\d_]+|\n|[^\w\s])")
_SIGNS = {".": "dot", ",": "comma", "/": "slash", "(": "open", ")": "close", "\n": "nl"} | dict.fromkeys(
    "-–—‐‑", "dash"
)
_SHAPES = (
    ("fulldate", re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}|\d\d)")),
    ("year", re.compile(r"(?:1\d|20)\d\d")),
    ("d2", re.compile(r"0?[1-9]|[12]\d|3[01]")),
    ("n2", re.compile(r"\d\d?")),
    ("int", re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")),
    ("clock", re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")),
    ("daymonth", re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")),
    ("dec", re.compile(r"\d+,\d+")),
    ("era", re.compile(r"(?:1\d|20)?\d0er")),
)
_CACHE_LIMIT = 200_000


@dataclass(slots=True)
class Scanner:
    """Classifies tokens; keeps what it learnt about each form."""

    grammar: DateGrammar
    known: dict[str, Info] = field(default_factory=dict)

    def scan(self, text: str) -> Tokens:
        """Return the tokens of ``text``."""
        if len(self.known) > _CACHE_LIMIT:
            self.known.clear()
        known, pieces = self.known, _TOKEN.split(text)  # by turns what lies between tokens, and a token
        forms, ends = pieces[1::2], list(accumulate(map(len, pieces)))
        for form in set(forms).difference(known):
            known[form] = self._info(form)
        infos = [known[form] for form in forms]
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        return Tokens(text, spans, infos, "".join([info.char for info in infos]))

    def _info(self, form: str) -> Info:
        char = self.grammar.char
        if form[0].isdigit():
            for name, shape in _SHAPES:
                if shape.fullmatch(form):
                    return Info(char[name], form)
            return Info(char["mark"], form)
        if form[0].isalpha():
            return self.grammar.info(form)
        return Info(char[_SIGNS.get(form, "mark")], form)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Offsets, what is known of each token, and the class string."""

    text: str
    spans: list[tuple[int, int]]
    infos: list[Info]
    classes: str

    def form(self, index: int) -> str:
        """Return the words of token ``index``."""
        start, end = self.spans[index]
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits: where, and its named tokens."""

    rule: CompiledRule
    tokens: Tokens
    found: re.Match[str]

    @property
    def span(self) -> tuple[int, int]:
        """First and last token (exclusive) of the expression itself."""
        return self.found.span("span" if "span" in self.rule.regex.groupindex else 0)

    def index(self, name: str) -> int | None:
        """Return the token called ``name``, or None where the rule has none or it was left out."""
        if name not in self.rule.regex.groupindex:
            return None
        start = self.found.start(name)
        return None if start < 0 else start

    def form(self, name: str) -> str | None:
        """Return the words of the token called ``name``."""
        index = self.index(name)
        return None if index is None else self.tokens.form(index)

    def value(self, name: str) -> str | None:
        """Return the table's value of the token called ``name``."""
        index = self.index(name)
        return None if index is None else self.tokens.infos[index].value

    def group(self, name: str, grammar: DateGrammar) -> str | None:
        """Return the class of the token called ``name``."""
        index = self.index(name)
        return None if index is None else grammar.name[self.tokens.classes[index]]


def matches(grammar: DateGrammar, tokens: Tokens) -> Iterator[Match]:
    """Yield every fit of every rule, by where its span starts, the longer span first, then in the order of the rules."""
    classes = tokens.classes
    for island in grammar.island.finditer(classes):
        fits = [
            Match(rule, tokens, found)
            for position in range(*island.span())
            for rule in grammar.starting.get(classes[position], ())
            if (found := rule.regex.match(classes, position))
        ]
        yield from sorted(fits, key=lambda match: (match.span[0], -match.span[1], match.rule.order))
