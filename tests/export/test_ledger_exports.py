"""Every export read back with the tool, or against the schema, that its users have."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json

import pytest

from lagebild.export.base import Options
from lagebild.export.codebook import names_of
from lagebild.export.formats.tabular import COLUMNS
from lagebild.export.ledger import EXPORTERS, items
from lagebild.export.package import write_package
from lagebild.ledger.build import build
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from tests.export.sample import EVENTS, FOUND, NUMBER, TEXT
from tests.ledger.factory import withdrawal

POLECAT, ICEWS, GDELT_EVENTS, GDELT_MENTIONS, ACLED, GED = (
    names_of(name) for name in ("polecat", "icews", "gdelt-events", "gdelt-mentions", "acled", "ucdp-ged")
)


def rows_of(path, delimiter="\t"):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


@pytest.mark.parametrize(
    ("name", "count"), [("polecat", 40), ("icews", 20), ("gdelt-events", 61), ("gdelt-mentions", 16)]
)
def test_column_counts(exported, name, count):
    rows = rows_of(exported(name)[0])
    assert {len(row) for row in rows} == {count}
    assert len(rows) >= 3


def test_polecat_holds_deeds_with_none_for_what_is_missing(exported):
    import pandas

    path, outcome = exported("polecat")
    table = pandas.read_csv(path, sep="\t", keep_default_na=False, dtype=str)
    assert list(table.columns) == list(POLECAT)
    assert sorted(table["Event Type"]) == ["ASSAULT", "CONSULT", "MOBILIZE", "REQUEST"]
    met = table.set_index("Event Type").loc["CONSULT"]
    assert (met["Actor Country"], met["Recipient Country"], met["City"], met["GeoNames ID"]) == (
        "FRA",
        "GRC",
        "Paris",
        "2988507",
    )
    assert (met["Event Date"], met["Recipient Title"], met["Quad Code"]) == ("2024-03-01", "None", "1")
    assert outcome.written == 4


def test_what_is_left_out_is_counted_with_its_reason(exported):
    path, outcome = exported("polecat")
    meta = json.loads(path.with_name(path.name + ".meta.json").read_text(encoding="utf-8"))
    assert meta["left_out"] == outcome.left_out
    reasons = " ".join(outcome.left_out)
    assert all(f"status {status}" in reasons for status in ("denied", "planned", "demanded"))
    assert "no date" in reasons
    assert outcome.written + sum(outcome.left_out.values()) == NUMBER


@pytest.mark.parametrize("name", [n for n, kind in EXPORTERS.items() if kind.deeds and n not in ("ucdp-ged", "gexf")])
def test_include_brings_other_statuses_back(exported, name):
    _, without = exported(name)
    _, with_denied = exported(name, include=["denied"])
    assert with_denied.written == without.written + 1
    assert not any("status denied" in reason for reason in with_denied.left_out)


@pytest.mark.parametrize("name", [n for n, kind in EXPORTERS.items() if not kind.deeds])
def test_formats_that_hold_a_status_leave_none_out_by_it(exported, name):
    assert not any("status" in reason for reason in exported(name)[1].left_out)


def test_cameo_codes_are_text(exported):
    rows = rows_of(exported("icews")[0])
    assert rows[0] == list(ICEWS)
    codes = [row[ICEWS.index("CAMEO Code")] for row in rows[1:]]
    assert codes and all(code.isdigit() and 2 <= len(code) <= 4 for code in codes)
    assert any(code.startswith("0") for code in codes)


def test_gdelt_events_and_mentions_share_their_ids_which_are_numbers(exported):
    events = [dict(zip(GDELT_EVENTS, row, strict=True)) for row in rows_of(exported("gdelt-events")[0])]
    mentions = [dict(zip(GDELT_MENTIONS, row, strict=True)) for row in rows_of(exported("gdelt-mentions")[0])]
    assert {e["GlobalEventID"] for e in events} == {m["GlobalEventID"] for m in mentions}
    assert all(0 < int(e["GlobalEventID"]) < 2**63 and e["Day"].isdigit() for e in events)
    assert all(e["EventCode"].startswith(e["EventRootCode"]) and e["QuadClass"] in "1234" for e in events)
    assert all(-10 <= float(e["GoldsteinScale"]) <= 10 for e in events)
    assert {m["MentionSourceName"] for m in mentions} == {"zeitung.test", "anzeiger.test"}
    assert all(int(m["ActionCharOffset"]) < int(m["MentionDocLen"]) for m in mentions)


def test_acled_and_ged_name_their_columns_and_count_the_dead(exported):
    acled, ged = (rows_of(exported(name)[0], ",") for name in ("acled", "ucdp-ged"))
    assert (tuple(acled[0]), tuple(ged[0])) == (ACLED, GED)
    assert [row[ACLED.index("fatalities")] for row in acled[1:]] == ["12", ""]
    assert [[row[GED.index(name)] for name in ("low", "best", "high")] for row in ged[1:]] == [["12", "12", "12"]]


def test_plover_is_json_with_the_fields_the_format_lacks(exported):
    records = [json.loads(line) for line in exported("plover")[0].read_text(encoding="utf-8").splitlines()]
    assert len(records) == NUMBER
    denied = next(r for r in records if r["status"] == "denied")
    assert (denied["event"], denied["mode"], denied["speaker"]["code"]) == (["ASSAULT"], "heavy-weapons", "XRU:MIL")
    assert denied["source"][0] | {"wikidata": None} == {
        "code": "XRU", "sector": ["MIL"], "actor_text": "Ruritaniens Armee", "name": "Ruritaniens Armee", "wikidata": None,
        "how": "named",
    }  # fmt: skip


def test_jsonl_offsets_point_at_the_quotes(exported):
    texts = {FOUND.id: TEXT}
    for line in exported("jsonl")[0].read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["article"] in texts:
            assert texts[row["article"]][row["start"] : row["end"]] == row["quote"]
            assert row["text_hash"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_csv_parquet_and_xlsx_hold_the_same_table(exported):
    import openpyxl
    import pandas
    import pyarrow.parquet as pq

    from_csv = pandas.read_csv(exported("csv")[0], dtype={"geonames": "Int64"})
    table = pq.read_table(exported("parquet")[0])
    sheet = openpyxl.load_workbook(exported("xlsx")[0]).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert list(from_csv.columns) == table.column_names == cells[0] == COLUMNS
    assert list(from_csv["event"]) == table["event"].to_pylist() == [row[0] for row in cells[1:]]
    quotes = table["quote"].to_pylist()
    assert list(from_csv["quote"]) == quotes == [row[COLUMNS.index("quote")] for row in cells[1:]]
    assert str(table.schema.field("latitude").type) == "double"
    assert str(table.schema.field("geonames").type) == "int64"


def test_geojson_puts_longitude_first(exported):
    path, outcome = exported("geojson")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["type"], len(found["features"])) == ("FeatureCollection", 1)
    feature = found["features"][0]
    assert (feature["type"], feature["geometry"]) == ("Feature", {"type": "Point", "coordinates": [2.3488, 48.85341]})
    assert outcome.left_out == {"no coordinates": NUMBER - 1}


def test_gexf_opens_in_networkx(exported):
    networkx = pytest.importorskip("networkx", reason="needs the dev extra")
    graph = networkx.read_gexf(exported("gexf")[0], version="1.3")
    assert graph.is_directed()
    assert set(graph.nodes) == {"FRA:GOV", "GRC:GOV", "XRU:MIL", "FRA:REB"}
    assert graph.nodes["FRA:GOV"]["events"] == 2
    edges = {(a, b): data for a, b, data in graph.edges(data=True)}
    assert edges["FRA:GOV", "XRU:MIL"]["type"] == "REQUEST"


def test_follow_the_money_entities_fit_the_model(exported):
    ftm = pytest.importorskip("followthemoney", reason="needs followthemoney, which needs ICU and a compiler")
    known = {}
    for line in exported("ftm")[0].read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        schema = ftm.model.get(data["schema"])
        assert schema is not None
        schema.validate(data)
        proxy = ftm.model.get_proxy(data, cleaned=False)
        for name, values in data["properties"].items():
            assert name in schema.properties, name
            assert proxy.get(name), (name, values)
        known[proxy.id] = proxy
    events = [proxy for proxy in known.values() if proxy.schema.name == "Event"]
    assert len(events) == NUMBER
    assert all(known[other].schema.is_a("LegalEntity") for proxy in events for other in proxy.get("involved"))
    assert all(known[other].schema.is_a("Document") for proxy in events for other in proxy.get("proof"))


def test_web_annotations_find_their_quotes(exported):
    page = json.loads(exported("annotations")[0].read_text(encoding="utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    checked = 0
    for annotation in page["items"]:
        assert annotation["type"] == "Annotation"
        for target in annotation["target"]:
            if target["source"] != FOUND.url:
                continue
            quote, position = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert TEXT[position["start"] : position["end"]] == quote["exact"]
            assert TEXT.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
            checked += 1
    assert checked == len(EVENTS)


def test_bibtex_is_parsed(exported):
    bibtexparser = pytest.importorskip("bibtexparser", reason="needs the dev extra")
    library = bibtexparser.parse_string(exported("bibtex")[0].read_text(encoding="utf-8"))
    assert not library.failed_blocks
    assert len(library.entries) == 3
    entry = next(e for e in library.entries if e.key == f"lagebild-{FOUND.id}")
    assert entry.fields_dict["title"].value == r"Treffen \& Überfall: 5\% {mehr}"
    assert entry.fields_dict["year"].value == "2024"


def test_the_data_package_is_valid(reader, tmp_path):
    frictionless = pytest.importorskip("frictionless", reason="needs the dev extra")
    write_package(items(reader, Filter()), tmp_path / "package", options=Options(), about={"ledger": "x"})
    package = frictionless.Package(str(tmp_path / "package" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    described = {row["column"] for row in package.get_resource("codebook").read_rows()}
    assert described == {*COLUMNS, *names_of("articles")}


def test_filters_hold_for_exports(exported):
    _, outcome = exported("csv", where=Filter(actor="GRC"))
    assert outcome.written == 1
    _, outcome = exported("csv", where=Filter(status="denied"))
    assert outcome.written == 1


def test_reading_in_stretches_of_days_gives_the_same_events(tmp_path, monkeypatch):
    from lagebild.export import ledger

    store = Store(tmp_path / "ledger")
    days = ["2024-03-01", "2024-03-01", "2024-03-02", "2024-03-04", None, "2023-12-31", None]
    write(store, [withdrawal(f"{n}.txt", published=day) for n, day in enumerate(days)])
    build(store)
    whole = [item.key for item in items(Reader(store), Filter())]
    assert len(whole) == len(set(whole)) == len(days)
    for size in (1, 2, 3):
        monkeypatch.setattr(ledger, "CHUNK", size)
        found = list(items(Reader(store), Filter()))
        assert [item.key for item in found] == whole
        assert all(item.incident and item.independent for item in found if item.event["day"])
        dated = [item.event["day"].isoformat() for item in found if item.event["day"]]
        assert dated == sorted(filter(None, days))
        since = list(items(Reader(store), Filter(since=datetime.date(2024, 3, 2))))
        assert [item.event["day"].isoformat() for item in since] == ["2024-03-02", "2024-03-04"]
