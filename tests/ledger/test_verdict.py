"""Sentences as tales, promises that a vote hears, and what votes and rules leave of a commitment."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger import verdict
from lagebild.ledger.debts import State
from lagebild.ledger.happenings import Telling
from lagebild.ledger.heard import heard
from lagebild.ledger.promises import commitment
from lagebild.ledger.sentences import Note, sentence_from, split
from lagebild.ledger.tales import packed_tales, tales, tales_of
from lagebild.records import Actor, Article, Records, Span, Versions

VERSIONS = Versions(program="0", model="0", lexicon="0")
TEXT = "Kenia hat 20 Boote übergeben. Die Werft in Mombasa feierte das. Ghana dankte."


def records(text, *actors):
    found = [
        Actor(span=Span(text.index(w), text.index(w) + len(w), w), name=w, code=code, how="named", entity="Q1")
        for w, code in actors
    ]
    return Records(Article(id="a", text=text, published="2024-03-05"), VERSIONS, actors=tuple(found))


def read_back(one):
    packed = packed_tales(tales(one, frozenset({"kenia", "ghana"}), frozenset({"kenia", "ghana"})))
    return list(tales_of({"article": "a", "day": datetime.date(2024, 3, 5), "told": packed}))


def test_every_sentence_is_kept_with_who_is_named_and_what_stood_before():
    first, second, third = read_back(records(TEXT, ("Kenia", "KEN:GOV"), ("Ghana", "GHA:GOV")))
    assert (first.actors, second.actors, third.actors) == ({"KEN"}, {"KEN"}, {"GHA"})
    assert "previous" in second.note.cues
    assert "first=KEN" in first.note.cues
    assert "boot" in first.note.about
    assert second.nouns >= {"boot"}
    assert third.content >= {"boot"}
    assert "number=20" in first.note.cues


def test_the_sentence_of_a_tale_is_found_again():
    for start, sentence in split(TEXT):
        assert sentence_from(TEXT, start) == (start, sentence)


def test_an_article_that_was_coded_before_has_no_tales():
    assert list(tales_of({"article": "a", "day": datetime.date(2024, 3, 5), "told": None})) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Kenia und Ghana vereinbarten einen Fahrplan. Kenia erbot sich, bis Ende April eine Station aufzubauen.",
            "KEN:GOV",
        ),
        ("Kenia verpflichtete sich, die Boote binnen einer Woche zu übergeben.", "KEN:GOV"),
    ],
)
def test_a_promise_is_heard(text, who):
    listed = list(heard(records(text, ("Kenia", "KEN:GOV")), frozenset(), frozenset()))
    assert who in {code for pledge in listed for code in pledge.who}


@pytest.mark.parametrize("text", ["Kenia lieferte im Januar Boote.", "In Kenia regnete es am Dienstag stark."])
def test_what_is_no_promise_is_not_heard(text):
    assert list(heard(records(text, ("Kenia", "KEN:GOV")), frozenset(), frozenset())) == []


def telling(key, day, **other):
    fields = {
        "type": "AID",
        "mode": "",
        "status": "planned",
        "actors": frozenset({"KEN:GOV"}),
        "recipients": frozenset(),
    }
    return Telling(key=key, article=key.partition("#")[0], published=day, **(fields | other))


OWED = commitment(
    telling("a#0", datetime.date(2024, 3, 5), note=Note(frozenset({"boot"}))), speaker=None, condition=None
)


@pytest.mark.parametrize(
    ("by_rule", "chances", "states"),
    [
        ([], {"kept": 0.6}, ["kept"]),
        ([], {"kept": 0.1}, []),
        (["broken"], {"kept": 0.4}, ["broken"]),
        (["broken"], {"kept": 0.9}, ["kept"]),
        (["moved"], {"overtaken": 0.9}, ["moved", "overtaken"]),
    ],
)
def test_rules_and_votes_are_weighed(monkeypatch, by_rule, chances, states):
    told = {"none": 0.0, "kept": 0.0, "broken": 0.0, "overtaken": 0.0, "moved": 0.0} | chances
    monkeypatch.setattr(verdict, "judged", lambda owed, tale, least: told)
    tale = telling("b#@0~", datetime.date(2024, 4, 5), type="TALE", status="actual")
    found = verdict.weighed(OWED, [State(f"c#{n}", "c", state) for n, state in enumerate(by_rule)], [tale])
    assert [state.state for state in found] == states


def test_claims_of_two_outcomes_leave_a_dispute(monkeypatch):
    chances = {
        "x#@0~": {"kept": 0.7, "broken": 0.0, "overtaken": 0.0, "moved": 0.0},
        "y#@0~": {"kept": 0.0, "broken": 0.6, "overtaken": 0.0, "moved": 0.0},
    }
    monkeypatch.setattr(verdict, "judged", lambda owed, tale, least: chances[tale.key])
    listed = [
        telling(key, datetime.date(2024, 4, 5), type="TALE", status="actual", speaker="-") for key in ("x#@0~", "y#@0~")
    ]
    found = verdict.weighed(OWED, [], listed)
    assert {state.state for state in found} == {"kept", "broken"}


@pytest.mark.parametrize(("whole", "states"), [(0.4, []), (0.9, ["kept"])])
def test_what_came_in_part_is_not_kept_by_another_sentence_of_the_article(monkeypatch, whole, states):
    chances = {"x#@0~": 0.7, "x#@9~": whole}
    monkeypatch.setattr(
        verdict,
        "judged",
        lambda owed, tale, least: {"kept": chances[tale.key], "broken": 0.0, "overtaken": 0.0, "moved": 0.0},
    )
    part = telling(
        "x#@0~", datetime.date(2024, 4, 5), type="TALE", status="actual", note=Note(frozenset(), frozenset({"partly"}))
    )
    rest = telling("x#@9~", datetime.date(2024, 4, 5), type="TALE", status="actual")
    assert [state.state for state in verdict.weighed(OWED, [], [part, rest])] == states
