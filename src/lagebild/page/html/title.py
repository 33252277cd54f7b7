"""Headline and kicker of an HTML page, out of the h1, what stands above it, and what the metadata call it."""

from __future__ import annotations

import copy
import re
from collections.abc import Container
from dataclasses import dataclass

from lagebild.page.dates import first_date
from lagebild.page.headline import unglue
from lagebild.page.html.flow import flow, key_of
from lagebild.page.html.structured import Meta
from lagebild.page.html.tree import Element, remove, roles, text_of
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, Phrases, outlets, phrases

SUFFIX = re.compile(r"\s+(?:[|·•»«–—-]|::)\s+")
KICKER_LENGTH = 80
LABEL = 40
INLINE = ("b", "strong", "font")
OPENING = " \"„“»«‚‘'"
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
    told = _told(meta, lexicon)
    sure = _told(meta, lexicon, surely=True)
    element = _heading(tree, told, sure, _own_names(meta, lexicon), lexicon)
    if element is None:
        headline, kicker = _split_told(told)
        return Title(headline, kicker, None)
    kicker, headline = _parts(element, told, lexicon)
    if kicker is None:
        kicker = (
            _above(element, headline, lexicon)
            or _shown_and_told(element, headline, told)
            or _heading_above(element, lexicon)
            or _from_told(headline, sure)
        )
    notes = []
    if told and headline and not any(_same(headline, text) for text in told):
        notes.append(f"the page's metadata call it {told[0]!r}")
    return Title(headline or (told[0] if told else None), kicker, element, tuple(notes))


def _own_names(meta: Meta, lexicon: Lexicon) -> set[str]:
    """What the outlet calls itself, in lower case."""
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    return {name.lower() for name in meta.outlets} | set(houses)


def _told(meta: Meta, lexicon: Lexicon, *, surely: bool = False) -> list[str]:
    """The headlines the metadata give, the outlet's name before or after them cut off; ``surely`` leaves out ``<title>``."""
    houses = lexicon.derived(outlets)
    own = _own_names(meta, lexicon)
    found: list[str] = []
    for source, text in meta.headlines:
        if surely and source == "title":
            continue
        text = clean(text).text
        before, _, after = text.partition(":")
        text = after.strip() if before.strip().lower() in own and after.strip() else text
        text = without_outlet(text, houses, meta.outlets, any_name=source == "title")
        if text and text not in found:
            found.append(text)
    return found


def without_outlet(text: str, houses: dict[str, OutletRow], own: list[str], *, any_name: bool = False) -> str:
    """Cut "| Der Bote" off ``text``; ``any_name`` cuts what else stands there in a ``<title>``: a section, a date."""
    cut = False
    while len(parts := SUFFIX.split(text)) > 1:
        last = parts[-1].strip()
        known = last.lower() in houses or any(
            last.lower() in (name.lower(), name.lower().removesuffix(".de")) for name in own
        )
        domain = re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", last, re.I)
        barred = any_name and len(last) <= 30 and re.search(r"\s[|»]\s+" + re.escape(last) + r"$", text)
        section = any_name and cut and re.fullmatch(r"[A-ZÄÖÜ]\w{2,14}", last) and len(parts[0].split()) > 2
        dated = re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{2,4}", last)
        if not (known or domain or barred or section or dated):
            return text
        cut = True
        text = text[: text.rfind(last)].rstrip()
        text = re.sub(r"\s*(?:[|·•»«–—-]|::)$", "", text).strip()
    return text


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
    for other in tree.iter("h2", "h3", "p", "div", "span", *INLINE):
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
    if best is None or (told and len(text_of(best[2]).split()) <= 3):
        return _by_name(tree, lexicon)  # no h1, or a logo set as one
    return best[2]


