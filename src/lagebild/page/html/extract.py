"""The one place that calls trafilatura: which passages of a page it takes for the article."""

from __future__ import annotations

import copy
import logging
from dataclasses import dataclass
from typing import Any

from lagebild.page.html.flow import Line, key_of
from lagebild.page.html.tree import Element

SHORT_KEY = 25
"""A line with fewer letters may stand in any text by chance: it must be a passage of its own."""


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


def votes(tree: Element, *, own_text: str | None = None) -> Votes:
    """Ask trafilatura about ``tree`` (left as it is); ``own_text`` is the text the page's JSON-LD gives."""
    from trafilatura import bare_extraction  # takes 0.3 s to load: only when there is markup

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any = bare_extraction(
        copy.deepcopy(tree), fast=True, include_comments=False, include_tables=False, with_metadata=False
    )
    keys: list[str] = []
    if document is not None and document.body is not None:
        for element in document.body.iter("p", "head", "quote", "item", "ab"):
            keys.append(key_of("".join(element.itertext())))
    own = key_of(own_text) if own_text and len(own_text) > 400 else ""
    return Votes("\n".join(keys), frozenset(keys), own)
