"""Several processes: the same records in the same order, nothing lost at a stop, nothing left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from lagebild import parallel
from lagebild.parallel import code_parallel
from lagebild.pipeline import code_all
from lagebild.records import Article, Records
from lagebild.rules.lexicon import own_lexicon

TEXT = "Norwegen liefert der Ukraine Panzer. Das sagte die Verteidigungsministerin am Montag in Oslo."
COMMAND = [sys.executable, "-m", "lagebild", "code"]


def numbered(end: int | None = None) -> Iterator[Article]:
    for n in range(end) if end is not None else count():
        yield Article(str(n), f"{TEXT} " * (1 + n % 3), doc=str(n), published="2024-03-01")


def coded(articles: Iterator[Article], **options: object) -> Iterator[Records]:
    return code_parallel(articles, jobs=2, lexicon=own_lexicon(), **options)  # type: ignore[arg-type]


def test_the_records_are_those_of_one_process_in_the_same_order() -> None:
    assert list(coded(numbered(37))) == list(code_all(numbered(37)))


@pytest.mark.parametrize("end", [0, 1])
def test_less_articles_than_processes(end: int) -> None:
    assert len(list(coded(numbered(end)))) == end


def test_no_process_stays_behind() -> None:
    list(coded(numbered(5)))
    assert multiprocessing.active_children() == []
    begun = coded(numbered())
    next(begun)
    begun.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_no_more_is_read_than_can_be_coded_soon() -> None:
    handed = []
    begun = coded(article for article in numbered() if not handed.append(article))  # type: ignore[func-returns-value]
    next(begun)
    begun.close()  # type: ignore[attr-defined]
    assert len(handed) <= 2 * (parallel.AHEAD + parallel.LEAD + parallel.CHUNK)


def test_where_it_is_stopped_what_is_done_still_comes() -> None:
    got: list[int] = []
    for records in coded(numbered(), stopped=lambda: len(got) == 5):
        time.sleep(0.05)  # while this one is written others get done
        got.append(int(records.article.doc))
    assert got == sorted(got)
    assert got[:5] == [0, 1, 2, 3, 4]
    assert len(got) > 5


def test_where_reading_is_interrupted_what_is_done_still_comes() -> None:
    def interrupted() -> Iterator[Article]:
        yield from numbered(20)
        time.sleep(1)
        raise KeyboardInterrupt

    got: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        got.extend(records.article.doc for records in coded(interrupted()))
    assert "0" in got
    assert multiprocessing.active_children() == []


def test_a_process_that_is_gone_is_told() -> None:
    def killing() -> Iterator[Article]:
        yield from numbered(20)
        os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        yield from numbered()

    with pytest.raises(RuntimeError, match=r"exit code -9.*use fewer"):
        list(coded(killing()))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"doc": str(n), "date": "2024-03-01", "text": f"{TEXT} " * 8}) for n in range(3000)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_command_ends_without_a_word(many: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("\n".join(many.read_text(encoding="utf-8").split("\n")[:3]), encoding="utf-8")
    done = subprocess.run([*COMMAND, few, "--jobs", "2", "--format", "csv"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("doc,published") == 1  # what was written before the processes began is not written by each


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_leaves_whole_articles_in_order(many: Path, tmp_path: Path, number: int) -> None:
    out = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [*COMMAND, many, "--jobs", "2", "--out", out],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.default_int_handler
        ),  # a shell's background job has none
    )
    while process.poll() is None and (not out.exists() or not out.stat().st_size):
        time.sleep(0.02)
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "lagebild: interrupted; what was written until now stays\n"
    docs = [int(json.loads(line)["doc"]) for line in out.read_text(encoding="utf-8").splitlines()]
    assert docs
    assert docs == sorted(set(docs))
