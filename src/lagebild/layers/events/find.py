"""The layer itself: triggers, then for each its participants, place, date, numbers and contexts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.layers.events.cast import Cast, at_site, cast_of
from lagebild.layers.events.circumstances import Contexts, quantities_of
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.grammar import Grammar
from lagebild.layers.events.index import Index, build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.participants import participants
from lagebild.layers.events.ranking import Tables, weights
from lagebild.layers.events.settings import date_of, place_of, setting_of
from lagebild.layers.events.triggers import VOTE, Trigger, find_triggers
from lagebild.layers.events.untold import Side
from lagebild.layers.events.view import View
from lagebild.records import Date, Event, Evidence, Place, Span
from lagebild.rules.lexicon import Lexicon

TEMPERATURE = 1.6
"""The vote is too sure of itself on articles it was not trained on; chosen on ``corpus/dev`` (``bench.calibration``)."""


def calibrated(probability: float) -> float:
    """Return how often events of this probability are right: its log odds divided by ``TEMPERATURE``."""
    odds = max(probability, 1e-6) / max(1.0 - probability, 1e-6)
    return round(1.0 / (1.0 + math.pow(odds, -1.0 / TEMPERATURE)), 3)


def find_events(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events in text order, ids counted from 0; status and statements are set by later layers."""
    index: Index = lexicon.derived(build_index)
    contexts: Contexts = lexicon.derived(Contexts)
    view = View(doc, index.forms)
    proposals = Proposals(view, Matcher(view, index), earlier)
    cast, table, triggers = cast_of(proposals, earlier), weights(), find_triggers(proposals)
    grammar = Grammar(proposals, triggers, cast.speakers)
    yield from grammar.judged(list(_told(view, earlier, cast, table, triggers, grammar, contexts)), earlier)


def _told(
    view: View,
    earlier: Earlier,
    cast: Cast,
    table: Tables[complex],
    triggers: list[Trigger],
    grammar: Grammar,
    contexts: Contexts,
) -> Iterator[Event]:
    """Yield the events as each trigger by itself tells them."""
    setting = setting_of(view, earlier, triggers)
    published = earlier.article.published_day
    about: dict[int, tuple[str, ...]] = {}
    for number, trigger in enumerate(triggers):
        sides = participants(cast, trigger, table, grammar)
        actors, recipients = (side.actors for side in sides)
        sentence = view.sent[trigger.head]
        if sentence not in about:
            about[sentence] = contexts.of_sentence(view, *view.columns.bounds(sentence))
        spans = view.columns.spans(trigger.tokens)
        # the state of a place may take part, and the place is still the event's place
        place = place_of(view, setting, trigger, [a for a in (*actors, *recipients) if not at_site(a)])
        date = date_of(view, setting, trigger, published)
        yield Event(
            id=number,
            type=trigger.type,
            mode=trigger.mode,
            trigger=spans,
            actors=actors,
            recipients=recipients,
            contexts=about[sentence],
            place=place,
            date=date,
            quantities=quantities_of(view, setting, trigger),
            evidence=(*_evidence(trigger, spans, *sides), *_setting(place, date)),
            confidence=calibrated(trigger.confidence),
        )


def _evidence(trigger: Trigger, spans: tuple[Span, ...], actors: Side, recipients: Side) -> Iterator[Evidence]:
    """The lexicon row and the vote behind the type; what chose the mode and each role, how surely, and whether no word names it."""
    if trigger.rule != VOTE:
        yield Evidence("type", trigger.rule, spans[0])
    yield Evidence("type", "vote:events_triggers", spans[0], f"{trigger.confidence:.2f}")
    if trigger.mode:
        yield Evidence("mode", trigger.mode_rule, spans[0])
    for field, side in (("actors", actors), ("recipients", recipients)):
        if side.actors:
            implied = "implied " if all(actor.span is None for actor in side.actors) else ""
            yield Evidence(field, side.rule, side.actors[0].span, f"{implied}{side.share:.2f}")


def _setting(place: Place | None, date: Date | None) -> Iterator[Evidence]:
    """The ranker behind place and date."""
    if place is not None:
        yield Evidence("place", "vote:events_settings", place.span)
    if date is not None:
        yield Evidence("date", "vote:events_settings", date.span)
