"""Rows of the quantity tables and the look-ups over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lagebild.rules.lexicon import Lexicon

NOUNS, VERBS, WORDS = (f"de/quantities_{name}.tsv" for name in ("nouns", "verbs", "words"))
Kind = Literal["fixed", "person", "captive", "thing", "measure"]
Role = Literal["subject", "object", "of"]
Bound = Literal[
    "low", "high", "low_figure", "high_figure", "about", "range", "to", "several", "none", "nobody", "half", "not_before", "not_after", "counter", "telling", "person_tail", "many", "single", "breach"
]  # fmt: skip
SHORTEST_TAIL = 5  # letters; shorter tails ("land") sit in too many other words
LONGEST_PHRASE = 4  # words of a bounding phrase
_PAST = ("eten", "ete", "ten", "te")
_INFLECTION = ("n", "en", "e", "s", "er", "es")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNoun:
    """Nouns that count as ``what``; ``unit`` for measures."""

    what: str
    kind: Kind
    words: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingVerb:
    """Verbs (and their nouns and participles) that say what happened to those counted."""

    id: str
    what: str
    role: Role
    words: tuple[str, ...]
    with_: tuple[str, ...] = ()
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundWord:
    """Words before a figure that bound or blur it."""

    bound: Bound
    words: tuple[str, ...]


class QuantityTables:
    """The tables with their indexes; make it through ``lexicon.derived(QuantityTables)``."""

    def __init__(self, lexicon: Lexicon):
        self._nouns: dict[str, CountedNoun] = {}
        for noun in lexicon.rows(NOUNS, CountedNoun):
            for word in noun.words:
                self._nouns.setdefault(word.lower(), noun)
        self._verbs: dict[tuple[str, str], list[CountingVerb]] = {}
        for verb in lexicon.rows(VERBS, CountingVerb):
            for word in verb.words:
                self._verbs.setdefault((word, verb.role), []).append(verb)
        self._bounds: dict[str, Bound] = {}
        self._sets: dict[Bound, frozenset[str]] = {}
        for row in lexicon.rows(WORDS, BoundWord):
            self._sets[row.bound] = frozenset(row.words)
            self._bounds |= dict.fromkeys(row.words, row.bound)
        self.bound_ends = frozenset(phrase.split()[-1] for phrase in self._bounds)
        self._found: dict[tuple[str, str], CountedNoun | None] = {}

    def words(self, bound: Bound) -> frozenset[str]:
        """Return the words of one kind."""
        return self._sets[bound]

    def bound(self, phrase: str) -> Bound | None:
        """Return how ``phrase`` (in lower case) bounds the figure after it."""
        return self._bounds.get(phrase)

    def noun(self, lemma: str, form: str) -> CountedNoun | None:
        """Return the row of a noun, also by the tail of a compound."""
        key = (lemma, form)
        if key not in self._found:
            self._found[key] = self._look_up(lemma.lower(), form.lower())
        return self._found[key]

    def _look_up(self, lemma: str, form: str) -> CountedNoun | None:
        bases = [form.removesuffix(ending) for ending in _INFLECTION if form.endswith(ending)]
        words = [lemma, form, *bases]
        for word in words:
            if (row := self._nouns.get(word)) is not None:
                return row
        for start in range(1, max(len(lemma), len(form))):
            for word in words:
                tail = word[start:].lstrip("-")
                if len(tail) >= SHORTEST_TAIL and (row := self._nouns.get(tail)) is not None:
                    return row
        return None

    def verbs(self, lemma: str, role: Role) -> list[CountingVerb]:
        """Return the rows of a verb in a role."""
        return self._verbs.get((lemma, role), [])

    def verb_of_form(self, form: str, role: Role) -> list[CountingVerb]:
        """Return the rows by the form of a verb, for where its lemma is not known."""
        if rows := self._verbs.get((form, role)):
            return rows
        for ending in _PAST:
            if form.endswith(ending) and (rows := self._verbs.get((form.removesuffix(ending) + "en", role))):
                return rows
        return []
