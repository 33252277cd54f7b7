"""Nothing stored is lost: batches, runs, killed writers, foreign and damaged tables, newer layouts."""

from __future__ import annotations

import dataclasses
import datetime
import json
import shutil
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from lagebild.cli.main import main
from lagebild.ledger.build import build
from lagebild.ledger.care import check, compact, stats
from lagebild.ledger.dump import dump
from lagebild.ledger.read import Reader
from lagebild.ledger.schemas import DERIVED, LAYOUT, SCHEMAS
from lagebild.ledger.store import LedgerError, Store
from lagebild.ledger.write import unseen, write

from .factory import V1, V2, withdrawal


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "ledger")


def count(store, table="events", as_of=None):
    return Reader(store, as_of=as_of).connection.execute(f"select count(*) from {table}").fetchone()[0]


def test_the_same_page_twice_changes_nothing(store):
    assert write(store, [withdrawal()]).written == 1
    before = {name: store.table(name).version() for name in SCHEMAS if name != "runs"}
    assert write(store, [withdrawal()]).skipped == 1
    assert {name: store.table(name).version() for name in SCHEMAS if name != "runs"} == before


def test_a_new_model_supersedes_and_the_old_rows_stay(store):
    write(store, [withdrawal()])
    write(store, [withdrawal(versions=V2)])
    reader = Reader(store)
    assert [row["model"] for row in reader.rows("select model from articles")] == ["model-2"]
    assert count(store) == 1
    assert count(store, "all_events") == 2


def test_a_clock_that_jumps_back_does_not_bring_the_old_coding_back(store, monkeypatch):
    write(store, [withdrawal()])

    class Past(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.datetime(1999, 1, 1, tzinfo=tz)

    monkeypatch.setattr("lagebild.ledger.write.datetime.datetime", Past)
    write(store, [withdrawal(versions=V2)])
    assert [row["model"] for row in Reader(store).rows("select model from articles")] == ["model-2"]


def test_only_unseen_articles_are_coded_again(store):
    first, second = withdrawal("a.txt"), withdrawal("b.txt")
    write(store, [first])
    assert [a.doc for a in unseen(store, [first.article, second.article, second.article], V1)] == ["b.txt"]
    assert len(list(unseen(store, [first.article], V2))) == 1


def test_a_run_tells_new_articles_from_those_coded_anew(store):
    write(store, [withdrawal("a.txt")])
    done = write(store, [withdrawal("a.txt", versions=V2), withdrawal("b.txt", versions=V2)])
    assert (done.written, done.again) == (2, 1)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, OSError])
def test_what_came_before_an_interruption_is_kept(store, stop):
    def coming():
        yield withdrawal("a.txt")
        raise stop

    with pytest.raises(stop):
        write(store, coming())
    assert count(store, "articles") == 1


def test_articles_that_come_slowly_are_kept_by_time(store, monkeypatch):
    monkeypatch.setattr("lagebild.ledger.write.SECONDS", 0.0)
    seen = []

    def coming():
        for name in "abc":
            yield withdrawal(f"{name}.txt")
            seen.append(count(store, "articles"))

    write(store, coming())
    assert seen == [1, 2, 3]


def test_the_same_text_of_two_outlets_without_an_address_is_two_articles(store):
    def page(outlet, **fields):
        return dataclasses.replace(withdrawal(outlet=outlet, **fields).article, id="same")

    pages = [page("Abendpost"), page("Morgenblatt"), page("Abendpost"), page("Morgenblatt")]
    store.create()
    for _ in range(2):  # the second time in the other order: who is known keeps his id
        fresh = list(unseen(store, pages, V1))
        write(store, [dataclasses.replace(withdrawal(), article=article) for article in fresh])
        pages.reverse()
    rows = list(Reader(store).rows("select article, outlet from all_articles order by outlet"))
    assert [row["outlet"] for row in rows] == ["Abendpost", "Morgenblatt"]
    assert rows[0]["article"] == "same" != rows[1]["article"]
    addressed = [page(outlet, url="https://a.test/1") for outlet in ("Nachtblatt", "Tagblatt")]
    assert [article.id for article in unseen(store, addressed, V2)] == ["same"]


def test_time_travel_shows_what_the_ledger_said_then(store):
    write(store, [withdrawal("a.txt")])
    then = datetime.datetime.now(datetime.UTC)
    write(store, [withdrawal("b.txt")])
    assert (count(store, as_of=then), count(store)) == (1, 2)


