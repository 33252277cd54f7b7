"""The layer of contradictions: two tellings in one article that do not agree, or words that say so.

1. marked        "widersprüchliche Angaben über den Rückzug": the event the accounts are about
2. rival-actors  "machten sich gegenseitig für den Angriff verantwortlich"; or the same act told of two different doers
                 by two different speakers
3. denied        one speaker says it happened, another denies it: the same deed, time and sides
4. quantity      different figures for the same thing by different speakers

The ledger does the same across articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.contradictions.figures import differing_figures
from lagebild.layers.contradictions.rival import denials, rival_actors
from lagebild.layers.contradictions.words import said_in_words
from lagebild.layers.earlier import Earlier
from lagebild.records import Contradiction
from lagebild.rules.lexicon import Lexicon

__all__ = ["find_contradictions"]


def find_contradictions(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield each contradiction once; the surest kinds first."""
    seen: set[tuple[str, int | None, int | None]] = set()
    for found in _all(doc, lexicon, earlier):
        key = (found.kind, found.a, found.b)
        if key not in seen:
            seen.add(key)
            yield found


def _all(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Contradiction]:
    yield from said_in_words(doc, lexicon, earlier)
    yield from denials(doc, lexicon, earlier)
    yield from rival_actors(earlier)
    yield from differing_figures(doc, earlier)
