"""Beside every export stands what it was made from, what is not in it, and why."""

from __future__ import annotations

import dataclasses
import json

import pytest

from lagebild.cli.main import main
from lagebild.export.base import HELD, Options
from lagebild.export.ledger import EXPORTERS, export, items
from lagebild.ledger.filters import Filter
from lagebild.ledger.review import Review, add_review
from lagebild.version import __version__
from tests.export.sample import FOUND, NUMBER

FORMATS = [*EXPORTERS, "package"]


def run(reader, folder, name, *more):
    """Export by the command line and return what the sidecar says."""
    out = folder / "out"
    assert main(["ledger", "export", "--format", name, "--out", str(out), "--ledger", reader.store.root, *more]) == 0
    if name == "package":
        said = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["lagebild"]
        beside = json.loads((out / "events.csv.meta.json").read_text(encoding="utf-8"))
        assert {key: beside[key] for key in said} == said
        return beside
    return json.loads((folder / "out.meta.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_made_it(reader, tmp_path, capsys, name):
    said = run(reader, tmp_path, name, "--status", "actual", "--since", "2024-01-01", "--no-text")
    assert said["format"] == ("csv" if name == "package" else name)
    assert said["program"] == f"lagebild {__version__}"
    assert said["ledger"] == str(reader.store.root)
    assert said["ledger_versions"] == reader.versions() and "events" in said["ledger_versions"]
    assert said["filter"] == {field.name: None for field in dataclasses.fields(Filter)} | {
        "status": "actual",
        "since": "2024-01-01",
    }
    assert (said["text"], said["include"]) == (False, [])
    assert said["made"].endswith("+00:00")


@pytest.mark.parametrize("name", FORMATS)
def test_every_event_is_written_or_counted_as_left_out(reader, tmp_path, capsys, name):
    said = run(reader, tmp_path, name)
    assert said["written"] + sum(said["left_out"].values()) == NUMBER
    printed = capsys.readouterr().out
    assert all(f"left out {count}: {reason}" in printed for reason, count in said["left_out"].items())


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_what_a_format_cannot_hold_is_counted(reader, tmp_path, name):
    include = frozenset({"denied", "planned", "demanded", "conditional"})
    outcome = export(items(reader, Filter()), name, tmp_path / "out", options=Options(include=include), about={})
    kind = EXPORTERS[name]
    assert set(outcome.not_held) <= set(kind.lacks) <= set(HELD)
    if "status" in kind.lacks and name != "ucdp-ged":
        assert outcome.not_held["status"] >= 1
    if "speaker" in kind.lacks and name not in ("gexf", "ucdp-ged"):
        assert outcome.not_held["speaker"] >= 1


def test_what_a_reviewer_rejected_is_counted(tmp_path, capsys):
    from lagebild.ledger.read import Reader
    from lagebild.ledger.store import Store
    from lagebild.ledger.write import write
    from tests.export.sample import SAMPLE

    store = Store(tmp_path / "ledger")
    write(store, list(SAMPLE))
    add_review(store, Review(f"{FOUND.id}#0", "reject", "tester"))
    for name in FORMATS:
        said = run(Reader(store), tmp_path, name)
        assert said["left_out"]["rejected by a reviewer"] == 1
        (tmp_path / "out").rename(tmp_path / name)
