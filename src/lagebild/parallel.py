"""Runs the pipeline over many articles in several processes, in order, with bounded memory.

Each process has a pipe of its own, is given a few articles at a time, and sends the records of every article as soon as
they are made. The parent needs no threads for that: it takes, gives and reads in turn. So nothing is left to clean up at
the end, and what a process had sent is there even where it was stopped right after.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from lagebild.records import Article, Records
from lagebild.rules.lexicon import Lexicon

CHUNK = 8  # articles given to a process at most: enough for the network's batches, few enough to share out evenly
AHEAD = 2 * CHUNK  # articles a process that are read before they can be given
LEAD = 4 * CHUNK  # articles a process that are begun before the first of them is done: one may take long
FORKS = sys.platform == "linux"  # what the parent has loaded is then in every process, and in memory once
FIRST = "Russland griff am Montag die Ukraine an. Kanzler Scholz sagte in Berlin, zwölf Menschen seien getötet worden."


def code_parallel(
    articles: Iterable[Article], *, jobs: int, lexicon: Lexicon, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Records]:
    """Yield the records of ``articles`` in order, coded by ``jobs`` processes.

    Where the user interrupts, or ``stopped`` says so, what is done by then still comes. Raises ``RuntimeError`` where a
    process is gone.
    """
    team = Team(articles, jobs, lexicon)
    try:
        try:
            while not stopped() and team.go_on():
                if (records := team.due()) is not None:
                    yield records
        except KeyboardInterrupt:
            yield from team.stop()
            raise
        yield from team.stop()
    finally:
        team.end()


@dataclass(slots=True, eq=False)
class Worker:
    """A process, the parent's end of its pipe, and the places of the articles it was given and has not sent."""

    process: BaseProcess
    pipe: Connection
    owed: deque[int] = field(default_factory=deque)


class Team:
    """The processes, the articles that wait for them, and the records that wait for their turn."""

    def __init__(self, articles: Iterable[Article], jobs: int, lexicon: Lexicon):
        self.source, self.jobs, self.lexicon = iter(articles), jobs, lexicon
        self.workers: list[Worker] = []
        self.waiting: deque[Article] = deque()
        self.done: dict[int, Records] = {}
        self.given = self.next = 0  # the places of the next article to give and to yield
        self.more = True  # there may be articles to read
        self.torn: Worker | None = None  # the one whose message is being read

    def go_on(self) -> bool:
        """Take what has come, give, and read an article or wait for one; return False when all is done."""
        self._take(0)
        self._give()
        if self.next in self.done:
            return True
        if self.more and len(self.waiting) < AHEAD * self.jobs:
            self._read()
        elif self.next == self.given:
            return False
        else:
            self._take(None)
        return True

    def due(self) -> Records | None:
        """Return the records of the next article, or None where they are not there yet."""
        records = self.done.pop(self.next, None)
        self.next += records is not None
        return records

    def stop(self) -> Iterator[Records]:
        """End the processes; yield in order whatever was done and not yielded yet."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            try:
                while worker is not self.torn:
                    self._receive(worker)
            except (EOFError, OSError):  # all it had sent is read
                pass
        yield from (self.done[place] for place in sorted(self.done))
        self.done.clear()

    def end(self) -> None:
        """Leave no process behind."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()

    def _read(self) -> None:
        try:
            self.waiting.append(next(self.source))
        except StopIteration:
            self.more = False

    def _give(self) -> None:
        if self.waiting and not self.workers:
            self.workers = list(_hired(self.jobs, self.lexicon))
        for worker in self.workers:
            if worker.owed or not self.waiting or self.given - self.next > LEAD * self.jobs:
                continue
            share = -(-len(self.waiting) // self.jobs)  # the last articles are shared out evenly
            chunk = [self.waiting.popleft() for _ in range(min(CHUNK, share))]
            worker.owed.extend(range(self.given, self.given + len(chunk)))
            self.given += len(chunk)
            try:
                worker.pipe.send(chunk)
            except OSError as error:
                raise _gone(worker) from error

    def _take(self, timeout: float | None) -> None:
        busy = {worker.pipe: worker for worker in self.workers if worker.owed}
        for pipe in wait(list(busy), timeout) if busy else ():
            assert isinstance(pipe, Connection)
            try:
                self._receive(busy[pipe])
            except (EOFError, OSError) as error:
                raise _gone(busy[pipe]) from error

    def _receive(self, worker: Worker) -> None:
        self.torn = worker
        sent: Records | str = worker.pipe.recv()
        self.torn = None
        if isinstance(sent, str):
            raise RuntimeError(sent)
        self.done[worker.owed.popleft()] = sent


def _gone(worker: Worker) -> RuntimeError:
    worker.process.join(1)
    code = worker.process.exitcode
    return RuntimeError(f"a process of --jobs is gone (exit code {code}); if memory ran out, use fewer")


def _hired(jobs: int, lexicon: Lexicon) -> Iterator[Worker]:
    from lagebild.pipeline import code

    if FORKS:
        code(Article("", FIRST, published="2024-03-01"), lexicon=lexicon)  # loads what every process is to share
    context = multiprocessing.get_context("fork" if FORKS else None)
    ours: list[Connection] = []
    for _ in range(jobs):
        pipe, theirs = context.Pipe()
        ours.append(pipe)
        shared = (lexicon, [*ours]) if FORKS else (lexicon.overlay, [])
        process = context.Process(target=_work, args=(theirs, *shared), daemon=True)
        process.start()
        theirs.close()
        yield Worker(process, pipe)


def _work(pipe: Connection, known: Lexicon | Path | None, others: list[Connection]) -> None:
    """Code what comes through the pipe until the parent is done or gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:  # only the parent may hold its ends: a process must see when it is gone
        other.close()
    try:
        lexicon = known if isinstance(known, Lexicon) else Lexicon(known)
        while True:
            _code(pipe, pipe.recv(), lexicon)
    except (EOFError, OSError):
        return


def _code(pipe: Connection, chunk: list[Article], lexicon: Lexicon) -> None:
    from threadpoolctl import threadpool_limits

    from lagebild.pipeline import code_all

    try:
        with threadpool_limits(limits=1, user_api="blas"):  # the cores are for the processes
            for records in code_all(chunk, lexicon=lexicon, batch_size=CHUNK):
                pipe.send(records)
    except (RuntimeError, ValueError) as error:  # a missing model, a bad row: the parent says so
        pipe.send(f"{type(error).__name__}: {error}")
