"""Who owes what a sentence promises of which no event tells, where an event of the sentence says who gives its word or is asked.

A demand is owed by those it is made to, a promise by who gives it, a threat by who makes it. Without such an event the one
named first in the sentence stays (``pledges``, ``heard``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lagebild.ledger.pledges import Pledge
from lagebild.records import Actor, Event

DEMAND = ("REQUEST",)
WORD_GIVEN = ("AGREE", "THREATEN")


def owned(pledge: Pledge, events: Iterable[Event]) -> Pledge:
    """Return a promise with those who owe it, where the sentence says who asks or promises and they are of another country."""
    given = list(_said(events, pledge, WORD_GIVEN))
    asked = "asked" in pledge.cues or not given
    for event in _said(events, pledge, DEMAND) if asked else given:
        speaks, hears = _codes(event.actors), _codes(event.recipients)
        who, to = (hears - speaks, speaks) if asked else (speaks, hears - speaks)
        if who and _lands(who).isdisjoint(_lands(pledge.who)):
            cues = pledge.cues - {"promise"} | {"asked"} if asked else pledge.cues
            return replace(pledge, who=who, to=to or pledge.to - who, cues=cues)
    return pledge


def _said(events: Iterable[Event], pledge: Pledge, types: tuple[str, ...]) -> Iterator[Event]:
    """Yield the acts of speech of a promise's sentence that are told with a verb."""
    end = pledge.start + len(pledge.quote)
    for event in events:
        word = event.trigger[0] if event.trigger else None
        verb = word is not None and pledge.start <= word.start < end and word.quote[:1].islower()
        if verb and event.type in types and event.status == "actual":
            yield event


def _codes(sides: Iterable[Actor]) -> frozenset[str]:
    return frozenset(side.code for side in sides if side.code and side.code != "-" and side.span)


def _lands(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code.partition(":")[0] for code in codes)
