"""What lines of a page have in common: measures, and the shape their elements give them."""

from __future__ import annotations

import re

from lagebild.page.html.flow import Line

HEADS = ("h2", "h3", "h4", "h5", "h6")
RUNNING = 80
LINKED = 0.6
POINTS = re.compile(
    r"(?:(?:worum|darum) geht[’']?s|(?:das wichtigste )?in kürze|das wichtigste(?: auf einen blick)?|auf einen blick|"
    r"kurz (?:und knapp|gefasst|zusammengefasst)|die wichtigsten (?:punkte|erkenntnisse)|key (?:points|takeaways))\s?:?",
    re.I,
)
"""The heading of a list that says in short what a text holds."""

Shape = tuple[str, str, str, str]


def shape_of(line: Line) -> Shape:
    """What lines of one kind share: element and class, theirs and their parent's."""
    return (line.tag, line.element.get("class") or "", *parent_shape(line))


def parent_shape(line: Line) -> tuple[str, str]:
    """The element a line's own stands in, and its class."""
    parent = line.element.getparent()
    return ("", "") if parent is None else (str(parent.tag), parent.get("class") or "")
