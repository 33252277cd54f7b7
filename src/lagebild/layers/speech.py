"""The layer of speech."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Statement
from lagebild.rules.lexicon import Lexicon


def find_statements(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Statement]:
    """Yield nothing yet."""
    yield from ()
