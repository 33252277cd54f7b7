"""Whose "die Armee", "Demonstranten", "die Kommission" are: told before, or by the ranking of the states."""

from __future__ import annotations

from lagebild.layers.actors.reading import AGED, HARD_SECTORS, LocalMention
from lagebild.resolve.actors.antecedents import Pairs
from lagebild.resolve.actors.belonging import antecedent, lent, owners
from lagebild.resolve.actors.captives import held
from lagebild.resolve.actors.clauses import placed, ties_of
from lagebild.resolve.actors.pairs import AGAINST
from lagebild.resolve.actors.pronouns import pair
from lagebild.resolve.actors.scene import BACK_REACH, BODIES, Found, Scene, sector_of
from lagebild.resolve.actors.state_words import best_of, spelled
from lagebild.rules.actors import BLOCS

PERSONS = frozenset({"person", "name", "demonym", "pro"})
THERE_REACH = 2
ENVOYS = frozenset({"abroad", "stray"})
OBJECTS = frozenset({"obj", "nsubj:pass", "obl:arg"})
SENT = OBJECTS | {"nmod"}


def bare(scene: Scene, mention: LocalMention) -> Found:
    """Resolve a noun whose own words tell no state."""
    reading, sector = mention.reading, sector_of(mention)
    if reading.policy == "none":
        return Found(((None, sector),), "nobody")
    if reading.policy == "stray" and not mention.definite and mention.owner is None and not _object(scene, mention):
        return Found(((None, sector),), "nobody")
    if mention.owner is not None and (found := owned(scene, mention, mention.owner)):
        return found
    if state := _there(scene, mention):
        return Found(((state, sector),), "there", reading.name)
    if not mention.not_state:
        mention.not_state = _elsewhere(scene, mention)
        if mention.not_state and _no_other(scene, mention):
            return Found(((None, sector),), "nobody")
    if found := held(scene, mention) or _aboard(scene, mention):
        return found
    if reading.policy == "back" and (found := _taken_up(scene, mention)):
        return found
    if mention.plural and reading.kind in ("body", "person") and (found := _many(scene, mention)):
        return found
    if reading.kind == "body" and mention.definite and not mention.plural and (known := scene.body(reading.role)):
        return Found(known.pairs, "same-body", known.name, known.entity)
    if mention.definite and not mention.plural and (reading.kind == "person" or reading.policy == "abroad"):
        known = scene.same_title(mention)
        if known and known.pairs[0][0] != mention.not_state:
            return Found(known.pairs, "same-title", known.name, known.entity)
    return Found(ranked(scene, mention, sector), "state", reading.name)


