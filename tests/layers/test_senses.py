"""What words tell of where the frame leaves no doubt, and modes that need their weapon: frames of our own times names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lagebild.pipeline import code_all
from lagebild.records import Article, Event

STATES = ["Norwegen", "Peru", "Kenia", "Japan"]
OFFICES = [
    "Der norwegische Außenminister",
    "Perus Präsident",
    "Die Regierung in Nairobi",
    "Das Außenministerium in Tokio",
]


def events_of(texts: Sequence[str]) -> list[tuple[Event, ...]]:
    """The events of sentences that stand alone."""
    articles = [Article(id=str(n), doc=str(n), text=text, published="2020-03-04") for n, text in enumerate(texts)]
    return [records.events for records in code_all(articles)]


def filled(frames: Sequence[str], words: Sequence[str]) -> list[str]:
    return [frame.format(word) for frame in frames for word in words]


QUIET = {
    "office abused": filled(
        ["{} missbraucht das Vetorecht.", "{} missbraucht seine Macht.", "{} hat die Immunität missbraucht."], STATES
    ),
    "warnings of what nobody does": [
        *filled(["{} warnte vor einer Rezession.", "{} warnt vor steigenden Preisen."], OFFICES),
        "Die Notenbank warnte vor einer Immobilienblase.",
        "Die Warnung vor einer Rezession blieb ungehört.",
        "Der Wetterdienst warnt vor Glätte und Schneefall.",
    ],
    "deaths without a deed": filled(
        [
            "Bei {} kamen zwölf Menschen ums Leben.",
            "Bei {} wurden elf Menschen verletzt.",
            "Bei {} verloren acht Menschen ihr Leben.",
            "Nach {} stieg die Zahl der Toten auf 30.",
        ],
        ["einem Erdbeben", "einer Überschwemmung", "einem Zugunglück", "einem Lawinenabgang", "einem Busunfall"],
    ),
    "deaths in the article of a disaster": [
        "Schweres Erdbeben in Peru\nIn Lima stürzten Häuser ein.\nDie Zahl der Toten stieg auf 90.\nHunderte wurden verletzt.",
        "Überschwemmungen in Kenia\nDörfer stehen unter Wasser.\nMindestens 30 Menschen kamen ums Leben.",
    ],
    "collisions": [
        "Ein Zug stieß mit einem Bus zusammen, elf Menschen wurden verletzt.",
        "Ein Flugzeug stürzte ab, zwölf Menschen kamen ums Leben.",
    ],
    "figures of speech": [
        *filled(["Der Kampf gegen {} geht weiter."], ["die Inflation", "den Krebs", "die Armut"]),
        *filled(["{} brachten sich in Sicherheit."], ["Die Touristen", "Die Bewohner"]),
        "Die Zölle treffen Deutschland.",
        "Er schlug den Amtsinhaber in der Stichwahl.",
        "Reiseveranstalter sagten Safaris ab.",
        "Der Minister steht unter Beschuss.",
        "Die Partei schickt die Ministerin ins Rennen.",
    ],
    "joining talked of": filled(["Der EU-Beitritt {} ist umstritten."], ["Norwegens", "Serbiens", "Albaniens"]),
    "nobody in particular": filled(
        ["Man kann {} vieles vorwerfen.", "Man kann {} nicht vorwerfen, untätig zu sein."], STATES
    ),
}


@pytest.mark.parametrize("cause", QUIET)
def test_tells_of_no_event(cause: str) -> None:
    texts = QUIET[cause]
    loud = [(text, [e.type for e in found]) for text, found in zip(texts, events_of(texts), strict=True) if found]
    assert loud == []


TYPED = {
    "SANCTION": filled(
        [
            "{} verdoppelte die Zölle auf Stahl.",
            "{} hob die Abgaben auf chinesische Waren an.",
            "{} schloss sich den Sanktionen an.",
            "{} setzte das Abkommen aus.",
            "{} legte den Vertrag auf Eis.",
        ],
        STATES,
    ),
    "CONCEDE": filled(
        [
            "{} setzte die Zölle für drei Monate aus.",
            "{} legte die Gegenzölle auf Eis.",
            "{} setzte die Strafzölle aus.",
        ],
        STATES,
    ),
    "SUPPORT": filled(["{} schließt sich an.", "{} schloss sich nicht an."], STATES),
    "ACCUSE": filled(
        [
            "{} protestierte scharf.",
            "{} griff den Gegner verbal an.",
            "{} attackierte den Gegner in einer Rede.",
            "{} bezeichnete die Wahl als nicht glaubwürdig.",
            "{} nannte die Wahl weder frei noch fair.",
        ],
        OFFICES,
    ),
    "MOBILIZE": filled(["{} begann ein Manöver.", "{} hielt ein Manöver vor der Küste ab."], STATES),
    "REJECT": filled(["{} hat den Vertrag gebrochen.", "{} verstieß gegen das Atomabkommen."], STATES),
    "ASSAULT": filled(["{} brach die Feuerpause.", "{} verletzte die Waffenruhe."], STATES),
    "AID": ["Eine Mission der UN überwacht die Waffenruhe.", "Die Überwachung des Abkommens übernimmt die OSZE."],
    "THREATEN": filled(
        ["{} warnte die Nachbarn vor einer Einmischung.", "{} warnte die Regierung vor Konsequenzen."], STATES
    ),
    "REQUEST": filled(["{} warnte vor einer Eskalation.", "{} warnte vor einem Alleingang."], OFFICES),
}


def without(kind: str, texts: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return the texts that tell of no event of a type, each with the types they do tell of."""
    told = [[event.type for event in found] for found in events_of(texts)]
    return [(text, types) for text, types in zip(texts, told, strict=True) if kind not in types]


