"""Under what a sentence looks for the commitments that it may be about."""

from __future__ import annotations

import datetime

from lagebild.ledger.happenings import Telling
from lagebild.ledger.matches import looked_for
from lagebild.ledger.sentences import Note
from lagebild.ledger.tales import TALE, Tale, telling_of_tale

DAY = datetime.date(2024, 3, 1)


def tale(about: str, parties: str) -> Tale:
    return Tale(0, 10, frozenset(), frozenset(about.split()), frozenset(), frozenset(parties.split()), claim=False)


def telling(about: str, parties: str, *, before: str = "", lands: str = "") -> Telling:
    last = tale(before, "ITA")
    return telling_of_tale(tale(about, parties), "a", DAY, last, last, frozenset(lands.split()))


def test_a_sentence_is_about_whom_it_names_by_its_own_words_and_those_before() -> None:
    keys = set(looked_for(telling("panzer", "GRC", before="hafen")))
    assert {("GRC", "stem", "panze"), ("GRC", "stem", "hafen")} <= keys


def test_of_whom_only_its_article_names_its_own_words_alone_count() -> None:
    keys = set(looked_for(telling("panzer", "GRC", before="hafen", lands="GRC ITA")))
    assert ("ITA", "stem", "panze") in keys
    assert ("ITA", "stem", "hafen") not in keys


def test_nobody_else_is_looked_for() -> None:
    found = telling("panzer", "GRC", before="hafen", lands="GRC ITA")
    assert found.type == TALE
    assert found.note == Note(frozenset({"panzer"}), frozenset())
    assert {key[0] for key in looked_for(found)} == {"GRC", "ITA"}
