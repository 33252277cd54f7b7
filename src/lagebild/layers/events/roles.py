"""What the choice of actors and recipients goes by: what speaks for each candidate for an event.

A candidate is a mention of the trigger's sentence, or an actor of the article that the sentence does not name, or
nobody. A mention is seen by its dependency path to the trigger, the voice and the lexicon's frame; every actor by how
often and when it was named, what it did in the events before, whether it speaks here, whether the place is its own.
``ranking.py`` tells how these are spelled and what they weigh.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from lagebild.layers.earlier import Mention
from lagebild.layers.events.cast import Around, Cast, codes_of, sector_of
from lagebild.layers.events.paths import ancestors, shortest
from lagebild.layers.events.ranking import FEATURES, Tables, Value, Words, unknown
from lagebild.layers.events.triggers import Trigger
from lagebild.rules.events import Noun

PLACES = ("vnsubj", "vobj", "vnsubj:pass", "vobl:arg", "vobl:agent")


@dataclass(slots=True)
class Candidate:
    """A mention, an absent actor (``mention`` None), or nobody (both None), with its features in words."""

    code: str | None
    mention: Mention | None
    features: Words


@dataclass(slots=True)
class Scene:
    """One trigger and what all its candidates share."""

    cast: Cast
    trigger: Trigger
    sentence: int
    lemma: str
    pos: str
    passive: str
    frame: str


def scene_of(cast: Cast, trigger: Trigger) -> Scene:
    """Describe the trigger once for all its candidates."""
    view, head = cast.view, trigger.head
    passive = "p" if cast.proposals.matcher.frame(head).passive else ""
    lemma = (view.verb[head] or view.lemma[head]).lower()
    return Scene(cast, trigger, view.sent[head], lemma, view.pos[head][0], passive, _frame(trigger))


def _frame(trigger: Trigger) -> str:
    if trigger.match is None:
        return "?"
    row = trigger.match.row
    return "N" + row.genitive if isinstance(row, Noun) else "V" + ",".join(row.roles)


def candidates(scene: Scene) -> list[Candidate]:
    """All candidates with their features, nobody last; for training."""
    around = scene.cast.around(scene.sentence)
    mentions = [*around.near, *[None] * (len(around.codes) - len(around.near))]
    return [
        Candidate(code, mention, tuple(dict.fromkeys(features)))
        for code, mention, features in zip(around.codes, mentions, scored(scene, FEATURES), strict=True)
    ]


def scored(scene: Scene, tables: Tables[Value]) -> list[Value]:
    """What speaks for each candidate, in the order of ``Around.codes``: mentions, absent actors, nobody."""
    cast, view, trigger = scene.cast, scene.cast.view, scene.trigger
    around, head = cast.around(scene.sentence), trigger.head
    own = tables.event(trigger.type, trigger.mode, scene.passive, scene.pos, scene.frame)
    speaker = cast.speakers.get(head)
    known = _Known(scene, around, tables, codes_of([speaker]) if speaker is not None else set()).of
    found = _of_mentions(scene, around, tables, known, -1 if speaker is None else speaker.head)
    if around.absent:
        absent = own.absent[scene.lemma, around.count]
        found += [absent + known(code) for code in around.absent]
    found.append(own.nobody[scene.lemma, around.count, view.dep[head]])
    return found


def _of_mentions(
    scene: Scene, around: Around, tables: Tables[Value], known: Callable[[str], Value], speaker: int
) -> list[Value]:
    view, trigger, lemma = scene.cast.view, scene.trigger, scene.lemma
    head = trigger.head
    own = tables.event(trigger.type, trigger.mode, scene.passive, scene.pos, scene.frame)
    by_way, by_who, by_where, by_lemma = own.way, own.who, own.where, tables.word(lemma, scene.passive).way
    ways = shortest(view, trigger.tokens, head, around.heads)
    steps = [way.count(" ") for way in ways]
    nearest = sorted([far for far, site in zip(steps, around.sites, strict=True) if not site])
    others = tuple([place for place in PLACES if place in ways])
    governors: list[tuple[str, str]] = []
    found = []
    for at, way, far, code, kind, case, site in zip(
        around.heads, ways, steps, around.codes, around.kinds, around.cases, around.sites, strict=False
    ):
        short, last, tokens = way if far < 3 else "long", way.rpartition(" ")[2], at - head
        nearer = min(bisect_left(nearest, far), 3) if far else 0
        value = by_way[way, case] + by_lemma[short, case] + by_who[last, *kind]
        value += by_where[nearer, min(far, 5), tokens < 0, min(abs(tokens) // 4, 4)]
        if others:
            beside = tuple([place for place in others if place != way]) if way in others else others
            if beside:
                value += own.others[beside, short]
        if site:
            value += own.site[short, case, lemma]
        if "^" in way:
            governors = governors or _governors(scene)
            above = governors[min(way.count("^"), len(governors) - 1)]
            value += own.governed[short, case, *above]
        if at == speaker:
            value += own.speaks[last,]
        found.append(value + (known(code) if code else tables.table(unknown)[()]))
    return found


def _governors(scene: Scene) -> list[tuple[str, str]]:
    """The lemma and the type proposed of the trigger's head and of each word it hangs on, nearest first."""
    view, first = scene.cast.view, scene.cast.proposals.first
    return [((view.verb[i] or view.lemma[i]).lower(), first[i]) for i in ancestors(view, scene.trigger.head)]


