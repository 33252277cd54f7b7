"""Reprints, credits, and how many independent origins they leave."""

from __future__ import annotations

import pytest

from lagebild.ledger.families import Groups, Matcher, Text
from lagebild.ledger.origins import independent_origins

WIRE = (
    "In der Hafenstadt Zenda haben sich am Dienstag Tausende Menschen zu einer Kundgebung gegen den Bau der neuen Mole "
    "versammelt. Die Polizei sperrte nach Angaben eines Sprechers mehrere Straßen rund um den Markt. Zu Zusammenstößen kam es "
    "zunächst nicht. Der Bürgermeister kündigte an, den Vertrag mit dem Betreiber noch in dieser Woche prüfen zu lassen. Die "
    "Gewerkschaft der Hafenarbeiter verlangt dagegen einen sofortigen Baustopp und droht mit einem Ausstand."
)
OWN = (
    "Die Proteste gegen das Hafenprojekt reißen nicht ab: Auf dem Markt von Zenda standen gestern so viele Menschen wie noch "
    "nie seit Beginn der Arbeiten. Wer mit ihnen redet, hört vor allem eines: Misstrauen. Niemand glaubt hier noch an die "
    "Zusagen der Stadt, sagt eine Händlerin, die seit dreißig Jahren Fisch verkauft."
)
INTRO = "Wut an der Küste: Wieder gehen die Menschen gegen das umstrittene Vorhaben auf die Straße. "


def link_between(a, b):
    matcher = Matcher()
    assert list(matcher.add(a)) == []
    return list(matcher.add(b))


@pytest.mark.parametrize(
    "reprint",
    [
        WIRE,
        WIRE.upper(),
        " ".join(WIRE.split(". ")[0:2]) + ".",
        ". ".join(reversed(WIRE.split(". "))),
        INTRO + WIRE.split(". ", 1)[1],
    ],
    ids=["verbatim", "upper-case", "shortened", "reordered", "new intro"],
)
def test_a_reprint_is_found(reprint):
    assert len(link_between(Text("a", WIRE), Text("b", reprint))) == 1


def test_an_own_report_is_no_reprint():
    assert link_between(Text("a", WIRE), Text("b", OWN)) == []


def test_a_reason_gives_the_figure():
    assert link_between(Text("a", WIRE), Text("b", WIRE))[0].reason.startswith("100%")


def origins(*texts, families=None):
    return independent_origins(texts, families or {text.article: text.article for text in texts})


def test_agency_texts_count_once():
    assert len(origins(Text("a", WIRE, "x", agencies=("dpa",)), Text("b", OWN, "y", agencies=("dpa", "AFP")))) == 1


def test_own_reports_count_each():
    assert len(origins(Text("a", WIRE, "x"), Text("b", OWN, "y"))) == 2


def test_one_outlet_is_one_source_however_often_it_reports():
    assert len(origins(Text("a", WIRE, "x"), Text("b", OWN, "x"), Text("c", INTRO, "y"))) == 2
    assert len(origins(Text("a", WIRE), Text("b", OWN))) == 2  # of no outlet known: nothing binds them


def test_a_chain_of_outlets_counts_once():
    chain = Text("a", WIRE, "x"), Text("b", OWN, "y", origin_outlet="x"), Text("c", INTRO, "z", origin_outlet="x")
    assert len(origins(*chain)) == 1


def test_a_forged_credit_never_raises_the_count():
    honest = Text("a", WIRE, "x"), Text("b", OWN, "y")
    forged = honest[0], Text("b", OWN, "y", agencies=("dpa",))
    assert len(origins(*forged)) <= len(origins(*honest))
    same = {"a": "a", "b": "a"}
    assert len(origins(*forged, families=same)) == 1


def test_groups_do_not_depend_on_the_order_of_joining():
    one, other = Groups("abcd"), Groups("abcd")
    for a, b in ("ab", "cd", "bc"):
        one.join(a, b)
    for a, b in ("bc", "cd", "ab"):
        other.join(b, a)
    assert one.groups() == other.groups() == {"a": ["a", "b", "c", "d"]}