@pytest.mark.parametrize("kind", TYPED)
def test_tells_of_the_type(kind: str) -> None:
    assert without(kind, TYPED[kind]) == []


@pytest.mark.parametrize(
    "frame", ["{} brach die Feuerpause.", "{} verletzte die Waffenruhe.", "{} hat den Vertrag gebrochen."]
)
def test_what_is_broken_is_not_made(frame: str) -> None:
    for found in events_of(filled([frame], STATES)):
        assert not {"RETREAT", "AGREE"} & {event.type for event in found}


@pytest.mark.parametrize(
    ("content", "mode"),
    [
        ("seinem Rücktritt", ""),
        ("einer Klage", ""),
        ("einem Streik", ""),
        ("neuen Zöllen", "restrict"),
        ("Sanktionen", "restrict"),
        ("Verhaftung", "arrest"),
        ("der Ausweisung des Botschafters", "expel"),
        ("Krieg", "violence"),
    ],
)
def test_a_threat_is_of_what_it_threatens(content: str, mode: str) -> None:
    for office, found in zip(OFFICES, events_of(filled([f"{{}} drohte mit {content}."], OFFICES)), strict=True):
        assert [event.mode for event in found if event.type == "THREATEN"] == [mode], office


def test_retaliation_in_trade_is_no_attack() -> None:
    for found in events_of(filled(["{} drohte im Handelsstreit mit Vergeltung."], STATES)):
        assert [(event.type, event.mode) for event in found] == [("THREATEN", "restrict"), ("SANCTION", "")]


NATIONS = ["russischen", "türkischen", "äthiopischen", "israelischen"]
ARMED = [
    ("Drohnenangriff", "drone"),
    ("Luftangriff", "aerial"),
    ("Raketenangriff", "heavy-weapons"),
    ("Selbstmordanschlag", "suicide-attack"),
    ("Bombenanschlag", "explosives"),
    ("Messerangriff", "primitive"),
    ("Giftgasangriff", "unconventional"),
]
DEADLY = ["Bei einem {} {} starben zwölf Menschen.", "Bei einem {} {} wurden zwölf Menschen verletzt."]


@pytest.mark.parametrize(("attack", "mode"), ARMED)
def test_the_weapon_in_the_word_is_the_mode(attack: str, mode: str) -> None:
    texts = [frame.format(nation, attack) for frame in DEADLY for nation in NATIONS]
    assert {event.mode for found in events_of(texts) for event in found if event.type == "ASSAULT"} == {mode}


def test_no_weapon_without_its_word() -> None:
    texts = [frame.format(nation, "Angriff") for frame in DEADLY for nation in NATIONS]
    texts += [
        "Zu dem Anschlag bekannte sich eine Terrormiliz.",
        "Bei einem türkischen Angriff sind drei Menschen getötet worden.",
    ]
    assert {event.mode for found in events_of(texts) for event in found if event.type == "ASSAULT"} == {""}


def test_a_weapon_that_hangs_on_the_event_is_the_mode() -> None:
    texts = [
        "Bei einem Angriff mit Chlorgas starben 40 Menschen.",
        "Vier Menschen wurden durch eine Autobombe getötet.",
    ]
    texts.append("Eine Drohne traf ein Öllager.")
    modes = [[event.mode for event in found] for found in events_of(texts)]
    assert modes == [["unconventional"], ["explosives"], ["drone"]]
