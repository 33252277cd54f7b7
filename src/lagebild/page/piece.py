"""A piece of page: its clean text, and for each character where it stood on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lagebild.records import Block, BlockKind, Span

# Not part of any word: C0 and C1 controls, soft hyphen, zero width characters, bidi marks and embeddings, byte order
# marks inside the text, replacement for lone surrogates, interlinear marks.
INVISIBLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNCLEAN = re.compile(rf"[{INVISIBLE}]|\s\s|[^\S ]")
_WORD = re.compile(rf"[^\s{INVISIBLE}]+")
_GAP = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` without control characters and double spaces; ``runs`` are (offset in text, offset on page) pairs."""

    text: str
    runs: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> Piece:
        """Return the characters ``start`` to ``end``, white space at both ends left out."""
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        start, text = start + lead, text.strip()
        before = [(0, page + start - at) for at, page in self.runs if at <= start][-1:]
        inside = [(at - start, page) for at, page in self.runs if start < at < start + len(text)]
        return Piece(text, (*before, *inside))


def clean(page: str, start: int = 0, end: int | None = None) -> Piece:
    """Return ``page[start:end]`` as a piece: invisible characters gone, each stretch of white space one space."""
    end = len(page) if end is None else end
    raw = page[start:end]
    stripped = raw.strip()
    if not _UNCLEAN.search(stripped):
        return Piece(stripped, ((0, start + raw.find(stripped)),) if stripped else ())
    words: list[str] = []
    runs: list[tuple[int, int]] = []
    length, last = 0, 0
    for match in _WORD.finditer(raw):
        if words and _GAP.search(raw, last, match.start()):
            words.append(" ")
            length += 1
        runs.append((length, start + match.start()))
        words.append(match[0])
        length += len(match[0])
        last = match.end()
    return Piece("".join(words), _merged(runs))


def lines(page: str) -> Iterator[Piece]:
    """Return the lines of ``page`` as pieces, empty ones too."""
    start = 0
    for match in LINE_END.finditer(page):
        yield clean(page, start, match.start())
        start = match.end()
    yield clean(page, start)


def _merged(runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Drop the pairs that say nothing new: both sides moved on by the same amount."""
    kept: list[tuple[int, int]] = []
    for at, page in runs:
        if not kept or page - at != kept[-1][1] - kept[-1][0]:
            kept.append((at, page))
    return tuple(kept)


def join(pieces: Iterable[tuple[BlockKind, Piece]]) -> tuple[str, tuple[Block, ...], tuple[tuple[int, int], ...]]:
    """Return the pieces as one text, a line each, with their blocks and the map back to the page."""
    texts: list[str] = []
    blocks: list[Block] = []
    runs: list[tuple[int, int]] = []
    at = 0
    for kind, piece in pieces:
        if not piece.text:
            continue
        texts.append(piece.text)
        blocks.append(Block(kind, Span(at, at + len(piece.text), piece.text)))
        runs.extend((at + offset, page) for offset, page in piece.runs)
        at += len(piece.text) + 1
    return "\n".join(texts), tuple(blocks), _merged(runs)
