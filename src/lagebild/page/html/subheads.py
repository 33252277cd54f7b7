"""Which lines are headings inside the text."""

from __future__ import annotations

from lagebild.page.html.flow import Line
from lagebild.page.html.lines import HEADS, POINTS, RUNNING
from lagebild.page.html.tree import roles
from lagebild.page.text import QUOTED_HEAD, SENTENCE_END, SHORT
from lagebild.rules.lexicon import Lexicon

NAMED = 120
"""What calls itself a subhead and is longer is none."""


def is_subhead(line: Line, after: Line | None, lexicon: Lexicon) -> bool:
    """Whether ``line`` is a heading inside the text: by its element, by its name, or short and bold before running text."""
    if after is None or after.tag in HEADS:
        return False
    if line.tag in HEADS:
        return True
    if named_subhead(line, lexicon):
        return not named_subhead(after, lexicon)
    if after.tag == "li" and line.tag != "li" and POINTS.fullmatch(line.text):
        return True
    quoted = line.strong > 0.9 and QUOTED_HEAD.match(line.text) is not None
    short = len(line.text) <= SHORT and (quoted or not SENTENCE_END.search(line.text))
    if short and _set_apart(line, after):
        return True
    bold = line.strong > 0.9 and short
    runs = len(after.text) >= RUNNING or (after.tag == "li" and len(line.text.split()) > 2)
    return bold and runs and after.strong < 0.9 and line.tag in ("p", "div", "td", "section")


def _set_apart(line: Line, after: Line) -> bool:
    """Whether a short paragraph stands beside running ones under a class of its own."""
    if line.tag != "p" or after.tag != "p" or len(after.text) < RUNNING or len(line.text.split()) < 2:
        return False
    own, other = line.element.get("class"), after.element.get("class")
    return bool(own) and own != other and line.element.getparent() is after.element.getparent()


def named_subhead(line: Line, lexicon: Lexicon) -> bool:
    """Whether an element that is no heading calls itself one inside the text: "zwischentitel", "crosshead"."""
    return line.tag not in HEADS and len(line.text) <= NAMED and "subhead" in roles(line.element, lexicon)