def _called_so(tree: Element, heads: list[Element], told: list[str], sure: list[str]) -> Element | None:
    """The lower heading that is what the metadata call the page, where no h1 holds that: blogs set their own name as h1.

    Where only ``<title>`` speaks, it is the heading that ``<title>`` writes after the h1.
    """
    keys = {key for text in sure if len(key := key_of(text)) > 12}
    firsts = [key_of(text_of(head)) for head in heads]
    keys |= {rest for text in told for key in firsts if len(rest := key_of(text).removeprefix(key)) > 12}
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
    links = list(heading.iter("a"))
    home = len(links) == 1 and re.fullmatch(r"(?:https?://[^/]+)?/?", links[0].get("href") or "-") is not None
    return home and text_of(links[0]) == text_of(heading)


def _likeness(a: str, b: str) -> float:
    one, two = set(re.findall(r"\w+", a.casefold())), set(re.findall(r"\w+", b.casefold()))
    return len(one & two) / max(1, min(len(one), len(two))) if len(one | two) else 0.0


def _same(a: str, b: str) -> bool:
    return key_of(a) == key_of(b) or key_of(b).endswith(key_of(a)) or key_of(a).endswith(key_of(b))


def _parts(element: Element, told: list[str], lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Split the heading into kicker and headline: by the names of its parts, by its blocks, by the metadata, by the seam."""
    heading = copy.deepcopy(element)
    heading.tail = None
    kicker: list[str] = []
    for inner in list(heading.iter()):
        if inner is heading or not isinstance(inner.tag, str) or inner.getparent() is None:
            continue
        found = roles(inner, lexicon)
        if "junk" in found or "paywall" in found or inner.tag in ("svg", "script", "style", "button", "img"):
            remove(inner)
        elif "kicker" in found or (inner.get("itemprop") or "") == "alternativeHeadline":
            if text := _tidy(text_of(inner)):
                kicker.append(text)
            remove(inner)
    headline = _tidy(text_of(heading))
    if kicker:
        return " ".join(kicker).rstrip(": ") or None, headline or None
    if marked := _at_mark(heading):
        return marked
    for text in told:
        before, colon, after = text.partition(":")
        at = _offset_of(headline, after) if colon and key_of(headline) == key_of(text) and key_of(after) else None
        if at and len(before) <= KICKER_LENGTH and not headline[:at].rstrip(OPENING).endswith(":"):
            return headline[:at].strip(), headline[at:].strip()
    for part in _pieces(
        heading
    ):  # "Streit um Malta | Der Rat wartet ab" where the metadata write "Malta: Der Rat wartet ab"
        rest = headline[len(part) :].strip() if headline.startswith(part) else ""
        if rest and len(part) <= KICKER_LENGTH and any(key_of(rest) == key_of(text.partition(":")[2]) for text in told):
            return part.rstrip(": "), rest
    for text in told:
        after = text.partition(":")[2]
        at = _offset_of(headline, after) if key_of(after) and key_of(headline).endswith(key_of(after)) else None
        if at and len(headline[:at]) <= KICKER_LENGTH and headline[:at].rstrip().endswith(" :"):
            return headline[:at].rstrip(": "), headline[at:].strip()
    for part in _pieces(heading):
        rest = headline[len(part) :].strip() if headline.startswith(part) else ""
        both = [key_of(part), key_of(rest)]
        named = any(both[1] == key_of(text) or [key_of(p) for p in SUFFIX.split(text)][:2] == both for text in told)
        if rest and len(part) <= KICKER_LENGTH and named:
            return part.rstrip(": "), rest
    for text in told:
        if (
            key_of(text)
            and key_of(headline) != key_of(text)
            and key_of(headline).endswith(key_of(text))
            and len(text.split()) > 1
        ):
            at = _offset_of(headline, text)
            if (
                at
                and len(headline[:at].strip()) <= KICKER_LENGTH
                and not headline[:at].rstrip().endswith((":", "-", "–"))
            ):
                return headline[:at].strip().rstrip(": "), headline[at:].strip()
    two = [_tidy(text_of(child)) for child in heading if _tidy(text_of(child))]
    if len(two) == 2 and two[0].endswith(":") and len(two[0]) <= KICKER_LENGTH // 2 and not _tidy(heading.text or ""):
        return two[0].rstrip(": "), two[1]
    split = len(two) == 2 and not _tidy(heading.text or "") and " ".join(two) not in told
    if split and len(two[0]) <= KICKER_LENGTH // 2 and key_of("".join(two)) == key_of(headline):
        return two[0].rstrip(": "), two[1]
    glued, rest_piece = unglue(clean(headline), lexicon)
    if glued is not None and not any(key_of(headline) == key_of(t) and headline == t for t in told):
        return glued.text.rstrip(": "), rest_piece.text
    return None, headline or None


def _at_mark(heading: Element) -> tuple[str, str] | None:
    """Split where an element of its own holds nothing but a colon or dash, as pages set one for readers of Braille."""
    children = list(heading)
    for n, child in enumerate(children[1:-1], 1):
        if re.fullmatch(r"[:|–—-]", text_of(child)) and not (heading.text or "").strip():
            before = " ".join(_tidy(text_of(c)) for c in children[:n])
            after = " ".join(_tidy(text_of(c)) for c in children[n + 1 :])
            if before and after and len(before) <= KICKER_LENGTH:
                return before.strip(), after.strip()
    return None


def _pieces(heading: Element) -> list[str]:
    """What may be a kicker inside a heading: its first child's text, its first line."""
    found = []
    if len(heading) and not (heading.text or "").strip():
        found.append(_tidy(text_of(heading[0])))
    lines = flow(heading)
    if len(lines) > 1:
        found.append(lines[0].text)
    return [part for part in found if part]


def _offset_of(text: str, ending: str) -> int | None:
    """Where the part of ``text`` begins that has the letters of ``ending``."""
    want = len(key_of(ending))
    for at in range(len(text) - 1, -1, -1):
        if len(key_of(text[at:])) >= want:
            return at
    return None


def _above(element: Element, headline: str | None, lexicon: Lexicon) -> str | None:
    """The kicker that stands right above the heading or beside it, by its name."""
    rules: Phrases = lexicon.derived(phrases)
    box = element
    near: list[Element] = []
    for _ in range(3):
        near.extend(box.itersiblings(preceding=True))
        near.extend(list(box.itersiblings())[:1])
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "main", "html"):
            break
        box = parent
    for sibling in near[:12]:
        if not isinstance(sibling.tag, str):
            continue
        for inner in reversed(list(sibling.iter())):  # of several labels the last stands next to the headline
            if isinstance(inner.tag, str) and "kicker" in roles(inner, lexicon):
                text = _tidy(text_of(inner))
                if 2 < len(text) <= KICKER_LENGTH and text != headline and not rules.match(text, "cut", "dated"):
                    return text.rstrip(": ")
    return None


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


