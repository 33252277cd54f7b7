"""Finding actors: which words are a mention, how they are read, what is a place and not an actor."""

import pytest

from lagebild.language import load
from lagebild.layers.actors import find_actors
from lagebild.layers.actors.above import above_of
from lagebild.layers.actors.find import make_reader
from lagebild.layers.actors.sheet import Sheet
from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def found(text):
    doc = load()(text)
    earlier = Earlier(article=Article(id="t", text=text), doc=doc)
    return doc, list(find_actors(doc, LEXICON, earlier))


def at(text, word):
    doc, mentions = found(text)
    return next((m for m in mentions if any(t.text == word for t in doc[m.start : m.end])), None)


@pytest.mark.parametrize(
    ("word", "state", "sector", "kind"),
    [
        ("USA", "USA", "GOV", "state"),
        ("Türkei", "TUR", "GOV", "state"),
        ("US-Außenminister", "USA", "GOV", "person"),
        ("US-Botschaft", "USA", "GOV", "body"),
        ("EU-Außenbeauftragte", "EUR", "", "person"),
        ("UN-Generalsekretär", "UNO", "", "person"),
        ("Nato-Soldaten", "IGO", "MIL", "person"),
        ("IS-Dschihadisten", "IMG", "", "person"),
        ("Hamas-Funktionär", "PSE", "REB", "person"),
        ("Taliban-Kommandeur", "AFG", "REB", "person"),
        ("Bundeswehrsoldaten", "DEU", "MIL", "person"),
        ("SPD-Politiker", "DEU", "PTY", "person"),
        ("Kremlsprecher", "RUS", "GOV", "person"),
        ("Oppositionsführer", None, "OPP", "person"),
        ("Rebellensprecherin", None, "REB", "person"),
        ("Gewerkschaftschef", None, "LAB", "person"),
        ("Polizeipräsident", None, "COP", "person"),
        ("Sicherheitskräften", None, "COP", "body"),
        ("Regierungstruppen", None, "MIL", "body"),
        ("Finanzministerin", None, "GOV", "person"),
        ("Ukrainerinnen", "UKR", "CVL", "demonym"),
        ("Generälen", None, "MIL", "person"),
        ("Fremdenpolizei", None, "COP", "body"),
        ("Familienministerin", None, "GOV", "person"),
        ("FDP-Abgeordnete", "DEU", "LEG", "person"),
        ("UN-Botschafter", None, "GOV", "person"),
        ("Aussenminister", None, "GOV", "person"),
        ("Schiedsrichter", None, "CVL", "person"),  # who judges a game is no judge
        ("Eishockeyschiedsrichterin", None, "CVL", "person"),
        ("Linienrichter", None, "CVL", "person"),
        ("Amtsrichter", None, "JUD", "person"),
        ("Hauptgeschäftsführerin", None, "BUS", "person"),  # who leads a firm governs nobody
        ("Tabellenführer", None, "CVL", "person"),
        ("Landesführer", None, "GOV", "person"),
        ("Verwaltungsratspräsident", None, "BUS", "person"),  # the board of a firm is no council of the EU
        ("Betriebsratsvorsitzende", None, "LAB", "person"),
        ("EU-Ratspräsident", "EUR", "", "person"),
        ("Möbelhersteller", None, "BUS", "body"),  # no "Stelle"
        ("Verbraucherschützer", None, "SOC", "person"),  # no "Schütze"
        ("Verkehrsbetriebe", None, "BUS", "body"),
        ("Bundesverband", None, "SOC", "body"),
        ("Kirchenkreis", None, "REL", "body"),
        ("Landkreis", None, "GOV", "body"),
        ("Spezialeinsatzkommando", None, "COP", "body"),
        ("Gefängnisinsassen", None, "CVL", "person"),
        ("Mittäter", None, "CRM", "person"),
        ("Stadtrat", None, "LEG", "person"),
        ("Turnverein", None, "SOC", "body"),
        ("Landwirteverbände", None, "AGR", "body"),  # no "Bande"
        ("Kampfverbände", None, "MIL", "body"),
        ("Schmugglerbanden", None, "CRM", "body"),
        ("Vogelschützer", None, "SOC", "person"),
        ("Heckenschützen", None, "UAF", "person"),
        ("Weltmarktführer", None, "BUS", "body"),
        ("Parteiführung", None, "PTY", "body"),
        ("Hamasführung", "PSE", "REB", "body"),
        ("Sportwagenbauer", None, "BUS", "body"),  # no farmer
        ("Begleiterin", None, "CVL", "person"),  # no "Leiter"
        ("Anwesender", None, "CVL", "person"),  # no "Sender"
    ],
)
def test_a_word_is_read_by_its_parts(word, state, sector, kind):
    reading = LEXICON.derived(make_reader).noun(word, word)
    assert reading is not None
    assert (reading.state, reading.sector, reading.kind) == (state, sector, kind)


