"""Kicker and headline inside one heading: by the names of its parts, its blocks, the metadata, the seam."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lagebild.page.headline import unglue
from lagebild.page.html.flow import flow, key_of
from lagebild.page.html.shown import apart
from lagebild.page.html.told import SUFFIX
from lagebild.page.html.tree import Element, remove, roles, text_of, within
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import Phrases, phrases

KICKER_LENGTH = 80
BADGE = 30
"""The badge of a paywall has no more letters."""
OPENING = " \"„“»«‚‘'"
NO_WORDS = ("svg", "script", "style", "button", "img")
Told = Sequence[str]
Parts = tuple[str, str]


def split_heading(element: Element, told: Told, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """Return kicker and headline of the heading ``element``, which the metadata call ``told``."""
    told = [*told, *(SUFFIX.split(text)[0] for text in told)]
    heading, kickers = _bare(element, lexicon)
    headline = tidy(text_of(heading))
    if kickers:
        return " ".join(kickers).rstrip(": ") or None, headline or None
    for way in (_at_mark, _at_told_colon, _before_told, _at_loose_colon, _as_in_title, _told_alone, _two_elements):
        if found := way(heading, headline, told):
            return found
    glued, rest = unglue(clean(headline), lexicon)
    if glued is not None and headline not in told:
        return glued.text.rstrip(": "), rest.text
    return None, headline or None


def _bare(element: Element, lexicon: Lexicon) -> tuple[Element, list[str]]:
    """A copy of the heading without buttons and parts that call themselves a kicker, and the texts of those."""
    heading = copy.deepcopy(element)
    heading.tail = None
    kickers: list[str] = []
    for inner in list(heading.iter()):
        if inner is heading or not isinstance(inner.tag, str) or not within(inner, heading):
            continue
        found = roles(inner, lexicon)
        if "junk" in found or "paywall" in found or inner.tag in NO_WORDS or _is_badge(inner, lexicon):
            remove(inner)
        elif "kicker" in found or inner.get("itemprop") == "alternativeHeadline":
            if text := label_of(inner, lexicon):
                kickers.append(text)
            remove(inner)
    return heading, kickers


def label_of(element: Element, lexicon: Lexicon) -> str:
    """The text of a kicker without the badge of a paywall; its parts, which style sets apart, with a space between."""
    label = copy.deepcopy(element)
    label.tail = None
    for inner in list(label.iterdescendants()):
        if inner.tag in NO_WORDS or (isinstance(inner.tag, str) and _is_badge(inner, lexicon)):
            remove(inner)
    text = tidy(apart(label, " "))
    rules: Phrases = lexicon.derived(phrases)
    return "" if rules.match(text, "paywall") else text


def _is_badge(element: Element, lexicon: Lexicon) -> bool:
    """Whether an element says nothing but that the text is not free: "MZ+"."""
    rules: Phrases = lexicon.derived(phrases)
    text = text_of(element)
    return 0 < len(text) <= BADGE and rules.match(text, "paywall") is not None


def _at_mark(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split where an element of its own holds nothing but a colon or dash, as pages set one for readers of Braille."""
    children = list(heading)
    for n, child in enumerate(children[1:-1], 1):
        if re.fullmatch(r"[:|–—-]", text_of(child)) and not (heading.text or "").strip():
            before = " ".join(tidy(text_of(c)) for c in children[:n])
            after = " ".join(tidy(text_of(c)) for c in children[n + 1 :])
            if before and after and len(before) <= KICKER_LENGTH:
                return before.strip(), after.strip()
    return None


def _at_told_colon(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split a heading that is "Kicker: Headline" in the metadata and shows no colon itself."""
    for text in told:
        before, colon, after = text.partition(":")
        at = _offset_of(headline, after) if colon and key_of(headline) == key_of(text) and key_of(after) else None
        if at and len(before) <= KICKER_LENGTH and not headline[:at].rstrip(OPENING).endswith(":"):
            return headline[:at].strip(), headline[at:].strip()
    return None


def _before_told(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split "Streit um Malta | Der Rat wartet ab" where the metadata write "Malta: Der Rat wartet ab"."""
    keys = {key_of(text.partition(":")[2]) for text in told}
    return next((found for found in _splits(heading, headline) if key_of(found[1]) in keys), None)


def _at_loose_colon(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split at a colon with space around it, where the metadata have the words behind it."""
    for text in told:
        after = text.partition(":")[2]
        at = _offset_of(headline, after) if key_of(after) and key_of(headline).endswith(key_of(after)) else None
        if at and len(headline[:at]) <= KICKER_LENGTH and headline[:at].rstrip().endswith(" :"):
            return headline[:at].rstrip(": "), headline[at:].strip()
    return None


def _as_in_title(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split where the metadata give the second part alone, or both parts with a bar or dash between."""
    for part, rest in _splits(heading, headline):
        both = [key_of(part), key_of(rest)]
        if any(both[1] == key_of(text) or [key_of(p) for p in SUFFIX.split(text)][:2] == both for text in told):
            return part, rest
    return None


def _told_alone(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split off what stands before the words the metadata give."""
    key = key_of(headline)
    for text in told:
        ending = key_of(text)
        if not ending or key == ending or not key.endswith(ending) or len(text.split()) < 2:
            continue
        at = _offset_of(headline, text)
        before = headline[:at].strip()
        if at and len(before) <= KICKER_LENGTH and not before.endswith((":", "-", "–")):
            return before, headline[at:].strip()
    return None


def _two_elements(heading: Element, headline: str, told: Told) -> Parts | None:
    """Split a heading of two elements where the first is short, and ends with a colon or no metadata have both as one."""
    two = [text for child in heading if (text := tidy(text_of(child)))]
    if len(two) != 2 or len(two[0]) > KICKER_LENGTH // 2 or tidy(heading.text or ""):
        return None
    apart = " ".join(two) not in told and key_of("".join(two)) == key_of(headline)
    return (two[0].rstrip(": "), two[1]) if apart or two[0].endswith(":") else None


def _splits(heading: Element, headline: str) -> list[Parts]:
    """The ways to split a heading after its first child or its first line."""
    parts = []
    if len(heading) and not (heading.text or "").strip():
        parts.append(tidy(text_of(heading[0])))
    lines = flow(heading)
    if len(lines) > 1:
        parts.append(lines[0].text)
    rests = [(part, headline[len(part) :].strip()) for part in parts if part and headline.startswith(part)]
    return [(part.rstrip(": "), rest) for part, rest in rests if rest and len(part) <= KICKER_LENGTH]


def _offset_of(text: str, ending: str) -> int | None:
    """Where the part of ``text`` begins that has the letters of ``ending``."""
    want = len(key_of(ending))
    for at in range(len(text) - 1, -1, -1):
        if len(key_of(text[at:])) >= want:
            while at and text[at - 1] in OPENING.strip():
                at -= 1  # the quotation mark belongs to the headline
            return at
    return None


def tidy(text: str) -> str:
    """Return ``text`` without the marks that part it from its surroundings."""
    return re.sub(r"^(?:[-–—:]\s+)+", "", clean(text).text.strip(" |·"))
