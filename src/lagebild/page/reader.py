"""One page becomes one article: decode, tell markup from text, read, check, label."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Day

from lagebild.page.decode import decode
from lagebild.page.draft import Draft, Known, finish
from lagebild.page.language import language_of
from lagebild.page.refusal import refuse
from lagebild.page.sources import Page
from lagebild.page.text import read_text
from lagebild.page.verbatim import read_verbatim
from lagebild.records import Article, article_id
from lagebild.rules.lexicon import Lexicon
from lagebild.settings import Settings

MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|section|main|meta|title|h1|br|span)\b[^<>]{0,2000}/?>", re.I
)
HEAD = 20_000
TEXT_HOLDS = re.compile(r"[^\W\d_]{2,}")
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


def article_of(page: Page, *, lexicon: Lexicon, settings: Settings) -> Article:
    """Return the article of ``page``. Raises ``PageError`` for one that is empty, no text, or not German."""
    known = _checked(page)
    if page.verbatim and isinstance(page.content, str):
        return _verbatim(page.content, page, known, lexicon)
    text, notes = _characters(page, settings)
    if not TEXT_HOLDS.search(text):
        raise refuse(
            page.name, "is empty" if not text.strip() else "holds no words", "Give a page with text", doc=known.doc
        )
    if len(BINARY.findall(text[:HEAD])) > 0.1 * min(len(text), HEAD):
        raise refuse(
            page.name,
            "is no text (a picture, a PDF or another binary file?)",
            "Save the page as HTML or text",
            doc=known.doc,
        )
    draft = _draft(text, page, known, lexicon, settings)
    draft.notes[:0] = notes
    _check_language(draft, text, page, known, lexicon)
    return finish(draft, known, name=page.name, lexicon=lexicon)


def _checked(page: Page) -> Known:
    """Check the date given from outside: it must begin with an ISO day."""
    given = page.known.published
    if given is None or not given.strip():
        return replace(page.known, published=None)
    try:
        Day.fromisoformat(given.strip()[:10])
    except ValueError:
        raise refuse(
            page.name, f"comes with the date {given!r}", "Write dates as 2014-10-14", doc=page.known.doc
        ) from None
    return replace(page.known, published=given.strip())


def _characters(page: Page, settings: Settings) -> tuple[str, list[str]]:
    if len(page.content) > settings.max_page_bytes:
        raise refuse(
            page.name,
            f"is longer than {settings.max_page_bytes:,} bytes",
            "Raise LAGEBILD_MAX_PAGE_BYTES if it really is one page",
            doc=page.known.doc,
        )
    if isinstance(page.content, str):
        return page.content, []
    decoded = decode(page.content, declared=page.charset)
    return decoded.text, list(decoded.notes)


def _draft(text: str, page: Page, known: Known, lexicon: Lexicon, settings: Settings) -> Draft:
    markup = page.markup if page.markup is not None else bool(MARKUP.search(text[:HEAD]))
    if not markup:
        return read_text(text, lexicon)
    from lagebild.page.html import read_html  # lxml and trafilatura load only when there is markup

    return read_html(text, known=known, lexicon=lexicon, settings=settings)


def _check_language(draft: Draft, text: str, page: Page, known: Known, lexicon: Lexicon) -> None:
    found = language_of(draft.text or draft.headline or text[:HEAD], lexicon)
    if found is not None and found != "de":
        raise refuse(
            page.name,
            f"is not German but {found!r}",
            "Lagebild reads German pages only",
            doc=known.doc,
            language=found,
        )
    draft.language = found or draft.language
    if found is None:
        draft.notes.append("too short to tell the language")


def _verbatim(text: str, page: Page, known: Known, lexicon: Lexicon) -> Article:
    """A text given as it is stays as it is, also where it is short or odd; offsets refer to it."""
    if not text.strip():
        raise refuse(page.name, "has an empty text", "Give the article's text", doc=known.doc)
    draft, blocks = read_verbatim(text, lexicon)
    article = finish(draft, known, name=page.name, lexicon=lexicon)
    return replace(
        article,
        id=article_id(known.url or "", text),
        text=text,
        kicker=known.kicker,
        headline=known.headline,
        blocks=blocks,
        language=language_of(text, lexicon, quick=True),
        page_offsets=((0, 0),),
    )
