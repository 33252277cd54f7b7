"""Plain negation, what only looks like one, and words before a noun that say that it is planned, foiled or alleged."""

from __future__ import annotations

import pytest

from lagebild.language.load import MODEL
from lagebild.layers.status import find_status
from lagebild.layers.status.negated import negated_rows
from lagebild.pipeline import code
from lagebild.records import Article, Event, Evidence
from lagebild.rules.lexicon import Lexicon
from tests.layers.marked import earlier_of, filled, read

LEXICON = Lexicon()
pytestmark = pytest.mark.skipif(not (MODEL / "meta.json").exists(), reason="the language model is not built")
STATES = ("Russland", "Kanada", "Indien")


def statuses_of(marked: str, kind: str = "ASSAULT", rule: str = "verb.x") -> list[str]:
    """Return the statuses of the events in square brackets, as events of a type that ``rule`` found."""
    text, (spans,) = read(marked)
    why = (Evidence("type", rule),)
    events = [Event(number, kind, "", (span,), evidence=why) for number, span in enumerate(spans)]
    earlier = earlier_of(text, *events)
    return [event.status for event in find_status(earlier.doc, LEXICON, earlier)][: len(spans)]


DENIED = [
    "{} hat keine [Sanktionen] gegen die Insel verhängt.",
    "Die Armee aus {} hat keine Zivilisten [getötet].",
    "Die Polizei hat in {} keinen Demonstranten [festgenommen].",
    "In {} wurde niemand [getötet].",
    "{} griff an und [tötete] keine Zivilisten.",
    "Die Rebellen haben ihr Dorf in {} verteidigt und keine Soldaten [getötet].",
    "Den Krieg, der im März begann, [unterstützte] {} nicht.",
    "{} [verurteilte] den Angriff nicht.",
    "{} verhängte keine [Sanktionen], sondern Zölle.",
]
ACTUAL = [
    "{} hat nicht den Minister, sondern den Sprecher [kritisiert].",
    "{} [griff] nicht die Armee an, sondern die Polizei.",
    "Nicht {}, sondern der Nachbar hat das Dorf [angegriffen].",
    "Die Polizei in {} [ging] nicht gegen die Plünderer vor, sondern gegen Demonstranten.",
    "{} hat die Stadt nicht mit Panzern, sondern mit Raketen [angegriffen].",
    "{} hat die Regierung nicht nur [kritisiert], sondern auch bedroht.",
    "Keine Woche nach dem Gipfel [griff] {} die Stadt an.",
    "{} [griff] das Dorf an, weil die Armee nicht abgezogen war.",
    "{} [begrüßte] den Plan, Paris nicht.",
    "{} [verurteilte] den Angriff, der Nachbar aber nicht.",
]
CORRECTED = [
    "{} hat Berlin nicht [kritisiert], sondern [gelobt].",
    "{} hat den Vorschlag nicht [abgelehnt], sondern [begrüßt].",
]
PLANNED = [
    "Die Polizei in {} sprach von dem geplanten [Anschlag].",
    "Trotz der geplanten [Gespräche] mit {} blieb die Grenze zu.",
    "Bei den bevorstehenden [Verhandlungen] mit {} geht es um Öl.",
]
FOILED = [
    "Die Polizei in {} konnte einen [Anschlag] verhindern.",
    "{} werde auf den [Einsatz] von Raketen verzichten, sagte der Minister.",
    "Der vereitelte [Anschlag] galt {}.",
    "Nach dem abgesagten [Treffen] mit {} reiste der Minister ab.",
    "Das gescheiterte [Attentat] in {} beschäftigt die Presse.",
]
POSSIBLE = [
    "Nach den angedrohten [Sanktionen] gegen {} fiel der Kurs.",
    "Wegen des mutmaßlichen [Anschlags] in {} wurden die Wachen verstärkt.",
    "Der angeblich von {} [ermordete] Diplomat lebte in Rom.",
    "Es wird vermutet, dass {} den Diplomaten [ermordet] hat.",
    "Die Polizei geht davon aus, dass {} den Diplomaten [ermordet] hat.",
    "Er steht im Verdacht, in {} den Diplomaten [ermordet] zu haben.",
    "{} hat das Recht, die Insel [anzugreifen].",
    "Die Behörden in {} gehen von einem [Anschlag] aus.",
    "Der General aus {} muss sich wegen [Mordes] verantworten.",
    "Gegen den General aus {} wurde Anzeige wegen [Folter] erstattet.",
]
CONTROLS = [
    "Der geplante Besuch nach dem [Angriff] in {} beschäftigt die Presse.",
    "Der [Angriff] auf den mutmaßlichen Terroristen in {} beschäftigt die Presse.",
    "Die geplante [Offensive] gegen {} begann am Montag.",
    "Es ist bewiesen, dass {} den Diplomaten [ermordet] hat.",
    "Der Täter konnte in {} von der Polizei [festgenommen] werden.",
    "{} hat am Morgen des folgenden Tages drei Männer [festgenommen].",
    "[Ermittlungen] in {} zufolge wollte der Täter fliehen.",
    "Der General aus {} wurde wegen [Mordes] verurteilt.",
]


