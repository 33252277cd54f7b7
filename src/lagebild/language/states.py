"""What the network makes of each word, as numbers: for components that learn from more than tags and trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import LEMMA, ORTH  # type: ignore[import-not-found]
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits

from lagebild.language.load import load
from lagebild.language.reader import READER, Reader, units_of

Floats = NDArray[np.float32]
TOGETHER = 32  # units the network sees at once, of at most 160 words each


def states_of(doc: Doc, reader: Reader) -> Floats:
    """Return (words, width): the states of all layers, the vector of the word and that of its lemma.

    The Doc must be parsed and hold no token of white space: every token is a row.
    """
    network, strings = reader.network, doc.vocab.strings
    words = [token.text for token in doc]
    lemmas = [strings[lemma] for lemma in doc.to_array(LEMMA).tolist()]
    with threadpool_limits(limits=1, user_api="blas"):
        units = reader.forms(list(units_of(doc, 0)), {0: doc.to_array(ORTH)})
        states = [network.states(units[first : first + TOGETHER]) for first in range(0, len(units), TOGETHER)]
    return np.concatenate([np.concatenate(states), network.vectors(words), network.vectors(lemmas)], axis=1)


def parse_joined(texts: Iterable[Sequence[Sequence[str]]]) -> Iterator[tuple[Doc, Floats]]:
    """Yield a Doc per text (sentences of words, which are its tokens) and its ``states_of``; sentences are found anew.

    Where what is given as sentences are pieces of sentences, they make better trees together than each alone. A text
    without words has no states.
    """
    nlp = load()
    reader = nlp.get_pipe(READER)
    if not isinstance(reader, Reader):
        raise TypeError(f"the pipeline reads with {type(reader).__name__}, which has no states")
    for text in texts:
        words = [word if word.strip() else "_" for sentence in text for word in sentence]
        doc = nlp(Doc(nlp.vocab, words=words)) if words else Doc(nlp.vocab)
        yield doc, states_of(doc, reader) if words else np.zeros((0, 0), np.float32)
