"""What one article has told so far: persons, offices, bodies and states, by whatever a later mention may take them up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Day

from lagebild.layers.actors.above import Above
from lagebild.layers.actors.reading import LocalMention
from lagebild.layers.actors.sheet import Sheet
from lagebild.resolve.actors.antecedents import Known, Pairs
from lagebild.resolve.actors.opposed import Opposed
from lagebild.resolve.actors.states import StateMemory
from lagebild.rules.actors import BLOCS, ActorIndex, build_index
from lagebild.rules.lexicon import Lexicon

Trace = list[tuple[int, str, list[tuple[str | None, list[str]]]]]
OPEN: Pairs = ((None, ""),)
BACK_REACH = 6
JOINED_REACH = 3
REACH_OF_RIVALS = 5
ONE_PERSON = frozenset({"person", "name"})
SHORT_REACH = 8  # tokens from a body to the short form in brackets after its name
BODIES = frozenset({"body", "org", "group", "party", "media"})
ORGANISED = BODIES | {"name"}
BESIDE = frozenset({"appos", "flat"})
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


def sector_of(mention: LocalMention) -> str:
    """Return the sector a mention's own words give; a former minister is none any more."""
    return "ELI" if mention.former and mention.sector == "GOV" else mention.sector


def traditions_by_state(lexicon: Lexicon) -> dict[str, str]:
    """Return the naming tradition of each state; use through ``lexicon.derived``."""
    index: ActorIndex = lexicon.derived(build_index)
    return {state.id: state.tradition for state in index.states.values()}


