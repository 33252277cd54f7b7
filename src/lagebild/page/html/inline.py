"""What stands inside a sentence: notes only readers of Braille are told and marks of footnotes go, all else is text."""

from __future__ import annotations

import re

from lagebild.page.html.tree import Element, remove, text_of
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import MarkupRow

INLINE = frozenset(("span", "a", "em", "i", "b", "strong", "u", "mark", "abbr", "cite", "q", "small", "s", "font"))
WORDY = re.compile(r"\w{2}")
TAB = re.compile(r"\(?\s*(?:(?:wird |externer link,? ?|link )?(?:öffnet|opens?)\b.{0,40}\b(?:fenster|tab|window)\b|externer link)\W*", re.I)  # fmt: skip
"""What readers of Braille are told of a link."""
MARK = re.compile(r"\W*\w{1,3}\W*")
ATTRIBUTION = 160
"""Who said what a quotation holds is told in fewer letters."""


def hidden_names(lexicon: Lexicon) -> re.Pattern[str]:
    """Build the pattern of the names of what is not shown; call through ``lexicon.derived``."""
    return next(
        re.compile(row.pattern) for row in lexicon.rows("page/markup.tsv", MarkupRow) if row.id == "junk-hidden"
    )


def is_unseen(element: Element, lexicon: Lexicon) -> bool:
    """Whether an element calls itself hidden from sight."""
    pattern = lexicon.derived(hidden_names)
    return any(pattern.search(name.lower()) for name in (element.get("class") or "").split())


def in_sentence(element: Element) -> bool:
    """Whether an inline element has words of its own line before and behind it."""
    parent = element.getparent()
    if element.tag not in INLINE or parent is None or len(element):
        return False
    above = element.getprevious()
    before = (parent.text if above is None else above.tail) or ""
    return WORDY.search(before) is not None and WORDY.search(element.tail or "") is not None


def drop_marks(tree: Element) -> None:
    """Remove marks of footnotes, notes on where a link opens, and who is quoted from the end of a quotation."""
    for element in list(tree.iter("sup", "a", "span", "cite")):
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "sup":
            gone = MARK.fullmatch(text_of(element)) is not None and _is_linked(element)
        elif element.tag == "cite":
            gone = _is_attribution(element)
        else:
            text = element.text or ""
            gone = not len(element) and len(text) < 70 and TAB.fullmatch(text.strip()) is not None
        if gone:
            remove(element)


def _is_linked(mark: Element) -> bool:
    link = mark.find(".//a")
    link = link if link is not None else next(mark.iterancestors("a"), None)
    return link is not None and (link.get("href") or "").startswith("#")


def _is_attribution(cite: Element) -> bool:
    quote = next(cite.iterancestors("blockquote"), None)
    if quote is None:
        return False
    said, who = text_of(quote), text_of(cite)
    return said.endswith(who) and len(who) <= ATTRIBUTION and len(said) > len(who) + 20
