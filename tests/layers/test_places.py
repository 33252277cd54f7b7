"""Finding places: which words are a place, which are not, and where a place begins and ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.language import load
from lagebild.layers.earlier import Earlier
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def places(text):
    doc = load()(text)
    return list(find_places(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc)))


def quotes(text):
    return [place.span.quote for place in places(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In der französischen Hauptstadt trafen sich die Minister.", ["französischen Hauptstadt"]),
        ("Im Osten der Ukraine wird gekämpft.", ["Osten der Ukraine"]),
        ("Die Truppen stehen an der Grenze zur Ukraine.", ["Grenze zur Ukraine"]),
        ("An der syrisch-türkischen Grenze fielen Schüsse.", ["syrisch-türkischen Grenze"]),
        (
            "An der Grenze zwischen Armenien und Aserbaidschan fielen Schüsse.",
            ["Grenze zwischen Armenien und Aserbaidschan"],
        ),
        ("Am Flughafen von Donezk wurde geschossen.", ["Flughafen von Donezk"]),
        ("Vor der Küste Libyens sank ein Boot.", ["Küste Libyens"]),
        ("In der Nähe von Damaskus fielen Bomben.", ["Nähe von Damaskus"]),
        ("In der ukrainischen Stadt Bachmut brannte ein Depot.", ["ukrainischen Stadt Bachmut"]),
        ("In Kabuls Innenstadt gab es Schüsse.", ["Kabuls Innenstadt"]),
        ("In der Kiewer Innenstadt heulten Sirenen.", ["Kiewer Innenstadt"]),
        ("Vor der US-Botschaft in Beirut detonierte eine Bombe.", ["US-Botschaft in Beirut"]),
        ("Im Roten Meer wurde ein Frachter angegriffen.", ["Roten Meer"]),
        ("Im Weißen Haus wurde der Vertrag unterzeichnet.", ["Weißen Haus"]),
        ("Bei Gefechten in Chan Junis starben Menschen.", ["Chan Junis"]),
        ("In Frankfurt (Oder) demonstrierten Hunderte.", ["Frankfurt (Oder)"]),
        ("In Moskau und Kiew blieb es ruhig.", ["Moskau", "Kiew"]),
    ],
)
def test_a_place_is_the_words_that_name_it(text, wanted):
    assert quotes(text) == wanted


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        ("Das gemeinsame Essen der Minister dauerte lange.", "Essen"),
        ("Die Kanzlerin traf Paris Hilton.", "Paris"),
        ("Die Minister zogen Bilanz am Ende des Tages.", "Ende"),
        ("Der Einfluss der Armee wächst.", "Einfluss"),
        ("Der Angriff traf die Soldaten.", "Angriff"),
        ("Die Antwort auf den Brief blieb aus.", "Antwort"),
        ("Die Bürger fordern Neuwahlen.", "Bürger"),
        ("Das Abgeordnetenhaus stimmte zu.", "Abgeordnetenhaus"),
        ("Die russische Regierung wies den Vorwurf zurück.", "russische"),
    ],
)
def test_everyday_words_and_persons_are_no_place(text, no_place):
    assert not any(no_place in quote for quote in quotes(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Demonstranten zogen vor das Parlament.", True),
        ("Das Parlament lehnte den Antrag ab.", False),
        ("Die Soldaten besetzten den Präsidentenpalast.", True),
        ("Das Außenministerium wies den Botschafter aus.", False),
    ],
)
def test_an_institution_is_a_place_only_where_it_does_not_act(text, found):
    assert bool(places(text)) is found


@pytest.mark.parametrize("name", ["Ferenc Bago", "Hans Lauenburg", "David Paterson"])
@pytest.mark.parametrize(
    "frame", ["{} leitet den Verein. {} kam frei.", "Der Händler {} schwieg. Am Freitag wurde {} verhaftet."]
)
def test_a_person_named_in_full_is_no_place_later(frame, name):
    assert quotes(frame.format(name, name.split()[1])) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kemal Paris trat auf. Paris feierte die Wahl.", ["Paris"]),
        ("Hans Lauenburg schwieg. In Lauenburg gab es Proteste.", ["Lauenburg"]),
        ("Deutsche Marken fehlen im Test, beliebte Marken auch.", []),
    ],
)
def test_what_tells_a_name_of_a_person_or_thing_from_a_place(text, wanted):
    assert quotes(text) == wanted


def test_the_parts_of_a_place_stand_in_its_evidence():
    (place,) = places("Am Flughafen von Charkow wurde geschossen.")
    parts = {(e.field, e.cue.quote) for e in place.evidence}
    assert parts == {("within", "Charkow"), ("kind", "Flughafen von Charkow")}
    assert {e.rule for e in place.evidence} == {"places.site", "nouns.Flughafen"}


def test_an_adjective_says_whose_an_embassy_is_and_not_where():
    (place,) = places("Vor der russischen Botschaft wurde demonstriert.")
    assert [e.field for e in place.evidence] == ["kind"]


def test_words_that_point_back_are_places():
    assert quotes("In Kundus wurde gekämpft. Dort starben Menschen.") == ["Kundus", "Dort"]


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.sampled_from("aÄß 𝒳Ber(lin)/-'’\n\u202e\u0301.Kiew🏳️"), max_size=60))
def test_spans_hold_their_words_and_do_not_overlap(noise):
    text = f"In {noise} Kiew und am Flughafen von {noise} Donezk."
    end = 0
    for place in places(text):
        assert text[place.span.start : place.span.end] == place.span.quote
        assert place.span.start >= end
        end = place.span.end


def test_an_empty_text_has_no_place():
    assert places("") == []


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        # surnames
        ("Haben Sie Vertrauen zu Johnson?", "Johnson"),
        ("Der Präsident berief sich auf Lincoln.", "Lincoln"),
        ("Das Team von Hamilton gewann das Rennen.", "Hamilton"),
        # peoples
        ("Der Präsident stammt vom Volk der Kikuyu.", "Kikuyu"),
        ("Junge Männer der Kikuyu griffen die Polizei an.", "Kikuyu"),
        # agreements called by the town they were made in
        ("Ungarn will Schengen verlassen.", "Schengen"),
        ("Ohne Schengen gäbe es Kontrollen.", "Schengen"),
        # bodies
        ("Die Organisation Amerikanischer Staaten mahnte beide Länder.", "Amerikanischer Staaten"),
        ("Das Eidgenössische Departement des Innern teilte das mit.", "Eidgenössische Departement"),
    ],
)
def test_a_name_that_means_somebody_or_something_else(text, no_place):
    assert no_place not in quotes(text)


@pytest.mark.parametrize("name", ["Lincoln", "Johnson", "Schengen", "Kikuyu"])
def test_the_same_name_behind_a_preposition_of_place(name):
    assert name in quotes(f"In {name} wurden drei Menschen festgenommen.")
