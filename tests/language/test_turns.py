"""Whose turn it is in an interview."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.language.turns import turns

LABELLED = "Anzeiger: Frau Huber, was nun?\n\nHuber: Wir warten.\n\nAnzeiger: Wie lange?\n\nHuber: Bis Mai."
SHORT = "Anzeiger: Frau Huber, was nun?\n\nHuber: Wir warten.\n\n"


def taken(text: str) -> list[tuple[str, bool, str]]:
    return [(text[slice(*turn.label)], turn.asks, text[turn.start : turn.end]) for turn in turns(text)]


def test_labels_name_who_asks_and_who_answers() -> None:
    assert taken("Ein Vorspann.\n\n" + LABELLED) == [
        ("Anzeiger", True, "Frau Huber, was nun?"),
        ("Huber", False, "Wir warten."),
        ("Anzeiger", True, "Wie lange?"),
        ("Huber", False, "Bis Mai."),
    ]


def test_lines_without_a_label_take_turns() -> None:
    rest = "Rom droht.\n\nDas ist ein Bluff.\n\nUnd Paris?\n\nParis schweigt.\n\nWarum?\n\nAus Angst."
    assert [asks for _, asks, _ in taken(SHORT + rest)] == [True, False] * 4


def test_answers_of_several_lines_go_on_to_the_next_question() -> None:
    rest = "Es ist noch Zeit.\n\nNiemand drängt.\n\nNicht einmal Paris?\n\nNein."
    assert [asks for _, asks, _ in taken(SHORT + rest)] == [True, False, False, False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Berlin: Was nun?\n\nDer Minister wartet. Wie lange noch?",
        "Ukraine: Armee rückt vor\n\nGaza: Waffenruhe hält\n\nWas heißt das? Und was nun?",
        "Rom: Was wird?\n\nRom: Neue Regierung im Amt.\n\nWas nun?",
        "Der Minister sagte: Wir warten.\n\nEr fragte: Was nun? Wie lange?",
    ],
)
def test_other_colons_make_no_interview(text: str) -> None:
    assert turns(text) == []


def test_a_label_is_no_part_of_the_sentence_behind_it() -> None:
    ((_, doc),) = parse([LABELLED], text_of=str)
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences == ["Anzeiger:", "Frau Huber, was nun?", "Huber:", "Wir warten.", "Anzeiger:", "Wie lange?", "Huber:", "Bis Mai."]  # fmt: skip
