"""Search with German in mind; every hit is highlighted at its offsets."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.search import Index, search
from lagebild.ledger.store import LedgerError, Store
from lagebild.ledger.write import write
from lagebild.records import Records

from .factory import V1, article, event, withdrawal

TEXTS = {
    "ministry.txt": "Das Verteidigungsministerium in Strelsau dementierte den Bericht.",
    "old.txt": "Der Aussenminister sprach am Freitag mit Häftlingen.",
    "new.txt": "Der Außenminister besuchte zwei Gefängnisse.",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("search") / "ledger")
    coded = [Records(article(text, doc), V1, (event(text, text.split()[0], "CONSULT"),)) for doc, text in TEXTS.items()]
    write(store, [*coded, withdrawal("w.txt", published="2024-03-09")])
    reader = Reader(store)
    index = Index.of(store)
    index.update(reader)
    return reader, index


def found(ledger, query, where=None):
    reader, index = ledger
    docs = {row["article"]: row["doc"] for row in reader.rows("select article, doc from articles")}
    hits = list(search(reader, index, query, where=where or Filter()))
    return {docs[hit.article]: [hit.text[start:end] for start, end in hit.marks] for hit in hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Außenminister", {"old.txt": ["Aussenminister"], "new.txt": ["Außenminister"]}),
        ("AUSSENMINISTER", {"old.txt": ["Aussenminister"], "new.txt": ["Außenminister"]}),
        ("Ministerium", {"ministry.txt": ["Verteidigungsministerium"]}),
        ("Gefängnis", {"new.txt": ["Gefängnisse"]}),
        ("gefaengnis", {"new.txt": ["Gefängnisse"]}),
        ("Häftling", {"old.txt": ["Häftlingen"]}),
        ("sprechen", {"old.txt": ["sprach"]}),
        ("Bericht Strelsau", {"ministry.txt": ["Strelsau", "Bericht"]}),
        ("Bericht Häftling", {}),
        ("Zwieback", {}),
        ("gefangnis", {"new.txt": ["Gefängnisse"]}),
        ("Haftling", {"old.txt": ["Häftlingen"]}),
        ("Häftling OR Bericht", {"old.txt": ["Häftlingen"], "ministry.txt": ["Bericht"]}),
        ("Freitag Häftling ODER Bericht", {"old.txt": ["Freitag", "Häftlingen"]}),
        ('"zwei Gefängnisse"', {"new.txt": ["zwei Gefängnisse"]}),
        ("„zwei Gefängnisse“", {"new.txt": ["zwei Gefängnisse"]}),
        ('"Gefängnisse zwei"', {}),
        ('"Gefängnis"', {}),
        ('"Ministerium"', {}),
        ('Außenminister -"zwei Gefängnisse"', {"old.txt": ["Aussenminister"]}),
        ("Außenminister -Häftling", {"new.txt": ["Außenminister"]}),
        ("Außenminister NOT Häftling", {"new.txt": ["Außenminister"]}),
        ("Außenminister UND Häftling", {"old.txt": ["Aussenminister", "Häftlingen"]}),
        ("OR Zwieback OR", {}),
        ("oder Außenminister", {}),
    ],
)
def test_a_word_finds_its_forms_and_longer_words(ledger, query, expected):
    assert found(ledger, query) == expected


@pytest.mark.parametrize("query", ["Außenminister", "Gefängnisse", "Bericht Strelsau", "Häftlingen"])
def test_a_search_for_words_of_the_articles_asks_no_dictionary(ledger, query, monkeypatch):
    wanted = found(ledger, query)
    monkeypatch.setattr("lagebild.ledger.search.lemma", None)
    assert found(ledger, query) == wanted


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Filter(actor="XRU"), ["w.txt"]),
        (Filter(actor="XRU:MIL"), []),
        (Filter(type="retreat"), ["w.txt"]),
        (Filter(status="denied"), []),
        (Filter(since=datetime.date(2024, 3, 2)), ["w.txt"]),
        (Filter(until=datetime.date(2024, 3, 2)), ["ministry.txt"]),
    ],
)
def test_filters_narrow_a_search(ledger, where, expected):
    assert sorted(found(ledger, "Strelsau", where)) == expected


def test_a_query_without_words_is_an_error(ledger):
    with pytest.raises(LedgerError, match="no word"):
        found(ledger, " - ")
    with pytest.raises(LedgerError, match="no word"):
        found(ledger, "-Bericht")


def test_quotes_in_a_query_do_no_harm(ledger):
    assert found(ledger, 'Bericht" OR "x') == {}


def test_the_index_is_derived_and_made_anew_when_it_is_damaged(ledger):
    reader, index = ledger
    index.close()
    index.path.write_bytes(b"no database at all" * 100)
    fresh = Index.of(reader.store)
    assert fresh.update(reader) == 4
    assert fresh.update(reader) == 0
