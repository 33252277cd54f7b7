"""Reviews: the newest decision counts, all are kept, exports follow them."""

from __future__ import annotations

import datetime

import pytest

from lagebild.cli.main import main
from lagebild.export.base import Options
from lagebild.export.ledger import EXPORTERS, export, items
from lagebild.ledger.build import build
from lagebild.ledger.care import check
from lagebild.ledger.dump import dump
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.review import Review, add_review, decisions
from lagebild.ledger.search import Index, search
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
        (Review("EVENT", "correct", "anna", "type", "FOO"), "there are AGREE"),
        (Review("EVENT", "correct", "anna", "status", "geplant"), "there are actual, planned"),
        (Review("EVENT", "correct", "anna", "mode", "aerial"), "there are .*withdraw"),  # a mode of ASSAULT
        (Review("EVENT", "correct", "anna", "country", "Venezuela"), "three letters"),
        (Review("EVENT", "correct", "anna", "date_value", "2023-99-99"), "calendar"),
        (Review("EVENT", "correct", "anna", "date_value", "gestern"), "calendar"),
        (Review("EVENT", "correct", "anna", "actors", "Armee"), "codes like RUS:MIL"),
        (Review("EVENT", "correct", "anna", "actors", "XQQ:MIL"), "codes like RUS:MIL"),
        (Review("EVENT", "correct", "anna", "recipients", "RUS:FOO"), "codes like RUS:MIL"),
        (Review("EVENT", "correct", "anna", "final", "kept"), "or a commitment"),
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


def test_a_value_no_event_can_have_is_wrong_use(store, capsys):
    arguments = ["ledger", "review", event_of(store), "correct", "--field", "type", "--ledger", store.root]
    assert main([*arguments, "--new", "foo"]) == 2
    assert "'foo' is no type" in capsys.readouterr().err
    assert main([*arguments, "--new", "ACCUSE"]) == 0
    assert [row["new"] for row in Reader(store).rows("select new from reviews")] == ["ACCUSE"]


def test_what_older_programs_took_is_ignored_and_named_by_check(store, tmp_path):
    record = event_of(store)
    now = datetime.datetime.now(datetime.UTC)
    row = {"record": record, "decision": "correct", "reviewer": "anna", "time": now}
    store.append("reviews", [row | {"field": "type", "new": "FOO"}, row | {"field": "status", "new": "geplant"}])
    for name in EXPORTERS:
        export(items(Reader(store), Filter()), name, tmp_path / name, options=Options(), about={})
    assert [(item.event["type"], item.event["status"]) for item in items(Reader(store), Filter())] == [
        ("RETREAT", "actual")
    ]
    assert sum("is ignored" in problem for problem in check(store)) == 2


def test_a_corrected_date_moves_its_days(store):
    add_review(store, Review(event_of(store), "correct", "anna", "date_value", "2023-10-30"))
    (item,) = items(Reader(store), Filter())
    assert (item.day, item.event["earliest"], item.event["latest"]) == (
        "2023-10-30",
        *2 * [datetime.date(2023, 10, 30)],
    )


def test_a_corrected_place_has_no_coordinates_of_the_other(store):
    for field, value in (("place_name", "Zenda"), ("country", "deu")):
        add_review(store, Review(event_of(store), "correct", "anna", field, value))
    (item,) = items(Reader(store), Filter())
    assert [item.event[name] for name in ("place_name", "country", "latitude", "geonames")] == [
        "Zenda",
        "DEU",
        None,
        None,
    ]


def test_filters_go_by_what_was_corrected(store):
    add_review(store, Review(event_of(store), "correct", "anna", "type", "ACCUSE"))
    assert [(i.event["type"], i.event["mode"]) for i in items(Reader(store), Filter(type="ACCUSE"))] == [
        ("ACCUSE", None)
    ]
    assert list(items(Reader(store), Filter(type="RETREAT"))) == []
    index = Index.of(store)
    index.update(Reader(store))
    for type_, found in (("ACCUSE", 1), ("RETREAT", 0)):
        assert len(list(search(Reader(store), index, "Truppen", where=Filter(type=type_)))) == found
    index.close()


