"""Records: frozen, with defaults, the same after a change or a way through a pipe."""

from __future__ import annotations

import dataclasses
import gc
import pickle

import pytest

from lagebild import pipeline
from lagebild.layers.earlier import Mention
from lagebild.records import Actor, Article, Event, Evidence, Span, changed, quickly_made

SPAN = Span(2, 5, "Rat")
ACTOR = Actor(SPAN, "Rat", "DEU:GOV", "named")


@pytest.mark.parametrize(
    "record",
    [SPAN, ACTOR, Evidence("type", "row", SPAN), Event(1, "AID", "", (SPAN,), (ACTOR,)), Mention(3, SPAN, (ACTOR,))],
)
def test_a_record_is_frozen_equal_to_its_copy_and_goes_through_a_pipe(record):
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    assert type(record)(**values) == type(record)(*values.values()) == pickle.loads(pickle.dumps(record)) == record
    assert len({record, dataclasses.replace(record), changed(record)}) == 1
    for name in values:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, name, None)


def test_what_is_not_said_of_a_record_has_its_default():
    event = Event(1, "AID", "", (SPAN,), confidence=0.5)
    assert (event.status, event.actors, event.place, event.confidence) == ("actual", (), None, 0.5)
    with pytest.raises(TypeError, match="trigger"):
        Event(1, "AID", "")


def test_a_quickly_made_record_is_checked_as_any_other():
    @quickly_made
    @dataclasses.dataclass(frozen=True, slots=True)
    class Checked:
        low: int
        high: int = 9

        def __post_init__(self) -> None:
            if self.low > self.high:
                raise ValueError("low is above high")

    assert Checked(3) == Checked(3, 9)
    with pytest.raises(ValueError, match="above high"):
        Checked(10)


@pytest.mark.parametrize("looking", [True, False])
def test_the_layers_leave_the_garbage_collector_as_it_was(looking, monkeypatch):
    seen = []
    monkeypatch.setattr(pipeline, "find_contradictions", lambda *_: seen.append(gc.isenabled()) or ())
    before = gc.isenabled()
    try:
        (gc.enable if looking else gc.disable)()
        pipeline.code(Article("t", "Der Rat tagte.", published="2020-01-01"))
        assert (seen, gc.isenabled()) == ([False], looking)
    finally:
        (gc.enable if before else gc.disable)()
