"""Resolving places: one name, several places; and what a described place amounts to."""

import json

import pytest
from bench.places import read_gold, score_gold

from lagebild.language import load
from lagebild.layers.earlier import Earlier
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def places(text):
    doc = load()(text)
    earlier = Earlier(article=Article(id="t", text=text), doc=doc)
    return resolve_places(doc, LEXICON, earlier, tuple(find_places(doc, LEXICON, earlier)))


def first(text):
    return places(text)[0]


@pytest.mark.parametrize(
    ("text", "country", "precision"),
    [
        ("In Tripoli zog die libanesische Armee Truppen zusammen.", "LBN", "town"),
        ("In Tripoli tagt die libysche Regierung.", "LBY", "town"),
        ("In Georgia wurde gewählt, in Atlanta zählte man.", "USA", "region"),
        ("In Georgien wurde gewählt.", "GEO", "country"),
        ("In London in der kanadischen Provinz Ontario brannte ein Haus.", "CAN", "town"),
        ("In Valencia löste die venezolanische Polizei eine Kundgebung auf.", "VEN", "town"),
        ("In der Provinz Kundus starben Zivilisten.", "AFG", "region"),
        ("In Kundus starben Zivilisten.", "AFG", "town"),
        ("Im Gebiet Donezk wird gekämpft.", "UKR", "region"),
        ("Im Kanton Genf wurde abgestimmt.", "CHE", "region"),
        ("In Mitrovica im Kosovo brannten Reifen.", "XKX", "town"),
        ("Im Weißen Haus wurde verhandelt.", "USA", "building"),
        ("In der Taiwanstraße fuhr ein Zerstörer.", None, "area"),
        ("Im Osten der Ukraine wird gekämpft.", "UKR", "region"),
        ("In Brandenburg demonstrierten Bauern.", "DEU", "region"),
        ("In Brandenburg an der Havel demonstrierten Bauern.", "DEU", "town"),
        ("Auf Long Island brannte ein Haus.", "USA", "region"),
    ],
)
def test_country_and_precision(text, country, precision):
    assert (first(text).country, first(text).precision) == (country, precision)


def test_a_town_has_its_geonames_id_and_point():
    place = first("In Kiew trafen sich die Minister.")
    assert (place.name, place.geonames, place.country) == ("Kiew", 703448, "UKR")
    assert (round(place.latitude), round(place.longitude)) == (50, 31)


def test_a_capital_is_the_town():
    assert first("In der französischen Hauptstadt wurde verhandelt.").geonames == 2988507


def test_a_border_has_two_countries_and_a_point():
    place = first("An der syrisch-türkischen Grenze fielen Schüsse.")
    assert (place.name, place.precision) == ("Grenze Syrien–Türkei", "border")
    assert place.evidence[-1].note == "SYR-TUR"
    assert 35 < place.latitude < 38


def test_at_a_border_named_from_one_side_the_place_lies_on_the_other():
    place = places("Rumänien errichtete an der Grenze zur Ukraine ein Lager.")[1]
    assert (place.name, place.country) == ("Grenze Ukraine–Rumänien", "ROU")


def test_a_site_has_the_point_of_its_town_and_no_id():
    place = first("Am Hafen von Odessa explodierte ein Tank.")
    assert (place.precision, place.country, place.geonames) == ("building", "UKR", None)
    assert round(place.latitude) == 46


@pytest.mark.parametrize("word", ["Dort", "In der Stadt"])
def test_words_that_point_back_mean_the_last_place(word):
    assert places(f"In Kundus wurde gekämpft. {word} starben Menschen.")[-1].geonames == 1135689


@pytest.mark.parametrize(
    "text", ["Auf dem Gelände brannte es.", "In der Stadt Xyrbalt brannte es.", "Dort brannte es."]
)
def test_what_nothing_is_known_about_stays_open(text):
    place = first(text)
    assert place.name is place.geonames is place.latitude is place.country is None


@pytest.mark.parametrize("state", ["Italien", "Kanada"])
def test_a_village_no_list_knows_may_be_pointed_back_to(state):
    there = places(f"{state} erinnert an den Überfall auf das Dorf Kamvada. Dort starben Menschen.")[-1]
    assert (there.span.quote, there.name, there.country) == ("Dort", None, None)


def test_one_name_means_one_place_throughout():
    found = places("In Tripoli wird gekämpft. Der Libanon schickt Soldaten. Tripoli liegt nahe Syrien.")
    assert {p.country for p in found if p.span.quote == "Tripoli"} == {"LBN"}


def test_every_decision_names_its_rule():
    for place in places("Am Flughafen von Donezk und im Norden Malis wird gekämpft. Dort starben Menschen."):
        assert place.evidence
        assert all(e.rule for e in place.evidence)


def test_our_gold_is_kept():
    right, total, errors = score_gold("all", LEXICON)
    assert right / total >= 0.95, "\n".join(errors)


def test_gold_spans_hold_their_words():
    for item in read_gold():
        for place in item["places"]:
            assert item["text"][place["start"] : place["end"]] == place["quote"], json.dumps(item)


@pytest.mark.parametrize("pair", [("Österreich", "Slowenien"), ("Polen", "Litauen"), ("Ghana", "Togo")])
def test_a_common_border_is_that_of_the_two_just_told(pair):
    one, two = pair
    found = places(
        f"Kroatien und Serbien beraten. Kroatien klagt. {one} und {two} bauen an der gemeinsamen Grenze einen Zaun."
    )
    border = next(place for place in found if place.precision == "border")
    assert border.name == f"Grenze {one}–{two}"
