"""Rows of the tables under ``lexicon/page``: what the page stage knows of outlets, agencies and page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from lagebild.rules.lexicon import Lexicon

PhraseRole = Literal[
    "stop", "related", "cut", "caption", "source", "credits", "byline", "dated", "paywall", "live", "opinion", "list",
    "label", "mail", "close", "wall",
]  # fmt: skip
MarkupRole = Literal[
    "junk", "related", "caption", "comments", "kicker", "headline", "lead", "author", "credits", "date", "body", "paywall",
    "live", "teaser", "subhead",
]  # fmt: skip


REMEMBERED = 4096
"""So many answers of the phrase table are kept."""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A line of page furniture. ``pattern`` is matched against the whole line, case ignored."""

    id: str
    role: PhraseRole
    pattern: str
    example: str
    counter: str = ""

    def __post_init__(self) -> None:
        _compiled(self.pattern)


@dataclass(frozen=True, slots=True)
class MarkupRow:
    """Names that class, id and similar attributes give to a part of a page; ``pattern`` is searched in one such name."""

    id: str
    role: MarkupRole
    pattern: str
    example: str
    counter: str = ""

    def __post_init__(self) -> None:
        _compiled(self.pattern)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A news agency: the name the records use, its country (ISO alpha-3), other spellings in credits."""

    id: str
    name: str
    country: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletRow:
    """Who publishes under a domain. ``id`` is the domain without ``www``; ``names`` are other ways it writes itself."""

    id: str
    name: str
    country: Literal["DEU", "AUT", "CHE", "LIE", "LUX", "ITA", "BEL", "USA", "GBR", "FRA", "RUS", "TUR", "VAT", "POL"]
    kind: Literal["paper", "weekly", "broadcaster", "portal", "agency", "blog", "tabloid", "magazine"] = "paper"
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWordRow:
    """A word of German date lines in lower case: month 1 to 12, weekday 1 (Monday) to 7."""

    word: str
    kind: Literal["month", "weekday"]
    number: int


@dataclass(frozen=True, slots=True)
class CamelRow:
    """A word with a capital inside."""

    word: str


@dataclass(frozen=True, slots=True)
class FunctionWordRow:
    """A common small word and its language (ISO 639-1)."""

    word: str
    language: str


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"pattern is no regular expression: {error}") from None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrase rows, compiled, in the order of the table."""

    rows: tuple[tuple[PhraseRow, re.Pattern[str]], ...]
    by_role: dict[str, tuple[tuple[PhraseRow, re.Pattern[str]], ...]] = field(default_factory=dict)
    seen: dict[tuple[str, str], tuple[PhraseRow, re.Match[str]] | None] = field(default_factory=dict)
    """What lines were found to be, by line and role: each is asked for several times, furniture on every page."""

    def match(self, line: str, *roles: PhraseRole) -> tuple[PhraseRow, re.Match[str]] | None:
        """Return the first row of ``roles`` (in their order) that covers the whole ``line``."""
        if len(line) > 600:
            return None
        for role in roles:
            key = (role, line)
            if key not in self.seen:
                if len(self.seen) >= REMEMBERED:
                    self.seen.clear()
                self.seen[key] = self._first(role, line)
            if (hit := self.seen[key]) is not None:
                return hit
        return None

    def _first(self, role: PhraseRole, line: str) -> tuple[PhraseRow, re.Match[str]] | None:
        for row, pattern in self.by_role.get(role, ()):
            if match := pattern.fullmatch(line):
                return row, match
        return None


def phrases(lexicon: Lexicon) -> Phrases:
    """Build the compiled phrases; call through ``lexicon.derived``."""
    rows = tuple((row, _compiled(row.pattern)) for row in lexicon.rows("page/phrases.tsv", PhraseRow))
    roles = {row.role for row, _ in rows}
    return Phrases(rows, {role: tuple(pair for pair in rows if pair[0].role == role) for role in roles})


def agency_names(lexicon: Lexicon) -> dict[str, str]:
    """Build the map from every spelling of an agency to its name; call through ``lexicon.derived``."""
    names: dict[str, str] = {}
    for row in lexicon.rows("page/agencies.tsv", AgencyRow):
        for spelling in (row.name, *row.aliases):
            names[spelling] = row.name
    return names


def months(lexicon: Lexicon) -> dict[str, int]:
    """Build the map from month words to numbers; call through ``lexicon.derived``."""
    return {r.word: r.number for r in lexicon.rows("page/date_words.tsv", DateWordRow) if r.kind == "month"}


def weekdays(lexicon: Lexicon) -> dict[str, int]:
    """Build the map from weekday words to numbers; call through ``lexicon.derived``."""
    return {r.word: r.number for r in lexicon.rows("page/date_words.tsv", DateWordRow) if r.kind == "weekday"}


def camel_words(lexicon: Lexicon) -> frozenset[str]:
    """Build the set of words with a capital inside; call through ``lexicon.derived``."""
    return frozenset(row.word for row in lexicon.rows("page/camel_words.tsv", CamelRow))


def function_words(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Build the small words of each language; call through ``lexicon.derived``."""
    found: dict[str, set[str]] = {}
    for row in lexicon.rows("page/function_words.tsv", FunctionWordRow):
        found.setdefault(row.language, set()).add(row.word)
    return {language: frozenset(words) for language, words in found.items()}


def outlets(lexicon: Lexicon) -> dict[str, OutletRow]:
    """Build the map from domains, and from names in lower case, to outlets; call through ``lexicon.derived``."""
    found: dict[str, OutletRow] = {}
    for row in lexicon.rows("page/outlets.tsv", OutletRow):
        for key in (row.id, row.name, *row.names):
            found.setdefault(key.lower(), row)
    return found


@dataclass(frozen=True, slots=True)
class CreditWordRow:
    """A word in bylines that is no part of a name: it stands before a place, between names, or says what somebody is.

    ``end`` are the last parts of compounds of that kind ("Hörfunkstudio"), in lower case; who stands after a
    ``picture`` and a colon took pictures or translated; after ``after`` and
    ``updated`` no name goes on; ``does`` are the verbs with which a note on the author goes on after the name, ``town`` places of several words,
    which look like names, ``from`` stands between a name and where the person writes, ``nobody`` is what systems write where nobody entered an author;
    with ``never`` no name begins.
    """

    word: str
    kind: Literal[
        "place", "and", "role", "end", "after", "updated", "picture", "does", "town", "nobody", "from", "never"
    ]


def credit_words(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Build the credit words of each kind; call through ``lexicon.derived``."""
    found: dict[str, set[str]] = {
        "place": set(),
        "and": set(),
        "role": set(),
        "end": set(),
        "after": set(),
        "updated": set(),
        "picture": set(),
        "does": set(),
        "town": set(),
        "nobody": set(),
        "from": set(),
        "never": set(),
    }
    for row in lexicon.rows("page/credit_words.tsv", CreditWordRow):
        found[row.kind].add(row.word)
    return {kind: frozenset(words) for kind, words in found.items()}


def markup_roles(lexicon: Lexicon) -> tuple[tuple[MarkupRole, re.Pattern[str]], ...]:
    """Build one pattern per role out of its rows; call through ``lexicon.derived``."""
    found: dict[MarkupRole, list[str]] = {}
    for row in lexicon.rows("page/markup.tsv", MarkupRow):
        found.setdefault(row.role, []).append(row.pattern)
    return tuple((role, re.compile("|".join(f"(?:{p})" for p in patterns))) for role, patterns in found.items())
