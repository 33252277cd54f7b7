"""Where and when: which of the places and dates its sentence names an event belongs to.

A trained ranker (``weights/events_settings.npz``; recipe: ``model/settings.py``): the places of the sentence and none compete,
and so do its dates. A place or date is seen by its path to the trigger, its preposition, what it hangs on, whether that is
another event, and by what kind of place or date it is. Where none fits, the event has none: an article's only place is not
everything's. But a day, month or year that hangs on the event's own verb is when it was, whatever the ranker says
("reichte heute Klage ein").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from functools import cache
from itertools import repeat
from typing import TypeVar

from lagebild.layers.dates.when import when_of
from lagebild.layers.earlier import Earlier
from lagebild.layers.events.paths import NO_WAY, shortest
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.layers.linear import load_linear
from lagebild.records import Actor, Date, Place, Quantity, Span

FAR = 9
"""Steps of a candidate that no path leads to."""
BREAKS = frozenset((",", ";", ":"))
WHEN = frozenset(("", "an", "in", "um"))
"""Prepositions of a date that says when a verb's deed was; "für Samstag", "wie im Mai", "bis heute" say something else."""
ON_CALENDAR = re.compile(r"\d{4}(-|$)")
Found = TypeVar("Found", Place, Date, Quantity)


@dataclass(slots=True)
class Setting:
    """Places, dates and quantities of one article by sentence, each with its head; the heads of actors; words of events."""

    places: dict[int, list[tuple[int, Place]]]
    dates: dict[int, list[tuple[int, Date]]]
    quantities: dict[int, list[tuple[int, Quantity]]]
    actors: frozenset[int]
    events: frozenset[int]


def setting_of(view: View, earlier: Earlier, triggers: Iterable[Trigger]) -> Setting:
    """Sort what the earlier layers found by sentence."""
    return Setting(
        _by_sentence(view, earlier, earlier.places),
        _by_sentence(view, earlier, earlier.dates),
        _by_sentence(view, earlier, earlier.quantities),
        frozenset(mention.head for mention in earlier.mentions),
        frozenset(i for trigger in triggers for i in trigger.tokens),
    )


def _by_sentence(view: View, earlier: Earlier, items: Iterable[Found]) -> dict[int, list[tuple[int, Found]]]:
    found: dict[int, list[tuple[int, Found]]] = {}
    for item in items:
        first, last = earlier.index_at(item.span.start), earlier.index_at(max(item.span.start, item.span.end - 1))
        if first is None or last is None:
            continue
        inside = range(first, last + 1)
        head = next((i for i in inside if view.head[i] not in inside or view.head[i] == i), first)
        found.setdefault(view.sent[head], []).append((head, item))
    return found


def place_of(view: View, setting: Setting, trigger: Trigger, actors: Sequence[Actor]) -> Place | None:
    """Return the place that the event belongs to, if any; never one inside the words of those who take part."""
    known = setting.places.get(view.sent[trigger.head])
    if not known:
        return None
    spans = [actor.span for actor in actors if actor.span is not None]
    near = [(head, place) for head, place in known if not _inside(place.span, spans)]
    chosen = likeliest(place_features(view, setting, trigger, near), _weights("place")) if near else None
    return near[chosen][1] if chosen is not None else None


def date_of(view: View, setting: Setting, trigger: Trigger, published: Day | None = None) -> Date | None:
    """Return the date that the event belongs to, if any; of a length of time, what it leads to."""
    near = setting.dates.get(view.sent[trigger.head])
    if not near:
        return None
    chosen = likeliest(date_features(view, setting, trigger, near), _weights("date"))
    date = near[chosen][1] if chosen is not None else _on_verb(view, trigger, near)
    return when_of(date, published) if date is not None else None


def _on_verb(view: View, trigger: Trigger, near: Sequence[tuple[int, Date]]) -> Date | None:
    """Return the time on the calendar that hangs on the verb of the event: "hat heute drei Diplomaten ausgewiesen"."""
    if view.pos[trigger.head] != "VERB":
        return None
    for head, date in near:
        direct = view.head[head] == trigger.head and view.dep[head] in ("advmod", "obl")
        if direct and date.type == "DATE" and _case(view, head) in WHEN and ON_CALENDAR.match(date.value or ""):
            return date
    return None


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in spans)


