"""Headline and kicker of an HTML page, out of the h1, what stands above it, and what the metadata call it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from lagebild.page.dates import first_date
from lagebild.page.html.flow import flow, key_of
from lagebild.page.html.heading import KICKER_LENGTH, label_of, split_heading, tidy
from lagebild.page.html.structured import Meta
from lagebild.page.html.told import SUFFIX, own_names, told_by
from lagebild.page.html.tree import Element, roles, text_of
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

LABEL = 40
LARGE = 4
"""Type of this size and more is no running text."""
PARAGRAPH = 80
"""What is longer is a paragraph; above the headline of an article stands less: a date, a section."""
INLINE = ("b", "strong", "font")
HOME = re.compile(r"(?:https?://[^/]+)?(?:\.?/)?(?:(?:index|default|home|start(?:seite)?)\.\w{3,5})?")
"""The address of a front page."""
ELSEWHERE = frozenset(("related", "teaser", "comments", "caption"))
ALIKE = 0.4
"""A heading that shares fewer words with what the metadata call the page is another one."""


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, the kicker over it, the element the headline stands in, and doubts."""

    headline: str | None
    kicker: str | None
    element: Element | None
    notes: tuple[str, ...] = ()


def find_title(tree: Element, meta: Meta, lexicon: Lexicon) -> Title:
    """Return the title of the page; call before the tree is pruned."""
    own = own_names(meta, lexicon) | {text_of(h).lower() for h in tree.iter("h1") if _is_logo(h)}
    told = told_by(meta, own, lexicon)
    sure = told_by(meta, own, lexicon, surely=True)
    element = _heading(tree, told, sure, own, lexicon)
    if element is None:
        headline, kicker = _split_told(told)
        return Title(headline, kicker, None)
    kicker, headline = split_heading(element, told, lexicon)
    if kicker is None:
        kicker = (
            _above(element, headline, lexicon)
            or _shown_and_told(element, headline, told)
            or _heading_above(element, headline, lexicon)
            or _first_above(element, headline, told)
            or _from_told(headline, sure)
        )
    notes = []
    if told and headline and not any(_same(headline, text) for text in told):
        notes.append(f"the page's metadata call it {told[0]!r}")
    return Title(headline or (told[0] if told else None), kicker, element, tuple(notes))


def _heading(tree: Element, told: list[str], sure: list[str], own: set[str], lexicon: Lexicon) -> Element | None:
    """The heading that says what the metadata call the page; where they are silent the first h1 with words."""
    heads = [h for h in tree.iter("h1") if text_of(h) and text_of(h).lower() not in own and not _is_logo(h)]
    if (named := _called_so(tree, heads, told, sure)) is not None:
        return named
    scored = [(max((_likeness(text_of(h), text) for text in told), default=0.0), -n, h) for n, h in enumerate(heads)]
    best = max(scored, key=lambda item: item[:2], default=None)
    if best is not None and (not told or best[0] >= ALIKE):
        return best[2]
    keys = [key_of(text) for text in told]
    parts: list[tuple[int, int, Element]] = []  # what is the start or end of the title: section, headline, outlet
    for other in tree.iter("h2", "h3", "p", "div", "span", "td", *INLINE):
        if len(other) > 8 or other.find(".//p") is not None or other.find(".//div") is not None:
            continue
        key = key_of(text_of(other))
        if key and any(key == told_key for told_key in keys):
            return _whole_heading(other)
        if len(key) > 12 and any(told_key.endswith(key) or told_key.startswith(key) for told_key in keys):
            parts.append((len(key), -len(parts), other))
    if parts:
        return _whole_heading(max(parts, key=lambda part: part[:2])[2])
    for other in tree.iter("h2", "h3"):
        if "headline" in roles(other, lexicon) and any(_likeness(text_of(other), text) >= ALIKE for text in told):
            return other
    if best is not None and len(text_of(best[2]).split()) > 3:
        return best[2]
    found = _by_name(tree, lexicon)  # no h1, or a logo set as one
    if found is not None or told:
        return found
    return _largest(tree) if best is None else best[2]


