"""How many, and what it is about: what the earlier layers found, given to the event it belongs to."""

from __future__ import annotations

from lagebild.layers.events.paths import ancestors, between
from lagebild.layers.events.settings import Setting
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.records import Quantity
from lagebild.rules import events as rows
from lagebild.rules.lexicon import Lexicon

NEAR = 2
"""Steps of the dependency path within which a number belongs to a trigger of its own."""
SHARED = 3
"""Steps within which it still does when it hangs on a verb above."""
SHORTEST = 4


def quantities_of(view: View, setting: Setting, trigger: Trigger) -> tuple[Quantity, ...]:
    """The quantities that hang on the trigger."""
    return tuple(
        quantity
        for head, quantity in setting.quantities.get(view.sent[trigger.head], ())
        if (steps := _steps(view, trigger, head)) is not None and steps <= NEAR
    )


def _steps(view: View, trigger: Trigger, head: int) -> int | None:
    best: int | None = None
    for start in trigger.tokens:
        way = between(view, ancestors(view, start), head)
        if way is None:
            continue
        rise, falling = way
        steps = max(rise + len(falling), 1)
        limit = SHARED if rise else NEAR
        if steps <= limit and (best is None or steps < best):
            best = steps
    return best


class Contexts:
    """Looks up what a sentence is about; a word counts by itself and as the last part of a compound."""

    def __init__(self, lexicon: Lexicon):
        self.words: dict[str, set[str]] = {}
        for row in lexicon.rows(rows.CONTEXT_WORDS, rows.ContextWords):
            for word in row.words:
                self.words.setdefault(word.lower(), set()).add(row.id)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, lemma: str) -> frozenset[str]:
        """The contexts of one word."""
        known = self._known.get(lemma)
        if known is None:
            lower = lemma.lower()
            found = set(self.words.get(lower, ()))
            for cut in range(1, len(lower) - SHORTEST + 1):
                found |= self.words.get(lower[cut:], set())
            known = self._known[lemma] = frozenset(found)
        return known

    def of_sentence(self, view: View, start: int, end: int) -> tuple[str, ...]:
        """The contexts of the words of a sentence, in alphabetical order."""
        found: set[str] = set()
        for i in range(start, end):
            if view.pos[i] in ("NOUN", "PROPN", "ADJ"):
                found |= self.of(view.lemma[i])
        return tuple(sorted(found))
