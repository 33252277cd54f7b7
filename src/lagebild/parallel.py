"""Runs the pipeline over many articles in several processes, in order, with bounded memory."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from lagebild.records import Article, Records

_state: dict[str, object] = {}
CHUNK = 16  # articles handed to a process at once: enough for spaCy's batching, few enough to show progress


def code_parallel(articles: Iterable[Article], *, jobs: int, overlay: Path | None = None) -> Iterator[Records]:
    """Yield the records of ``articles`` in order, coded by ``jobs`` processes; at most two chunks a process wait."""
    source = iter(articles)
    waiting: deque[Future[list[Records]]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(overlay,)) as pool:
        try:
            while True:
                while len(waiting) < 2 * jobs and (chunk := list(islice(source, CHUNK))):
                    waiting.append(pool.submit(_code, chunk))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(overlay: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interruption means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from lagebild.rules.lexicon import Lexicon

    _state["lexicon"] = Lexicon(overlay)


def _code(chunk: list[Article]) -> list[Records]:
    from lagebild.pipeline import code_all
    from lagebild.rules.lexicon import Lexicon

    lexicon = _state["lexicon"]
    assert isinstance(lexicon, Lexicon)
    return list(code_all(chunk, lexicon=lexicon))