class _Known(Generic[Value]):
    """What speaks for an actor of the article, whether the sentence names it or not; worked out once per scene and code."""

    def __init__(self, scene: Scene, around: Around, tables: Tables[Value], speaks: set[str]):
        trigger = scene.trigger
        own = tables.event(trigger.type, trigger.mode, scene.passive, scene.pos, scene.frame)
        self.profiles, self.speaks = around.profiles, speaks
        self.by_profile, self.by_sector, self.by_before = own.known, own.sector, own.before
        self.by_lemma = tables.word(scene.lemma, scene.passive).sector
        self.speaking = {code[:3] for code in speaks}
        parts = scene.cast.parts
        self.last = parts[-1].countries if parts else None
        self.before = _before(scene)
        self.kept: dict[str, Value] = {}

    def of(self, code: str) -> Value:
        """Return what speaks for one code."""
        kept = self.kept.get(code)
        if kept is not None:
            return kept
        profile, sector, here = self.profiles[code]
        speaks = "" if not self.speaks else "S" if code in self.speaks else "Sc" if code[:3] in self.speaking else ""
        role = None if self.last is None else self.last.get(code[:3], "")
        value = self.by_profile[profile, speaks, role] + self.by_sector[sector, here] + self.by_lemma[sector,]
        if code in self.before:
            value += self.by_before[here, self.before[code]]
        self.kept[code] = value
        return value


def _before(scene: Scene) -> dict[str, tuple[tuple[int, str, str, bool], ...]]:
    """What each code did in the last three events: how long ago, its role, the type, whether the word was the same."""
    found: dict[str, tuple[tuple[int, str, str, bool], ...]] = {}
    for age, part in enumerate(scene.cast.parts[:-4:-1]):
        same = part.lemma == scene.lemma
        for code, role in part.roles.items():
            did = ((age, role, part.type, same),)
            found[code] = found[code] + did if code in found else did
    return found


def against(scene: Scene, actors: set[str], tables: Tables[Value]) -> list[Value]:
    """What speaks for each candidate as a recipient in view of the actors chosen, in the order of ``Around.codes``."""
    trigger, around = scene.trigger, scene.cast.around(scene.sentence)
    table = tables.event(trigger.type, trigger.mode, scene.passive, scene.pos, scene.frame).against
    size = min(len(actors), 2)
    nobody = table["nobody", None, size, False]
    if not actors:
        none = table["none", None, 0, False]
        return [nobody if code is None else none for code in around.codes]
    same, back = set[str](), set[str]()
    for part in scene.cast.parts[-6:]:
        if not actors.isdisjoint(part.actors):
            same |= part.recipients
        if not actors.isdisjoint(part.recipients):
            back |= part.actors
    countries, plain = {actor[:3] for actor in actors}, table["another", None, False, False]
    found = []
    for code, country in zip(around.codes, around.countries, strict=True):
        if code is None:
            found.append(nobody)
        elif code in actors:
            found.append(table["itself", None, size, False])
        elif country in countries or code in same or code in back:
            sector = sector_of(code) if country in countries else None
            found.append(table["another", sector, code in same, code in back])
        else:
            found.append(plain)
    return found
