"""Where, when, how many, and what it is about: what the earlier layers found, given to the event it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from lagebild.layers.earlier import Earlier
from lagebild.layers.events.paths import ancestors, between
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.records import Actor, Date, Place, Quantity, Span
from lagebild.rules import events as rows
from lagebild.rules.lexicon import Lexicon

NEAR = 2
"""Steps of the dependency path within which a place or date belongs to a trigger of its own."""
SHARED = 3
"""Steps within which it still does when it hangs on a verb above."""
SHORTEST = 4
Found = TypeVar("Found", Place, Date, Quantity)


@dataclass(slots=True)
class Setting:
    """Places, dates and quantities of one article by sentence, each with its token."""

    places: dict[int, list[tuple[int, Place]]]
    dates: dict[int, list[tuple[int, Date]]]
    quantities: dict[int, list[tuple[int, Quantity]]]


def setting_of(view: View, earlier: Earlier) -> Setting:
    """Sort what the earlier layers found by sentence."""
    return Setting(
        _by_sentence(view, earlier, earlier.places),
        _by_sentence(view, earlier, (d for d in earlier.dates if d.type in ("DATE", "TIME"))),
        _by_sentence(view, earlier, earlier.quantities),
    )


def _by_sentence(view: View, earlier: Earlier, items: Iterable[Found]) -> dict[int, list[tuple[int, Found]]]:
    found: dict[int, list[tuple[int, Found]]] = {}
    for item in items:
        first, last = earlier.index_at(item.span.start), earlier.index_at(max(item.span.start, item.span.end - 1))
        if first is None or last is None:
            continue
        inside = range(first, last + 1)
        head = next((i for i in inside if view.head[i] not in inside or view.head[i] == i), first)
        found.setdefault(view.sent[head], []).append((head, item))
    return found


def place_of(view: View, setting: Setting, trigger: Trigger, actors: tuple[Actor, ...]) -> Place | None:
    """The place nearest to the trigger that is named as a place, not as a participant."""
    spans = [actor.span for actor in actors if actor.span is not None]
    near = [
        (steps, head, place)
        for head, place in setting.places.get(view.sent[trigger.head], ())
        if (steps := _steps(view, trigger, head)) is not None and view.case_of(head) and not _inside(place.span, spans)
    ]
    return min(near, key=lambda item: item[:2])[2] if near else None


def date_of(view: View, setting: Setting, trigger: Trigger) -> Date | None:
    """The date nearest to the trigger."""
    near = [
        (steps, head, date)
        for head, date in setting.dates.get(view.sent[trigger.head], ())
        if (steps := _steps(view, trigger, head)) is not None
    ]
    return min(near, key=lambda item: item[:2])[2] if near else None


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


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in spans)


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