def _heading_above(element: Element, lexicon: Lexicon) -> str | None:
    """The lower heading or bare label right above the ``h1``: a kicker, unless it is a link, furniture or a sentence."""
    if element.tag in INLINE:  # old pages: bold lines parted by breaks
        while (parent := element.getparent()) is not None and parent.tag in INLINE:
            element = parent
        above = element.getprevious()
        while above is not None and above.tag == "br" and not (above.tail or "").strip():
            above = above.getprevious()
        fits_here = above is not None and above.tag in INLINE and not (above.tail or "").strip()
    else:
        above = element.getprevious()
        fits_here = element.tag == "h1"
    if not fits_here or above is None or above.tag not in ("h2", "h3", "h4", "h5", "h6", "p", "div", "span", *INLINE):
        return None
    text = _tidy(text_of(above))
    if above.tag in ("p", "div", "span", *INLINE) and (
        len(text) > LABEL or len(list(above.iter())) > 2 or re.search(r"\d", text)
    ):
        return None
    rules: Phrases = lexicon.derived(phrases)
    fits = 2 < len(text) <= KICKER_LENGTH and text[-1] not in ".!" and above.find(".//a") is None
    return (
        text.rstrip(": ")
        if fits and not rules.match(text, "cut", "dated", "related", "byline") and not first_date(text, lexicon)
        else None
    )


def _split_told(told: list[str]) -> tuple[str | None, str | None]:
    return (told[0], None) if told else (None, None)


def _tidy(text: str) -> str:
    return re.sub(r"^(?:[-–—:]\s+)+", "", clean(text).text.strip(" |·"))
