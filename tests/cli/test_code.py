"""``lagebild code`` as typed: formats, exit codes, refusals that let the rest go on, ledgers."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from lagebild.cli.main import main

PAGE = """Freitag, 1. März 2024
Ruritanischer KonfliktGrenzstadt meldet Abzug
Russland hat nach Angaben des ukrainischen Präsidenten seine Truppen aus der Stadt Cherson abgezogen. \
Das Außenministerium in Moskau wies das zurück. Bundeskanzler Olaf Scholz forderte am Donnerstag in Berlin ein Ende der \
Angriffe. Die Europäische Union verhängte am selben Tag neue Sanktionen gegen Russland.
Quelle: beispiel.de, dpa
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def coded(capsys, *arguments):
    code = main(["code", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_jsonl_quotes_the_text_at_its_offsets(page, capsys):
    code, out, _ = coded(capsys, page, "--format", "jsonl")
    article = json.loads(out)
    text = article["text"]
    assert code == 0
    assert article["published"].startswith("2024-03-01")
    assert "dpa" in article["agencies"]
    assert article["events"]
    for event in article["events"]:
        assert event["quote"] == " … ".join(text[start:end] for start, end in event["trigger"])
        for actor in event["actors"] + event["recipients"]:
            assert 0 <= actor["start"] <= actor["end"] <= len(text)
    for statement in article["statements"]:
        assert all(0 <= start < end <= len(text) for start, end in statement["message"])


def test_who_did_what_to_whom_and_on_whose_word(page, capsys):
    _, out, _ = coded(capsys, page, "--format", "jsonl")
    events: dict[str, dict[str, Any]] = {}
    for event in json.loads(out)["events"]:
        events.setdefault(event["type"], event)
    codes = {kind: {a["code"][:3] for a in event["actors"]} for kind, event in events.items()}
    assert codes["RETREAT"] == {"RUS"}
    assert events["RETREAT"]["speaker"]["code"][:3] == "UKR"
    assert codes["SANCTION"] == {"EUR"}
    assert {r["code"][:3] for r in events["SANCTION"]["recipients"]} == {"RUS"}
    assert codes["REQUEST"] == {"DEU"}


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv"])
def test_the_ending_of_out_decides_the_format(page, tmp_path, capsys, ending):
    out = tmp_path / f"out.{ending}"
    assert coded(capsys, page, "--out", out)[0] == 0
    text = out.read_text(encoding="utf-8")
    if ending == "json":
        assert json.loads(text)[0]["doc"] == "page.txt"
    elif ending == "jsonl":
        assert json.loads(text)["doc"] == "page.txt"
    else:
        assert next(csv.DictReader(text.splitlines()))["doc"] == "page.txt"


def test_the_table_shows_the_words_and_explain_the_rules(page, capsys):
    code, out, _ = coded(capsys, page, "--explain")
    assert code == 0
    assert "SANCTION" in out
    assert "verhängte" in out
    assert "lexicon" in out


def test_a_refused_input_is_named_and_the_rest_goes_on(page, tmp_path, capsys):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    english = tmp_path / "english.txt"
    english.write_text("The government said on Friday that the troops would leave the country before the winter. " * 5)
    code, out, err = coded(capsys, empty, page, english, tmp_path / "none.txt", "--format", "jsonl")
    assert code == 1
    assert [json.loads(line)["doc"] for line in out.splitlines()] == ["page.txt"]
    for name in ("empty.txt", "english.txt", "none.txt"):
        assert name in err


def test_nothing_readable_is_exit_code_3(tmp_path, capsys):
    assert coded(capsys, tmp_path / "none.txt")[0] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--explain", "--format", "csv"],
        ["--what", "statements", "--format", "json"],
        ["--date", "gestern"],
        ["--jobs", "0"],
        ["--out", "/nowhere/at/all.json"],
        ["--lexicon", "/nowhere"],
    ],
)
def test_wrong_use_is_exit_code_2(page, capsys, arguments):
    code, out, err = coded(capsys, page, *arguments)
    assert (code, out) == (2, "")
    assert err


