"""A packed table of inflected forms: a million forms' hashes, each with the number of a rule that makes the lemma.

Made from simplemma's German list (MIT) by ``model/lexemes.py``: reading that list takes seconds and 100 MB, this table
10 MB and no time. Forms are looked up as written, so a noun and a verb of the same letters are two forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lagebild.language.features import hashed


class Lexemes:
    """Forms and their lemmas."""

    def __init__(self, hashes: NDArray[np.uint32], numbers: NDArray[np.uint16], rules: Sequence[str]) -> None:
        self._hashes = hashes
        self._numbers = numbers
        self._rules = [(int(rule.partition("|")[0]), rule.partition("|")[2]) for rule in rules]

    @classmethod
    def load(cls, path: Path) -> Lexemes:
        """Read a packed table."""
        with np.load(path) as stored:
            gaps, numbers = stored["gaps"], stored["numbers"]
            rules = bytes(stored["rules"]).decode("utf-8").split("\n")
        return cls(np.cumsum(gaps, dtype=np.uint64).astype(np.uint32), numbers, rules)

    def get(self, form: str) -> str | None:
        """Return the lemma of ``form``, None where it is not in the table."""
        wanted = np.uint32(hashed(form))
        place = int(self._hashes.searchsorted(wanted))
        if place == len(self._hashes) or self._hashes[place] != wanted:
            return None
        cut, put = self._rules[int(self._numbers[place])]
        return form[: len(form) - cut] + put if cut < len(form) or put else None

    def compound(self, form: str) -> str | None:
        """Return the lemma of a compound noun whose last part (five letters or more) is in the table."""
        for start in range(3, len(form) - 4):
            tail = form[start:].lstrip("-")
            lemma = self.get(tail[:1].upper() + tail[1:])
            if lemma:
                kept = form[: len(form) - len(tail)]
                return kept + (lemma if kept.endswith("-") else lemma[:1].lower() + lemma[1:])
        return None
