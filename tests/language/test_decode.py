import itertools

import numpy as np
import pytest

from lagebild.language.decode import EntityTags, best_tree

LABELS = ["O", *(f"{mark}-{label}" for label in ("PER", "LOC") for mark in "BILU")]


def is_tree(heads: list[int]) -> bool:
    roots = [k for k, head in enumerate(heads) if head == k]
    if len(roots) != 1:
        return False
    for k in range(len(heads)):
        seen = set()
        while heads[k] != k:
            if k in seen:
                return False
            seen.add(k)
            k = heads[k]
    return True


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_best_tree_is_a_tree_and_the_best_for_its_root(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    heads = best_tree(scores)
    assert is_tree(heads)
    root = next(k for k, head in enumerate(heads) if head == k)

    def total(tree: tuple[int, ...]) -> float:
        return sum(float(scores[k, head]) for k, head in enumerate(tree))

    trees = [t for t in itertools.product(range(size), repeat=size) if t[root] == root and is_tree(list(t))]
    assert total(tuple(heads)) == pytest.approx(max(map(total, trees)), abs=1e-5)


@pytest.mark.parametrize("seed", range(30))
def test_entity_tags_are_legal_and_the_best(seed: int) -> None:
    tags, scores = EntityTags(LABELS), np.random.default_rng(seed).normal(size=(4, len(LABELS))).astype(np.float32)
    found = tags.best(scores)

    def legal(path: tuple[int, ...]) -> bool:
        ends = tags.first[path[0]] and tags.last[path[-1]]
        return bool(ends) and all(tags.legal[a, b] for a, b in itertools.pairwise(path))

    assert legal(tuple(found))
    paths = filter(legal, itertools.product(range(len(LABELS)), repeat=4))
    best = max(float(scores[range(4), path].sum()) for path in paths)
    assert float(scores[range(4), found].sum()) == pytest.approx(best, abs=1e-5)


def test_a_run_cannot_change_its_label() -> None:
    tags = EntityTags(LABELS)
    assert not tags.legal[LABELS.index("B-PER"), LABELS.index("L-LOC")]
    assert not tags.legal[LABELS.index("O"), LABELS.index("I-PER")]
    assert tags.legal[LABELS.index("U-PER"), LABELS.index("B-LOC")]
