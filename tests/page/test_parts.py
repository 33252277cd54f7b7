"""Dates, credits, headlines, encodings, language: the small parts of the page stage."""

from __future__ import annotations

import pytest

from lagebild.page.bylines import byline_names, single_name
from lagebild.page.credits import closing_credit, dateline, read_credit
from lagebild.page.dates import date_line, first_date, timestamp
from lagebild.page.decode import decode
from lagebild.page.headline import unglue
from lagebild.page.html.flow import flow
from lagebild.page.html.structured import Meta
from lagebild.page.html.told import told_by
from lagebild.page.html.tree import parse
from lagebild.page.language import language_of
from lagebild.page.persons import person
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import phrases

LEXICON = Lexicon()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Dienstag, 14. Oktober 2014", "2014-10-14"),
        ("Stand: 14.10.2014, 16:05 Uhr", "2014-10-14T16:05"),
        ("14.10.2014 - 16.05 Uhr", "2014-10-14T16:05"),
        ("Berlin, 3.5.2021", "2021-05-03"),
        ("8. Jänner 2020, 06:40", "2020-01-08T06:40"),
        ("Wien, 1. Feber 2011", "2011-02-01"),
        ("Mi., 2. Sept. 2009", "2009-09-02"),
        ("17.07.2023-18:00", "2023-07-17T18:00"),
        ("04.03.99", "1999-03-04"),
        ("2014-10-14", "2014-10-14"),
        ("Apr. 09, 2024", "2024-04-09"),
        ("24.06.2023 | 21:48", "2023-06-24T21:48"),
        ("3. Mai 2021, 20:47 Uhr / Aktualisiert am 4. Mai 2021, 7:10 Uhr / 12 Kommentare", "2021-05-03T20:47"),
    ],
)
def test_date_line(line: str, value: str) -> None:
    assert date_line(line, LEXICON) == value


@pytest.mark.parametrize(
    "line",
    [
        "Am 14. Oktober 2014 trafen sich in Paris die Minister beider Länder.",
        "31.2.2014",
        "14. Oktober",
        "Version 1.2.3000",
        "3.5.2099",
    ],
)
def test_no_date_line(line: str) -> None:
    assert date_line(line, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-02-24T23:30:00Z", "2022-02-25T00:30:00+01:00"),
        ("2022-07-24T22:30:00.000Z", "2022-07-25T00:30:00+02:00"),
        ("2022-03-27T00:59:00Z", "2022-03-27T01:59:00+01:00"),
        ("2022-03-27T01:00:00Z", "2022-03-27T03:00:00+02:00"),
        ("2023-07-17T15:06:22+0200", "2023-07-17T15:06:22+02:00"),
        ("2021-08-15T16:48:03", "2021-08-15T16:48:03"),
        ("1645741800", "2022-02-24T23:30:00+01:00"),
        ("15.08.2021 16:48 Uhr", "2021-08-15T16:48"),
        ("gestern", None),
        ("2022-13-45", None),
        ("", None),
    ],
)
def test_timestamp(text: str, value: str | None) -> None:
    assert timestamp(text, LEXICON) == value


def test_first_date_says_where() -> None:
    line = "Stand: 14.10.2014, mittags"
    value, start, end = first_date(line, LEXICON) or ("", 0, 0)
    assert (value, line[start:end]) == ("2014-10-14", "14.10.2014")


@pytest.mark.parametrize(
    ("text", "bylines", "agencies", "houses"),
    [
        ("n-tv.de , vpe/dpa/AFP", ["vpe"], ["dpa", "AFP"], ["n-tv.de"]),
        ("kro/AFP", ["kro"], ["AFP"], []),
        ("APA, Reuters, red, 8.1.2020", ["red"], ["APA", "Reuters"], []),
        ("SZ/dpa/sda", [], ["dpa", "Keystone-SDA"], ["SZ"]),
        ("mit Material von dpa, Reuters", [], ["dpa", "Reuters"], []),
        ("ZEIT ONLINE, KNA, epd, mp", ["mp"], ["KNA", "epd"], ["ZEIT ONLINE"]),
        ("Petra Muster/RND", ["Petra Muster"], ["RND"], []),
    ],
)
def test_credit(text: str, bylines: list[str], agencies: list[str], houses: list[str]) -> None:
    credit = read_credit(text, LEXICON)
    assert (credit.bylines, credit.agencies, credit.outlets) == (bylines, agencies, houses)


