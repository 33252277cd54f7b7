"""How a sentence says it: its words as they stand, small ones in their order, what stands after it and around it.

Tales keep words by their lemma, which does not tell "wird geräumt" from "wurde geräumt". What is read here is the text itself, when the
ledger is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lagebild.ledger.words import fold

PIECE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[„“,;:]")
SHORTEST, LONGEST = 4, 5  # letters that stand together in a word


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A sentence with the one after it, the first of its article and the text of the whole."""

    sentence: str
    after: str
    first: str
    text: str

    @property
    def article(self) -> frozenset[str]:
        """The words of its article."""
        return in_small(self.text)

    def letters(self, without: frozenset[str]) -> frozenset[str]:
        """Return the letters that stand together in its words, those of folded names left out."""
        words = (word for word in pieces(self.sentence) if word[0].isalpha() and fold(word) not in without)
        return letters(frozenset(word.lower() for word in words))

    def runs(self) -> set[str]:
        """Return two and three small words, numbers and marks that follow each other, words with a capital left out."""
        small = ["0" if word[0].isdigit() else word for word in pieces(self.sentence) if not word[0].isupper()]
        pairs = {f"{one} {two}" for one, two in pairwise(small)}
        return pairs | {" ".join(three) for three in zip(small, small[1:], small[2:], strict=False)}


def wordings(text: str, places: Sequence[tuple[int, int]]) -> Iterator[Wording]:
    """Yield the wording of each sentence of an article, given where they begin and end."""
    sentences = [text[start:end] for start, end in places]
    for sentence, after in zip(sentences, (*sentences[1:], ""), strict=False):
        yield Wording(sentence, after, sentences[0], text)


def pieces(text: str) -> list[str]:
    """Return the words, numbers and marks of a text."""
    return PIECE.findall(text)


@lru_cache(maxsize=1_000)
def in_small(text: str) -> frozenset[str]:
    """Return the words, numbers and marks of a text in small letters."""
    return frozenset(word.lower() for word in pieces(text))


@lru_cache(maxsize=5_000)
def letters(words: frozenset[str]) -> frozenset[str]:
    """Return four and five letters that stand together in words, with their ends marked."""
    marked = [f"^{word}$" for word in words]
    return frozenset(
        word[at : at + size]
        for word in marked
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(word) - size + 1)
    )
