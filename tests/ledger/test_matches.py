"""Under what a sentence looks for the commitments that it may be about."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from lagebild.ledger.happenings import Telling
from lagebild.ledger.matches import likeliest, looked_for, owed_under
from lagebild.ledger.promises import Commitment, commitment
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


@dataclass
class Standing:
    made: Commitment


def owed(about: str) -> Standing:
    made = Telling(
        key="z#0", article="z", type="AID", mode="", status="planned", actors=frozenset({"GRC:GOV"}), recipients=frozenset(),
        published=DAY - datetime.timedelta(30), note=Note(frozenset(about.split())),
    )  # fmt: skip
    found = commitment(made, speaker=None, condition=None)
    assert found is not None
    return Standing(found)


def test_a_sentence_that_shares_nothing_is_held_against_what_its_article_shares() -> None:
    panzer = owed("panzer")
    keys = owed_under(panzer.made)
    article = [telling("panzer", "GRC"), telling("wetter", "ITA", lands="ITA")]
    found = likeliest(article, lambda key, since, until, full: iter([panzer] if key in keys else []), DAY)
    assert found == [[panzer], [panzer]]


def test_an_article_that_shares_nothing_is_held_against_nothing() -> None:
    keys = owed_under(owed("panzer").made)
    article = [telling("hafen", "ITA"), telling("wetter", "ITA")]
    assert likeliest(article, lambda key, since, until, full: iter([owed("panzer")] if key in keys else []), DAY) == [
        [],
        [],
    ]