@pytest.mark.parametrize(
    ("paragraph", "agencies"),
    [
        ("BERLIN (dpa) - Die Regierung hat beschlossen, dass", ["dpa"]),
        ("Moskau/Kiew (AFP/Reuters) – Beide Seiten melden Erfolge", ["AFP", "Reuters"]),
        ("Düsseldorf (dpa/lnw) - Der Landtag will", ["dpa"]),
        ("WIEN. (APA) Der Nationalrat hat", ["APA"]),
        ("Berlin/dpa. Die Ministerin sagte", ["dpa"]),
        ("Die Partei (CDU) - so heißt es - will", []),
        ("Der Islamische Staat (IS) hat sich bekannt.", []),
    ],
)
def test_dateline(paragraph: str, agencies: list[str]) -> None:
    assert dateline(paragraph, LEXICON).agencies == agencies


def test_closing_credit() -> None:
    assert closing_credit("Das sagte er am Abend. (abc/dpa)", LEXICON).agencies == ["dpa"]
    assert closing_credit("Das sagte er am Abend. (sda)", LEXICON).agencies == ["Keystone-SDA"]
    assert closing_credit("Das sagte Armin Laschet (CDU)", LEXICON).agencies == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Petra Muster, Kiew", ["Petra Muster"]),
        ("Petra Muster und Jan von der Heide", ["Petra Muster", "Jan von der Heide"]),
        ("Petra Muster, Jan Beispiel (Fotos) & Ümit Yılmaz", ["Petra Muster", "Jan Beispiel", "Ümit Yılmaz"]),
        ("Petra Muster, ARD-Studio Neu-Delhi", ["Petra Muster"]),
        ("Petra Muster, Korrespondentin in Moskau", ["Petra Muster"]),
        ("unserem Korrespondenten Jan Beispiel", ["Jan Beispiel"]),
        ("PETRA MUSTER", ["Petra Muster"]),
        ("Montag an", []),
        ("Petra Muster und Jan Beispiel, Tel Aviv", ["Petra Muster", "Jan Beispiel"]),
        ("Petra Muster, Berlin, und Jan Beispiel, Scharm al-Scheich", ["Petra Muster", "Jan Beispiel"]),
    ],
)
def test_byline(text: str, names: list[str]) -> None:
    assert byline_names(text, LEXICON).bylines == names


@pytest.mark.parametrize("text", ["Kiew", "in Moskau", "Die Redaktion", "Redaktion", "12 Uhr", ""])
def test_no_person(text: str) -> None:
    assert person(text, LEXICON) is None


@pytest.mark.parametrize(
    ("line", "kicker", "headline"),
    [
        ("Kampf um IdlibErdogan droht mit Angriff", "Kampf um Idlib", "Erdogan droht mit Angriff"),
        ("Gipfel in Genf?USA zögern noch immer", "Gipfel in Genf?", "USA zögern noch immer"),
        ("Nach der WahlAfD und FDP streiten", "Nach der Wahl", "AfD und FDP streiten"),
        ("BioNTech und McKinsey beraten die EU", None, "BioNTech und McKinsey beraten die EU"),
        ("Politiker*innen und BürgerInnen protestieren", None, "Politiker*innen und BürgerInnen protestieren"),
        ("Minister einigen sich", None, "Minister einigen sich"),
    ],
)
def test_unglue(line: str, kicker: str | None, headline: str) -> None:
    before, after = unglue(clean(line), LEXICON)
    assert (before.text if before else None, after.text) == (kicker, headline)


