"""The layer of places."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Place
from lagebild.rules.lexicon import Lexicon


def find_places(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Place]:
    """Yield nothing yet."""
    yield from ()
