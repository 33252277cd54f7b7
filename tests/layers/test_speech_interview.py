"""Interviews: who vouches for questions and answers, with and without a label."""

from __future__ import annotations

import pytest

import lagebild
from lagebild.export.jsonl import speaker_of
from lagebild.records import Article, Records

OPENING = "Der irische Abgeordnete Cormac Huber über den Streit.\n\nAnzeiger: Herr Huber, wie geht es weiter?\n\nHuber: Man wartet ab.\n\n"
CLOSING = "Und wie lange noch?\n\nBis Mai."


def coded(answer: str) -> Records:
    text = OPENING + "Was ist geschehen?\n\n" + answer + "\n\n" + CLOSING
    return lagebild.code(Article(id="t", text=text, published="2019-08-21"))


def speakers(records: Records, word: str) -> list[str | None]:
    """Return the words that name who vouches for the events whose trigger holds ``word``."""
    found = []
    for event in records.events:
        if any(word in span.quote for span in event.trigger):
            speaker = speaker_of(event, records.statements)
            found.append(records.article.text[speaker["start"] : speaker["end"]] if speaker else None)
    return found


@pytest.mark.parametrize(
    ("answer", "word", "speaker"),
    [
        ("Frankreich griff am Montag Libyen an.", "griff", "Huber"),
        ("London hat das Abkommen unterschrieben.", "unterschrieben", "Huber"),
        ("Wir haben der Kommission zugesagt, den Markt zu schützen.", "zugesagt", "Huber"),
        ("Ich habe gesehen, wie Soldaten unser Auto durchsuchten.", "durchsuchten", "Huber"),
        ("Moskau sagte, Kiew habe Donezk beschossen.", "beschossen", "Moskau"),
    ],
)
def test_who_is_asked_vouches_for_the_answers(answer: str, word: str, speaker: str) -> None:
    assert speakers(coded(answer), word) == [speaker]


def test_a_speaker_named_before_does_not_speak_on_in_an_answer() -> None:
    records = coded("Macron sagte, er werde kommen.\n\nUnd Rom?\n\nDas Land wäre verloren, es sei denn, es lenke ein.")
    carried = [s for s in records.statements if s.form == "IndirectFreeIndirect"]
    assert all(s.source_span is None or s.source_span.quote != "Macron" for s in carried)


def test_what_ich_reports_in_a_quotation_is_of_who_is_quoted() -> None:
    text = "„Ich habe gesehen, wie Soldaten das Haus stürmten“, sagte Angela Merkel."
    records = lagebild.code(Article(id="t", text=text, published="2019-08-21"))
    assert {s.source_span.quote for s in records.statements if s.source_span} == {"Angela Merkel"}
