"""A day more is compared with the weeks around by the fingerprints that are kept; without them the result is the same."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger import kin, prints
from lagebild.ledger.build import build
from lagebild.ledger.families import BANDS, print_of
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.records import Records

from .factory import V1, article

WORDS = "Hafen Brücke Markt Rathaus Turm Bahnhof Kirche Schule Straße Platz Ufer Garten Mauer Tor Feld Wald".split()


def text(number):
    """A text of its own for each number."""
    shuffled = [WORDS[(number * step + step * step) % len(WORDS)] + str(number * step % 7) for step in range(1, 80)]
    return " ".join(shuffled) + "."


def page(number, words):
    day = datetime.date(2024, 3, 1) + datetime.timedelta(days=number)
    return Records(article(words, f"{number}.txt", published=day.isoformat(), outlet=f"o{number}.test"), V1, (), ())


PAGES = [page(number, text(number)) for number in range(8)]
COPY = page(20, "Eilmeldung aus Zenda. " + text(3))


def families(store):
    return {frozenset(r["m"]) for r in Reader(store).rows("select list(article) as m from families group by family")}


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, PAGES)
    build(store)
    return store


@pytest.fixture
def read(monkeypatch):
    """The texts that fingerprints are made of, as they are made."""
    found = []

    def noted(words):
        found.append(words)
        return print_of(words)

    for module in (kin, prints):
        monkeypatch.setattr(module, "print_of", noted)
    return found


def test_only_the_new_text_is_read(store, read):
    write(store, [COPY])
    build(store)
    assert read == [COPY.article.text]
    assert frozenset({PAGES[3].article.id, COPY.article.id}) in families(store)


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"nothing" * 1000)])
def test_a_missing_or_damaged_file_is_made_anew(store, read, damage):
    store_file = prints.beside(store, prints.NAME)
    damage(store_file)
    write(store, [COPY])
    build(store)
    assert len(read) == len(PAGES) + 1
    assert frozenset({PAGES[3].article.id, COPY.article.id}) in families(store)
    read.clear()
    write(store, [page(21, text(21))])
    build(store)
    assert store_file.exists() and len(read) == 1


def test_fingerprints_made_otherwise_are_made_anew(store, read, monkeypatch):
    monkeypatch.setattr(prints, "MADE_WITH", "another way")
    write(store, [COPY])
    build(store)
    assert len(read) == len(PAGES) + 1


def test_texts_of_one_family_share_keys_and_others_do_not():
    mine, copy, other = (set(print_of(words).keys().tolist()) for words in (text(3), COPY.article.text, text(4)))
    assert mine & copy and not mine & other
    assert len(mine) == BANDS + 1
