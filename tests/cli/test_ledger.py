"""``lagebild ledger`` as typed: what is refused and why, what exports hold."""

from __future__ import annotations

import csv
import json
import random

import pytest

from lagebild.cli.main import main
from lagebild.ledger.build import build
from lagebild.ledger.dump import dump
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from tests.export.sample import SAMPLE
from tests.ledger.test_build import story


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("cli") / "ledger")
    write(store, list(SAMPLE))
    build(store)
    return store.root


def run(capsys, *arguments):
    try:
        code = main(["ledger", *map(str, arguments)])
    except SystemExit as end:
        code = end.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "--format", "csv", "--out", "{tmp}/none/x.csv"], "there is no folder"),
        (["export", "--format", "csv", "--out", "{tmp}"], "is a folder"),
        (["export", "--format", "package", "--out", "{tmp}/file"], "is a file"),
        (["export", "--format", "acled", "--out", "{tmp}/x.csv", "--include", "planned,foo"], "there is no 'foo'"),
        (["dump", "--out", "{tmp}/none/x.json"], "there is no folder"),
        (["dump", "--out", "-"], "go to a file"),
        (["export", "--format", "csv", "--out", "-"], "go to a file"),
        (["search", "Zenda", "--type", "FOO"], "there is no 'FOO'"),
        (["search", "Zenda", "--status", "foo"], "there is no 'foo'"),
        (["search", "Zenda", "--limit", "0"], "'0' is not a number from 1"),
        (["search", "Zenda", "--since", "gestern"], "'gestern' is not a day like"),
        (["incidents", "--as-of", "gestern"], "'gestern' is not a time like"),
    ],
)
def test_wrong_use_is_said_plainly(kept, tmp_path, capsys, arguments, words):
    (tmp_path / "file").touch()
    code, out, err = run(capsys, *(word.format(tmp=tmp_path) for word in arguments), "--ledger", kept)
    assert (code, out) == (2, "")
    assert words in err


def test_a_format_that_holds_every_status_says_so_where_some_are_asked_for(kept, tmp_path, capsys):
    arguments = ["export", "--format", "csv", "--out", tmp_path / "x.csv", "--include", "denied", "--ledger", kept]
    assert "csv holds events of every status anyway" in run(capsys, *arguments)[2]


def test_filters_take_either_case(kept, capsys):
    either = [
        run(capsys, "search", "Frankreich", "--actor", who, "--status", how, "--json", "--ledger", kept)[1]
        for who, how in (("FRA", "actual"), ("fra", "ACTUAL"))
    ]
    assert either[0] == either[1] != ""


def test_hits_tell_where_they_are_to_be_opened(kept, capsys):
    hits = json.loads(run(capsys, "search", "Frankreich", "--json", "--ledger", kept)[1])
    assert [(hit["doc"], hit["url"], hit["outlet"]) for hit in hits] == [
        ("ä b.html", "https://zeitung.test/a?b=1&c=ü", "zeitung.test")
    ]
    out = run(capsys, "search", "Frankreich", "--ledger", kept)[1]
    assert "ä b.html" in out and hits[0]["article"] in out and "https://zeitung.test/a" in out


def test_more_hits_than_asked_for_are_told(kept, capsys):
    every = run(capsys, "search", "ist OR war OR Frankreich OR hilft", "--ledger", kept)[1].splitlines()[-1]
    assert every == "3 article(s)"
    some = run(capsys, "search", "ist OR war OR Frankreich OR hilft", "--limit", "2", "--ledger", kept)[1].splitlines()[
        -1
    ]
    assert some == "the best 2 article(s), there are more: --limit N"


def test_the_sidecar_tells_which_state_of_the_ledger_it_shows(kept, tmp_path, capsys):
    _, said = exported(capsys, kept, tmp_path / "a.csv", "csv")
    assert (said["as_of"], said["one_per"]) == (None, None)
    _, said = exported(
        capsys, kept, tmp_path / "b.csv", "csv", "--as-of", "2999-01-01", "--one-per", "incident", "--mark-implied"
    )
    assert (said["as_of"], said["one_per"], said["marked"]) == ("2999-01-01T00:00:00+00:00", "incident", True)


def test_what_sql_gives_as_json_is_numbers_and_null(kept, capsys):
    sql = "select 1.50::decimal(9, 2) as a, 'nan'::double as b, [1.5::decimal(9, 1)] as c"
    assert json.loads(run(capsys, "sql", sql, "--json", "--ledger", kept)[1]) == [{"a": 1.5, "b": None, "c": [1.5]}]


