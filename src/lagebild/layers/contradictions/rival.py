"""Two events of one type that cannot both be as told: asserted and denied, or done by different doers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.layers.scope import cue_forms, read_verb, tree_of
from lagebild.layers.status.sure import UNREAL
from lagebild.records import Actor, Contradiction, Event, Evidence, Statement
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CUES, Cue

MATERIAL = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "AID", "RETREAT", "SANCTION", "COOPERATE"))
HAPPENED = frozenset(("actual", "possible"))
AHEAD = frozenset(("wollen", "sollen", "mögen", "dürfen"))
UNDONE = frozenset((UNREAL, "truce-broken", "planned-cancelled", "attempt-failed"))
MORE = ("weiter", "neu", "künftig", "zusätzlich", "nächst", "zweit", "dritt", "ander")
STEM = 4  # letters


def denials(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Contradiction]:
    """Yield pairs that tell of one deed, of which one is told as a fact and the other denied by somebody else."""
    denied = [event for event in earlier.events if event.status == "denied" and event.type in MATERIAL]
    if not denied:
        return
    statements = {statement.id: statement for statement in earlier.statements}
    deeds = _Deeds(doc, lexicon)
    for event in denied:
        denier = _denier(event, earlier, statements)
        if not denier or not deeds.of_a_fact(event):
            continue
        for other in earlier.events:
            if other.status != "actual" or other.type != event.type or not deeds.alike(event, other, denier):
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


def _apart(one: Event, other: Event) -> bool:
    """Whether both are dated and on days that have none in common."""
    if one.date is None or other.date is None:
        return False
    bounds = (one.date.earliest, one.date.latest, other.date.earliest, other.date.latest)
    if None in bounds:
        return False
    first, last, start, end = (str(bound)[:10] for bound in bounds)
    return last < start or end < first


class _Deeds:
    """Whether two events of one type tell of one deed."""

    def __init__(self, doc: Doc, lexicon: Lexicon):
        self.tree = tree_of(doc, lexicon.derived(cue_forms))
        self.categories = {cue.id: cue.category for cue in lexicon.rows(CUES, Cue)}

    def of_a_fact(self, event: Event) -> bool:
        """Whether a denied event is one that somebody says was not; what he refuses or rules out is yet to come."""
        rule = next((why.rule for why in event.evidence if why.field == "status"), "")
        if rule in UNDONE or self.categories.get(rule) in ("refusal", "failure", "attempt"):
            return False
        verb = self._verb(event)
        reading = read_verb(self.tree, verb)
        return not {reading.modal, self.tree.key[verb]} & AHEAD and reading.tense not in ("fut", "would")

    def _verb(self, event: Event) -> int:
        tree, node = self.tree, self.tree.top(list(self.tree.tokens(event.trigger[0])))
        while read_verb(tree, node).finite < 0 and tree.head[node] != node:
            node = tree.head[node]
        return node

    def alike(self, event: Event, other: Event, denier: set[str]) -> bool:
        """Whether time, sides and word agree; by another word only where who is said to have done it denies it."""
        if _apart(event, other) or self._another(event) or self._another(other):
            return False
        doers, others = _countries(event.actors), _countries(other.actors)
        if doers and others and not doers & others:
            return False
        targets, other_targets = _countries(event.recipients), _countries(other.recipients)
        if targets and other_targets and not targets & other_targets:
            return False
        if any(_one_family(one, two) for one in self._words(event) for two in self._words(other)):
            return True
        return event.mode == other.mode and bool(denier & doers & others) and bool(targets & other_targets)

    def _words(self, event: Event) -> set[str]:
        tree = self.tree
        inside = [i for span in event.trigger for i in tree.tokens(span) if tree.pos[i] in ("NOUN", "VERB")]
        return {tree.key[i].lower() for i in inside}

    def _another(self, event: Event) -> bool:
        """Whether it is one more of its kind: "einen weiteren Streik"."""
        tree = self.tree
        inside = [i for span in event.trigger for i in tree.tokens(span)]
        return any(tree.lower[child].startswith(MORE) for i in inside for child in tree.children[i])


def _one_family(one: str, two: str) -> bool:
    """Whether two words are one, a compound of the other ("Luftangriff"), or share their stem ("beschießen", "Beschuss")."""
    short, long = sorted((one, two), key=len)
    if len(short) >= STEM and long.endswith(short):
        return True
    return one[:STEM] == two[:STEM]
