"""What sentences say, by the tables under lexicon/ledger."""

from __future__ import annotations

import pytest

from lagebild.ledger.alike import likeness
from lagebild.ledger.sentences import about, cues, says, sentence_at, split
from lagebild.ledger.tellings import _status
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


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("haeftling", "gefangener", 2),  # two words for them
        ("kampfpanzer", "gepard-panzer", 1),  # one word, and maybe not the same ones
        ("hilfsgelder", "kredit", 1),  # some money or other
        ("haeftling", "panzer", 0),
    ],
)
def test_words_that_stand_for_each_other(mine, theirs, expected):
    assert likeness(frozenset({mine}), frozenset({theirs})) == expected


def test_a_year_ends_a_sentence_and_a_day_of_the_month_does_not():
    assert len(list(split("Das war im Jahr 2024. Die Armee zog am 3. Mai ab."))) == 2


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der zugesagte Termin ist ohne Ergebnis verstrichen.", "broken"),
        ("Die Kameras bleiben vorerst dunkel.", "broken"),
        ("Die Waren werden an der Grenze weiterhin verzollt.", "broken"),
        ("Seit Montag rollen die Züge.", "kept"),
        ("Von dem Geld ist erst ein Bruchteil eingegangen.", None),
        ("Die Regierung stellte in Aussicht, dass die Sperre beendet wird.", None),
        ("Das Land fühlt sich nicht länger an die Zusage gebunden.", "overtaken"),
    ],
)
def test_more_that_became_of_promises(sentence, expected):
    assert says(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die EU verschob ihre Gegenzölle.", "gegenzoll"),
        ("Das Flugabwehrsystem fehlt, die Teile des Flugabwehrsystems auch.", "flugabwehrsystem"),
    ],
)
def test_compounds_that_the_dictionary_lacks(sentence, expected):
    assert expected in about(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Rebellen haben die Geiseln nicht wie angekündigt bis Ende Juni freigelassen.", {"unlike"}),
        ("Ungarn hat den Übergang nicht wie mit Kiew vereinbart geöffnet.", {"unlike"}),
        ("Die Soldaten wurden nicht wie geplant am Montag, sondern am Dienstag freigelassen.", set()),
        ("Peru reagierte auf den Bruch der Feuerpause.", {"breach"}),
        ("Beide Armeen meldeten Verstöße gegen die vereinbarte Waffenruhe.", {"breach"}),
        ("Die Waffenruhe hielt bis zum Bruch der Koalition.", set()),
    ],
)
def test_what_was_not_done_as_promised_and_broken_truces(sentence, expected):
    assert cues(sentence) & {"unlike", "breach"} == expected


def test_a_deed_not_done_as_announced_was_not_done():
    row = {"type": "RETREAT", "status": "actual", "cues": "unlike", "day": None, "earliest": None}
    assert _status(row) == "denied"
    assert _status(row | {"cues": "promise"}) == "actual"
    assert _status(row | {"type": "AGREE"}) == "actual"  # it was announced
    assert _status(row | {"trigger": [{"quote": "zugesagt"}]}) == "actual"
    assert _status(row | {"trigger": [{"quote": "freigelassen"}]}) == "denied"
    assert _status(row | {"status": "denied", "trigger": [{"quote": "zugesagt"}]}) == "actual"
    assert _status(row | {"status": "denied", "trigger": [{"quote": "freigelassen"}]}) == "denied"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Zahl der Toten ist auf 31 gestiegen.", {"rising"}),
        ("Nach dem Angriff ist ein weiteres Opfer gestorben.", {"further"}),
        ("Drei weitere Menschen erlagen ihren Wunden.", {"further"}),
        ("Es starben 18 Menschen, 106 weitere Menschen wurden verletzt.", set()),
        ("Es gab vier Tote und zwei weitere Verletzte.", set()),
        ("Das Land hat die Stadt am Mittwoch erneut beschossen.", {"again"}),
        ("Der Hafen ist wieder offen.", set()),
    ],
)
def test_numbers_that_grow_people_in_addition_and_acts_done_again(sentence, expected):
    assert cues(sentence) & {"rising", "further", "again"} == expected
