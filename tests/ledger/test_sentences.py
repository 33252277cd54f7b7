"""What sentences say, by the tables under lexicon/ledger."""

from __future__ import annotations

import pytest

from lagebild.ledger.alike import likeness
from lagebild.ledger.sentences import about, cues, says, sentence_at, split
from lagebild.rules.ledger import CUES, OUTCOMES, Cue, Outcome
from lagebild.rules.lexicon import own_lexicon


@pytest.mark.parametrize("row", own_lexicon().rows(OUTCOMES, Outcome), ids=lambda row: row.id)
def test_outcomes(row):
    assert says(row.example) == row.says
    if row.counter:
        assert says(row.counter) != row.says


@pytest.mark.parametrize("row", own_lexicon().rows(CUES, Cue), ids=lambda row: row.id)
def test_cues(row):
    assert row.kind in cues(row.example)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Boote wurden nicht geliefert.", "broken"),
        ("Die Boote sollen im Mai geliefert werden.", None),
        ("Der Minister sprach von einem guten Tag.", None),
    ],
)
def test_negated_and_coming(sentence, expected):
    assert says(sentence) == expected


def test_about_leaves_out_names_and_plain_words():
    assert about("Ruritanien will der Regierung am Montag Panzer liefern.", frozenset({"ruritanien"})) == {"panzer"}


def test_likeness():
    boats, patrol = frozenset({"boot"}), frozenset({"patrouillenboot"})
    assert (likeness(boats, patrol), likeness(boats, boats), likeness(boats, frozenset({"panzer"}))) == (1, 2, 0)
    assert likeness(frozenset({"panzer"}), frozenset({"kampfpanzer"})) == 1
    assert likeness(frozenset({"money=5"}), boats) == 1


def test_sentences_keep_their_offsets():
    text = "Am 3. Mai kam er. Dann ging er.\nSchluss"
    assert [text[at : at + len(s)] for at, s in split(text)] == [s for _, s in split(text)]
    assert sentence_at(text, text.index("ging")) == (18, "Dann ging er.")
