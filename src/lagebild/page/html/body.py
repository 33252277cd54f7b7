"""Which lines of a page are the article: those trafilatura takes, put right by the page's own structure.

trafilatura drops leads, subheads and paragraphs between embeds, and takes captions, link boxes and credits. Its choice
finds the element the article stands in; there, each line is looked at by what it is and by what stands around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from lagebild.page.credits import byline_names, is_note_on, read_credit
from lagebild.page.dates import date_line, first_date
from lagebild.page.html.extract import Votes
from lagebild.page.html.flow import Line, key_of
from lagebild.page.html.tree import Element, roles
from lagebild.page.text import QUOTED_HEAD, SENTENCE_END, SHORT
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

HEADS = ("h2", "h3", "h4", "h5", "h6")
RUNNING = 80
LINKED = 0.6
LABELLED = 0.3
"""A line of a bold label and a link is linked that much at least."""
WHOLE = 0.85
"""The article's element holds this share of what was voted for; the rest may be a lead above it or a miss."""
NAMED = 120
"""What calls itself a subhead and is longer is none."""
FLAT = 0.7
"""A text is flat where this share of it stands directly in one element."""
FAR = 0.4
"""What is left out behind the article's end is no more than this share of all that was kept."""
GAP = 3
"""So many lines that are no text lie between, and more."""
BOX = 0.3
"""What holds more than this share of a flat text is no box in it."""
NEVER_TEXT = ("source-infocom",)
"""The rows whose lines are no text even where the page sets them like a paragraph."""
WORD = re.compile(r"\w{4,}")


