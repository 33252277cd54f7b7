"""What a search asks for: words that must all be there, phrases in quotation marks, OR between two, a minus before what must not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lagebild.ledger.words import bare, fold, words

PART = 4  # letters from which on a word also finds longer words it is a part of
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:["„“”»«](?P<phrase>[^"„“”»«]*)["„“”»«]|(?P<word>[^\s"„“”»«]+))')
EITHER = ("OR", "ODER")
ALL = ("AND", "UND")
NOT = ("NOT", "NICHT")


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any form and as a part of longer ones; or, ``exact``, words as they are, one after the other."""

    words: tuple[str, ...]
    exact: bool = False

    def expression(self, bases: Mapping[str, str]) -> str:
        """Return what the index of words is asked for (SQLite FTS5); ``bases``: the dictionary forms of words."""
        if self.exact:
            return f"folded : {_quoted(' '.join(map(fold, self.words)))}"
        (word,) = self.words
        return f"(folded : {_quoted(fold(word))} OR lemmas : {_quoted(bases[word])} OR bare : {_quoted(bare(word))})"

    def part(self) -> str | None:
        """Return what the index of parts of words is asked for; None where whole words are meant, or too few letters given."""
        if self.exact or len(fold(self.words[0])) < PART:
            return None
        return " OR ".join(dict.fromkeys((_quoted(fold(self.words[0])), _quoted(bare(self.words[0])))))


@dataclass(frozen=True, slots=True)
class Query:
    """One term of each of ``wanted`` must be there, none of ``unwanted``."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    def terms(self) -> list[Term]:
        """Return all terms that may be there."""
        return [term for either in self.wanted for term in either]

    def words(self) -> list[str]:
        """Return all words that are asked for."""
        return [word for term in (*self.terms(), *self.unwanted) for word in term.words]

    def marks(self, text: str, bases: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """Yield the offsets of what one of the terms matches in a text, each once; ``bases`` has all words of both."""
        terms = self.terms()
        singles = [(fold(w), bases[w], bare(w)) for term in terms if not term.exact for w in term.words]
        phrases = [tuple(map(fold, term.words)) for term in terms if term.exact]
        listed = [(start, end, word, fold(word)) for start, end, word in words(text)]
        for at, (start, end, word, folded) in enumerate(listed):
            long = [len(p) for p in phrases if tuple(one[3] for one in listed[at : at + len(p)]) == p]
            if long:
                yield start, listed[at + max(long) - 1][1]
            elif any(_matches(word, folded, bases[word], *term) for term in singles):
                yield start, end


def _matches(word: str, folded: str, own: str, term: str, base: str, plain: str) -> bool:
    if folded == term or own == base or bare(word) == plain:
        return True
    return len(term) >= PART and (term in folded or plain in bare(word))


def parsed(text: str) -> Query:
    """Return what a query asks for. Marks that stand alone are left out, so that no query is wrong."""
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    either = without = False
    for piece in PIECE.finditer(text):
        word, phrase = piece["word"], piece["phrase"]
        if word in EITHER:
            either = bool(wanted)
        elif word in NOT:
            without = True
        elif word not in ALL:
            terms = tuple(_terms(word, phrase))
            if without or piece["minus"]:
                unwanted += terms
            elif either and terms:
                wanted[-1] += terms
            else:
                wanted += [(term,) for term in terms]
            either = without = False
    return Query(tuple(wanted), tuple(unwanted))


def _terms(word: str | None, phrase: str | None) -> Iterable[Term]:
    found = tuple(one for _, _, one in words(word or phrase or ""))
    if phrase is not None:
        return [Term(found, exact=True)] if found else []
    return [Term((one,)) for one in found]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
