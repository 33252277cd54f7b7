"""What is written whole: a first signal waits, a second one does not."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from lagebild.cli.out import held


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """A shell's background job ignores SIGINT; here it is to arrive."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def end(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)
    time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_first_signal_waits(number: int) -> None:
    with held() as pending:
        end(number)
        assert pending == [number]


def test_a_second_signal_does_not_wait() -> None:
    with pytest.raises(KeyboardInterrupt), held():
        end()
        end()


def test_afterwards_signals_arrive_as_before() -> None:
    with held():
        pass
    with pytest.raises(KeyboardInterrupt):
        end()


def test_what_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with held() as pending:
        end()
    assert pending == []