def test_runs_are_counted_once_and_older_rows_only_where_there_are_any(kept, capsys):
    lines = run(capsys, "stats", "--ledger", kept)[1].splitlines()
    assert "           1  runs" in lines and "           3  articles" in lines


def test_a_foreign_folder_is_told_from_one_that_could_become_a_ledger(tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    assert "name another folder" in run(capsys, "stats", "--ledger", tmp_path / "mine")[2]
    assert "makes one" in run(capsys, "stats", "--ledger", tmp_path / "none")[2]


def exported(capsys, kept, path, name, *more):
    assert run(capsys, "export", "--format", name, "--out", path, "--ledger", kept, *more)[0] == 0
    said = json.loads(path.with_name(path.name + ".meta.json").read_text(encoding="utf-8"))
    return path.read_text(encoding="utf-8"), said


def test_implied_actors_are_counted_and_can_stay_out(kept, tmp_path, capsys):
    _, said = exported(capsys, kept, tmp_path / "a.tsv", "polecat", "--include", "demanded")
    assert (said["implied"], said["not_held"]["implied"]) == (True, 1)
    text, said = exported(capsys, kept, tmp_path / "b.jsonl", "jsonl", "--no-implied")
    assert said["implied"] is False
    assert not [a for line in text.splitlines() for a in json.loads(line)["actors"] if a["how"] == "implied"]


def test_rows_of_conflict_data_name_their_incident(kept, tmp_path, capsys):
    text, _ = exported(capsys, kept, tmp_path / "a.csv", "acled")
    tags = [row["tags"] for row in csv.DictReader(text.splitlines())]
    assert any(tag.startswith("incident=i") for tag in tags)


def test_lists_are_blocks_by_day_with_whole_ids_and_sentences(kept, capsys):
    out = run(capsys, "incidents", "--ledger", kept)[1]
    rows = json.loads(run(capsys, "incidents", "--json", "--ledger", kept)[1])
    assert len(rows) > 2
    heads = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    dates = {row["id"]: row["date"] or "" for row in rows}
    assert set(heads) == set(dates)
    assert [dates[key] for key in heads] == sorted(dates.values())
    assert all(mention["sentence"] in out for row in rows for mention in row["mentions"])


def test_what_sql_gives_is_tab_separated_where_piped_with_columns_of_one_name(kept, capsys):
    out = run(capsys, "sql", "select 1 as a, 'x y' as a, [1, 2] as b", "--ledger", kept)[1]
    assert out == "a\ta\tb\n1\tx y\t[1, 2]\n"


def test_an_empty_list_says_so(tmp_path, capsys):
    Store(tmp_path / "ledger").create()
    assert run(capsys, "incidents", "--ledger", tmp_path / "ledger")[1] == "nothing found\n"


def test_lists_can_be_narrowed_to_days_and_a_type(kept, capsys):
    def listed(*more):
        rows = json.loads(run(capsys, "incidents", "--json", "--ledger", kept, *more)[1])
        return {(row["type"], row["day"]) for row in rows}

    every = listed()
    assert listed("--since", "2024-03-01") == {row for row in every if row[1]} != set()
    assert listed("--until", "2024-02-29") == {row for row in every if not row[1]}
    assert listed("--type", "assault") == {row for row in every if row[0] == "ASSAULT"} != every


def test_a_limit_keeps_what_was_told_of_last(kept, capsys):
    rows = json.loads(run(capsys, "incidents", "--json", "--ledger", kept)[1])
    few = json.loads(run(capsys, "incidents", "--limit", "1", "--json", "--ledger", kept)[1])
    assert len(rows) > 1
    assert [row["day"] for row in few] == [max(row["day"] or "" for row in rows)]


def test_both_sides_of_a_contradiction_and_each_report_are_whole_sentences(tmp_path, capsys):
    store = Store(tmp_path / "ledger")
    write(store, [story(number, random.Random(number)) for number in range(12)])
    build(store)
    dumped = dump(Reader(store))
    sides = [row[side] for row in dumped["contradictions"] for side in "ab"]
    sides += [state for row in dumped["commitments"] for state in row["states"] if state["state"] != "open"]
    assert sides
    assert all(side.get("sentence", side["quote"]).endswith(".") for side in sides)
    assert all(row["day"] for rows in dumped.values() for row in rows)
