"""Commitments: what somebody owes (announced, agreed, demanded, on condition) and what was reported since."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from lagebild.ledger.debts import (
    CEASEFIRE,
    HORIZON,
    MANY_OBJECTS,
    SOON,
    SPARED,
    State,
    acts_of,
    loose,
    stands_for,
    told_as,
)
from lagebild.ledger.event_reports import same_matter
from lagebild.ledger.evidence import Evidence
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.pledge_words import UNNAMED, Words
from lagebild.ledger.reports import final_state, outcome, states_of
from lagebild.ledger.sentences import DO, LIMIT
from lagebild.ledger.sides import same_side
from lagebild.ledger.verdict import weighed
from lagebild.rules.lexicon import own_lexicon

__all__ = ["HORIZON", "SOON", "SPARED", "State", "outcome", "stands_for", "told_as"]

OWED = {"planned", "demanded", "conditional"}
HELD_OUT = ("THREATEN", "AGREE")  # types of what holds out a deed that stays possible only
AGAIN = 60  # days within which one promise is told again
GOODS = {
    "money",
    "vehicles",
    "weapons",
    "ships",
    "aircraft",
    "food",
    "doses",
    "goods",
}  # who promises so much of these gives
MERGED = "merged"  # state of a stored commitment that another one has come to tell of too
NEAR = 3  # days by which two tellings of one deadline may differ


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who owes what to whom, on what condition, by when; ``states`` in order of publication.

    ``telling`` is the first that says so, ``retold`` are the others; ``about`` are the nouns of their sentences.
    """

    id: str
    telling: Telling
    to_whom: frozenset[str]
    condition: str | None
    due: datetime.date | None
    states: tuple[State, ...] = ()
    about: frozenset[str] = frozenset()
    retold: tuple[Telling, ...] = ()
    unsaid: bool = False  # no event says what is promised: its sentence has to

    @property
    def final(self) -> str:
        """The state all reports together leave."""
        return final_state(self.states, lasts=self.telling.mode == CEASEFIRE)


def commitment(telling: Telling, *, speaker: str | None, condition: str | None) -> Commitment | None:
    """Return the commitment a telling makes, or None where nobody owes anything by it."""
    if not binds(telling):
        return None
    if held_out(telling):
        telling = replace(telling, status="planned")
    if telling.gives and telling.actors:
        telling = _given(telling)
    if telling.asked and not telling.actors & telling.asked:
        telling = replace(telling, actors=telling.asked)  # a demand binds whom it is made to, not who makes it
    if "else" in telling.note and telling.actors <= telling.implied and speaker:
        telling = replace(
            telling, actors=frozenset({speaker})
        )  # "sonst würden die Konten gesperrt": who threatens does it
    unsaid = loose(telling)
    if unsaid and (type_ := _promised_type(telling)) != telling.type:
        telling = replace(telling, type=type_, status="planned", words=acts_of(telling))
    to_whom = telling.recipients or (frozenset({speaker}) if speaker and speaker not in telling.actors else frozenset())
    name = "k" + hashlib.sha256(telling.key.encode()).hexdigest()[:15]
    states = (State(telling.key, telling.article, "open"),)
    due = _due(telling) or telling.due_beside
    return Commitment(name, telling, to_whom, condition, due, states, telling.note.about, unsaid=unsaid)


def _given(telling: Telling) -> Telling:
    """Return what is offered, promised or threatened as done by who says so, towards the others who take part."""
    givers = telling.actors & telling.gives or telling.gives
    return replace(telling, actors=givers, recipients=telling.recipients - givers | (telling.actors - givers))


def _promised_type(telling: Telling) -> str:
    """Return the type of what is promised in words of which no event tells, by its goods or its verb."""
    if any(thing.partition("=")[0] in GOODS for thing in telling.note.about):
        return "AID"
    words: Words = own_lexicon().derived(Words)
    types = {words.type_of(cue.removeprefix(DO)) for cue in telling.note.cues if cue.startswith(DO)} - {UNNAMED}
    return types.pop() if len(types) == 1 else telling.type


def binds(telling: Telling) -> bool:
    """Whether somebody owes something by a telling: it is announced, demanded, or promised ("sagte ... zu")."""
    if not telling.actors | telling.recipients or (telling.tests and telling.status == "conditional"):
        return False
    if loose(telling):
        return not telling.told_fully
    return telling.status in OWED or held_out(telling)


def held_out(telling: Telling) -> bool:
    """Whether it is what somebody threatens or offers to do ("drohte mit Vergeltung", "bot an, den Hafen auszubauen")."""
    return telling.status == "possible" and telling.parent in HELD_OUT


def _due(telling: Telling) -> datetime.date | None:
    """Return the last day it is to be done on; the day of publication is when it was announced."""
    published, latest = telling.published, telling.latest
    if latest and (published is None or latest > published):
        return latest
    limits = [cue.removeprefix(LIMIT) for cue in telling.note.cues if cue.startswith(LIMIT)]
    return datetime.date.fromisoformat(max(limits)) if limits else None


def follow(promise: Commitment, later: Iterable[Telling], heard: Collection[Evidence] = ()) -> Commitment:
    """Return the commitment with what later tellings and sentences report of it."""
    opened = tuple(state for state in promise.states if state.state == "open")
    return replace(promise, states=(*opened, *weighed(promise, states_of(promise, later), heard)))


def again(first: Commitment, other: Commitment) -> bool:
    """Whether two commitments are one: the same side owes the same, told again soon after, with no other day it is due on."""
    a, b = first.telling, other.telling
    if a.type != b.type or (a.status == "demanded") != (b.status == "demanded") or not a.published or not b.published:
        return False
    last = (first.retold[-1] if first.retold else a).published or a.published  # they stand in the order of telling
    if (b.published - last).days > AGAIN or not same_side(a.actors, b.actors):
        return False
    if first.due and other.due and abs((first.due - other.due).days) > NEAR:
        return False
    if a.article == b.article and not (b.named_only or a.named_only or a.words & b.words):
        return False
    strength = same_matter(first, b)
    if strength is None or (a.precise and b.precise and a.place != b.place):
        return False
    meant = a.article == b.article and (a.named_only or b.named_only)
    alike = meant or bool(a.words & b.words) or bool(first.due and first.due == other.due)
    if a.type in MANY_OBJECTS:
        return strength == 2 or (strength == 1 and alike)
    return strength == 2 or a.mode == CEASEFIRE or alike


def joined(first: Commitment, other: Commitment) -> Commitment:
    """Return a commitment with what another telling of it adds."""
    return replace(
        first,
        due=first.due or other.due,
        condition=first.condition or other.condition,
        to_whom=first.to_whom | other.to_whom,
        states=(*first.states, *other.states),
        about=first.about | other.about,
        retold=(*first.retold, other.telling),
    )


def blocks(promise: Commitment) -> set[tuple[str, str]]:
    """Return where another telling of a commitment is looked for: type and country of who owes."""
    return {(promise.telling.type, country) for country in countries(promise.telling.actors)}
