"""Plain text as copied from a site: date line, kicker, headline, body, source line, and the comment footer cut away."""

from __future__ import annotations

from lagebild.page.draft import Draft
from lagebild.page.text.body import QUOTED, QUOTED_HEAD, label_blocks, read_body, read_ends
from lagebild.page.text.head import first_running, read_head
from lagebild.page.text.lines import SENTENCE_END, SHORT, is_running, lines_of
from lagebild.rules.lexicon import Lexicon

__all__ = ["QUOTED", "QUOTED_HEAD", "SENTENCE_END", "SHORT", "is_running", "label_blocks", "read_ends", "read_text"]


def read_text(page: str, lexicon: Lexicon) -> Draft:
    """Take apart ``page``, the text of one page."""
    draft = Draft()
    found = lines_of(page, lexicon)
    first = first_running(found, lexicon)
    read_head(found, first, draft, lexicon)
    writers = list(draft.credit.agencies)  # a byline that names nobody else
    read_body(found, first, draft, lexicon)
    draft.credit.bylines = draft.credit.bylines or writers
    if not draft.pieces:
        draft.kind = "not-an-article"
    return draft
