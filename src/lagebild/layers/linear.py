"""A small log-linear classifier over named features: the votes that a lexicon alone cannot give.

The weights are one ``.npz`` file (labels, feature names, float16 matrix), so loading is one read and no pickle is
involved. Training lives in ``model/linear.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, repeat
from math import exp
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KEPT = 100_000
"""Groups of features whose rows are kept."""
Group = tuple[object, ...]
Block = tuple[float, Collection[str]]
"""A weight and features that share it: how many of them there are says nothing."""
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Linear:
    """``matrix`` has shape (features + 1, labels); its last row is the bias. ``index`` maps a feature to its row."""

    labels: tuple[str, ...]
    index: dict[str, int]
    matrix: NDArray[np.float32]

    def probabilities(self, features: Iterable[str]) -> NDArray[np.float32]:
        """Return the probability of each label, shape (labels,); unknown features count nothing."""
        rows = [row for row in map(self.index.get, features) if row is not None]
        rows.append(len(self.index))
        scores: NDArray[np.float32] = self.matrix[rows].sum(axis=0)
        return _likely(scores)

    def weighed(self, values: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the scores of features that have values, shape (labels,); unknown ones count nothing."""
        known = [(row, value) for feature, value in values.items() if (row := self.index.get(feature)) is not None]
        rows, weights = [row for row, _ in known], np.array([value for _, value in known], np.float32)
        scores: NDArray[np.float32] = weights @ self.matrix[rows] + self.matrix[-1]
        return scores

    def spread(self, blocks: Iterable[Block]) -> NDArray[np.float32]:
        """Return the probability of each label, shape (labels,): each known feature of a block counts its weight by the root of how many are known."""
        scores: NDArray[np.float32] = self.matrix[-1].copy()
        for weight, features in blocks:
            rows = [row for row in map(self.index.get, features) if row is not None]
            if rows:
                scores += self.matrix[rows].sum(axis=0) * np.float32(weight / len(rows) ** 0.5)
        return _likely(scores)

    @cached_property
    def odds(self) -> dict[str, float]:
        """Of a vote between two: what each feature says for the first label against the second, ``""`` for the bias."""
        margins = (self.matrix[:, 0] - self.matrix[:, 1]).tolist()
        return dict(zip((*self.index, ""), margins, strict=True))

    def column(self, label: str) -> dict[str, float]:
        """Return what each feature weighs for a label."""
        weights = self.matrix[:, self.labels.index(label)].tolist()
        return {feature: weights[row] for feature, row in self.index.items()}

    def chance(self, features: Iterable[str], label: str) -> float:
        """Return the probability of a label in a vote between two: as ``probabilities``, without its arrays."""
        return 1.0 / (1.0 + exp(-self.lean(features, label)))

    def lean(self, features: Iterable[str], label: str) -> float:
        """Return the log-odds of a label in a vote between two."""
        odds = self.odds
        total = odds[""] + sum(map(odds.get, features, repeat(0.0)))
        return total if label == self.labels[0] else -total

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest label and its probability."""
        scores = self.probabilities(features)
        top = int(scores.argmax())
        return self.labels[top], float(scores[top])

    def all_probabilities(self, many: Iterable[Iterable[str]]) -> NDArray[np.float32]:
        """Return the probabilities of several items at once, shape (items, labels)."""
        row_of = self.index.get
        return self.of_rows([row for row in map(row_of, features) if row is not None] for features in many)

    def of_rows(self, many: Iterable[Iterable[int]]) -> NDArray[np.float32]:
        """Return the probabilities of several items given by the rows of their features, shape (items, labels)."""
        bias, rows, starts = len(self.index), list[int](), list[int]()
        for known in many:
            starts.append(len(rows))
            rows += known
            rows.append(bias)
        if not starts:
            return np.zeros((0, len(self.labels)), np.float32)
        scores: NDArray[np.float32] = np.add.reduceat(self.matrix.take(np.array(rows, np.intp), axis=0), starts, axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def save(self, path: Path) -> None:
        """Write the weights."""
        path.parent.mkdir(parents=True, exist_ok=True)
        names = "\n".join(self.index).encode("utf-8")
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            features=np.frombuffer(names, dtype=np.uint8),
            matrix=self.matrix.astype(np.float16),
        )


def _likely(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn the scores of one item into probabilities, in place."""
    scores -= scores.max()
    np.exp(scores, out=scores)
    scores /= scores.sum()
    return scores


Spelling = Mapping[str, Callable[..., list[str]]]
"""How groups are spelled, by their first value."""


def spell(group: Group, how: Spelling, joint: str) -> list[str]:
    """Return the features of a group; one that ``how`` does not name is one feature, its values joined."""
    spelling = how.get(str(group[0]))
    return spelling(*group[1:]) if spelling is not None else [joint.join(map(str, group))]


class Rows(dict[Group, tuple[int, ...]]):
    """The rows of a vote by group of features; a group is spelled when it is first asked for.

    A group is a tuple: features that mostly come together, by the values they are spelled from. One look-up finds the rows
    of all of them.
    """

    def __init__(self, index: dict[str, int], spelled: Callable[[Group], Iterable[str]]):
        super().__init__()
        self.row_of, self.spelled = index.get, spelled

    def __missing__(self, group: Group) -> tuple[int, ...]:
        if len(self) > KEPT:
            self.clear()
        rows = self[group] = tuple([row for row in map(self.row_of, self.spelled(group)) if row is not None])
        return rows

    def of(self, groups: Iterable[Group], single: Iterable[str] = ()) -> dict[int, None]:
        """Return the rows of some groups and of some single features, each once."""
        rows = dict.fromkeys(chain.from_iterable(map(self.__getitem__, groups)))
        for row in map(self.row_of, single):
            if row is not None:
                rows[row] = None
        return rows


class Sums(dict[Group, float]):
    """What the features of a group weigh together; a group is spelled when it is first asked for."""

    def __init__(self, weights: Mapping[str, float], spelled: Callable[[Group], Iterable[str]]):
        super().__init__()
        self.weight_of, self.spelled = weights.get, spelled

    def __missing__(self, group: Group) -> float:
        if len(self) > KEPT:
            self.clear()
        total = self[group] = sum(map(self.weight_of, self.spelled(group), repeat(0.0)))
        return total


@cache
def load_linear(name: str) -> Linear:
    """Load ``weights/NAME.npz``; raises ``FileNotFoundError`` where it is missing."""
    with np.load(WEIGHTS / f"{name}.npz", allow_pickle=False) as file:
        names = file["features"].tobytes().decode("utf-8").split("\n")
        return Linear(
            labels=tuple(map(str, file["labels"])),
            index=dict(zip(names, range(len(names)), strict=True)),
            matrix=file["matrix"].astype(np.float32),
        )
