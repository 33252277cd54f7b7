"""Who somebody told of by name is: a name told before, an office-holder on the day, the one whose title says it."""

from __future__ import annotations

from dataclasses import replace

from lagebild.layers.actors.reading import LocalMention, split_code
from lagebild.resolve.actors.bare import owned, ranked
from lagebild.resolve.actors.belonging import lent, taken_over
from lagebild.resolve.actors.holders import held_by, holder_of
from lagebild.resolve.actors.names import traditions
from lagebild.resolve.actors.scene import OPEN, Found, Scene, sector_of

GUESSED = frozenset({"name", "open", "state"})
"""Steps that say whose somebody is by sound and likelihood alone."""
MEMBER = "PTY"
"""The sector of who was told of as of a party, until a title says more."""
MIN_SOUND = 0.1
CLEAR_SOUND = 0.6


def person(scene: Scene, mention: LocalMention) -> Found:
    """Resolve a person told of by name, with or without a title; who is nothing else is of the party in brackets after the name."""
    found = _called(scene, mention)
    if not any(sector for _, sector in found.pairs) and (shared := scene.shared_title(mention)):
        own = found.pairs[0][0]
        found = replace(found, pairs=tuple((own or state, sector) for state, sector in shared.pairs[:1]))
    party = scene.by_head.get(mention.party) if mention.party is not None else None
    of = scene.resolve(party) if party is not None else None
    if of is None or any(sector not in ("", "CVL") for _, sector in found.pairs):
        return found
    state, sector = of.pairs[0]
    known = found.pairs[0][0] if found.step not in GUESSED else None
    return replace(found, pairs=((known or state or found.pairs[0][0], sector),))


def _called(scene: Scene, mention: LocalMention) -> Found:
    """Resolve a person told of by name by all but the party in brackets after it."""
    name = mention.person
    known = scene.person(name)
    sector = sector_of(mention)
    entity = known.entity if known else None
    if known and known.name:
        name = known.name
    if mention.states and (sector or known is None):
        own = Found(tuple((s, sector) for s in mention.states), "own", name, entity)
        return own if known else _identified(scene, own, mention.person)
    if known and known.pairs[0][0]:
        said = _said(mention)
        pairs = tuple((state, said if said and held == MEMBER else held or said) for state, held in known.pairs)
        return Found(pairs, "same-name", name, entity, known.gender)
    holder = holder_of(mention.person, scene.day, scene.lexicon)
    if holder:
        state, held = held_by(holder, scene.day)
        step = f"officeholders.tsv:{holder.id}"
        return Found(((state, _office(mention, held)),), step, holder.name, holder.wikidata or None, holder.gender)
    if mention.owner is not None and (found := owned(scene, mention, mention.owner)):
        return Found(found.pairs, found.step, name, entity)
    if mention.of is not None and (found := taken_over(scene, mention)):
        return Found(found.pairs, found.step, name, entity)
    if sector or mention.reading.policy == "bloc":
        return Found(ranked(scene, mention, sector), "state", name, entity)
    return _by_sound(scene, mention, name, entity)


def led_by(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "die Assad-Regierung", "Maduro-Anhänger" by who is meant: told of before, or in the table of holders."""
    known = scene.person(mention.named_for)
    pairs = known.pairs if known else ()
    if not pairs and (holder := holder_of(mention.named_for, scene.day, scene.lexicon)):
        pairs = (split_code(holder.code),)
    if not pairs or not pairs[0][0]:
        return None
    sector, inherits = sector_of(mention), mention.reading.inherit
    return Found(tuple(lent(p, sector, mention.reading) if inherits else (p[0], sector) for p in pairs), "led-by")


def _office(mention: LocalMention, held: str) -> str:
    """Return the sector of an office-holder: what the title says before the table ("Altkanzler", "Oppositionsführer").

    A title that only says minister or speaker does not narrow what the table tells of one in office.
    """
    said = _said(mention)
    return said if not held or (said not in ("", "GOV") and not mention.reading.inherit) else held


def _said(mention: LocalMention) -> str:
    """Return the sector a title gives; who is only called a son or a woman may be anything."""
    said = sector_of(mention)
    return "" if said == "CVL" else said


def named(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve a name the tables do not know: a surname told before, or one of an office-holder."""
    name = mention.reading.name or ""
    known = scene.person(name)
    if known:
        return Found(known.pairs, "same-name", known.name, known.entity, known.gender)
    if mention.loose:
        holder = holder_of(name, scene.day, scene.lexicon)
        if holder is None:
            return None
        pair = held_by(holder, scene.day)
        return Found((pair,), f"officeholders.tsv:{holder.id}", holder.name, holder.wikidata or None)
    if mention.states:
        return Found(tuple((state, "") for state in dict.fromkeys(mention.states)), "own", name)
    if scene.sheet.entity[mention.head] == "ORG" and scene.states.about:
        return Found(((scene.states.about, ""),), "about", name)
    return Found(OPEN, "open", name)


def _identified(scene: Scene, found: Found, name: str) -> Found:
    """Give a person whose state the words tell the full name and the item of the office-holder it fits."""
    holder = holder_of(name, scene.day, scene.lexicon)
    if holder and split_code(holder.code)[0] == found.pairs[0][0]:
        return Found(found.pairs, found.step, holder.name, holder.wikidata or None, holder.gender)
    return found


def _by_sound(scene: Scene, mention: LocalMention, name: str, entity: str | None) -> Found:
    """Give a person told of by name alone a state; never a sector.

    The likeliest one if the name sounds like it, else the one it clearly sounds like, else the one the article is about.
    """
    pairs = ranked(scene, mention, "")
    chances = traditions(mention.person)
    if chances.get(scene.tradition_of.get(pairs[0][0] or "", ""), 0.0) > MIN_SOUND:
        return Found(pairs, "name", name, entity)
    told = (*scene.states.total, scene.states.home)
    clear = [state for state in told if chances.get(scene.tradition_of.get(state, ""), 0.0) > CLEAR_SOUND]
    if state := clear[0] if clear else scene.states.about:
        return Found(((state, ""),), "name", name, entity)
    return Found(OPEN, "open", name, entity)
