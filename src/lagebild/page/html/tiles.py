"""Takes out what stands around an article in the same shape many times over: tiles that lead to other articles, and walls of consent.

Neither needs a name to be known. A tile is a small box with a title that is a link and some words, or a comment with a button
to answer; three and more of them side by side are other articles, or comments. A wall asks for consent in two and more paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lagebild.page.html.flow import Line, flow
from lagebild.page.html.lines import HEADS
from lagebild.page.html.tree import Element, remove, roles, text_of
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

BOXES = frozenset(("div", "article", "li", "section", "td", "tr", "table"))
TILE = 500
"""A tile holds no more letters."""
BUTTON = 20
SEVERAL = 3
MOST = 0.6
"""So many of the boxes of one shape are tiles where they are a list of other articles."""
TITLE_WORDS = 3
RUNNING = 80
LEAST = 200
"""A page that holds fewer letters of running text outside its tiles is a list of them."""
WALL = 5000
"""A wall of consent holds no more letters."""
ASKED = 2
"""So many of its paragraphs speak of consent."""


def drop_tiles(tree: Element, title: Element | None, lexicon: Lexicon) -> None:
    """Remove the lists of tiles from ``tree``, unless the page is nothing else."""
    kept = {title, *title.iterancestors()} if title is not None else set()
    beside: dict[Shape, list[Element]] = {}  # of one parent
    alike: dict[Shape, list[Element]] = {}  # anywhere, by their class and their parent's
    for box in tree.iter(*BOXES):
        parent = box.getparent()
        if parent is not None and box not in kept:
            beside.setdefault((parent, *_names(box)), []).append(box)
            if box.get("class"):
                alike.setdefault((*_names(parent), *_names(box)), []).append(box)
    known: dict[Element, bool] = {}
    tiles = list(dict.fromkeys(tile for group in (beside, alike) for tile in _lists_in(group.values(), known, lexicon)))
    if not tiles:
        return
    inside = {box for tile in tiles for box in tile.iter()}
    rest = sum(len(line.text) for line in flow(tree) if _runs(line) and line.element not in inside)
    if rest >= LEAST:
        for tile in tiles:
            remove(tile)


Shape = tuple[object, ...]


def _names(element: Element) -> tuple[str, str]:
    """Tag and first class: what follows often counts or varies ("teaser teaser--large")."""
    return str(element.tag), ((element.get("class") or "").split() or [""])[0]


def _lists_in(groups: Iterable[list[Element]], known: dict[Element, bool], lexicon: Lexicon) -> Iterator[Element]:
    """The tiles of the groups that consist of tiles; ``known`` remembers what a box is."""
    for boxes in groups:
        if len(boxes) < SEVERAL:
            continue
        for box in boxes:
            if box not in known:
                known[box] = _is_tile(box, lexicon)
        tiles = [box for box in boxes if known[box]]
        if len(tiles) >= SEVERAL and len(tiles) >= MOST * len(boxes):
            yield from tiles


def _is_tile(box: Element, lexicon: Lexicon) -> bool:
    named = roles(box, lexicon)
    if not _is_small(box) or "live" in named:
        return False
    if "body" in named:  # some systems call every box so
        first = next(iter(flow(box)), None)
        return first is not None and first.tag in HEADS and first.linked > 0.9
    if _is_comment(box, lexicon):
        return True
    if all((link.get("href") or "#").startswith("#") for link in box.iter("a")):
        return False
    lines = flow(box)
    titled = any(line.linked > 0.9 and len(line.text.split()) >= TITLE_WORDS for line in lines)
    return titled and len(lines) > 1


def _is_comment(box: Element, lexicon: Lexicon) -> bool:
    """Whether a box holds a few words of somebody and a button to answer."""
    rules: Phrases = lexicon.derived(phrases)
    lines = flow(box)
    return len(lines) > 1 and any(len(line.text) <= BUTTON and rules.match(line.text, "stop") for line in lines[-2:])


def _is_small(box: Element) -> bool:
    """Whether the text of ``box`` is no longer than a tile's; read no further than that."""
    length = 0
    for text in box.itertext():
        length += len(text.strip())
        if length > TILE:
            return False
    return True


def _runs(line: Line) -> bool:
    return len(line.text) >= RUNNING and line.linked < 0.3


def drop_walls(tree: Element, title: Element | None, lexicon: Lexicon) -> None:
    """Remove the boxes that ask for consent to cookies and tracking; the headline stands in none."""
    rules: Phrases = lexicon.derived(phrases)
    kept = {title, *title.iterancestors()} if title is not None else set()
    running = [line for line in flow(tree) if _runs(line)]
    asking = [line for line in running if rules.match(line.text, "wall")]
    for line in asking if len(asking) >= ASKED else ():
        box = _around(line.element, asking, kept)
        if box is None or box.getparent() is None:
            continue
        if sum(len(other.text) for other in running if box not in other.element.iterancestors()) >= LEAST:
            remove(box)


def _around(element: Element, asking: list[Line], kept: Iterable[Element]) -> Element | None:
    """The lowest box around ``element`` in which the lines that ask are half of the running ones, and two."""
    for above in element.iterancestors("div", "section", "dialog", "form", "aside", "article"):
        if above in kept or len(text_of(above)) > WALL:
            return None
        running = [line for line in flow(above) if _runs(line)]
        asked = sum(1 for line in asking if above in line.element.iterancestors())
        if asked >= ASKED:
            return above if 2 * asked >= len(running) else None
    return None