def article_element(lines: list[Line], votes: Votes, lexicon: Lexicon) -> Element | None:
    """Return the lowest element that holds nearly all the voted text; None where no line runs."""
    weights: Counter[Element] = Counter()
    total = 0
    for least, chosen in ((RUNNING, votes.has), (RUNNING // 2, votes.has), (RUNNING, _any)):
        for line in lines:
            if len(line.text) >= least and line.linked < LINKED and line.tag not in ("h1", *HEADS) and chosen(line):
                total += len(line.text)
                weights[line.element] += len(line.text)
                for above in line.element.iterancestors():
                    weights[above] += len(line.text)
        if total:
            break
    if not total:
        return None
    enough = [element for element, weight in weights.items() if weight >= WHOLE * total]
    lowest = min(enough, key=lambda element: (weights[element], -_depth(element)))
    lowest = max((e for e in enough if weights[e] == weights[lowest]), key=_depth)
    parent = lowest.getparent()
    if lowest.tag in ("p", "li", "td", "blockquote") and parent is not None:
        lowest = parent
    named = [
        element for element, weight in weights.items() if weight >= 0.7 * total and "body" in roles(element, lexicon)
    ]
    found = max(named, key=_depth) if named and _depth(max(named, key=_depth)) >= _depth(lowest) else lowest
    parent = found.getparent()
    return parent if parent is not None and _goes_on_beside(found, lines) else found


def _goes_on_beside(element: Element, lines: list[Line]) -> bool:
    """Whether elements of the same tag and class beside ``element`` hold running text: the sections of one article."""
    parent = element.getparent()
    if parent is None or not element.get("class") or parent.tag in ("body", "html"):
        return False
    others = {e for e in parent if e is not element and (e.tag, e.get("class")) == (element.tag, element.get("class"))}
    return any(
        len(line.text) >= RUNNING and line.linked < LABELLED and not others.isdisjoint(line.element.iterancestors())
        for line in lines
    )


def _any(line: Line) -> bool:
    return True


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def body_lines(
    lines: list[Line], inside: set[int], votes: Votes, lexicon: Lexicon, *, authors: Collection[str] = ()
) -> list[Line]:
    """Return the lines of the article's element (numbers ``inside``) that are text of the article."""
    rules: Phrases = lexicon.derived(phrases)
    candidates = [line for number, line in enumerate(lines) if number in inside]
    boxes = _inner_boxes(candidates, votes)
    candidates = [line for line in candidates if not any(above in boxes for above in line.element.iterancestors())]
    shapes = Counter(_shape(line) for line in candidates if votes.has(line) and len(line.text) >= RUNNING)
    parents = Counter(_parent_shape(line) for line in candidates if votes.has(line) and len(line.text) >= RUNNING)
    kept: list[Line] = []
    waiting: list[Line] = []  # a heading whose text has not come yet
    skipping = False
    box: Element | None = None
    for line in candidates:
        if rules.match(line.text, "stop"):
            if sum(len(other.text) >= RUNNING for other in kept) >= 2:
                break
            continue
        if box is not None and box in line.element.iterancestors():
            continue
        if hit := rules.match(line.text, "related", "cut", "caption", "paywall"):
            skipping = hit[0].role == "related"
            waiting = [] if skipping else waiting
            box = _box(line, votes, lines) if skipping else None
            continue
        if is_note_on(authors, line.text, lexicon):
            waiting = []
            continue
        if is_credit(line, lexicon, paragraph=shapes[_shape(line)] > 0):
            continue
        if skipping and (line.linked > 0.5 or (len(line.text) <= SHORT and line.tag not in ("p", *HEADS))):
            continue
        skipping = False
        if not named_subhead(line, lexicon) and not _belongs(line, shapes, parents, votes, rules):
            waiting = [head for head in waiting if votes.has(head) and line.linked <= LINKED]
        elif line.tag in HEADS or named_subhead(line, lexicon):
            waiting = [*(head for head in waiting if head.tag != line.tag), line]
        else:
            kept += [*waiting, line]
            waiting = []
    return _without_far_end(kept, candidates)


def _without_far_end(kept: list[Line], candidates: list[Line]) -> list[Line]:
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
        shapes = {_shape(line) for line in kept[:number]}
        if not any(line.element.getparent() in homes or _shape(line) in shapes for line in kept[number:]):
            return kept[:number]
    return kept


def is_credit(line: Line, lexicon: Lexicon, *, paragraph: bool) -> bool:
    """Whether a line is a byline, a source line or a date line: read for its content, and no part of the text.

    What the page sets like any ``paragraph`` of its text, a closing "(sda)" for one, stays.
    """
    text = line.text
    if len(text) > 150:
        return False
    named = roles(line.element, lexicon)
    if named & {"credits", "author", "date"} and not named & {"lead", "body"} and not SENTENCE_END.search(text):
        return True
    hit = lexicon.derived(phrases).match(text, "source", "credits", "byline", "dated")
    if hit is None:
        return date_line(text, lexicon) is not None
    row, match = hit
    if row.role == "byline":
        return text[-1:] not in ".!?" and bool(byline_names(match["names"], lexicon).bylines)
    if row.role == "dated":
        return first_date(text, lexicon) is not None
    if paragraph and row.id not in NEVER_TEXT:
        signed = lexicon.derived(phrases).match(text, "byline")  # "Text: Petra Muster, Bilder: Jan Muster"
        return signed is not None and bool(byline_names(signed[1]["names"], lexicon).bylines)
    credit = read_credit(match["rest"], lexicon)
    return bool(credit.agencies or credit.outlets or row.role == "source")


def _inner_boxes(candidates: list[Line], votes: Votes) -> set[Element]:
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
        if line.tag in HEADS:
            headed.add(box)
    return {box for box in headed if boxes[box] < BOX * weight}


def _box(line: Line, votes: Votes, lines: list[Line]) -> Element | None:
    """The element that ``line`` heads, unless a good part of the article stands in it as well."""
    parent = line.element.getparent()
    if parent is None or parent.tag in ("body", "main", "article"):
        return None
    voted = [other for other in lines if len(other.text) >= RUNNING and votes.has(other)]
    inside = sum(1 for other in voted if parent in other.element.iterancestors())
    return parent if inside <= 1 and inside < len(voted) else None


Shape = tuple[str, str, str, str]


def _shape(line: Line) -> Shape:
    """What lines of one kind share: element and class, theirs and their parent's."""
    return (line.tag, line.element.get("class") or "", *_parent_shape(line))


def _parent_shape(line: Line) -> tuple[str, str]:
    parent = line.element.getparent()
    return ("", "") if parent is None else (str(parent.tag), parent.get("class") or "")


def _belongs(
    line: Line, shapes: Counter[Shape], parents: Counter[tuple[str, str]], votes: Votes, rules: Phrases
) -> bool:
    """Whether a line is of the kind that is text here."""
    if line.tag == "h1":
        return False
    if line.tag in HEADS:
        return len(line.text) <= 200 and line.linked < 0.9
    long_enough = len(line.text) >= RUNNING
    if line.linked > LABELLED and line.linked + line.strong > 0.95 and line.strong < 0.9:
        return False  # a label in bold and a link: another article
    if line.linked > LINKED:
        return long_enough and votes.has(line) and line.linked < 0.95
    credited = len(line.text) <= SHORT and rules.match(line.text, "source", "credits") is not None
    label = len(line.text) < 30 and not SENTENCE_END.search(line.text) and line.strong < 0.9 and not credited
    if line.tag not in ("p", "li", "blockquote") and label:
        return False
    if votes.has(line):
        return True
    if line.tag == "p":
        return shapes[_shape(line)] > 0 or (
            long_enough and parents[_parent_shape(line)] > 0 and bool(SENTENCE_END.search(line.text))
        )
    if line.tag == "li":
        return long_enough or shapes[_shape(line)] > 0
    if line.tag in ("td", "th", "dt", "dd", "summary", "caption"):
        return False
    if shapes[_shape(line)] > 0:
        return long_enough or credited or line.strong > 0.9 or bool(SENTENCE_END.search(line.text))
    return long_enough and "blockquote" in line.inside


def is_subhead(line: Line, after: Line | None, lexicon: Lexicon) -> bool:
    """Whether ``line`` is a heading inside the text: by its element, by its name, or short and bold before running text."""
    if after is None or after.tag in HEADS:
        return False
    if line.tag in HEADS:
        return True
    if named_subhead(line, lexicon):
        return not named_subhead(after, lexicon)
    quoted = line.strong > 0.9 and QUOTED_HEAD.match(line.text) is not None
    short = len(line.text) <= SHORT and (quoted or not SENTENCE_END.search(line.text))
    if short and _set_apart(line, after):
        return True
    bold = line.strong > 0.9 and short
    return bold and len(after.text) >= RUNNING and after.strong < 0.9 and line.tag in ("p", "div", "td", "section")


def _set_apart(line: Line, after: Line) -> bool:
    """Whether a short paragraph stands beside running ones under a class of its own."""
    if line.tag != "p" or after.tag != "p" or len(after.text) < RUNNING or len(line.text.split()) < 2:
        return False
    own, other = line.element.get("class"), after.element.get("class")
    return bool(own) and own != other and line.element.getparent() is after.element.getparent()


def named_subhead(line: Line, lexicon: Lexicon) -> bool:
    """Whether an element that is no heading calls itself one inside the text: "zwischentitel", "crosshead"."""
    return line.tag not in HEADS and len(line.text) <= NAMED and "subhead" in roles(line.element, lexicon)


def resembles(text: str, description: str) -> float:
    """Return the share of the longer words of ``description`` that stand in ``text``."""
    words = set(WORD.findall(description.casefold()))
    return len(words & set(WORD.findall(text.casefold()))) / len(words) if words else 0.0


def lead_lines(lines: list[Line], start: int, stop: int, descriptions: list[str], lexicon: Lexicon) -> list[Line]:
    """Return the lead among ``lines[start:stop]``, those between headline and body: by name, by the page's description, or by length."""
    rules: Phrases = lexicon.derived(phrases)
    found: list[Line] = []
    for line in lines[start:stop]:
        if line.tag in ("h1",) or line.linked > LINKED or len(line.text) < 30 or len(line.text) > 1200:
            continue
        if rules.match(line.text, "cut", "caption", "related", "byline", "dated", "paywall", "stop", "source"):
            continue
        if is_credit(line, lexicon, paragraph=False):
            continue
        named = any("lead" in roles(element, lexicon) for element in _near(line.element))
        told = any(resembles(line.text, text) > 0.7 and len(text) > 40 for text in descriptions)
        runs = (
            len(line.text) >= RUNNING
            and line.tag in ("p", "div", "span", *HEADS)
            and bool(SENTENCE_END.search(line.text))
        )
        if named or told or runs:
            found.append(line)
    return found


def _near(element: Element) -> list[Element]:
    above = list(element.iterancestors())[:2]
    return [element, *above]


def key_overlap(a: str, b: str) -> bool:
    """Whether two texts are the same but for spacing and marks, or one begins with the other."""
    one, two = key_of(a), key_of(b)
    return bool(one and two) and (one == two or one.startswith(two) or two.startswith(one))
