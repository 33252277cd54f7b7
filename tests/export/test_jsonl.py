"""The JSON of a single record."""

from __future__ import annotations

import pytest

from lagebild.export.jsonl import speaker_of
from lagebild.records import Actor, Event, Span, Statement

SPAN = Span(0, 4, "Viele")
ACTOR = Actor(SPAN, "Frankreich", "FRA:GOV", "named")


@pytest.mark.parametrize(("source", "code"), [((ACTOR,), "FRA:GOV"), ((), "-")])
def test_a_speaker_has_the_same_fields_whether_or_not_he_is_known(source: tuple[Actor, ...], code: str) -> None:
    event = Event(id=0, type="REJECT", mode="", trigger=(), statement=3)
    said = Statement(id=3, source=source, source_span=SPAN, cue=(), message=(), form="Indirect")
    speaker = speaker_of(event, [said])
    assert speaker is not None
    assert list(speaker) == ["start", "end", "text", "code", "name", "how", "entity"]
    assert (speaker["start"], speaker["end"], speaker["code"]) == (0, 4, code)
