"""What the metadata of an HTML page call it, the outlet's name cut off."""

from __future__ import annotations

import re
from collections.abc import Container

from lagebild.page.html.structured import Meta
from lagebild.page.piece import clean
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import OutletRow, Phrases, outlets, phrases

SUFFIX = re.compile(r"\s+(?:[|·•»«–—-]|::)\s+")
ARCHIVE = re.compile(r"(?:blog[ -]?)?archive?s?", re.I)
"""What blogs write between their own name and the title of a post."""


def own_names(meta: Meta, lexicon: Lexicon) -> set[str]:
    """What the outlet calls itself, in lower case."""
    houses: dict[str, OutletRow] = lexicon.derived(outlets)
    return {name.lower() for name in meta.outlets} | set(houses)


def told_by(meta: Meta, own: Container[str], lexicon: Lexicon, *, surely: bool = False) -> list[str]:
    """The headlines the metadata give, without the outlet's ``own`` names around them; ``surely`` leaves out ``<title>``."""
    houses = lexicon.derived(outlets)
    found: list[str] = []
    for source, text in meta.headlines:
        if surely and source == "title":
            continue
        text = clean(text).text
        before, _, after = text.partition(":")
        text = after.strip() if before.strip().lower() in own and after.strip() else text
        whole = _without_front(text, own) if source == "title" else text
        text = _before_outlet(whole, own) if source == "title" else whole
        text = without_outlet(text, houses, meta.outlets, any_name=source == "title", cut=text != whole)
        if text and text not in found and not (source == "title" and _is_section(text, lexicon)):
            found.append(text)
    return found


def _is_section(text: str, lexicon: Lexicon) -> bool:
    """Whether a ``<title>`` names outlet and section alone: "Der Bote - Politik"."""
    parts = SUFFIX.split(text)
    rules: Phrases = lexicon.derived(phrases)
    sections = [part for part in parts if rules.match(part, "cut")]
    return len(parts) > 1 and bool(sections) and all(part in sections or len(part.split()) <= 2 for part in parts)


def _without_front(text: str, own: Container[str]) -> str:
    """Cut the outlet's name off the front: "Der Bote » Blog Archive » Die lange Nacht"."""
    parts = SUFFIX.split(text)
    if len(parts) < 2 or parts[0].strip().lower() not in own:
        return text
    first = next((part for part in parts[1:] if part.strip() and not ARCHIVE.fullmatch(part.strip())), None)
    return text[text.index(first, len(parts[0])) :] if first else text


def _before_outlet(text: str, own: Container[str]) -> str:
    """Cut the outlet's name and all behind it off a ``<title>``: "Die lange Nacht - Der Bote online - Politik"."""
    parts = list(SUFFIX.finditer(text))
    for number, mark in enumerate(parts):
        end = parts[number + 1].start() if number + 1 < len(parts) else len(text)
        name = text[mark.end() : end].strip().lower()
        if mark.start() and (name in own or name.removesuffix(" online") in own):
            return text[: mark.start()].rstrip()
    return text


def without_outlet(
    text: str, houses: dict[str, OutletRow], own: list[str], *, any_name: bool = False, cut: bool = False
) -> str:
    """Cut "| Der Bote" off ``text``; ``any_name`` cuts what else stands there in a ``<title>``: a date, and a section once
    the outlet was ``cut``.
    """
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
