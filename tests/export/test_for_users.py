"""Exports as those read them who count deaths, draw networks and look up people: what must not be added up, guessed or mixed."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections import Counter

import pytest

from lagebild.export.base import Options
from lagebild.export.formats.conflict import acled_type
from lagebild.export.ledger import EXPORTERS, export, items
from lagebild.export.names import label_of
from lagebild.ledger.build import build
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.review import Review, add_review
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from lagebild.records import Actor, Records
from lagebild.rules.lexicon import own_lexicon
from tests.ledger.factory import PARIS, V1, article, event, span

TEXT = (
    "Die Armee griff am 1. März Paris aus der Luft an, {killed} Menschen starben. Sie schwieg. Malis Präsident Moussa Ndiaye verhaftete Diallo; "
    "Aminata Diallo will klagen. Bamako half den Bürgern. Die Seiten stritten. Nr. {number}."
)
DAY = ("1. März", "2024-03-01")


def page(number, killed, *, published="2024-03-02"):
    """An attack, told with another number of dead each day, and what stands around it."""
    text = TEXT.format(killed=killed, number=number)

    def who(words, name, code, how, entity=None):
        return Actor(span(text, words) if words else None, name, code, how, entity)

    army, crowd = who("Armee", None, "MLI:MIL", "title"), who("Menschen", None, "MLI:CVL", "named")
    head, short = who("Moussa Ndiaye", "Moussa Ndiaye", "MLI:GOV", "title"), who("Diallo", "Diallo", "-", "named")
    full = who("Aminata Diallo", "Aminata Diallo", "MLI:OPP", "named")
    seat, unknown = who("Bamako", "Bamako", "MLI", "metonym"), who("Seiten", None, "-", "named")
    found = [
        event(text, "griff", "ASSAULT", mode="aerial", place=("Paris", *PARIS), day=DAY, killed=(str(killed), float(killed))),
        event(text, "starben", "ASSAULT", id=1, mode="aerial", place=("Paris", *PARIS), day=DAY),
        event(text, "verhaftete", "COERCE", id=2, mode="arrest"),
        event(text, "klagen", "ACCUSE", id=3, status="planned"),
        event(text, "half", "AID", id=4),
        event(text, "stritten", "ACCUSE", id=5, status="denied"),
        event(text, "schwieg", "REJECT", id=6),
    ]  # fmt: skip
    sides = [
        ((army,), (crowd,)), ((who(None, None, "MLI:REB", "implied"),), (crowd,)), ((head,), (short,)), ((full,), (head,)),
        ((seat,), (crowd,)), ((head,), (full,)), ((who("Sie", None, "MLI:MIL", "pronoun"),), (unknown,)),
    ]  # fmt: skip
    events = [dataclasses.replace(e, actors=a, recipients=r) for e, (a, r) in zip(found, sides, strict=True)]
    return Records(article(text, f"{number}.txt", published=published, outlet=f"o{number}.test"), V1, tuple(events))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    kept = Store(tmp_path_factory.mktemp("users") / "ledger")
    write(kept, [page(1, 18), page(2, 31, published="2024-03-03"), page(3, 54, published="2024-03-04")])
    build(kept)
    return kept


@pytest.fixture
def written(store, tmp_path):
    def run(name, **asked):
        options = Options(**asked)
        path = tmp_path / f"out{EXPORTERS[name].suffix}"
        found = items(Reader(store), Filter(), text=options.text, once=options.once)
        return path, export(found, name, path, options=options, about={})

    return run


def table(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.mark.parametrize("name", ["acled", "ucdp-ged"])
def test_one_row_per_incident_adds_up_to_the_dead_of_the_newest_telling(written, name):
    column = {"acled": "fatalities", "ucdp-ged": "best"}[name]
    every, one = table(written(name)[0]), written(name, once=True)
    assert sum(int(row[column] or 0) for row in every) == 18 + 31 + 54
    rows = table(one[0])
    assert [int(row[column]) for row in rows if row[column]] == [54]
    assert one[1].left_out["another telling of the same incident (--one-per incident)"] >= 2


def test_each_incident_stands_once_and_what_belongs_to_none_stays(written):
    rows = [json.loads(line) for line in written("jsonl", once=True)[0].read_text(encoding="utf-8").splitlines()]
    every = [json.loads(line) for line in written("jsonl")[0].read_text(encoding="utf-8").splitlines()]
    counted = Counter(row["incident"] for row in rows if row["incident"])
    assert set(counted.values()) == {1}
    assert set(counted) == {row["incident"] for row in every if row["incident"]}


def test_a_rejected_telling_stands_for_no_incident(tmp_path):
    kept = Store(tmp_path / "ledger")
    records = [page(1, 18), page(2, 31, published="2024-03-03")]
    write(kept, records)
    build(kept)
    add_review(kept, Review(f"{records[1].article.id}#0", "reject", "anna"))
    found = items(Reader(kept), Filter(), once=True)
    path = tmp_path / "x.csv"
    export(found, "ucdp-ged", path, options=Options(once=True), about={})
    assert [row["best"] for row in table(path)] == ["18"]


def test_ged_holds_only_what_somebody_died_of(written):
    path, outcome = written("ucdp-ged")
    assert [row["best"] for row in table(path)] == ["18", "31", "54"]
    assert outcome.left_out["no deaths told: GED holds lethal violence only"] == 3


@pytest.mark.parametrize(
    ("name", "column"),
    [("polecat", "Actor Name"), ("icews", "Source Name"), ("acled", "actor1"), ("csv", "actor_names")],
)
def test_nobody_is_called_by_a_pronoun_or_bare_words(written, name, column):
    rows = table(written(name)[0], "," if name in ("acled", "csv") else "\t")
    found = {row[column] for row in rows}
    assert "Mali: military" in found and "Mali: rebels" in found
    assert not {"Sie", "Armee", "die Armee", "MLI:MIL"} & found


def test_two_words_for_one_army_are_one_actor(written):
    rows = table(written("polecat")[0], "\t")
    called = {
        row["Actor Name"] for row in rows if (row["Actor Country"], row["Primary Actor Sector"]) == ("MLI", "MIL")
    }
    assert called == {"Mali: military"}
    assert {row["Recipient Name"] for row in rows if row["Event Type"] == "REJECT"} == {"None"}


@pytest.mark.parametrize(
    ("code", "label"),
    [("MLI:MIL", "Mali: military"), ("MLI", "Mali"), ("UNO", "United Nations"), ("XRU:GOV+MIL", "XRU: government, military"),
     ("LEG", "legislature"), ("-", None), (None, None)],
)  # fmt: skip
def test_a_code_is_called_by_its_state_and_sectors(code, label):
    assert label_of(own_lexicon(), code) == label


def test_implied_actors_can_be_told_in_every_format(written):
    assert "actors" in {row["implied"] for row in table(written("csv")[0])}
    assert any("implied=actor1" in row["tags"] for row in table(written("acled")[0]))
    plover = [json.loads(line) for line in written("plover")[0].read_text(encoding="utf-8").splitlines()]
    assert "implied" in {actor["how"] for row in plover for actor in row["source"]}
    assert "implied actors" in written("ftm")[0].read_text(encoding="utf-8")
    assert '\\"implied\\": [\\"actors\\"]' in written("annotations")[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt-events", "acled", "csv"])
def test_marked_implied_actors_stand_in_brackets(written, name):
    plain, marked = (written(name, marked=asked)[0].read_text(encoding="utf-8").upper() for asked in (False, True))
    assert "[MALI: REBELS]" in marked
    assert "[MALI: REBELS]" not in plain
    assert marked.replace("[MALI: REBELS]", "MALI: REBELS") == plain


def edges(path):
    networkx = pytest.importorskip("networkx", reason="needs the dev extra")
    graph = networkx.read_gexf(path, version="1.3")
    return [
        (a, b, data["type"], data["status"], data["implied"], data["weight"]) for a, b, data in graph.edges(data=True)
    ]


def test_the_network_counts_deeds_and_keeps_what_else_is_asked_for_apart(written):
    deeds = edges(written("gexf")[0])
    assert {status for *_, status, _, _ in deeds} == {"actual"}
    assert ("MLI:MIL", "MLI:CVL", "ASSAULT", "actual", 0, 3) in deeds
    assert ("MLI:REB", "MLI:CVL", "ASSAULT", "actual", 3, 3) in deeds
    more = edges(written("gexf", include=frozenset({"denied", "planned"}))[0])
    assert {status for *_, status, _, _ in more} == {"actual", "denied", "planned"}


def entities(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_entities_of_follow_the_money_are_people_and_bodies_each_once(written):
    found = entities(written("ftm")[0])
    called = sorted(
        name for one in found if one["schema"] in ("LegalEntity", "PublicBody") for name in one["properties"]["name"]
    )
    assert called == ["Aminata Diallo", "Mali", "Mali: military", "Moussa Ndiaye"]
    assert len({one["id"] for one in found}) == len(found)


def test_who_does_it_is_told_from_whom_it_is_done_to(written):
    found = {one["id"]: one for one in entities(written("ftm")[0])}
    arrest = next(one for one in found.values() if "arrest" in one["properties"].get("keywords", []))["properties"]
    assert [found[key]["properties"]["name"] for key in arrest["organizer"]] == [["Moussa Ndiaye"]]
    assert [found[key]["properties"]["name"] for key in arrest["involved"]] == [["Aminata Diallo"]]
    assert arrest["name"] == ["Moussa Ndiaye – arrest – Diallo"]
    aid = next(one for one in found.values() if "AID" in one["properties"].get("keywords", []))["properties"]
    assert "MLI:CVL" in aid["keywords"] and "involved" not in aid


@pytest.mark.parametrize(
    ("type_", "mode", "inter1", "inter2", "words"),
    [
        ("RETREAT", "withdraw", 1, 0, "Non-violent transfer of territory"),
        ("RETREAT", "release", 1, 7, "Other"),
        ("RETREAT", "resign", 1, 0, None),
        ("PROTEST", "obstruct", 3, 0, "Other"),
        ("PROTEST", "obstruct", 7, 0, "Peaceful protest"),
        ("ASSAULT", "", 1, 7, "Attack"),
        ("ASSAULT", "", 1, 2, "Armed clash"),
        ("AID", "", 1, 1, None),
    ],
)
def test_acled_is_given_what_it_means_by_its_words(type_, mode, inter1, inter2, words):
    found = acled_type({"type": type_, "mode": mode}, inter1, inter2)
    assert (found and found[2]) == words


@pytest.mark.parametrize("name", ["bibtex", "ftm", "gexf", "icews", "csv"])
def test_the_sidecar_counts_the_rows_of_the_file(written, name):
    path, outcome = written(name)
    said = json.loads(path.with_name(path.name + ".meta.json").read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    rows = {"bibtex": text.count("@article"), "gexf": text.count("<edge "), "ftm": text.count("\n")}.get(
        name, text.count("\n") - 1
    )
    assert said["rows"] == outcome.rows == rows
    assert (said["written"], said["one_per"], said["marked"]) == (outcome.written, None, False)
