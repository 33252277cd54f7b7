"""The collector is held back while an article is read, and always comes back."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from lagebild.pause import collector_paused


@pytest.fixture(autouse=True)
def _collector_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_is_off_inside_and_on_again_after() -> None:
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="torn"), collector_paused():
        raise ValueError("torn")
    assert gc.isenabled()


def test_stays_off_inside_a_pause_and_after_it_where_it_was_off() -> None:
    with collector_paused(), collector_paused():
        pass
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()
