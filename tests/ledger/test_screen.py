"""Screening leaves out no expression that a sentence holds."""

from __future__ import annotations

import re

import pytest

from lagebild.ledger.screen import Screen, beginnings
from lagebild.rules.ledger import CUES, OUTCOMES, Cue, Outcome
from lagebild.rules.lexicon import own_lexicon

ROWS = [*own_lexicon().rows(OUTCOMES, Outcome), *own_lexicon().rows(CUES, Cue)]
SENTENCES = [
    text.format(row.example, getattr(row, "counter", ""))
    for row in ROWS
    for text in ("{0}", "{1}", "„{0}“, {1}", "-{0}")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_a_sentence_holds_is_found(row):
    screen = Screen([(row.id, row.words)])
    assert {s for s in SENTENCES if screen.found(s)} == {s for s in SENTENCES if re.search(row.words, s)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (r"\b(?:blieb|bleiben)\b.*\baus\b", {"blieb\b", "bleibe"}),
        (r"\bFrist\w*|\bnicht\s+(?:ein|)gehalten", {"Frist", "nicht"}),
        (r"\ban\s+die\s+Stelle\b", {"Stelle"}),
        (r"\b(?:ist|sei)\b", {"ist\b", "sei\b"}),
        (r"\bverspr[ie]ch\w*", {"verspr"}),
        (r"\b(?:ab|an)zieh\w*", {"abzieh", "anzieh"}),
        (r"\bkein\w*", {"kein"}),
        (r"\b(?:ab\w*|anders)wo\b", None),
        (r"\b(?:ab|an)\b", {"ab\b", "an\b"}),
        (r"\b\w*[Vv]ertrag", None),  # may begin with anything
        (r"Frist", None),  # may stand within a word
        (r"\bFrist|\bzu\w+", None),  # the second has too few letters
        (r"\b(?:un)?gültig", None),
        (r"(?i)\bfrist", None),
    ],
)
def test_beginnings(words, expected):
    assert beginnings(words) == expected


def test_most_expressions_are_screened():
    screened = [row for row in ROWS if beginnings(row.words)]
    assert len(screened) >= 0.8 * len(ROWS)


def test_only_what_may_be_found_is_tried():
    screen = Screen([("a", r"\bFrist\w*"), ("b", r"\w+zu\w+en")])
    assert screen.worth("Die Regierung zahlt.") == {1}
    assert screen.worth("Die Fristen laufen.") == {0, 1}