@pytest.mark.parametrize("frame", filled(DENIED, STATES))
def test_what_is_plainly_negated_did_not_happen(frame: str) -> None:
    assert statuses_of(frame) == ["denied"]


@pytest.mark.parametrize("frame", filled(ACTUAL, STATES))
def test_a_negation_of_a_phrase_or_of_another_clause_denies_nothing(frame: str) -> None:
    assert statuses_of(frame, "SUPPORT") == ["actual"]


@pytest.mark.parametrize("frame", filled(CORRECTED, STATES))
def test_of_two_verbs_the_first_is_denied_the_second_told(frame: str) -> None:
    assert statuses_of(frame, "SUPPORT") == ["denied", "actual"]


def test_a_negation_that_makes_the_type_denies_nothing() -> None:
    row = "verb.gestatten.2"
    assert row in LEXICON.derived(negated_rows)
    assert statuses_of("Die Behörden [gestatteten] die Kundgebung nicht.", "COERCE", row) == ["actual"]
    assert statuses_of("Die Behörden [gestatteten] die Kundgebung nicht.", "CONCEDE", "verb.gestatten") == ["denied"]


@pytest.mark.parametrize(
    ("frame", "status"),
    [(frame, "planned") for frame in filled(PLANNED, STATES)]
    + [(frame, "denied") for frame in filled(FOILED, STATES)]
    + [(frame, "possible") for frame in filled(POSSIBLE, STATES)]
    + [(frame, "actual") for frame in filled(CONTROLS, STATES)],
)
def test_a_word_before_the_noun_and_a_suspicion_settle_it(frame: str, status: str) -> None:
    assert statuses_of(frame) == [status]


@pytest.mark.parametrize("state", STATES)
def test_an_ultimatum_tells_what_follows_otherwise(state: str) -> None:
    assert statuses_of(f"Andernfalls sei {state} gezwungen, die Insel [anzugreifen].") == ["conditional"]


@pytest.mark.parametrize("state", STATES)
def test_what_was_called_for_is_demanded(state: str) -> None:
    assert statuses_of(f"Die Soldaten in {state} hatten [Luftunterstützung] angefordert.", "AID") == ["demanded"]


@pytest.mark.parametrize("state", STATES)
def test_talks_that_are_outstanding_or_ahead_are_planned(state: str) -> None:
    assert statuses_of(f"Die [Gespräche] mit {state} stehen noch aus.", "CONSULT") == ["planned"]
    assert statuses_of(f"Im Vorfeld des [Besuchs] in {state} wurden die Wachen verstärkt.", "CONSULT") == ["planned"]


@pytest.mark.parametrize("state", STATES)
def test_the_whole_program_denies_sanctions_that_were_not_imposed(state: str) -> None:
    article = Article(id="x", text=f"{state} hat keine Sanktionen gegen Syrien verhängt.", published="2024-03-05")
    assert [event.status for event in code(article).events] == ["denied"]


REFUTED = [
    "Der Präsident wies die Darstellung zurück, {} habe Händler [entführt].",
    "Der Minister dementierte Berichte, {} habe Soldaten [entsandt].",
    "Der Minister bestritt, die Armee habe in {} Zivilisten [getötet].",
    "Die Regierung wies Meldungen zurück, wonach {} Waffen [geliefert] habe.",
]


@pytest.mark.parametrize("frame", filled(REFUTED, STATES))
def test_what_is_told_under_a_denial_is_denied(frame: str) -> None:
    assert statuses_of(frame) == ["denied"]


@pytest.mark.parametrize("state", STATES)
def test_what_stands_behind_the_colon_of_a_denial_explains_it(state: str) -> None:
    frame = f"Der Minister bestritt den Angriff auf {state}: Man habe nur eine [Übung] abgehalten."
    assert statuses_of(frame, "MOBILIZE") != ["denied"]
