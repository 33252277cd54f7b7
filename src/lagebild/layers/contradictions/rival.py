"""Two events of one type that cannot both be as told: asserted and denied, or done by different doers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, tokens_of
from lagebild.records import Actor, Contradiction, Event, Evidence, Statement

MATERIAL = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "AID", "RETREAT", "SANCTION", "COOPERATE"))
HAPPENED = frozenset(("actual", "possible"))


def denials(doc: Doc, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield pairs of one type and common participants of which one is told as a fact and the other is denied."""
    statements = {statement.id: statement for statement in earlier.statements}
    denied = [event for event in earlier.events if event.status == "denied" and event.type in MATERIAL]
    for event in denied:
        denier = _denier(event, earlier, statements)
        if not denier:
            continue
        for other in earlier.events:
            if other.status != "actual" or other.type != event.type or not _alike(doc, event, other):
                continue
            if denier & _vouchers(other, statements):
                continue
            evidence = (Evidence("kind", "asserted-and-denied", event.trigger[0]),)
            yield Contradiction("denied", other.id, event.id, event.trigger[0], evidence)
            break


def rival_actors(earlier: Earlier) -> Iterator[Contradiction]:
    """Yield pairs in which two speakers each say the other side did it."""
    statements = {statement.id: statement for statement in earlier.statements}
    told = [
        event
        for event in earlier.events
        if event.type in MATERIAL and event.status in HAPPENED and event.actors and event.statement is not None
    ]
    for a, b in combinations(told, 2):
        if a.type != b.type or a.actors == a.recipients or b.actors == b.recipients:
            continue
        first, second = _countries(a.actors), _countries(b.actors)
        says_a, says_b = _vouchers(a, statements), _vouchers(b, statements)
        if first and second and not first & second and says_a & second and says_b & first:
            evidence = (Evidence("kind", "each-names-the-other", b.trigger[0]),)
            yield Contradiction("rival-actors", a.id, b.id, b.trigger[0], evidence)


def _denier(event: Event, earlier: Earlier, statements: dict[int, Statement]) -> set[str]:
    """Who denies: the speaker, or who rejects where the event is the content of a REJECT."""
    outer = next((other for other in earlier.events if other.id == event.content_of), None)
    if outer is not None and outer.type == "REJECT":
        return _countries(outer.actors) or {"?"}
    return _vouchers(event, statements)


def _vouchers(event: Event, statements: dict[int, Statement]) -> set[str]:
    statement = statements.get(event.statement) if event.statement is not None else None
    return _countries(statement.source) if statement else set()


def _countries(actors: tuple[Actor, ...]) -> set[str]:
    return {actor.code.split(":")[0] for actor in actors if actor.code}


def _alike(doc: Doc, event: Event, other: Event) -> bool:
    """Whether both tell of one act: its doers agree where both are known, and a side or the word itself is the same."""
    doers, others = _countries(event.actors), _countries(other.actors)
    if doers and others and not doers & others:
        return False
    targets, other_targets = _countries(event.recipients), _countries(other.recipients)
    if targets and other_targets and not targets & other_targets:
        return False
    same_word = bool(_words(doc, event) & _words(doc, other))
    return same_word or (bool(doers & others) and (bool(targets & other_targets) or not targets or not other_targets))


def _words(doc: Doc, event: Event) -> set[str]:
    return {doc[i].lemma_ for span in event.trigger for i in tokens_of(doc, span) if doc[i].pos_ in ("NOUN", "VERB")}
