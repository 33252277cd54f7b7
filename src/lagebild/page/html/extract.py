"""The one place that calls trafilatura: which passages of a page it takes for the article."""

from __future__ import annotations

import copy
import logging
from collections import Counter
from dataclasses import dataclass
from typing import Any

from lagebild.page.html.flow import Line, flow, key_of
from lagebild.page.html.tree import Element, roles, within
from lagebild.rules.lexicon import Lexicon

SHORT_KEY = 25
"""A line with fewer letters may stand in any text by chance: it must be a passage of its own."""
RUNNING = 80
ENDS = frozenset('.!?:"“”»«)')
LITTLE = 0.5
"""Where the quick answer holds less than this share of the running text of the page, the thorough one is asked for."""
MOST = 0.7
"""Where that one is no better, the element with this share of it is the article."""


@dataclass(frozen=True, slots=True)
class Votes:
    """What trafilatura, and the page's own description of its text, take for the article."""

    whole: str
    passages: frozenset[str]
    own: str = ""

    def has(self, line: Line) -> bool:
        """Whether ``line`` was taken for a part of the article."""
        if not line.key:
            return False
        if len(line.key) < SHORT_KEY:
            return line.key in self.passages
        return line.key in self.whole or line.key in self.own


def votes(tree: Element, lexicon: Lexicon, *, own_text: str | None = None) -> Votes:
    """Ask trafilatura about ``tree`` (left as it is); ``own_text`` is the text the page's JSON-LD gives."""
    from trafilatura import bare_extraction  # takes 0.3 s to load: only when there is markup

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def ask(*, fast: bool) -> Votes:
        document: Any = bare_extraction(
            copy.deepcopy(tree), fast=fast, include_comments=False, include_tables=False, with_metadata=False
        )
        keys: list[str] = []
        if document is not None and document.body is not None:
            for element in document.body.iter("p", "head", "quote", "item", "ab"):
                keys.append(key_of("".join(element.itertext())))
        return Votes("\n".join(keys), frozenset(keys), own)

    own = key_of(own_text) if own_text and len(own_text) > 400 else ""
    quick = ask(fast=True)
    running = [line for line in flow(tree) if _runs(line) and not _is_comment(line, lexicon)]
    if len(running) > 2 and _share(quick, running) < LITTLE:
        best = max(quick, ask(fast=False), key=lambda choice: _share(choice, running))
        return best if _share(best, running) >= LITTLE else _with_home(best, running)
    return quick


def _with_home(choice: Votes, running: list[Line]) -> Votes:
    """Add to ``choice`` the running text of the lowest element that holds most of the page's: a class name misled trafilatura."""
    weights: Counter[Element] = Counter()
    running = [line for line in running if next(line.element.iterancestors("header"), None) is None] or running
    for line in running:
        for above in (line.element, *line.element.iterancestors()):
            weights[above] += len(line.key)
    least = min(weight for weight in weights.values() if weight >= MOST * sum(len(line.key) for line in running))
    home = next(element for element, weight in weights.items() if weight == least)
    keys = [line.key for line in running if within(line.element, home)]
    return Votes("\n".join([choice.whole, *keys]), choice.passages | frozenset(keys), choice.own)


def _runs(line: Line) -> bool:
    """Whether a line reads like a paragraph: long, no link, and no script."""
    prose = len(line.text) >= RUNNING and line.text[-1] in ENDS and "{" not in line.text
    return prose and line.linked < 0.3 and line.tag in ("p", "div", "section", "td", "article")


def _is_comment(line: Line, lexicon: Lexicon) -> bool:
    return any("comments" in roles(above, lexicon) for above in (line.element, *line.element.iterancestors()))


def _share(choice: Votes, running: list[Line]) -> float:
    """The share of the letters of ``running`` that ``choice`` took."""
    return sum(len(line.key) for line in running if choice.has(line)) / sum(len(line.key) for line in running)
