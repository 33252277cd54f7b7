"""Parses text whose words and sentences are given and must stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    POS,
)
from spacy.tokens import Doc

from lagebild.language.load import load

COLUMNS = [HEAD, POS, MORPH, LEMMA, DEP, ENT_IOB, ENT_TYPE]
BREAK = "\n"  # a line break ends a unit of the pipeline, so no sentence runs over it


def parse_given(texts: Iterable[Sequence[Sequence[str]]], *, batch_size: int = 16) -> Iterator[Doc]:
    """Yield a Doc per text (a list of sentences, each a list of words) whose tokens are exactly those words, in order.

    A given sentence may come out as several, never two as one. Empty words are not allowed.
    """
    nlp = load()
    docs = (_with_breaks(nlp.vocab, text) for text in texts)
    for doc in nlp.pipe(docs, batch_size=batch_size):
        yield _without_breaks(doc)


def _with_breaks(vocab: object, text: Sequence[Sequence[str]]) -> Doc:
    words: list[str] = []
    for sentence in text:
        words += [word if word.strip() else "_" for word in sentence]
        words.append(BREAK)
    return Doc(vocab, words=words[:-1])  # type: ignore[arg-type]


def _without_breaks(doc: Doc) -> Doc:
    kept = np.array([token.text != BREAK for token in doc], dtype=bool)
    words = [token.text for token in doc if token.text != BREAK]
    out = Doc(doc.vocab, words=words)
    if not words:
        return out
    values = doc.to_array(COLUMNS)
    heads = np.arange(len(doc)) + values[:, 0].astype(np.int64)
    place = np.cumsum(kept) - 1
    values = values[kept]
    values[:, 0] = (place[heads[kept]] - np.arange(len(words))).astype(np.int64).view(np.uint64)
    return out.from_array(COLUMNS, values)
