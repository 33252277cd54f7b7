"""Sentences of one article that say otherwise: what is marked, what becomes a contradiction, what a new coding takes back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from lagebild.layers.linear import Linear
from lagebild.ledger import counterclaims
from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.tales import packed_tales, tales
from lagebild.ledger.write import write
from lagebild.page import read_all
from lagebild.pipeline import code_all
from lagebild.records import Records
from tests.ledger.factory import V1, V2, article, event, said, span

NO_NAMES: frozenset[str] = frozenset()
TEXT = (
    "Ruritanische Soldaten haben in Strelsau vier Bauern erschossen. Die Ernte ruht seither. "
    "In Zenda heißt es, die Männer seien verunglückt."
)


def ledger(tmp_path, *listed):
    store = Store(tmp_path / "ledger")
    write(store, listed)
    build(store)
    return store


def records(versions=V1):
    shot = event(TEXT, "erschossen", "ASSAULT", actors=[("Ruritanische Soldaten", "XRU:MIL")])
    return Records(article(TEXT, "a.txt"), versions, events=(shot,))


def vote_for(kind, first, second):
    """A vote that takes one pair of sentences for a contradiction: told by a word that only the second has."""
    index = {f"w={second}": 0, f"a={first}": 1}
    matrix = np.array([[0.0, 4.0], [0.0, 4.0], [6.0, 0.0]], np.float32)
    return Linear(("none", kind), index, matrix)


@pytest.fixture
def denied(monkeypatch):
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote_for("denied", "erschiessen", "heissen"))


def test_the_second_sentence_says_against_which_it_stands(denied):
    listed = list(tales(records(), NO_NAMES, NO_NAMES))
    marked = counterclaims.countered(records(), listed)
    assert [{c for c in tale.cues if c.startswith(counterclaims.AGAINST)} for tale in marked] == [
        set(),
        set(),
        {"against=denied/0"},
    ]


def test_nothing_is_marked_where_nothing_is_likely(monkeypatch):
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote_for("denied", "nirgends", "nirgends"))
    listed = list(tales(records(), NO_NAMES, NO_NAMES))
    marked = counterclaims.countered(records(), listed)
    assert marked[1:] == listed[1:]
    assert counterclaims.calm_in({"told": packed_tales(marked)}) == {"denied"}


def test_an_article_without_sentences_is_left_alone():
    assert counterclaims.countered(records(), []) == []


def test_a_ledger_tells_both_sentences_and_the_incident_they_are_of(denied, tmp_path):
    found = dump(Reader(ledger(tmp_path, records())))
    (dispute,) = found["contradictions"]
    assert dispute["kind"] == "denied"
    assert dispute["incident"] == found["incidents"][0]["id"]
    known = {"doc": "a.txt", "day": "2024-03-01"}
    assert dispute["a"] == known | {"quote": "Ruritanische Soldaten haben in Strelsau vier Bauern erschossen."}
    assert dispute["b"] == known | {"quote": "In Zenda heißt es, die Männer seien verunglückt."}


def disputed_records():
    """One event that is told, and denied by its doer in the same article."""
    shot = event(TEXT, "erschossen", "ASSAULT", actors=[("Ruritanische Soldaten", "XRU:MIL")])
    denial = event(
        TEXT,
        "verunglückt",
        "ASSAULT",
        id=1,
        actors=[("Ruritanische Soldaten", "XRU:MIL")],
        status="denied",
        statement=0,
    )
    spoken = said(TEXT, "Zenda", "heißt", "XRU:GOV", stance="deny")
    return Records(article(TEXT, "a.txt"), V1, events=(shot, denial), statements=(spoken,))


@pytest.mark.parametrize(("none", "kinds"), [(4.6, ["denied"]), (9.0, [])])
def test_what_rules_find_falls_where_the_sentences_surely_hold_nothing(none, kinds, monkeypatch, tmp_path):
    """The chance of each of six pairs is 0.01 or 0.0001."""
    vote = Linear(("none", "denied"), {}, np.array([[none, 0.0]], np.float32))
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote)
    found = dump(Reader(ledger(tmp_path, disputed_records())))
    assert [dispute["kind"] for dispute in found["contradictions"]] == kinds
    assert all("#@" not in dispute["a"]["quote"] and dispute["incident"] for dispute in found["contradictions"])


def test_building_again_changes_nothing(denied, tmp_path):
    store = ledger(tmp_path, records())
    before = dump(Reader(store))["contradictions"]
    build(store)
    assert dump(Reader(store))["contradictions"] == before


def test_what_a_new_coding_no_longer_says_is_gone(denied, tmp_path, monkeypatch):
    store = ledger(tmp_path, records())
    assert dump(Reader(store))["contradictions"]
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote_for("denied", "nirgends", "nirgends"))
    write(store, [records(V2)])
    build(store)
    assert dump(Reader(store))["contradictions"] == []


def test_a_kind_that_is_known_of_the_events_is_not_told_twice(denied):
    listed = counterclaims.countered(records(), list(tales(records(), NO_NAMES, NO_NAMES)))
    row = {"article": "a", "told": packed_tales(listed)}
    assert [dispute.kind for dispute in counterclaims.disputes_of(row, ())] == ["denied"]
    assert list(counterclaims.disputes_of(row, ("denied",))) == []
    assert list(counterclaims.disputes_of({"article": "a", "told": None}, ())) == []


TWO_COUNTS = """Beim Beschuss eines Marktes in Omdurman starben nach Angaben der Ärztevereinigung 31 Menschen.
Die Behörden sprachen von zwölf Toten."""
DENIAL = """Armenische Soldaten hätten auf einen Posten bei Kelbadschar gefeuert, teilte das Verteidigungsministerium in Baku mit.
Eriwan wies das zurück."""
NOTHING = "Die Außenminister Chiles und Perus trafen sich in Lima. Sie sprachen über den Handel."


@pytest.mark.parametrize(("text", "kinds"), [(TWO_COUNTS, {"quantity"}), (DENIAL, {"denied"}), (NOTHING, set())])
def test_real_sentences(text, kinds, tmp_path):
    page = tmp_path / "page.jsonl"
    html = f"<html><head><title>Meldung</title></head><body><article><p>{text}</p></article></body></html>"
    page.write_text(
        json.dumps({"doc": "d", "page": html, "outlet": "x.test", "published": "2024-03-05"}), encoding="utf-8"
    )
    store = ledger(tmp_path, *code_all(read_all([str(page)])))
    assert {found["kind"] for found in dump(Reader(store))["contradictions"]} == kinds


ONE, TWO = "Die Wache spricht von neun Toten.", "Zwei sind es, sagt der Hafen."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ONE, False),
        ("Die Wache spricht von neun Toten, der Hafen von einem.", True),
        ("Von 400 Booten kamen drei an.", False),
        ("Im Hafen ist ein weiteres Opfer gestorben, am Dienstag waren es vier.", False),
    ],
)
def test_one_sentence_gives_other_numbers_only_where_it_has_two(text, expected, monkeypatch):
    vote = Linear(("none", "quantity"), {"d=0": 0}, np.array([[0.0, 6.0], [3.0, 0.0]], np.float32))
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote)
    records = Records(article(text, "a.txt"), V1)
    marked = counterclaims.countered(records, list(tales(records, NO_NAMES, NO_NAMES)))
    assert any(cue.startswith(counterclaims.AGAINST) for tale in marked for cue in tale.cues) is expected


@pytest.mark.parametrize(("second", "expected"), [("Das Blatt schreibt davon.", False), (TWO, True)])
def test_numbers_stand_against_numbers_only(second, expected, monkeypatch):
    vote = Linear(("none", "quantity"), {"d=1": 0}, np.array([[0.0, 6.0], [3.0, 0.0]], np.float32))
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote)
    records = Records(article(f"{ONE} {second}", "a.txt"), V1)
    marked = counterclaims.countered(records, list(tales(records, NO_NAMES, NO_NAMES)))
    assert any(cue.startswith(counterclaims.AGAINST) for tale in marked for cue in tale.cues) is expected


@pytest.mark.parametrize(("speaker", "expected"), [("XRU:GOV", False), ("GRC:GOV", True)])
def test_who_denies_it_does_not_contradict_himself_by_going_on(speaker, expected, monkeypatch):
    """Nor does a denial stand against itself."""
    text = "Ruritanien bestritt den Beschuss. Es habe nur Kasernen gegeben, hieß es."
    denial = event(text, "bestritt", "REJECT", actors=[("Ruritanien", "XRU:GOV")])
    told = replace(said(text, "es", "hieß", speaker), message=(span(text, "Es habe nur Kasernen gegeben"),))
    records = Records(article(text, "a.txt"), V1, events=(denial,), statements=(told,))
    vote = Linear(("none", "denied"), {"d=1": 0, "d=0": 1}, np.array([[0.0, 6.0], [0.0, 5.0], [3.0, 0.0]], np.float32))
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote)
    marked = counterclaims.countered(records, list(tales(records, NO_NAMES, NO_NAMES)))
    assert any(cue.startswith(counterclaims.AGAINST) for tale in marked for cue in tale.cues) is expected


def test_the_sides_say_who_speaks_which_numbers_and_when(monkeypatch, tmp_path):
    text = "Die Wache spricht von neun Toten, der Hafen von drei."
    vote = Linear(("none", "quantity"), {"d=0": 0}, np.array([[0.0, 6.0], [3.0, 0.0]], np.float32))
    monkeypatch.setattr(counterclaims, "load_linear", lambda name: vote)
    records = Records(article(text, "a.txt"), V1, statements=(said(text, "Die Wache", "spricht", "XRU:COP"),))
    (dispute,) = dump(Reader(ledger(tmp_path, records)))["contradictions"]
    assert dispute["a"] == {
        "doc": "a.txt", "quote": text, "day": "2024-03-01", "speaker": "Die Wache", "numbers": ["neun", "drei"],
    }  # fmt: skip