def test_a_correction_does_not_bring_a_rejected_event_back(store):
    record = event_of(store)
    add_review(store, Review(record, "reject", "anna"))
    add_review(store, Review(record, "correct", "anna", "status", "denied"))
    assert decisions(Reader(store)) == {record: "reject"}
    add_review(store, Review(record, "accept", "anna"))
    assert decisions(Reader(store)) == {record: "accept"}
    assert [item.event["status"] for item in items(Reader(store), Filter())] == ["denied"]
    mention = dump(Reader(store))["incidents"][0]["mentions"][0]
    assert mention["review"] == "accept"


def test_corrected_sides_are_what_filters_and_exports_see(store):
    record = event_of(store)
    add_review(store, Review(record, "correct", "anna", "actors", "rus:mil; UNO"))
    add_review(store, Review(record, "correct", "anna", "recipients", "UKR:CVL, POL"))
    reviews = Reader(store).rows("select field, old, new from reviews order by field")
    assert [tuple(row.values()) for row in reviews] == [
        ("actors", "XRU:GOV", "RUS:MIL; UNO"), ("recipients", "", "UKR:CVL; POL"),
    ]  # fmt: skip
    (item,) = items(Reader(store), Filter(actor="UKR"))
    assert (item.event["actor_codes"], item.event["recipient_codes"]) == (["RUS:MIL", "UNO"], ["POL", "UKR:CVL"])
    assert [(who["code"], who["how"], who["name"]) for who in item.event["actors"]] == [
        ("RUS:MIL", "corrected", None), ("UNO", "corrected", None),
    ]  # fmt: skip
    assert list(items(Reader(store), Filter(actor="XRU"))) == []


def test_a_corrected_side_keeps_who_was_coded_rightly_and_may_be_nobody(store):
    record = event_of(store)
    add_review(store, Review(record, "correct", "anna", "actors", "RUS:MIL"))
    add_review(store, Review(record, "correct", "anna", "actors", ""))
    (item,) = items(Reader(store), Filter())
    assert (item.event["actors"], item.event["actor_codes"]) == ([], [])


def test_corrected_sides_are_written_by_every_format(store, tmp_path):
    add_review(store, Review(event_of(store), "correct", "anna", "actors", "RUS:MIL"))
    for name in ("csv", "polecat", "icews", "gdelt-events", "acled", "plover", "jsonl"):
        path = tmp_path / name
        export(items(Reader(store), Filter()), name, path, options=Options(), about={})
        text = path.read_text(encoding="utf-8")
        assert (
            ("RUS" in text or "Russland: military" in text)
            and "XRU" not in text
            and "Ruritanien" not in text.replace("Ruritanien zieht", "")
        ), name


def test_what_became_of_a_commitment_can_be_corrected(tmp_path):
    store = Store(tmp_path / "owed")
    write(store, [withdrawal("a.txt", status="planned")])
    build(store)
    (owed,) = dump(Reader(store))["commitments"]
    assert owed["final"] == "open"
    with pytest.raises(LedgerError, match="there are open, kept"):
        add_review(store, Review(owed["id"], "correct", "anna", "final", "erledigt"))
    with pytest.raises(LedgerError, match="--field final"):
        add_review(store, Review(owed["id"], "correct", "anna", "type", "AID"))
    add_review(store, Review(owed["id"], "correct", "anna", "final", "kept"))
    (owed,) = dump(Reader(store))["commitments"]
    assert (owed["final"], owed["review"]) == ("kept", "correct")
    assert [row["old"] for row in Reader(store).rows("select old from reviews")] == ["open"]


def test_contradictions_and_reports_say_which_of_their_events_was_rejected(tmp_path):
    store = Store(tmp_path / "owed")
    write(store, [withdrawal("a.txt", status="planned")])
    build(store)
    add_review(store, Review(event_of(store), "reject", "anna"))
    (owed,) = dump(Reader(store))["commitments"]
    assert [state["review"] for state in owed["states"]] == ["reject"]
