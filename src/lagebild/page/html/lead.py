"""The lead between headline and body."""

from __future__ import annotations

import re

from lagebild.page.html.body import is_credit
from lagebild.page.html.extract import Votes
from lagebild.page.html.flow import Line, key_of
from lagebild.page.html.lines import HEADS, LINKED, POINTS, RUNNING
from lagebild.page.html.tree import Element, roles
from lagebild.page.text import SENTENCE_END, SHORT
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

POINT = 25
"""What is said in short is no shorter."""
WORD = re.compile(r"\w{4,}")


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
            and (line.tag in HEADS or bool(SENTENCE_END.search(line.text)))
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


def key_points(lines: list[Line], votes: Votes) -> list[Line]:
    """Return the sentences of a list above the text that says in short what it holds, and the heading of that list."""
    items = [n for n, line in enumerate(lines) if line.tag == "li" and votes.has(line) and line.linked < LINKED]
    items = [n for n in items if len(lines[n].text) >= POINT and SENTENCE_END.search(lines[n].text)]
    if len(items) < 2 or len({lines[n].element.getparent() for n in items}) > 1:
        return []
    head = lines[items[0] - 1] if items[0] else None
    titled = head is not None and ((head.tag in HEADS and len(head.text) <= SHORT) or POINTS.fullmatch(head.text))
    return [*([head] if head is not None and titled else []), *(lines[n] for n in items)]


def tells(text: str, description: str) -> bool:
    """Whether a first paragraph is what the page gives as its description, give or take some words."""
    if key_overlap(text, description) or (len(text) < 3 * len(description) and key_of(description) in key_of(text)):
        return True
    return len(description) > 40 and len(text) < 1.6 * len(description) and resembles(text, description) > 0.7
