"""What stands in the article's element and is none of its text, by its place: boxes, far ends."""

from __future__ import annotations

from collections import Counter

from lagebild.page.html.extract import Votes
from lagebild.page.html.flow import Line
from lagebild.page.html.lines import HEADS, RUNNING, shape_of
from lagebild.page.html.tree import Element
from lagebild.page.text import SENTENCE_END

FLAT = 0.7
"""A text is flat where this share of it stands directly in one element."""
FAR = 0.4
"""What is left out behind the article's end is no more than this share of all that was kept."""
GAP = 3
"""So many lines that are no text lie between, and more."""
BOX = 0.3
"""What holds more than this share of a flat text is no box in it."""
CONTENTS = 2
"""A table of contents has so many lines at least, and a heading of fewer words."""


def inner_boxes(candidates: list[Line], votes: Votes) -> set[Element]:
    """The boxes with a heading of their own inside a text whose paragraphs all stand side by side.

    Where most of the text stands directly in one element, an element in there that brings a heading along is a box: facts,
    a teaser, an appeal. Where each section of the text has its own element there is no telling, and nothing is a box.
    """
    weights: Counter[Element] = Counter()
    for line in candidates:
        parent = line.element.getparent()
        if parent is not None and len(line.text) >= RUNNING and votes.has(line):
            weights[parent] += len(line.text)
    if not weights:
        return set()
    home, weight = weights.most_common(1)[0]
    if weight < FLAT * weights.total():
        return set()
    begun = False  # what stands above the first paragraph, key points for one, is no box
    boxes: dict[Element, int] = {}
    headed: set[Element] = set()
    filled: set[Element] = set()  # a heading alone in a box of its own heads what follows
    for line in candidates:
        chain = [line.element, *line.element.iterancestors()]
        direct = line.element.getparent() is home or line.element is home
        begun = begun or (direct and len(line.text) >= RUNNING)
        if direct:
            boxes[line.element] = boxes.get(line.element, 0) + len(line.text)  # text and headings in one element
        if direct or home not in chain or not begun:
            continue
        box = chain[chain.index(home) - 1]
        if box.tag not in ("div", "section", "aside", "details", "article"):
            continue
        boxes[box] = boxes.get(box, 0) + len(line.text)
        (headed if line.tag in HEADS else filled).add(box)
    return {box for box in headed & filled if boxes[box] < BOX * weight}


def box_of(line: Line, voted: list[Line]) -> Element | None:
    """The element that ``line`` heads, unless a good part of the article, of the lines ``voted`` for, stands in it as well."""
    loose = line.element.find("p") is not None  # a link and a paragraph in one box
    parent = line.element if loose else line.element.getparent()
    if parent is None or parent.tag in ("body", "main", "article"):
        return None
    inside = sum(1 for other in voted if parent in other.element.iterancestors())
    return parent if inside <= 1 and inside < len(voted) else None


def without_far_end(kept: list[Line], candidates: list[Line]) -> list[Line]:
    """Leave out what stands behind other things in a box and a shape of its own: a publisher's notes behind lists of links."""
    place = {id(line): number for number, line in enumerate(candidates)}
    total = sum(len(line.text) for line in kept)
    after = 0
    for number in range(len(kept) - 1, 0, -1):
        after += len(kept[number].text)
        if after > FAR * total:
            break
        if place[id(kept[number])] - place[id(kept[number - 1])] <= GAP:
            continue
        homes = {line.element.getparent() for line in kept[:number]} | {line.element for line in kept[:number]}
        shapes = {shape_of(line) for line in kept[:number]}
        if not any(line.element.getparent() in homes or shape_of(line) in shapes for line in kept[number:]):
            return kept[:number]
    return kept


def without_contents(kept: list[Line]) -> list[Line]:
    """Leave out a table of contents: list items, two and more, that are the headings of what follows, and their own heading."""
    heads = Counter(line.key for line in kept if line.tag in HEADS)
    items = [number for number, line in enumerate(kept) if line.tag == "li" and line.key in heads]
    if len(items) < CONTENTS or items != list(range(items[0], items[-1] + 1)):
        return kept
    first = items[0]
    if first and kept[first - 1].tag in HEADS and len(kept[first - 1].text.split()) < CONTENTS:
        first -= 1
    return kept[:first] + kept[items[-1] + 1 :]


def says_who(line: Line, before: Line | None) -> bool:
    """Whether a line says whose words the quotation right before it are: "Petra Muster, Ministerin"."""
    if before is None or "blockquote" not in before.inside or "blockquote" in line.inside:
        return False
    beside = before.element.getparent() is line.element.getparent() or before.element.getparent() is line.element
    return beside and line.tag not in ("p", *HEADS) and len(line.text) < RUNNING and not SENTENCE_END.search(line.text)