def test_statements_as_csv(page, capsys):
    code, out, _ = coded(capsys, page, "--format", "csv", "--what", "statements")
    rows = list(csv.DictReader(out.splitlines()))
    assert code == 0
    assert any(row["speaker"].startswith("UKR") and "nach" in row["cue"] for row in rows)


def test_several_processes_give_the_same_in_the_same_order(page, tmp_path, capsys):
    lines = [json.dumps({"doc": str(n), "date": "2024-03-01", "text": PAGE}) for n in range(20)]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    one = coded(capsys, source, "--format", "jsonl")[1]
    assert coded(capsys, source, "--format", "jsonl", "--jobs", "2")[1] == one


def test_jsonl_text_is_taken_as_it_is(tmp_path, capsys):
    text = "\n  Die Türkei hat am Montag Luftangriffe auf Stellungen der PKK geflogen.  \n\n"
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"doc": "x", "date": "2024-03-05", "text": text}), encoding="utf-8")
    article = json.loads(coded(capsys, source, "--format", "jsonl")[1])
    assert article["text"] == text
    assert [timex["value"] for timex in article["timex"]] == ["2024-03-04"]


def test_a_ledger_keeps_the_records_and_does_not_code_twice(page, tmp_path, capsys):
    ledger = tmp_path / "ledger"
    assert coded(capsys, page, "--ledger", ledger, "--format", "csv")[0] == 0
    again = coded(capsys, page, "--ledger", ledger, "--format", "jsonl")
    assert again[0] == 0
    assert again[1] == ""
    assert main(["ledger", "sql", "select count(*) as n from articles", "--ledger", str(ledger), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"n": 1}]
    assert main(["ledger", "incidents", "--ledger", str(ledger), "--json"]) == 0
    assert "RETREAT" in capsys.readouterr().out


def test_a_run_killed_half_way_leaves_whole_lines(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps({"doc": str(n), "date": "2024-03-01", "text": PAGE * 4}) for n in range(2000)]
    source.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", "import sys; from lagebild.cli.main import main; sys.exit(main(sys.argv[1:]))"]
    process = subprocess.Popen([*command, "code", str(source), "--out", str(out)], cwd=Path(__file__).parents[2])
    while process.poll() is None and (not out.exists() or out.stat().st_size < 200_000):
        time.sleep(0.02)
    process.kill()
    process.wait()
    whole = out.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]
    assert whole
    assert all(json.loads(line)["doc"] for line in whole)


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("folder", "is a folder"),
        ("page.txt", "is what is read"),
        ("table.xlsx", "unknown ending"),
        ("none/out.json", "there is no folder"),
    ],
)
def test_an_out_that_cannot_be_or_would_destroy_the_input_is_refused(page, tmp_path, capsys, out, words):
    (tmp_path / "folder").mkdir()
    code, _, err = coded(capsys, page, "--out", tmp_path / out)
    assert code == 2
    assert words in err
    assert page.read_text(encoding="utf-8") == PAGE


def test_an_out_among_the_pages_that_are_read_is_refused(page, tmp_path, capsys):
    code, _, err = coded(capsys, tmp_path, "--out", tmp_path / "out.jsonl")
    assert (code, (tmp_path / "out.jsonl").exists()) == (2, False)
    assert "lies in the folder that is read" in err


def test_a_full_disk_is_said_plainly(page, capsys):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    code, _, err = coded(capsys, page, "--out", "/dev/full", "--format", "jsonl")
    assert code == 2
    assert "writing stopped" in err


def test_a_run_told_to_end_closes_its_json(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.json"
    lines = [json.dumps({"doc": str(n), "date": "2024-03-01", "text": PAGE * 4}) for n in range(2000)]
    source.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-c", "import sys; from lagebild.cli.main import main; sys.exit(main(sys.argv[1:]))"]
    process = subprocess.Popen(
        [*command, "code", str(source), "--out", str(out)],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and (not out.exists() or out.stat().st_size < 100_000):
        time.sleep(0.02)
    process.terminate()
    _, err = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in err
    assert json.loads(out.read_text(encoding="utf-8"))
