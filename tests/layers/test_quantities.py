"""Quantities: single sentences, and the score on our own gold."""

import pytest
from bench.quantities import cases, find, halves, score

from lagebild.rules.lexicon import Lexicon
from lagebild.rules.quantities import VERBS, CountingVerb

LEXICON = Lexicon()


def quantities(text):
    return [(q.what, q.low, q.high, q.unit) for q in find([text])[0]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zwölf Soldaten wurden getötet.", [("killed", 12, 12, None)]),
        ("Mindestens zwölf Soldaten wurden verletzt.", [("injured", 12, None, None)]),
        ("Rund 17.600 russische Soldaten stehen an der Grenze.", [("troops", 17600, 17600, None)]),
        ("Es gab bis zu 20 Festnahmen.", [("arrested", None, 20, None)]),
        ("Es gab zwischen 20 und 30 Tote.", [("killed", 20, 30, None)]),
        ("Es gab keine Verletzten.", [("injured", 0, 0, None)]),
        ("Die Hilfe beträgt 3,5 Mio. Euro.", [("money", 3500000, 3500000, "EUR")]),
        ("Es kamen zwei Dutzend Panzer.", [("vehicles", 24, 24, None)]),
        ("Hunderte Menschen demonstrierten.", [("protesters", 200, None, None)]),
        ("Die Gespräche dauerten mehr als drei Stunden.", [("duration", 3, None, "hour")]),
        ("Der 34-Jährige sprach.", [("age", 34, 34, "year")]),
        ("Die Quote stieg um 4 Prozent.", [("percent", 4, 4, "%")]),
        ("Eine Frau sprach vor dem Rat.", []),
        ("Artikel 5 gilt auch für Platz 3.", []),
        ("Am 3. Mai 2014 siegte die Mannschaft 2:1.", []),
        ("Die Milliardenhilfe ist umstritten.", []),
        ("Im Jahr 1998 wurde Frieden geschlossen.", []),
    ],
)
def test_quantities(text, wanted):
    assert quantities(text) == wanted


@pytest.mark.parametrize("row", LEXICON.rows(VERBS, CountingVerb), ids=lambda row: row.id)
def test_every_verb_row_decides_in_its_example(row):
    assert (row.what, row.id) in [(q.what, q.evidence[0].rule) for q in find([row.example])[0]]


def test_own_gold_is_found():
    shown, held = halves()
    assert score(shown)["f1"] >= 0.94
    assert score(held)["f1"] >= 0.90


def test_gold_marks_are_read():
    every = list(cases())
    assert len(every) > 100
    assert all(case.text[q.span.start : q.span.end] == q.span.quote for case in every for q in case.gold)
    assert "{" not in "".join(case.text for case in every)


def test_offsets_hold():
    for case, found in zip(every := list(cases()), find([c.text for c in every]), strict=True):
        assert all(case.text[q.span.start : q.span.end] == q.span.quote for q in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Die Luftabwehr hat neun von vierzehn Drohnen abgeschossen.", [("weapons", 9.0)]),
        ("Zwölf von zwanzig Geiseln wurden freigelassen.", [("released", 12.0)]),
        ("Vier von fünf Bürgern sind dafür.", []),
        ("Der Präsident sprach von einer Verletzung des Völkerrechts.", []),
        ("Die UNO rügte eine Verletzung des Luftraums durch China.", []),
        ("Der Soldat erlag einer Verletzung.", [("injured", 1.0)]),
        ("Drei Menschen starben, achtzig wurden verletzt.", [("killed", 3.0), ("injured", 80.0)]),
        # who did it is not among those it was done to
        ("Drei Soldaten haben zwölf Zivilisten getötet.", [("troops", 3.0), ("killed", 12.0)]),
        ("Zwei Polizisten hatten fünf Kanadier verletzt.", [("police", 2.0), ("injured", 5.0)]),
        ("Ein Mann hat neun Kanadier erschossen.", [("killed", 9.0)]),
        ("Sechs Kanadier sind tot.", [("killed", 6.0)]),
        ("Zwei Seeleute haben sich bei dem Sturz verletzt.", [("injured", 2.0)]),
        ("Bonn zahlte 40 Millionen Deutsche Mark.", [("money", 40e6)]),
    ],
)
def test_what_is_counted(text, wanted):
    assert [found[:2] for found in quantities(text)] == wanted
