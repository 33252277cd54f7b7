"""The layer of quantities."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Quantity
from lagebild.rules.lexicon import Lexicon


def find_quantities(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Quantity]:
    """Yield nothing yet."""
    yield from ()
