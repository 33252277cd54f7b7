"""What a promise depends on, in the words of its sentence."""

from __future__ import annotations

import itertools

import pytest

from lagebild.ledger.terms import first_term, in_plain_term, inside_term, term_beside

PAIRS = [("Peru", "Chile"), ("Kenia", "Uganda"), ("Estland", "Norwegen")]
FRAMES = {  # sentence: its condition
    "{A} will Getreide liefern, falls {B} den Hafen öffnet.": "falls {B} den Hafen öffnet",
    "{A} bot {B} an, das Kraftwerk zu reparieren, sofern die Kämpfe enden, und sagte Geld zu.": "sofern die Kämpfe enden",
    "{A} liefere Getreide, wenn {B}, das am Meer liegt, den Hafen öffne, sagte ein Sprecher.": "wenn {B}, das am Meer liegt, den Hafen öffne",
    "Wenn {B} den Hafen öffnet, will {A} Getreide liefern.": "Wenn {B} den Hafen öffnet",
    "Zahlt {B} bis Mai nicht, will {A} die Brücke sperren.": "Zahlt {B} bis Mai nicht",
    "Ein Sprecher drohte: Ziehe {B} nicht ab, so werde {A} die Brücke sperren.": "Ziehe {B} nicht ab",
    "Kommen die Schiffe frei, kündigte ein Sprecher an, will {A} den Hafen öffnen.": "Kommen die Schiffe frei",
    "{A} drohte {B} mit Zöllen, sollte die Frist verstreichen.": "sollte die Frist verstreichen",
    "{A} will im Falle eines Angriffs {B} Panzer liefern.": "im Falle eines Angriffs",
    "{A} stellte für den Fall Hilfe in Aussicht, dass {B} die Wahl abhält.": None,
    "Grenzen würden geöffnet, sagte ein Sprecher von {A}.": None,
    "Kämpfe im Osten, die im März begannen, brachten {A} und {B} an den Tisch.": None,
    "{A} will liefern, auch wenn {B} dagegen ist.": None,
    "Heute öffnet {A} den Hafen, teilte {B} mit.": None,
}


@pytest.mark.parametrize(("frame", "pair"), list(itertools.product(FRAMES, PAIRS)))
def test_what_a_promise_depends_on(frame, pair):
    sentence, expected = (words.format(A=pair[0], B=pair[1]) if words else None for words in (frame, FRAMES[frame]))
    if "für den Fall" in frame:
        assert "dass" in (term_beside(sentence, 0) or "")
    else:
        assert term_beside(sentence, sentence.index(pair[0])) == expected
        assert first_term(sentence) == expected


def test_what_another_main_clause_depends_on_is_not_its_condition():
    sentence = "Peru liefert Getreide; Chile öffnet den Hafen, falls der Streik endet."
    assert term_beside(sentence, sentence.index("liefert")) is None
    assert term_beside(sentence, sentence.index("öffnet")) == "falls der Streik endet"


def test_what_something_depends_on_is_no_promise_of_its_own():
    sentence = "Peru will Getreide liefern, falls Chile den Hafen öffnet."
    assert inside_term(sentence, sentence.index("öffnet"))
    assert not inside_term(sentence, sentence.index("liefern"))
    assert term_beside(sentence, sentence.index("öffnet")) is None


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Peru will liefern, wenn Chile im Mai den Hafen öffnet.", "Mai", True),
        ("Öffnet Chile den Hafen nicht bis Mai, will Peru die Brücke sperren.", "Mai", False),
        ("Peru will im Mai liefern, wenn Chile den Hafen öffnet.", "Mai", False),
    ],
)
def test_the_day_of_a_condition(sentence, word, expected):
    assert in_plain_term(sentence, sentence.index(word)) == expected