@cache
def _weights(role: str) -> dict[str, float]:
    return load_linear("events_settings").column(role)


def likeliest(found: Sequence[Sequence[str]], weights: Mapping[str, float]) -> int | None:
    """Return the best candidate of ``found``, whose last is none; the first of equals."""
    scores = [sum(map(weights.get, features, repeat(0.0))) for features in found]
    best = scores.index(max(scores))
    return best if best < len(found) - 1 else None


# ---- features


def place_features(
    view: View, setting: Setting, trigger: Trigger, near: Sequence[tuple[int, Place]]
) -> list[list[str]]:
    """Return the features of each place, then those of none."""
    found = _features(view, setting, trigger, [head for head, _ in near])
    for (head, place), features in zip(near, found, strict=False):
        case, kind = _case(view, head), place.precision
        features += [f"k:{kind}:{case}", f"kt:{kind}:{trigger.type}", f"a:{head in setting.actors}:{case}"]
    return found


def date_features(view: View, setting: Setting, trigger: Trigger, near: Sequence[tuple[int, Date]]) -> list[list[str]]:
    """Return the features of each date, then those of none."""
    found = _features(view, setting, trigger, [head for head, _ in near])
    for (head, date), features in zip(near, found, strict=False):
        vague = date.value if date.value is not None and date.value.endswith("_REF") else ""
        features += [f"k:{date.type}:{date.precision}", f"kt:{date.type}:{trigger.type}", f"v:{vague}"]
        features.append(f"kc:{date.type}:{_case(view, head)}:{date.earliest is None}")
    return found


def _features(view: View, setting: Setting, trigger: Trigger, heads: Sequence[int]) -> list[list[str]]:
    ways = shortest(view, trigger.tokens, trigger.head, heads)
    steps = [way.count(" ") if way != NO_WAY else FAR for way in ways]
    kind, lemma, pos = (
        trigger.type,
        (view.verb[trigger.head] or view.lemma[trigger.head]).lower(),
        view.pos[trigger.head],
    )
    start = view.columns.bounds(view.sent[trigger.head])[0]
    found = []
    for head, way, far in zip(heads, ways, steps, strict=True):
        case, above = _case(view, head), view.head[head]
        short, close, left = way if far < 3 else "long", far < 2, head < trigger.head
        between = view.lower[head + 1 : trigger.head] if left else view.lower[trigger.head + 1 : head]
        foreign = above in setting.events and above not in trigger.tokens
        found.append(
            [
                f"w:{way}",
                f"wc:{short}:{case}",
                f"wt:{short}:{pos}:{kind}",
                f"c:{case}:{view.dep[head]}",
                f"s:{min(far, 5)}:{sum([other < far for other in steps])}",
                f"t:{kind}:{case}:{far == 0}",
                f"m:{kind}:{trigger.mode}:{close}",
                f"d:{left}:{min(abs(head - trigger.head) // 3, 5)}:{pos}",
                f"g:{view.lemma[above].lower()}:{case}",
                f"gd:{view.dep[above]}:{view.case_of(above)}:{case}",
                f"l:{lemma}:{case}:{close}",
                f"e:{foreign}:{far == 0}",
                f"b:{not BREAKS.isdisjoint(between)}:{close}",
                f"f:{left and head - start < 4}:{case}",
                f"fw:{head - start < 3}:{short}",
            ]
        )
    n = min(len(heads), 3)
    none = [f"0:{kind}", f"0n:{n}", f"0p:{pos}:{view.dep[trigger.head]}", f"0m:{kind}:{trigger.mode}", f"0l:{lemma}"]
    return [*found, [*none, f"0t:{kind}:{n}", "0"]]


def _case(view: View, head: int) -> str:
    """The preposition of a phrase; a conjunct's is that of what it is coordinated with."""
    case = view.case_of(head)
    return f"+{view.case_of(view.head[head])}" if not case and view.dep[head] == "conj" else case
