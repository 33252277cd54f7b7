"""What a report says of a commitment, and the state all reports leave."""

from __future__ import annotations

import datetime

import pytest

from lagebild.ledger.happenings import Telling
from lagebild.ledger.promises import again, commitment, follow, joined
from lagebild.ledger.sentences import Note

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


def note(about="", cues=""):
    return Note(frozenset(about.split()), frozenset(cues.split()))


def said(number, says, *, days, about="", cues="", actors="XRU:GOV", speaker=None):
    """A sentence that says by its words what became of something."""
    return telling(
        number, "OUTCOME", "actual", mode=says, days=days, actors=actors, note=note(about, cues), speaker=speaker
    )


BOATS = telling(0, "AID", "planned", recipients="GRC:GOV", note=note("boot"))
PROMISE = telling(
    0, "AGREE", "actual", recipients="GRC:GOV", words=frozenset({"zusagen"}), note=note("boot", "promise")
)
PACT = frozenset({"XRU", "GRC"})
AGREED = telling(0, "CONCEDE", "planned", recipients="GRC:GOV", note=note("guthaben"), pact=PACT)
THREAT = telling(0, "SANCTION", "conditional", recipients="GRC:GOV", unless=("RETREAT", frozenset({"GRC:GOV"})))


@pytest.mark.parametrize(
    ("owed", "reports", "expected"),
    [
        (BOATS, [telling(1, "AID", "actual", recipients="GRC:GOV", days=9, note=note("impfstoff"))], "open"),
        (BOATS, [telling(1, "AID", "actual", recipients="GRC:GOV", days=9, note=note("patrouillenboot"))], "kept"),
        (BOATS, [telling(1, "AID", "denied", recipients="GRC:GOV", days=9, note=note("boot", "soft"))], "open"),
        (BOATS, [telling(1, "AID", "denied", recipients="GRC:GOV", days=9, note=note("boot"))], "broken"),
        (BOATS, [telling(1, "MOBILIZE", "actual", recipients="GRC:GOV", days=9, note=note("boot"))], "kept"),
        (BOATS, [said(1, "kept", days=9, about="boot")], "kept"),
        (BOATS, [said(1, "kept", days=9, about="impfstoff")], "open"),
        (BOATS, [said(1, "kept", days=9, about="boot", actors="GRC:GOV")], "open"),
        (BOATS, [said(1, "broken", days=9, about="boot", cues="soft")], "open"),
        (BOATS, [said(1, "overtaken", days=9, about="boot")], "overtaken"),
        (PROMISE, [telling(1, "AID", "actual", recipients="GRC:GOV", days=9, note=note("boot"))], "kept"),
        (PROMISE, [telling(1, "AID", "actual", recipients="GRC:GOV", days=9, note=note("panzer"))], "open"),
        (AGREED, [telling(1, "SANCTION", "actual", mode="discontinue", actors="GRC:GOV", recipients="XRU:GOV", days=9,
                          note=note("", "pact"))], "overtaken"),
        (AGREED, [telling(1, "RETREAT", "actual", mode="resign", days=9, note=note("", "office"))], "overtaken"),
        (AGREED, [telling(1, "RETREAT", "actual", mode="resign", days=9)], "open"),
        (THREAT, [telling(1, "RETREAT", "actual", actors="GRC:GOV", recipients="XRU:CVL", days=9)], "overtaken"),
    ],
)  # fmt: skip
def test_what_sentences_and_objects_say(owed, reports, expected):
    assert final(owed, *reports) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (telling(1, "AID", "planned", recipients="GRC:GOV", days=3, note=note("boot")), True),
        (telling(1, "AID", "demanded", recipients="GRC:GOV", days=3, note=note("boot")), False),
        (telling(1, "AID", "planned", recipients="UKR:GOV", days=3, note=note("boot")), False),
        (telling(1, "AID", "planned", recipients="GRC:GOV", days=3, note=note("panzer")), False),
        (telling(1, "AID", "planned", recipients="GRC:GOV", days=90, note=note("boot")), False),
    ],
)
def test_told_again_it_is_one_commitment(other, expected):
    first, second = (commitment(t, speaker=None, condition=None) for t in (BOATS, other))
    assert again(first, second) is expected
    if expected:
        assert [state.article for state in joined(first, second).states] == ["a0", "a1"]


