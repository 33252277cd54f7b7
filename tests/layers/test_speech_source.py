"""Whom the speaker's phrase means: the actors a statement is given to, read with the layers before it."""

from __future__ import annotations

import pytest

import lagebild
from lagebild.records import Article

HOLDERS = [
    ("Nigerias Staatschef Bola Tinubu", "Bola Tinubu", "NGA:GOV"),
    ("Frankreichs Präsident Emmanuel Macron", "Emmanuel Macron", "FRA:GOV"),
    ("Israels Armeesprecher Daniel Hagari", "Daniel Hagari", "ISR:MIL"),
    ("Berlins Regierender Bürgermeister Kai Wegner", "Kai Wegner", "DEU:GOV"),
    ("Der Präsident von Ecuador, Daniel Noboa,", "Daniel Noboa", "ECU:GOV"),
]
FRAMES = ["{} sagte, man werde nicht weichen.", "{} lehnte den Vorschlag ab.", "{} warf der Opposition Verrat vor."]


def sources(text: str) -> list[tuple[str | None, str | None]]:
    coded = lagebild.code(Article(id="t", text=text, published="2023-10-02"))
    return [(actor.name, actor.code) for statement in coded.statements[:1] for actor in statement.source]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("phrase", "name", "code"), HOLDERS)
def test_the_head_of_the_phrase_speaks_not_the_state_named_in_it(phrase: str, name: str, code: str, frame: str) -> None:
    assert sources(frame.format(phrase)) == [(name, code)]


def test_all_who_are_joined_speak() -> None:
    names = [name for name, _ in sources("Merkel und Macron sagten, man werde nicht weichen.")]
    assert names == ["Angela Merkel", "Emmanuel Macron"]


STATES = ("Russland", "Kanada")
SAID = [
    ("{} hat dem „Spiegel“ zufolge die Türkei kritisiert.", "„Spiegel“"),
    ("{} kritisierte dem „Spiegel“ zufolge die Türkei.", "„Spiegel“"),
    ("Laut Chefankläger Peter Muster hat {} Dörfer überfallen.", "Peter Muster"),
    ("Nach Angaben der Opposition weigerte sich {}, die Grenze zu öffnen.", "Opposition"),
    ("Reiseberichten zufolge war es am Abend in {} zu Unruhen gekommen.", "Reiseberichten"),
    ("Nach Angaben der Polizei gab es in {} einen Anschlag.", "Polizei"),
    ("Nach Informationen der Polizei hat {} schwere Vorwürfe erhoben.", "Polizei"),
]
NOT_SAID = [
    "Zuletzt machte die Hamas von sich reden: Bei einem Anschlag in {} wurden drei Soldaten getötet.",
    "Das Parlament von {} hat den Notstand ausgerufen.",
]


def speakers(text: str) -> list[str | None]:
    coded = lagebild.code(Article(id="t", text=text, published="2023-10-02"))
    spans = {statement.id: statement.source_span for statement in coded.statements}
    told = [spans[event.statement] if event.statement is not None else None for event in coded.events]
    return [span.quote if span is not None else None for span in told]


@pytest.mark.parametrize(("frame", "who"), SAID)
@pytest.mark.parametrize("state", STATES)
def test_a_phrase_of_source_vouches_for_what_the_verb_of_its_clause_tells(frame: str, who: str, state: str) -> None:
    found = speakers(frame.format(state))
    assert found
    assert all(speaker is not None and who in speaker for speaker in found)


@pytest.mark.parametrize("frame", NOT_SAID)
@pytest.mark.parametrize("state", STATES)
def test_who_is_talked_of_and_who_proclaims_says_nothing(frame: str, state: str) -> None:
    found = speakers(frame.format(state))
    assert found
    assert set(found) == {None}
