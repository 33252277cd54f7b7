"""Which statements are written in the form of the newspaper quotation corpus, in sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest

from lagebild.language.given import parse_given
from lagebild.layers.speech.attribute import news_annotations
from lagebild.rules.lexicon import Lexicon

LEXICON = Lexicon()
Row = tuple[str, str, str]


def written(text: str) -> list[Row]:
    """Return form, source and message of each quotation; sentences end in " | ", words are divided by blanks."""
    sentences: list[list[str]] = [sentence.split() for sentence in text.split(" | ")]
    (doc,) = parse_given([sentences])
    given = [{"SentenceId": number, "Tokens": tokens} for number, tokens in enumerate(sentences)]
    names = {f"{number}:{at}": word for number, tokens in enumerate(sentences) for at, word in enumerate(tokens)}

    def said(row: dict[str, Any], label: str) -> str:
        return " ".join(names[name] for name in row[label])

    return [(row["Form"], said(row, "Source"), said(row, "Message")) for row in news_annotations(doc, given, LEXICON)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Als Grund nannte der Minister die hohen Kosten der neuen Anlage .",
            ("Reported", "der Minister", "Als Grund nannte der Minister die hohen Kosten der neuen Anlage ."),
        ),
        (
            "Die Ministerin betonte , wie wichtig das Abkommen für den Frieden sei .",
            ("Indirect", "Die Ministerin", "wie wichtig das Abkommen für den Frieden sei"),
        ),
        (
            "Er sagte , das Land brauche Hilfe und fügte hinzu : „ Wir warten seit Wochen . “",
            ("Direct", "Er", "„ Wir warten seit Wochen . “"),
        ),
        (
            "Die Sprecherin äußerte sich besorgt , die Studie zeige , „ dass die Armut im Land wächst “ .",
            ("Direct", "Die Sprecherin", "„ dass die Armut im Land wächst “"),
        ),
        (
            "Der Trainer kommentierte die Absage , indem er dem Verband vorwarf , zu spät gehandelt zu haben .",
            ("Indirect", "er", "zu spät gehandelt zu haben"),
        ),
        (
            "Das Gericht tagte lange . | Es stellte fest , dass der Mann geschossen hatte .",
            ("Indirect", "Es", "dass der Mann geschossen hatte"),
        ),
        (
            "Der Zug stand lange still ; die Bahn habe , wie er sagte , falsch gewarnt .",
            ("Indirect", "er", "die Bahn habe falsch gewarnt"),
        ),
        (
            "Huber wollte sich nicht festlegen , sagte aber , die Partei müsse bald wählen .",
            ("Indirect", "Huber", "die Partei müsse bald wählen"),
        ),
        (
            "Die Armee beschloss , die Truppen aus der Provinz abzuziehen , nachdem ein Lager gefallen war .",
            ("Indirect", "Die Armee", "die Truppen aus der Provinz abzuziehen"),
        ),
        (
            "Relativierend fügte Huber hinzu : „ Wir warten seit Wochen . “",
            ("Direct", "Huber", "„ Wir warten seit Wochen . “"),
        ),
        (
            "Die Kanzlerin sagte einigen Teilnehmern zufolge : „ Wir warten seit Wochen . “",
            ("Direct", "Die Kanzlerin", "„ Wir warten seit Wochen . “"),
        ),
        (
            "Ein Sprecher teilte mit : „ Wir warten seit Wochen “ , nun wolle man klagen .",
            ("Direct", "Ein Sprecher", "„ Wir warten seit Wochen “"),
        ),
        (
            "Auch der Leiter der Behörde , Jan Huber ( „ Wir warten seit Wochen . “ ) , kam nach Bonn .",
            ("Direct", "Auch der Leiter der Behörde , Jan Huber", "„ Wir warten seit Wochen . “"),
        ),
        (
            "Mit Befremden reagierte die Partei auf die Forderung des Ministers , auf Kiew zuzugehen .",
            ("Indirect", "des Ministers", "auf Kiew zuzugehen"),
        ),
        (
            "Er lobte die Truppe und nannte einen Bericht , der falsch sei .",
            ("Indirect", "Er", "der falsch sei"),
        ),
        (
            "Die Regierung teilte mit , dass man ermittelt . | Die Brücke soll im Mai eingestürzt sein .",
            ("FreeIndirect", "Die Regierung", "Die Brücke soll im Mai eingestürzt sein ."),
        ),
        (
            "Das Auswärtige Amt verurteilte den Anschlag auf die Schule als barbarische Tat .",
            (
                "Reported",
                "Das Auswärtige Amt",
                "Das Auswärtige Amt verurteilte den Anschlag auf die Schule als barbarische Tat .",
            ),
        ),
        (
            "Er sieht in dem Gesetz eine Gefahr für den Frieden .",
            ("Reported", "Er", "Er sieht in dem Gesetz eine Gefahr für den Frieden ."),
        ),
    ],
)
def test_written(text: str, row: Row) -> None:
    assert row in written(text)


@pytest.mark.parametrize(
    "text",
    [
        "Berlin stufte die Gruppe als Terrororganisation ein .",
        "Der Gouverneur rief den Notstand aus .",
        "Er sah im Wald ein helles Licht .",
        "Das Urteil zeigt einen Wandel , wie er früher nicht vorhergesehen werden konnte .",
        "Der Bürgermeister forderte alle Bewohner , welche noch dort leben , zur Flucht auf .",
        "Das Beben bei Kobe forderte 65 Menschenleben .",
        "Der Minister forderte nicht den Rücktritt der Ministerin .",
        "In Kuba werden sie Helden der Nation genannt .",
        "Nach langwierigen Ermittlungen war das Haus leer .",
        "Nach der Auszählung aller Stimmen lag der Präsident vorn .",
        "Wir sind überzeugt , dass der Plan gelingt .",
        "Der Besucher hält Ausschau , ob ein Platz frei ist .",
        "Er bemerkte den Fehler , umkehren konnte er nicht mehr .",
        "Der Plan , die Steuern zu senken , ist alt .",
        "Es kommt darauf an , wie lange jemand das Papier im Besitz hält .",
    ],
)
def test_not_written(text: str) -> None:
    assert written(text) == []


def test_no_sentence_is_told_twice_by_one_that_points_back_at_it() -> None:
    rows = written("Der Zug sei pünktlich gewesen , sagte der Sprecher . | Das sagte der Sprecher am Montag in Bonn .")
    assert [row[0] for row in rows] == ["Indirect"]
