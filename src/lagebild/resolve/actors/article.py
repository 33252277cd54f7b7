"""Reads an article from its first mention to its last and remembers: persons, offices, states, and who was spoken of.

A name takes the code it had at first mention; an office or body without a state takes the state the article is about at
that point; a pronoun or definite description takes the nearest mention that agrees (salience: recency, subject first).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from spacy.tokens import Doc

from lagebild.layers.actors.reading import LocalMention, join_code, split_code
from lagebild.layers.earlier import Earlier, Mention
from lagebild.records import Actor, Evidence
from lagebild.resolve.actors.antecedents import Known, choose, describe
from lagebild.resolve.actors.holders import holder_of
from lagebild.resolve.actors.states import StateMemory, best_of
from lagebild.rules.lexicon import Lexicon

PERSONAL = frozenset({"personal", "demonstrative"})


Trace = list[tuple[int, str, list[tuple[str | None, list[str]]]]]


def resolve_actors(doc: Doc, lexicon: Lexicon, earlier: Earlier, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions with their codes; those that name no actor (towns as places) are left out."""
    return tuple(Resolver(doc, lexicon, earlier).run([m for m in mentions if isinstance(m, LocalMention)]))


class Resolver:
    """The memory of one article."""

    def __init__(self, doc: Doc, lexicon: Lexicon, earlier: Earlier, trace: Trace | None = None):
        self.doc = doc
        self.lexicon = lexicon
        self.earlier = earlier
        self.day = earlier.article.published_day
        self.persons: dict[str, Known] = {}
        self.known: list[Known] = []
        self.bare: set[int] = set()
        self.trace = trace

    def run(self, mentions: list[LocalMention]) -> list[Mention]:
        """Resolve in text order."""
        self.states = StateMemory(mentions, self._places(mentions))
        resolved = [self._resolve(mention) for mention in mentions]
        return [mention for mention in resolved if mention is not None]

    def _places(self, mentions: list[LocalMention]) -> list[tuple[int, int, str]]:
        """Return sentence, token and state of each place that is not itself told of as an actor."""
        spoken = {mention.head for mention in mentions if mention.states}
        sentences = [sent.start for sent in self.doc.sents]
        found = []
        for place in self.earlier.places:
            token = self.earlier.token_at(place.span.end - 1)
            if place.country and token is not None and token.i not in spoken:
                found.append((bisect_right(sentences, token.i) - 1, token.i, place.country))
        return found

    def _resolve(self, mention: LocalMention) -> Mention | None:
        kind = mention.reading.kind
        if kind == "place":
            return None
        name, entity, rule = mention.reading.name, mention.reading.entity, ""
        if kind == "pro":
            pairs, name, entity, rule = self._pronoun(mention)
        elif mention.pair:
            pairs, rule = self._pair(mention), "pair"
        elif mention.person:
            pairs, name, entity, rule = self._person(mention)
        elif mention.states:
            pairs = tuple((s, mention.sector) for s in mention.states)
        elif kind == "name":
            pairs, rule = ((None, ""),), "open"
            known = self.persons.get(mention.span.quote.lower().removesuffix("s"))
            if known:
                pairs = known.pairs
        else:
            pairs, rule = self._bare(mention)
        self._remember(mention, pairs, name, entity)
        return _as_mention(mention, pairs, name, entity, rule)

    def _person(self, mention: LocalMention) -> tuple[tuple[tuple[str | None, str], ...], str | None, str | None, str]:
        words = [w for w in mention.person.split() if w]
        last = words[-1].lower()
        known = self.persons.get(last) or self.persons.get(last.removesuffix("s"))
        sector = "ELI" if mention.former and mention.sector == "GOV" else mention.sector
        name, entity = (known.name if known else mention.person), (known.entity if known else None)
        if mention.states:
            return tuple((s, sector) for s in mention.states), name, entity, ""
        if known:
            pairs = known.pairs
            if sector and known.pairs[0][0] is None:
                pairs = ((self._state(mention), sector),)
            return pairs, name, entity, "same-name"
        holder = holder_of(mention.person, self.day, self.lexicon)
        if holder:
            state, held = split_code(holder.code)
            return ((state, sector or held),), holder.name, holder.wikidata or None, f"officeholders.tsv:{holder.id}"
        if sector:
            return ((self._state(mention), sector),), mention.person, None, "state"
        return ((None, ""),), mention.person, None, "open"

    def _bare(self, mention: LocalMention) -> tuple[tuple[tuple[str | None, str], ...], str]:
        reading = mention.reading
        if reading.policy == "none":
            return ((None, mention.sector),), "nobody"
        sector = "ELI" if mention.former and mention.sector == "GOV" else mention.sector
        if mention.owner is not None:
            owner = self._antecedent(mention, gender="", plural=None)
            if owner and owner.pairs[0][0]:
                return ((owner.pairs[0][0], sector),), "owner"
        return ((self._state(mention), sector),), "state"

    def _state(self, mention: LocalMention) -> str | None:
        """Return the state a bare actor belongs to."""
        found = self.states.candidates(mention)
        if self.trace is not None and found:
            self.trace.append((mention.head, "actor_state", list(found.items())))
        self.bare.add(mention.head)
        return best_of(found, "actor_state")

    def _pair(self, mention: LocalMention) -> tuple[tuple[str | None, str], ...]:
        found: list[tuple[str | None, str]] = []
        for known in reversed(self.known):
            if known.sentence < mention.sentence - 3:
                break
            for pair in known.pairs:
                if pair[0] and all(pair[0] != p[0] for p in found):
                    found.append(pair)
            if len(found) >= 2:
                return tuple(found[:2])
        return tuple(found) or ((None, ""),)

    def _pronoun(self, mention: LocalMention) -> tuple[tuple[tuple[str | None, str], ...], str | None, str | None, str]:
        kind, gender = mention.reading.role, mention.reading.gender
        if kind == "relative":
            known = self._relative(mention)
        elif kind in ("pair", "reciprocal"):
            return self._pair(mention), None, None, "pair"
        elif kind == "indefinite":
            known = None
        else:
            plural: bool | None = mention.plural if kind in PERSONAL else None
            known = self._antecedent(mention, gender=gender if not mention.plural else "", plural=plural)
        if known is None:
            return ((None, ""),), None, None, "open"
        return known.pairs, known.name, known.entity, "antecedent"

    def _relative(self, mention: LocalMention) -> Known | None:
        token = self.doc[mention.head]
        while token.dep_ != "acl" and token.head.i != token.i:
            token = token.head
        noun = token.head.i
        for known in reversed(self.known):
            if known.token == noun:
                return known
            if known.sentence < mention.sentence:
                break
        return self.known[-1] if self.known and self.known[-1].sentence == mention.sentence else None

    def _antecedent(self, mention: LocalMention, *, gender: str, plural: bool | None) -> Known | None:
        found = describe(mention, self.known, plural=plural, gender=gender)
        if self.trace is not None and found:
            options = [(known.pairs[0][0], f) for known, f in zip(reversed(self.known), found, strict=False)]
            self.trace.append((mention.head, "actor_antecedent", options))
        return choose(found, self.known)

    def _remember(
        self,
        mention: LocalMention,
        pairs: tuple[tuple[str | None, str], ...],
        name: str | None,
        entity: str | None,
    ) -> None:
        reading = mention.reading
        gender = reading.gender if not mention.plural else ""
        kind = "name" if mention.person else reading.kind
        known = Known(
            pairs, name, entity, gender, mention.plural or len(pairs) > 1, kind, reading.role, mention.head,
            mention.sentence, mention.subject,
        )  # fmt: skip
        self.known.append(known)
        if mention.person:
            last = mention.person.split()[-1].lower()
            if pairs[0][0] or last not in self.persons:
                self.persons[last] = known
        if pairs[0][0] and len(pairs) == 1 and reading.kind != "pro":
            self.states.note(mention, pairs[0][0], bare=mention.head in self.bare)


def _as_mention(
    mention: LocalMention, pairs: tuple[tuple[str | None, str], ...], name: str | None, entity: str | None, rule: str
) -> Mention:
    how = mention.reading.how
    if mention.pair:
        how = "collective"
    evidence = mention.actors[0].evidence
    if rule:
        evidence = (*evidence, Evidence("code", f"resolve.actors:{rule}", mention.span))
    actors = tuple(
        Actor(mention.span, name, join_code(state, sector), how, entity, evidence) for state, sector in pairs
    )
    return Mention(mention.head, mention.span, tuple(replace(actor) for actor in actors))
