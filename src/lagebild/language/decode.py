"""From scores to structures: the best tree over a sentence, the best legal entity tags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FORBIDDEN = -1e9


def best_tree(scores: Floats) -> list[int]:
    """Return each word's head under one root; a root is its own head. ``scores`` is (dependent, head), roots diagonal.

    The best head of each word mostly makes a tree already; else the maximum spanning tree (Chu and Liu 1965, Edmonds 1967).
    """
    heads: list[int] = scores.argmax(axis=1).tolist()
    roots = [k for k, head in enumerate(heads) if head == k]
    if len(roots) == 1 and not _cycle(heads):
        return heads
    root = int(np.diagonal(scores).argmax()) if len(roots) != 1 else roots[0]
    if len(roots) > 1:
        root = max(
            roots, key=lambda k: float(scores[k, k] - np.partition(scores[k], -2)[-2]) if len(scores) > 1 else 0.0
        )
    free = scores.astype(np.float64)
    np.fill_diagonal(free, FORBIDDEN)
    free[root] = FORBIDDEN
    tree = _spanning(free, root)
    tree[root] = root
    return tree


def enumerated(heads: NDArray[np.int64], relations: Sequence[str], labels: Sequence[str]) -> list[int]:
    """Turn "A (appos B) und C" of three names of one kind into an enumeration, in place of ``heads``; return each B.

    ``relations`` and ``labels`` (entity label, '' for none) are those of the words; the relation of each B is to become
    ``conj``. A person is not the apposition of a person, and what "und" goes on from is a list.
    """
    changed = []
    for second, name in enumerate(relations):
        first = int(heads[second])
        if name != "appos" or first >= second or not labels[second] or labels[first] != labels[second]:
            continue
        more = [k for k in np.flatnonzero(heads == second).tolist() if relations[k] == "conj"]
        if any(labels[k] == labels[second] and _has_cc(heads, relations, k) for k in more):
            heads[more] = first
            changed.append(second)
    return changed


def _has_cc(heads: NDArray[np.int64], relations: Sequence[str], word: int) -> bool:
    return any(relations[k] == "cc" for k in np.flatnonzero(heads == word).tolist())


def _cycle(heads: Sequence[int]) -> list[int]:
    """Return the members of a cycle, roots (own head) aside; empty where there is none."""
    state = [0] * len(heads)
    for first in range(len(heads)):
        path, k = [], first
        while state[k] == 0:
            state[k] = 1
            path.append(k)
            if heads[k] == k:
                break
            k = heads[k]
        else:
            if state[k] == 1 and k in path and heads[k] != k:
                return path[path.index(k) :]
        for k in path:
            state[k] = 2
    return []


def _spanning(scores: NDArray[np.float64], root: int) -> list[int]:
    """Chu-Liu-Edmonds; the root's own row is ignored."""
    n = len(scores)
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[root] = root
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = [k for k in range(n) if k not in inside]
    others = np.array(outside)
    members = np.array(cycle)
    kept = scores[members, [heads[k] for k in cycle]]
    size = len(outside) + 1
    smaller = np.full((size, size), FORBIDDEN)
    smaller[:-1, :-1] = scores[np.ix_(others, others)]
    leaving = scores[np.ix_(others, members)]
    smaller[:-1, -1] = leaving.max(axis=1)
    entering = scores[np.ix_(members, others)] - kept[:, None]
    smaller[-1, :-1] = entering.max(axis=0)
    solved = _spanning(smaller, outside.index(root))
    for k, word in enumerate(outside):
        if word != root:
            head = solved[k]
            heads[word] = int(members[leaving[k].argmax()]) if head == size - 1 else outside[head]
    entry = solved[-1]
    heads[int(members[entering[:, entry].argmax()])] = outside[entry]
    return heads


class EntityTags:
    """Legal runs of BILOU tags over one order of labels."""

    def __init__(self, labels: Sequence[str]) -> None:
        n = len(labels)
        self.labels = list(labels)
        self.legal = np.zeros((n, n), np.bool_)
        for a, first in enumerate(labels):
            for b, second in enumerate(labels):
                opened = first[0] in "BI"
                goes_on = second[0] in "IL" and first[2:] == second[2:]
                self.legal[a, b] = goes_on if opened else second[0] not in "IL"
        self.first = np.array([label[0] not in "IL" for label in labels])
        self.last = np.array([label[0] not in "BI" for label in labels])
        self._penalty = np.where(self.legal, 0.0, FORBIDDEN)

    def best(self, scores: Floats) -> NDArray[np.int64]:
        """Return the best legal tags of one unit: the argmax where legal, else by Viterbi."""
        tags: NDArray[np.int64] = scores.argmax(axis=1)
        if self.first[tags[0]] and self.last[tags[-1]] and self.legal[tags[:-1], tags[1:]].all():
            return tags
        logs = scores.astype(np.float64)
        logs[0, ~self.first] = FORBIDDEN
        logs[-1, ~self.last] += FORBIDDEN
        best, back = logs[0], []
        for row in logs[1:]:
            paths = best[:, None] + self._penalty
            back.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        tag = int(best.argmax())
        tags[-1] = tag
        for k, choice in enumerate(reversed(back)):
            tag = int(choice[tag])
            tags[len(tags) - 2 - k] = tag
        return tags
