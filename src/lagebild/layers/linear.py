"""A small log-linear classifier over named features: the votes that a lexicon alone cannot give.

The weights are one ``.npz`` file (labels, feature names, float16 matrix), so loading is one read and no pickle is
involved. Training lives in ``model/linear.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
        scores -= scores.max()
        np.exp(scores, out=scores)
        scores /= scores.sum()
        return scores

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest label and its probability."""
        scores = self.probabilities(features)
        top = int(scores.argmax())
        return self.labels[top], float(scores[top])

    def all_probabilities(self, many: Iterable[Iterable[str]]) -> NDArray[np.float32]:
        """Return the probabilities of several items at once, shape (items, labels)."""
        row_of, bias, rows, starts = self.index.get, len(self.index), list[int](), list[int]()
        for features in many:
            starts.append(len(rows))
            rows += [row for row in map(row_of, features) if row is not None]
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


@cache
def load_linear(name: str) -> Linear:
    """Load ``weights/NAME.npz``; raises ``FileNotFoundError`` where it is missing."""
    with np.load(WEIGHTS / f"{name}.npz", allow_pickle=False) as file:
        names = file["features"].tobytes().decode("utf-8").split("\n")
        return Linear(
            labels=tuple(map(str, file["labels"])),
            index={feature: row for row, feature in enumerate(names)},
            matrix=file["matrix"].astype(np.float32),
        )
