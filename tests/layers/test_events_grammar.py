"""What the grammar settles of who did it to whom: adjectives of states, genitives, judgements of a deed."""

from __future__ import annotations

import pytest

import lagebild

STRIKES = (
    "Bei einem {} Angriff auf {} sind am Montag drei Menschen getötet worden.",
    "Bei einem {} Luftangriff auf {} starben zwölf Menschen.",
    "Durch einen {} Raketenangriff auf {} wurden vier Menschen verletzt.",
    "Mindestens sieben Menschen starben bei einem {} Drohnenangriff auf {}.",
    "Ein {} Luftangriff auf {} tötete zwei Bauern.",
)
SIDES = (("russischen", "RUS", "Charkiw"), ("israelischen", "ISR", "Damaskus"), ("saudischen", "SAU", "Sanaa"))


def told(text, type_):
    records = lagebild.code(lagebild.Article(id="t", text=text, published="2020-05-12"))
    return [event for event in records.events if event.type == type_]


def countries(actors):
    return {actor.code[:3] for actor in actors if actor.code}


@pytest.mark.parametrize("frame", STRIKES)
@pytest.mark.parametrize(("adjective", "code", "place"), SIDES)
def test_an_adjective_of_a_state_on_an_attack_names_who_attacks(frame, adjective, code, place):
    nominative = frame.startswith("Ein ")
    attacks = told(frame.format(adjective[:-1] + "r" if nominative else adjective, place), "ASSAULT")
    assert attacks and all(countries(event.actors) == {code} for event in attacks)


def test_whose_weapons_strike_is_who_attacks():
    (attack,) = told("Russische Raketen schlugen am Morgen in Odessa ein.", "ASSAULT")
    assert countries(attack.actors) == {"RUS"}


@pytest.mark.parametrize(
    ("text", "type_", "codes"),
    [
        ("Bei einem US-Luftangriff auf Bagdad starben zwölf Menschen.", "ASSAULT", {"USA"}),
        ("Die USA verurteilten den Hamas-Angriff auf Israel.", "ASSAULT", {"PSE"}),
        ("Bei einem Taliban-Anschlag in Kabul wurden drei Soldaten getötet.", "ASSAULT", {"AFG"}),
        ("Die EU-Sanktionen gegen Russland gelten weiter.", "SANCTION", {"EUR"}),
    ],
)
def test_the_group_at_the_head_of_a_compound_does_what_its_noun_says(text, type_, codes):
    (event,) = told(text, type_)
    assert countries(event.actors) == codes


def test_the_country_at_the_head_of_a_compound_is_whom_it_is_aimed_at():
    (event,) = told("Die Russland-Sanktionen gelten weiter.", "SANCTION")
    assert countries(event.recipients) == {"RUS"} and not event.actors


def test_a_country_that_is_only_the_matter_is_nobody_who_acts():
    summits = told("Der Ukraine-Gipfel endete in Genf.", "CONSULT")
    assert summits
    for event in summits:
        assert "UKR" not in countries(event.actors)


@pytest.mark.parametrize(
    ("deed", "victim"),
    [
        ("die Verhaftung Nawalnys", "Nawalny"),
        ("die Ermordung des Journalisten Jamal Khashoggi", "Khashoggi"),
        ("die Bombardierung Aleppos", "Aleppo"),
        ("die Inhaftierung Julian Assanges", "Assange"),
    ],
)
def test_who_condemns_a_deed_accuses_nobody_it_was_done_to(deed, victim):
    (blame,) = told(f"Bundeskanzlerin Angela Merkel verurteilte {deed}.", "ACCUSE")
    assert not any(victim in (actor.name or actor.span.quote) for actor in blame.recipients)


def test_who_condemns_a_deed_accuses_who_did_it():
    (blame,) = told("John Kerry verurteilte den Beschuss Israels durch die Hamas.", "ACCUSE")
    assert countries(blame.recipients) == {"PSE"}


def test_who_condemns_a_deed_has_not_done_it():
    deeds = told("Angela Merkel verurteilte den Einmarsch in Kuwait.", "ASSAULT")
    assert deeds
    for deed in deeds:
        assert "DEU" not in countries(deed.actors)


def test_the_genitive_of_an_arrest_is_who_was_arrested():
    (arrest,) = told("Die Verhaftung Nawalnys löste Empörung aus.", "COERCE")
    assert not any("Nawalny" in (actor.name or "") for actor in arrest.actors)
    assert any("Nawalny" in (actor.name or "") for actor in arrest.recipients)


@pytest.mark.parametrize(
    "text",
    ["Moskau protestierte gegen die Ausweisung seiner Diplomaten.", "Der General löste den Rat in Khartum auf."],
)
def test_nobody_does_it_to_himself(text):
    for event in lagebild.code(lagebild.Article(id="t", text=text, published="2020-05-12")).events:
        own = {actor.span for actor in event.actors if actor.span}
        if event.type in ("PROTEST", "REQUEST", "ACCUSE", "SANCTION", "REJECT"):
            assert own.isdisjoint({actor.span for actor in event.recipients})


def test_an_actor_read_from_the_article_is_the_last_one_named_with_its_code():
    text = (
        "Frankreichs Präsident Emmanuel Macron kam am Montag nach Kiew. Am Dienstag sprach Annalena Baerbock dort mit der Presse. "
        "Die französische Außenministerin Catherine Colonna forderte neue Sanktionen gegen Moskau. Moskau wies das zurück."
    )
    (rejected,) = told(text, "REJECT")
    assert not any(actor.name == "Emmanuel Macron" for actor in rejected.recipients)


def test_a_noun_that_takes_up_an_attack_has_its_sides():
    text = "Israelische Kampfjets haben am Montag Damaskus bombardiert. António Guterres verurteilte den Angriff."
    attacks = told(text, "ASSAULT")
    assert len(attacks) == 2
    assert countries(attacks[1].actors) == {"ISR"} and all(actor.span is None for actor in attacks[1].actors)
    assert "UNO" not in countries(attacks[1].recipients)


def test_who_condemns_a_deed_has_not_suffered_it():
    text = "Die Hamas feuerte Raketen auf Israel. John Kerry verurteilte den Beschuss."
    assert all("USA" not in countries((*attack.actors, *attack.recipients)) for attack in told(text, "ASSAULT"))
