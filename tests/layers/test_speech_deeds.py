"""What is told by a verb of saying and is no statement, or none of its own; and whole marks around what is one."""

from __future__ import annotations

import pytest

from lagebild.language import parse
from lagebild.layers.earlier import Earlier
from lagebild.layers.speech import find_statements
from lagebild.records import Article, Statement
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()


def statements(text: str) -> list[Statement]:
    ((_, doc),) = parse([text], text_of=str)
    return list(find_statements(doc, LEXICON, Earlier(article=Article(id="t", text=text), doc=doc)))


def told(text: str) -> list[tuple[str, str]]:
    """Return speaker and message of each statement."""
    return [
        (s.source_span.quote if s.source_span else "", " … ".join(span.quote for span in s.message))
        for s in statements(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Die Wahlkommission hatte den Amtsinhaber zum Sieger erklärt.",
        "Das Gericht erklärte den Vertrag für ungültig.",
        "Der Rat erklärte die Insel zur Schutzzone.",
        "Das Parlament hat das Abkommen gebilligt.",
        "Die EU und Slowenien einigten sich auf einen Plan.",
        "Reiseveranstalter sagten Safaris ab.",
        "Der Besuch des Generals wurde abgesagt.",
        "300 Personen protestierten gegen das Gesetz.",
        "Bauern protestierten in Rom gegen den Vertrag.",
        "Der Zug fährt wieder nach Plan.",
        "Bis Freitag soll der Umbau abgeschlossen sein.",
        "Dann soll das Land entwaffnet sein.",
        "Es wäre naiv zu glauben, Europa könne alle aufnehmen.",
        "Angela Merkel hat das Theresa May schon im Dezember erklärt.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Das Parlament billigte, dass Soldaten entsandt werden.",
            [("Das Parlament", "dass Soldaten entsandt werden")],
        ),
        ("Der Botschafter protestierte gegen das Gesetz.", [("Der Botschafter", "gegen das Gesetz")]),
        ("Nach bisherigen Plänen beginnt der Bau im Mai.", [("bisherigen Plänen", "beginnt der Bau im Mai")]),
        ("Der General soll geflohen sein.", [("", "Der General soll geflohen sein.")]),
        (
            "Die Grünen drohten mit einer Klage, sollte die Regierung Flüchtlinge abweisen.",
            [("Die Grünen", "mit einer Klage, sollte die Regierung Flüchtlinge abweisen")],
        ),
        (
            "Er verlangte die Freilassung der Geiseln, wie das Amt mitteilte.",
            [("Er", "die Freilassung der Geiseln"), ("das Amt", "Er verlangte die Freilassung der Geiseln")],
        ),
        (
            "Sie haben angekündigt, sollte die Partei die Macht übernehmen, ihre Hilfe auszusetzen.",
            [("Sie", "sollte die Partei die Macht übernehmen, ihre Hilfe auszusetzen")],
        ),
        ("Macron ließ erklären, Angriffe werde man nicht dulden.", [("Macron", "Angriffe werde man nicht dulden")]),
        ("«Wir verurteilen das Vorgehen», sagte er.", [("er", "«Wir verurteilen das Vorgehen»")]),
        ("Er sprach von einer «Strafaktion» der Armee.", [("Er", "von einer «Strafaktion» der Armee")]),
        (
            "Moskau kritisierte das. Athen wies die Diplomaten aus, weil sie Beamte bestochen haben sollen.",
            [("Moskau", "das"), ("Athen", "weil sie Beamte bestochen haben sollen")],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_said(text: str, said: list[tuple[str, str]]) -> None:
    assert told(text) == said
