"""Values of time expressions: rows of text, day of publication, and the values wanted in text order."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagebild.language import load
from lagebild.layers.dates import find_dates
from lagebild.layers.dates.when import when_of
from lagebild.layers.earlier import Earlier
from lagebild.records import Article
from lagebild.rules.calendar import bounds, days, holiday_in
from lagebild.rules.dates import DateGrammar, easter_sunday, first_sunday_in_advent
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()
GRAMMAR = LEXICON.derived(DateGrammar)
WEDNESDAY = "2015-06-24"


def dates(text, published=WEDNESDAY):
    doc = load()(text)
    return list(find_dates(doc, LEXICON, Earlier(article=Article(id="t", text=text, published=published), doc=doc)))


def told(text, published=WEDNESDAY):
    return [(d.span.quote, d.value) for d in dates(text, published)]


@pytest.mark.parametrize("rule", [r.row for r in GRAMMAR.rules], ids=lambda row: row.id)
def test_every_rule_fires_in_its_example_and_not_in_its_counter(rule):
    assert rule.id in [d.evidence[0].rule for d in dates(rule.example)]
    assert not rule.counter or rule.id not in [d.evidence[0].rule for d in dates(rule.counter)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Am Montag sagte der Minister ab.", [("Montag", "2015-06-22")]),
        ("Am Montag wird der Minister absagen.", [("Montag", "2015-06-29")]),
        ("Die Lage nach dem Brand im Hafen am Montag ist unklar.", [("Montag", "2015-06-22")]),
        ("Die Soldaten haben das Land am Montag verlassen.", [("Montag", "2015-06-22")]),
        ("Nach seiner Ankunft spricht der Minister am Montag.", [("Montag", "2015-06-29")]),
        ("Die Minister wollen sich am Freitag treffen.", [("Freitag", "2015-06-26")]),
        ("Der Täter soll am Montag zwei Männer getötet haben.", [("Montag", "2015-06-22")]),
        ("Der General wird am Montag vereidigt.", [("Montag", "2015-06-29")]),
        ("Wo er heute lebt, weiß am Montag niemand.", [("heute", "PRESENT_REF"), ("Montag", "2015-06-29")]),
        ("Im Sommer vor drei Jahren begann der Krieg.", [("Sommer vor drei Jahren", "2012-SU")]),
        ("Der Gipfel ist am Dienstag zu Ende gegangen.", [("Dienstag", "2015-06-23")]),
        ("Er soll am kommenden Mittwoch aussagen.", [("kommenden Mittwoch", "2015-07-01")]),
        ("In der Nacht zum Sonntag brannte das Lager.", [("der Nacht zum Sonntag", "2015-06-20TNI")]),
        ("Im Dezember wurde das Abkommen geschlossen.", [("Dezember", "2014-12")]),
        ("Im Dezember soll neu gewählt werden.", [("Dezember", "2015-12")]),
        ("Am 3. Juli will er kommen.", [("3. Juli", "2015-07-03")]),
        ("Am 28. Dezember war er gekommen.", [("28. Dezember", "2014-12-28")]),
        ("Am Samstag, 27. Juni, beginnt der Gipfel.", [("Samstag, 27. Juni", "2015-06-27")]),
        ("Ende März reiste sie nach Kiew.", [("Ende März", "2015-03")]),
        ("Im ersten Quartal sank der Export.", [("ersten Quartal", "2015-Q1")]),
        ("Mitte der 90er Jahre war er Minister.", [("Mitte der 90er Jahre", "199")]),
        ("Er kam gegen 16.05 Uhr an.", [("16.05 Uhr", "2015-06-24T16:05")]),
        ("Gestern um 8 Uhr abends fiel ein Schuss.", [("Gestern", "2015-06-23"), ("8 Uhr", "2015-06-23T20:00")]),
        ("Der Winter 2010/11 war hart.", [("Der Winter 2010/11", "2010-WI")]),
        ("Das Parlament von 2010/11 tagte.", [("2010/11", None)]),
        ("Zwei zweitägige Treffen fanden statt.", [("zweitägige", "P2D")]),
        ("Zu Ostern kam der Papst.", [("Ostern", "2015-04-05")]),
        ("Jeden Montag und werktags wird gestreikt.", [("Jeden Montag", "XXXX-WXX-1"), ("werktags", "XXXX-WXX-WD")]),
    ],
)
def test_values_hang_on_publication_and_tense(text, wanted):
    assert [pair for pair in told(text) if pair[0] not in ("abends",)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Am 3. Mai 2010 trat er zurück. Zwei Tage später floh er.", ("Zwei Tage später", "2010-05-05")),
        ("Am 3. Mai 2010 trat er zurück. Am Tag darauf floh er.", ("Tag darauf", "2010-05-04")),
        ("Am 3. Mai 2010 trat er zurück. Am selben Tag floh er.", ("selben Tag", "2010-05-03")),
        ("Im Herbst 1989 ging alles schnell. Am 9. November fiel die Mauer.", ("9. November", "1989-11-09")),
        ("Im Jahr 1996 begann der Krieg. Drei Jahre später endete er.", ("Drei Jahre später", "1999")),
        ("Am 3. Mai 2010 trat er zurück. Am Freitag darauf floh er.", ("Freitag darauf", "2010-05-07")),
        ("Am Freitag traf er den Papst. Am Nachmittag flog er heim.", ("Nachmittag", "2015-06-19TAF")),
        ("Am 3. Mai 2010 trat er zurück. Am Abend zuvor hatte er geschwiegen.", ("Abend zuvor", "2010-05-02TEV")),
    ],
)
def test_values_hang_on_dates_already_told(text, wanted):
    assert wanted in told(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Am Montag sagte er ab.", "XXXX-WXX-1"),
        ("Gestern sagte er ab.", None),
        ("Im kommenden Jahr wird gewählt.", None),
        ("Am 3. Mai sagte er ab.", "XXXX-05-03"),
        ("Am 3. Mai 2014 sagte er ab.", "2014-05-03"),
        ("Das Treffen dauerte drei Stunden.", "PT3H"),
        ("Vor zwei Wochen sagte er ab.", "P2W"),
        ("Am Wochenende wird gewählt.", None),
    ],
)
def test_without_publication_nothing_relative_is_guessed(text, value):
    (date,) = dates(text, None)
    assert date.value == value
    if value is None:
        assert (date.earliest, date.latest) == (None, None)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_day_no_page_came_out_on_counts_as_unknown(published):
    assert [d.value for d in dates("Am kommenden Wochenende wird gewählt, in zwei Jahren wieder.", published)] == [
        None,
        "P2Y",
    ]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Vor zwei Wochen begann die Offensive.", "2015-06-08", "2015-06-14"),
        ("Seit drei Tagen wird gekämpft.", "2015-06-21", "2015-06-24"),
        ("Anfang September wird gewählt.", "2015-09-01", "2015-09-10"),
        ("Bis Tagesende wird verhandelt.", "2015-06-24", "2015-06-24"),
        ("Bis Jahresende zieht die Truppe ab.", "2015-12-01", "2015-12-31"),
        ("In der Nacht zum Sonntag brannte das Lager.", "2015-06-20T20:00", "2015-06-21T06:00"),
        ("Künftig gilt das nicht mehr.", "2015-06-24", None),
        ("Damals galt das nicht.", None, "2015-06-24"),
    ],
)
def test_bounds(text, earliest, latest):
    (date,) = dates(text)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "Rund 2000 Soldaten stehen an der Grenze.",
        "Der Mann ist 34 Jahre alt.",
        "Kinder unter 18 Jahren wurden verletzt.",
        "Ein Kind von zwölf Jahren wurde verletzt.",
        "Männer über 60 Jahren wurden freigelassen.",
        "Der 55-jährige Bürgermeister trat zurück.",
        "Richter Winter sprach ihn frei.",
        "Die Miete kostet 1900 Euro.",
        "Jugendliche ab 16 Jahren dürfen wählen.",
        "Die Mannschaft gewann 3:1.",
        "Mitten im Text steht nichts.",
    ],
)
def test_no_time_expression(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2014-10-14", "2014-10-14", "2014-10-14"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2014-W01", "2013-12-30", "2014-01-05"),
        ("2014-W42-WE", "2014-10-18", "2014-10-19"),
        ("2014-Q3", "2014-07-01", "2014-09-30"),
        ("2014-H2", "2014-07-01", "2014-12-31"),
        ("2014-SU", "2014-06-01", "2014-08-31"),
        ("199", "1990-01-01", "1999-12-31"),
        ("18", "1800-01-01", "1899-12-31"),
    ],
)
def test_a_value_covers_its_days(value, first, last):
    assert bounds(value) == (first, last)


@pytest.mark.parametrize("value", ["PRESENT_REF", "XXXX-WXX-1", "P3D", "BC0753", "2014-W60", None])
def test_a_value_off_the_calendar_covers_none(value):
    assert days(value) is None


def test_moving_feasts():
    assert [easter_sunday(y).isoformat() for y in (2000, 2008, 2011, 2024)] == [
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2024-03-31",
    ]
    assert first_sunday_in_advent(2022).isoformat() == "2022-11-27"
    assert holiday_in(GRAMMAR.holidays["goodfriday"], 2015).isoformat() == "2015-04-03"


WORDS = [
    "am",
    "Montag",
    "3.",
    "Mai",
    "2014",
    "vor",
    "zwei",
    "Wochen",
    "20.15",
    "Uhr",
    "Nacht",
    "zum",
    "den",
    "letzten",
    "\n",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "é𝄞", "-", "/", "31.", "99", "Ende", "Jahrhundert"]), max_size=14))
def test_offsets_hold_and_nothing_overlaps(words):
    text = " ".join(words)
    last = 0
    for date in dates(text):
        assert text[date.span.start : date.span.end] == date.span.quote
        assert date.span.start >= last
        last = date.span.end


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # an intention told in the past is still to come
        ("Der Sicherheitsrat wollte am Freitag beraten.", "2015-06-26"),
        ("Das Kabinett von Kanada wollte am Dienstag entscheiden.", "2015-06-30"),
        ("Die Gespräche sollten am Freitag beginnen.", "2015-06-26"),
        ("Zwei Männer wollten am Freitag fliehen und wurden gefasst.", "2015-06-19"),
        # a state to be reached is, too; what is said to have been done is not
        ("Die Gespräche sollen bis Freitag abgeschlossen sein.", "2015-06-26"),
        ("Der Umbau soll bis Juli beendet sein.", "2015-07"),
        ("Die Gespräche sollen am Freitag abgebrochen worden sein.", "2015-06-19"),
        # who says so is no event that a weekday may belong to
        ("Nach Angaben der Bahn fährt am Samstag nichts.", "2015-06-27"),
        ("Die Schulen öffnen nach Worten des Ministers am Freitag wieder.", "2015-06-26"),
        ("Die Lage nach dem Brand im Hafen am Freitag ist unklar.", "2015-06-19"),
        ("Für die Zeit bis Sonntag hatte der Verband Streiks ausgeschlossen.", "2015-06-28"),
        # seasons obey the tense
        ("Im Frühjahr sollen die Truppen abziehen.", "2016-SP"),
        ("Die Minister werden im Frühjahr beraten.", "2016-SP"),
        ("Im Frühjahr zogen die Truppen ab.", "2015-SP"),
        ("Im Herbst begannen die Kämpfe.", "2014-FA"),
        # the end of the year is a month
        ("Die Truppen sollen bis Jahresende abziehen.", "2015-12"),
        ("Seit Jahresbeginn wird gekämpft.", "2015-01"),
    ],
)
def test_which_way_a_date_looks(text, wanted):
    assert [value for _, value in told(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Er trat vor drei Tagen zurück.", ("DATE", "2015-06-21", "2015-06-21", "2015-06-21")),
        ("Er trat vor einer Woche zurück.", ("DATE", "2015-06-17", "2015-06-15", "2015-06-21")),
        ("Er trat vor zwei Monaten zurück.", ("DATE", "2015-04", "2015-04-01", "2015-04-30")),
        ("Er trat vor drei Jahren zurück.", ("DATE", "2012", "2012-01-01", "2012-12-31")),
        ("Er tritt in zwei Wochen zurück.", ("DATE", "2015-07-08", "2015-07-06", "2015-07-12")),
        ("Seit drei Jahren wird gekämpft.", ("DATE", None, "2012-01-01", "2015-06-24")),
        ("Er soll binnen 15 Tagen zurücktreten.", ("DATE", None, "2015-06-24", "2015-07-09")),
        ("Nach sechs Wochen Krieg trat er zurück.", ("DURATION", None, None, None)),
    ],
)
def test_the_date_of_an_event_is_a_time_on_the_calendar(text, wanted):
    (found,) = dates(text)
    when = when_of(found, datetime.date.fromisoformat(WEDNESDAY))
    assert (when.type, when.value, when.earliest, when.latest) == wanted
