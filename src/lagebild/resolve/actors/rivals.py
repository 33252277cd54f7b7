"""Which body is meant by a name that several states use: "der Bundesrat" governs Switzerland and is a chamber in Germany and Austria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lagebild.layers.actors.above import Above
from lagebild.layers.actors.reading import LocalMention, Reader, split_code
from lagebild.rules.actors import Entry

SURE = 2
"""So often has the text to name another state than the desk's before the name is that state's."""


def settle(
    mentions: list[LocalMention], places: Iterable[str], reader: Reader, home: str, above: Above
) -> list[LocalMention]:
    """Give each such name the body of the state its own words name, else of the desk's or of the one the article is about."""
    rivals = reader.index.rivals
    if not any(mention.reading.name in rivals for mention in mentions):
        return mentions
    told = Counter(places)
    for mention in mentions:
        if mention.reading.name not in rivals or mention.stated:
            told.update(mention.states)
    return [
        _as(mention, _choice(mention, rivals[mention.reading.name], told, home, above), reader)
        if mention.reading.name in rivals
        else mention
        for mention in mentions
    ]


def _choice(
    mention: LocalMention, bodies: dict[str, Entry], told: Counter[str], home: str, above: Above
) -> Entry | None:
    """Return whose body it is; None leaves the mention as it is."""
    if mention.stated:
        return bodies.get(mention.states[0])
    best = max(bodies, key=lambda state: (told[state], state == home))
    sure = told[best] >= SURE or above.mark(best)
    return bodies[best if sure and told[best] > told[home] else home] if home in bodies else None


def _as(mention: LocalMention, entry: Entry | None, reader: Reader) -> LocalMention:
    if entry is None:
        return mention
    reading = reader.entry(entry)
    state, sector = split_code(entry.code)
    return replace(mention, reading=reading, states=(state,) if state else (), sector=sector)
