"""Names of people in credits: what parts them, what words beside them are, which of them are persons."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lagebild.rules.lexicon import Lexicon
from lagebild.rules.page import credit_words, outlets

SEPARATOR = re.compile(r"\s*(?:[,/;|&+•·]|\s[-–—]\s)\s*|\n")
SHORTENED = re.compile(r"\s[^\W\d_a-zäöüß]\.\s*$")
"""A last name cut to its first letter: "Petra M."."""
GLUED = re.compile(r"Von(?=[A-ZÄÖÜ][a-zäöü])")
"""No space between "Von" and the name: "VonPetra Muster"."""
NAME_WORD = re.compile(r"(?:Mc|Mac|O['’]|D['’]|[Aa]l-|[Ee]l-)?[^\W\d_a-zäöüß](?:[\w'’.-]*[\w'’.])?", re.UNICODE)
NAME_PARTICLES = {
    "von",
    "van",
    "de",
    "der",
    "den",
    "zu",
    "zur",
    "vom",
    "di",
    "da",
    "del",
    "la",
    "le",
    "el",
    "al",
    "bin",
    "ben",
    "ten",
    "ter",
    "y",
}


def person(token: str, lexicon: Lexicon) -> str | None:
    """Return the name in ``token`` (two to five words, capitals), without what the person is or where; else None."""
    words = lexicon.derived(credit_words)
    if token.strip() in words["town"]:
        return None
    is_role = {part: says_role(part, words) for part in token.split()}
    parts = token.strip(" .:*\"'„“”()").split()
    if parts and GLUED.match(parts[0]):
        parts[0] = parts[0][3:]
    if len(parts) == 2 and len(parts[1]) == 1 and token.rstrip().endswith("."):
        parts[1] += "."  # "Petra M."
    for at, part in enumerate(parts):
        if (at and part in words["place"] | words["does"]) or (at > 1 and is_role.get(part)):
            parts = parts[:at]
            break
    while parts and (
        parts[0].rstrip(":") in words["role"] or is_role.get(parts[0]) or parts[0].lower() in ("von", "by")
    ):
        parts = parts[1:]
    while parts and is_role.get(parts[-1]):
        parts = parts[:-1]
    if len(parts) > 3 and parts[0].lower() in words["from"] and parts[1][:1].isupper():
        parts = parts[2:]  # "Aus Brüssel Petra Muster"
    if parts and (
        parts[0].lower() in words["place"] | words["never"]
        or (parts[0].isupper() and parts[0].lower() in lexicon.derived(outlets))
    ):
        return None  # "Aus Nairobi", "MDR THÜRINGEN"
    if not 2 <= len(parts) <= 6 or any(is_role.get(part) for part in parts) or " ".join(parts) in words["town"]:
        return None
    proper = [part for part in parts if NAME_WORD.fullmatch(part)]
    if len(proper) < 2 or any(part not in NAME_PARTICLES for part in parts if part not in proper):
        return None
    if parts[-1] not in proper or not any(char.islower() for char in "".join(parts)):
        return " ".join(part.title() for part in parts) if parts[-1] in proper and len(parts) <= 4 else None
    return " ".join(parts)


def says_role(word: str, words: dict[str, frozenset[str]]) -> bool:
    """Whether ``word`` says what somebody is: "Korrespondentin", "Hörfunkstudio"."""
    known = not words["role"].isdisjoint((word, word.capitalize(), word.lower()))
    return known or (len(word) > 8 and word.lower().endswith(tuple(words["end"])))


def tokens(text: str, joint: re.Pattern[str]) -> list[str]:
    """Return the parts of a credit, one for each who is named in it."""
    found = [token for part in SEPARATOR.split(text) if part for token in joint.split(part)]
    return [
        token.strip(" ()[]*\u00a0") if SHORTENED.search(token) else token.strip(" ()[]*.\u00a0")
        for token in found
        if token.strip(" ()[]*.")
    ]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What ends a name, parts two of them, and begins who took the pictures: anywhere, or up to who wrote the text."""

    joint: re.Pattern[str]
    end: re.Pattern[str]
    picture: re.Pattern[str]
    picture_inside: re.Pattern[str]


def patterns_of(lexicon: Lexicon) -> Patterns:
    """Build the patterns of the credit words; call through ``lexicon.derived``."""
    words = lexicon.derived(credit_words)
    joints, ends, updated, pictures = (
        "|".join(map(re.escape, sorted(kind)))
        for kind in (words["and"], words["after"] | words["updated"], words["updated"], words["picture"])
    )
    return Patterns(
        joint=re.compile(rf"(?i)(?:^|\s)(?:{joints})\s"),
        end=re.compile(rf"(?i)(?:^|[\s.|,]){{1,3}}(?:{ends})\b|-(?:{updated})\b"),
        picture=re.compile(rf"(?i)\b(?:{pictures})\s?:"),
        picture_inside=re.compile(
            rf"(?i)(?:^|[\s,;/|]+)(?:und\s)?\b(?:{pictures})\s?:.*?(?=\b(?:text|interview|bericht)\s?:|$)"
        ),
    )