GERMAN = "Über die Größe der Armee äußerte sich Müller nicht – „später“, hieß es."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + GERMAN.encode("utf-8"), "utf-8"),
        (GERMAN.encode("cp1252"), "cp1252"),
        (b"\xff\xfe" + GERMAN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16-be"),
        (GERMAN.encode("utf-16-le"), "utf-16-le"),
        (b"<meta charset=iso-8859-1>" + GERMAN.encode("cp1252"), "cp1252"),
        (b"<meta charset=utf-8>" + GERMAN.encode("cp1252"), "cp1252"),
    ],
)
def test_decode(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert decoded.text.removeprefix("<meta charset=iso-8859-1>").removeprefix("<meta charset=utf-8>") == GERMAN
    assert decoded.encoding == encoding


def test_mixed_encoding_is_read_and_noted() -> None:
    decoded = decode("Größe über Köln\n".encode() * 5 + "Größe über Köln".encode("cp1252"))
    assert decoded.text.split("\n") == ["Größe über Köln"] * 6
    assert "mixed encoding" in " ".join(decoded.notes)


def test_letters_encoded_twice_are_put_right() -> None:
    decoded = decode(GERMAN.replace("“", "").encode("utf-8").decode("cp1252").encode("utf-8"))
    assert decoded.text == GERMAN.replace("“", "")
    assert "encoded twice" in " ".join(decoded.notes)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x81\x8d\x8f\x90\x9d", b"\xc3", bytes(range(256))])
def test_decode_never_fails(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Minister haben sich in Paris auf einen Vertrag geeinigt, der am Montag in Kraft tritt.", "de"),
        ("The ministers have agreed in Paris on a treaty that will enter into force on Monday.", "en"),
        ("Les ministres se sont mis d'accord à Paris sur un traité qui entrera en vigueur lundi prochain.", "fr"),
        ("De ministers hebben in Parijs een akkoord bereikt over het verdrag dat maandag van kracht wordt.", "nl"),
        ("", None),
        ("Merkel Putin Paris", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text, LEXICON) == language


@pytest.mark.parametrize(
    "line", ["Besuch von Emmanuel Macron", "Kritik von Annalena Baerbock", "Von Montag an gilt Waffenruhe"]
)
def test_a_subhead_is_no_byline(line: str) -> None:
    hit = LEXICON.derived(phrases).match(line, "byline")
    assert hit is None or not byline_names(hit[1]["names"], LEXICON).bylines


@pytest.mark.parametrize(
    ("text", "bylines", "houses"),
    [
        ("dpa/AFP/jw", ["jw"], []),  # initials, not the paper "jW"
        ("srf/afp/bers", ["bers"], ["srf"]),
        ("@pfl mit Material von dpa Bildmaterial: Reuters", ["pfl"], []),
    ],
)
def test_small_letters_in_credits(text: str, bylines: list[str], houses: list[str]) -> None:
    credit = read_credit(text, LEXICON)
    assert (credit.bylines, credit.outlets) == (bylines, houses)
    assert "Reuters" not in credit.agencies


@pytest.mark.parametrize(
    ("text", "bylines"),
    [("wanderer", ["wanderer"]), ("Administrator", []), ("Redaktion", []), ("Petra Muster", ["Petra Muster"])],
)
def test_single_names(text: str, bylines: list[str]) -> None:
    assert single_name(text, LEXICON).bylines == bylines


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Der Wanderer » Blog Archive » Fünf Tage im August", "Fünf Tage im August"),
        ("Der Wanderer | Die lange Nacht von Genf", "Die lange Nacht von Genf"),
        ("Die lange Nacht von Genf", "Die lange Nacht von Genf"),
        ("Der Wanderer", "Der Wanderer"),
    ],
)
def test_a_blogs_own_name_is_no_headline(title: str, told: str) -> None:
    meta = Meta(headlines=[("title", title)])
    assert told_by(meta, {"der wanderer"}, LEXICON) == [told]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("Er ging.<br><b>Was jetzt kommt</b><br>Sie blieb.", ["Er ging.", "Was jetzt kommt", "Sie blieb."]),
        ("Er ging mit<br><b>schnellem Schritt</b> davon.", ["Er ging mit schnellem Schritt davon."]),
        ("<b>Anzeige</b><br>Billig reden", ["Anzeige Billig reden"]),
    ],
)
def test_bold_type_at_a_break(markup: str, lines: list[str]) -> None:
    tree, _ = parse(f"<html><body><div>{markup}</div></body></html>", max_nesting=50)
    assert tree is not None
    assert [line.text for line in flow(tree)] == lines
