"""A parsed text as the actor layer reads it: the shared columns, and the stem of every word."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from spacy.tokens import Doc

from lagebild.layers.columns import Columns, columns_of
from lagebild.rules.actors import phrase_stem

KEPT = 200_000


class _Stems(dict[str, str]):
    def __missing__(self, word: str) -> str:
        stem = self[word] = phrase_stem(word)
        return stem


_stems = _Stems()


class Sheet:
    """The columns of one doc; ``children`` lists dependents in text order, ``sentence`` numbers the sentences from 0."""

    __slots__ = (
        "children", "columns", "dep", "entity", "head", "idx", "inside", "lemma", "lower", "morph", "numbers", "pos", "size",
        "start", "stem", "text",
    )  # fmt: skip

    def __init__(self, columns: Columns):
        if len(_stems) > KEPT:
            _stems.clear()
        self.columns, self.size = columns, columns.size
        self.text, self.lower, self.lemma = columns.text, columns.lower, columns.lemma
        self.pos, self.dep, self.morph = columns.pos, columns.dep, columns.morph
        self.entity, self.inside = columns.entity, columns.inside
        self.head, self.children, self.numbers = columns.head, columns.children, columns.sentence
        self.start, self.idx = columns.starts, columns.idx
        self.stem = list(map(_stems.__getitem__, columns.text))

    def verb_of(self, i: int) -> int:
        """Return the verb that governs a token, at most six steps up; the topmost token reached where there is none."""
        at = self.head[i]
        for _ in range(6):
            if self.pos[at] in ("VERB", "AUX") or self.head[at] == at:
                break
            at = self.head[at]
        return at

    def case_of(self, i: int) -> str:
        """Return the preposition of a token in lower case, or an empty string."""
        for child in self.children[i]:
            if self.dep[child] == "case":
                return self.lower[child]
        return ""

    def sentence(self, i: int) -> int:
        """Return the number of the sentence of a token."""
        return self.numbers[i]

    def token_at(self, offset: int) -> int:
        """Return the token that covers or last began before a character."""
        return bisect_right(self.idx, offset) - 1

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of tokens ``start`` to ``end`` (exclusive)."""
        return self.idx[start], self.idx[end - 1] + len(self.text[end - 1])

    def plural(self, i: int) -> bool:
        """Whether the tagger calls a token plural."""
        return "Number=Plur" in self.morph[i]


@lru_cache(maxsize=2)
def sheet_of(doc: Doc) -> Sheet:
    """Return the columns of a doc; finding and resolving ask for the same one."""
    return Sheet(columns_of(doc))
