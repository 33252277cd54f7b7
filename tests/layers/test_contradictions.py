"""Contradictions inside an article: words that say so, denials, rival doers, differing figures."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL, load
from lagebild.layers.contradictions import find_contradictions
from lagebild.layers.contradictions.words import said_in_words
from lagebild.layers.earlier import Earlier
from lagebild.records import Actor, Article, Date, Event, Evidence, Quantity, Span, Statement, changed
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CONTRADICTIONS, ContradictionCue

LEXICON = Lexicon()
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")


def span(text: str, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), words)


def actor(code: str) -> Actor:
    return Actor(span=None, name=None, code=code, how="implied")


def told(text: str, **kept: object) -> Earlier:
    earlier = Earlier(article=Article(id="x", text=text), doc=load()(text))
    for name, value in kept.items():
        setattr(earlier, name, value)
    return earlier


@pytest.mark.parametrize("cue", LEXICON.rows(CONTRADICTIONS, ContradictionCue), ids=lambda cue: cue.id)
def test_a_cue_fires_in_its_example_and_not_in_its_counter(cue):
    def fires(text: str) -> bool:
        earlier = told(text)
        events = []
        for token in earlier.doc:  # any word may be the denial, the act before it is another's word
            if token.pos_ == "VERB":
                here = Span(token.idx, token.idx + len(token), token.text)
                events.append(Event(id=len(events), type="REJECT", mode="", trigger=(here,)))
        if cue.kind == "denied":
            pytest.skip("needs an act told before; tested below")
        earlier.events = tuple(events)
        return any(found.evidence[0].rule == cue.id for found in said_in_words(earlier.doc, LEXICON, earlier))

    assert fires(cue.example)
    assert not (cue.counter and fires(cue.counter))


def test_a_denial_is_set_against_what_was_alleged_just_before():
    text = "Kiew wirft Moskau vor, ein Dorf beschossen zu haben. Moskau wies die Vorwürfe zurück."
    accuse = Event(0, "ACCUSE", "", (span(text, "wirft"),), (actor("UKR:GOV"),), (actor("RUS:GOV"),))
    act = Event(1, "ASSAULT", "", (span(text, "beschossen"),), (actor("RUS:GOV"),), content_of=0)
    reject = Event(2, "REJECT", "", (span(text, "wies"),), (actor("RUS:GOV"),))
    earlier = told(text, events=(accuse, act, reject))
    found = [(c.kind, c.a, c.b) for c in find_contradictions(earlier.doc, LEXICON, earlier)]
    assert ("denied", 1, 2) in found


def test_who_denies_must_be_who_is_accused():
    text = "Kiew wirft Moskau vor, ein Dorf beschossen zu haben. Paris wies die Vorwürfe zurück."
    accuse = Event(0, "ACCUSE", "", (span(text, "wirft"),), (actor("UKR:GOV"),), (actor("RUS:GOV"),))
    act = Event(1, "ASSAULT", "", (span(text, "beschossen"),), (actor("RUS:GOV"),), content_of=0)
    reject = Event(2, "REJECT", "", (span(text, "wies"),), (actor("FRA:GOV"),))
    earlier = told(text, events=(accuse, act, reject))
    assert not list(find_contradictions(earlier.doc, LEXICON, earlier))


def statement(number: int, text: str, message: str, code: str) -> Statement:
    return Statement(number, (actor(code),), None, (), (span(text, message),), "Indirect")


def test_one_says_it_happened_the_other_that_it_did_not():
    text = "Die Armee habe das Dorf beschossen, sagte Kiew. Das Dorf sei nicht beschossen worden, sagte Moskau."
    says = statement(0, text, "Die Armee habe das Dorf beschossen", "UKR:GOV")
    denies = statement(1, text, "Das Dorf sei nicht beschossen worden", "RUS:GOV")
    first = Event(0, "ASSAULT", "", (span(text, "beschossen"),), (actor("RUS:MIL"),), statement=0)
    second = Event(1, "ASSAULT", "", (span(text, "beschossen", 1),), (), status="denied", statement=1)
    earlier = told(text, events=(first, second), statements=(says, denies))
    assert [(c.kind, c.a, c.b) for c in find_contradictions(earlier.doc, LEXICON, earlier)] == [("denied", 0, 1)]


def test_the_same_speaker_does_not_contradict_himself():
    text = "Die Armee habe das Dorf beschossen, sagte Kiew. Die Stadt sei nicht beschossen worden, sagte Kiew."
    says = statement(0, text, "Die Armee habe das Dorf beschossen", "UKR:GOV")
    denies = statement(1, text, "Die Stadt sei nicht beschossen worden", "UKR:GOV")
    first = Event(0, "ASSAULT", "", (span(text, "beschossen"),), (actor("RUS:MIL"),), statement=0)
    second = Event(1, "ASSAULT", "", (span(text, "beschossen", 1),), (), status="denied", statement=1)
    earlier = told(text, events=(first, second), statements=(says, denies))
    assert not list(find_contradictions(earlier.doc, LEXICON, earlier))


def test_each_names_the_other_as_the_doer():
    text = "Die Ukraine habe angegriffen, sagte Moskau. Russland habe angegriffen, sagte Kiew."
    one = statement(0, text, "Die Ukraine habe angegriffen", "RUS:GOV")
    two = statement(1, text, "Russland habe angegriffen", "UKR:GOV")
    first = Event(0, "ASSAULT", "", (span(text, "angegriffen"),), (actor("UKR:MIL"),), (actor("RUS:MIL"),), statement=0)
    second = Event(
        1, "ASSAULT", "", (span(text, "angegriffen", 1),), (actor("RUS:MIL"),), (actor("UKR:MIL"),), statement=1
    )
    earlier = told(text, events=(first, second), statements=(one, two))
    assert [(c.kind, c.a, c.b) for c in find_contradictions(earlier.doc, LEXICON, earlier)] == [("rival-actors", 0, 1)]


@pytest.mark.parametrize(("high", "expected"), [(4.0, ["quantity"]), (None, [])])
def test_figures_that_exclude_each_other(high, expected):
    text = "Vier Menschen seien getötet worden, sagte die Armee. Zwölf Menschen seien getötet worden, sagten Ärzte."
    one = statement(0, text, "Vier Menschen seien getötet worden", "ISR:MIL")
    two = statement(1, text, "Zwölf Menschen seien getötet worden", "PSE:MED")
    first = Event(0, "ASSAULT", "", (span(text, "getötet"),), statement=0)
    second = Event(1, "ASSAULT", "", (span(text, "getötet", 1),), statement=1)
    figures = (Quantity(span(text, "Vier"), "killed", 4.0, high), Quantity(span(text, "Zwölf"), "killed", 12.0, 12.0))
    earlier = told(text, events=(first, second), statements=(one, two), quantities=figures)
    assert [c.kind for c in find_contradictions(earlier.doc, LEXICON, earlier)] == expected


@pytest.mark.parametrize(
    "denial",
    [
        "Einen weiteren Streik habe es nicht gegeben",  # another deed
        "Einen Streik werde es nicht geben",  # one to come
        "Einen Streik wolle man nicht",
        "Einen Aufmarsch habe man nicht veranstaltet",  # another word, and who denies is not who did it
    ],
)
@pytest.mark.parametrize("state", ["DEU", "FRA", "CAN"])
def test_what_is_ruled_out_or_another_deed_contradicts_nothing(denial, state):
    text = f"Der Streik der Lokführer begann am Morgen. {denial}, sagte der Chef."
    word = "Aufmarsch" if "Aufmarsch" in denial else "Streik"
    denies = statement(0, text, denial, f"{state}:LAB")
    told_as_fact = Event(0, "PROTEST", "strike", (span(text, "Streik"),), (actor(f"{state}:BUS"),))
    denied = Event(1, "PROTEST", "strike", (span(text, word, int(word == "Streik")),), status="denied", statement=0)
    earlier = told(text, events=(told_as_fact, denied), statements=(denies,))
    assert not list(find_contradictions(earlier.doc, LEXICON, earlier))


def test_a_refusal_is_no_denial():
    text = "Der Streik begann am Morgen. Der Chef lehnte einen Streik ab."
    denies = statement(0, text, "einen Streik", "DEU:LAB")
    fact = Event(0, "PROTEST", "", (span(text, "Streik"),), (actor("DEU:LAB"),))
    refused = Event(1, "PROTEST", "", (span(text, "Streik", 1),), (actor("DEU:LAB"),), status="denied", statement=0)
    refused = changed(refused, evidence=(Evidence("status", "refuse-verb"),))
    earlier = told(text, events=(fact, refused), statements=(denies,))
    assert not list(find_contradictions(earlier.doc, LEXICON, earlier))


def test_days_apart_are_two_deeds():
    text = "Die Armee beschoss das Dorf am Montag. Am Freitag habe man das Dorf nicht beschossen, sagte Moskau."
    denies = statement(0, text, "Am Freitag habe man das Dorf nicht beschossen", "RUS:GOV")

    def on(day: str, word: str) -> Date:
        return Date(span(text, word), "DATE", day, day, day)

    first = Event(0, "ASSAULT", "", (span(text, "beschoss"),), (actor("RUS:MIL"),), date=on("2024-03-04", "Montag"))
    second = Event(
        1, "ASSAULT", "", (span(text, "beschossen"),), status="denied", statement=0, date=on("2024-03-08", "Freitag")
    )
    earlier = told(text, events=(first, second), statements=(denies,))
    assert not list(find_contradictions(earlier.doc, LEXICON, earlier))
    earlier.events = (first, changed(second, date=on("2024-03-04", "Montag")))
    assert [c.kind for c in find_contradictions(earlier.doc, LEXICON, earlier)] == ["denied"]
