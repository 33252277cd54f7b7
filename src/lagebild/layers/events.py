"""The layer of events."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Event
from lagebild.rules.lexicon import Lexicon


def find_events(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield nothing yet."""
    yield from ()
