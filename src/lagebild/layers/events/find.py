"""The layer itself: triggers, then for each its participants, place, date and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier, spans_of
from lagebild.layers.events.cast import cast_of
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.index import Index, build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.participants import participants
from lagebild.layers.events.triggers import find_triggers
from lagebild.layers.events.view import View
from lagebild.layers.linear import load_linear
from lagebild.records import Event, Evidence
from lagebild.rules.lexicon import Lexicon


def find_events(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Event]:
    """Yield the events of the article in text order, ids counted from 0; status and statements are set by later layers."""
    index: Index = lexicon.derived(build_index)
    view = View(doc, index.forms)
    matcher = Matcher(view, index)
    proposals = Proposals(view, matcher, earlier)
    cast = cast_of(proposals, earlier)
    ranker = load_linear("events_roles")
    for number, trigger in enumerate(find_triggers(proposals)):
        actors, recipients = participants(cast, trigger, ranker)
        spans = spans_of(doc[i] for i in trigger.tokens)
        yield Event(
            id=number,
            type=trigger.type,
            mode=trigger.mode,
            trigger=spans,
            actors=actors,
            recipients=recipients,
            evidence=(Evidence("type", trigger.rule, spans[0]),),
            confidence=trigger.confidence,
        )
