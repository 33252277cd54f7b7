"""Whose those are of whom the article says it in other words: by a town, by where somebody comes from, by what the article is about."""

import pytest

from lagebild.language import load
from lagebild.layers.actors import find_actors
from lagebild.layers.earlier import Earlier
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.resolve.actors import resolve_actors
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def codes(text, word, number=0, day="2014-10-14"):
    """Return the codes of the mention that holds the ``number``-th ``word``."""
    doc = load()(text)
    earlier = Earlier(article=Article(id="t", text=text, published=day), doc=doc)
    earlier.places = tuple(resolve_places(doc, LEXICON, earlier, tuple(find_places(doc, LEXICON, earlier))))
    found = resolve_actors(doc, LEXICON, earlier, tuple(find_actors(doc, LEXICON, earlier)))
    at = [token.idx for token in doc if token.text == word][number]
    hits = [m for m in found if m.span.start <= at < m.span.end]
    return [actor.code for actor in hits[0].actors] if hits else None


TOWNS = [("Wuppertal", "DEU"), ("Graz", "AUT"), ("Marseille", "FRA"), ("Palermo", "ITA")]


@pytest.mark.parametrize(("town", "state"), TOWNS)
@pytest.mark.parametrize(
    ("text", "word", "sector"),
    [
        ("Japan lobte Japans Rat. Japan half. Der Bürgermeister von {} verurteilte Japan.", "Bürgermeister", "GOV"),
        ("Japan schwieg. Japan half. Japans Rat tagte. Die Polizei in {} nahm einen Mann fest.", "Polizei", "COP"),
    ],
)
def test_a_town_says_whose_the_body_in_it_is(text, word, sector, town, state):
    assert codes(text.format(town), word) == [f"{state}:{sector}"]


def test_a_town_after_a_genitive_says_only_where():
    text = "Kenia half. Kameruns Ärzte behandelten die Verwundeten der Rebellen in Garoua."
    assert codes("Tschadische Rebellen flohen. " + text, "Verwundeten")[0].startswith("TCD")


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Japan half. Kieler Forscher warnten Japan.", "Forscher", "DEU:EDU"),
        ("Japan half. Oberösterreichische Bauern warnten Japan.", "Bauern", "AUT:AGR"),
        ("Japan half. Japans Rat tagte. Ein Kölner wurde festgenommen.", "Kölner", "DEU:CVL"),
        ("Japan half. Japans Rat tagte. Zwei Linzer griffen eine Bremerin an.", "Bremerin", "DEU:CVL"),
        ("Japan half. Japans Rat tagte. Ein Hammer fiel um.", "Hammer", None),
        ("Japan half. Japans Rat tagte. Der Keller brannte.", "Keller", None),
        ("Japans Nationaler Rat tagte.", "Rat", "JPN:GOV"),
    ],
)
def test_people_are_called_by_their_town_or_region(text, word, wanted):
    assert codes(text, word) == (None if wanted is None else [wanted])


def test_where_the_article_names_the_desks_own_state_its_people_are_meant():
    assert codes("Zwei Männer griffen eine Frau an. Ein Bremer wurde verletzt.", "Männer") == ["DEU:CVL"]
    assert codes("Die Junta schloss die Grenzen.", "Junta") == [None]


@pytest.mark.parametrize(("state", "code"), [("Bulgarien", "BGR"), ("Malaysia", "MYS"), ("Peru", "PER")])
def test_a_name_of_no_known_sound_belongs_to_the_one_state_told_of(state, code):
    text = f"{state} hat gewählt. In {state} stieg die Spannung. Xhwelo Brzygq rief zum Boykott auf."
    assert codes(text, "Xhwelo") == [code]


def test_a_name_of_no_known_sound_stays_open_between_two_states():
    text = "Japan und Bulgarien verhandelten. Bulgarien drohte Japan. Xhwelo Brzygq rief zum Boykott auf."
    assert codes(text, "Xhwelo") == [None]


def test_a_clear_sound_goes_before_what_the_article_is_about():
    text = "Der Jemen sucht drei Entführte. Im Jemen half die Armee. Jemens Regierung verhandelte über Jürgen Hoffmann."
    assert codes(text, "Jürgen") == ["DEU"]


NATIONS = [("libanesisch", "Libanon", "dem Libanon", "LBN"), ("marokkanisch", "Marokko", "Marokko", "MAR"), ("indisch", "Indien", "Indien", "IND")]  # fmt: skip
FROM = [
    "Ein Mann {adjective}er Herkunft wurde festgenommen.",
    "Ein Mann mit {adjective}em Pass wurde festgenommen.",
    "Ein aus {land} stammender Mann wurde festgenommen.",
    "Ein Mann, der aus {land} stammt, wurde festgenommen.",
]


@pytest.mark.parametrize(("adjective", "_", "land", "code"), NATIONS)
@pytest.mark.parametrize("frame", FROM)
def test_where_somebody_is_from_is_told_behind_the_noun(frame, adjective, _, land, code):
    text = "Die USA warnen. Die USA und Irak berieten. " + frame.format(adjective=adjective, land=land)
    assert codes(text, "Mann") == [f"{code}:CVL"]


