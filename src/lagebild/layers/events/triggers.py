"""Finds the words that tell of an event: the lexicon proposes, the trained vote decides."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.layers.events.match import Match, Matcher
from lagebild.layers.events.view import View

CONTENT = frozenset(("VERB", "AUX", "NOUN", "ADJ"))


@dataclass(slots=True)
class Trigger:
    """One event in the text: its type and mode, its tokens, ``head`` the one whose dependents are its participants."""

    type: str
    mode: str
    tokens: tuple[int, ...]
    head: int
    rule: str
    confidence: float
    matches: list[Match]


def find_triggers(view: View, matcher: Matcher) -> list[Trigger]:
    """Return the events' triggers in text order."""
    found: list[Trigger] = []
    for i, pos in enumerate(view.pos):
        if pos in CONTENT and (matches := matcher.matches(i)):
            row = matches[0].row
            tokens = tuple(sorted(set(matches[0].tokens)))
            found.append(Trigger(row.type, row.mode, tokens, i, row.id, 0.7, matches))
    covered = {(t.type, token) for t in found if len(t.tokens) > 1 for token in t.tokens}
    return [t for t in found if len(t.tokens) > 1 or (t.type, t.head) not in covered]
