"""Counts the forms of raw text, and what they name there by the word of trained networks."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from lagebild.language.features import NAMES

FORM = re.compile(r"\w+(?:[-'’.]\w+)*")
LABELS = ("PER", "ORG", "LOC", "MISC")


def raw_counts(path: Path) -> Counter[str]:
    """Count the forms of a packed text file."""
    counts: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            counts.update(FORM.findall(line))
    return counts


def name_classes(seen: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the name class (index into ``NAMES``, from 1) of forms, given each word with its entity label or ""."""
    counts: dict[str, Counter[str]] = {}
    for form, label in seen:
        if form[:1].isupper():
            counts.setdefault(form, Counter())[label] += 1
    return {form: found for form, labels in counts.items() if (found := _class(labels))}


def _class(labels: Mapping[str, int]) -> int:
    total = sum(labels.values())
    label, n = max(((label, labels.get(label, 0)) for label in LABELS), key=lambda pair: pair[1])
    if n > 0.6 * total and total >= 2:
        return 1 + NAMES.index(label)
    return 1 + NAMES.index(f"{label}?") if n > 0.2 * total and n >= 2 else 0
