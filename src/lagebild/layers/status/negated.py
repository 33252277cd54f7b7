"""Plain negation: an act whose own verb or object is negated did not happen, whatever the vote says.

Where the negation made the type it denies nothing: "gestattete keine Kundgebungen" tells of a ban, "erkannte den Staat
nicht an" of a refusal (``negated`` among the needs of the row that gave the type).
"""

from __future__ import annotations

from collections.abc import Iterable

from lagebild.layers.scope.negation import NO, negates_word
from lagebild.layers.status.context import Context
from lagebild.records import Event
from lagebild.rules.events import NOUNS, PHRASES, VERBS, Noun, Phrase, Verb
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import STATUS_OF

PLAIN = frozenset(("neg-particle", "neg-determiner", "neg-neither"))
BY_NEGATION = frozenset(("neither",))
"""Pairs of ``status_pairs.tsv`` that are a negation and nothing else."""
DENIED = "plain-negation"
SENSE = "negated-sense"
VOTE = "vote:"
BY_REFUSAL = frozenset(("REJECT", "THREATEN", "COERCE", "ACCUSE", "REQUEST"))
"""Types that a negated verb may tell of without a row that says so ("lässt sie nicht einreisen", "darf es nicht geben")."""
NEGATED = "negated"


def negated_rows(lexicon: Lexicon) -> frozenset[str]:
    """The rows of the event lexicon whose type is that of the negated verb; for ``Lexicon.derived``."""
    rows: Iterable[Verb | Noun | Phrase] = (
        *lexicon.rows(VERBS, Verb),
        *lexicon.rows(NOUNS, Noun),
        *lexicon.rows(PHRASES, Phrase),
    )
    return frozenset(row.id for row in rows if NEGATED in row.needs)


def plainly_negated(context: Context, index: int, label: str, senses: frozenset[str]) -> int:
    """Return the negation that denies an event the vote holds for actual, or -1."""
    event = context.events[index]
    if label != "actual" or of_negated_sense(event, senses):
        return -1
    if event.type in BY_REFUSAL and not _of_row(event):
        return -1
    return _negation(context, index)


def negation_of_sense(context: Context, index: int, label: str, senses: frozenset[str]) -> int:
    """Return the negation that the vote took for a denial though it only made the event's type, or -1."""
    if label != "denied" or not of_negated_sense(context.events[index], senses):
        return -1
    others = (hit for hit in context.hits(index) if STATUS_OF.get(hit.cue.category) == "denied" and not hit.outside)
    if any(hit.cue.id not in PLAIN or hit.distance for hit in others):
        return -1
    return _negation(context, index)


def of_negated_sense(event: Event, senses: frozenset[str]) -> bool:
    """Whether the row that gave the event its type asks for a negation."""
    return any(why.field == "type" and why.rule in senses for why in event.evidence)


def _of_row(event: Event) -> bool:
    return any(why.field == "type" and not why.rule.startswith(VOTE) for why in event.evidence)


def _negation(context: Context, index: int) -> int:
    tree = context.tree
    for token in context.tokens[index]:  # "verhängte keine Sanktionen, sondern Zölle": there were no sanctions
        for child in tree.children[token] if tree.pos[token] == "NOUN" else ():
            if tree.lower[child] in NO and child not in context.tokens[index] and negates_word(tree, child):
                return child
    for hit in context.hits(index):
        if hit.cue.id in PLAIN and hit.distance == 0 and hit.way in ("head", "argument") and not hit.outside:
            return hit.token
    return -1