@pytest.mark.parametrize(
    ("text", "word", "acts"),
    [
        ("Die Uno verurteilte den Angriff.", "Uno", True),
        ("Der Zoll beschlagnahmte Waffen.", "Zoll", True),
        ("Die EU beschloss Zölle auf Stahl.", "Zölle", False),
        ("Der Zoll auf Stahl steigt.", "Zoll", False),
        ("China verhängte einen Zoll.", "Zoll", False),
        ("Panzer rollten in die Stadt.", "Panzer", True),
        ("Rebellen zerstörten russische Panzer.", "Panzer", True),
        ("Deutschland liefert Panzer.", "Panzer", False),
        ("Die Ukraine bat um Kampfjets.", "Kampfjets", False),
        ("Die Armee schoss mit Panzern auf die Menge.", "Panzern", False),
        ("Deutschland liefert Haubitzen und Panzer.", "Panzer", False),
        ("Die Zeit berichtete, Russland lüge.", "Zeit", True),
        ("Das sagte Scholz der Zeit.", "Zeit", True),
        ("Nach Informationen der Zeit plant Polen einen Besuch.", "Zeit", True),
        ("Die Zeit des Krieges forderte viele Opfer.", "Zeit", False),
        ("Für die Zeit bis Sonntag schloss er Gespräche aus.", "Zeit", False),
        ("Die Welt verurteilte den Angriff.", "Welt", False),
        ("Die Welt meldete, Polen liefere Waffen.", "Welt", True),
        ("Russland bedroht die Welt.", "Welt", False),
        ("Der Spiegel des Meeres steigt.", "Spiegel", False),
        ("Das Bild empörte die Menge.", "Bild", False),
    ],
)
def test_a_word_that_is_also_a_thing_acts_only_where_somebody_can(text, word, acts):
    assert (at(text, word) is not None) == acts


def test_a_ruler_of_the_world_is_no_german():
    assert at("Der Herrscher der Welt verurteilte den Angriff.", "Herrscher").states == ()


NOBODY = """
Kämpfen Gespräch Ausfuhr Vorrat Tagung Meinung Videobotschaft Internet-Grußbotschaft Entführung Wiedereinführung
Amtseinführung Kriegsführung Zusammenführung Datenbanken Baustelle Wahlkreis Volkszählung Fischgericht
Südpolarmeer Halsbänder Tonbänder Störsender Wechselrichter Ölquelle
""".split()


@pytest.mark.parametrize("word", NOBODY)
def test_a_word_that_is_no_actor_is_none(word):
    assert LEXICON.derived(make_reader).noun(word, word) is None


@pytest.mark.parametrize(
    ("adjective", "codes"),
    [
        ("ukrainische", ("UKR",)),
        ("prorussische", ()),
        ("pro-russische", ()),
        ("deutsch-französische", ("DEU", "FRA")),
        ("Londoner", ("GBR",)),
        ("europäischen", ("EUR",)),
        ("westliche", ("-",)),
    ],
)
def test_an_adjective_names_its_state(adjective, codes):
    assert LEXICON.derived(make_reader).adjective(adjective) == codes


@pytest.mark.parametrize(
    ("text", "word", "acts"),
    [
        ("Moskau wies den Vorwurf zurück.", "Moskau", True),
        ("In Moskau demonstrierten Tausende.", "Moskau", False),
        ("Der Minister reiste nach Moskau.", "Moskau", False),
        ("Die Kritik aus Moskau blieb nicht unbeantwortet.", "Moskau", True),
        ("Die Gespräche zwischen Moskau und Kiew stocken.", "Kiew", True),
        ("Das Weiße Haus äußerte sich nicht.", "Haus", True),
    ],
)
def test_a_town_acts_only_where_one_who_acts_stands(text, word, acts):
    mention = at(text, word)
    assert (mention is not None and mention.reading.kind != "place") == acts


