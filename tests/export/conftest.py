from __future__ import annotations

import pytest

from lagebild.export.base import Options
from lagebild.export.ledger import EXPORTERS, export, items
from lagebild.ledger.build import build
from lagebild.ledger.filters import Filter
from lagebild.ledger.read import Reader
from lagebild.ledger.store import Store
from lagebild.ledger.write import write
from tests.export.sample import SAMPLE


@pytest.fixture(scope="package")
def reader(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("export") / "ledger")
    write(store, list(SAMPLE))
    build(store)
    return Reader(store)


@pytest.fixture
def exported(reader, tmp_path):
    def run(name, *, text=True, include=(), where=None):
        path = tmp_path / f"out{EXPORTERS[name].suffix}"
        options = Options(text=text, include=frozenset(include))
        outcome = export(
            items(reader, where or Filter(), text=text), name, path, options=options, about={"ledger": "x"}
        )
        return path, outcome

    return run
