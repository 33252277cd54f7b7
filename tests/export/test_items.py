"""What every format is fed: the address a page tells of itself, whole sentences."""

from __future__ import annotations

from lagebild.export.ledger import items
from lagebild.ledger.build import build
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.records import Records
from tests.ledger.factory import V1, article, event

TEXT = "Es blieb ruhig. Bei dem Beschuss von Zenda am 21. Mai starben zwei Menschen. Danach schwiegen die Waffen."


def item_of(tmp_path, **about):
    store = Store(tmp_path / "ledger")
    write(store, [Records(article(TEXT, "a.html", **about), V1, (event(TEXT, "starben", "ASSAULT"),))])
    build(store)
    (item,) = items(Reader(store), Filter())
    return item


def test_a_saved_page_has_the_address_it_calls_its_own(tmp_path):
    assert item_of(tmp_path, canonical_url="https://zeitung.test/a").article["url"] == "https://zeitung.test/a"


def test_the_address_it_came_from_goes_before(tmp_path):
    found = item_of(tmp_path, url="https://zeitung.test/b", canonical_url="https://zeitung.test/a")
    assert found.article["url"] == "https://zeitung.test/b"


def test_a_day_ends_no_sentence(tmp_path):
    item = item_of(tmp_path)
    assert item.sentence == "Bei dem Beschuss von Zenda am 21. Mai starben zwei Menschen."
    assert item.sentence_number == 2
