"""Tables name their bad rows by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest

from lagebild.rules import table
from lagebild.rules.lexicon import ROOT
from lagebild.rules.table import header, line_of, read_table
from lagebild.rules.tables import TABLES


@dataclass(frozen=True, slots=True)
class Sample:
    id: str
    kind: Literal["a", "b"]
    words: tuple[str, ...] = ()
    count: int = 0
    open: bool = False

    def __post_init__(self):
        if self.count < 0:
            raise ValueError("count is negative")


def read(tmp_path, text):
    path = tmp_path / "t.tsv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, Sample)


def test_reads_typed_cells(tmp_path):
    rows, problems = read(tmp_path, "# remark\nid\tkind\twords\tcount\topen\n\nx\ta\teins | zwei\t3\tyes\ny\tb\n")
    assert problems == []
    assert rows == [Sample("x", "a", ("eins", "zwei"), 3, True), Sample("y", "b")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is empty"),
        ("id\tkind\n", 1, "no rows"),
        ("id\tkind\tcolour\nx\ta\tred\n", 1, "unknown column 'colour'"),
        ("id\nx\n", 1, "lacks the column 'kind'"),
        ("id\tkind\tkind\nx\ta\ta\n", 1, "stands twice"),
        ("id\tkind\nx\tc\n", 2, "kind is 'c'; allowed are a, b"),
        ("id\tkind\n\nx\ta\nx\tb\n", 4, "stands already in line 3"),
        ("id\tkind\tcount\nx\ta\tmany\n", 2, "not a number"),
        ("id\tkind\tcount\nx\ta\t-1\n", 2, "count is negative"),
        ("id\tkind\topen\nx\ta\tja\n", 2, "write yes or no"),
        ("id\tkind\nx\ta\tmore\tand more\n", 2, "has 4 cells"),
        ("id\tkind\nx\t\n", 2, "lacks kind"),
    ],
)
def test_names_the_bad_line(tmp_path, text, line, message):
    _, problems = read(tmp_path, text)
    assert [(p.line, message in p.message) for p in problems] == [(line, True)], problems


HEAD = "id\tkind\twords\tcount\topen\n"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("x\ta\teins|zwei\t3\tyes\ny \t b\t\t\t\nz\ta\n", None),
        ("x\ta\ny\tc\nz\ta\n", (3, "allowed are a, b")),
        ("x\ta\n\t\t\nz\ta\n", (3, "empty row")),
        ("x\ta\ny\t\nz\ta\n", (3, "lacks kind")),
        ("x\ta\nx\tb\nz\ta\n", (3, "stands already in line 2")),
        ("x\ta\ny\ta\t\t\t\tno\nz\ta\n", (3, "has 6 cells")),
    ],
)
def test_a_table_read_at_once_has_the_rows_it_has_row_by_row(tmp_path, monkeypatch, lines, problem):
    at_once = read(tmp_path, HEAD + lines)
    monkeypatch.setattr(table, "_read_at_once", lambda *_: None)
    assert at_once == read(tmp_path, HEAD + lines)
    assert [row.id for row in at_once[0]] == (["x", "y", "z"] if problem is None else ["x", "z"])
    assert [(p.line, problem[1] in p.message) for p in at_once[1]] == ([] if problem is None else [(problem[0], True)])


def test_a_good_table_is_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "_read_one_by_one", lambda *_: pytest.fail("row by row"))
    for name in TABLES:
        assert read_table(ROOT / name, TABLES[name])[0], name


def test_says_when_a_file_is_not_utf8(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_bytes("id\tkind\nä\ta\n".encode("cp1252"))
    assert "is not UTF-8" in read_table(path, Sample)[1][0].message


def test_says_when_a_file_cannot_be_read(tmp_path):
    assert "cannot be read" in read_table(tmp_path / "none.tsv", Sample)[1][0].message


@pytest.mark.parametrize("name", TABLES)
def test_rows_written_as_lines_are_read_as_the_same_rows(tmp_path, name):
    rows, _ = read_table(ROOT / name, TABLES[name])
    path = tmp_path / "again.tsv"
    path.write_text("\n".join([header(TABLES[name]), *map(line_of, rows)]), encoding="utf-8")
    assert read_table(path, TABLES[name]) == (rows, [])
