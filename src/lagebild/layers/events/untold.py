"""Who stands on a side of an event where no word of its sentence says so, beside what the ranker makes of it.

A noun with "der" or "dieser" takes up the sides of what was told before, and so does a fight of which nobody is named; it is
between the two who do something together after it. Who
laid a bomb is not the police, the court or the firm the article is about: where nobody is named for it, it is whoever the article
calls rebels or gunmen, has arrested or accused, else somebody unknown of that country.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lagebild.layers.events.cast import Cast, Part, implied, sector_of
from lagebild.layers.events.clauses import STRUCK
from lagebild.layers.events.roles import Scene
from lagebild.records import Actor
from lagebild.rules.actors import BLOCS
from lagebild.rules.events import Noun

AGAIN, UNKNOWN = "events.untold:taken-up", "events.untold:unknown"
PARTED = "events.untold:parted"
SIDES = frozenset(("", "zwischen", "mit", "gegen", "von"))
"""Prepositions, the genitive's none among them, of who fights, behind the noun of a fight."""
TAKEN_UP = 4
"""Sentences within which a noun takes up an event of its type; chosen on ``corpus/dev``."""
TWO = 2
NEXT = 2
"""Sentences within which a fight takes up who strikes whom."""
TERROR = "terror_deed"
"""The class of deeds that no government admits to."""
BOMBS = frozenset(("explosives", "suicide-attack"))
ARMED = frozenset(("REB", "UAF", "PRM", "CRM", "UNK"))
"""Sectors of those who may have done it though nobody says so."""
SUSPECTED = frozenset(("ACCUSE", "COERCE"))
"""Types whose recipients may have."""
NOBODY = "UNK"
STATE = 3
"""Letters of a country's code."""
HIDDEN = frozenset(("IMG", "ISM"))
"""Blocs of those who may have done it."""


class Side(NamedTuple):
    """Who stands on one side of an event, by which rule or vote, and the share of the ranker's probability that their country has."""

    actors: tuple[Actor, ...]
    rule: str
    share: float


def named(actors: tuple[Actor, ...]) -> bool:
    """Whether the sentence names one of them."""
    return any(actor.span is not None for actor in actors)


def taken_up(scene: Scene, does_it: Side) -> tuple[Side, Side] | None:
    """Return the sides of the last event of this type told shortly before of which it is known who did it; None where one is named here."""
    told = next((part for part in _before(scene) if part.sides[0]), None)
    return None if named(does_it.actors) or told is None else (_again(told.sides[0]), _again(told.sides[1]))


def fought(scene: Scene, does_it: Side, done_to: Side) -> Side | None:
    """Return both sides of a fight of which nobody is named here: those named for what was told before."""
    if named(does_it.actors) or named(done_to.actors) or not _is_fight(scene):
        return None
    for part in _before(scene, NEXT):
        if all(map(named, part.sides)):
            both = tuple(dict.fromkeys((*part.sides[0], *part.sides[1])))
            if len({actor.code for actor in both}) > 1:
                return _again(both)
    return None


def parted(scene: Scene, does_it: Side) -> Side | None:
    """Return both sides of a fight told beside what just those two do next ("nach Wochen des Krieges schlossen A und B Frieden")."""
    view, noun = scene.cast.view, scene.trigger.head
    above = (
        view.head[noun] if view.dep[noun] == "nmod" and not view.case_of(noun) else noun
    )  # "nach Wochen des Krieges"
    if named(does_it.actors) or not view.dep[above].startswith("obl") or not _is_fight(scene):
        return None
    if any(view.dep[child] == "nmod" and view.case_of(child) in SIDES for child in view.children[noun]):
        return None
    subjects = [child for child in view.children[view.head[above]] if view.dep[child] == "nsubj"]
    heads = view.conjuncts(subjects[0]) if len(subjects) == 1 else []
    around = scene.cast.around(scene.sentence)
    found = [near for near, head in zip(around.near, around.heads, strict=True) if head in heads]
    actors = tuple(actor for near in found for actor in near.actors)
    states = {actor.code[:STATE] for actor in actors if actor.code}
    return Side(actors, PARTED, 1.0) if len(heads) == len(found) == len(states) == TWO else None


def _before(scene: Scene, most: int = TAKEN_UP) -> Iterator[Part]:
    """Yield what was told of this type shortly before, the last first."""
    for part in reversed(scene.cast.parts):
        if scene.sentence - part.sentence > most:
            return
        if part.type == scene.trigger.type:
            yield part


def _is_fight(scene: Scene) -> bool:
    """Whether it is a deed that both sides do ("Gefecht", "Schusswechsel")."""
    trigger, matches = scene.trigger, scene.cast.proposals.matches
    rows = (match.row for token in trigger.tokens for match in matches[token])
    return any(isinstance(row, Noun) and row.type == STRUCK == trigger.type and row.genitive == "b" for row in rows)


def _again(actors: tuple[Actor, ...]) -> Side:
    return Side(tuple(map(implied, actors)), AGAIN, 1.0)


def unclaimed(scene: Scene, does_it: Side) -> Side:
    """Return who did a deed of terror, or hurt people in it, where nobody is named for it and the ranker means one who would not."""
    cast = scene.cast
    if scene.trigger.type != STRUCK or named(does_it.actors):
        return does_it
    if all(_may_have(cast, actor.code) for actor in does_it.actors):
        return does_it
    country = (does_it.actors[0].code or "")[:STATE]
    if _is_terror(scene):
        return Side(tuple(_armed(scene, country)), UNKNOWN, does_it.share)
    told = next(_before(scene), None)
    if told is None or not any(cast.proposals.matcher.harms(token) for token in scene.trigger.tokens):
        return does_it
    armed = tuple(
        one for one in told.sides[0] if one.code and one.code[:STATE] == country and sector_of(one.code) in ARMED
    )
    return Side(tuple(map(implied, armed)), AGAIN, does_it.share) if armed else does_it


def _is_terror(scene: Scene) -> bool:
    trigger, view, classes_of = scene.trigger, scene.cast.view, scene.cast.proposals.matcher.index.classes_of
    words = (*trigger.tokens, *view.children[trigger.head])
    return trigger.mode in BOMBS or any(TERROR in classes_of(view.lemma[token]) for token in words)


def _may_have(cast: Cast, code: str | None) -> bool:
    """Whether one may have done it: an armed group, or whom the article accused or arrested."""
    if code is None or sector_of(code) in ARMED:
        return True
    return any(part.type in SUSPECTED and code in part.recipients for part in cast.parts)


def _armed(scene: Scene, country: str) -> Iterator[Actor]:
    """Yield the armed group of a country that the article names nearest, else somebody unknown of it."""
    if not country or country in BLOCS - HIDDEN:
        return
    cast = scene.cast
    there = [code for code in cast.sentences if code[:STATE] == country and sector_of(code) in ARMED]
    if there:
        code = min(there, key=lambda code: min(abs(scene.sentence - told) for told in cast.sentences[code]))
        yield cast.meant(code, scene.sentence)
    else:
        yield Actor(None, None, f"{country}:{NOBODY}", "implied")
