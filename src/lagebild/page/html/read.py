"""An HTML page becomes a draft."""

from __future__ import annotations

from lxml import etree, html

from lagebild.page.draft import Draft, Known
from lagebild.page.html.extract import passages
from lagebild.page.piece import Piece
from lagebild.rules.lexicon import Lexicon
from lagebild.settings import Settings


def read_html(page: str, *, known: Known, lexicon: Lexicon, settings: Settings) -> Draft:
    """Take apart the markup ``page``."""
    tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    draft = Draft()
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    draft.headline = heads[0] if heads else None
    draft.pieces = [("subhead" if tag == "head" else "paragraph", Piece(text)) for tag, text in passages(tree)]
    return draft
