"""Properties: whatever comes in, spans quote the text, and nothing but a refusal is raised."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagebild.page import PageError, read
from lagebild.page.draft import Known
from lagebild.page.html.where import Where
from lagebild.page.piece import INVISIBLE, clean, lines
from lagebild.page.reader import article_of
from lagebild.page.sources import Page
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon
from lagebild.settings import Settings

LEXICON = Lexicon()
ANY = st.text(st.characters(exclude_categories=()), max_size=300)
PIECES = st.sampled_from(
    ["Der Minister sagte am Montag in Berlin, dass die Lage ernst ist und bleibt. ", "\r\n", "\n", "\r", "\u2028", "\x85", "  ", "\u00ad",
     "\u202e", "\x00", "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<h2>", "</h2>", "<br>", "&amp;", "&#8222;", "&nbsp;", "&", "<", ">",
     "<script>", "</script>", "<!--", "-->", "„Nein“", "😀", "e\u0301", "\ud800", "Quelle: dpa", "Von Petra Muster", "14. Oktober 2014",
     "<li>", "<table><tr><td>", "<blockquote>", "<a href=x>", "</a>", "<b>", "</b>", "<article>", "Kommentare (3)"]
)  # fmt: skip
MESSY = st.lists(st.one_of(PIECES, ANY.map(lambda text: text[:20])), max_size=40).map("".join)
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(article: Article) -> None:
    for block in article.blocks:
        assert article.text[block.span.start : block.span.end] == block.span.quote
    starts = [start for start, _ in article.page_offsets]
    assert starts == sorted(set(starts))


@QUICK
@given(MESSY)
def test_any_page(page: str) -> None:
    try:
        article = read(page if "\n" in page else page + "\n")
    except PageError:
        return
    check(article)
    assert not re.search(rf"[{INVISIBLE}]", article.text)


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    try:
        check(read(data))
    except PageError:
        return


@QUICK
@given(MESSY, st.booleans())
def test_text_taken_as_it_is(text: str, dated: bool) -> None:
    page = Page("x", text, Known(doc="x", published="2020-02-02" if dated else None), verbatim=True)
    try:
        article = article_of(page, lexicon=LEXICON, settings=Settings())
    except PageError:
        assert not text.strip()
        return
    assert article.text == text
    check(article)


@QUICK
@given(MESSY)
def test_lines_map_back_character_by_character(page: str) -> None:
    for piece in lines(page):
        for number, (at, place) in enumerate(piece.runs):
            end = piece.runs[number + 1][0] if number + 1 < len(piece.runs) else len(piece.text)
            run = piece.text[at:end].rstrip()
            assert page[place : place + len(run)].split() == run.split()


@QUICK
@given(MESSY, st.integers(0, 50), st.integers(0, 50))
def test_a_part_of_a_piece_maps_like_the_whole(page: str, start: int, length: int) -> None:
    piece = clean(page)
    part = piece.part(start, start + length)
    assert part.text == piece.text[start : start + length].strip()
    for at, place in part.runs:
        assert not part.text or page[place] == part.text[at]


@QUICK
@given(MESSY, MESSY)
def test_any_text_is_looked_for_in_any_page(page: str, text: str) -> None:
    piece = Where(page).locate(clean(text).text)
    assert all(0 <= place <= len(page) for _, place in piece.runs)
