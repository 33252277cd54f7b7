"""Pairs that cannot come to a score are not weighed; none that could is left out."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.ledger.chances import hopeless
from lagebild.ledger.cluster import Clusterer
from lagebild.ledger.happenings import JOIN, Telling, score, weigh
from lagebild.ledger.sentences import Note

DAY = datetime.date(2024, 3, 1)
SIDES = st.frozensets(st.sampled_from(["XRU:MIL", "XRU:GOV", "GRC:CVL", "GRC:REF", "ITA:REF", "ITA"]), max_size=2)
DAYS = st.none() | st.integers(-25, 3).map(lambda days: DAY + datetime.timedelta(days=days))
WORDS = st.frozensets(st.sampled_from(["angriff", "beschuss", "abkommen"]), max_size=2)
PLACES = st.sampled_from([{}, {"place": "Zenda", "precise": True}, {"place": "Hentzau", "precise": True, "point": (10.0, 10.0)},
                          {"place": "Zenda", "precise": True, "point": (10.2, 10.0)}])  # fmt: skip


@st.composite
def tellings(draw):
    day = draw(DAYS)
    return Telling(
        key="a#0", article=draw(st.sampled_from("ab")), type=draw(st.sampled_from(["ASSAULT", "AGREE", "CONSULT", "AID"])),
        mode=draw(st.sampled_from(["", "aerial", "shell"])), status=draw(st.sampled_from(["actual", "planned", "denied"])),
        actors=draw(SIDES), recipients=draw(SIDES), implied=draw(SIDES), published=draw(DAYS), earliest=day,
        latest=draw(st.sampled_from([day, None])), country=draw(st.sampled_from([None, "XRU", "GRC"])), words=draw(WORDS),
        nouns=draw(WORDS), content=draw(WORDS), speaker=draw(st.sampled_from([None, "ITA", "XRU:GOV"])), **draw(PLACES),
    )  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(tellings(), tellings(), st.sampled_from([0, 1, 3]), st.sampled_from([0.2, 0.85, 1.7, 2.7]))
def test_what_is_hopeless_weighs_less(a, b, tolerance, least):
    if hopeless(a, b, tolerance, least):
        assert weigh(a, b, tolerance=tolerance)[0] < least


def test_most_pairs_of_other_parties_or_places_are_hopeless():
    known = {
        "article": "a",
        "type": "ASSAULT",
        "mode": "",
        "status": "actual",
        "published": DAY,
        "earliest": DAY,
        "latest": DAY,
    }
    one = Telling(key="a#0", actors=frozenset({"XRU"}), recipients=frozenset({"GRC"}), **known)
    other = Telling(key="b#0", actors=frozenset({"ITA"}), recipients=frozenset({"GRC"}), **known | {"article": "b"})
    assert not hopeless(one, one, 1, 1.7)
    assert hopeless(one, other, 1, 1.7)


def test_claims_of_each_side_against_the_other_are_of_one_happening():
    known = {"type": "ASSAULT", "mode": "", "status": "actual", "published": DAY}
    one = Telling(key="a#0", article="a", actors=frozenset({"XRU:MIL"}), recipients=frozenset({"GRC:CVL"}),
                  speaker="GRC:GOV", **known)  # fmt: skip
    other = Telling(key="b#0", article="b", actors=frozenset({"GRC:COP"}), recipients=frozenset({"XRU:GOV"}),
                    speaker="XRU:GOV", **known)  # fmt: skip
    alone = replace(other, speaker=None)
    assert score(one, other)[0] >= JOIN > score(one, alone)[0]


def test_people_on_the_move_are_told_as_of_two_states():
    known = {"type": "ASSAULT", "mode": "", "status": "actual", "published": DAY, "earliest": DAY, "latest": DAY}
    one = Telling(key="a#0", article="a", actors=frozenset(), recipients=frozenset({"GRC:REF"}), **known)
    other = replace(one, key="b#0", article="b", recipients=frozenset({"ITA:REF"}))
    settled = replace(other, recipients=frozenset({"ITA:CVL"}))
    assert score(one, other)[0] >= JOIN > score(one, settled)[0]


def _one(type, mode, actors, recipients="GRC:GOV", article="a", **fields):
    return Telling(
        f"{article}#0", article, type, mode, "actual", frozenset(actors.split()), frozenset(recipients.split()), DAY, **fields
    )  # fmt: skip


@pytest.mark.parametrize("type", ["SANCTION", "AID", "CONCEDE", "RETREAT"])
def test_acts_of_other_countries_are_other_acts_unless_they_act_together(type):
    day = {"earliest": DAY, "latest": DAY, "words": frozenset({"ausweisen"})}
    mine, theirs = _one(type, "x", "XRU:GOV", **day), _one(type, "x", "ITA:GOV", article="b", **day)
    together = _one(type, "x", "XRU:GOV ITA:GOV", article="c", **day)
    assert score(mine, theirs)[0] < JOIN
    assert score(mine, together)[0] >= JOIN
    assert score(theirs, together)[0] >= JOIN


@pytest.mark.parametrize(("mode", "other"), [("release", "withdraw"), ("ceasefire", "access"), ("withdraw", "access")])
def test_what_one_article_promises_in_other_modes_are_other_acts(mode, other):
    mine, theirs = _one("RETREAT", mode, "XRU:GOV"), _one("RETREAT", other, "XRU:GOV")
    assert score(mine, theirs)[0] < JOIN
    assert score(mine, _one("RETREAT", mode, "XRU:GOV"))[0] >= JOIN


NEXT = DAY + datetime.timedelta(days=1)
ONCE_MORE = Note(cues=frozenset({"again"}))


@pytest.mark.parametrize("type", ["ASSAULT", "COERCE", "SANCTION", "PROTEST"])
def test_what_is_done_again_on_another_day_is_another_act(type):
    first = _one(type, "x", "XRU:GOV", earliest=DAY, latest=DAY, place="Zenda", precise=True)
    same = replace(first, key="b#0", article="b", earliest=NEXT, latest=NEXT)
    again = replace(same, note=ONCE_MORE)
    assert score(first, same)[0] >= JOIN > score(first, again)[0]
    assert score(replace(first, note=ONCE_MORE), same)[0] >= JOIN  # the earlier one was the second of its kind
    assert score(replace(first, earliest=NEXT, latest=NEXT, article="c"), again)[0] >= JOIN


def test_a_telling_of_no_day_does_not_join_acts_done_one_after_the_other():
    day = {"place": "Zenda", "precise": True, "words": frozenset({"beschiessen"})}
    first = _one("ASSAULT", "x", "XRU:GOV", earliest=DAY, latest=DAY, **day)
    again = replace(first, key="b#0", article="b", earliest=NEXT, latest=NEXT, note=ONCE_MORE)
    undated = replace(first, key="c#0", article="c", earliest=None, latest=None, published=NEXT)
    clusterer = Clusterer()
    for telling in (first, again, undated):
        clusterer.add(telling)
    assert len([i for i in clusterer.incidents.values() if i.successor is None]) == 2


def test_a_host_told_as_doer_does_not_make_another_agreement():
    signed = _one("AGREE", "", "XRU:GOV GRC:GOV", recipients="XRU:GOV GRC:GOV")
    at_host = replace(
        signed, key="b#0", article="b", actors=frozenset({"ITA"}), recipients=frozenset({"GRC:GOV"}), words=signed.words
    )
    others = replace(at_host, recipients=frozenset({"FRA:GOV"}))
    assert score(signed, at_host)[0] > score(signed, others)[0] + 1