def _aboard(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve those who sail with a charity: "ein Hilfsschiff mit 16 Aktivisten"; later "die Aktivisten", "die Insassen"."""
    if mention.reading.kind != "person" or mention.sector != "CVL":
        return None
    ship = scene.by_head.get(scene.sheet.head[mention.head])
    charity = ship is not None and ship.reading.kind != "person" and ship.states == ("NGO",)
    if charity and scene.sheet.case_of(mention.head) in ("mit", "auf"):
        scene.aboard = True
        return Found((("NGO", ""),), "aboard")
    sails = scene.aboard and mention.plural and mention.reading.role in scene.sailing
    return Found((("NGO", ""),), "aboard") if sails else None


def _there(scene: Scene, mention: LocalMention) -> str:
    """Return the state named last before "der dortige Bürgermeister", in its sentence or the two before; empty for others."""
    sheet = scene.sheet
    if not any(sheet.lemma[child].lower() in scene.there for child in sheet.children[mention.head]):
        return ""
    for sentence in range(mention.sentence, mention.sentence - THERE_REACH - 1, -1):
        cues = scene.states.cues.get(sentence, ())
        told = [state for token, state, use in cues if token < mention.head and use != "tied"]
        if told and told[-1] not in BLOCS:
            return told[-1]
    return ""


def _no_other(scene: Scene, mention: LocalMention) -> bool:
    """Whether the article names no other state that guests or neighbours could be of; several are no bloc."""
    return scene.states.total.keys() - (BLOCS if mention.plural else ()) <= {mention.not_state}


def _object(scene: Scene, mention: LocalMention) -> bool:
    """Whether something is done to a mention: the diplomats a state sends away are somebody's, those who tell are not."""
    return scene.sheet.dep[mention.head] in OBJECTS


def _sent_away(scene: Scene, mention: LocalMention) -> bool:
    """Whether a state sends somebody away or for: "wies zehn Diplomaten aus", "die Ausweisung von Diplomaten"."""
    sheet, head = scene.sheet, scene.sheet.head[mention.head]
    return sheet.dep[mention.head] in SENT and sheet.lemma[head].lower() in scene.expel


def _elsewhere(scene: Scene, mention: LocalMention) -> str:
    """Return the state that an embassy stands in, that a guest or neighbour visits or borders, that sends envoys away: never its own."""
    if mention.reading.policy == "abroad":
        for token, state, use in scene.states.cues.get(mention.sentence, ()):
            if use == "place" and scene.sheet.head[token] == mention.head:
                return state
    sheet, head = scene.sheet, mention.head
    if mention.reading.policy in ENVOYS and _sent_away(scene, mention):
        clause = _clause(scene, mention)
        return clause.get("subject") or clause.get("place") or ""
    some = not mention.definite and any(sheet.dep[child] == "det" for child in sheet.children[head])
    if mention.reading.role in scene.beside and mention.owner is None and not mention.subject and not some:
        return _clause(scene, mention).get("subject") or ""
    return ""


def _taken_up(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "die Organisation", "die Union", "die Kommission": a body named so, its usual owner, the last told of."""
    reading, default = mention.reading, mention.reading.default
    usual = Found(((default or None, mention.sector),), "usual", reading.name)
    if reading.kind == "body" and mention.definite and not mention.plural and not mention.quality:
        if known := scene.body(reading.role, (default, mention.sector)):
            return Found(known.pairs, "same-body", known.name, known.entity)
        if default and _expected(scene, default):
            return usual
    if reading.role in scene.boards and mention.definite and (board := _board(scene, mention)):
        return board
    if reading.rule == AGED:
        return _one_aged(scene, mention)
    if (not default or default in BLOCS) and not mention.quality and (mention.definite or reading.kind == "person"):
        known = antecedent(scene, mention, gender=reading.gender, plural=mention.plural)
        if known and known.pairs[0][0]:
            return Found(known.pairs, "back", known.name, known.entity)
    camp = mention.quality and mention.sector in AGAINST  # "die radikalislamische Organisation" is no charity
    some = mention.definite or mention.plural or default == "NGO"
    return usual if default in BLOCS and some and not camp else None


def _one_aged(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "der 35-Jährige" by the person told of before: no police, and no court, has an age."""
    if not mention.definite or mention.plural:
        return None
    gender = mention.reading.gender
    person = antecedent(scene, mention, gender=gender, plural=False, among=PERSONS)
    if person is None or person.plural or not person.pairs[0][0]:
        return None
    if person.kind == "pro" and person.pairs[0][1] in HARD_SECTORS:  # "sie" of the police
        return None
    return Found(person.pairs, "back", person.name, person.entity)


def _board(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve "das Gremium" by the council, court or parliament told of last: a state is none."""
    for known in reversed(scene.known):
        if mention.sentence - known.sentence > BACK_REACH:
            break
        state, sector = known.pairs[0]
        if known.kind in BODIES and not known.plural and (state in BLOCS or sector in ("LEG", "JUD")):
            return Found(known.pairs, "back", known.name, known.entity)
    return None


def _expected(scene: Scene, default: str) -> bool:
    """Whether the usual owner of a body is likely: named, or of the desks' own country, or nobody else is named."""
    total = scene.states.total
    return bool(total[default]) or (default not in BLOCS and (default == scene.states.home or not total))


def owned(scene: Scene, mention: LocalMention, owner: int) -> Found | None:
    """Resolve what a possessive says is somebody's ("ihre Truppen"); "sein Land" is no bloc's."""
    reading, pairs = mention.reading, owners(scene, mention, owner)
    if reading.role in scene.beside:  # "sein Verbündeter" is another
        mention.not_state = (pairs[0][0] or "") if pairs else ""
        return None
    country = reading.policy in ("back", "one", "site")
    if not pairs or not pairs[0][0] or (country and pairs[0][0] in BLOCS):
        return None
    inherits = reading.inherit and reading.policy != "one" and reading.role not in scene.kin
    sector = sector_of(mention)
    return Found(tuple(lent(pair, sector, reading) if inherits else (pair[0], sector) for pair in pairs), "owner")


def _many(scene: Scene, mention: LocalMention) -> Found | None:
    """Resolve what is meant of several states: "die drei Länder", "rund fünfzig Länder"."""
    reading = mention.reading
    one = reading.policy == "one"
    if mention.definite:
        if (one or reading.role in scene.partners) and (several := scene.several(mention)):
            return Found(several, "pair", None)
        return pair(scene, mention) if one else None
    if reading.kind == "body" and (one or reading.role in scene.partners):
        return Found(((None, sector_of(mention)),), "nobody")
    return None


def ranked(scene: Scene, mention: LocalMention, sector: str) -> Pairs:
    """Return the likeliest state that the article names, with the sector."""
    sheet, head = scene.sheet, mention.head
    seat = f"{sheet.dep[head]} {sheet.case_of(head)}"
    verb = sheet.lemma[sheet.verb_of(head)]
    ties = ties_of(sheet, head, scene.states.cues.get(mention.sentence, ()))
    found = scene.states.candidates(mention, _clause(scene, mention), seat, verb, ties)
    if scene.trace is not None and found:
        told: list[tuple[str | None, list[str]]] = [
            (state, [name for group in groups for name in spelled(group)]) for state, groups in found.items()
        ]
        scene.trace.append((head, "actor_state", told))
    scene.bare.add(head)
    if mention.reading.policy == "bloc":
        blocs = {state: groups for state, groups in found.items() if state in BLOCS}
        return ((best_of(blocs) or mention.reading.default or None, sector),)
    return ((best_of(found) or None, sector),)


def _clause(scene: Scene, mention: LocalMention) -> dict[str, str | None]:
    """Return the states of the clause's subject and place and of what the mention is joined to, where known."""
    sheet, head, done = scene.sheet, mention.head, scene.done
    clause: dict[str, str | None] = {}
    if sheet.dep[head] == "conj" and sheet.head[head] in done:
        clause["conjunct"] = done[sheet.head[head]].pairs[0][0]
    verb = sheet.verb_of(head)
    for token, state, use in scene.states.cues.get(mention.sentence, ()):
        if token != head and (use == "place" or placed(sheet, token, scene.where)) and sheet.verb_of(token) == verb:
            clause["place"] = state
    for child in sheet.children[verb]:
        if child != head and child in done and not sheet.dep[child].startswith("nsubj"):
            clause["object"] = done[child].pairs[0][0]
        if child < verb and child != head and child in scene.by_head and sheet.dep[child].startswith("nsubj"):
            subject = scene.by_head[child]
            if child in done:
                clause["subject"] = done[child].pairs[0][0]
            elif subject.states:
                clause["subject"] = subject.states[0]
    return clause
