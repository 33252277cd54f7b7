"""Stage 1: a page (HTML or text) becomes an Article.

    >>> from lagebild.page import read, read_all
    >>> article = read("page.html")
    >>> for result in read_all(["pages/", "https://example.org/artikel", "-"]): ...

``read`` raises ``PageError`` for a source it cannot use; ``read_all`` yields a ``Refusal`` in its place and goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lagebild.page.draft import Known
from lagebild.page.reader import article_of
from lagebild.page.refusal import PageError, Refusal, refuse
from lagebild.page.sources import Page, Source, each, is_address, pages
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon, own_lexicon
from lagebild.settings import Settings
from lagebild.settings import settings as current_settings

__all__ = ["Article", "PageError", "Refusal", "read", "read_all"]

LONGEST_NAME = 4096


def read(
    source: Source | bytes,
    *,
    date: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    doc: str | None = None,
    lexicon: Lexicon | None = None,
    settings: Settings | None = None,
) -> Article:
    """Read one page: a file, an http(s) address, '-', or the page itself as text or bytes.

    A string counts as a page when it has a line break or a tag in it, or is no existing file and has spaces.
    ``date`` (ISO 8601) is the day of publication where it is known; it wins over what the page says.
    Raises ``PageError``, whose ``refusal`` names the source, the reason and what to do.
    """
    known = Known(doc=doc, url=url, outlet=outlet, published=date)
    settings, lexicon = settings or current_settings(), lexicon or own_lexicon()
    if isinstance(source, bytes) or (isinstance(source, str) and _is_page(source)):
        name = doc or url or "page"
        return article_of(Page(name, source, Known(doc or "", url, outlet, date)), lexicon=lexicon, settings=settings)
    for page in pages(source, settings, known=known):
        if isinstance(page, Refusal):
            raise PageError(page)
        return article_of(page, lexicon=lexicon, settings=settings)
    raise refuse(str(source), "holds no page", "Give a page, an address or the text itself")


def read_all(
    sources: Iterable[Source],
    *,
    date: str | None = None,
    lexicon: Lexicon | None = None,
    settings: Settings | None = None,
) -> Iterator[Article | Refusal]:
    """Read files, folders, '-', http(s) addresses and JSONL files, in order, one page at a time.

    JSONL lines come in two forms: ``{"doc", "date", "text"}``, whose text is taken exactly as it is, and
    ``{"doc", "page", "url", "outlet", "published"}``, whose page is read like a file. ``date`` stands in for pages
    without a date from outside.
    """
    settings, lexicon = settings or current_settings(), lexicon or own_lexicon()
    for page in each(sources, settings, known=Known(published=date)):
        if isinstance(page, Refusal):
            yield page
            continue
        try:
            yield article_of(page, lexicon=lexicon, settings=settings)
        except PageError as error:
            yield error.refusal


def _is_page(source: str) -> bool:
    if source == "-" or is_address(source):
        return False
    if "\n" in source or "\r" in source or "<" in source or "\0" in source or len(source) > LONGEST_NAME:
        return True
    return (
        " " in source
        and not Path(os.fspath(source)).exists()
        and not source.lower().endswith((".html", ".txt", ".jsonl"))
    )
