"""Whose somebody is: by a genitive ("Sprecher des Bündnisses", "Gaddafis Luftwaffe") or a possessive ("ihre Truppen")."""

from __future__ import annotations

from collections.abc import Collection

from lagebild.layers.actors.reading import HARD_SECTORS, LocalMention, Reading, lent_sector
from lagebild.resolve.actors.antecedents import OTHERS, Known, Pairs, choose, describe, eligible, own_subjects
from lagebild.resolve.actors.clauses import noun_of_relative
from lagebild.resolve.actors.scene import NAMED_KINDS, Found, Scene, sector_of
from lagebild.rules.actors import BLOCS

SPOKEN_REACH = 2  # sentences from a body to its spokesman
MANY_OWN = ("ihr", "deren")


def taken_over(scene: Scene, mention: LocalMention) -> Found | None:
    """Take over from the actor this one belongs to; None where that one is open or says nothing."""
    inner = scene.by_head.get(mention.of if mention.of is not None else -1)
    if inner is None or inner.reading.kind == "place":
        return None
    found = scene.resolve(inner)
    if found is None or not found.pairs[0][0]:
        return None
    sector = sector_of(mention)
    if mention.reading.inherit or not sector:
        return Found(tuple(dict.fromkeys(lent(pair, sector, mention.reading) for pair in found.pairs)), "of")
    if mention.states:
        return None
    return Found(tuple(dict.fromkeys((state, sector) for state, _ in found.pairs)), "of")


def spoken_for(scene: Scene, mention: LocalMention) -> Found | None:
    """Take over from the body told of last whose spokesman somebody is, wherever he sits ("Die Nato zögert. Ein Sprecher in Brüssel ...").

    A spokesman in the capital of a state that acted since is that state's, and none of another state's body.
    """
    for known in reversed(scene.known):
        if mention.sentence - known.sentence > SPOKEN_REACH:
            break
        state = known.pairs[0][0]
        if not known.subject or known.plural or not state:
            continue
        here = state in mention.states or not mention.states
        if state in BLOCS or (here and known.kind in NAMED_KINDS):
            return Found(tuple(lent(pair, mention.sector, mention.reading) for pair in known.pairs), "of")
        if here and mention.states:
            break
    return None


def lent(pair: tuple[str | None, str], sector: str, reading: Reading) -> tuple[str | None, str]:
    """Return the code that an owner lends to what is his: his own, but a government's soldiers are soldiers, its followers people."""
    if pair[1] == "GOV" and sector in HARD_SECTORS:
        return pair[0], sector
    return pair[0], lent_sector(reading, pair[1])


def owners(scene: Scene, mention: LocalMention, owner: int) -> Pairs:
    """Return whose something is: by "dessen", "deren" at the head of a relative clause what the clause hangs on."""
    lower = scene.sheet.lower
    if lower[owner] in OTHERS and "," in lower[max(owner - 2, 0) : owner]:
        if there := place_of_relative(scene, mention):
            return tuple((state, "") for state, _ in there.pairs)
        known = relative(scene, mention)
        if known is not None:
            return tuple(scene.joined(known)) if lower[owner] == "deren" and known.gender != "f" else known.pairs
    if scene.sheet.lemma[owner] in scene.own:
        return _own(scene, mention)
    known = antecedent(scene, mention, gender="", plural=None)
    if known is None:
        return ()
    return tuple(scene.joined(known)) if many_own(scene, mention, known, lower[owner]) else known.pairs


def _own(scene: Scene, mention: LocalMention) -> Pairs:
    """Return who is the subject of the clause of "die eigenen Bürger", before or after it."""
    found: dict[tuple[str | None, str], None] = {}
    for token in sorted(own_subjects(mention, scene.sheet)):
        subject = scene.by_head.get(token)
        done = scene.resolve(subject) if subject is not None and subject.reading.kind != "place" else None
        if done is not None and done.pairs[0][0]:
            found.update(dict.fromkeys(done.pairs))
    return tuple(found)


def many_own(scene: Scene, mention: LocalMention, known: Known, owner: str) -> bool:
    """Whether "ihre" and "deren" mean all of a coordination ("Indien und Pakistan riefen ihre Botschafter zurück")."""
    if not owner.startswith(MANY_OWN):
        return False
    sheet = scene.sheet
    first = sheet.columns.first_conjunct(known.token)
    return known.gender != "f" or sheet.head[first] == sheet.verb_of(mention.head)


def place_of_relative(scene: Scene, mention: LocalMention) -> Found | None:
    """Return the state of the place that the relative clause of a token hangs on ("nach Chile, das sie aufnahm")."""
    place = scene.by_head.get(noun_of_relative(scene.sheet, mention.head))
    if place is None or place.reading.kind != "place" or not place.states:
        return None
    return Found(tuple((state, "GOV") for state in place.states), "antecedent", place.reading.name)


def relative(scene: Scene, mention: LocalMention) -> Known | None:
    """Return whom the relative clause of a token hangs on, else the last one told of in the sentence."""
    noun = noun_of_relative(scene.sheet, mention.head)
    for known in reversed(scene.known):
        inside = scene.by_head.get(known.token)
        if known.token == noun or (inside and inside.start <= noun < inside.end):
            return known
        if known.sentence < mention.sentence:
            break
    return scene.known[-1] if scene.known and scene.known[-1].sentence == mention.sentence else None


def antecedent(
    scene: Scene, mention: LocalMention, *, gender: str, plural: bool | None, among: Collection[str] = ()
) -> Known | None:
    """Return the likeliest of those told of shortly before, of the kinds ``among`` where they are given."""
    told = [item for item in scene.known if item.kind in among] if among else scene.known
    known, barred = eligible(mention, scene.sheet, told)
    found = describe(mention, scene.sheet, known, plural=plural, gender=gender, barred=barred)
    if scene.trace is not None and found:
        options = [(item.pairs[0][0], f) for item, f in zip(known, found, strict=True)]
        scene.trace.append((mention.head, "actor_antecedent", options))
    return choose(found, known)
