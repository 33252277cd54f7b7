"""Reads an article from its first mention to its last and remembers: persons, offices, states, and who was spoken of.

A name takes the code it had at first mention; an office or body without a state takes the state the article is about at
that point; a pronoun or definite description takes a mention shortly before that agrees with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from lagebild.layers.actors.reading import LocalMention, join_code, split_code
from lagebild.layers.actors.sheet import sheet_of
from lagebild.layers.earlier import Earlier, Mention
from lagebild.records import Actor, Evidence, Span
from lagebild.resolve.actors.antecedents import OTHERS, Known, Pairs, choose, describe, eligible
from lagebild.resolve.actors.clauses import case_of, noun_of_relative, placed, third_parties, ties_of
from lagebild.resolve.actors.holders import holder_of
from lagebild.resolve.actors.names import traditions
from lagebild.resolve.actors.pairs import two_sides
from lagebild.resolve.actors.states import StateMemory, best_of
from lagebild.rules.actors import BLOCS, ActorIndex, build_index
from lagebild.rules.lexicon import Lexicon

Trace = list[tuple[int, str, list[tuple[str | None, list[str]]]]]
OPEN: Pairs = ((None, ""),)
BACK_REACH = 6
JOINED_REACH = 3
MIN_SOUND = 0.1
NAMED_KINDS = frozenset({"org", "group", "party", "media", "building", "name"})


@dataclass(slots=True)
class Found:
    """What a mention was resolved to: pairs of state and sector, by which step, the name, the entity, the gender.

    ``names`` has one for each pair where several took part, empty where ``name`` is that of all.
    """

    pairs: Pairs
    step: str
    name: str | None = None
    entity: str | None = None
    gender: str = ""
    names: tuple[str | None, ...] = ()


def resolve_actors(
    doc: Doc, lexicon: Lexicon, earlier: Earlier, mentions: tuple[LocalMention, ...]
) -> tuple[Mention, ...]:
    """Return the mentions with their codes; those that name no actor (towns as places) are left out."""
    return tuple(Resolver(doc, lexicon, earlier).run(list(mentions)))


def traditions_by_state(lexicon: Lexicon) -> dict[str, str]:
    """Return the naming tradition of each state; use through ``lexicon.derived``."""
    index: ActorIndex = lexicon.derived(build_index)
    return {state.id: state.tradition for state in index.states.values()}


class Resolver:
    """The memory of one article. ``trace`` collects every ranking made, for training."""

    def __init__(self, doc: Doc, lexicon: Lexicon, earlier: Earlier, trace: Trace | None = None):
        self.sheet = sheet_of(doc)
        self.text = earlier.article.text
        self.lexicon = lexicon
        self.earlier = earlier
        index: ActorIndex = lexicon.derived(build_index)
        self.alike = index.alike
        self.where, self.partners = index.uses["where"], index.uses["partner"]
        self.federal = tuple(index.uses["federal"])
        self.tradition_of: dict[str, str] = lexicon.derived(traditions_by_state)
        self.day = earlier.article.published_day
        self.persons: dict[str, Known] = {}
        self.titles: dict[str, Known] = {}
        self.known: list[Known] = []
        self.bare: set[int] = set()
        self.by_head: dict[int, LocalMention] = {}
        self.by_sentence: dict[int, list[LocalMention]] = {}
        self.done: dict[int, Found] = {}
        self.trace = trace

    def run(self, mentions: list[LocalMention]) -> list[Mention]:
        """Resolve in text order."""
        mentions = self._named(mentions)
        self.states = StateMemory(mentions, self._places(mentions), self.tradition_of, self.federal)
        self.by_head = {mention.head: mention for mention in mentions}
        self.by_sentence = {}
        for mention in mentions:
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        resolved: list[Mention] = []
        for mention in mentions:
            if mention.reading.kind == "place":
                continue
            found = self._found(mention)
            if found is None:
                continue
            self._remember(mention, found)
            resolved.append(self._as_mention(mention, found))
        return resolved

    def _named(self, mentions: list[LocalMention]) -> list[LocalMention]:
        """Leave out "der Norden" where the article does not name the state that it may stand for."""
        if not any(mention.reading.policy == "named" for mention in mentions):
            return mentions
        told = {state for mention in mentions if mention.reading.policy != "named" for state in mention.states}
        return [m for m in mentions if m.reading.policy != "named" or m.reading.state in told]

    def _places(self, mentions: list[LocalMention]) -> list[tuple[int, int, str]]:
        """Return sentence, token and state of each place that is not itself told of as an actor."""
        spoken = {mention.head for mention in mentions if mention.states}
        found = []
        for place in self.earlier.places:
            token = self.sheet.token_at(place.span.end - 1)
            if place.country and token not in spoken:
                found.append((self.sheet.sentence(token), token, place.country))
        return found

    def _found(self, mention: LocalMention) -> Found | None:
        """Resolve one mention, once; heads of other mentions may have asked for it before its turn."""
        if mention.head in self.done:
            return self.done[mention.head]
        self.done[mention.head] = Found(OPEN, "open")  # a mention that belongs to itself stays open
        found = self._decide(mention)
        if found is not None:
            self.done[mention.head] = found
        return found

    def _decide(self, mention: LocalMention) -> Found | None:
        reading = mention.reading
        kind = reading.kind
        if kind == "pro":
            return self._pronoun(mention)
        if mention.person:
            return self._person(mention)
        if kind == "name":
            return self._name(mention)
        if mention.pair or (reading.policy == "sides" and mention.plural):
            return self._pair(mention)
        if mention.of is not None and (found := self._of(mention)):
            return found
        if mention.states:
            return Found(tuple((s, mention.sector) for s in mention.states), "own", reading.name, reading.entity)
        return self._bare(mention)

    def _person(self, mention: LocalMention) -> Found:
        name = mention.person
        known = self._known_person(name)
        sector = _sector(mention)
        entity = known.entity if known else None
        if known and known.name:
            name = known.name
        if mention.states and (sector or known is None):
            own = Found(tuple((s, sector) for s in mention.states), "own", name, entity)
            return own if known else self._identified(own, mention.person)
        if known and known.pairs[0][0]:
            return Found(known.pairs, "same-name", name, entity, known.gender)
        holder = holder_of(mention.person, self.day, self.lexicon)
        if holder:
            state, held = split_code(holder.code)
            step = f"officeholders.tsv:{holder.id}"
            return Found(((state, held),), step, holder.name, holder.wikidata or None, holder.gender)
        if mention.of is not None and (found := self._of(mention)):
            return Found(found.pairs, found.step, name, entity)
        if sector or mention.reading.policy == "bloc":
            return Found(self._ranked(mention, sector), "state", name, entity)
        return self._by_sound(mention, name, entity)

    def _identified(self, found: Found, person: str) -> Found:
        """Give a person whose state the words tell the full name and the item of the office-holder it fits."""
        holder = holder_of(person, self.day, self.lexicon)
        if holder and split_code(holder.code)[0] == found.pairs[0][0]:
            return Found(found.pairs, found.step, holder.name, holder.wikidata or None, holder.gender)
        return found

    def _by_sound(self, mention: LocalMention, name: str, entity: str | None) -> Found:
        """Give a person told of by name alone the likeliest state, if the name sounds like it; never a sector."""
        pairs = self._ranked(mention, "")
        chance = traditions(mention.person).get(self.tradition_of.get(pairs[0][0] or "", ""), 0.0)
        return Found(pairs, "name", name, entity) if chance > MIN_SOUND else Found(OPEN, "open", name, entity)

    def _known_person(self, name: str) -> Known | None:
        last = name.split()[-1].lower()
        return self.persons.get(last) or self.persons.get(last.removesuffix("s"))

    def _name(self, mention: LocalMention) -> Found | None:
        """Resolve a name the tables do not know: a surname told before, or one of an office-holder."""
        name = mention.reading.name or ""
        known = self._known_person(name)
        if known:
            return Found(known.pairs, "same-name", known.name, known.entity, known.gender)
        if mention.loose:
            holder = holder_of(name, self.day, self.lexicon)
            if holder is None:
                return None
            return Found(
                (split_code(holder.code),), f"officeholders.tsv:{holder.id}", holder.name, holder.wikidata or None
            )
        return Found(OPEN, "open", name)

    def _of(self, mention: LocalMention) -> Found | None:
        """Take over from the actor this one belongs to ("Sprecher des Bündnisses", "Gaddafis Luftwaffe")."""
        inner = self.by_head.get(mention.of if mention.of is not None else -1)
        if inner is None or inner.reading.kind == "place":
            return None
        found = self._found(inner)
        if found is None or not found.pairs[0][0]:
            return None
        sector = _sector(mention)
        if mention.reading.inherit or not sector:
            return Found(found.pairs, "of")
        if mention.states:
            return None
        return Found(tuple(dict.fromkeys((state, sector) for state, _ in found.pairs)), "of")

    def _bare(self, mention: LocalMention) -> Found:
        reading, sector = mention.reading, _sector(mention)
        if reading.policy == "none":
            return Found(((None, sector),), "nobody")
        if mention.owner is not None:
            owners = self._owners(mention, mention.owner)
            country = reading.policy in ("back", "one", "site")  # "sein Land": no bloc has one
            if owners and owners[0][0] and not (country and owners[0][0] in BLOCS):
                inherits = reading.inherit and reading.policy != "one"
                return Found(owners if inherits else tuple((state, sector) for state, _ in owners), "owner")
        if reading.policy == "back" and not mention.quality and (mention.definite or reading.kind == "person"):
            known = self._antecedent(mention, gender=reading.gender, plural=mention.plural)
            if known and known.pairs[0][0]:
                return Found(known.pairs, "back", known.name, known.entity)
        if mention.plural and mention.definite and reading.kind in ("body", "person"):
            one = reading.policy == "one"
            if (one or reading.role in self.partners) and (several := self._several(mention)):
                return Found(several, "pair", None)
            if one:
                return self._pair(mention)
        many = reading.policy == "one" or reading.role in self.partners
        if many and reading.kind == "body" and mention.plural and not mention.definite:
            return Found(((None, sector),), "nobody")  # "rund fünfzig Länder"
        if reading.kind == "body" and mention.definite and not mention.plural and (known := self._body(reading.role)):
            return Found(known.pairs, "same-body", known.name, known.entity)
        if mention.definite and not mention.plural and (reading.kind == "person" or reading.policy == "abroad"):
            known = self._same_title(mention)
            if known:
                return Found(known.pairs, "same-title", known.name, known.entity)
        return Found(self._ranked(mention, sector), "state", reading.name)

    def _owners(self, mention: LocalMention, owner: int) -> Pairs:
        """Return whose something is: by "dessen", "deren" at the head of a relative clause what the clause hangs on."""
        lower = self.sheet.lower
        if lower[owner] in OTHERS and "," in lower[max(owner - 2, 0) : owner]:
            place = self.by_head.get(noun_of_relative(self.sheet, mention.head))
            if place is not None and place.reading.kind == "place" and place.states:
                return tuple((state, "") for state in place.states)
            known = self._relative(mention)
            if known is not None:
                return tuple(self._joined(known)) if lower[owner] == "deren" and known.gender != "f" else known.pairs
        known = self._antecedent(mention, gender="", plural=None)
        return known.pairs if known is not None else ()

    def _body(self, role: str) -> Known | None:
        """Find the organisation told of by name whose name ends in this noun ("Strafgerichtshof" - "das Gericht")."""
        for known in reversed(self.known[-30:]):
            if known.kind in NAMED_KINDS and known.name and role in known.name.lower() and known.pairs[0][0]:
                return known
        return None

    def _same_title(self, mention: LocalMention) -> Known | None:
        role = mention.reading.role
        known = self.titles.get(role) or self.titles.get(self.alike.get(role, role))
        if known and known.pairs[0][0] and mention.sentence - known.sentence <= BACK_REACH:
            return known
        return None

    def _ranked(self, mention: LocalMention, sector: str) -> Pairs:
        head = mention.head
        seat = f"{self.sheet.dep[head]} {case_of(self.sheet, head)}"
        verb = self.sheet.lemma[self.sheet.verb_of(head)]
        ties = ties_of(self.sheet, head, self.states.cues.get(mention.sentence, ()))
        found = self.states.candidates(mention, self._clause(mention), seat, verb, ties)
        if self.trace is not None and found:
            self.trace.append((mention.head, "actor_state", list(found.items())))
        self.bare.add(mention.head)
        if mention.reading.policy == "bloc":
            blocs = {state: features for state, features in found.items() if state in BLOCS}
            return ((best_of(blocs, "actor_state") or mention.reading.default or None, sector),)
        return ((best_of(found, "actor_state") or None, sector),)

    def _clause(self, mention: LocalMention) -> dict[str, str | None]:
        """Return the states of the clause's subject and place and of what the mention is joined to, where known."""
        sheet, head = self.sheet, mention.head
        clause: dict[str, str | None] = {}
        if sheet.dep[head] == "conj" and sheet.head[head] in self.done:
            clause["conjunct"] = self.done[sheet.head[head]].pairs[0][0]
        verb = sheet.verb_of(head)
        for token, state, use in self.states.cues.get(mention.sentence, ()):
            if token != head and (use == "place" or placed(sheet, token, self.where)) and sheet.verb_of(token) == verb:
                clause["place"] = state
        for child in sheet.children[verb]:
            if child != head and child in self.done and not sheet.dep[child].startswith("nsubj"):
                clause["object"] = self.done[child].pairs[0][0]
            if child < verb and child != head and child in self.by_head and sheet.dep[child].startswith("nsubj"):
                subject = self.by_head[child]
                if child in self.done:
                    clause["subject"] = self.done[child].pairs[0][0]
                elif subject.states:
                    clause["subject"] = subject.states[0]
        return clause

    def _pair(self, mention: LocalMention) -> Found:
        sides = two_sides(mention, self.known, self.states, third_parties(self.sheet, mention))
        sector = _sector(mention)
        if sector and mention.reading.policy != "sides":
            sides = tuple(dict.fromkeys((state, sector) for state, _ in sides))
        own = tuple((state, sector) for state in mention.states)  # "die Bürgerkriegsparteien im Sudan"
        return Found(sides or own or OPEN, "pair")

    def _pronoun(self, mention: LocalMention) -> Found:
        kind, gender = mention.reading.role, mention.reading.gender
        if kind in ("pair", "reciprocal"):
            return Found(two_sides(mention, self.known, self.states) or OPEN, "pair")
        if kind == "relative":
            known = self._relative(mention)
        elif kind == "speaker":
            return self._speaker(mention)
        elif kind == "indefinite":
            return Found(OPEN, "open")
        else:
            plural = mention.plural if kind in ("personal", "demonstrative", "count") else None
            known = self._antecedent(mention, gender="" if mention.plural else gender, plural=plural)
        if known is None:
            return Found(OPEN, "open")
        if mention.plural and kind != "relative" and not known.plural:
            joined = self._joined(known)
            return Found(tuple(joined), "antecedent", names=tuple(joined.values()))
        return Found(known.pairs, "antecedent", known.name, known.entity)

    def _joined(self, known: Known) -> dict[tuple[str | None, str], str | None]:
        """Return the pairs of an actor and of those it is coordinated with, and their names: "Kanada und Japan ... Sie ..."."""
        chain = self.sheet.columns.first_conjunct(known.token)
        joined: dict[tuple[str | None, str], str | None] = {}
        for other in self._chains().get(chain, [known]):
            for pair in other.pairs:
                joined.setdefault(pair, other.name)
        return joined

    def _chains(self, since: int = 0) -> dict[int, list[Known]]:
        """The actors told of from sentence ``since`` on by the first word of their coordination, in text order."""
        chains: dict[int, list[Known]] = {}
        for known in self.known[-40:]:
            if known.sentence >= since and known.pairs[0][0] and known.kind not in ("pro", "thing"):
                chains.setdefault(self.sheet.columns.first_conjunct(known.token), []).append(known)
        return chains

    def _several(self, mention: LocalMention) -> Pairs:
        """Return the states coordinated last, for "die Nachbarn", "die drei Länder"; empty where there are none."""
        for chain in reversed(self._chains(mention.sentence - JOINED_REACH).values()):
            states = tuple(dict.fromkeys(state for known in chain for state, _ in known.pairs if state))
            if len(states) > 1 and not BLOCS.intersection(states):
                return tuple((state, _sector(mention)) for state in states)
        return ()

    def _speaker(self, mention: LocalMention) -> Found:
        """Resolve "wir", "ich", "man" to who speaks: the speaker of this sentence, before or after, else the last one."""
        for other in self.by_sentence.get(mention.sentence, ()):
            if other.speaker and other.reading.kind != "place" and other.reading.role != "speaker":
                found = self._found(other)
                if found and found.pairs[0][0]:
                    return Found(found.pairs, "speaker", found.name, found.entity)
        for known in reversed(self.known):
            if mention.sentence - known.sentence > 2:
                break
            if known.speaker and known.pairs[0][0]:
                return Found(known.pairs, "speaker", known.name, known.entity)
        last = self._antecedent(mention, gender="", plural=None)
        return Found(last.pairs, "antecedent", last.name, last.entity) if last else Found(OPEN, "open")

    def _relative(self, mention: LocalMention) -> Known | None:
        noun = noun_of_relative(self.sheet, mention.head)
        for known in reversed(self.known):
            inside = self.by_head.get(known.token)
            if known.token == noun or (inside and inside.start <= noun < inside.end):
                return known
            if known.sentence < mention.sentence:
                break
        return self.known[-1] if self.known and self.known[-1].sentence == mention.sentence else None

    def _antecedent(self, mention: LocalMention, *, gender: str, plural: bool | None) -> Known | None:
        known = eligible(mention, self.sheet, self.known)
        found = describe(mention, self.sheet, known, plural=plural, gender=gender)
        if self.trace is not None and found:
            options = [(item.pairs[0][0], f) for item, f in zip(known, found, strict=True)]
            self.trace.append((mention.head, "actor_antecedent", options))
        return choose(found, known)

    def _remember(self, mention: LocalMention, found: Found) -> None:
        reading, pairs = mention.reading, found.pairs
        kind = "name" if mention.person else reading.kind
        known = Known(
            pairs=pairs,
            name=found.name,
            entity=found.entity,
            gender=(reading.gender or found.gender) if not mention.plural else "",
            plural=mention.plural or len(pairs) > 1,
            kind=kind,
            role=reading.role,
            token=mention.head,
            sentence=mention.sentence,
            subject=mention.subject,
            speaker=mention.speaker,
        )
        self.known.append(known)
        if mention.person:
            last = mention.person.split()[-1].lower()
            before = self.persons.get(last)
            if before is None or (pairs[0][0] and not before.pairs[0][0]) or (mention.states and reading.role):
                self.persons[last] = known
        if (
            (reading.kind == "person" or reading.policy == "abroad")
            and pairs[0][0]
            and len(pairs) == 1
            and not mention.plural
            and reading.role
        ):
            self.titles[reading.role] = known
            self.titles[self.alike.get(reading.role, reading.role)] = known
        if pairs[0][0] and len(pairs) == 1 and reading.kind not in ("pro", "thing"):
            self.states.note(mention, pairs[0][0], bare=mention.head in self.bare)

    def _as_mention(self, mention: LocalMention, found: Found) -> Mention:
        reading, (start, end) = mention.reading, self.sheet.chars(mention.start, mention.end)
        span = Span(start, end, self.text[start:end])
        how = "collective" if found.step == "pair" and reading.kind != "pro" else reading.how
        evidence = (Evidence("code", reading.rule, span), Evidence("code", f"resolve.actors:{found.step}", span))
        names = found.names or (found.name,) * len(found.pairs)
        actors = tuple(
            Actor(span, name, join_code(state, sector), how, found.entity, evidence)
            for (state, sector), name in zip(found.pairs, names, strict=True)
        )
        return Mention(mention.head, span, actors)


def _sector(mention: LocalMention) -> str:
    return "ELI" if mention.former and mention.sector == "GOV" else mention.sector
