"""What a report says of a commitment, and the state all reports leave."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger.happenings import Telling
from lagebild.ledger.promises import commitment, follow

DAY = datetime.date(2024, 3, 1)


def telling(number, type, status, *, mode="", days=0, actors="XRU:GOV", recipients="", **fields):
    return Telling(
        key=f"a{number}#0", article=f"a{number}", type=type, mode=mode, status=status,
        actors=frozenset(actors.split()), recipients=frozenset(recipients.split()),
        published=DAY + datetime.timedelta(days=days), **fields,
    )  # fmt: skip


def final(owed, *reports):
    made = commitment(owed, speaker=None, condition=None)
    return follow(made, reports).final


LEAVE = telling(0, "RETREAT", "planned", mode="withdraw")
TRUCE = telling(0, "RETREAT", "planned", mode="ceasefire", actors="XRU:GOV XRU:REB")
SHOTS = {"actors": "XRU:GOV", "days": 5}


@pytest.mark.parametrize(
    ("owed", "reports", "expected"),
    [
        (LEAVE, [], "open"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="withdraw", days=9, actors="XRU:MIL")], "kept"),
        (LEAVE, [telling(1, "RETREAT", "denied", mode="withdraw", days=9)], "broken"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="withdraw", days=9, actors="XRU:REB")], "open"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="release", days=9)], "open"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="withdraw", days=-9)], "open"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="withdraw", days=200)], "open"),
        (LEAVE, [telling(1, "RETREAT", "actual", mode="withdraw", days=5, parent="ACCUSE")], "open"),
        (TRUCE, [telling(1, "ASSAULT", "actual", **SHOTS)], "broken"),
        (TRUCE, [telling(1, "ASSAULT", "actual", speaker="XRU:REB", **SHOTS),
                 telling(2, "ASSAULT", "denied", speaker="XRU:GOV", **SHOTS)], "disputed"),
        (TRUCE, [telling(1, "ASSAULT", "denied", speaker="XRU:GOV", **SHOTS)], "open"),
        (telling(0, "CONSULT", "planned", actors="XRU:GOV GRC:GOV"),
         [telling(1, "SANCTION", "actual", mode="discontinue", days=3)], "broken"),
        (telling(0, "AID", "planned", recipients="UKR:GOV"), [telling(1, "AID", "actual", recipients="GRC:GOV", days=3)], "open"),
    ],
)  # fmt: skip
def test_final_state(owed, reports, expected):
    assert final(owed, *reports) == expected


def test_a_demand_binds_whom_it_is_made_to():
    demand = telling(0, "RETREAT", "demanded", mode="release", actors="XRU:OPP", asked=frozenset({"XRU:GOV"}))
    assert commitment(demand, speaker="EUR", condition=None).telling.actors == {"XRU:GOV"}


def test_deeds_bind_nobody():
    assert commitment(telling(0, "RETREAT", "actual"), speaker=None, condition=None) is None
