"""Chooses the mode of an event: words of the event that name it, else the lexicon's rows and a trained vote.

A mode that names a weapon needs a word of that kind near the event (``de/events_mode_words.tsv``): the vote alone has learnt
who is often killed with what, and would tell of drones where nobody does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from lagebild.layers.events.features import Proposals
from lagebild.layers.events.index import folded
from lagebild.layers.events.match import Match
from lagebild.layers.events.view import SUBJECTS
from lagebild.layers.linear import load_linear

VOTE = "vote:events_modes"
WORDS = "mode_words"
OWN = log(12.0)
"""How much the mode of the lexicon's row counts against the vote's, in log odds."""
BEFORE = 1
"""In how many sentences before the event's the weapon may be named."""
WITH = frozenset(("mit", "durch", "per", "mittels"))


@dataclass(frozen=True, slots=True)
class Said:
    """An event's type and words, the row at its main word and the rows of its type at the others."""

    type: str
    tokens: tuple[int, ...]
    match: Match | None
    others: Sequence[Match]


def mode_of(said: Said, rows: NDArray[np.intp], proposals: Proposals) -> tuple[str, str]:
    """Return the mode, '' for none, and what decided it; ``rows`` are the event's features in the mode vote."""
    possible, weights = _modes_of(said.type)
    own = said.match.row.mode if said.match else ""
    if len(possible) < 2:
        return own, said.match.row.id if said.match else VOTE
    if named := _named(said, proposals):
        return named, f"{WORDS}:{said.type}/{named}"
    scores: list[float] = (weights.take(rows, axis=0).sum(axis=0) + weights[-2]).tolist()
    proposed = own or next((match.row.mode for match in said.others if match.row.mode), "")
    if proposed and proposed in possible:
        scores[possible.index(proposed)] += OWN
    ranked = sorted(zip(scores, possible, strict=True), key=lambda pair: -pair[0])
    return next((mode for _, mode in ranked if mode == proposed or _may_be(mode, said, proposals)), ""), VOTE


@cache
def _modes_of(kind: str) -> tuple[list[str], NDArray[np.float32]]:
    """The modes of a type, and the columns of the mode vote that belong to them."""
    vote = load_linear("events_modes")
    columns = [n for n, label in enumerate(vote.labels) if label.startswith(kind + "/")]
    weights = np.zeros((len(vote.index) + 2, len(columns)), np.float32)  # the last row is for features without weights
    weights[:-1] = vote.matrix[:, columns]
    return [vote.labels[n].partition("/")[2] for n in columns], weights


def _named(said: Said, proposals: Proposals) -> str:
    """The mode that the event's own words name, or a weapon that is their subject or hangs on them with "mit" or "durch"."""
    modes = proposals.matcher.index.mode_words.get(said.type)
    if not modes:
        return ""
    view = proposals.view
    armed = [c for t in said.tokens for c in view.children[t] if view.case_of(c) in WITH or view.dep[c] in SUBJECTS]
    for tokens in (said.tokens, armed):
        for token in tokens:
            for mode, words in modes.items():
                if _has(token, words.naming, proposals):
                    return mode
    return ""


def _may_be(mode: str, said: Said, proposals: Proposals) -> bool:
    """Tell whether the words around the event allow the mode: all but those that name a weapon are allowed anywhere."""
    words = proposals.matcher.index.mode_words.get(said.type, {}).get(mode)
    return words is None or any(_has(token, words.words, proposals) for token in _around(said, proposals))


def _around(said: Said, proposals: Proposals) -> Iterator[int]:
    """The words of the event's sentence and of those just before."""
    sent = proposals.view.sent
    number = sent[said.tokens[0]]
    yield from range(bisect_left(sent, number - BEFORE), bisect_right(sent, number))


def _has(token: int, words: tuple[str, ...], proposals: Proposals) -> bool:
    """Tell whether a word begins or ends with one of ``words``, or is the form of a verb that does."""
    view = proposals.view
    forms = {folded(view.lower[token]), folded(view.lemma[token]), view.verb[token]}
    return any(
        form.startswith(words) or form.endswith(words) for form in forms if form not in proposals.matcher.index.whole
    )
