"""Exports against the schemas and the column types that their users' tools go by."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from lagebild.export.codebook import columns_of, names_of

SCHEMAS = Path(__file__).parent / "schemas"
ALL = ("denied", "planned", "demanded", "conditional")


def problems(name, value):
    jsonschema = pytest.importorskip("jsonschema", reason="needs the dev extra")
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("text", [True, False])
def test_plover_records_fit_the_schema(exported, text):
    for line in exported("plover", text=text)[0].read_text(encoding="utf-8").splitlines():
        assert problems("plover", json.loads(line)) == []


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize(("name", "schema"), [("geojson", "geojson"), ("annotations", "annotation_page")])
def test_collections_fit_their_schema(exported, name, schema, text):
    assert problems(schema, json.loads(exported(name, text=text)[0].read_text(encoding="utf-8"))) == []


def test_the_schemas_refuse_what_is_wrong(exported):
    page = json.loads(exported("annotations")[0].read_text(encoding="utf-8"))
    page["items"][0]["target"][0]["selector"][0].pop("exact")
    page["items"][1]["target"] = []
    assert len(problems("annotation_page", page)) == 2
    places = json.loads(exported("geojson")[0].read_text(encoding="utf-8"))
    places["features"][0]["geometry"]["coordinates"] = [2.0, 120.0]
    assert len(problems("geojson", places)) == 1


def test_annotations_count_code_points(exported):
    """As the Web Annotation model does: an emoji is one."""
    page = json.loads(exported("annotations")[0].read_text(encoding="utf-8"))
    for item in page["items"]:
        for target in item["target"]:
            quote, position = target["selector"]
            assert position["end"] - position["start"] == len(quote["exact"])


def test_icews_is_read_with_the_types_its_readers_ask_for(exported):
    """The R package icews: text but for 32-bit integers as ids and sentence number, a date, three doubles."""
    import pandas

    integers = ["Event ID", "Story ID", "Sentence Number"]
    doubles = ["Intensity", "Latitude", "Longitude"]
    types = dict.fromkeys(names_of("icews"), "string") | dict.fromkeys(integers, "Int32")
    types |= dict.fromkeys(doubles, "float64")
    frame = pandas.read_csv(
        exported("icews", include=ALL)[0], sep="\t", quoting=3, dtype=types, parse_dates=["Event Date"]
    )
    assert frame[[*integers, "Intensity", "CAMEO Code", "Event Date"]].notna().all().all()
    assert str(frame["Event Date"].dtype).startswith("datetime64")
    assert frame["Event ID"].is_unique
    assert (frame["Sentence Number"] >= 1).all()
    assert frame["CAMEO Code"].str.fullmatch(r"\d{2,4}").all()


def test_sentence_numbers_count_from_the_top(exported):
    import pandas

    frame = pandas.read_csv(exported("icews", include=ALL)[0], sep="\t", quoting=3)
    loaded = frame[frame["Event Text"].str.contains("force|mobili|alert|posture", case=False)]
    assert set(loaded["Sentence Number"]) == {2}


GDELT_TEXT = r".*(Code|Name|Fullname|FeatureID|URL|Identifier|TranslationInfo|Extras)$"  # all other columns are numbers


@pytest.mark.parametrize("name", ["gdelt-events", "gdelt-mentions"])
def test_gdelt_is_read_with_typed_columns(exported, name):
    """As tools for GDELT's files load them: codes are strings, ids, dates and counts 64-bit integers, scores floats."""
    import pandas

    kinds = {"integer": "Int64", "number": "float64", "string": "string"}
    types = {column.column: kinds[column.type] for column in columns_of(name)}
    assert {c for c, kind in types.items() if kind == "string"} == {c for c in types if re.match(GDELT_TEXT, c)}
    path = exported(name, include=ALL)[0]
    frame = pandas.read_csv(path, sep="\t", header=None, names=list(types), dtype=types, keep_default_na=False,
                            na_values=[""], quoting=3)  # fmt: skip
    assert frame["GlobalEventID"].notna().all()
    assert len(frame) >= 5


