"""How many independent sources a set of articles has: reprints and agency texts count once however often printed.

Two articles depend on each other when they are of one text family, printed by the same outlet, credit the same agency, or
one names the other's outlet as its source. Credits can therefore only lower the count: a forged credit never raises it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lagebild.ledger.families import Groups, Text


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent source: its name, its articles and what binds them."""

    name: str
    articles: tuple[str, ...]
    reason: str


def independent_origins(texts: Iterable[Text], families: Mapping[str, str]) -> list[Origin]:
    """Group articles into independent origins. ``families`` maps an article to its family."""
    listed = sorted(texts, key=lambda text: text.article)
    groups = Groups(text.article for text in listed)
    why: dict[str, set[str]] = defaultdict(set)
    for reason, members in _bonds(listed, families):
        for member in members[1:]:
            groups.join(members[0], member)
        if len(members) > 1:
            for member in members:
                why[member].add(reason)
    by_article = {text.article: text for text in listed}
    out = []
    for members in groups.groups().values():
        reasons = sorted(set().union(*(why[m] for m in members)))
        own = [by_article[m] for m in members]
        out.append(Origin(origin_name(own), tuple(members), "; ".join(reasons) or "its own report"))
    return out


def _bonds(texts: Sequence[Text], families: Mapping[str, str]) -> Iterable[tuple[str, list[str]]]:
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in texts:
        by["same text", families.get(text.article, text.article)].append(text.article)
        if text.outlet:
            by["same outlet", text.outlet].append(text.article)
        for agency in text.agencies:
            by[f"credit {agency}", agency].append(text.article)
        if text.origin_outlet:
            by[f"taken from {text.origin_outlet}", text.origin_outlet].append(text.article)
    outlets = {text.origin_outlet for text in texts if text.origin_outlet}
    for text in texts:
        if text.outlet in outlets and text.outlet:
            by[f"taken from {text.outlet}", text.outlet].append(text.article)
    return [(reason, sorted(set(members))) for (reason, _), members in by.items()]


def origin_name(texts: Sequence[Text]) -> str:
    """Return what a group's text comes from: the agencies all that credit any have in common, the outlet named, the oldest."""
    credited = [set(text.agencies) for text in texts if text.agencies]
    if credited:
        return "/".join(sorted(set.intersection(*credited) or set.union(*credited)))
    for text in texts:
        if text.origin_outlet:
            return text.origin_outlet
    oldest = min(texts, key=lambda text: (text.order, text.article))
    return oldest.outlet or oldest.article
