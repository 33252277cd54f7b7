"""The one place that calls trafilatura: which passages of a page it takes for the article."""

from __future__ import annotations

from typing import Any

from lxml import etree


def passages(tree: etree._Element) -> list[tuple[str, str]]:
    """Return trafilatura's passages of ``tree`` as (tag, text), tags as in TEI (p, head, quote, item); [] if it finds none."""
    from trafilatura import bare_extraction

    document: Any = bare_extraction(tree, fast=True, include_comments=False, include_tables=False, with_metadata=False)
    if document is None or document.body is None:
        return []
    found = []
    for element in document.body.iter("p", "head", "quote", "item", "ab"):
        text = " ".join("".join(element.itertext()).split())
        if text:
            found.append((str(element.tag), text))
    return found