def test_a_promise_told_fully_is_no_commitment_of_its_own():
    told = telling(0, "AGREE", "actual", note=note("boot", "promise"), words=frozenset({"zusagen"}), told_fully=True)
    assert commitment(told, speaker=None, condition=None) is None


def said(number, says, *, days, about="", parties="XRU", until=None, cues=""):
    latest = DAY + datetime.timedelta(days=until) if until else None
    return Telling(
        key=f"a{number}#@0", article=f"a{number}", type="OUTCOME", mode=says, status="actual", actors=frozenset(parties.split()),
        recipients=frozenset(), published=DAY + datetime.timedelta(days=days), latest=latest,
        note=Note(frozenset(about.split()), frozenset(cues.split())),
    )  # fmt: skip


DUE = telling(
    0, "RETREAT", "planned", mode="withdraw", latest=DAY + datetime.timedelta(days=30), note=Note(frozenset({"truppe"}))
)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([said(1, "broken", days=32, cues="word")], "broken"),
        ([said(1, "moved", days=20, about="truppe", until=60), said(2, "broken", days=32, about="truppe", cues="soft")], "open"),
        ([said(1, "moved", days=20, about="truppe", until=60), said(2, "broken", days=65, about="truppe", cues="soft")], "broken"),
        ([said(1, "moved", days=20, about="truppe", cues="longer=14"), said(2, "broken", days=40, about="truppe", cues="soft")],
         "open"),
        ([said(1, "broken", days=32, cues="word"), said(2, "moved", days=33, cues="word longer=14")], "open"),
        ([said(1, "moved", days=20, about="impfstoff", until=60), said(2, "broken", days=32, about="truppe", cues="soft")],
         "broken"),
    ],
)  # fmt: skip
def test_a_day_that_is_put_off_is_no_breach_until_the_new_one(reports, expected):
    assert final(DUE, *reports) == expected


def test_a_refusal_beside_the_demand_breaks_it():
    note = Note(frozenset({"neuwahl"}))
    demand = telling(0, "CONCEDE", "demanded", note=note)
    refusal = telling(0, "REJECT", "actual", note=note)
    after = Telling(
        **{
            f: getattr(refusal, f)
            for f in ("article", "type", "mode", "status", "actors", "recipients", "published", "note")
        },
        key="a0#1",
    )
    assert final(demand, after) == "broken"
    assert final(demand, refusal) == "open"


@pytest.mark.parametrize("cues", ["breach", "breach said"])
def test_the_breach_of_a_truce_never_keeps_it(cues):
    note = Note(frozenset({"waffenruhe", "bruch"}), frozenset(cues.split()))
    words = {"words": frozenset({"waffenruhe"}), "nouns": frozenset({"waffenruhe"})}
    named = telling(1, "RETREAT", "actual", mode="ceasefire", days=5, note=note, **words)
    assert final(TRUCE, named) == "broken"
    denied = Note(note.about, note.cues | {"negated"})
    assert final(TRUCE, telling(1, "RETREAT", "actual", mode="ceasefire", days=5, note=denied, **words)) == "open"


def test_a_refusal_of_another_matter_does_not_spare_what_was_threatened():
    unless = ("REJECT", frozenset({"GRC:GOV"}))
    threat = telling(0, "SANCTION", "conditional", unless=unless, note=Note(frozenset({"zoll"})))
    refusal = {"actors": "GRC:GOV", "days": 5}
    assert final(threat, telling(1, "REJECT", "actual", note=Note(frozenset({"haft"})), **refusal)) == "open"
    assert final(threat, telling(1, "REJECT", "actual", note=Note(frozenset({"zoll"})), **refusal)) == "overtaken"
