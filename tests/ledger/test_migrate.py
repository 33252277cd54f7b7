"""A ledger of an older layout is read as it is, and brought up by migrations that may be killed at any moment."""

from __future__ import annotations

import datetime
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable

from lagebild.cli.main import main
from lagebild.ledger.build import build
from lagebild.ledger.care import check
from lagebild.ledger.dump import dump
from lagebild.ledger.migrate import due, migrate
from lagebild.ledger.read import Reader
from lagebild.ledger.schemas import LAYOUT, SCHEMAS
from lagebild.ledger.store import LedgerError, Store
from lagebild.ledger.write import write

from .factory import withdrawal

ADDED = {"incidents": ["first_day", "last_day"], "events": ["about", "cues"], "articles": ["outcomes", "told"]}
"""The columns that layout 1 had not."""


@pytest.fixture
def old(tmp_path):
    """A ledger as the program of layout 1 left it: two articles, one incident."""
    new = Store(tmp_path / "new")
    write(new, [withdrawal("a.txt", published="2024-03-01"), withdrawal("b.txt", published="2024-03-02")])
    build(new)
    store = Store(tmp_path / "old")
    for name, schema in SCHEMAS.items():
        kept = pa.schema([field for field in schema if field.name not in ADDED.get(name, ())])
        DeltaTable.create(store.uri(name), kept, name=name, description="Lagebild ledger, layout 1")
        store.append_table(name, new.table(name).to_pyarrow_table().select(kept.names).cast(kept))
    return store


def days(store):
    return [
        (row["first_day"], row["last_day"]) for row in Reader(store).rows("select first_day, last_day from incidents")
    ]


BOTH = [(datetime.date(2024, 3, 1), datetime.date(2024, 3, 2))]


def test_an_older_layout_is_read_as_it_is_and_check_names_what_is_due(old):
    assert len(dump(Reader(old))["incidents"]) == 1
    assert days(old) == [(None, None)]
    problems = list(check(old))
    assert len(problems) == 1 and "lagebild ledger migrate" in problems[0]
    assert [migration.number for migration in due(old)] == list(range(2, LAYOUT + 1))


def test_a_migration_fills_what_is_new_and_loses_nothing(old):
    before = dump(Reader(old))
    then = datetime.datetime.now(datetime.UTC)
    assert [migration.number for migration in migrate(old)] == list(range(2, LAYOUT + 1))
    assert days(old) == BOTH
    assert dump(Reader(old)) == before == dump(Reader(old, as_of=then))
    assert list(check(old)) == []
    versions = Reader(old).versions()
    assert migrate(old) == []
    assert Reader(old).versions() == versions


def test_the_command_says_what_it_did(old, capsys):
    assert main(["ledger", "migrate", "--ledger", old.root]) == 0
    assert f"layout {LAYOUT}" in capsys.readouterr().out
    assert main(["ledger", "migrate", "--ledger", old.root]) == 0
    assert "up to date" in capsys.readouterr().out


@pytest.mark.parametrize("work", [lambda store: write(store, [withdrawal("c.txt")]), build], ids=["write", "build"])
def test_opening_for_writing_migrates(old, work):
    work(old)
    assert due(old) == [] and days(old)[0] == BOTH[0]


@pytest.mark.parametrize("call", range(1, 16))
def test_a_migration_killed_at_any_commit_is_taken_up_again(old, call):
    before = dump(Reader(old))
    script = f"""
        import os, signal, deltalake
        from lagebild.ledger import migrate
        from lagebild.ledger.store import Store
        left = [{call}]
        def killing(work):
            def run(*args, **kwargs):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return work(*args, **kwargs)
            return run
        Store.set_layout = killing(Store.set_layout)
        migrate.write_deltalake = killing(migrate.write_deltalake)
        migrate._add_columns = killing(migrate._add_columns)
        migrate.migrate(Store({old.root!r}))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    assert dump(Reader(old)) == before
    assert due(old)
    migrate(old)
    assert days(old) == BOTH and dump(Reader(old)) == before and list(check(old)) == []


def test_rows_written_while_a_migration_runs_are_kept(old, monkeypatch):
    from lagebild.ledger import migrate as module

    rewrite, came = module.write_deltalake, []

    def late(table, *args, **kwargs):
        if not came:
            came.append(True)
            old.append("incidents", [{"incident": "i-late", "seq": 1, "members": ["x#0"], "articles": ["x"]}])
        return rewrite(table, *args, **kwargs)

    monkeypatch.setattr(module, "write_deltalake", late)
    try:
        migrate(old)
    except LedgerError as error:
        assert "migrate" in str(error)
        migrate(old)
    assert {"i-late"} < {row["incident"] for row in Reader(old).rows("select incident from all_incidents")}
    assert days(old).count(BOTH[0]) == 1
