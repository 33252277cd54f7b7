"""Which event depends on which; the condition stands in round brackets, what depends on it in square ones."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL, load
from lagebild.layers.conditions import find_conditions
from lagebild.layers.contradictions import find_contradictions
from lagebild.layers.earlier import Earlier
from lagebild.layers.status import find_status
from lagebild.records import Article, Event, Span, Status
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")


def coded(marked: str, status: Status, condition_status: Status = "demanded") -> tuple[Event, Event]:
    """Return (condition, consequence) after the layer; ids 0 and 1."""
    text, places = "", {}
    for char in marked:
        if char in "[]()":
            places[char] = len(text)
        else:
            text += char
    spans = [Span(places[a], places[b], text[places[a] : places[b]]) for a, b in ("()", "[]")]
    events = (
        Event(0, "RETREAT", "", (spans[0],), status=condition_status),
        Event(1, "CONCEDE", "", (spans[1],), status=status),
    )
    earlier = Earlier(article=Article(id="x", text=text), doc=load()(text), events=events)
    first, second = find_conditions(earlier.doc, LEXICON, earlier)
    return first, second


@pytest.mark.parametrize(
    "marked",
    [
        "Die Sanktionen würden [aufgehoben], wenn die Truppen (abziehen), sagte er.",
        "Wenn die Truppen (abziehen), werde man die Sanktionen [aufheben], sagte er.",
        "Sollten die Truppen (abziehen), werde man die Sanktionen [aufheben], sagte er.",
        "Der (Abzug) ist eine der Bedingungen, bevor man die Sanktionen [aufhebt].",
        "Der (Abzug) ist Voraussetzung für eine [Aufhebung] der Sanktionen.",
        "Brüssel knüpft die [Aufhebung] der Sanktionen an einen (Abzug) der Truppen.",
    ],
)
@pytest.mark.parametrize("status", ["planned", "conditional"])
def test_the_consequence_points_at_its_condition(marked, status):
    first, second = coded(marked, status)
    assert (second.condition, second.status) == (0, "conditional")
    assert (first.condition, first.status) == (None, "demanded")
    assert [e.field for e in second.evidence] == ["condition"]


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("Nach dem (Abzug) der Truppen wurden die Sanktionen [aufgehoben].", "actual"),
        ("Die Truppen wurden (abgezogen), und die Sanktionen wurden [aufgehoben].", "actual"),
        ("Bei dem (Abzug) der Truppen soll die Sperre [aufgehoben] werden.", "planned"),
    ],
)
def test_what_only_stands_beside_it_is_no_condition(marked, status):
    _, second = coded(marked, status, "actual")
    assert (second.condition, second.status) == (None, status)


def test_otherwise_points_back_at_what_was_demanded():
    _, second = coded(
        "Die Rebellen müssten (abziehen). Andernfalls werde man die Stadt [räumen], sagte er.", "conditional"
    )
    assert second.condition == 0


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "😀 İstanbul ſ", "Wer?", "Sollte."])
def test_texts_without_sentences_or_events(text):
    earlier = Earlier(article=Article(id="x", text=text), doc=load()(text))
    for find in (find_status, find_conditions, find_contradictions):
        assert list(find(earlier.doc, LEXICON, earlier)) == []
