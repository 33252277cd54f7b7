"""Who owes what, how often, by when and on what condition, in frames told of several countries: the real pipeline, a ledger for each frame and pair."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

from tests.ledger.test_wordings import commitments

PAIRS = [("Estland", "EST", "Chile", "CHL"), ("Peru", "PER", "Norwegen", "NOR"), ("Kenia", "KEN", "Japan", "JPN")]
FRAMES = {  # frame: what is owed by whom (A, B), each with the ISO day it is due on
    "{A} bot {B} an, die Straßen am Hafen zu reparieren.": [("A", None)],
    "{A} bot am Montag an, den Bahnhof von Ostrau zu renovieren.": [("A", None)],
    "{A} hat {B} zwei Löschflugzeuge angeboten.": [("A", None)],
    "{A} sagte {B} zu, bis Ende Mai 30 Millionen Euro für Schulen zu zahlen.": [("A", "2024-05-31")],
    "{A} sagte {B} zu, die Reisenden bis zum 15. Mai zu schützen.": [("A", "2024-05-15")],
    "{A} hat {B} aufgefordert, bis Ende Mai einen Weg zur Klärung vorzulegen.": [("B", "2024-05-31")],
    "{A} kündigte an, den Ausnahmezustand im Mai aufzuheben.": [("A", "2024-05-31")],
    "{A} gibt den Hafen für Schiffe aus {B} frei, und zwar zum 15. Mai.": [("A", "2024-05-15")],
    "{A} versprach {B} gemeinsame Patrouillen, die noch im Mai beginnen sollen.": [("A", "2024-05-31")],
    "{A} will {B} Getreide spenden, wenn der Bericht im Mai gut ausfällt.": [("A", None)],
    "Vertreter von {B} teilten mit, {A} werde den Zoll auf Getreide bis Ende Mai senken.": [("A", "2024-05-31")],
    "{A} macht die Freigabe der Gelder von Reformen abhängig.": [("A", None)],
    "Unternehmen haben bis zum 31. Mai Zeit, ihre Geschäfte in {B} abzuwickeln.": [],
}
CONDITIONS = {  # frame: what A's promise or threat depends on
    "{A} will bis Ende Mai Soldaten nach {B} entsenden, falls die Angriffe andauern.": "falls die Angriffe andauern",
    "{A} drohte {B} mit neuen Sanktionen, sollte die Frist verstreichen.": "sollte die Frist verstreichen",
    "{A} bot {B} an, das Kraftwerk zu reparieren, wenn der Preis sinke.": "wenn der Preis sinke",
    "{A} will seine Soldaten bis Ende Mai aus {B} abziehen.": None,
}


@pytest.fixture(scope="module")
def owed(tmp_path_factory):
    """The commitments by frame and pair."""
    found = defaultdict(list)
    for at, (land, _, other, _) in enumerate(PAIRS):
        articles = [
            (
                f"{n}-{at}",
                frame.format(A=land, B=other) + " Das berichteten mehrere Zeitungen am Dienstag.",
                "2024-03-05",
            )
            for n, frame in enumerate((*FRAMES, *CONDITIONS))
        ]
        for one in commitments(articles, tmp_path_factory.mktemp("owed")):
            for doc in {one["doc"], *(s["doc"] for s in one["states"] if s["state"] == "open")}:
                found[doc].append(({code.split(":")[0] for code in one["who"]}, one["due"], one["condition"]))
    return found


@pytest.mark.parametrize(("number", "at"), [*itertools.product(range(len(FRAMES)), range(len(PAIRS)))])
def test_who_owes_by_when(number, at, owed):
    _, a, _, b = PAIRS[at]
    expected = [({{"A": a, "B": b}[side]}, due) for side, due in list(FRAMES.values())[number]]
    assert [(who, due) for who, due, _ in owed[f"{number}-{at}"]] == expected


@pytest.mark.parametrize(("number", "at"), [*itertools.product(range(len(CONDITIONS)), range(len(PAIRS)))])
def test_on_what_condition(number, at, owed):
    found = owed[f"{len(FRAMES) + number}-{at}"]
    assert [(who, condition) for who, _, condition in found] == [({PAIRS[at][1]}, list(CONDITIONS.values())[number])]
