"""The German tokenizer: spaCy's rules with what news text needs."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

MAX_LENGTH = 100_000_000  # characters; memory is bounded by reading in units, not by refusing texts


def blank() -> Language:
    """Return a German pipeline with the tokenizer alone."""
    nlp = spacy.blank("de")
    nlp.max_length = MAX_LENGTH
    return nlp


@cache
def tokenizer() -> Tokenizer:
    """Return the shared tokenizer."""
    found = blank().tokenizer
    assert isinstance(found, Tokenizer)
    return found
