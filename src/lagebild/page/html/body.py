"""Which lines of a page are the article: those trafilatura takes, put right by the page's own structure.

trafilatura drops leads, subheads and paragraphs between embeds, and takes captions, link boxes and credits. Its choice
finds the element the article stands in; there, each line is looked at by what it is and by what stands around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from lagebild.page.bylines import byline_names, is_note_on
from lagebild.page.credits import read_credit, signature
from lagebild.page.dates import date_line, first_date
from lagebild.page.html.boxes import box_of, inner_boxes, says_who, without_contents, without_far_end
from lagebild.page.html.extract import Votes
from lagebild.page.html.flow import Line
from lagebild.page.html.lines import HEADS, LINKED, RUNNING, Shape, parent_shape, shape_of
from lagebild.page.html.subheads import named_subhead
from lagebild.page.html.tree import Element, roles
from lagebild.page.text import SENTENCE_END, SHORT
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

LABELLED = 0.3
"""A line of a bold label and a link is linked that much at least."""
WHOLE = 0.85
"""The article's element holds this share of what was voted for; the rest may be a lead above it or a miss."""
NEVER_TEXT = ("source-infocom",)
"""The rows whose lines are no text even where the page sets them like a paragraph."""


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
    boxes = inner_boxes(candidates, votes)
    candidates = [line for line in candidates if not any(above in boxes for above in line.element.iterancestors())]
    shapes = Counter(shape_of(line) for line in candidates if votes.has(line) and len(line.text) >= RUNNING)
    parents = Counter(parent_shape(line) for line in candidates if votes.has(line) and len(line.text) >= RUNNING)
    running = [line for line in lines if len(line.text) >= RUNNING]
    voted = [line for line in running if votes.has(line)]
    kept: list[Line] = []
    waiting: list[Line] = []  # a heading whose text has not come yet
    skipping = False
    box: Element | None = None
    for line in candidates:
        if line.tag == "h1" and kept:
            line.tag = "h2"  # some systems set every heading so
        if rules.match(line.text, "stop"):
            if sum(len(other.text) >= RUNNING for other in kept) >= 2:
                break
            continue
        if box is not None and box in line.element.iterancestors():
            continue
        if hit := rules.match(line.text, "related", "cut", "caption", "paywall"):
            skipping = hit[0].role == "related"
            around = box_of(line, voted)
            waiting = [] if skipping else [head for head in waiting if around is None or not _stands_in(head, around)]
            bare = line.tag in HEADS and around is not None and not any(_stands_in(other, around) for other in running)
            box = around if skipping or bare else None
            continue
        if is_note_on(authors, line.text, lexicon):
            waiting = []
            continue
        if is_credit(line, lexicon, paragraph=shapes[shape_of(line)] > 0):
            continue
        if skipping and (line.linked > 0.5 or (len(line.text) <= SHORT and line.tag not in ("p", *HEADS))):
            continue
        skipping = False
        if says_who(line, kept[-1] if kept else None):
            continue
        listed = line.tag == "li" and line.linked < LABELLED and kept and _goes_on(kept[-1], line)
        if not listed and not named_subhead(line, lexicon) and not _belongs(line, shapes, parents, votes, rules):
            waiting = [head for head in waiting if votes.has(head) and line.linked <= LINKED]
        elif line.tag in HEADS or named_subhead(line, lexicon):
            waiting = [*(head for head in waiting if head.tag != line.tag), line]
        else:
            kept += [*waiting, line]
            waiting = []
    return without_contents(without_far_end(kept, candidates))


def _goes_on(before: Line, item: Line) -> bool:
    """Whether a list item follows what announces the list ("Weitere Punkte:"), or another item of it."""
    together = before.element.getparent() is item.element.getparent()
    return (before.tag == "p" and before.text.endswith(":")) or (before.tag == "li" and together)


def _stands_in(line: Line, box: Element) -> bool:
    return box in line.element.iterancestors()


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
        return date_line(text, lexicon) is not None or bool(line.tag not in HEADS and signature(text, lexicon).bylines)
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
        return shapes[shape_of(line)] > 0 or (
            long_enough and parents[parent_shape(line)] > 0 and bool(SENTENCE_END.search(line.text))
        )
    if line.tag == "li":
        return long_enough or shapes[shape_of(line)] > 0
    if line.tag in ("td", "th", "dt", "dd", "summary", "caption"):
        return False
    if shapes[shape_of(line)] > 0:
        return long_enough or credited or line.strong > 0.9 or bool(SENTENCE_END.search(line.text))
    return long_enough and "blockquote" in line.inside
