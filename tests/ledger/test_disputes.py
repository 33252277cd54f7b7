"""Which tellings of an incident contradict each other."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lagebild.ledger.disputes import Account, Figure, disputes
from lagebild.ledger.happenings import Telling, score
from lagebild.ledger.sentences import Note

DAY = datetime.date(2024, 3, 1)


def account(
    number,
    speaker=None,
    *,
    type="ASSAULT",
    status="actual",
    actors="XRU:MIL",
    recipients="",
    killed=None,
    mutual=False,
    **fields,
):
    telling = Telling(
        key=f"a{number}#0", article=f"a{number}", type=type, mode="", status=status, actors=frozenset(actors.split()),
        recipients=frozenset(recipients.split()), published=DAY, earliest=DAY, latest=DAY, speaker=speaker, **fields,
    )  # fmt: skip
    return Account(telling, speaker, (Figure("killed", *killed, False),) if killed else (), mutual)


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ([account(1, "GRC:GOV"), account(2, "XRU:GOV", status="denied")], ["denied"]),
        ([account(1, "GRC:GOV"), account(2, "ITA:GOV"), account(3, "XRU:GOV", status="denied")], ["denied"]),
        ([account(1, "XRU:GOV"), account(2, "XRU:GOV", status="denied")], []),
        ([account(1, "GRC:GOV", actors=""), account(2, "XRU:GOV", status="denied")], []),
        ([account(1, "GRC:GOV"), account(2, "XRU:GOV", actors="GRC:MIL")], ["rival-actors"]),
        ([account(1, "GRC:GOV"), account(2, "GRC:GOV", actors="GRC:MIL")], []),
        ([account(1, recipients="ITA:GOV"), account(2, "ITA:GOV", actors="GRC:MIL")], ["rival-actors"]),
        ([account(1, recipients="GRC:GOV"), account(2, "ITA:GOV", actors="GRC:MIL")], []),
        ([account(1, "XRU:GOV", recipients="GRC:GOV"), account(2, "GRC:GOV", actors="GRC:MIL")], ["rival-actors"]),
        ([account(1, "GRC:GOV"), account(2, "XRU:GOV", actors="GRC:MIL", implied=frozenset({"GRC:MIL"}))], []),
        ([account(1, type="ACCUSE", actors="XRU:GOV GRC:GOV", recipients="XRU:GOV GRC:GOV")], ["rival-actors"]),
        ([account(1, type="ACCUSE", actors="XRU:GOV", mutual=True)], ["rival-actors"]),
        ([account(1, "XRU:REB", actors="XRU:MIL"), account(2, "XRU:GOV", actors="XRU:REB")], ["rival-actors"]),
        ([account(1, "XRU:REB"), account(2, "XRU:GOV", actors="XRU:REB", status="denied")], []),
        ([account(1, "GRC:GOV", killed=(4, 4)), account(2, "XRU:GOV", status="denied", killed=(0, 0))], ["quantity"]),
        ([account(1, "GRC:GOV"), account(2, "XRU:GOV", status="denied", killed=(0, 0))], ["denied"]),
        ([account(1, "GRC:GOV"), account(2, "XRU:GOV", actors="", status="denied", killed=(0, 0))], []),
        (
            [
                account(1, "XRU:OPP", type="RETREAT", actors="XRU:GOV", status="denied"),
                account(2, "XRU:GOV", type="RETREAT", actors="XRU:CVL", implied=frozenset({"XRU:CVL"})),
            ],
            ["denied"],
        ),
        ([account(1, killed=(3, 3)), account(2, killed=(12, 12))], ["quantity"]),
        ([account(1, killed=(12, None)), account(2, killed=(12, 12)), account(3, killed=(3, 3))], ["quantity"]),
        ([account(1, killed=(3, None)), account(2, killed=(12, 12))], []),
        ([account(1, "XRU:GOV", killed=(3, 3)), account(2, "XRU:GOV", killed=(12, 12))], []),
        ([account(1, killed=(3, 3), recipients="GRC:MIL"), account(2, killed=(12, 12), recipients="GRC:CVL")], []),
    ],
)
def test_contradictions(accounts, expected):
    assert [dispute.kind for dispute in disputes("i1", accounts)] == expected


def test_the_plainest_telling_stands_against_a_denial():
    told = [account(1), account(2, "GRC:GOV"), account(3, "XRU:GOV", status="denied")]
    (found,) = disputes("i1", told)
    assert {found.a, found.b} == {"a2#0", "a3#0"}


def test_sides_that_blame_each_other_tell_of_one_happening():
    a = account(1, "GRC:GOV", recipients="GRC:MIL").telling
    b = account(2, "XRU:GOV", actors="GRC:MIL", recipients="XRU:CVL").telling
    value, reason = score(a, b)
    assert value >= 1.7 and "same parties" in reason


def test_who_is_no_side_and_blames_both_does_not_make_them_blame_each_other():
    third = account(1, type="ACCUSE", actors="UNO", recipients="XRU:MIL XRU:REB", mutual=True)
    sides = account(2, type="ACCUSE", actors="XRU:MIL", recipients="XRU:REB", mutual=True)
    assert list(disputes("i", [third])) == []
    assert [found.kind for found in disputes("i", [third, sides])] == ["rival-actors"]


def test_numbers_of_one_telling_count_other_groups():
    both = account(1, "XRU:GOV", killed=(20, 20))
    both = replace(both, figures=(*both.figures, Figure("killed", 1, 1, False)))
    claimed = account(2, "XRU:REB", killed=(35, 35))
    assert [found.reason for found in disputes("i", [both, claimed])] == ["killed: 20 or 35"]


RISEN, ADDED = Note(cues=frozenset({"rising"})), Note(cues=frozenset({"further"}))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"killed": (18, 18)}, {"killed": (31, 31), "note": RISEN}, []),
        ({"killed": (54, 54)}, {"killed": (31, 31), "note": RISEN}, ["killed: 31 or 54"]),
        ({"killed": (4, 4)}, {"killed": (1, 1), "note": ADDED}, []),
        ({"killed": (4, 4)}, {"killed": (1, 1)}, ["killed: 1 or 4"]),
    ],
)
def test_what_a_number_rose_to_and_who_came_in_addition_contradict_nobody(first, second, expected):
    told = [account(1, "XRU:GOV", **first), account(2, "GRC:GOV", **second)]
    assert [found.reason for found in disputes("i", told)] == expected


def test_a_number_in_a_sentence_of_its_own_is_shown_with_it():
    told = account(1, "XRU:GOV", killed=(3, 3))
    told = replace(told, tallies=((Figure("killed", 12, 12, False), "XRU:OPP", "a1#@41~"),))
    (found,) = disputes("i", [told])
    assert {found.a, found.b} == {"a1#0", "a1#@41~"}
