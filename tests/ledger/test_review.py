"""Reviews: the newest decision counts, all are kept, exports follow them."""

from __future__ import annotations

import datetime

import pytest

from lagebild.cli.main import main
from lagebild.export.base import Options
from lagebild.export.ledger import export, items
from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.review import Review, add_review, decisions
from lagebild.ledger.store import LedgerError, Store
from lagebild.ledger.write import write

from .factory import V2, withdrawal


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ledger")
    write(store, [withdrawal("a.txt")])
    build(store)
    return store


def event_of(store):
    row = next(Reader(store).rows("select article, event from events"))
    return f"{row['article']}#{row['event']}"


def test_the_newest_decision_counts_and_all_are_kept(store):
    record = event_of(store)
    for decision in ("reject", "accept"):
        add_review(store, Review(record, decision, "anna"))
    reader = Reader(store)
    assert decisions(reader) == {record: "accept"}
    assert [row["decision"] for row in reader.rows("select decision from all_reviews order by time")] == [
        "reject",
        "accept",
    ]


def test_a_clock_that_jumps_back_does_not_bring_an_old_decision_back(store, monkeypatch):
    record = event_of(store)
    add_review(store, Review(record, "reject", "anna"))

    class Past(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.datetime(1999, 1, 1, tzinfo=tz)

    monkeypatch.setattr("lagebild.ledger.review.datetime.datetime", Past)
    add_review(store, Review(record, "accept", "anna"))
    assert decisions(Reader(store)) == {record: "accept"}


def test_rejected_events_stay_out_of_exports_and_are_counted(store, tmp_path):
    add_review(store, Review(event_of(store), "reject", "anna"))
    outcome = export(items(Reader(store), Filter()), "csv", tmp_path / "x.csv", options=Options(), about={})
    assert (outcome.written, outcome.left_out) == (0, {"rejected by a reviewer": 1})


def test_corrections_show_in_exports_and_the_coding_stays(store, tmp_path):
    add_review(store, Review(event_of(store), "correct", "anna", "status", "denied"))
    reader = Reader(store)
    assert [item.event["status"] for item in items(reader, Filter())] == ["denied"]
    assert [row["status"] for row in reader.rows("select status from events")] == ["actual"]
    assert [(row["old"], row["new"]) for row in reader.rows("select old, new from reviews")] == [("actual", "denied")]


def test_a_review_outlives_a_new_coding(store):
    record = event_of(store)
    add_review(store, Review(record, "reject", "anna"))
    write(store, [withdrawal("a.txt", versions=V2)])
    assert decisions(Reader(store)) == {record: "reject"}


def test_incidents_can_be_reviewed(store):
    number = dump(Reader(store))["incidents"][0]["id"]
    add_review(store, Review(number, "accept", "anna"))
    assert dump(Reader(store))["incidents"][0]["review"] == "accept"


@pytest.mark.parametrize(
    ("review", "message"),
    [
        (Review("nothing#0", "accept", "anna"), "no record"),
        (Review("i123", "accept", "anna"), "no record"),
        (Review("EVENT", "correct", "anna"), "--field"),
        (Review("EVENT", "correct", "anna", "confidence", "1"), "--field"),
        (Review("EVENT", "praise", "anna"), "no decision"),
    ],
)
def test_a_review_of_nothing_is_an_error(store, review, message):
    record = event_of(store) if review.record == "EVENT" else review.record
    with pytest.raises(LedgerError, match=message):
        add_review(store, Review(record, review.decision, "anna", review.field, review.new))


def test_from_the_command_line(store, capsys):
    record = event_of(store)
    assert main(["ledger", "review", record, "reject", "--reviewer", "anna", "--ledger", store.root]) == 0
    assert main(["ledger", "review", "x#1", "reject", "--reviewer", "anna", "--ledger", store.root]) == 2
    assert "no record" in capsys.readouterr().err
    assert decisions(Reader(store)) == {record: "reject"}
