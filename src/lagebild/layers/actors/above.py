"""Which states kicker and headline name: what stands above the text says whom the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lagebild.layers.actors.reading import Reader
from lagebild.records import Article
from lagebild.rules.actors import phrase_stem

WORD = re.compile(r"[\w-]+")
NOBODY = frozenset[str]()


class Above(NamedTuple):
    """The states and blocs that the kicker and the headline name; both empty where the page has neither."""

    kicker: frozenset[str] = NOBODY
    headline: frozenset[str] = NOBODY

    def mark(self, state: str) -> str:
        """Say where a state is named: ``k``, ``h``, ``kh`` or nowhere."""
        return ("k" if state in self.kicker else "") + ("h" if state in self.headline else "")


def above_of(article: Article, reader: Reader) -> Above:
    """Read kicker and headline word by word; there is no tree of them."""
    return Above(*(frozenset(_states(text or "", reader)) for text in (article.kicker, article.headline)))


def _states(text: str, reader: Reader) -> Iterator[str]:
    words = WORD.findall(text)
    stems = [phrase_stem(word) for word in words]
    for i, word in enumerate(words):
        for parts, entry in reader.index.phrases.get(stems[i], ()):
            if tuple(stems[i : i + len(parts)]) == parts and (state := reader.entry(entry).state):
                yield state
        named = reader.noun(word, word) if word[0].isupper() else None
        if named is not None and named.state and named.state != "-":
            yield named.state
        yield from (code for code in reader.adjective(word) if len(code) == 3)