def test_polecat_is_read_with_none_as_missing(exported):
    import pandas

    frame = pandas.read_csv(
        exported("polecat", include=ALL)[0], sep="\t", na_values=["None"], keep_default_na=False,
        parse_dates=["Event Date", "Publication Date"],
    )  # fmt: skip
    assert frame[["Intensity", "Quad Code", "Latitude", "Longitude"]].dtypes.map(lambda t: t.kind in "fi").all()
    assert frame[["Event Date", "Publication Date"]].dtypes.map(lambda t: t.kind == "M").all()
    assert set(frame["Contexts"].dropna()) == {"military; economic"}


def test_acled_and_ged_are_read_with_numbers_and_dates(exported):
    import pandas

    acled = pandas.read_csv(exported("acled", include=ALL)[0])
    assert pandas.to_datetime(acled["event_date"], format="%d %B %Y").notna().all()
    ged = pandas.read_csv(exported("ucdp-ged", include=ALL)[0], parse_dates=["date_start", "date_end"])
    assert (ged["date_start"] <= ged["date_end"]).all()
    known = ged.dropna(subset=["best"])
    assert ((known["low"] <= known["best"]) & (known["best"] <= known["high"])).all()
    assert set(ged["type_of_violence"]) <= {1, 2, 3}


VALUES = {
    "url": r"https?://\S+",
    "date": r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?\S*)?)?)?",
    "language": r"[a-z]{3}",
    "country": r"[a-z]{2}",
    "identifier": r"Q\d+",
}
RANGES = {
    "Event.organizer": {"LegalEntity", "PublicBody"},
    "Event.involved": {"LegalEntity", "PublicBody"},
    "Event.proof": {"Article"},
}
FTM = columns_of("ftm")


def ftm_entities(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_follow_the_money_values_are_of_their_types(exported):
    kinds = {column.column: column.type for column in FTM}
    entities = ftm_entities(exported("ftm")[0])
    schemas = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schemas) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        for name, values in entity["properties"].items():
            kind = kinds[f"{entity['schema']}.{name}"]
            assert values and all(isinstance(value, str) and value for value in values)
            assert all(re.fullmatch(VALUES.get(kind, r"(?s).+"), value) for value in values), (name, values)
            if kind == "entity":
                assert {schemas[value] for value in values} <= RANGES[f"{entity['schema']}.{name}"]


def model():
    """FollowTheMoney's published model, read from its YAML files: importing the package would need ICU."""
    yaml = pytest.importorskip("yaml", reason="needs the dev extra")
    found = importlib.util.find_spec("followthemoney")
    if found is None or not found.submodule_search_locations:
        pytest.skip("needs the model's files: pip install --no-deps followthemoney")
    folder = Path(found.submodule_search_locations[0]) / "schema"
    loaded = {}
    for path in folder.glob("*.y*ml"):
        loaded |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def properties_of(schemas, name):
    own = {}
    for parent in schemas[name].get("extends", []):
        own |= properties_of(schemas, parent)
    return own | (schemas[name].get("properties") or {})


def ancestors(schemas, name):
    return {name}.union(*(ancestors(schemas, parent) for parent in schemas[name].get("extends", [])))


def test_the_codebook_knows_follow_the_moneys_model(exported):
    schemas = model()
    for column in FTM:
        schema, _, name = column.column.partition(".")
        found = properties_of(schemas, schema)[name]
        assert found.get("type", "string") == column.type, column
        if column.column in RANGES:
            assert all(found["range"] in ancestors(schemas, name) for name in RANGES[column.column])
    for entity in ftm_entities(exported("ftm")[0]):
        assert set(schemas[entity["schema"]].get("required", [])) <= set(entity["properties"]), entity


def test_xlsx_holds_numbers_as_numbers_and_no_formulas(exported):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the dev extra")
    sheet = openpyxl.load_workbook(exported("xlsx")[0]).active
    head, *rows = [list(row) for row in sheet.iter_rows()]
    kinds = {column.column: column.type for column in columns_of("xlsx")}
    for row in rows:
        for name, cell in zip((cell.value for cell in head), row, strict=True):
            if cell.value is not None:
                assert cell.data_type == ("n" if kinds[name] in ("integer", "number") else "s"), (name, cell.value)
