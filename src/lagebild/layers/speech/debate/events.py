"""Speech events from what the network says: which words are cues, and what is written for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from lagebild.layers.speech.debate.around import Around
from lagebild.layers.speech.debate.network import CUE_LABELS, LABELS, Cue, Network, Reading, load_network
from lagebild.layers.speech.debate.words import told_by_rules, word_features
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

ROLES = ("Source", "Message", "Addr", "Topic", "Medium", "Evidence", "PTC")
# What is counted is words, right ones against wrong and missed ones. There a word is worth writing from a chance of about
# half the F1 that is reached; the figures hardly move around these.
CUE_AT = 0.44
PART_AT = 0.5
ROLE_AT = 0.42  # of the chance that the cue is one and the word plays the role for it
Floats = NDArray[np.float32]


@dataclass(slots=True)
class Event:
    """A cue and its roles, all as token numbers; ``head`` is the word the roles are read from."""

    head: int
    cue: set[int]
    roles: dict[str, set[int]] = field(default_factory=dict)


def find_events(
    tree: Tree, words: SpeechWords, *, states: Floats, lengths: Sequence[int], network: Network | None = None
) -> list[Event]:
    """Return the speech events of a debate text.

    ``states``, shape (words, width), is what ``lagebild.language.states`` makes of the words; ``lengths`` are the numbers of
    words of the sentences as given. Raises ``ValueError`` where they do not add up to the words of the tree.
    """
    if sum(lengths) != len(tree.words):
        raise ValueError(f"sentences of {sum(lengths)} words in all, but a tree of {len(tree.words)}")
    if not tree.words:
        return []
    with threadpool_limits(limits=1, user_api="blas"):
        return _find(tree, words, states, lengths, network or load_network())


def _find(tree: Tree, words: SpeechWords, states: Floats, lengths: Sequence[int], network: Network) -> list[Event]:
    told = told_by_rules(tree, words)
    ends = list(accumulate(lengths))
    bounds = [(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    number_of = [number for number, length in enumerate(lengths) for _ in range(length)]
    reading = Reading(network, states, word_features(tree, words, told), bounds)
    chances = reading.cues[:, CUE_LABELS.index("head")]
    heads = np.flatnonzero(chances >= CUE_AT).tolist()
    cues = [seen(Around(tree, words, told, head, bounds, number_of)) for head in heads]
    found = [
        (float(chances[cue.head]), event_of(cue, float(chances[cue.head]), said))
        for cue, said in zip(cues, reading.roles(cues), strict=True)
    ]
    return without_twins(found)


def seen(around: Around) -> Cue:
    """Return a cue with the features of the words around it."""
    begin, end = around.window()
    return Cue(around.cue, begin, end, around.of_cue(), [around.of(token) for token in range(begin, end)])


def event_of(cue: Cue, chance: float, said: Floats) -> Event:
    """Return an event: the roles whose chance, with that of the cue, is worth writing. ``said`` is (words, ``LABELS``)."""
    event = Event(cue.head, {cue.head})
    roles = said[:, 1:-1]
    best, sure = roles.argmax(axis=1), roles.max(axis=1)
    further = said[:, LABELS.index("Cue")] > PART_AT
    for at in np.flatnonzero(further | (sure * chance >= ROLE_AT)).tolist():
        token = cue.begin + at
        if token == cue.head:
            continue
        if further[at]:
            event.cue.add(token)
        else:
            event.roles.setdefault(LABELS[1 + int(best[at])], set()).add(token)
    return event


def without_twins(found: list[tuple[float, Event]]) -> list[Event]:
    """Drop events whose head a surer event has in its cue; no word is in two cues."""
    taken: set[int] = set()
    kept = []
    for _, event in sorted(found, key=lambda pair: -pair[0]):
        if event.head not in taken:
            event.cue -= taken
            taken |= event.cue
            kept.append(event)
    return sorted(kept, key=lambda event: event.head)
