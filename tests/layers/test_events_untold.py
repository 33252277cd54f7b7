"""Who stands on a side of an event where its sentence names nobody: fights, deeds of terror."""

from __future__ import annotations

import pytest

import lagebild

PLACES = (("Bagdad", "IRQ"), ("Lahore", "PAK"), ("Tripolis", "LBY"))


def attacks(text):
    records = lagebild.code(lagebild.Article(id="t", text=text, published="2020-05-12"))
    return [event for event in records.events if event.type == "ASSAULT"]


def codes(actors):
    return {actor.code for actor in actors if actor.code}


@pytest.mark.parametrize(("one", "other"), [("Ghana", "Togo"), ("Chile", "Peru"), ("Indien", "Pakistan")])
@pytest.mark.parametrize(
    "frame",
    ["Nach sechs Wochen Krieg unterzeichnen {} und {} einen Vertrag.", "Nach Gefechten haben sich {} und {} geeinigt."],
)
def test_a_fight_is_between_those_two_who_agree_after_it(frame, one, other):
    (fight,) = attacks(f"Moskau schickt Soldaten in die Region. {frame.format(one, other)}")
    assert codes(fight.actors) == codes(fight.recipients) and len(codes(fight.actors)) == 2
    assert {code[:3] for code in codes(fight.actors)}.isdisjoint({"RUS"})


def test_who_goes_on_after_somebody_else_s_fight_did_not_fight():
    (fight,) = attacks("Nach Gefechten zwischen Indien und Pakistan haben sich Ghana und Togo geäußert.")
    assert {code[:3] for code in codes(fight.actors)} == {"IND", "PAK"}


@pytest.mark.parametrize(("place", "country"), PLACES)
@pytest.mark.parametrize(
    "deed",
    [
        "Bei einem Anschlag in {} starben zehn Menschen.",
        "In {} explodierte eine Autobombe. Dabei wurden zehn Menschen verletzt.",
    ],
)
@pytest.mark.parametrize(
    "body", ["Die Polizei ermittelt.", "Die Regierung sprach den Angehörigen ihr Beileid aus.", "Das Gericht tagt."]
)
def test_no_police_and_no_government_lays_a_bomb(place, country, deed, body):
    for attack in attacks(f"{deed.format(place)} {body}"):
        peaceful = {f"{country}:{sector}" for sector in ("COP", "GOV", "JUD", "MIL", "CVL")} | {country}
        assert codes(attack.actors).isdisjoint(peaceful)


def test_whom_the_article_calls_rebels_may_have_done_it():
    text = (
        "In Bagdad kämpft die irakische Polizei seit Jahren gegen irakische Rebellen. Am Montag hat die Polizei die Straßen gesperrt. "
        "Bei einem Anschlag starben zehn Menschen."
    )
    for attack in attacks(text)[-1:]:
        assert codes(attack.actors) <= {"IRQ:REB"}


def test_an_attack_that_is_claimed_stays_with_who_did_it():
    (attack,) = attacks("Die Taliban haben in Kabul einen Anschlag verübt.")
    assert codes(attack.actors) == {"AFG:REB"}


@pytest.mark.parametrize("fight", ["Die Gefechte dauern an.", "Die Kämpfe gingen am Abend weiter."])
@pytest.mark.parametrize(
    ("first", "second", "countries"),
    [("Ukrainische", "russische", {"UKR", "RUS"}), ("Armenische", "türkische", {"ARM", "TUR"})],
)
def test_a_fight_of_which_nobody_is_named_is_the_one_told_before(first, second, countries, fight):
    found = attacks(f"{first} Soldaten haben am Morgen {second} Truppen angegriffen. {fight}")
    assert countries == {code[:3] for code in codes(found[0].actors) | codes(found[0].recipients)}
    assert {code[:3] for code in codes(found[-1].actors)} == countries
    assert {code[:3] for code in codes(found[-1].recipients)} == countries
