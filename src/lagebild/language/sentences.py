"""Sentence boundaries: where long lines may be cut, and what of the network's word is overruled by rule.

Words are as the network is shown them, with quotation marks of every custom as German ones (``marks.as_german``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

ENDS = frozenset(".!?…:")
CLOSING = frozenset(["“", "”", "’", "‘", ")", "]", ",", ";", ".", "!", "?", ":", "…", "%"])
LIMIT = 160  # words the network reads at once
AT_LEAST = 90


def cut_points(words: Sequence[str]) -> Iterator[int]:
    """Yield the ends of the units of one line: at a sentence's end where one can be seen, else at ``LIMIT`` words."""
    start = 0
    while len(words) - start > LIMIT:
        end = next((k for k in range(start + LIMIT, start + AT_LEAST, -1) if _looks_new(words, k)), None)
        if end is None:
            end = next((k for k in range(start + LIMIT, start + AT_LEAST, -1) if words[k - 1] in ";,"), start + LIMIT)
        yield end
        start = end
    yield len(words)


def _looks_new(words: Sequence[str], k: int) -> bool:
    """Whether word ``k`` plainly begins a sentence."""
    before, word = words[k - 1], words[k]
    if word in CLOSING or not (word[0].isupper() or word in "„‚" or word[0].isdigit()):
        return False
    return before in ".!?" or (before in CLOSING and before not in ",;:%" and k > 1 and words[k - 2] in ".!?")


def start_marks(words: Sequence[str], scores: NDArray[np.float32], *, label: int = 0) -> list[bool]:
    """Return which words of a unit begin a sentence; the first always does, closing marks never do.

    The ``label`` words of an interview's "NAME:" are one by themselves: nobody in the sentence behind it bears that name.
    """
    marks: list[bool] = (scores > 0).tolist()
    for k, mark in enumerate(marks):
        if mark and words[k] in CLOSING:
            marks[k] = False
    if label < len(words):
        marks[:label] = [False] * label
        marks[label] = True
    marks[0] = True
    return marks
