"""Finds the words of the article in the markup they came from, so that offsets map back to the page."""

from __future__ import annotations

import bisect
import html as entities
import re
from collections.abc import Iterator

from lagebild.page.piece import INVISIBLE, Piece

TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)|</?[a-zA-Z!?][^<>]*>|"
    rf"(?P<entity>&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});?)|(?P<word>[^\s<&{INVISIBLE}]+)|(?P<mark>[<&])",
    re.S | re.I,
)
WORD = re.compile(rf"[^\s{INVISIBLE}]+")
WINDOW = 4000


class Where:
    """The visible characters of ``page`` without white space, and where on the page each run of them begins."""

    def __init__(self, page: str):
        parts: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        at = 0
        for text, place in _visible(page):
            parts.append(text)
            self.starts.append(at)
            self.places.append(place)
            at += len(text)
        self.solid = "".join(parts)
        self.cursor = 0

    def locate(self, text: str) -> Piece:
        """Return ``text`` as a piece; it is looked for after the piece before it, then anywhere."""
        words = [(match.start(), match[0]) for match in WORD.finditer(text)]
        solid = "".join(word for _, word in words)
        at = self.solid.find(solid, self.cursor)
        at = at if at >= 0 else self.solid.find(solid)
        if at < 0:
            return Piece(text, tuple(self._word_by_word(words)))
        self.cursor = at + len(solid)
        return Piece(text, tuple(self._runs(words, at)))

    def _runs(self, words: list[tuple[int, str]], at: int) -> Iterator[tuple[int, int]]:
        for offset, word in words:
            done = 0
            while done < len(word):
                run = bisect.bisect_right(self.starts, at) - 1
                yield offset + done, self.places[run] + at - self.starts[run]
                end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.solid)
                step = min(end - at, len(word) - done)
                done, at = done + step, at + step

    def _word_by_word(self, words: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
        """For a text some words of which were left out or changed on the way."""
        for offset, word in words:
            at = self.solid.find(word, self.cursor, self.cursor + WINDOW)
            if at >= 0:
                self.cursor = at + len(word)
                yield from self._runs([(offset, word)], at)


def _visible(page: str) -> Iterator[tuple[str, int]]:
    for match in TOKEN.finditer(page):
        if match["word"] or match["mark"]:
            yield match[0], match.start()
        elif match["entity"]:
            text = "".join(WORD.findall(entities.unescape(match["entity"])))
            if text:
                yield text, match.start()
