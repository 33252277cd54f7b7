"""Packs simplemma's German list of inflected forms for ``lagebild.language.lexemes``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from lagebild.language.features import hashed

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST_RULES = 60_000


def suffix_rule(form: str, lemma: str) -> str:
    """Return ``cut|put``: how many letters go from the end and what comes in their place."""
    shared = next((k for k, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma)))
    return f"{len(form) - shared}|{lemma[shared:]}"


def pack(pairs: Iterable[tuple[str, str]], path: Path) -> None:
    """Write the table of (form, lemma) pairs: gaps between sorted hashes, rule numbers, rules."""
    rules = {hashed(form): suffix_rule(form, lemma) for form, lemma in pairs if WORD.fullmatch(form)}
    names = [rule for rule, _ in Counter(rules.values()).most_common(MOST_RULES)]
    index = {rule: k for k, rule in enumerate(names)}
    hashes = np.array(sorted(h for h, rule in rules.items() if rule in index), np.uint32)
    numbers = np.array([index[rules[int(h)]] for h in hashes], np.uint16)
    gaps = np.diff(hashes, prepend=np.uint32(0)).astype(np.uint32)
    packed = np.frombuffer("\n".join(names).encode("utf-8"), np.uint8)
    np.savez_compressed(path, gaps=gaps, numbers=numbers, rules=packed)


def german() -> Iterable[tuple[str, str]]:
    """Return simplemma's German forms with their lemmas."""
    return DefaultDictionaryFactory().get_dictionary("de").items()
