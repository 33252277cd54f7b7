"""Counts the forms of raw text."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from pathlib import Path

FORM = re.compile(r"\w+(?:[-'’.]\w+)*")


def raw_counts(path: Path) -> Counter[str]:
    """Count the forms of a packed text file."""
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            counts.update(FORM.findall(line))
    return counts