def test_an_office_goes_before_where_its_holder_is_from():
    text = "Die Niederlande debattierten. In den Niederlanden wird eine Abgeordnete somalischer Herkunft bedroht."
    assert codes(text, "Abgeordnete") == ["NLD:LEG"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Georgien schwieg. Der Leiter der Menschenrechtsabteilung des Europarats sprach.", "Leiter", "IGO"),
        ("Georgien schwieg. Angehörige der Führungsebene der Hamas trafen sich.", "Angehörige", "PSE:REB"),
        ("Georgien schwieg. Befürworter einer Loslösung von Frankreich trafen sich.", "Befürworter", "GEO:CVL"),
        ("Iran wehrt sich. Teheran hatte die internationalen Inspekteure des Landes verwiesen.", "Inspekteure", "IGO"),
        ("Der Libanon litt. Eine der Hamas nahestehende Gruppe griff an.", "Gruppe", "PSE:REB"),
        ("Japan half. Das Osloer Munch-Museum bat um Hilfe.", "Munch-Museum", "NOR"),
        ("Japan half. Der Deutsche Ruderbund protestierte.", "Ruderbund", "DEU"),
    ],
)
def test_whose_somebody_is_by_parts_of_bodies_and_names(text, word, wanted):
    assert codes(text, word) == [wanted]


@pytest.mark.parametrize(("people", "code"), [("zwei Iraner", "IRN"), ("drei Peruaner", "PER"), ("einen Iren", "IRL")])
@pytest.mark.parametrize("noun", ["Verdächtigen", "Festgenommenen", "Tatverdächtigen"])
def test_suspects_are_those_told_as_arrested(noun, people, code):
    text = f"Kenia ist in Sorge. Die Polizei in Nairobi nahm {people} fest. Die {noun} schwiegen."
    assert [found.partition(":")[0] for found in codes(text, noun)] == [code]


def test_hostages_are_those_told_as_kidnapped_or_to_be_freed():
    text = "Im Jemen verhandelt die Regierung über die Freilassung eines Franzosen. Die Entführer drohten den Geiseln."
    assert codes(text, "Geiseln") == ["FRA:CVL"]


def test_who_is_told_by_his_age_is_the_one_arrested():
    text = "Die USA sind in Sorge. In den USA wurde ein Marokkaner verhaftet. Dem 29-jährigen Mann droht Haft."
    assert codes(text, "Mann") == ["MAR:CVL"]


def test_a_policeman_is_not_of_the_state_that_only_people_are_called_by():
    text = "Eine Türkin griff in München einen Türken an. Die Polizei nahm die Türkin fest."
    assert codes(text, "Polizei") == ["DEU:COP"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Die Nato tagte. Der EU-Gipfel beriet über Zypern. Der EU-Mitgliedsstaat muss sparen.", "EU-Mitgliedsstaat", "CYP:GOV"),
        ("Der Heilige Vater besuchte Polen.", "Vater", "VAT:REL"),
        ("Der Internationale Strafgerichtshof für das ehemalige Jugoslawien mahnte.", "Strafgerichtshof", "UNO:JUD"),
        (
            "Der UN-Sicherheitsrat beriet über Libyen. Frankreich drängte. Das Gremium stimmte zu.",
            "Gremium",
            "UNO",
        ),
        ("Das Kinderhilfswerk der Vereinten Nationen half. Der Direktor des Hilfswerks sprach.", "Direktor", "UNO"),
        ("Ein Hilfswerk half in Mali.", "Hilfswerk", "NGO"),
        ("Israel enterte ein Hilfsschiff mit 16 Aktivisten. Die Insassen wehrten sich nicht.", "Insassen", "NGO"),
        ("Bern klagt einen gambischen Minister an. Die Schweiz verurteilte die Gegner des Machthabers.", "Machthabers", "GMB:GOV"),
        ("In Israel demonstrierten Aktivisten.", "Aktivisten", "ISR:CVL"),
    ],
)  # fmt: skip
def test_bodies_and_people_taken_up(text, word, wanted):
    assert codes(text, word) == [wanted]


@pytest.mark.parametrize("rivals", ["Kontrahenten", "Kandidaten", "Rivalen"])
def test_two_rivals_of_one_state_are_the_two_persons_joined_last(rivals):
    text = "Die EU hilft. Im Kongo sprachen Präsident Joseph Mokabe und Oppositionsführer Jean Tungi. "
    found = codes(text + f"Die EU schickt Soldaten. Die Anhänger beider {rivals} kämpfen.", "Anhänger")
    assert {code.partition(":")[0] for code in found} == {"COD"}


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        # an agency with a state of its own stands where it acts, and firms are no bloc's
        ("Rebellen in Syrien werden ausgebildet. Die CIA in Jordanien schwieg.", "CIA", "USA:SPY"),
        ("Die EU straft Belarus. Die EU beriet in Brüssel. Fluggesellschaften sollen zahlen.", "Fluggesellschaften", "BLR:BUS"),
        # clergy is its country's, the Pope's court the Vatican's
        ("Der Papst mahnte. Der Papst lobte den Vatikan. In Peru trat ein Bischof zurück.", "Bischof", "PER:REL"),
        ("Peru lobte den Papst. Die Kardinäle des Papstes berieten.", "Kardinäle", "VAT:REL"),
        # news of the police that names no state at all is of the desk's own country
        ("Ein Unbekannter schlug eine Frau. Die Polizei bittet um Hinweise.", "Polizei", "DEU:COP"),
    ],
)  # fmt: skip
def test_what_cannot_belong_to_whom(text, word, wanted):
    assert codes(text, word) == [wanted]
