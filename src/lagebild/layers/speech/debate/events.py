"""Puts the votes of the three classifiers together: cue words, cues of several words, roles."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lagebild.layers.linear import Linear, load_linear
from lagebild.layers.speech.debate.features import RoleFeatures, Told, cue_features, pair_features, told_by_rules
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

ROLES = ("Source", "Message", "Addr", "Topic", "Medium", "Evidence", "PTC")
CONTENT_POS = frozenset({"VERB", "NOUN", "ADJ", "ADV", "AUX", "PROPN", "ADP", "X", "PRON", "PART"})
# Chosen on one fifth of the agenda items (fold 0 of model/debate.py), the rest being learnt on.
CUE_AT = 0.38  # probability from which a word is a cue
PAIR_AT = 0.5
SWITCH = 1.6  # what a word's label costs that differs from the label of the word above it, in nats
LESS_NOTHING = 0.8  # taken from the score of "no role", in nats


@dataclass(slots=True)
class Event:
    """A cue and its roles, all as token numbers; ``head`` is the word the roles are read from."""

    head: int
    cue: set[int]
    roles: dict[str, set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Models:
    """The classifiers; ``again`` looks at the roles a second time, knowing what ``role`` said of the words around."""

    cue: Linear
    pair: Linear
    role: Linear
    again: Linear | None = None


def load_models() -> Models:
    """Read the packaged weights."""
    return Models(*(load_linear(f"debate_{name}") for name in ("cue", "pair", "role", "again")))


def find_events(tree: Tree, words: SpeechWords, models: Models | None = None) -> list[Event]:
    """Return the speech events of a debate text."""
    models = models or load_models()
    told = told_by_rules(tree, words)
    events = group(tree, words, models.pair, cue_words(tree, words, told, models.cue))
    for event in events:
        event.roles = roles_of(tree, words, told, models, event)
    return events


def cue_words(tree: Tree, words: SpeechWords, told: Told, model: Linear) -> list[int]:
    """Return the words the cue classifier takes for cues."""
    yes = model.labels.index("yes")
    return [
        index
        for index, pos in enumerate(tree.pos)
        if pos in CONTENT_POS and model.probabilities(cue_features(tree, words, told, index))[yes] >= CUE_AT
    ]


def group(tree: Tree, words: SpeechWords, model: Linear, found: list[int]) -> list[Event]:
    """Join cue words that make one cue ("zur Sprache kamen"): a word below another, where the classifier says so."""
    yes = model.labels.index("yes")
    belongs: dict[int, int] = {}
    chosen = set(found)
    for index in found:
        head = tree.heads[index]
        if (
            head in chosen
            and head != index
            and model.probabilities(pair_features(tree, words, head, index))[yes] >= PAIR_AT
        ):
            belongs[index] = head
    events: dict[int, Event] = {}
    for index in found:
        top = index
        while top in belongs:
            top = belongs[top]
        events.setdefault(top, Event(top, {top})).cue.add(index)
    return list(events.values())


def roles_of(tree: Tree, words: SpeechWords, told: Told, models: Models, event: Event) -> dict[str, set[int]]:
    """Return the words of each role of one event."""
    reader = RoleFeatures(tree, words, told, event.head, event.cue)
    candidates = reader.candidates()
    if not candidates:
        return {}
    named = [reader.of(token) for token in candidates]
    scores = np.stack([models.role.probabilities(names) for names in named])
    labels = models.role.labels
    if models.again is not None:
        around = context(tree, candidates, scores, labels)
        scores = np.stack([models.again.probabilities(n + more) for n, more in zip(named, around, strict=True)])
        labels = models.again.labels
    logs = np.log(scores + 1e-9)
    logs[:, labels.index("-")] -= LESS_NOTHING
    roles: dict[str, set[int]] = {}
    for token, label in zip(candidates, smooth(tree, candidates, logs, labels), strict=True):
        if label != "-":
            roles.setdefault(label, set()).add(token)
    return {label: tidy(tree, tokens, event.cue) for label, tokens in roles.items()}


def context(tree: Tree, candidates: list[int], scores: NDArray[np.float32], labels: tuple[str, ...]) -> list[list[str]]:
    """Return features that tell what the first look said of the words around each word and of the event as a whole."""
    top = scores.argmax(axis=1)
    sure = scores.max(axis=1)
    said = {token: f"{labels[t]}{'!' if s > 0.8 else ''}" for token, t, s in zip(candidates, top, sure, strict=True)}
    plain = {token: labels[t] for token, t in zip(candidates, top, strict=True)}
    present = {labels[t] for t, s in zip(top, sure, strict=True) if s > 0.6} - {"-"}
    roles = "+".join(sorted(present))
    out = []
    for row, token in enumerate(candidates):
        head = tree.heads[token]
        below = [plain[c] for c in tree.children[token] if c in plain]
        order = np.argsort(-scores[row])[:2]
        own = f"{labels[order[0]]}/{int(scores[row][order[0]] * 5)}/{labels[order[1]]}"
        before, after = said.get(token - 1, "."), said.get(token + 1, ".")
        out.append(
            [
                f"own={own}",
                f"own={labels[order[0]]} has={roles}",
                f"before={before} own={own}",
                f"after={after} own={own}",
                f"before={before} after={after}",
                f"before={before} after={after} own={plain[token]} p={tree.pos[token]}",
                f"before2={said.get(token - 2, '.')} {before}",
                f"after2={said.get(token + 2, '.')} {after}",
                f"head={said.get(head, '.')} own={own}",
                f"head={said.get(head, '.')} d={tree.deps[token]}",
                f"head2={said.get(tree.heads[head], '.')} head={said.get(head, '.')}",
                f"below={max(set(below), key=below.count) if below else '.'} own={own}",
                f"far={plain.get(token - 4, '.')} {plain.get(token + 4, '.')} own={plain[token]}",
            ]
        )
    return out


def smooth(tree: Tree, candidates: list[int], scores: NDArray[np.float32], names: tuple[str, ...]) -> list[str]:
    """Choose the labels that fit best together: a word that differs from the word above it costs ``SWITCH``.

    ``scores`` are log-probabilities, shape (words, labels). Exact, by the Viterbi algorithm on the tree, leaves first.
    """
    row_of = {token: row for row, token in enumerate(candidates)}
    depth = {token: _depth(tree, token) for token in candidates}
    best = scores.copy()
    order = sorted(candidates, key=lambda token: -depth[token])
    above = {token: row_of.get(tree.heads[token], -1) if tree.heads[token] != token else -1 for token in candidates}
    for token in order:
        row = row_of[token]
        if above[token] >= 0:
            best[above[token]] += np.maximum(best[row], best[row].max() - SWITCH)
    labels = [0] * len(candidates)
    for token in reversed(order):
        row = row_of[token]
        top = int(best[row].argmax())
        if above[token] >= 0:
            same = labels[above[token]]
            top = same if best[row][same] >= best[row][top] - SWITCH else top
        labels[row] = top
    return [names[label] for label in labels]


def _depth(tree: Tree, token: int) -> int:
    depth = 0
    while tree.heads[token] != token:
        token = tree.heads[token]
        depth += 1
    return depth


def tidy(tree: Tree, tokens: set[int], cue: set[int]) -> set[int]:
    """Take in punctuation between words of the role and drop it at the ends of each run."""
    kept = {t for t in tokens if tree.pos[t] != "PUNCT"}
    if not kept:
        return set()
    out = set(kept)
    for t in range(min(kept), max(kept)):
        if tree.pos[t] == "PUNCT" and t not in cue and (t - 1 in out) and _next_word(tree, t) in kept:
            out.add(t)
    return out


def _next_word(tree: Tree, index: int) -> int:
    while index < len(tree.words) and tree.pos[index] == "PUNCT":
        index += 1
    return index