@pytest.mark.parametrize(
    ("text", "word", "states"),
    [
        ("Russlands Außenminister Sergej Lawrow reiste ab.", "Außenminister", ("RUS",)),
        ("Der ukrainische Präsident sprach.", "Präsident", ("UKR",)),
        ("Um die Stadt kämpften russische und ukrainische Soldaten.", "Soldaten", ("RUS", "UKR")),
        ("Ein Sprecher der Nato bestätigte das.", "Sprecher", ("IGO",)),
        ("Die Regierung in Ankara schwieg.", "Regierung", ("TUR",)),
        ("Der Botschafter in Ankara wurde einbestellt.", "Botschafter", ()),
    ],
)
def test_what_hangs_on_a_head_names_its_state(text, word, states):
    assert at(text, word).states == states


@pytest.mark.parametrize(
    ("text", "towns", "persons"),
    [
        (
            "Steinmeier traf in Ramallah Abbas und in Jerusalem Netanjahu.",
            {"Ramallah", "Jerusalem"},
            {"Abbas", "Netanjahu"},
        ),
        ("Scholz besuchte in Kiew Selenskyj und in Paris Macron.", {"Kiew", "Paris"}, {"Selenskyj", "Macron"}),
        ("Arbeiter streikten in Port Said und in Abu Dhabi.", {"Port Said", "Abu Dhabi"}, set()),
    ],
)
def test_who_is_met_in_a_town_is_no_part_of_its_name(text, towns, persons):
    doc = load()(text)
    earlier = Earlier(article=Article(id="t", text=text), doc=doc)
    earlier.places = tuple(resolve_places(doc, LEXICON, earlier, tuple(find_places(doc, LEXICON, earlier))))
    assert {place.span.quote for place in earlier.places} == towns
    assert persons <= {mention.person for mention in find_actors(doc, LEXICON, earlier)}


@pytest.mark.parametrize("name", ["Macron", "Merkel", "Selenskyj", "Abbas"])
@pytest.mark.parametrize(
    "frame", ["Nach einem Treffen mit {} in Wien lobte Kairo die Gespräche.", "Es gab in Rom Proteste gegen {}."]
)
def test_a_surname_where_no_place_stands_is_a_person(frame, name):
    doc = load()(frame.format(name))
    earlier = Earlier(article=Article(id="t", text=doc.text), doc=doc)
    earlier.places = tuple(resolve_places(doc, LEXICON, earlier, tuple(find_places(doc, LEXICON, earlier))))
    assert name in {mention.person for mention in find_actors(doc, LEXICON, earlier)}


def test_a_title_takes_up_the_name_after_it():
    assert at("Der russische Außenminister Sergej Lawrow reiste ab.", "Außenminister").person == "Sergej Lawrow"


def test_a_sided_adjective_excludes_a_state():
    assert at("Prorussische Separatisten griffen an.", "Separatisten").not_state == "RUS"


def test_the_columns_of_a_doc_are_those_of_its_tokens():
    doc = load()("Die USA – so heißt’s – greifen\nan.  Zwei Räume. „Ja“, sagt'er.\n\nNeu: „Nein“.")
    sheet = Sheet(columns_of(doc))
    assert sheet.idx == [token.idx for token in doc]
    assert sheet.head == [token.head.i for token in doc]
    assert sheet.start == [sent.start for sent in doc.sents]
    assert sheet.lemma == [token.lemma_ for token in doc]
    assert Sheet(columns_of(load()(""))).size == 0


@pytest.mark.parametrize(
    ("kicker", "headline", "wanted"),
    [
        ("Krieg in der Ukraine", "Moskau und Kiew tauschen Gefangene", ({"UKR"}, {"RUS", "UKR"})),
        ("Sri Lanka", "Norwegischer Vermittler reist ab", ({"LKA"}, {"NOR"})),
        (None, "Der Frühling kommt", (set(), set())),
        (None, None, (set(), set())),
    ],
)
def test_kicker_and_headline_name_states(kicker, headline, wanted):
    article = Article(id="t", text="", kicker=kicker, headline=headline)
    assert above_of(article, LEXICON.derived(make_reader)) == wanted
