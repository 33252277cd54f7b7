"""What an article says against what it told before."""

from __future__ import annotations

import pytest

from lagebild.ledger.counter import TALLY, denied_by, given_back, tallies
from lagebild.records import Quantity, Records
from tests.ledger.factory import V1, article, event, said, span


def row(number, type, actors, recipients="", *, at=None, cues="", speaker=None, content_of=None, mode=None):
    return {
        "article": "a", "event": number, "type": type, "mode": mode, "status": "actual", "cues": cues,
        "actor_codes": actors.split(), "recipient_codes": recipients.split(), "speaker_code": speaker,
        "speaker_name": None, "content_of": content_of, "trigger": [{"start": 50 * number if at is None else at}],
    }  # fmt: skip


ATTACK = row(0, "ASSAULT", "", "XRU:CVL")
CLAIMED = row(0, "ASSAULT", "GRC:MIL", speaker="XRU:GOV")
BLAME = row(1, "ACCUSE", "XRU:GOV", "GRC:GOV")
DENIAL = row(2, "REJECT", "GRC:GOV", cues="denies")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ATTACK, BLAME, DENIAL], {0: [(2, "GRC:GOV")]}),  # of the deed that its accuser spoke of
        ([CLAIMED, DENIAL], {0: [(2, "GRC:GOV")]}),  # of the deed it is said to have done
        ([ATTACK, DENIAL], {}),  # nobody says that it did that
        ([ATTACK, BLAME, row(2, "REJECT", "GRC:GOV")], {}),  # it refuses something
        ([ATTACK, BLAME, row(2, "REJECT", "XRU:GOV", cues="denies")], {}),
        ([BLAME, DENIAL], {}),
        ([ATTACK, BLAME, DENIAL, row(3, "ASSAULT", "XRU:MIL", speaker="GRC:GOV")], {}),  # it names another doer
    ],
)
def test_denials_that_name_no_deed(rows, expected):
    assert dict(denied_by(rows)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ATTACK, BLAME, row(2, "ACCUSE", "GRC:GOV", "XRU:GOV")], {1}),
        ([BLAME, row(2, "ACCUSE", "GRC:GOV", "XRU:GOV")], set()),  # of no deed that is told
        ([ATTACK, BLAME, row(2, "ACCUSE", "GRC:GOV", "ITA:GOV")], set()),
        ([ATTACK, BLAME, row(2, "ACCUSE", "GRC:GOV", "XRU:GOV", cues="denies")], set()),
    ],
)
def test_blame_given_back(rows, expected):
    assert given_back(rows) == expected


@pytest.mark.parametrize(
    ("second", "speaker", "expected"),
    [
        ("Die Opposition sprach von elf Toten.", "Opposition", {f"{TALLY}killed|11|11|0|41|XRU:OPP"}),
        ("Die Opposition sprach von insgesamt elf Toten seit Mai.", "Opposition", set()),
        ("Später lagen dort elf Tote.", None, set()),
    ],
)
def test_numbers_in_sentences_of_their_own(second, speaker, expected):
    text = "Bei einem Angriff starben drei Menschen. " + second
    words = "elf Tote"
    quantities = (Quantity(span(text, words), "killed", 11, 11),)
    statements = ()
    if speaker:
        told = said(text, speaker, "sprach", "XRU:OPP")
        statements = (told,)
    events = (event(text, "Angriff", "ASSAULT", killed=("drei", 3)),)
    records = Records(article(text, "a"), V1, events=events, statements=statements, quantities=quantities)
    assert set().union(*tallies(records).values()) == expected


@pytest.mark.parametrize(
    ("second", "what", "expected"),
    [
        (
            "Die Polizei zählte 400 Teilnehmer, die Gewerkschaft sprach von 900.",
            ("protesters", "other"),
            {"400", "900"},
        ),
        ("Nach Schätzung der Polizei waren es 400 Leute; ein Redner nannte 900.", ("people", "people"), {"400", "900"}),
        ("Die Polizei zählte 400 Teilnehmer, die Gewerkschaft verteilte 900 Fahnen.", ("protesters", "other"), {"400"}),
    ],
)
def test_two_counts_in_one_sentence(second, what, expected):
    text = "In Hafenstadt haben Arbeiter demonstriert. " + second
    words = ("400 Teilnehmer" if "Teilnehmer" in text else "400 Leute", "900 Fahnen" if "Fahnen" in text else "900")
    quantities = tuple(
        Quantity(span(text, word), kind, int(word[:3]), int(word[:3])) for word, kind in zip(words, what, strict=True)
    )
    statements = (said(text, "Polizei", "zählte", "XRU:COP"),) if "zählte" in text else ()
    events = (event(text, "demonstriert", "PROTEST"),)
    records = Records(article(text, "a"), V1, events=events, statements=statements, quantities=quantities)
    found = set().union(*tallies(records).values())
    assert {tally.split("|")[1] for tally in found} == expected
    assert len({tally.rpartition("|")[2] for tally in found}) == len(expected)
