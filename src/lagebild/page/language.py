"""Whether a text is German: a count of small words first, py3langid where that leaves doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import function_words

WORD = re.compile(r"[^\W\d_]+(?:['’])?")
SAMPLE = 6000
ENOUGH_WORDS = 25
"""With fewer words the statistics of py3langid say little; only small words decide then."""


def language_of(text: str, lexicon: Lexicon, *, quick: bool = False) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``, or None where it has too few words to tell.

    ``quick`` goes by small words alone and says None where they leave doubt.
    """
    words = WORD.findall(_sample(text).lower())
    if not words:
        return None
    counts = Counter(words)
    tables: dict[str, frozenset[str]] = lexicon.derived(function_words)
    shares = {language: sum(counts[word] for word in table) / len(words) for language, table in tables.items()}
    best = max(shares, key=lambda language: shares[language])
    others = max(share for language, share in shares.items() if language != "de")
    if shares["de"] >= 0.12 and shares["de"] > 1.5 * others:
        return "de"
    if len(words) < ENOUGH_WORDS:
        return best if shares[best] >= 0.25 and shares[best] > 1.5 * shares["de"] and len(words) > 5 else None
    if quick:
        return None
    code, _ = _identifier().classify(_sample(text))
    return str(code)


def _sample(text: str) -> str:
    """The middle of a long text: the beginning of a page may be its menu."""
    if len(text) <= SAMPLE:
        return text
    start = (len(text) - SAMPLE) // 2
    return text[start : start + SAMPLE]


@cache
def _identifier() -> Any:
    import py3langid  # loads a model of 3 MB: only when small words leave doubt

    return py3langid
