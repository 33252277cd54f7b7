"""Flat rows: what is said, by whom, and the events that rest on it; data frames keep their types."""

from __future__ import annotations

import csv
import io

import pandas
import pytest

import lagebild
from lagebild.export.jsonl import article_object
from lagebild.export.rows import COLUMNS_OF, event_rows, statement_rows
from lagebild.export.writers import CsvWriter
from lagebild.records import Actor, Article, Event, Records, Span, Statement, Versions
from tests.export.sample import SAMPLE

TEXT = "Nach Angaben von Anwohnern schossen Ruritanier. „Wir fordern Frieden“, erklärten Anna Berg und Bo Holm."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words), words)


def actor(words: str, code: str | None) -> Actor:
    return Actor(span(words), words if code else None, code, "named")


HEARD = Statement(0, (), span("Anwohnern"), (span("Nach Angaben"),), (span("schossen Ruritanier"),), "Reported")
JOINT = Statement(
    1,
    (actor("Anna Berg", "XRU:GOV"), actor("Bo Holm", "XRU:OPP")),
    span("Anna Berg und Bo Holm"),
    (span("erklärten"),),
    (span("Wir fordern Frieden"),),
    "Direct",
)
SHOT = Event(0, "ASSAULT", "", (span("schossen"),), (actor("Ruritanier", None),), statement=0)
ASKED = Event(1, "REQUEST", "", (span("fordern"),), statement=1)
RECORDS = Records(Article("a", TEXT, doc="a.txt"), Versions("1", "1", "1"), (SHOT, ASKED), (HEARD, JOINT))


def test_a_statement_has_who_said_it_its_words_and_the_events_it_vouches_for() -> None:
    heard, joint = statement_rows(RECORDS)
    assert (heard["speaker"], heard["speaker_name"], heard["events"]) == ("-", "Anwohnern", "0")
    assert (joint["speaker"], joint["speaker_name"]) == ("XRU:GOV; XRU:OPP", "Anna Berg; Bo Holm")
    assert (joint["cue"], joint["message"], joint["form"]) == ("erklärten", "Wir fordern Frieden", "Direct")
    assert TEXT[joint["start"] : joint["end"]] == joint["message"]


def test_an_event_has_the_words_of_a_speaker_without_a_name_and_all_of_a_joint_statement() -> None:
    shot, asked = event_rows(RECORDS)
    assert (shot["speaker"], shot["speaker_name"]) == ("-", "Anwohnern")
    assert (asked["speaker"], asked["speaker_name"]) == ("XRU:GOV; XRU:OPP", "Anna Berg; Bo Holm")


def test_who_resolves_to_nobody_is_an_actor_like_others_in_json() -> None:
    shot, asked = article_object(RECORDS)["events"]
    assert shot["speaker"].keys() == asked["speaker"].keys() == shot["actors"][0].keys()
    assert (shot["speaker"]["text"], shot["speaker"]["name"]) == ("Anwohnern", None)
    assert shot["actors"][0]["text"] == "Ruritanier"


@pytest.mark.parametrize("what", COLUMNS_OF)
def test_csv_and_frame_have_the_same_columns_and_rows(what: str) -> None:
    out = io.StringIO()
    writer = CsvWriter(out, what=what)  # type: ignore[arg-type]
    for records in SAMPLE:
        writer.feed(records)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    frame = lagebild.frame(SAMPLE, what=what)
    assert rows[0] == list(frame.columns)
    assert len(rows) == len(frame) + 1


@pytest.mark.parametrize("what", COLUMNS_OF)
def test_types_are_the_same_whatever_is_missing(what: str) -> None:
    full, bare = (lagebild.frame(records, what=what).dtypes for records in (SAMPLE, RECORDS))
    assert list(full) == list(bare)


def test_whole_numbers_stay_whole_and_words_are_words() -> None:
    frame = lagebild.frame(RECORDS)
    assert frame["content_of"].dtype == frame["geonames"].dtype == "Int64"
    content = lagebild.frame(SAMPLE)["content_of"].dropna()
    assert [str(number) for number in content] == ["4"]
    assert isinstance(frame["place"].dtype, pandas.StringDtype)


def test_another_kind_of_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="events or statements"):
        lagebild.frame(RECORDS, what="quotes")
