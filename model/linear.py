"""Trains ``lagebild.layers.linear.Linear``: L2-regularised multinomial logistic regression (scikit-learn, L-BFGS)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from lagebild.layers.linear import Block, Linear

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
    return _vote(fitted, index)


def _vote(fitted: LogisticRegression, index: dict[str, int]) -> Linear:
    coefficients, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.hstack([-bias, bias]) / 2
    return Linear(tuple(fitted.classes_), index, np.vstack([coefficients.T, bias]).astype(np.float32))


def train_spread(
    examples: Sequence[tuple[Sequence[Block], str, float]], *, strength: float, minimum: int = 2, seed: int = 0
) -> Linear:
    """Fit on (blocks of features, label, weight of the example), to be asked by ``Linear.spread``."""
    counts: Counter[str] = Counter()
    for blocks, _, _ in examples:
        for _, features in blocks:
            counts.update(set(features))
    index = {feature: row for row, feature in enumerate(sorted(f for f, n in counts.items() if n >= minimum))}
    columns, values, starts = array("i"), array("f"), array("i", [0])
    for blocks, _, _ in examples:
        for weight, features in blocks:
            known = [row for feature in set(features) if (row := index.get(feature)) is not None]
            columns.extend(known)
            values.extend([weight / max(len(known), 1) ** 0.5] * len(known))
        starts.append(len(columns))
    shape = len(examples), len(index)
    matrix = csr_matrix((np.frombuffer(values, np.float32), np.frombuffer(columns, np.int32), starts), shape=shape)
    labels, weights = [label for _, label, _ in examples], [weight for _, _, weight in examples]
    fitted = LogisticRegression(C=strength, max_iter=300, random_state=seed).fit(matrix, labels, sample_weight=weights)
    return _vote(fitted, index)


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
