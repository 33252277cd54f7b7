"""Whose turn it is in an interview: lines that open with a label ("SZ: ...?", "Huber: ..."), and those without one between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

LABEL = re.compile(r"(?P<label>[A-ZÄÖÜ][\w.’'-]*(?: (?:[A-ZÄÖÜ][\w.’'-]*|von|van|de|der)){0,3}):(?=\s+\S)")
LINE = re.compile(r"[^\n]*\S[^\n]*")
ASKED = re.compile(r"\?[\"“”»«)]*\s*$")
ENDED = re.compile(r"[.!?…][\"“”»«)]*\s*$")
LEAST = 2  # questions in an article for it to be an interview


@dataclass(frozen=True, slots=True)
class Turn:
    """What one says at a stretch, by offsets. ``label`` names who; where the line has none, it is that of an earlier line."""

    label: tuple[int, int]
    start: int
    end: int
    asks: bool
    labelled: bool


def turns(text: str) -> list[Turn]:
    """Return the turns of an interview in order; none where the text is no interview.

    It is one where a question under one label is answered in the next line under another. Lines without a label belong
    to who is asked, unless they end in a question mark or questions and answers plainly take turns.
    """
    if text.count("?") < LEAST:
        return []
    lines = [(match.start(), match.end(), LABEL.match(text, match.start())) for match in LINE.finditer(text)]
    opening = _opening(text, lines)
    if opening is None:
        return []
    lines = lines[opening:]
    first = lines[0][2]
    asker = first["label"] if first is not None else ""
    lines = [line for line in lines if line[2] is not None or ENDED.search(text, *line[:2])]
    if sum(ASKED.search(text, *line[:2]) is not None for line in lines) < LEAST:
        return []
    by_turns = _take_turns(text, lines)
    found: list[Turn] = []
    last: dict[bool, tuple[int, int]] = {}
    for start, end, match in lines:
        labelled = match is not None
        if match is not None:
            asks = match["label"] == asker
            last[asks] = match.span("label")
            start = match.end() + 1
        else:
            asked = ASKED.search(text, start, end) is not None
            asks = asked or (by_turns and not found[-1].asks)
        found.append(Turn(last[asks], start, end, asks, labelled))
    return found


def _opening(text: str, lines: list[tuple[int, int, re.Match[str] | None]]) -> int | None:
    """Return the number of the first line that asks under a label and is answered under another in the next line."""
    for number in range(len(lines) - 1):
        asked, answered = lines[number], lines[number + 1]
        if asked[2] is None or answered[2] is None or asked[2]["label"] == answered[2]["label"]:
            continue
        if ASKED.search(text, *asked[:2]) and not ASKED.search(text, *answered[:2]):
            return number
    return None


def _take_turns(text: str, lines: list[tuple[int, int, re.Match[str] | None]]) -> bool:
    """Tell whether every second line is a question's, also those that do not end in a question mark."""
    asked = [n for n, line in enumerate(lines) if line[2] is None and ASKED.search(text, *line[:2])]
    return len(asked) >= LEAST and all(number % 2 == 0 for number in asked)
