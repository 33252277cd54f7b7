"""What the network sees of a word: everything is a function of its form alone, so it is computed once per form."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.vectors import Vectors

BUCKETS = 4096
AFFIXES = (("p1", 0, 1), ("p2", 0, 2), ("p3", 0, 3), ("s1", -1, 0), ("s2", -2, 0), ("s3", -3, 0), ("s4", -4, 0))
COLUMNS = len(AFFIXES) + 1  # and the shape
FLORET_SEED = 2166136261


def shape(word: str) -> str:
    """Return the word's shape, runs cut at four: ``US-Soldaten`` is ``XX-Xxxxx``."""
    out: list[str] = []
    for char in word[:40]:
        mark = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if out[-4:] != [mark] * 4:
            out.append(mark)
    return "".join(out)


def affix_rows(word: str) -> list[int]:
    """Return one hash bucket (0 to BUCKETS - 1) for each affix and for the shape, ``COLUMNS`` in all."""
    lower = word.lower()
    keys = [f"{name}:{lower[start:] if start < 0 else lower[:end]}" for name, start, end in AFFIXES]
    keys.append(f"sh:{shape(word)}")
    return [crc32(key.encode("utf-8", "surrogatepass")) % BUCKETS for key in keys]


def floret(table: NDArray[np.float32]) -> Vectors:
    """Wrap a floret table (rows, width) in spaCy's hashing lookup."""
    return Vectors(
        strings=StringStore(),
        mode="floret",
        data=table,
        hash_count=2,
        minn=4,
        maxn=6,
        bow="<",
        eow=">",
        hash_seed=FLORET_SEED,
    )


def floret_rows(vectors: Vectors, words: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of ``words``: (words, width)."""
    if not words:
        return np.zeros((0, vectors.shape[1]), np.float32)
    return np.asarray(vectors.get_batch(list(words)), np.float32)
