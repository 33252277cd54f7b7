"""Sentences that promise a deed of which no event tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lagebild.ledger.days import longer
from lagebild.ledger.heard import heard
from lagebild.ledger.pledges import acts, deeds, pledges
from lagebild.ledger.promise_vote import in_order
from lagebild.ledger.sentences import packed, unpacked
from lagebild.records import Actor, Article, Date, Quantity, Records, Span, Statement, Versions

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
        ("Komme der Frachter bis Mai nicht frei, so würden die Schiffe von Bukarest begleitet.", "begleiten"),
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


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Der Sprecher teilte mit, Bukarest werde die Gebühren senken.", "ROU:GOV"),
        ("Nach dem Treffen sagte der Sprecher, man habe zugestimmt, Bukarest werde die Gebühren senken.", "ROU:GOV"),
        ("Der Sprecher bestätigte, dass Bukarest die Gebühren senken werde.", "ROU:GOV"),
        ("Bukarest bestätigte, dass der Sprecher recht habe und man die Gebühren senken werde.", "ROU:GOV"),
    ],
)
def test_who_is_named_in_the_clause_of_the_deed_does_it_not_who_tells_of_it(text, who):
    (pledge,) = pledges(records(text, ("Sprecher", "UKR:GOV"), ROU), frozenset({"bukarest"}))
    assert pledge.who == {who}


def test_who_says_that_one_will_do_it_does_it():
    text = "Bukarest hörte zu. Man werde die Gebühren senken, sagte der Gast."
    told = records(text, ROU, ("Man", "ROU:GOV"), ("Gast", "UKR:GOV"))
    guest = told.actors[2]
    message = Span(text.index("Man"), text.index(", sagte"), "Man werde die Gebühren senken")
    actors = tuple(replace(a, how="pronoun") if a.name == "Man" else a for a in told.actors)
    said = Statement(0, (guest,), guest.span, (), (message,), "Indirect")
    (pledge,) = pledges(replace(told, actors=actors, statements=(said,)), frozenset())
    assert pledge.who == {"UKR:GOV"}


@pytest.mark.parametrize(("sum_", "type_"), [("20 Millionen Euro", "AID"), (None, "AGREE")])
def test_a_deed_that_no_table_knows_and_that_costs_a_sum_is_aid(sum_, type_):
    text = f"Bukarest kündigte an, den Turm {f'mit {sum_} ' if sum_ else ''}anzumalen."
    told = records(text, ROU)
    if sum_:
        at = text.index(sum_)
        money = Quantity(Span(at, at + len(sum_), sum_), "money", 2e7, 2e7)
        told = replace(told, quantities=(money,))
    (pledge,) = pledges(told, frozenset({"bukarest"}))
    assert (pledge.act, pledge.type) == ("anmalen", type_)


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


def test_by_whom_a_passive_is_done():
    text = "Gebe Kiew das Schiff nicht frei, so würden seine Frachter künftig von Bukarest kontrolliert."
    (pledge,) = pledges(records(text, ("Kiew", "UKR:GOV"), ROU), frozenset({"bukarest", "kiew"}))
    assert (pledge.act, pledge.who, pledge.condition) == (
        "kontrollieren",
        {"ROU:GOV"},
        "Gebe Kiew das Schiff nicht frei",
    )


def test_what_follows_an_agreement_is_counted_until_something_past_or_a_paragraph():
    text = "Beide einigten sich. Kiew öffnet den Hafen. Bukarest zieht ab. Das hat gedauert. Kiew wählt.\nDie Börse steigt."
    assert [run for *_, run in in_order(text)] == [0, 1, 2, 3, 0, 0]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Bukarest gab nach. Noch im Mai erhält Kiew 30 Millionen Euro.", {"ROU:GOV"}),
        ("Kiew erhält im Mai 30 Millionen Euro von Bukarest.", {"ROU:GOV"}),
        ("Bukarest erklärte sich. Im Mai öffnet Kiew den Hafen.", {"UKR:GOV"}),
    ],
)
def test_who_gives_what_somebody_is_to_get(text, who):
    found = list(
        heard(records(text, ("Kiew", "UKR:GOV"), ROU), frozenset({"bukarest", "kiew"}), frozenset(), least=-1.0)
    )
    (pledge,) = [pledge for pledge in found if "Mai" in pledge.quote]
    assert pledge.who == who
