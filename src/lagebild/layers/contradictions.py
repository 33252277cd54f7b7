"""The layer of contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Contradiction
from lagebild.rules.lexicon import Lexicon


def find_contradictions(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield nothing yet."""
    yield from ()
