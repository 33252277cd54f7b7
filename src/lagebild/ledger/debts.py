"""What reports are held against: a commitment, what its telling says is to be done, and what a report of it has to tell of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol, TypeVar

from lagebild.ledger.happenings import Telling
from lagebild.ledger.sentences import BARE, DO

BROKEN_BY = {  # a report of the second type, by who owed the first, says that it was not kept
    "RETREAT": {"ASSAULT", "MOBILIZE"},
    "CONSULT": {"REJECT", "SANCTION"},
    "AGREE": {"REJECT", "ASSAULT"},
    "CONCEDE": {"SANCTION", "COERCE"},
    "AID": {"REJECT", "SANCTION"},
    "COOPERATE": {"REJECT", "SANCTION"},
}
KIN = {  # one deed is told as the one or the other
    "AID": {"COOPERATE", "MOBILIZE", "CONCEDE"},
    "COOPERATE": {"AID", "AGREE"},
    "MOBILIZE": {"AID"},
    "CONCEDE": {"RETREAT", "AID", "AGREE"},
    "RETREAT": {"CONCEDE"},
    "SANCTION": {"COERCE", "REJECT"},
    "COERCE": {"SANCTION"},
}
CEASEFIRE = "ceasefire"
LET_IN = {"access", "release"}  # "ließ die Inspekteure in den Reaktor"
DISCONTINUE = "discontinue"
RESIGN = "resign"
ENDED, FELL = "agreement ended", "government fell"
SPARED = "done before it was carried out"
VOID = "a word that holds no more"
TURNS = {DISCONTINUE: ENDED, RESIGN: FELL}
DEEDS = {"AID", "COOPERATE", "CONCEDE", "RETREAT", "MOBILIZE", "SANCTION", "COERCE"}  # what may be promised
NO_REPORT = {
    "ACCUSE",
    "REQUEST",
    "THREATEN",
    "REJECT",
}  # what is blamed, asked for, threatened or refused is not reported
NO_DEED = {*NO_REPORT, "AGREE", "SUPPORT", "CONSULT"}  # words, whatever act they speak of
MANY_OBJECTS = {"AID", "CONCEDE", "SANCTION", "COOPERATE", "MOBILIZE", "COERCE", "AGREE"}
"""Types that say little without their object: what is delivered, allowed, sent."""
PUNISHES = {"SANCTION", "COERCE"}  # whose modes are many words for one deed: accounts are frozen, blocked, seized
TOWARDS = {"AID", "SANCTION", "COERCE", "ASSAULT", "THREATEN", "COOPERATE", "CONSULT", "AGREE", "CONCEDE"}
"""Types where another recipient makes another deed; whom a withdrawal or a release is good for is told in many ways."""
YIELDS = {"CONCEDE", "RETREAT", "AID", "COOPERATE"}
HEARD = "heard"  # state of a report that was weighed and does not say what became of the commitment
OUTCOME = "OUTCOME"  # type of a telling that is a sentence: it says by its words what became of something
SOON = 120  # days; later reports need more in common with the commitment than who and what kind of deed
HORIZON = 400  # days after which a report is no longer read as the outcome of a commitment
EARLY = 2  # days by which a last day worked out from a length of time may be too late
NEXT = 3  # events of one article within which "lehnte das ab" speaks of a demand
LATE = 21  # days after the last day within which a report of a missed deadline is of this one


@dataclass(frozen=True, slots=True)
class State:
    """What one telling says of a commitment. ``claim``: somebody says so, not the writer; ``strength``: how surely it is this one."""

    key: str
    article: str
    state: str
    claim: bool = False
    strength: int = 1


class Debt(Protocol):
    """A commitment as reports are held against it."""

    @property
    def telling(self) -> Telling:
        """The first telling of it."""

    @property
    def about(self) -> frozenset[str]:
        """The nouns of all sentences that tell of it."""

    @property
    def due(self) -> datetime.date | None:
        """The last day it is to be done on."""


class Standing(Protocol):
    """A commitment as it stands in an index."""

    @property
    def made(self) -> Debt:
        """What it commits to."""


Found = TypeVar("Found", bound=Standing)


def stands_for(owed: Debt) -> dict[str, str | None]:
    """Return what a report has to tell of (see ``told_as``) to be about a commitment, beside what shares its words or nouns.

    With each comes the one outcome that such a report can have, None where it may have several.
    """
    told = owed.telling
    kinds: dict[str, str | None] = {told.type: "kept", FELL: None}
    if told.type != "RETREAT" or told.mode == CEASEFIRE:
        kinds |= dict.fromkeys(BROKEN_BY.get(told.type, ()), "broken")
    kinds |= {"REJECT": "broken"} if told.status == "demanded" else {}
    kinds |= {"says late": None} if owed.due else {}
    kinds |= {VOID: None}
    kinds |= {"AGREE": "kept"} if told.type == "CONSULT" else {}
    kinds |= {ENDED: None, "says ended": None} if told.pact else {}
    return kinds | ({told.unless[0]: None, SPARED: None} if told.unless else {})


def told_as(report: Telling) -> set[str]:
    """Return what a report tells of: its type, or what its sentence says of no matter in particular."""
    if report.type != OUTCOME:
        return {report.type, *([TURNS[report.mode]] if report.mode in TURNS else ())}
    spared = (
        {SPARED} if report.mode == "kept" else {VOID} if report.mode == "overtaken" and "word" in report.note else set()
    )
    return spared | ({"says late"} if vague(report) else set()) | ({"says ended"} if "pact" in report.note else set())


def loose(told: Telling) -> bool:
    """Whether something is promised and the event does not say what; dated ahead, it is the day it is promised for."""
    return (
        told.type == "AGREE"
        and told.status in ("actual", "planned")
        and ("promise" in told.note or "offer" in told.note)
        and not told.named_only
    )


def acts_of(told: Telling) -> frozenset[str]:
    """Return the verbs of what is to be done: of a promise those that say what is promised."""
    if not loose(told) or "act" in told.note:
        return told.words
    return frozenset(cue.removeprefix(DO) for cue in told.note.cues if cue.startswith(DO))


def vague(sentence: Telling) -> bool:
    """Whether a sentence does not name what it is about ("die Frist verstrich")."""
    return not sentence.note.about or BARE in sentence.note


def of_pact(told: Telling, parties: frozenset[str]) -> bool:
    """Whether a report names those who agreed: two of them, or the one country whose sides did."""
    return len(told.pact & parties) >= min(2, len(told.pact)) > 0


def soon(told: Telling, telling: Telling) -> bool:
    """Whether a report came soon after what it is about was told."""
    return bool(told.published and telling.published and (telling.published - told.published).days <= SOON)


def number_of(telling: Telling) -> int:
    """Return where in its article an event stands."""
    number = telling.key.rpartition("#")[2]
    return int(number) if number.isdigit() else -1
