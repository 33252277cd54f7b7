"""The entries of a liveblog are stories of their own: what one tells of is not meant in the next."""

from __future__ import annotations

import pytest

from lagebild.pipeline import code
from lagebild.records import Article, Block, Span

HEADS = ("Berlin hilft", "Lage am Abend")
FIRST = "Deutschland flog hundert Menschen aus Beirut aus."


def told_later(told, kind):
    """Code two entries and return the countries of the events in the second."""
    text = "\n".join((HEADS[0], FIRST, HEADS[1], told))
    blocks = tuple(Block("subhead", Span(text.index(head), text.index(head) + len(head), head)) for head in HEADS)
    records = code(Article(id="t", text=text, published="2024-10-02", kind=kind, blocks=blocks))
    later = [event for event in records.events if event.trigger[0].start > text.index(HEADS[1])]
    assert later
    return {str(actor.code)[:3] for event in later for actor in (*event.actors, *event.recipients)}


@pytest.mark.parametrize(
    "told",
    ["Der Iran feuerte Raketen ab.", "Die syrische Armee drohte mit Vergeltung.", "Chile warnte vor einem Angriff."],
)
def test_the_entries_of_a_liveblog_do_not_lend_each_other_actors(told):
    assert not told_later(told, "liveblog") & {"DEU", "LBN"}


def test_an_article_with_headings_is_one_story():
    assert told_later("Der Iran feuerte Raketen ab.", "article") & {"DEU", "LBN"}
