"""Trains ``lagebild.layers.linear.Linear``: L2-regularised multinomial logistic regression (scikit-learn, L-BFGS)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from lagebild.layers.linear import Linear

SMALLEST = 1e-6  # added to the deviation of a feature


def train(
    examples: Sequence[tuple[Sequence[str], str]], *, strength: float = 1.0, minimum: int = 2, seed: int = 0
) -> Linear:
    """Fit on (features, label) pairs; features seen fewer than ``minimum`` times are dropped, ``strength`` is sklearn's C."""
    counts = Counter(feature for features, _ in examples for feature in set(features))
    kept = sorted(feature for feature, n in counts.items() if n >= minimum)
    index = {feature: row for row, feature in enumerate(kept)}
    rows, columns = [], []
    for row, (features, _) in enumerate(examples):
        for column in {index[f] for f in features if f in index}:
            rows.append(row)
            columns.append(column)
    matrix = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(examples), len(index)))
    fitted = LogisticRegression(C=strength, max_iter=400, random_state=seed).fit(
        matrix, [label for _, label in examples]
    )
    labels, coefficients, bias = list(fitted.classes_), fitted.coef_, fitted.intercept_
    if len(labels) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.hstack([-bias, bias]) / 2
    return Linear(tuple(labels), index, np.vstack([coefficients.T, bias]).astype(np.float32))


def train_values(
    examples: Sequence[tuple[Mapping[str, float], str]], *, strength: float = 1.0, minimum: int = 3, seed: int = 0
) -> Linear:
    """Fit on features that have values, each scaled to deviation 1; the weights are for the values as they are."""
    counts = Counter(feature for values, _ in examples for feature in values)
    index = {feature: row for row, feature in enumerate(sorted(f for f, n in counts.items() if n >= minimum))}
    matrix = np.zeros((len(examples), len(index)))
    for row, (values, _) in enumerate(examples):
        for feature, value in values.items():
            if feature in index:
                matrix[row, index[feature]] = value
    middle, width = matrix.mean(axis=0), matrix.std(axis=0) + SMALLEST
    fitted = LogisticRegression(C=strength, max_iter=1000, random_state=seed).fit(
        (matrix - middle) / width, [label for _, label in examples]
    )
    weights = fitted.coef_ / width
    bias = fitted.intercept_ - weights @ middle
    return Linear(tuple(fitted.classes_), index, np.vstack([weights.T, bias]).astype(np.float32))


def mean(narrow: Linear, wide: Linear, *, share: float) -> Linear:
    """Return the weighted mean of two votes over the same labels; ``share`` is the weight of the second.

    Raises:
        ValueError: the votes have other labels.
    """
    if narrow.labels != wide.labels:
        raise ValueError(f"votes of other labels: {narrow.labels}, {wide.labels}")
    index = {name: row for row, name in enumerate(dict.fromkeys((*narrow.index, *wide.index)))}
    matrix = np.zeros((len(index) + 1, len(wide.labels)), np.float32)
    for vote, weight in ((narrow, 1.0 - share), (wide, share)):
        rows = [index[name] for name in vote.index] + [len(index)]
        matrix[rows] += weight * vote.matrix
    return Linear(wide.labels, index, matrix)
