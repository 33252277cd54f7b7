"""Where a command writes to: refuse what would destroy or end up in the input, say plainly what cannot be written."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO


def problem_with(out: Path, sources: Iterable[str] = ()) -> str | None:
    """Return why nothing can or should be written to ``out`` while ``sources`` are read; None where all is well."""
    from lagebild.page.sources import PAGE_ENDINGS

    if out.is_dir():
        return f"--out {out}: is a folder; name a file in it"
    if not out.absolute().parent.is_dir():
        return f"--out {out}: there is no folder {out.parent}"
    for source in sources:
        same, inside = _met(Path(source), out)
        if same:
            return f"--out {out}: is what is read; name another file"
        if inside and out.suffix.lower() in PAGE_ENDINGS:
            return f"--out {out}: lies in the folder that is read; name a file outside of {source}"
    return None


def _met(source: Path, out: Path) -> tuple[bool, bool]:
    """Whether ``out`` is ``source``, and whether it lies in it; an address or what does not exist is no place."""
    try:
        if source.is_dir():
            return False, out.resolve().is_relative_to(source.resolve())
        return source.samefile(out), False
    except (OSError, ValueError):
        return False, False


@contextlib.contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """Yield standard output or ``out``; raise ``RuntimeError`` with what to do where it cannot be written."""
    if out is None:
        yield sys.stdout
        return
    try:
        stream = out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise RuntimeError(f"--out {out}: cannot be written ({error.strerror}); name another file") from None
    with stream:
        yield stream


@contextlib.contextmanager
def held() -> Iterator[list[int]]:
    """Let no first signal interrupt what stands inside; yield the list that the signals held back go into.

    A second one does, for a reader that takes nothing any more. What is ignored stays ignored (a job in the background).
    Outside the main thread, where no signal arrives, nothing is held.
    """
    pending: list[int] = []

    def hold(number: int, _: object) -> None:
        if pending:
            raise KeyboardInterrupt
        pending.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield pending
        return
    ends = [end for end in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(end) is not signal.SIG_IGN]
    before = [signal.signal(end, hold) for end in ends]
    try:
        yield pending
    finally:
        for end, handler in zip(ends, before, strict=True):
            signal.signal(end, handler)
