"""With ``--no-text`` no word of an article leaves the ledger; names that were resolved, offsets and hashes do."""

from __future__ import annotations

import json
import re

import pytest

from lagebild.export.base import Options
from lagebild.export.ledger import EXPORTERS, export, items
from lagebild.export.package import write_package
from lagebild.ledger.build import build
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from tests.export.sample import SAMPLE

SHORT = {"traf", "hilft", "luden", "zwölf"}
STATUSES = frozenset({"denied", "planned", "demanded", "possible", "conditional"})
STORY = (
    "Das Verteidigungsministerium in Berlin hat am Montag bestätigt, dass Soldaten der Bundeswehr bei einem Gefecht nahe "
    "Kundus verwundet wurden. Augenzeugen berichteten von drei zerstörten Lastwagen und mindestens zwölf Toten. Rebellen "
    "hätten den Konvoi im Morgengrauen überfallen, sagte ein Dorfbewohner. Die Regierung in Kabul forderte die "
    "Aufständischen auf, ihre Geiseln freizulassen; andernfalls würden Sanktionen verhängt. Außenminister Johann Wadephul "
    "will am Mittwoch im Hafenviertel von Karatschi mit seinem pakistanischen Kollegen verhandeln."
)


def words_of(records):
    """Words of the article, but for those of names that resolve to somebody or to a place."""
    page = records.article
    written = " ".join(filter(None, (page.text, page.headline, page.kicker, page.lead)))
    names = [*page.bylines, *page.agencies, page.outlet, page.doc, page.url]
    for event in records.events:
        names += [actor.name for actor in (*event.actors, *event.recipients)]
        names += [event.place.name if event.place else None]
    names += [actor.name for statement in records.statements for actor in statement.source]
    counted = {q.unit.lower() for event in records.events for q in event.quantities if q.what == "other" and q.unit}
    known = set(re.findall(r"\w+", " ".join(filter(None, names)).lower()))
    return {
        word for word in re.findall(r"[^\W\d_]+", written.lower()) if len(word) > 5 or word in SHORT
    } - known | counted


def content_of(path):
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return str(pq.read_table(path).to_pylist())
    if path.suffix == ".xlsx":
        import openpyxl

        return str([[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()])
    return path.read_text(encoding="utf-8")


def leaked(folder, words):
    content = "\n".join(content_of(path) for path in sorted(folder.iterdir()))
    return words & set(re.findall(r"[^\W\d_]+", content.lower()))


def write_out(reader, name, folder, *, text):
    options = Options(text=text, include=STATUSES)
    found = items(reader, Filter(), text=text)
    if name == "package":
        write_package(found, folder, options=options, about={})
    else:
        export(found, name, folder / f"out{EXPORTERS[name].suffix}", options=options, about={})


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A ledger made by the reader itself, with whatever it takes for a name."""
    from lagebild import Article
    from lagebild.pipeline import code

    store = Store(tmp_path_factory.mktemp("coded") / "ledger")
    records = code(Article(id="0" * 16, text=STORY, doc="d.txt", published="2026-03-02", language="de"))
    assert len(records.events) >= 4
    write(store, [records])
    build(store)
    return Reader(store), records


FORMATS = [*EXPORTERS, "package"]
WORDLESS = {"gexf", "gdelt-mentions", "icews", "gdelt-events"}  # codes, names and numbers


@pytest.mark.parametrize("name", FORMATS)
def test_no_word_of_the_sample_is_left(reader, tmp_path, name):
    words = set().union(*map(words_of, SAMPLE))
    assert len(words) > 20
    write_out(reader, name, tmp_path, text=False)
    assert leaked(tmp_path, words) == set()


@pytest.mark.parametrize("name", FORMATS)
def test_no_word_of_a_coded_article_is_left(coded, tmp_path, name):
    reader, records = coded
    words = words_of(records)
    assert "dorfbewohner" in words
    write_out(reader, name, tmp_path, text=False)
    assert leaked(tmp_path, words) == set()


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in WORDLESS])
def test_the_check_sees_words_where_text_is_asked_for(reader, tmp_path, name):
    write_out(reader, name, tmp_path, text=True)
    assert leaked(tmp_path, set().union(*map(words_of, SAMPLE)))


def test_offsets_and_hashes_stay(reader, tmp_path):
    write_out(reader, "jsonl", tmp_path, text=False)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {records.article.id: records for records in SAMPLE}
    for row in rows:
        event = next(e for e in texts[row["article"]].events if row["event"].endswith(f"#{e.id}"))
        assert (row["start"], row["end"]) == (event.trigger[0].start, event.trigger[-1].end)
        assert [(span["start"], span["quote"]) for span in row["trigger"]] == [(s.start, None) for s in event.trigger]
        assert len(row["text_hash"]) == 64
