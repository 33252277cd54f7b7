"""Finds the mentions of actors."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, Mention, span_of
from lagebild.records import Actor
from lagebild.rules.lexicon import Lexicon


def find_actors(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Mention]:
    """Yield the named mentions of the article."""
    for ent in doc.ents:
        yield Mention(ent.root.i, span_of(ent), (Actor(span=span_of(ent), name=ent.text, code=None, how="named"),))
