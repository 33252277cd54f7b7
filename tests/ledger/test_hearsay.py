"""What sounds like a report of a commitment and is none: its own words reprinted, another country."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger.families import Matcher, Text
from lagebild.ledger.happenings import Telling
from lagebild.ledger.hearsay import Reprinted, Story, retells
from lagebild.ledger.promises import commitment
from lagebild.ledger.sentences import Note
from lagebild.ledger.tales import TALE

DAY = datetime.date(2024, 3, 1)
PROMISE = "Ruritanien sagte zu, die Seeleute bis zur Abreise vor Überfällen zu schützen."
NEWS = "Gestern erreichten alle Seeleute den Hafen von Strelsau, wie die Reederei mitteilte."
REST = "Beide Regierungen hatten in der Hauptstadt drei Tage lang über die Lage der Schiffe beraten. "


def owed(type="AID", actors="XRU:GOV", recipients="", about=""):
    told = Telling(
        "a#0", "a", type, "", "planned", frozenset(actors.split()), frozenset(recipients.split()), DAY,
        note=Note(frozenset(about.split())),
    )  # fmt: skip
    return commitment(told, speaker=None, condition=None)


def tale(article, lands, about="", cues="", start=0):
    return Telling(
        f"{article}#@{start}~", article, TALE, "", "actual", frozenset(lands.split()), frozenset(), DAY,
        note=Note(frozenset(about.split()), frozenset(cues.split())),
    )  # fmt: skip


def test_what_stood_beside_the_promise_is_no_report_where_it_is_printed_again():
    class Kin:
        matcher = Matcher()
        said_before = matcher.stands_in

    texts = {"a": REST + PROMISE, "b": REST + PROMISE + " " + NEWS}
    for name, text in texts.items():
        list(Kin.matcher.add(Text(name, text)))
    reprinted = Reprinted(Kin)
    reprinted.take([{"article": "b", "text": texts["b"]}], [])
    made = owed()
    assert reprinted.repeats(made, tale("b", "XRU", start=len(REST)))
    assert not reprinted.repeats(made, tale("b", "XRU", start=len(REST + PROMISE) + 1))


@pytest.mark.parametrize(
    ("made", "report", "named", "kept"),
    [
        # the promise binds XRU towards GRC; its article names both
        (owed("SANCTION", recipients="GRC:GOV", about="sanktion"), tale("b", "XRU HUN", "sanktion"), "XRU HUN", False),
        (owed("SANCTION", recipients="GRC:GOV", about="sanktion"), tale("b", "XRU GRC", "sanktion"), "XRU GRC HUN", True),
        (owed("SANCTION", recipients="GRC:GOV", about="sanktion"), tale("b", "XRU", "sanktion"), "XRU", True),
        # another side did it, in a country that the promise has nothing to do with
        (owed("RETREAT", about="stuetzpunkt"), tale("b", "HUN", "stuetzpunkt"), "HUN", False),
        (owed("RETREAT", about="stuetzpunkt"), tale("b", "XRU HUN", "stuetzpunkt"), "XRU HUN", True),
        (owed("RETREAT", about="stuetzpunkt"), tale("b", "XRU", "haendler"), "XRU HUN", False),
        (owed("RETREAT", about="stuetzpunkt"), tale("b", "HUN", "haendler", cues="previous"), "XRU GRC HUN", True),
    ],
)  # fmt: skip
def test_a_report_of_another_country_is_of_another_matter(made, report, named, kept):
    story = Story(made, {"b": frozenset(named.split())}, frozenset({"XRU", "GRC"}))
    assert bool(story.of_it([report])) is kept


def test_an_article_with_a_sentence_of_the_matter_is_of_it_as_a_whole():
    story = Story(owed("RETREAT", about="stuetzpunkt"), {"b": frozenset({"XRU", "HUN"})}, frozenset({"XRU", "GRC"}))
    other = tale("b", "XRU", "haendler", start=9)
    assert story.of_it([other]) == []
    assert len(story.of_it([tale("b", "XRU", "stuetzpunkt"), other])) == 2


def test_the_sentence_that_tells_of_a_commitment_reports_nothing_of_it():
    told = owed("AID").telling
    assert retells(told, tale("a", "XRU", cues="event=AID/planned"))
    assert not retells(told, tale("a", "XRU", cues="event=AID/planned event=AID/actual"))
    assert not retells(told, tale("b", "XRU", cues="event=AID/planned"))
