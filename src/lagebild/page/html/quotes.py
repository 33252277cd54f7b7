"""Pull quotes: words of the text shown large beside it, and who said them."""

from __future__ import annotations

import re
from collections import Counter

from lagebild.page.html.flow import Line
from lagebild.page.html.lines import HEADS, RUNNING, parent_shape, shape_of
from lagebild.page.html.subheads import named_subhead
from lagebild.page.text import SENTENCE_END
from lagebild.rules.lexicon import Lexicon

PULLED = 25
"""A quote of so many letters that stands in a paragraph as well was pulled out of it."""
LARGE = 200
"""What is shown large is no longer."""
WORDS = 4
"""A sentence of fewer words may stand in a text twice."""
SHARE = 0.8
"""So many of its words stand in the paragraph, in order and close together: a sentence shown large is shortened at times."""
SPREAD = 1.5
WORD = re.compile(r"\w+")


def without_pulled(lines: list[Line], lexicon: Lexicon) -> list[Line]:
    """Leave out quotes that repeat words of the text outside its paragraphs, with the line that says whose they are."""
    running = [line for line in lines if len(line.text) >= RUNNING]
    homes = Counter(parent_shape(line) for line in running)
    shapes = Counter(shape_of(line) for line in running)
    kept: list[Line] = []
    pulled: Line | None = None
    for line in lines:
        if pulled is not None and _names_speaker(line, pulled):
            pulled = None
            continue
        apart = (line.tag != "p" or not homes[parent_shape(line)]) and not named_subhead(line, lexicon)
        if "blockquote" in line.inside or (apart and line.tag not in (*HEADS, "li") and shapes[shape_of(line)] < 2):
            others = [other for other in running if other is not line]
            pulled = line if _is_repeated(line, others) else None
        else:
            pulled = None
        if pulled is None:
            kept.append(line)
    return kept


def _is_repeated(line: Line, running: list[Line]) -> bool:
    if len(line.key) >= PULLED and any(line.key in other.key and line.key != other.key for other in running):
        return True
    words = WORD.findall(line.text.casefold())
    if len(words) < WORDS or len(line.text) > LARGE:
        return False
    return any(_follows(words, WORD.findall(other.text.casefold())) for other in running)


def _follows(words: list[str], text: list[str]) -> bool:
    """Whether most of ``words`` stand in ``text`` in their order within a stretch hardly longer."""
    span = int(len(words) * SPREAD) + 1
    starts = [at for at, word in enumerate(text) if word in words[:2]]
    return any(_common(words, text[at : at + span]) >= SHARE * len(words) for at in starts)


def _common(one: list[str], two: list[str]) -> int:
    """The length of the longest run of words in order that both have."""
    row = [0] * (len(two) + 1)
    for word in one:
        before = 0
        for at, other in enumerate(two, 1):
            above = row[at]
            row[at] = before + 1 if word == other else max(row[at], row[at - 1])
            before = above
    return row[-1]


def _names_speaker(line: Line, quote: Line) -> bool:
    """Whether ``line``, right behind a pulled quote and in its box, is short and no sentence: "Petra Muster, Ministerin"."""
    box = quote.element.getparent()
    near = box is not None and (line.element.getparent() is box or line.element is box)
    return near and line.tag not in ("p", *HEADS) and len(line.text) < RUNNING and not SENTENCE_END.search(line.text)
