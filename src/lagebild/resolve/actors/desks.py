"""The desk's own country: whose ministers, parties and police a page names without saying whose they are."""

from __future__ import annotations

from lagebild.records import Article
from lagebild.resolve.actors.states import HOME
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import outlets

GERMAN = frozenset({"DEU", "AUT", "CHE", "LIE", "LUX"})
"""Where desks write German for readers at home; a Russian agency's German service tells of Germany as of a foreign country."""


def home_of(article: Article, lexicon: Lexicon) -> str:
    """Return the country of the outlet where it is one of those whose readers read German, else Germany."""
    known = lexicon.derived(outlets).get((article.outlet or "").lower())
    return known.country if known is not None and known.country in GERMAN else HOME
