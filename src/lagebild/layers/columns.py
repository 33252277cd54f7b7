"""A parsed text as plain lists, read once for all layers: a list is some twenty times faster than spaCy's tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

import numpy as np
from spacy import attrs
from spacy.strings import StringStore
from spacy.tokens import Doc

from lagebild.records import Span

READ = [
    attrs.ORTH, attrs.LEMMA, attrs.POS, attrs.DEP, attrs.MORPH, attrs.ENT_TYPE, attrs.ENT_IOB, attrs.SENT_START,
    attrs.SPACY, attrs.HEAD,
]  # fmt: skip
KEPT = 200_000  # strings
INSIDE = 1  # spaCy's number for a token that continues an entity
NONE: list[int] = []


class _Names(dict[int, str]):
    """Strings by their hash, which is the same in every vocabulary; looked up once per process."""

    strings: StringStore

    def __missing__(self, key: int) -> str:
        name = self[key] = self.strings[key] if key else ""
        return name


class _Lower(dict[int, str]):
    def __missing__(self, key: int) -> str:
        name = self[key] = _names[key].lower()
        return name


_names, _lower = _Names(), _Lower()


class Columns:
    """Lists by token number; nobody changes them.

    ``text``, ``lower``, ``lemma``, ``pos``, ``dep``, ``morph``, ``entity`` (strings), ``head`` (its own number at a
    root), ``children`` (in text order), ``inside`` (continues the entity before), ``idx`` and ``length`` (characters),
    ``sentence`` (its number from 0), ``orth`` (hash); ``starts`` are the first tokens of the sentences.
    """

    __slots__ = (
        "children", "dep", "doc", "entity", "head", "idx", "inside", "lemma", "length", "lower", "morph", "orth", "pos",
        "sentence", "size", "spaces", "starts", "text", "whole",
    )  # fmt: skip

    def __init__(self, doc: Doc):
        if len(_names) > KEPT:
            _names.clear()
            _lower.clear()
        _names.strings = doc.vocab.strings
        self.doc, size = doc, len(doc)
        self.size = size
        array = doc.to_array(READ)
        columns = array.T.tolist() if size else [[]] * len(READ)
        self.orth: list[int] = columns[0]
        name = _names.__getitem__
        self.text = list(map(name, self.orth))
        self.lower = list(map(_lower.__getitem__, self.orth))
        self.lemma, self.pos, self.dep, self.morph, self.entity = (list(map(name, column)) for column in columns[1:6])
        self.inside = [code == INSIDE for code in columns[6]]
        self.starts = [i for i, code in enumerate(columns[7]) if code == 1 or i == 0]
        self.length = list(map(len, self.text))
        self.spaces: list[int] = columns[8]
        self.whole = ""
        widths = map(int.__add__, self.length, self.spaces)
        self.idx = [0, *accumulate(widths)][:size]
        self.head: list[int] = (array[:, 9].astype(np.int64) + np.arange(size)).tolist() if size else []
        self.children = _children(self.head)
        self.sentence: list[int] = []
        for number, (start, end) in enumerate(zip(self.starts, [*self.starts[1:], size], strict=False)):
            self.sentence += [number] * (end - start)

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first token of a sentence and the one after its last."""
        return self.starts[number], self.starts[number + 1] if number + 1 < len(self.starts) else self.size

    def above(self, token: int, most: int) -> list[int]:
        """Return the tokens that a token hangs on, nearest first, at most so many."""
        found = list[int]()
        while len(found) < most and self.head[token] != token:
            token = self.head[token]
            found.append(token)
        return found

    def first_conjunct(self, token: int, alone: frozenset[int] = frozenset()) -> int:
        """Return the first word of the coordination that a token belongs to; those ``alone`` are taken by themselves."""
        while self.dep[token] == "conj" and self.head[token] < token and token not in alone:
            token = self.head[token]
        return token

    def highest(self, start: int, end: int) -> int:
        """Return the token of a stretch nearest to the root, the first of equals; signs that nothing hangs on come last."""
        head = self.head
        tops = [i for i in range(start, end) if head[i] == i][:1] or [
            i for i in range(start, end) if not start <= head[i] < end
        ]
        return tops[0] if len(tops) == 1 else min(tops, key=self._depth)

    def _depth(self, token: int) -> int:
        if not self.children[token] and not any(map(str.isalnum, self.text[token])):
            return self.size - 1
        return len(self.above(token, self.size))

    def is_due_state(self, verb: int) -> bool:
        """Whether a verb says that a state is to be reached by a time ("soll bis Freitag abgeschlossen sein"): no past, no hearsay."""
        below, lower = self.children[verb], self.lower
        if not any(self.dep[child] == "aux:pass" and lower[child] == "sein" for child in below):
            return False
        by = any(lower[case] == "bis" for child in below for case in self.children[child])
        return by and all(lower[child] != "worden" for child in below)

    def covering(self, offset: int) -> int | None:
        """Return the token that covers a character, or None between tokens."""
        i = bisect_right(self.idx, offset) - 1
        return i if i >= 0 and offset < self.idx[i] + self.length[i] else None

    def tokens(self, span: Span) -> range:
        """Return the numbers of the tokens that ``span`` touches."""
        first = max(bisect_right(self.idx, span.start) - 1, 0)
        last = bisect_left(self.idx, span.end)
        if first < last and span.start >= self.idx[first] + self.length[first]:
            first += 1
        return range(first, last)

    def span(self, start: int, end: int) -> Span:
        """Return the record span of tokens ``start`` to ``end`` (exclusive)."""
        first, last = self.idx[start], self.idx[end - 1] + self.length[end - 1]
        if end - start == 1:
            return Span(first, last, self.text[start])
        return Span(first, last, (self.whole or self.written())[first:last])

    def written(self) -> str:
        """Return the text, put together once; ``Doc.text`` makes an object of every token each time."""
        if not self.whole:
            self.whole = "".join(
                [word + " " if space else word for word, space in zip(self.text, self.spaces, strict=True)]
            )
        return self.whole

    def quote(self, start: int, end: int) -> str:
        """Return the words of tokens ``start`` to ``end`` (exclusive) as they stand in the text; none where there is none."""
        return self.span(start, end).quote if start < end else ""

    def opens(self, token: int) -> bool:
        """Tell whether a token is the first of its sentence."""
        return self.starts[self.sentence[token]] == token

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """Return the spans of tokens in text order; neighbours are joined into one span."""
        runs: list[list[int]] = []
        for i in sorted(set(tokens)):
            if runs and runs[-1][1] == i:
                runs[-1][1] = i + 1
            else:
                runs.append([i, i + 1])
        return tuple([self.span(start, end) for start, end in runs])


def _children(heads: list[int]) -> list[list[int]]:
    children = [NONE] * len(heads)
    for i, head in enumerate(heads):
        if head != i:
            if children[head]:
                children[head].append(i)
            else:
                children[head] = [i]
    return children


@lru_cache(maxsize=2)
def columns_of(doc: Doc) -> Columns:
    """Return the columns of a doc; the layers ask for the same one in turn."""
    return Columns(doc)
