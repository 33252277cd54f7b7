"""The tables of places: the gazetteer's order, what names resolve to, and the forms of place words."""

import pytest

from lagebild.rules.lexicon import ROOT, Lexicon
from lagebild.rules.places import PlaceIndex, distance
from lagebild.rules.places.index import SortedTable

LEXICON = Lexicon()
INDEX = LEXICON.derived(PlaceIndex)
GAZETTEER = ROOT / "places" / "gazetteer"


@pytest.mark.parametrize("name", ["names.tsv", "places.tsv"])
def test_the_gazetteer_is_sorted_and_small(name):
    lines = (GAZETTEER / name).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert len({line.split("\t")[0] for line in lines}) == len(lines)
    assert sum(path.stat().st_size for path in GAZETTEER.iterdir()) < 2.1e6


def test_every_name_leads_to_a_place():
    ids = {line.split("\t")[0] for line in (GAZETTEER / "places.tsv").read_text(encoding="utf-8").splitlines()}
    for line in (GAZETTEER / "names.tsv").read_text(encoding="utf-8").splitlines():
        assert set(line.split("\t")[1].split(",")) <= ids, line


def test_a_sorted_table_finds_its_first_last_and_no_other(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("A\t1\nA B\t2\nÄ\t3\n", encoding="utf-8")
    table = SortedTable(path)
    assert [table.get(key) for key in ("A", "A B", "Ä", "", "Z")] == ["1", "2", "3", None, None]
    assert list(table.starting("A ")) == ["A B\t2"]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kiew", "UKR"), ("Kyjiw", "UKR"), ("Peking", "CHN"), ("Kairo", "EGY"), ("Tiflis", "GEO"), ("Eriwan", "ARM"),
        ("Bukarest", "ROU"), ("Rangun", "MMR"), ("Yangon", "MMR"), ("Mossul", "IRQ"), ("Aleppo", "SYR"), ("Homs", "SYR"),
        ("Falludscha", "IRQ"), ("Bengasi", "LBY"), ("Tripolis", "LBY"), ("Mogadischu", "SOM"), ("Khartum", "SDN"),
        ("N'Djamena", "TCD"), ("Ouagadougou", "BFA"), ("Pjöngjang", "PRK"), ("Awdijiwka", "UKR"), ("Dschabalia", "PSE"),
        ("Charkow", "UKR"), ("Saporischschja", "UKR"), ("Wilna", "LTU"), ("Lemberg", "UKR"), ("Pristina", "XKX"),
        ("Syriens", "SYR"), ("Islands", "ISL"), ("Südlibanon", "LBN"), ("Ost-Aleppo", "SYR"), ("BERLIN", "DEU"),
        ("Krim", "UKR"), ("Gazastreifen", "PSE"), ("Schloss Elmau", "DEU"), ("Suezkanal", "EGY"), ("USA", "USA"),
    ],
)  # fmt: skip
def test_german_names(name, country):
    assert INDEX.meaning(name)[0].country == country


@pytest.mark.parametrize("row", INDEX.countries.values(), ids=lambda row: row.id)
def test_every_country_is_found_by_its_first_name_and_has_its_capital(row):
    known = INDEX.named(row.names[0])[0]
    assert (known.country, known.precision) == (row.id, "country")
    assert row.capital is None or INDEX.capital(row.id) is not None


@pytest.mark.parametrize(
    ("word", "country"),
    [("syrischen", "SYR"), ("südkoreanische", "KOR"), ("texanischen", "USA"), ("nordsyrischen", "SYR"), ("rote", None)],
)
def test_adjectives(word, country):
    found = INDEX.described(word)
    assert (found[0].country if found else None) == country


@pytest.mark.parametrize("word", ["Kiewer", "Berliner", "Münchner", "Dresdner", "Moskauer"])
def test_adjectives_of_towns(word):
    assert INDEX.inhabitant(word)


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("Flugplätzen", "Flugplatz"), ("Dörfern", "Dorf"), ("Parlamentsgebäudes", "Parlamentsgebäude"),
        ("Munitionsdepots", "Munitionsdepot"), ("Kurdenprovinz", "Kurdenprovinz"), ("Gaza-Grenze", "Grenze"),
        ("Angriff", None), ("Einfluss", None), ("Bürger", None), ("Antwort", None), ("Eurozone", None), ("Report", None),
    ],
)  # fmt: skip
def test_place_nouns_in_all_their_forms(word, noun):
    row = INDEX.nouns.find(word)
    assert (row.id if row else None) == noun


def test_borders_lie_between_their_countries():
    row = INDEX.borders[frozenset(("SYR", "TUR"))]
    assert 35.5 < row.latitude < 37.5
    assert 35 < row.longitude < 43


def test_distance_in_kilometres():
    berlin, paris = INDEX.named("Berlin")[0], INDEX.named("Paris")[0]
    assert 850 < distance(berlin, paris) < 910


def test_an_own_row_of_the_user_is_found(tmp_path):
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "extra.tsv").write_text(
        "id\tnames\tprecision\tcountry\tlatitude\tlongitude\nxyrbalt\tXyrbalt\ttown\tDEU\t50\t10\n", encoding="utf-8"
    )
    assert PlaceIndex(Lexicon(tmp_path)).named("Xyrbalt")[0].country == "DEU"