class Scene:
    """The memory of one story, tokens ``story``. ``resolve`` resolves a mention out of turn; ``trace`` collects every ranking made."""

    def __init__(
        self,
        sheet: Sheet,
        lexicon: Lexicon,
        mentions: list[LocalMention],
        places: list[tuple[int, int, str]],
        *,
        day: Day | None,
        above: Above,
        home: str,
        story: tuple[int, int],
        resolve: Callable[[LocalMention], Found | None],
        trace: Trace | None = None,
    ):
        index: ActorIndex = lexicon.derived(build_index)
        self.sheet, self.lexicon, self.day, self.resolve, self.trace = sheet, lexicon, day, resolve, trace
        self.alike, self.called, uses = index.alike, index.called, index.uses
        self.where, self.partners, self.beside = uses["where"], uses["partner"], uses["beside"]
        self.captive, self.boards, self.contenders = uses["captive"], uses["board"], uses["contender"]
        self.sailing = uses["aboard"]
        self.mouths, self.there = uses["mouth"], uses["there"]
        self.mutual, self.kin = uses["mutual"], uses["kin"]
        self.anybody, self.own, self.expel = uses["anybody"], uses["own"], uses["expel"]
        self.tradition_of: dict[str, str] = lexicon.derived(traditions_by_state)
        self.states = StateMemory(
            mentions, places, self.tradition_of, above, tuple(uses["federal"]), home, uses["despot"], uses["curia"]
        )
        # an entry of a liveblog has its state elsewhere
        self.states.policed = self.states.policed and story == (0, sheet.size)
        self.mentions = mentions
        self.seats = {(token, state) for _, token, state in places}
        self.first, self.last = story
        self.opposed = Opposed(self)
        self.by_head = {mention.head: mention for mention in mentions}
        self.by_sentence: dict[int, list[LocalMention]] = {}
        for mention in mentions:
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        self.done: dict[int, Found] = {}
        self.known: list[Known] = []
        self.persons: dict[str, Known] = {}
        self.names: dict[str, Known] = {}
        self.titles: dict[str, Known] = {}
        self.bare: set[int] = set()
        self.two: tuple[int, Pairs] = (-1, ())
        self.aboard = False

    def take_persons(self, before: Scene) -> None:
        """Know who went by which name in the story before."""
        self.persons.update(before.persons)
        self.names.update(before.names)

    def person(self, name: str) -> Known | None:
        """Return who went by this name, or by its last word, before."""
        if known := self.names.get(name.lower()):
            return known
        last = name.split()[-1].lower()
        return self.persons.get(last) or self.persons.get(last.removesuffix("s"))

    def host_of(self, mention: LocalMention) -> Known | None:
        """Return the body whose name or short form this is: "die Firma Bexalon", "die Firmen Baxon und Trell", "der Rat für Demokratie (RfD)"."""
        text, start, end = self.sheet.text, mention.start, mention.end
        if listed := self._host_of_list(mention):
            return listed
        short = start > 0 and text[start - 1] == "(" and end < self.sheet.size and text[end] == ")"
        for known in reversed(self.known[-6:]):
            if known.sentence != mention.sentence or known.token > start:
                break
            if known.kind in ORGANISED and known.pairs[0][0] and not known.plural:
                beside = known.token == start - 1 and self.sheet.head[mention.head] == known.token
                return known if beside or (short and start - known.token <= SHORT_REACH) else None
        return None

    def _host_of_list(self, mention: LocalMention) -> Known | None:
        """Return the bodies whose names are listed beside them: "die Firmen Baxon und Trell"."""
        first = self.sheet.columns.first_conjunct(mention.head)
        if self.sheet.dep[first] not in BESIDE:
            return None
        for known in reversed(self.known[-6:]):
            if known.token == self.sheet.head[first] < first:
                return known if known.kind in BODIES and known.plural and len(known.pairs) == 1 else None
        return None

    def shared_title(self, mention: LocalMention) -> Found | None:
        """Return what several persons are by the title they share: "die Minister Ole Brandt und Ida Moll"; people are many."""
        first = self.sheet.columns.first_conjunct(mention.head)
        title = self.by_head.get(self.sheet.head[first])
        if first == mention.head or self.sheet.dep[first] not in BESIDE or title is None or title.head > first:
            return None
        found = self.resolve(title) if title.plural and title.reading.kind == "person" else None
        return found if found is not None and found.pairs[0][1] not in ("", "CVL") else None

    def body(self, role: str, usual: tuple[str, str] = ("", "")) -> Known | None:
        """Find the organisation told of by a name that holds this noun ("Strafgerichtshof" - "das Gericht"), or ``usual``."""
        for known in reversed(self.known[-30:]):
            if known.kind not in NAMED_KINDS or not known.pairs[0][0]:
                continue
            if known.pairs[0] == usual or (known.name and role in self.called.get(known.name, known.name.lower())):
                return known
        return None

    def same_title(self, mention: LocalMention) -> Known | None:
        """Return who held the office, or one used for it, not long before."""
        role = mention.reading.role
        known = self.titles.get(role) or self.titles.get(self.alike.get(role, role))
        if known and known.pairs[0][0] and mention.sentence - known.sentence <= BACK_REACH:
            return known
        return None

    def chains(self, since: int = 0) -> dict[int, list[Known]]:
        """The actors told of from sentence ``since`` on by the first word of their coordination, in text order."""
        chains: dict[int, list[Known]] = {}
        for known in self.known[-40:]:
            if known.sentence >= since and known.pairs[0][0] and known.kind not in ("pro", "thing"):
                chains.setdefault(self.sheet.columns.first_conjunct(known.token), []).append(known)
        return chains

    def joined(self, known: Known) -> dict[tuple[str | None, str], str | None]:
        """Return the pairs of an actor and of those it is coordinated with, and their names: "Kanada und Japan ... Sie ..."."""
        chain = self.sheet.columns.first_conjunct(known.token)
        joined: dict[tuple[str | None, str], str | None] = {}
        for other in self.chains().get(chain, [known]):
            for pair in other.pairs:
                joined.setdefault(pair, other.name)
        return joined

    def several(self, mention: LocalMention) -> Pairs:
        """Return the states coordinated last, for "die Nachbarn", "die drei Länder"; empty where there are none."""
        for chain in reversed(self.chains(mention.sentence - JOINED_REACH).values()):
            states = tuple(dict.fromkeys(state for known in chain for state, _ in known.pairs if state))
            if len(states) > 1 and not BLOCS.intersection(states):
                return tuple((state, sector_of(mention)) for state in states)
        return ()

    def two_states(self, mention: LocalMention) -> tuple[str, ...]:
        """Return the two states joined in the sentence before, for "die beiden Länder"; empty where there are none."""
        for chain in reversed(self.chains(mention.sentence - 1).values()):
            states = tuple(dict.fromkeys(state for known in chain for state, _ in known.pairs if state))
            near = all(known.sentence < mention.sentence for known in chain)
            if near and len(chain) == len(states) == 2 and not BLOCS.intersection(states):
                return states
        return ()

    def two_rivals(self, mention: LocalMention) -> Pairs:
        """Return the two persons joined last, for "beide Kontrahenten": two of one state are no two states."""
        for chain in reversed(self.chains(mention.sentence - REACH_OF_RIVALS).values()):
            persons = [known for known in chain if known.kind in ONE_PERSON or known.role in self.contenders]
            if len(chain) > 1 and len(persons) == len(chain) and not any(known.plural for known in chain):
                return tuple(dict.fromkeys(pair for known in chain for pair in known.pairs))
        return ()

    def remember(self, mention: LocalMention, found: Found) -> None:
        """Keep what a mention was resolved to."""
        reading, pairs = mention.reading, found.pairs
        known = Known(
            pairs=pairs,
            name=found.name,
            entity=found.entity,
            gender=(reading.gender or found.gender) if not mention.plural else "",
            plural=mention.plural or len(pairs) > 1,
            kind="name" if mention.person else reading.kind,
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
        if found.step == "pair" and reading.role in self.contenders:
            self.two = (mention.sentence, pairs)
        if found.step == "apposition" and found.name:
            self.names[found.name.lower()] = known
        single = bool(pairs[0][0]) and len(pairs) == 1
        if (reading.kind == "person" or reading.policy == "abroad") and single and not mention.plural and reading.role:
            self.titles[reading.role] = known
            self.titles[self.alike.get(reading.role, reading.role)] = known
        if single and reading.kind not in ("pro", "thing"):
            self.states.note(mention, pairs[0][0] or "", bare=mention.head in self.bare)
