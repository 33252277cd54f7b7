"""Which characters a pattern can start with, so that a rule is tried only where it can fit."""

from __future__ import annotations

import re

_ITEM = re.compile(r"\((?:\?P<\w+>|\?:)?|\(\?<?[=!]|\)|\||[*+?]|\{\d+,?\d*\}|.", re.DOTALL)
_OPTIONAL = ("*", "?", "{0")


def first_characters(pattern: str) -> frozenset[str]:
    """Return every character a match of ``pattern`` can start with.

    The pattern holds literal characters, groups, alternatives, ``? * +``, ``{m,n}`` and look-arounds; no classes, no
    escapes. Look-arounds are taken to allow everything.
    """
    found, _, _ = _alternatives(_items(pattern), 0)
    return frozenset(found)


def _items(pattern: str) -> list[str]:
    spot, items = 0, []
    while spot < len(pattern):
        look = re.compile(r"\(\?<?[=!]").match(pattern, spot)
        match = look or _ITEM.match(pattern, spot)
        assert match is not None
        items.append(match[0])
        spot = match.end()
    return items


def _alternatives(items: list[str], spot: int) -> tuple[set[str], bool, int]:
    """Return first characters, whether the empty text fits, and the place after the closing bracket."""
    first, empty = set[str](), False
    while True:
        chars, nothing, spot = _sequence(items, spot)
        first |= chars
        empty = empty or nothing
        if spot >= len(items) or items[spot] == ")":
            return first, empty, spot + 1
        spot += 1


def _sequence(items: list[str], spot: int) -> tuple[set[str], bool, int]:
    first, empty = set[str](), True
    while spot < len(items) and items[spot] not in ("|", ")"):
        item = items[spot]
        if item.startswith("("):
            chars, nothing, spot = _alternatives(items, spot + 1)
            if item.startswith(("(?=", "(?!", "(?<=", "(?<!")):
                chars, nothing = set(), True
        else:
            chars, nothing, spot = {item}, False, spot + 1
        if spot < len(items) and (items[spot] in "*+?" or items[spot].startswith("{")):
            nothing = nothing or items[spot].startswith(_OPTIONAL)
            spot += 1
        if empty:
            first |= chars
        empty = empty and nothing
    return first, empty, spot
