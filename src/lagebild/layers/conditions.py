"""The layer of conditions: which event depends on which ("aufgehoben, wenn die Truppen abziehen").

The same cue holds for both events, in two ways: one in the way its row lists under ``condition``, the other as its
``consequence``. Of several events in one role those nearest to the cue are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, span_of
from lagebild.layers.scope import Scope, Tree, cue_forms, read_verb, tree_of
from lagebild.layers.status.sure import UNREAL
from lagebild.records import Event, Evidence, changed
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import CONDITIONS, TRANSPARENT, ConditionCue, Transparent

SPEECH_ACTS = frozenset(("REQUEST", "AGREE", "THREATEN", "REJECT", "ACCUSE"))
BACK = "before"  # the way of a condition that stands in the text before
OPENERS = frozenset(("sollte", "sollten"))  # a clause may open with them and be a condition
FAR = 4


@dataclass(slots=True)
class _Roles:
    """Events by role at one place of one cue: pairs of distance and index."""

    cue: ConditionCue
    token: int
    conditions: list[tuple[int, int]]
    consequences: list[tuple[int, int]]


class Conditions(Scope[ConditionCue]):
    """The scope engine over the condition cues; ``sure`` are the words that make an event conditional by themselves."""

    def __init__(self, lexicon: Lexicon):
        cues = lexicon.rows(CONDITIONS, ConditionCue)
        super().__init__(cues, lexicon.rows(TRANSPARENT, Transparent), lexicon.derived(cue_forms))
        self.sure = {lemma for cue in cues if cue.sure for lemma in cue.lemmas} | OPENERS


def condition_scope(lexicon: Lexicon) -> Conditions:
    """Build the scope engine, for ``Lexicon.derived``."""
    return Conditions(lexicon)


def find_conditions(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events, those that depend on another one with ``condition`` and, where the words are sure, status."""
    events = list(earlier.events)
    if len(events) > 1:
        scope: Conditions = lexicon.derived(condition_scope)
        tree = tree_of(doc, scope.forms)
        for roles in _roles(tree, scope, _worth_a_look(tree, scope, events)):
            _link(doc, tree, events, roles)
        if any(event.status == "demanded" for event in events):
            _link_back(doc, tree, scope, events)
    yield from events


def _worth_a_look(tree: Tree, scope: Conditions, events: Sequence[Event]) -> list[tuple[int, int]]:
    """Return (event, top token) of the sentences that hold several events, of which one is conditional or may be."""
    sure = scope.sure
    cued = set[int]()
    if not sure.isdisjoint(tree.key) or not sure.isdisjoint(tree.lower):
        cued = {
            tree.start[i] for i, pair in enumerate(zip(tree.key, tree.lower, strict=True)) if not sure.isdisjoint(pair)
        }
    elif all(event.status != "conditional" for event in events):
        return []
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for index, event in enumerate(events):
        tokens = [token for span in event.trigger for token in tree.tokens(span)]
        if tokens:
            top = tree.top(tokens)
            by_sentence.setdefault(tree.start[top], []).append((index, top))
    return [
        pair
        for start, pairs in by_sentence.items()
        if len(pairs) > 1 and (start in cued or any(events[index].status == "conditional" for index, _ in pairs))
        for pair in pairs
    ]


def _roles(tree: Tree, scope: Scope[ConditionCue], events: Sequence[tuple[int, int]]) -> Iterator[_Roles]:
    found: dict[tuple[str, int], _Roles] = {}
    for index, top in events:
        for hit in scope.hits(tree, top, FAR):
            if hit.outside and hit.way not in ("head", "adverbial"):
                continue
            roles = found.setdefault((hit.cue.id, hit.token), _Roles(hit.cue, hit.token, [], []))
            side = roles.conditions if hit.way in hit.cue.condition else roles.consequences
            side.append((hit.distance, index))
    for roles in found.values():
        if roles.conditions and roles.consequences:
            yield roles


def _link(doc: Doc, tree: Tree, events: list[Event], roles: _Roles) -> None:
    """Point every event that is conditional at the nearest one that is the condition."""
    condition = min(roles.conditions)[1]
    within = {index for _, index in roles.conditions}
    for _, index in sorted(roles.consequences):
        event = events[index]
        if index in within or event.condition is not None or not _open(tree, event):
            continue
        if event.status != "conditional" and (not roles.cue.sure or event.type in SPEECH_ACTS):
            continue
        cue = span_of(doc[roles.token])
        unreal = any(why.rule == UNREAL for why in event.evidence)  # it did not happen, and its condition neither
        status = event.status if unreal else "conditional"
        note = f"was {event.status}" if event.status != status else ""
        events[index] = changed(
            event,
            status=status,
            condition=events[condition].id,
            evidence=(*event.evidence, Evidence("condition", roles.cue.id, cue, note)),
        )


def _link_back(doc: Doc, tree: Tree, scope: Scope[ConditionCue], events: list[Event]) -> None:
    """ "Andernfalls ..." depends on what was demanded just before, in this sentence or the last one."""
    last: Event | None = None
    last_start = -1
    for index, event in enumerate(events):
        tokens = tree.tokens(event.trigger[0])
        if not tokens:
            continue
        start = tree.start[tokens[0]]
        if event.status == "conditional" and event.condition is None and last is not None:
            between = {tree.start[i] for i in range(last_start, start + 1)}
            cue = next((hit for hit in scope.hits(tree, tree.top(list(tokens)), 2) if BACK in hit.cue.condition), None)
            if cue is not None and len(between) <= 2:
                why = Evidence("condition", cue.cue.id, span_of(doc[cue.token]))
                events[index] = changed(event, condition=last.id, evidence=(*event.evidence, why))
        elif event.status == "demanded":
            last, last_start = event, start


def _open(tree: Tree, event: Event) -> bool:
    """Whether the event may still depend on something: it is not told as a fact, or only in the present tense."""
    if event.status != "actual":
        return True
    reading = read_verb(tree, tree.top(list(tree.tokens(event.trigger[0]))))
    return reading.tense in ("pres", "fut", "would") or reading.form in ("infinitive", "zu")
