"""The layer of dates."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Date
from lagebild.rules.lexicon import Lexicon


def find_dates(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Date]:
    """Yield nothing yet."""
    yield from ()
