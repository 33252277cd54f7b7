"""Which elements stay whatever they are called: the article stands in them."""

from __future__ import annotations

from lagebild.page.html.extract import Votes
from lagebild.page.html.flow import flow
from lagebild.page.html.lead import tells
from lagebild.page.html.lines import RUNNING
from lagebild.page.html.prune import GONE
from lagebild.page.html.tree import Element, beside_title, roles, text_of
from lagebild.rules.lexicon import Lexicon

MOST = 0.3
"""An element named like furniture that holds more than this share of the voted text is no furniture."""


class Keeper:
    """Says of an element that the article stands in it: the headline does, or a good part of what trafilatura took."""

    def __init__(self, tree: Element, title: Element | None, choice: Votes, descriptions: list[str], lexicon: Lexicon):
        self.lexicon = lexicon
        self.descriptions = [text for text in descriptions if len(text) > 40]
        self.held: dict[Element, int] = {}
        self.total = 0
        for line in flow(tree):
            if len(line.text) >= RUNNING and choice.has(line):
                self.total += len(line.text)
                for above in (line.element, *line.element.iterancestors()):
                    self.held[above] = self.held.get(above, 0) + len(line.text)
        self.title = title
        self.above = {title, *title.iterancestors()} if title is not None else set()

    def __call__(self, element: Element) -> bool:
        """Whether ``element`` stays."""
        if self._tells(element):
            return True
        if element.tag not in GONE and roles(element, self.lexicon) == {"teaser"} and beside_title(element, self.title):
            return True
        return element in self.above or self.held.get(element, 0) > MOST * self.total

    def _tells(self, element: Element) -> bool:
        """Whether the element holds what the page gives as its description, hardly more, and no link: its lead."""
        if element.tag not in ("div", "p", "section") or len(element) > 3 or element.find(".//a") is not None:
            return False
        text = text_of(element)
        return any(tells(text, description) for description in self.descriptions)
