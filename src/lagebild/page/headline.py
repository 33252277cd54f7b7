"""Kicker and headline, also where a page glues them: "Gipfel in GenfMinister einigen sich"."""

from __future__ import annotations

import re

from lagebild.page.piece import Piece
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import camel_words

SEAM = re.compile(r"(?<=[a-zäöüß\d?!.:…\"“»%)])(?=[A-ZÄÖÜ\"„]|»\w)|(?<=[A-ZÄÖÜ]{2})(?=[A-ZÄÖÜ][a-zäöüß]{2,}\s)")
TOKEN = re.compile(r"\S+")
# A capital inside a word that German itself puts there: "BürgerInnen", and names as in "O'Neill", "McCain".
INNER = re.compile(r"[a-zäöüß](?:In|Innen)\b|\bMc[A-Z]|\bMac[A-Z]|\b[A-Za-z]['’][A-Z]")


def unglue(line: Piece, lexicon: Lexicon) -> tuple[Piece | None, Piece]:
    """Split a line at the seam between kicker and headline; the kicker is None where there is no seam.

    A seam is a small letter or end mark right before a capital. It must leave a headline of two words at least and
    must not fall inside a word that is written with a capital inside. Of several seams the first is taken.
    """
    known = lexicon.derived(camel_words)
    for token in TOKEN.finditer(line.text):
        word = token[0].strip('"„“”»«.,:;!?()…')
        if any(part in known for part in re.split(r"[-/]", word)) or INNER.search(word) or "://" in word or "@" in word:
            continue
        for seam in SEAM.finditer(token[0]):
            at = token.start() + seam.start()
            if _fits(line.text[:at], line.text[at:]):
                return line.part(0, at), line.part(at, len(line.text))
    return None, line


def _fits(kicker: str, headline: str) -> bool:
    return (
        3 <= len(kicker) <= 80
        and len(headline.split()) >= 2
        and len(headline) >= 8
        and not re.match(r"[A-ZÄÖÜ](?:\b|[A-ZÄÖÜ]?\d)", headline)
        and kicker[-1] not in "(„«-–/"
        and not kicker.count('"') % 2  # a seam inside a quotation is none
        and not re.search(r"\d\.$", kicker)
    )
