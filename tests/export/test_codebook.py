"""What is written, the codebook and the docs say the same."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lagebild.cli.main import main
from lagebild.export.codebook import SHARED, cells, codebook, columns_of, markdown, names_of
from lagebild.export.ledger import EXPORTERS, items
from lagebild.export.package import write_package
from lagebild.export.rows import COLUMNS_OF
from lagebild.ledger.filters import Filter
from lagebild.ledger.schemas import SCHEMAS
from lagebild.rules.lexicon import ROOT

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"
ALL = ("denied", "planned", "demanded", "conditional")
HEADLESS = ("gdelt-events", "gdelt-mentions")
SEPARATED = {"polecat": "\t", "icews": "\t", "acled": ",", "ucdp-ged": ",", "csv": ","}
GEXF = "{http://gexf.net/1.3}"


def leaves(value, at=""):
    """Yield path and value of all leaves: ``a.b[].c``; an empty list or object is a leaf."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, f"{at}.{key}" if at else key)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from leaves(inner, f"{at}[]")
    else:
        yield at, value


def written_paths(objects):
    """Return the paths of many objects without those that are only an empty form of a deeper one."""
    found = {path for one in objects for path, _ in leaves(one)}
    return {path for path in found if not any(other.startswith((f"{path}.", f"{path}[")) for other in found)}


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path, delimiter):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def parquet(path):
    import pyarrow.parquet as pq

    return pq.read_table(path).column_names


def xlsx(path):
    import openpyxl

    return [cell.value for cell in next(openpyxl.load_workbook(path).active.iter_rows())]


def inside(path, name):
    return json.loads(path.read_text(encoding="utf-8"))[name]


def gexf(path):
    root = ET.parse(path).getroot()
    found = set()
    for kind in ("node", "edge"):
        titles = {
            a.get("id"): a.get("title")
            for declared in root.iter(f"{GEXF}attributes")
            if declared.get("class") == kind
            for a in declared
        }
        for one in root.iter(f"{GEXF}{kind}"):
            found |= {f"{kind} {name}" for name in one.attrib if (kind, name) != ("edge", "id")}
            found |= {f"{kind} {titles[value.get('for')]}" for value in one.iter(f"{GEXF}attvalue")}
    return found


def ftm(path):
    return {f"{one['schema']}.{name}" for one in lines(path) for name in one["properties"]}


def bibtex(path):
    return set(re.findall(r"^  (\w+) = \{", path.read_text(encoding="utf-8"), re.MULTILINE))


OBJECTS = {
    "plover": lines,
    "jsonl": lines,
    "geojson": lambda path: [{k: v for k, v in one.items() if k != "type"} for one in inside(path, "features")],
    "annotations": lambda path: inside(path, "items"),
}
UNORDERED = {
    "gexf": gexf,
    "ftm": ftm,
    "bibtex": bibtex,
} | {name: lambda path, read=read: written_paths(read(path)) for name, read in OBJECTS.items()}
ORDERED = {"parquet": parquet, "xlsx": xlsx} | {
    name: lambda path, delimiter=delimiter: table(path, delimiter)[0] for name, delimiter in SEPARATED.items()
}


def test_every_format_is_compared():
    assert {*UNORDERED, *ORDERED, *HEADLESS} == set(EXPORTERS)


@pytest.mark.parametrize("name", ORDERED)
def test_columns_stand_in_the_codebooks_order(exported, name):
    assert tuple(ORDERED[name](exported(name)[0])) == names_of(name)


@pytest.mark.parametrize("name", HEADLESS)
def test_files_without_a_header_have_the_codebooks_number_of_columns(exported, name):
    assert {len(row) for row in table(exported(name)[0], "\t")} == {len(names_of(name))}


@pytest.mark.parametrize("name", UNORDERED)
def test_fields_are_those_of_the_codebook(exported, name):
    assert UNORDERED[name](exported(name)[0]) == set(names_of(name))


@pytest.mark.parametrize("name", OBJECTS)
def test_what_is_never_missing_is_never_null(exported, name):
    never = {column.column for column in columns_of(name) if column.missing == "never"}
    for one in OBJECTS[name](exported(name)[0]):
        assert [path for path, value in leaves(one) if path in never and value in (None, "", [])] == []


@pytest.mark.parametrize("name", [*SEPARATED, *HEADLESS])
def test_cells_are_as_the_codebook_says(exported, name):
    rows = table(exported(name, include=ALL)[0], SEPARATED.get(name, "\t"))[name not in HEADLESS :]
    assert len(rows) >= (1 if name == "ucdp-ged" else 2)
    for number, column in enumerate(columns_of(name)):
        cells = {row[number] for row in rows}
        if column.meaning.startswith("always ") and column.missing in ("empty", "None"):
            assert cells == {"" if column.missing == "empty" else "None"}, column
        elif column.missing == "empty":
            assert "None" not in cells, column
        else:
            assert "" not in cells, column
        given = cells - {"", "None"}
        if column.type == "integer":
            assert all(re.fullmatch(r"-?\d+", cell) for cell in given), column
        if column.type == "number":
            assert all(float(cell) is not None for cell in given), column
        if column.type == "date" and name != "acled":
            assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", cell) for cell in given), column


def test_sources_are_columns_of_the_ledger_or_tables_of_the_lexicon():
    for column in codebook():
        for source in column.source.split(", "):
            if source.startswith("lexicon "):
                assert (ROOT / source.removeprefix("lexicon ")).exists(), column
            elif source != "-":
                name, _, field = source.partition(".")
                assert name in SCHEMAS, column
                assert not field or field.partition(".")[0] in SCHEMAS[name].names, column


@pytest.mark.parametrize("what", COLUMNS_OF)
def test_the_columns_of_the_reader_are_those_of_the_codebook(what):
    assert list(names_of(f"code-{what}")) == COLUMNS_OF[what]


def test_no_column_stands_twice():
    keys = [(column.format, column.column) for column in codebook()]
    assert len(keys) == len(set(keys))
    assert {column.format for column in codebook()} >= {part for parts in SHARED.values() for part in parts}


def test_the_package_carries_the_codebook(reader, tmp_path):
    from lagebild.export.base import Options

    write_package(items(reader, Filter()), tmp_path, options=Options(), about={"ledger": "x"})
    book = table(tmp_path / "codebook.csv", ",")[1:]
    for name in ("events", "articles"):
        assert [row[1] for row in book if row[0] == name] == table(tmp_path / f"{name}.csv", ",")[0]
    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    fields = [field["name"] for resource in described["resources"][:2] for field in resource["schema"]["fields"]]
    assert fields == [row[1] for row in book]
    assert described["lagebild"]["written"] > 0
    assert described["lagebild"]["left_out"] == {}


def test_the_docs_hold_the_codebook():
    docs = DOCS.read_text(encoding="utf-8")
    assert markdown() in docs, "run: lagebild ledger codebook --markdown, and put it under Columns in docs/exports.md"


def test_the_command_prints_it(capsys):
    assert main(["ledger", "codebook", "--format", "icews"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split("\t") for line in printed[1:]] == [list(cells(column)) for column in columns_of("icews")]
    assert main(["ledger", "codebook", "--markdown"]) == 0
    assert capsys.readouterr().out == markdown()
    assert main(["ledger", "codebook", "--format", "nope"]) == 2