def _largest(tree: Element) -> Element | None:
    """The words of a page without headings that are set in the largest type."""
    fonts = [(int(font.get("size") or "0"), font) for font in tree.iter("font") if (font.get("size") or "").isdigit()]
    large = [(size, font) for size, font in fonts if size >= LARGE and 2 < len(text_of(font).split()) < 30]
    found = max(large, key=lambda item: item[0], default=None)
    return found[1] if found else None


def _called_so(tree: Element, heads: list[Element], told: list[str], sure: list[str]) -> Element | None:
    """The lower heading that is what the metadata call the page, where no h1 holds that: blogs set their own name as h1.

    Where only ``<title>`` speaks, it is the heading that ``<title>`` writes after the h1.
    """
    keys = {key for text in sure if len(key := key_of(text)) > 12}
    firsts = [key_of(text_of(head)) for head in heads]
    keys |= {rest for text in told for key in firsts if len(rest := key_of(text).removeprefix(key)) > 12}
    fronts = [key_of(SUFFIX.split(text)[0]) for text in told]
    keys |= {front.removeprefix(key) for front in fronts for key in firsts if front.startswith(key) and front != key}
    if not keys or any(key in key_of(text_of(head)) for head in heads for key in keys):
        return None
    lower = (h for h in tree.iter("h2", "h3", "h4") if key_of(text_of(h)) in keys)
    return next((h for h in lower if not any(above.tag in ("nav", "aside") for above in h.iterancestors())), None)


def _by_name(tree: Element, lexicon: Lexicon) -> Element | None:
    """The first element that calls itself a headline and holds a few words, no link to another page."""
    tags = ("h2", "h3", "h4", "p", "div", "span", "td", "font")
    named = [element for element in tree.iter(*tags) if _heads(element, roles(element, lexicon))]
    for element in sorted(named, key=lambda e: e.tag not in ("h2", "h3", "h4")):
        if any("headline" in roles(inner, lexicon) for inner in element.iterdescendants("div", "p")):
            continue
        outside = any(
            above.tag in ("nav", "aside", "footer", "a") or roles(above, lexicon) & ELSEWHERE
            for above in (element, *element.iterancestors())
        )
        if not outside and element.find(".//a") is None and 2 < len(text_of(element).split()) < 30:
            return element
    return _on_top(tree)


def _on_top(tree: Element) -> Element | None:
    """The lower heading at the top of the first ``article`` with paragraphs, where nothing is called a headline."""
    for article in tree.iter("article"):
        heading = next(article.iter("h2", "h3"), None)
        if heading is None or sum(len(text_of(p)) > PARAGRAPH for p in article.iter("p")) < 3:
            continue
        before = text_of(article).find(text_of(heading))
        if 0 <= before <= PARAGRAPH and len(text_of(heading).split()) > 2:
            return heading
    return None


def _heads(element: Element, found: Container[str]) -> bool:
    """Whether an element is a headline by its names, or a heading in the ``<header>`` of an article."""
    if "headline" in found or element.get("aria-level") == "1":
        return "kicker" not in found
    above = [str(box.tag) for box in element.iterancestors()]
    return element.tag == "h2" and "header" in above and "article" in above[above.index("header") :]


def _whole_heading(element: Element) -> Element:
    """The heading an inline ``element`` stands in, else the element itself."""
    above = (e for e in element.iterancestors() if e.tag in ("h1", "h2", "h3"))
    return next(above, element)


def _is_logo(heading: Element) -> bool:
    """Whether a heading is nothing but a link to the front page."""
    links = list(heading.iter("a")) or list(heading.iterancestors("a"))
    home = len(links) == 1 and HOME.fullmatch(links[0].get("href") or "-") is not None
    return home and text_of(links[0]) == text_of(heading)


def _likeness(a: str, b: str) -> float:
    one, two = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(one & two) / max(1, min(len(one), len(two))) if len(one | two) else 0.0


def _same(a: str, b: str) -> bool:
    return key_of(a) == key_of(b) or key_of(b).endswith(key_of(a)) or key_of(a).endswith(key_of(b))