def test_time_travel_goes_by_the_commits_and_not_by_the_times_of_the_files(store, tmp_path):
    write(store, [withdrawal("a.txt")])
    build(store)
    then = datetime.datetime.now(datetime.UTC)
    write(store, [withdrawal("b.txt")])
    build(store)
    shutil.copytree(store.root, tmp_path / "copy", copy_function=shutil.copyfile)  # as zip, git or a cloud does
    for copy in (store, Store(tmp_path / "copy")):
        assert (count(copy, "articles", then), count(copy, "incidents", then)) == (1, 1)


def test_a_time_before_the_ledger_is_said_to_be_one(store, capsys):
    write(store, [withdrawal()])
    assert main(["ledger", "incidents", "--as-of", "2020-01-01", "--ledger", store.root]) == 2
    assert "there was nothing at 2020-01-01" in capsys.readouterr().err


PHASES = ["statements", "events", "mentions", "articles"]


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_killed_in_any_phase_leaves_nothing_half_written_and_is_resumed(store, phase, when):
    write(store, [withdrawal("a.txt")])
    script = f"""
        import os, signal
        from tests.ledger.factory import withdrawal
        from lagebild.ledger.store import Store
        from lagebild.ledger.write import write
        append = Store.append
        def killing(self, name, rows):
            if name == {phase!r} and {when!r} == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            append(self, name, rows)
            if name == {phase!r}:
                os.kill(os.getpid(), signal.SIGKILL)
        Store.append = killing
        write(Store({store.root!r}), [withdrawal("b.txt")])
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    whole = phase == "articles" and when == "after"
    assert (count(store, "articles"), count(store)) == ((2, 2) if whole else (1, 1))
    assert write(store, [withdrawal("a.txt"), withdrawal("b.txt")]).written == (0 if whole else 1)
    assert (count(store, "articles"), count(store)) == (2, 2)


def test_two_writers_at_once_lose_nothing(store):
    store.create()
    failures = []

    def work(name):
        try:
            for number in range(4):
                write(Store(store.root), [withdrawal(f"{name}{number}.txt")])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert (count(store, "articles"), count(store)) == (8, 8)


def test_a_full_disk_is_named_and_what_was_stored_stays(store, monkeypatch):
    write(store, [withdrawal("a.txt")])

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lagebild.ledger.store.write_deltalake", full)
    with pytest.raises(LedgerError, match=r"No space left on device.*free some space"):
        write(store, [withdrawal("b.txt")])
    monkeypatch.undo()
    assert count(store, "articles") == 1
    assert write(store, [withdrawal("b.txt")]).written == 1


def parquet_of(store, table):
    return Path(store.table(table).file_uris()[0].removeprefix("file://"))


def test_a_truncated_file_is_named_by_check(store):
    write(store, [withdrawal()])
    path = parquet_of(store, "events")
    path.write_bytes(path.read_bytes()[:100])
    assert any(str(path) in problem and "restore" in problem for problem in check(store))


@pytest.mark.parametrize("table", ["events", "articles", "incidents"])
@pytest.mark.parametrize("size", [100, 600])
def test_a_truncated_file_is_named_by_every_command(store, table, size, capsys):
    write(store, [withdrawal()])
    build(store)
    path = parquet_of(store, table)
    path.write_bytes(path.read_bytes()[:size])
    for command in (["incidents"], ["stats"], ["build"], ["export", "--format", "csv", "--out", f"{store.root}.csv"]):
        assert main(["ledger", *command, "--ledger", store.root]) == 2
        message = capsys.readouterr().err
        assert f"ledger check --ledger {store.root}" in message
        assert path.name in message or "damaged" in message
    wanted = "ledger build" if table == "incidents" else "backup"
    assert any(str(path) in problem and wanted in problem for problem in check(store))


@pytest.mark.parametrize("gone", [["families"], ["incidents"], ["commitments", "contradictions"], list(DERIVED)])
def test_derived_tables_that_were_deleted_are_built_anew(store, gone):
    write(store, [withdrawal("a.txt"), withdrawal("b.txt", status="planned")])
    build(store)
    before = dump(Reader(store))
    for name in gone:
        shutil.rmtree(store.uri(name))
    assert any(f"ledger build --ledger {store.root}" in problem for problem in check(store))
    assert build(store).families == 2
    assert dump(Reader(store)) == before
    assert list(check(store)) == []


def test_a_table_that_is_not_derived_is_not_made_anew(store):
    write(store, [withdrawal()])
    shutil.rmtree(store.uri("events"))
    for command in (lambda: build(store), lambda: write(store, [withdrawal("b.txt")])):
        with pytest.raises(LedgerError, match="lacks the table events: restore it from a backup"):
            command()


def test_a_missing_file_is_named_by_every_reader(store):
    write(store, [withdrawal()])
    parquet_of(store, "events").unlink()
    with pytest.raises(LedgerError, match="ledger check"):
        Reader(store)
    assert any("is missing" in problem for problem in check(store))


def test_a_sound_ledger_has_no_problems(store):
    write(store, [withdrawal()])
    assert list(check(store)) == []


def test_a_foreign_delta_table_is_refused(tmp_path):
    write_deltalake(tmp_path / "runs", pa.table({"x": [1]}))
    with pytest.raises(LedgerError, match="somebody else"):
        Reader(Store(tmp_path))


def test_a_folder_with_other_things_in_it_is_refused(tmp_path):
    (tmp_path / "letters.txt").write_text("x")
    with pytest.raises(LedgerError, match="not empty and no ledger"):
        Store(tmp_path).create()
    assert [p.name for p in tmp_path.iterdir()] == ["letters.txt"]


def test_a_newer_layout_is_refused(store):
    store.create()
    log = next((Path(store.root) / "runs" / "_delta_log").glob("*.json"))
    log.write_text(log.read_text().replace(f"layout {LAYOUT}", f"layout {LAYOUT + 1}"))
    with pytest.raises(LedgerError, match="pip install -U"):
        Reader(store)


def test_a_missing_ledger_says_how_to_make_one(tmp_path):
    with pytest.raises(LedgerError, match="--ledger"):
        Reader(Store(tmp_path / "none"))


def test_compaction_joins_files_and_drops_what_a_killed_run_left(store):
    for number in range(3):
        write(store, [withdrawal(f"{number}.txt")])
    store.append("events", [{"article": "lost", "batch": "lost", "run": "lost", "event": 0, "type": "AID"}])
    assert any("interrupted run" in problem for problem in check(store))
    did = compact(store, keep_hours=0)
    assert did["events"]["rows dropped"] == 1
    assert did["articles"]["files"][1] == 1
    assert list(check(store)) == []
    assert stats(store)["events"] == 3


def test_compaction_leaves_a_running_writer_alone(store):
    write(store, [withdrawal()])
    row = {"run": "other", "state": "started", "time": datetime.datetime.now(datetime.UTC)}
    store.append("runs", [row])
    store.append("events", [{"article": "soon", "batch": "soon", "run": "other", "event": 0, "type": "AID"}])
    assert compact(store)["events"]["rows dropped"] == 0


def test_a_ledger_without_articles_outlives_its_compaction(store):
    store.create()
    compact(store, keep_hours=0)
    assert (count(store), list(check(store))) == (0, [])
    store.append(
        "runs", [{"run": "compact", "state": "clean", "input": '{"articles": []}'}]
    )  # as programs before noted
    assert write(store, [withdrawal()]).written == 1
    assert stats(store)["events"] == 1


def test_delta_log_is_plain_delta(store):
    write(store, [withdrawal()])
    table = DeltaTable(store.uri("events"))
    assert table.to_pyarrow_table().num_rows == 1
    log = sorted((Path(store.uri("events")) / "_delta_log").glob("*.json"))
    assert all(json.loads(line) for path in log for line in path.read_text().splitlines())


@pytest.mark.parametrize(
    "query",
    [
        "drop view events",
        "insert into events values (1)",
        "select 1; select 2",
        "copy (select 1) to 'x.csv'",
        "attach 'x.db'",
        "select * from read_text('/etc/hostname')",
        "install httpfs",
        "select nonsense",
    ],
)
def test_users_queries_can_only_read_the_ledger(store, query):
    write(store, [withdrawal()])
    with pytest.raises(LedgerError):
        Reader(store).question(query)


def test_users_queries_are_answered(store):
    write(store, [withdrawal()])
    reader = Reader(store)
    assert reader.question("select type, count(*) as n from events group by type") == (["type", "n"], [("RETREAT", 1)])
    assert reader.question("select mode from events")[1] == [("withdraw",)]


def test_after_compaction_newer_codings_and_what_killed_runs_leave_are_still_told_apart(store):
    write(store, [withdrawal("a.txt"), withdrawal("b.txt")])
    compact(store, keep_hours=0)
    write(store, [withdrawal("b.txt", versions=V2), withdrawal("c.txt")])
    store.append("events", [{"article": "lost", "batch": "lost", "run": "lost", "event": 0, "type": "AID"}])
    reader = Reader(store)
    assert reader._clean_noted
    assert sorted(row["model"] for row in reader.rows("select model from articles")) == [
        "model-1",
        "model-1",
        "model-2",
    ]
    assert (count(store, "articles"), count(store), count(store, "all_events")) == (3, 3, 5)
    assert len({row["batch"] for row in reader.rows("select batch from events")}) == 2
    compact(store, keep_hours=0)
    assert (count(store, "articles"), count(store), count(store, "all_events")) == (3, 3, 4)
