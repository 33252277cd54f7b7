"""Whom "sie", "der", "wir", "beide" take up."""

from __future__ import annotations

from lagebild.layers.actors.reading import LocalMention
from lagebild.resolve.actors.antecedents import REACH, Known
from lagebild.resolve.actors.belonging import antecedent, lent, many_own, place_of_relative, relative
from lagebild.resolve.actors.clauses import third_parties
from lagebild.resolve.actors.pairs import two_sides
from lagebild.resolve.actors.scene import OPEN, Found, Scene, sector_of

COUNTRY = frozenset({"land", "staat"})
CLAUSES_UP = 6
"""Steps of the tree within which a clause counts as above another."""


def pronoun(scene: Scene, mention: LocalMention) -> Found:
    """Resolve a pronoun by its kind."""
    kind, gender = mention.reading.role, mention.reading.gender
    if kind in ("pair", "reciprocal"):
        if scene.two[0] == mention.sentence:
            return Found(scene.two[1], "pair")
        third = third_parties(scene.sheet, mention) if kind == "pair" else frozenset[int]()
        return Found(two_sides(mention, scene.known, scene.states, third, opposed=scene.opposed.pairs) or OPEN, "pair")
    if kind == "relative":
        if there := place_of_relative(scene, mention):
            return there
        known = relative(scene, mention)
    elif kind == "speaker":
        return _each_other(scene, mention) or _speaker(scene, mention)
    elif kind == "indefinite":
        return Found(OPEN, "open")
    elif kind in ("former", "latter"):
        known = _of_two(mention, scene.known)
    else:
        plural = mention.plural if kind in ("personal", "demonstrative", "count") else None
        known = _same_word(scene, mention) if kind == "personal" else None
        known = known or antecedent(scene, mention, gender="" if mention.plural else gender, plural=plural)
    if known is None:
        return Found(OPEN, "open")
    if kind == "free" and not known.plural:  # "wer" are people there, not who warns them
        return Found(tuple((state, "CVL") for state, _ in known.pairs), "antecedent")
    many = kind == "owner" and many_own(scene, mention, known, scene.sheet.lower[mention.head])
    if many or (mention.plural and kind != "relative" and not known.plural):
        joined = scene.joined(known)
        return Found(tuple(joined), "antecedent", names=tuple(joined.values()))
    return Found(known.pairs, "antecedent", known.name, known.entity)


def _of_two(mention: LocalMention, known: list[Known]) -> Known | None:
    """Return the first or the last actor of the latest sentence that tells of two ("Ersterer", "Letzterer")."""
    for sentence in range(mention.sentence, mention.sentence - REACH - 1, -1):
        told = [
            item for item in known if item.sentence == sentence and item.token < mention.head and item.kind != "pro"
        ]
        if len({item.entity or item.pairs for item in told}) > 1:
            return told[0] if mention.reading.role == "former" else told[-1]
    return None


def _same_word(scene: Scene, mention: LocalMention) -> Known | None:
    """Return whom the same pronoun takes up that is subject of a clause above ("bevor sie aufheben, was sie verhängten")."""
    sheet, verb = scene.sheet, scene.sheet.head[mention.head]
    if not mention.subject:
        return None
    above = sheet.columns.above(verb, CLAUSES_UP)
    for known in reversed(scene.known):
        if known.sentence < mention.sentence:
            break
        same = known.kind == "pro" and known.subject and sheet.lower[known.token] == sheet.lower[mention.head]
        if same and sheet.head[known.token] in above:
            return known
    return None


def _speaker(scene: Scene, mention: LocalMention) -> Found:
    """Resolve "wir", "ich", "man" to who speaks: the speaker of this sentence, before or after, else the last one."""
    if (there := _there(scene, mention)) is not None:
        return there
    for other in _speakers(scene, mention):
        found = scene.resolve(other)
        if found and found.pairs[0][0]:
            return Found(found.pairs, "speaker", found.name, found.entity)
    for known in reversed(scene.known):
        if mention.sentence - known.sentence > 2:
            break
        if known.speaker and known.pairs[0][0]:
            return Found(known.pairs, "speaker", known.name, known.entity)
    last = antecedent(scene, mention, gender="", plural=None)
    return Found(last.pairs, "antecedent", last.name, last.entity) if last else Found(OPEN, "open")


def _speakers(scene: Scene, mention: LocalMention) -> list[LocalMention]:
    """Return who speaks in the sentence: whose clause holds the pronoun first, then the last before it, then those after."""
    sheet, head = scene.sheet, mention.head
    above = sheet.columns.above(sheet.head[head], CLAUSES_UP)
    found = [
        other
        for other in scene.by_sentence.get(mention.sentence, ())
        if other.speaker and other.reading.kind != "place" and other.reading.role != "speaker"
    ]
    return sorted(found, key=lambda o: (sheet.head[o.head] not in above, o.head > head, abs(o.head - head)))


def _each_other(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "man" by those joined or paired last where it takes two: "Zudem einigte man sich"."""
    sheet, verb = scene.sheet, scene.sheet.head[mention.head]
    if not mention.subject or sheet.lower[mention.head] not in scene.anybody or sheet.lemma[verb] not in scene.mutual:
        return None
    for chain in reversed(scene.chains(mention.sentence - 1).values()):
        sides = tuple(dict.fromkeys(pair for known in chain for pair in known.pairs))
        if len(sides) == 2 and None not in (sides[0][0], sides[1][0]):
            return Found(sides, "pair")
    return None


def _there(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "man" by the place of its clause: "In Tiflis hofft man"."""
    sheet = scene.sheet
    if not mention.subject or mention.plural or sheet.lower[mention.head] not in scene.anybody:
        return None
    for token, state, use in scene.states.cues.get(mention.sentence, ()):
        seat = scene.by_head.get(token)
        beside = sheet.head[token] == sheet.head[mention.head] and sheet.dep[token] == "obl"
        if use == "place" and seat is not None and beside and token < mention.head:
            return Found(((state, "GOV"),), "speaker", seat.reading.name)
    return None


def pair(scene: Scene, mention: LocalMention) -> Found:
    """Resolve "beide Seiten", "die Konfliktparteien", "beide Kontrahenten"."""
    if mention.reading.role in scene.contenders and (two := scene.two_rivals(mention)):
        return Found(two, "pair")
    if mention.pair and mention.reading.role in COUNTRY and (joined := scene.two_states(mention)):
        return Found(tuple((state, sector_of(mention)) for state in joined), "pair")
    sides = two_sides(
        mention, scene.known, scene.states, third_parties(scene.sheet, mention), opposed=scene.opposed.pairs
    )
    sector = sector_of(mention)
    if sector and mention.reading.policy != "sides":
        inherits = mention.reading.role in scene.mouths  # "Vertreter beider Parteien"
        own = [lent(pair, sector, mention.reading) if inherits else (pair[0], sector) for pair in sides]
        sides = tuple(dict.fromkeys(own))
    named = tuple((state, sector) for state in mention.states)  # "die Bürgerkriegsparteien im Sudan"
    return Found(sides or named or OPEN, "pair")
