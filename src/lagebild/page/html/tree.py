"""Markup becomes a tree, whatever state it is in, and its elements tell by their names what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from lxml import etree, html

from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import MarkupRole, markup_roles

Element = etree._Element
PARTING = frozenset("br p div li ul ol h1 h2 h3 h4 h5 h6 td tr section article header".split())
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*?(/?)>|<!--.*?-->|<!--.*\Z", re.S)
# Elements that end by themselves or have no content do not nest.
SHALLOW = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td tr th option".split()
)
NAMING = frozenset(
    (
        "class",
        "id",
        "data-testid",
        "data-component",
        "data-module",
        "data-type",
        "role",
        "itemprop",
        "aria-label",
        "data-qa",
        "data-area",
    )
)
RESPONSIVE = re.compile(r"(?:sm|md|lg|xl|2xl|tablet|desktop):(?:block|flex|grid|inline|table)")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
GLUED = re.compile(
    r"(?<![a-z])(story|entry|articles?|artikel|beitrags?|meldungs?|detail|news|post|page)"
    r"(?=(?:authors?|autor(?:en)?|lead|intro|teaser|title|titel|headline|kicker|subtitle|date|datum|time|caption|image|bild|body|"
    r"text|content|credits?|source|quelle|related|comments?|kommentare?|tags|share|sharing|ads?|banner)(?:$|[-_]))"
)
"""Where two words of a name meet that are written as one: "storyauthor", "artikeltext"."""
ANCHORED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
"""The ids of these are jump marks ("nav_1") and name nothing, but for those of several words ("introTeaser")."""
NOTHING: frozenset[MarkupRole] = frozenset()
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse(page: str, *, max_nesting: int) -> tuple[Element | None, list[str]]:
    """Return the tree of ``page`` (None where there is no element at all) and what was odd about the markup."""
    page, notes = CONTROLS.sub("", page), []
    depth = nesting(page)
    if depth > max_nesting:
        page = flattened(page, max_nesting)
        notes.append(f"markup nested {depth} deep was flattened below level {max_nesting}")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, notes
    _drop_empty(tree)
    return tree, notes


def _drop_empty(tree: Element) -> None:
    """Remove elements that hold nothing and say nothing: some pages have a hundred thousand."""
    for element in list(tree.iter("p", "li", "td", "div", "span", "b", "i")):
        if not len(element) and not element.text and not element.attrib and element.getparent() is not None:
            remove(element)


def nesting(page: str) -> int:
    """Return how deep the markup nests, end tags that are missing counted as missing."""
    depth = deepest = 0
    for match in TAG.finditer(page):
        if match[2] is None or match[3] or match[2].lower() in SHALLOW:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def flattened(page: str, limit: int) -> str:
    """Return ``page`` without the tags that stand deeper than ``limit``; their text stays."""
    parts: list[str] = []
    depth = last = 0
    for match in TAG.finditer(page):
        if match[2] is None or match[3] or match[2].lower() in SHALLOW:
            continue
        if match[1]:
            drop, depth = depth > limit, max(0, depth - 1)
        else:
            depth += 1
            drop = depth > limit
        if drop:
            parts.append(page[last : match.start()] + " ")
            last = match.end()
    return "".join([*parts, page[last:]])


Naming = tuple[tuple[str, str], ...]


def roles(element: Element, lexicon: Lexicon) -> frozenset[MarkupRole]:
    """Return what the names of ``element`` (classes, id, itemprop and the like) say it is for."""
    if not element.attrib:
        return NOTHING
    anchored = element.tag in ANCHORED
    given = tuple(
        (str(attribute), str(value))
        for attribute, value in element.attrib.items()
        if attribute in NAMING and not (anchored and attribute == "id" and not _is_name(element, str(value)))
    )
    known: Callable[[Naming], frozenset[MarkupRole]] = lexicon.derived(_roles_by_names)
    return known(given) if given else NOTHING


def _is_name(element: Element, value: str) -> bool:
    """Whether the id of a paragraph names it ("spIntroTeaser"): words and no number, so that it is no jump mark."""
    return element.tag == "p" and value.isalpha() and CAMEL.search(value) is not None


def _roles_by_names(lexicon: Lexicon) -> Callable[[Naming], frozenset[MarkupRole]]:
    """Build the look-up; a page names a thousand elements with a hundred different names."""
    patterns = [(role, re.compile(pattern.pattern, re.MULTILINE)) for role, pattern in lexicon.derived(markup_roles)]

    @lru_cache(maxsize=20_000)
    def look_up(given: Naming) -> frozenset[MarkupRole]:
        found = list(_names(given))
        if any(RESPONSIVE.match(name) for name in found):  # "hidden md:block" is hidden on small screens only
            found = [name for name in found if name != "hidden"]
        joined = "\n".join(found)
        return frozenset(role for role, pattern in patterns if pattern.search(joined))

    return look_up


def _names(given: Naming) -> Iterator[str]:
    """The single names in lower case, camel case with hyphens."""
    for attribute, value in given:
        for token in [value.replace(" ", "-")] if attribute == "aria-label" else value.split():
            yield GLUED.sub(r"\1-", CAMEL.sub("-", token[:120]).lower().replace("styled", "-").replace(".", "-"))


def beside_title(element: Element, title: Element | None) -> bool:
    """Whether ``element`` hangs on one of the boxes around the headline and holds words, no heading and hardly a link.

    What calls itself a teaser there is the article's own lead or byline, not a teaser of another one.
    """
    near = [] if title is None else list(title.iterancestors())[:3]
    if element.getparent() not in near or element.find(".//img") is not None:
        return False
    if any(inner.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for inner in element.iterdescendants()):
        return False
    text = text_of(element)
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return 2 < len(text) <= 1000 and linked <= 0.5 * len(text)


def in_article(element: Element) -> bool:
    """Whether an element stands inside an ``article``."""
    return any(above.tag == "article" for above in element.iterancestors())


def text_of(element: Element) -> str:
    """Return the text of ``element`` with single spaces; line breaks and block elements part words."""
    parts: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag in PARTING:
            parts.append(" ")
        if event == "start" and isinstance(inner.tag, str):
            parts.append(inner.text or "")
        elif event == "end" and inner is not element:
            parts.append(inner.tail or "")
    return " ".join(clean("".join(parts)).text.split())


def remove(element: Element) -> None:
    """Take ``element`` out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def within(element: Element, above: Element) -> bool:
    """Whether ``element`` is ``above`` or stands in it."""
    return element is above or above in element.iterancestors()
