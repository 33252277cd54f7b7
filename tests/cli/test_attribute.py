"""The attribute command: both schemes, bad lines, bad files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from lagebild.cli.attribute import told_scheme
from lagebild.cli.main import main

NEWS = {
    "doc": "a",
    "Sentences": [{"SentenceId": 3, "Tokens": "Der Minister sagte , die Gespräche seien gescheitert .".split()}],
}
SPEECH = {
    "doc": "b",
    "Sentences": [
        {"SentenceId": 0, "Tokens": ["Frau", "Präsidentin", "!"]},
        {"SentenceId": 1, "Tokens": "Ich sage Ihnen , dass wir den Antrag ablehnen .".split()},
    ],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_news_quotation(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["attribute", str(write(tmp_path / "in.jsonl", NEWS)), "--out", str(out), "--scheme", "newsatt"]) == 0
    (row,) = read(out)
    (quotation,) = row["Annotations"]
    assert quotation["Form"] == "Indirect"
    assert quotation["Message"] == ["3:4", "3:5", "3:6", "3:7"]
    assert quotation["Source"] == ["3:0", "3:1"]
    assert quotation["Cue"] == ["3:2"]


def test_speech_events(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["attribute", str(write(tmp_path / "in.jsonl", SPEECH)), "--out", str(out)]) == 0
    (row,) = read(out)
    said = next(event for event in row["Annotations"] if event["Cue"] == ["1:1"])
    assert said["Source"] == ["1:0"]
    assert said["Addr"] == ["1:2"]
    assert "1:8" in said["Message"]


@pytest.mark.parametrize(("row", "scheme"), [(NEWS, "newsatt"), (SPEECH, "spkatt")])
def test_scheme_is_told_from_the_input(row: dict, scheme: str) -> None:
    assert told_scheme([row]) == scheme


def test_bad_lines_are_named_and_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "in.jsonl", {"doc": "x"}, NEWS)
    assert main(["attribute", str(path), "--out", str(tmp_path / "out.jsonl")]) == 1
    assert f"{path}:1" in capsys.readouterr().err
    assert len(read(tmp_path / "out.jsonl")) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"doc": "x"}, "has no list 'Sentences'"),
        ([1], "has no list 'Sentences'"),
        ({"Sentences": ["a"]}, "has no list 'Sentences'"),
        ({"Sentences": [{"SentenceId": 0, "Tokens": [1]}]}, "sentence 0 has no list 'Tokens' of strings"),
        ({"Sentences": [{"Tokens": ["a"]}]}, "sentence 0 has no 'SentenceId'"),
    ],
)
def test_what_a_line_lacks_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], row: object, words: str) -> None:
    assert main(["attribute", str(write(tmp_path / "in.jsonl", row))]) == 3
    assert words in capsys.readouterr().err


def test_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    line = (json.dumps(NEWS) + "\n").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line)))
    assert main(["attribute", "-", "--scheme", "newsatt"]) == 0
    assert json.loads(capsys.readouterr().out)["Annotations"]


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attribute", str(tmp_path / "none.jsonl")]) == 3
    assert "none.jsonl" in capsys.readouterr().err
