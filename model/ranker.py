"""Trains a ranker: of the candidates of one question, which is the answer. Conditional log-linear model, L-BFGS.

The likelihood of a question is the summed probability of its right candidates (there may be several); L2-regularised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from lagebild.layers.linear import Linear

Question = tuple[Sequence[Sequence[str]], Sequence[bool]]


def rank_weights(
    questions: Sequence[Question], *, strength: float = 1.0, minimum: int = 2
) -> tuple[dict[str, int], np.ndarray]:
    """Fit; returns the feature index and one weight per feature. Questions without a right candidate are left out."""
    questions = [question for question in questions if any(question[1])]
    counts = Counter(f for features, _ in questions for candidate in features for f in set(candidate))
    index = {f: n for n, f in enumerate(sorted(f for f, c in counts.items() if c >= minimum))}
    rows, columns, group, right = [], [], [], []
    for number, (features, gold) in enumerate(questions):
        for candidate, is_right in zip(features, gold, strict=True):
            row = len(group)
            for column in {index[f] for f in candidate if f in index}:
                rows.append(row)
                columns.append(column)
            group.append(number)
            right.append(is_right)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(group), len(index)))
    where, correct = np.array(group), np.array(right, dtype=float)
    starts = np.flatnonzero(np.r_[True, where[1:] != where[:-1]])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts)[where]
        power = np.exp(scores)
        whole = np.add.reduceat(power, starts)
        good = np.add.reduceat(power * correct, starts) + 1e-12
        gradient = matrix.T @ (power / whole[where] - power * correct / good[where])
        value = float(np.sum(np.log(whole) - np.log(good)))
        return value + 0.5 * float(weights @ weights) / strength, gradient + weights / strength

    fitted = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return index, fitted.x


def joined(columns: dict[str, tuple[dict[str, int], np.ndarray]]) -> Linear:
    """Put several rankers into one weights file, one column each; the last row (bias) is zero."""
    names = sorted({f for index, _ in columns.values() for f in index})
    matrix = np.zeros((len(names) + 1, len(columns)), dtype=np.float32)
    for column, (index, weights) in enumerate(columns.values()):
        for row, name in enumerate(names):
            if name in index:
                matrix[row, column] = weights[index[name]]
    return Linear(tuple(columns), {name: row for row, name in enumerate(names)}, matrix)
