"""Sentences as tales, promises that a vote hears, and what votes and rules leave of a commitment."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger import evidence as evidence_module
from lagebild.ledger import verdict
from lagebild.ledger.debts import State
from lagebild.ledger.evidence import MOST, OUTCOMES, Evidence, strongest
from lagebild.ledger.happenings import Telling
from lagebild.ledger.heard import heard
from lagebild.ledger.owed import Owed
from lagebild.ledger.promises import commitment
from lagebild.ledger.reports import final_state
from lagebild.ledger.sentences import Note, sentence_from, split
from lagebild.ledger.tales import packed_tales, tales, tales_of
from lagebild.ledger.verdict_features import features
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
    return list(tales_of({"article": "a", "day": datetime.date(2024, 3, 5), "told": packed, "text": one.article.text}))


def test_every_sentence_is_kept_with_who_is_named_and_what_stood_before():
    first, second, third = read_back(records(TEXT, ("Kenia", "KEN:GOV"), ("Ghana", "GHA:GOV")))
    assert (first.actors, second.actors, third.actors) == ({"KEN"}, {"KEN"}, {"GHA"})
    assert "previous" in second.note.cues
    assert "first=KEN" in first.note.cues
    assert "boot" in first.note.about
    assert second.nouns >= {"boot"}
    assert third.content >= {"boot"}
    assert "number=20" in first.note.cues


def test_a_tale_knows_how_it_is_said_and_what_comes_after_it():
    first, second, third = read_back(records(TEXT, ("Kenia", "KEN:GOV")))
    assert first.wording.sentence == "Kenia hat 20 Boote übergeben."
    assert (first.wording.after, third.wording.after) == (second.wording.sentence, "")
    assert third.wording.first == first.wording.sentence
    assert "hat 0 übergeben" in first.wording.runs()
    assert second.wording.article >= {"hat", "20", "dankte"}


def test_what_is_over_and_what_is_to_come_are_told_apart_by_form():
    """By lemma both sentences are the same words."""
    (done,), (ahead,) = (
        read_back(records(text, ("Kenia", "KEN:GOV")))
        for text in (f"Kenia {verb} Boote." for verb in ("lieferte", "liefert"))
    )
    assert done.words == ahead.words
    assert "^lief" in done.wording.letters(frozenset())
    assert {"ferte", "ert$"} & done.wording.letters(frozenset()) != {"ferte", "ert$"} & ahead.wording.letters(
        frozenset()
    )


def test_names_of_countries_are_left_out_of_the_letters():
    (tale,) = read_back(records("Kenia schwieg.", ("Kenia", "KEN:GOV")))
    assert "^keni" in tale.wording.letters(frozenset())
    assert "^keni" not in tale.wording.letters(frozenset({"kenia"}))


def test_the_sentence_of_a_tale_is_found_again():
    for start, sentence in split(TEXT):
        assert sentence_from(TEXT, start) == (start, sentence)


def test_an_article_that_was_coded_before_has_no_tales():
    assert list(tales_of({"article": "a", "day": datetime.date(2024, 3, 5), "told": None, "text": TEXT})) == []


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


def heard_as(name, told, **outcomes):
    chances = tuple(outcomes.get(outcome, 0.0) for outcome in OUTCOMES)
    return Evidence(told, chances, telling(name, datetime.date(2024, 4, 5), type="TALE", status="actual"))


LIKELY = heard_as("x#@0~", 0.9, kept=0.9, broken=0.1)
OTHER = heard_as("y#@0~", 0.6, kept=0.2, broken=0.8)
WEAK = heard_as("z#@0~", 0.1, kept=1.0)


def by_rules(*states):
    return [State(f"c#{n}", "c", state) for n, state in enumerate(states)]


@pytest.mark.parametrize(
    ("rules", "decided", "states"),
    [
        ([], "kept", ["kept", "heard", "heard"]),
        ([], "broken", ["heard", "broken", "heard"]),
        ([], "open", ["heard", "heard", "heard"]),
        (["broken"], "broken", ["broken", "heard", "broken", "heard"]),
        (["broken", "moved"], "kept", ["heard", "moved", "kept", "heard", "heard"]),
        ([], "disputed", ["kept", "broken", "heard"]),
        (["broken"], "disputed", ["broken", "kept", "heard", "heard"]),
    ],
)
def test_what_is_decided_is_said_by_those_reports_that_say_so(monkeypatch, rules, decided, states):
    monkeypatch.setattr(verdict, "decided", lambda found: decided)
    found = verdict.weighed(OWED, by_rules(*rules), [LIKELY, OTHER, WEAK])
    assert [state.state for state in found] == states
    assert final_state(found, lasts=False) == decided


def test_a_sentence_of_an_article_that_a_rule_quotes_is_not_quoted_too(monkeypatch):
    monkeypatch.setattr(verdict, "decided", lambda found: "kept")
    found = verdict.weighed(OWED, [State("x#3", "x", "kept")], [LIKELY, OTHER])
    assert [(state.key, state.state) for state in found] == [("x#3", "kept"), ("x#@0~", "heard"), ("y#@0~", "heard")]


def test_one_sentence_may_tell_of_both_sides_of_a_dispute(monkeypatch):
    monkeypatch.setattr(verdict, "decided", lambda found: verdict.DISPUTED)
    found = verdict.weighed(OWED, [], [LIKELY])
    assert {(state.key, state.state) for state in found} == {("x#@0~", "kept"), ("x#@0~", "broken")}
    assert final_state(found, lasts=False) == "disputed"


def test_rules_stand_where_no_sentence_was_heard():
    rules = by_rules("kept", "moved")
    assert verdict.weighed(OWED, rules, []) == rules


def test_only_the_likeliest_sentences_are_kept_each_once():
    listed = [heard_as(f"s#@{n}~", n / 20, kept=1.0) for n in range(20)]
    kept = strongest([*listed, listed[-1]], most=3)
    assert [one.tale.key for one in kept] == ["s#@19~", "s#@18~", "s#@17~"]


def test_a_debt_keeps_the_likeliest_sentences_in_whatever_order_they_come():
    listed = [heard_as(f"s#@{n}~", (n % 7) / 10 + n / 1000, kept=1.0) for n in range(30)]
    one, other = Owed(OWED), Owed(OWED)
    for found in listed:
        one.hear(found)
    for found in reversed(listed):
        other.hear(found)
    assert one.heard == other.heard
    assert len(one.heard) == MOST


def test_a_sentence_that_hardly_reports_is_no_evidence(monkeypatch):
    tale = telling("x#@0~", datetime.date(2024, 4, 5), type="TALE", status="actual")
    monkeypatch.setattr(evidence_module, "LEAST", 2.0)
    assert list(evidence_module.weighed([tale], [[Owed(OWED)]])) == []
    monkeypatch.setattr(evidence_module, "LEAST", 0.0)
    monkeypatch.setattr(evidence_module, "LEAST_ALONE", -99.0)
    assert [heard.tale for _, heard in evidence_module.weighed([tale], [[Owed(OWED)]])] == [tale]


def test_more_and_surer_reports_of_an_outcome_count_for_it():
    few, more = (features(OWED, [], heard) for heard in ([OTHER], [OTHER, LIKELY]))
    assert more["best kept"] > few["best kept"]
    assert more["any kept"] > few["any kept"]
    assert more["best broken"] == few["best broken"]
    assert features(OWED, by_rules("overtaken"), [WEAK])["rule=overtaken"] == 1.0


def test_the_votes_ship_and_tell_a_kept_promise_from_a_broken_one():
    """By the best sentence alone, all else alike."""
    kept = features(
        OWED, by_rules("kept"), [heard_as("x#@0~", 0.95, kept=0.97, broken=0.01, overtaken=0.01, moved=0.01)]
    )
    broken = features(
        OWED, by_rules("broken"), [heard_as("x#@0~", 0.95, broken=0.97, kept=0.01, overtaken=0.01, moved=0.01)]
    )
    assert (verdict.decided(kept), verdict.decided(broken)) == ("kept", "broken")
