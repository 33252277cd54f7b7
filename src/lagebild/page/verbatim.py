"""A text taken exactly as it is: not a character changes, only its lines are labelled and its credits read."""

from __future__ import annotations

from lagebild.page.draft import Draft
from lagebild.page.piece import LINE_END, Piece
from lagebild.page.text import label_blocks, read_ends
from lagebild.records import Block, Span
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import phrases


def read_verbatim(text: str, lexicon: Lexicon) -> tuple[Draft, tuple[Block, ...]]:
    """Return a draft with the credits of ``text`` and the blocks of its lines; ``text`` itself stays untouched."""
    pieces: list[Piece] = []
    start = 0
    for match in [*LINE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        if line.strip():
            at = start + len(line) - len(line.lstrip())
            pieces.append(Piece(line.strip(), ((0, at),)))
        start = match.end() if match else end
    draft = Draft()
    read_ends(pieces, draft, lexicon.derived(phrases), lexicon)
    kinds = label_blocks(pieces)
    blocks = tuple(
        Block(kind, Span(piece.runs[0][1], piece.runs[0][1] + len(piece.text), piece.text))
        for kind, piece in zip(kinds, pieces, strict=True)
    )
    return draft, blocks
