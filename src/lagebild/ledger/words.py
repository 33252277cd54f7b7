"""Words as the search and the comparison of texts see them: folded, lemmatised, with their place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import simplemma

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, word) of each word; hyphenated compounds and numbers stay whole."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), match.group()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the word in lower case, umlauts and ß written out, other accents dropped: Außenminister, Aussenminister."""
    plain = unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Return the word in lower case without any dots and accents, as who has no umlauts at hand types it: Uberfall."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Return the folded dictionary form (simplemma); the folded word where the dictionary does not know it."""
    return fold(str(simplemma.lemmatize(word, lang="de")))
