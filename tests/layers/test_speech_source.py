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
