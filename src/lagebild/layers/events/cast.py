"""Who is in the article: every actor by code, when it is named, and what part it took in the events told so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.events.features import Proposals
from lagebild.layers.events.view import View
from lagebild.records import Actor

MOST = 5
LATER = 50


@dataclass(slots=True)
class Part:
    """The participants of one event, kept for the events after it."""

    type: str
    lemma: str
    sentence: int
    actors: set[str]
    recipients: set[str]


@dataclass(slots=True)
class Cast:
    """Every code of the article (most frequent first) with the sentences that name it; mentions by sentence.

    ``weight`` is a code's rank by frequency (0 to 3) and its tenths of all mentions (0 to 6);
    ``speakers`` maps a token inside a message to its speaker, ``countries`` a sentence to the countries of its places.
    """

    view: View
    proposals: Proposals
    mentions: dict[int, list[Mention]]
    order: list[str]
    sentences: dict[str, list[int]]
    actor: dict[str, Actor]
    speakers: dict[int, Mention]
    countries: dict[int, set[str]]
    weight: dict[str, tuple[int, int]]
    parts: list[Part] = field(default_factory=list)
    _gaps: dict[tuple[str, int], int] = field(default_factory=dict)

    def gap(self, code: str, sentence: int) -> int:
        """Sentences since the code was last named; ``LATER`` and more where it comes only later."""
        known = self._gaps.get((code, sentence))
        if known is None:
            named = self.sentences[code]
            before = [s for s in named if s <= sentence]
            known = sentence - before[-1] if before else LATER + named[0] - sentence
            self._gaps[code, sentence] = known
        return known

    def absent(self, sentence: int, named: set[str]) -> list[str]:
        """Codes that may be meant though the sentence does not name them: the nearest and the most frequent."""
        there = [code for code in self.order if code not in named]
        if len(there) <= MOST:
            return there
        near = sorted(there, key=lambda code: self.gap(code, sentence))[: MOST - 2]
        return [*near, *[code for code in there if code not in near][: MOST - len(near)]]


def cast_of(proposals: Proposals, earlier: Earlier) -> Cast:
    """Collect the actors of the article."""
    view = proposals.view
    mentions: dict[int, list[Mention]] = {}
    sentences: dict[str, list[int]] = {}
    actor: dict[str, Actor] = {}
    heads = set()
    for mention in sorted(earlier.mentions, key=lambda m: m.head):
        sentence = view.sent[mention.head]
        if mention.head not in heads:
            heads.add(mention.head)
            mentions.setdefault(sentence, []).append(mention)
        for one in mention.actors:
            if one.code:
                sentences.setdefault(one.code, []).append(sentence)
                actor.setdefault(one.code, one)
    order = sorted(sentences, key=lambda code: -len(sentences[code]))
    total = max(sum(map(len, sentences.values())), 1)
    weight = {code: (min(rank, 3), min(10 * len(sentences[code]) // total, 6)) for rank, code in enumerate(order)}
    speakers, countries = _speakers(earlier), _countries(view, earlier)
    return Cast(view, proposals, mentions, order, sentences, actor, speakers, countries, weight)


def _speakers(earlier: Earlier) -> dict[int, Mention]:
    found: dict[int, Mention] = {}
    for statement in earlier.statements:
        token = earlier.index_at(statement.source_span.start) if statement.source_span else None
        speaker = earlier.mention_at(token) if token is not None else None
        if speaker is None:
            continue
        for span in statement.message:
            first, last = earlier.index_at(span.start), earlier.index_at(max(span.start, span.end - 1))
            if first is not None and last is not None:
                found.update(dict.fromkeys(range(first, last + 1), speaker))
    return found


def _countries(view: View, earlier: Earlier) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for place in earlier.places:
        token = earlier.index_at(place.span.start)
        if token is not None and place.country:
            found.setdefault(view.sent[token], set()).add(place.country)
    return found


def codes_of(mentions: list[Mention]) -> set[str]:
    """The codes of some mentions."""
    return {actor.code for mention in mentions for actor in mention.actors if actor.code}
