"""Frames of sentences with the words that matter in brackets, for tests of what the layers say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from lagebild.language.load import load
from lagebild.layers.earlier import Earlier
from lagebild.records import Article, Event, Span, Statement


def read(marked: str, *pairs: str) -> tuple[str, list[tuple[Span, ...]]]:
    """Return the text without brackets and the spans that stood in each pair of them ("[]" where none is named)."""
    pairs = pairs or ("[]",)
    text, starts = "", list[int]()
    spans: dict[str, list[Span]] = {pair[1]: [] for pair in pairs}
    opening = {pair[0] for pair in pairs}
    for char in marked:
        if char in opening:
            starts.append(len(text))
        elif char in spans:
            spans[char].append(Span(starts[-1], len(text), text[starts[-1] :]))
        else:
            text += char
    return text, [tuple(found) for found in spans.values()]


def earlier_of(text: str, *events: Event, statements: tuple[Statement, ...] = ()) -> Earlier:
    """Return a parsed article of March 2024 with these events and statements."""
    earlier = Earlier(article=Article(id="x", text=text, published="2024-03-05"), doc=load()(text))
    earlier.events, earlier.statements = events, statements
    return earlier


def filled(frames: Iterable[str], states: Sequence[str]) -> list[str]:
    """Return each frame told of each state."""
    return [frame.format(state) for frame, state in product(frames, states)]
