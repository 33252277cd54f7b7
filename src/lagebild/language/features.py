"""What the network sees of a word: everything is a function of its form alone, so it is computed once per form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found]

BUCKETS = 4096
AFFIXES = (("p1", 0, 1), ("p2", 0, 2), ("p3", 0, 3), ("s1", -1, 0), ("s2", -2, 0), ("s3", -3, 0), ("s4", -4, 0))
COLUMNS = len(AFFIXES) + 2  # and shape and frequency
FLORET_SEED = 2166136261


def shape(word: str) -> str:
    """Return the word's shape, runs cut at four: ``US-Soldaten`` is ``XX-Xxxxx``."""
    out: list[str] = []
    for char in word[:40]:
        mark = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if out[-4:] != [mark] * 4:
            out.append(mark)
    return "".join(out)


def hashed(text: str) -> int:
    """Return a 32-bit hash that is the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


class Forms:
    """How often a form stands in raw text: frequency classes (0 unknown, 1 to 7) under sorted 32-bit hashes of forms."""

    def __init__(self, hashes: NDArray[np.uint32], classes: NDArray[np.uint8]) -> None:
        self.hashes = hashes
        self.classes = classes

    def of(self, words: Sequence[str]) -> list[int]:
        """Return the class of each word."""
        wanted = np.array([hashed(word) for word in words], np.uint32)
        if not len(self.hashes) or not len(wanted):
            return [0] * len(words)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[places] == wanted, self.classes[places], 0).tolist()  # type: ignore[no-any-return]

    @classmethod
    def counted(cls, counts: Mapping[str, int]) -> Forms:
        """Build the table from raw counts; forms seen once are left out."""
        classes = {hashed(form): frequency_class(n) for form, n in counts.items() if n > 1}
        hashes = np.array(sorted(classes), np.uint32)
        return cls(hashes, np.array([classes[int(h)] for h in hashes], np.uint8))


NAME_KINDS = (
    "given",
    "family",
    "rare_family",
    "place",
    "place_begin",
    "place_part",
    "org",
    "org_part",
    "misc",
    "noun",
    "titled",
)
PROPER = sum(1 << k for k, kind in enumerate(NAME_KINDS) if kind != "noun")
SURE = PROPER & ~sum(1 << NAME_KINDS.index(kind) for kind in ("rare_family", "titled"))


class Names:
    """What open lists say of a form: one bit for each of ``NAME_KINDS``, under sorted 32-bit hashes of forms."""

    def __init__(self, hashes: NDArray[np.uint32], bits: NDArray[np.uint16]) -> None:
        self.hashes = hashes
        self.bits = bits

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Return (words, kinds) of zeros and ones; a name's genitive s and the first parts of a hyphenated name are looked past."""
        bits = self._bits(words)
        for k, word in enumerate(words):
            if not bits[k] & SURE and len(word) > 3 and word[0].isupper():
                bare = word.rpartition("-")[2].rstrip("’'")
                tries = [bare[:-1]] if bare == word and word[-1] == "s" else [bare, bare[:-1]] if bare != word else []
                found = [b & PROPER for b in self._bits([b for b in tries if len(b) > 2]) if b & PROPER]
                if found:
                    bits[k] |= found[0]
        return ((bits[:, None] >> np.arange(len(NAME_KINDS))) & 1).astype(np.float32)

    def _bits(self, words: Sequence[str]) -> NDArray[np.uint16]:
        wanted = np.array([hashed(word) for word in words], np.uint32)
        if not len(self.hashes) or not len(wanted):
            return np.zeros(len(words), np.uint16)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[places] == wanted, self.bits[places], 0).astype(np.uint16)

    @classmethod
    def listed(cls, kinds: Mapping[str, int]) -> Names:
        """Build the table from forms with their bits."""
        bits = {hashed(form): value for form, value in kinds.items()}
        hashes = np.array(sorted(bits), np.uint32)
        return cls(hashes, np.array([bits[int(h)] for h in hashes], np.uint16))


def frequency_class(count: int) -> int:
    """Return 1 for counts below 4, 2 below 16 and so on, at most 7."""
    return min(7, 1 + (count.bit_length() - 1) // 2)


def affix_rows(words: Sequence[str], forms: Forms) -> NDArray[np.int64]:
    """Return a hash bucket for each affix, the shape and the frequency, as written and lowered: (words, ``COLUMNS``)."""
    known, lower_known = forms.of(words), forms.of([word.lower() for word in words])
    rows = np.empty((len(words), COLUMNS), np.int64)
    for k, word in enumerate(words):
        lower = word.lower()
        keys = [f"{name}:{lower[start:] if start < 0 else lower[:end]}" for name, start, end in AFFIXES]
        keys.append(f"sh:{shape(word)}")
        keys.append(f"fr:{known[k]} {lower_known[k]}")
        rows[k] = [hashed(key) % BUCKETS for key in keys]
    return rows + np.arange(COLUMNS) * BUCKETS


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
