"""Two annotations of one text: figures, kinds of difference, and the gold in the project."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from bench.agreement import both_annotations, differences, figures, interval, main
from bench.sheets import read_sheets

SHEET = """# doc = d1-026
# date = 2019-03-14
Die Regierung zog am Montag ihre Truppen ab und lehnte Gespräche mit Kenia ab.
E RETREAT/withdraw t=zog+ab a=Regierung@ETH:GOV r=- st=actual sp=- p=- d=Montag
E REJECT/meet t=lehnte a=Regierung@ETH:GOV r=Kenia@KEN:GOV st=actual sp=- p=- d=-
E CONSULT/- t=Gespräche a=Regierung@ETH:GOV,Kenia@KEN:GOV r=Regierung@ETH:GOV,Kenia@KEN:GOV st=denied sp=Regierung@ETH:GOV
"""


@pytest.fixture
def rows(tmp_path: Path):
    """One annotated article, twice."""
    (tmp_path / "x.txt").write_text(SHEET, encoding="utf-8")
    first = {row["doc"]: row for row in read_sheets(tmp_path)}
    return first, copy.deepcopy(first)


def test_the_same_annotation_agrees_fully(rows) -> None:
    assert set(figures(*rows).values()) == {1.0}
    assert interval(*rows) == (1.0, 1.0)
    assert not list(differences(*rows))


@pytest.mark.parametrize(
    ("event", "key", "value", "kind", "detail"),
    [
        (0, "type", "CONCEDE", "another type", "RETREAT / CONCEDE"),
        (0, "status", "planned", "status", "actual / planned"),
        (0, "mode", "", "mode", "withdraw / none"),
        (0, "actors", [{"start": 0, "end": 0, "code": "KEN:GOV"}], "actors", "others"),
        (1, "recipients", [], "recipients", "none with the second"),
        (0, "recipients", [{"start": 0, "end": 0, "code": "KEN"}], "recipients", "none with the first"),
        (2, "recipients", [{"start": 0, "end": 0, "code": "KEN"}], "recipients", "fewer with the second"),
        (2, "speaker", None, "speaker", "none with the second"),
    ],
)
def test_each_kind_of_difference_is_named(rows, event, key, value, kind, detail) -> None:
    first, second = rows
    second["d1-026"]["events"][event][key] = value
    assert [found[:2] for found in differences(first, second)] == [(kind, detail)]
    assert min(figures(first, second).values()) < 1


def test_an_event_of_one_annotator_only_is_counted_once_on_its_side(rows) -> None:
    first, second = rows
    del second["d1-026"]["events"][1]
    assert [found[:2] for found in differences(first, second)] == [("only the first", "REJECT")]
    assert [found[:2] for found in differences(second, first)] == [("only the second", "REJECT")]
    assert figures(first, second)["events"] == pytest.approx(0.8)


def test_another_text_is_refused(rows, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="d1-026"):
        both_annotations(tmp_path)


def test_the_second_annotation_is_of_articles_of_the_corpus(capsys) -> None:
    assert main(["--no-program"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("20 articles")
    assert "second / first" in printed
    assert "program" not in printed
