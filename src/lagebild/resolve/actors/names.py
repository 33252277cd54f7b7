"""From where a personal name sounds: a log-linear guess over naming traditions ("Heiko Lorenz", "Marcela Buitrago").

Character n-grams of the first and last word; the classes are the column ``tradition`` of ``actors/states.tsv``. It only
helps to choose among the states an article names. Weights: ``weights/actor_names.npz`` (recipe: ``model/actors.py``).
"""

from __future__ import annotations

from functools import lru_cache

from lagebild.layers.linear import load_linear


def name_features(name: str) -> list[str]:
    """Return the n-grams of a name: whole words, beginnings and endings, and what stands inside the last word."""
    words = [word.lower() for word in name.replace("-", " ").split()]
    if not words:
        return []
    first, last = words[0], words[-1]
    features = [f"word:{word}" for word in words]
    for mark, word in (("f", first if len(words) > 1 else ""), ("l", last)):
        features += [f"{mark}<{word[:n]}" for n in (1, 2, 3) if len(word) > n]
        features += [f"{mark}>{word[-n:]}" for n in (1, 2, 3, 4) if len(word) >= n]
    features += [f"in:{last[i : i + 3]}" for i in range(len(last) - 2)]
    features.append(f"words:{min(len(words), 4)}")
    return features


@lru_cache(maxsize=4096)
def traditions(name: str) -> dict[str, float]:
    """Return the probability of each tradition."""
    linear = load_linear("actor_names")
    return dict(zip(linear.labels, map(float, linear.probabilities(name_features(name))), strict=True))