def _above(element: Element, headline: str | None, lexicon: Lexicon) -> str | None:
    """The kicker that stands right above the heading or beside it, by its name."""
    rules: Phrases = lexicon.derived(phrases)
    box = element
    near: list[Element] = []
    for _ in range(3):
        near.extend(box.itersiblings(preceding=True))
        near.extend(below for below in list(box.itersiblings())[:1] if not _has_title(below))
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "main", "html"):
            break
        box = parent
    for sibling in near[:12]:
        if not isinstance(sibling.tag, str):
            continue
        for inner in reversed(list(sibling.iter())):  # of several labels the last stands next to the headline
            if isinstance(inner.tag, str) and "kicker" in roles(inner, lexicon):
                text = label_of(inner, lexicon)
                if 2 < len(text) <= KICKER_LENGTH and text != headline and not rules.match(text, "cut", "dated"):
                    return text.rstrip(": ")
    return None


def _has_title(element: Element) -> bool:
    """Whether an element holds headings of its own: what is a kicker in there is that of a teaser."""
    return element.find(".//h2") is not None or element.find(".//h3") is not None or element.find(".//h4") is not None


def _from_told(headline: str | None, told: list[str]) -> str | None:
    """The kicker where the metadata write "Kicker: Headline" and the page shows the headline alone."""
    if not headline:
        return None
    for text in told:
        before, colon, after = text.partition(":")
        before = SUFFIX.split(before.strip())[-1]
        if colon and key_of(after) == key_of(headline) and 2 < len(before) <= KICKER_LENGTH:
            return before
    return None


def _shown_and_told(element: Element, headline: str | None, told: list[str]) -> str | None:
    """The kicker ``<title>`` writes before the headline, where the page shows it as a line of its own right above."""
    kicker = _from_told(headline, told)
    root = element.getroottree().getroot()
    lines = flow(root)
    at = next(
        (n for n, line in enumerate(lines) if line.element is element or element in line.element.iterancestors()), 0
    )
    return (
        kicker
        if kicker and any(line.key == key_of(kicker) and not line.linked for line in lines[max(0, at - 4) : at])
        else None
    )


def _above_repeats(element: Element, headline: str | None) -> Element | None:
    """What stands right above ``element``, a bar that says the headline once more left out."""
    above = element.getprevious()
    while above is not None and headline and key_of(headline) in key_of(text_of(above)):
        above = above.getprevious()
    return above


def _heading_above(element: Element, headline: str | None, lexicon: Lexicon) -> str | None:
    """The lower heading or bare label right above the ``h1``: a kicker, unless it is a link, furniture or a sentence."""
    if element.tag in INLINE:  # old pages: bold lines parted by breaks
        while (parent := element.getparent()) is not None and parent.tag in INLINE:
            element = parent
        above = element.getprevious()
        while above is not None and above.tag == "br" and not (above.tail or "").strip():
            above = above.getprevious()
        fits_here = above is not None and above.tag in INLINE and not (above.tail or "").strip()
    else:
        fits_here = element.tag == "h1"
        while (parent := element.getparent()) is not None and parent.tag in ("div", "header") and len(parent) == 1:
            element = parent
        above = _above_repeats(element, headline)
    if not fits_here or above is None or above.tag not in ("h2", "h3", "h4", "h5", "h6", "p", "div", "span", *INLINE):
        return None
    text = tidy(text_of(above))
    if above.tag in ("p", "div", "span", *INLINE) and (
        len(text) > LABEL or any(len(inner) > 1 for inner in above.iter()) or re.search(r"\d", text)
    ):
        return None
    rules: Phrases = lexicon.derived(phrases)
    fits = 2 < len(text) <= KICKER_LENGTH and text[-1] not in ".!" and above.find(".//a") is None
    return (
        text.rstrip(": ")
        if fits
        and not rules.match(text, "cut", "dated", "related", "byline", "paywall")
        and not first_date(text, lexicon)
        else None
    )


def _first_above(element: Element, headline: str | None, told: list[str]) -> str | None:
    """The ``h1`` right above a lower heading, where the metadata write both together: "Kicker: Headline"."""
    above = element.getprevious()
    if element.tag == "h1" or above is None or above.tag != "h1" or not headline:
        return None
    text = tidy(text_of(above))
    key = key_of(text) + key_of(headline)
    together = any(key_of(told_text).startswith(key) for told_text in told)
    return text.rstrip(": ") if together and 2 < len(text) <= KICKER_LENGTH else None


def _split_told(told: list[str]) -> tuple[str | None, str | None]:
    return (told[0], None) if told else (None, None)
