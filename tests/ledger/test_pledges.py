"""Sentences that promise a deed of which no event tells."""

from __future__ import annotations

import pytest

from lagebild.ledger.days import longer
from lagebild.ledger.pledges import acts, deeds, pledges
from lagebild.ledger.sentences import packed, unpacked
from lagebild.records import Actor, Article, Date, Records, Span, Versions

VERSIONS = Versions(program="0", model="0", lexicon="0")


def records(text, *actors, dates=(), published="2024-03-05"):
    found = []
    for words, code in actors:
        start = text.index(words)
        found.append(Actor(span=Span(start, start + len(words), words), name=words, code=code, how="named"))
    days = []
    for words, type_, value, latest in dates:
        start = text.index(words)
        days.append(
            Date(span=Span(start, start + len(words), words), type=type_, value=value, earliest=None, latest=latest)
        )
    article = Article(id="a", text=text, published=published)
    return Records(article, VERSIONS, actors=tuple(found), dates=tuple(days))


ROU = ("Bukarest", "ROU:GOV")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Bukarest will die Gebühren für Weizen senken.", "senken"),
        ("Bis dahin werde Bukarest die Gebühren senken.", "senken"),
        ("Bukarest kündigte an, die Gleise auszubauen.", "ausbauen"),
        ("Bukarest sagte am Montag zu, die Gleise zu reparieren.", "reparieren"),
        ("Bukarest hat für den Herbst Wahlen angekündigt.", "wahl"),
        ("Bukarest müsse die Gebühren senken, forderte der Botschafter.", "senken"),
        ("Bukarest sprach mit Kiew. Die Entsendung sei für Mai geplant.", "entsendung"),
        ("Bukarest bestätigte das. Man werde die Gebühren senken, hieß es.", "senken"),
        ("Vertreter sagten, Bukarest und seine Nachbarn würden die Gebühren senken.", "senken"),
        ("Bukarest will die Gleise reparieren und bald damit beginnen.", "reparieren"),
        ("Bukarest stimmte zu. Der Nachbar erhält demnach 20 Millionen Euro.", "erhalten"),
    ],
)
def test_what_is_promised_or_demanded(text, act):
    (pledge,) = pledges(records(text, ROU), frozenset({"bukarest"}))
    assert (pledge.act, pledge.who) == (act, {"ROU:GOV"})


@pytest.mark.parametrize(
    "text",
    [
        "Bukarest will die Gebühren nicht senken.",
        "Bukarest wollte die Gebühren senken.",
        "Bukarest will mit den Nachbarn sprechen.",
        "Will Bukarest die Gebühren senken?",
        "In Bukarest sollen die Preise steigen.",
        "Bukarest senkte die Gebühren.",
    ],
)
def test_no_promise(text):
    assert not list(pledges(records(text, ROU), frozenset({"bukarest"})))


def test_condition_and_day_of_a_promise():
    text = "Bukarest will die Gebühren binnen zehn Tagen senken, falls die Ernte reicht."
    (pledge,) = pledges(records(text, ROU, dates=[("zehn Tagen", "DURATION", "P10D", None)]), frozenset())
    assert pledge.due == "2024-03-15"
    assert pledge.condition == "falls die Ernte reicht"


def test_how_much_longer():
    text = "Die Frist wurde um zwei Wochen verlängert."
    (date,) = records(text, dates=[("zwei Wochen", "DURATION", "P2W", None)]).dates
    assert longer([date], 0, len(text), text) == 14


def test_words_of_a_deed():
    assert "ausbau" in deeds("Man werde sich bemühen, die Gleise auszubauen.")
    assert {"aufnehmen", "nehmen"} <= acts("Sie nehmen ihre Arbeit auf.")


def test_a_promise_survives_packing():
    (pledge,) = pledges(records("Bukarest will die Gebühren senken.", ROU), frozenset())
    assert unpacked(type(pledge), packed(pledge)) == pledge
