"""What a page shows around its headline: who is named as author, which dates, which sources, by the names of the elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from lagebild.page.bylines import byline_names
from lagebild.page.html.flow import BLOCK, flow
from lagebild.page.html.tree import Element, beside_title, in_article, roles, text_of
from lagebild.page.persons import person
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, credit_words, phrases

WORD = re.compile(r"[^\W\d_]+")
AUTHOR_PAGE = re.compile(
    r"/(?:autor(?:en|in|innen)?|authors?|redaktion|redakteure?|journalist(?:en)?|korrespondent(?:en)?|reporter|profile?|person(?:en)?|"
    r"impressum/autor[\w-]*)[/-][\w%.-]*[a-z]",
    re.I,
)
"""The address of a page about an author."""
TILE = 500
"""A box with a link to another article holds no more letters."""
TOGETHER = 15
"""Names no further apart than so many elements stand in one byline."""

ELSEWHERE = frozenset(("related", "teaser", "comments"))
NEAR = 400
"""How many elements away from the headline a byline or date may stand and still be the article's."""


@dataclass(slots=True)
class Shown:
    """What stands around the headline: bylines and dates by the names of their elements, in order of nearness."""

    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)


def shown(tree: Element, title: Element | None, lexicon: Lexicon) -> Shown:
    """Collect what the page shows as author, date and source; call before the tree is pruned."""
    order = {element: number for number, element in enumerate(tree.iter())}
    anchor = order.get(title, 0) if title is not None else 0
    authors: list[tuple[int, str]] = []
    beside: set[Element] = set()
    last = 0
    dates: list[tuple[int, str]] = []
    found = Shown()
    inside: Element | None = None
    updated = lexicon.derived(credit_words)["updated"]
    rules: Phrases = lexicon.derived(phrases)
    for element, number in order.items():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "script", "style", "meta", "link"):
            continue
        is_author = _names_author(element, lexicon)
        is_date = element.tag == "time" or "date" in roles(element, lexicon)
        is_credit = "credits" in roles(element, lexicon)
        if not (is_author or is_date or is_credit) or _elsewhere(element, lexicon, title):
            continue
        if not is_date and _in_picture(element, lexicon):
            continue
        text = _credit_text(element)
        if is_author and "junk" in roles(element, lexicon):
            text = _boxed(text, rules, lexicon)
        away = number - anchor if number >= anchor else 3 * (anchor - number)
        if (
            is_author
            and 2 < len(text) < 160
            and away < NEAR
            and (inside is None or inside not in element.iterancestors())
        ):
            above = {*list(element.iterancestors())[:2]}
            if authors and beside & above and number - last < TOGETHER:
                authors[-1] = (authors[-1][0], f"{authors[-1][1]}, {text}")
            else:
                authors.append((away, text))
            inside, beside, last = element, above, number
        if is_date and away < NEAR:
            later = not updated.isdisjoint(WORD.findall(_label(element).lower()))
            dates.append((away + later * 2 * NEAR, element.get("datetime") or apart(element, " ")[:120]))
        if (
            is_credit
            and 2 < len(text) < 120
            and number > anchor
            and not _in_picture(element, lexicon)
            and not _beside_picture(element)
            and not rules.match(text.strip("()[] "), "caption")
        ):
            found.credits.append(text)
    found.authors = [text for _, text in sorted(authors, key=lambda item: item[0])] or _signed_lines(
        tree, title, lexicon
    )
    found.dates = [text for _, text in sorted(dates, key=lambda item: item[0])]
    return found


def _boxed(text: str, rules: Phrases, lexicon: Lexicon) -> str:
    """The names in a box about the authors; what the person is follows: "Petra Muster, Redakteurin in Wien"."""
    if rules.match(text, "byline"):
        return text
    first, *others = text.split(", ")
    return ", ".join([first, *takewhile(lambda part: person(part, lexicon) is not None, others)])


def _credit_text(element: Element) -> str:
    """The text of a byline; names in list items or blocks of their own are set apart by commas."""
    return apart(element, ", ")


def apart(element: Element, mark: str) -> str:
    """The text of ``element`` with ``mark`` between blocks, and where two elements meet without a space, as style parts them."""
    whole, block = "", False
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        block = block or (inner is not element and inner.tag in BLOCK)
        text = (inner.text if event == "start" else None if inner is element else inner.tail) or ""
        if not isinstance(inner.tag, str) or not text.strip():
            whole += text[:1] and " "
            continue
        glued = whole[-1:].isalnum() and text[:1].isalnum()
        whole = whole.rstrip() + mark + text.lstrip() if whole.strip() and (block or glued) else whole + text
        block = False
    return clean(whole).text


def _elsewhere(element: Element, lexicon: Lexicon, title: Element | None) -> bool:
    return any(
        (
            above.tag in ("nav", "aside")
            or (above.tag == "footer" and not in_article(above))
            or (roles(above, lexicon) & ELSEWHERE and not beside_title(above, title))
        )
        and above.find(".//h1") is None
        for above in (element, *element.iterancestors())
        if isinstance(above.tag, str) and above.tag not in ("body", "html", "span", "time")
    )


def _in_picture(element: Element, lexicon: Lexicon) -> bool:
    return any(
        above.tag == "figure" or "caption" in roles(above, lexicon) for above in (element, *element.iterancestors())
    )


def _names_author(element: Element, lexicon: Lexicon) -> bool:
    """Whether an element calls itself the author or leads to the page of one."""
    if element.get("rel") == "author" or "author" in roles(element, lexicon):
        return True
    return element.tag == "a" and AUTHOR_PAGE.search(element.get("href") or "") is not None


def _signed_lines(tree: Element, title: Element | None, lexicon: Lexicon) -> list[str]:
    """Bylines by their wording alone, wherever they stand: "posted by Petra Muster @ 23:14" in a footer."""
    rules: Phrases = lexicon.derived(phrases)
    return [
        line.text
        for line in flow(tree)
        if len(line.text) < 100 and line.tag not in ("h1", "h2", "h3", "title")
        if (hit := rules.match(line.text, "byline"))
        if line.text[-1:] not in ".!?"
        or (hit[0].id == "byline-asked" and any(" " in name for name in byline_names(hit[1]["names"], lexicon).bylines))
        if not _elsewhere(line.element, lexicon, None) and not _in_picture(line.element, lexicon)
        if not in_tile(line.element, title)
    ][:2]


def in_tile(element: Element, title: Element | None) -> bool:
    """Whether a small box around ``element`` has a heading, not the ``title``, that is a link: another article's."""
    for above in (element, *list(element.iterancestors())[:3]):
        if len(text_of(above)) > TILE:
            return False
        heads = [head for head in above.iter("h2", "h3", "h4") if head is not title]
        if any(head.find(".//a") is not None or _inside_link(head) for head in heads):
            return True
    return False


def _inside_link(element: Element) -> bool:
    return any(above.tag == "a" for above in element.iterancestors())


def _label(element: Element) -> str:
    """The words of a date element and those right before it: "Aktualisiert am"."""
    parent = element.getparent()
    before = element.getprevious()
    lead = "" if parent is None else (parent.text or "" if before is None else before.tail or text_of(before))
    return f"{lead[-40:]} {text_of(element)[:60]}"


def _beside_picture(element: Element) -> bool:
    """Whether the element and a picture share a box that holds little else."""
    for above in list(element.iterancestors())[:3]:
        if above.find(".//img") is not None or above.find(".//picture") is not None:
            return len(text_of(above)) < 300
    return False
