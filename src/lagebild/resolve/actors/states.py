"""Which state a bare actor ("die Armee", "Demonstranten") belongs to: a small ranking over the states the article names.

Each candidate is described by named features (how often and how recently the article named it, whether an actor of this
office or sector was last tied to it); the weights come from ``weights/actor_state.npz`` (recipe: ``model/actors.py``).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from lagebild.layers.actors.above import Above
from lagebild.layers.actors.reading import LocalMention
from lagebild.layers.linear import Group
from lagebild.resolve.actors.names import traditions
from lagebild.rules.actors import PRESS

FAR = 12  # states named more rarely than so many others count only where they stand near
HOME = "DEU"
"""Whose desk writes where the page does not say: a desk names its own ministers without the state."""
FORCE = frozenset({"MIL", "COP", "SPY"})
ARMED = frozenset({"REB", "PRM", "UAF", "CRM"})
LAW = frozenset({"COP", "JUD"})
PEOPLE = frozenset({"CVL", "REF", "OPP", "LAB", "EDU", "MED", "SOC", "AGR"})
GROUPS = (("armed", ARMED), ("force", FORCE), ("people", PEOPLE))
NATIONAL = frozenset({"CVL", "OPP", "REB", "REF", "LAB", "CRM", "AGR", "EDU", "PTY", "PRM", "ELI", "SPY"})
NEVER = {
    "IMG": frozenset(
        {"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REL", "EDU", "MED", "BUS", "LAB", "AGR", "REF", "SPY"}
    ),
    "NGO": NATIONAL - {"CVL"} | {"MIL", "COP", "JUD", "LEG"},
    **dict.fromkeys(("EUR", "UNO", "IGO"), NATIONAL | {"BUS"}),
}  # what is never a bloc's own: nobody is a peasant of the United Nations, no firm is the Union's


CHIEF = 3
"""How much oftener than any other an article names the one state it is about."""
OPEN = ""
"""The candidate that stands for a state the article does not tell; only where it names none at all."""
CURIA = "VAT"
FEDERAL = frozenset({"DEU", "AUT", "CHE"})


def _group(sector: str) -> str:
    """Return the kind of a sector: those who fight for a state and those who fight it are seldom the same country's."""
    return next((name for name, members in GROUPS if sector in members), sector or "none")


class _Seen(NamedTuple):
    """A mention as its features need it: sector, kind of sector, kind, office, relation, when states were named."""

    mention: LocalMention
    sector: str
    group: str
    kind: str
    role: str
    seat: str
    gaps: dict[str, int]
    federal: bool


class StateMemory:
    """What the article has said of states so far. ``candidates`` describes each state for one mention."""

    def __init__(
        self,
        mentions: list[LocalMention],
        places: list[tuple[int, int, str]],
        tradition_of: dict[str, str],
        above: Above,
        federal: tuple[str, ...] = (),
        home: str = HOME,
        despots: frozenset[str] = frozenset(),
        curia: frozenset[str] = frozenset(),
    ):
        self.despots, self.curia = despots, curia
        self.home = home
        self.above = above if any(above) else None
        self.federal = federal
        self.tradition_of = tradition_of
        self.total: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.first = ""
        self.grounded = {state for _, _, state in places}
        self.policed = any(mention.sector in LAW and mention.reading.kind == "body" for mention in mentions)
        self.tied = {"role": dict[str, Counter[str]](), "sector": dict[str, Counter[str]]()}
        self.cues: dict[int, list[tuple[int, str, str]]] = {}
        for mention in mentions:
            kind = mention.reading.kind
            if kind == "media":
                continue
            use = "place" if kind == "place" else "name" if kind in ("state", "seat") else "tied"
            for state in mention.states:
                if len(state) != 3:
                    continue
                if mention.sector != PRESS:  # "die russische Agentur meldet" opens no article about Russia
                    self.first = self.first or state
                self.total[state] += not mention.by_town  # the town is counted as a place
                if use != "tied" or mention.sector.partition("+")[0] not in PEOPLE:
                    self.grounded.add(state)
                if use == "tied":
                    self._tie(mention, state)
                if use == "place":
                    self.places[state] += 1
                self.cues.setdefault(mention.sentence, []).append((mention.head, state, use))
        for sentence, token, state in places:
            self.first = self.first or state
            self.total[state] += 1
            self.places[state] += 1
            self.cues.setdefault(sentence, []).append((token, state, "place"))
        for cues in self.cues.values():
            cues.sort()
        self.ranks = {state: rank for rank, (state, _) in enumerate(self.total.most_common(), 1)}
        self.place_top = self.places.most_common(1)[0][0] if self.places else ""
        self.size = sum(self.total.values()) or 1
        self.about = self._about()
        self.roles: dict[str, str] = {}
        self.sectors: dict[str, str] = {}
        self.last_bare = ""
        self.last_subject = ""
        self.last_told = ""
        self.told: Counter[str] = Counter()
        self.tellings = 0
        self.told_in: dict[int, set[str]] = {}

    def _about(self) -> str:
        """The one state an article is about: it names no other, or names it far more often; empty where there is none."""
        states = [(state, times) for state, times in self.total.most_common() if state not in BLOC_LIKE]
        if not states or (len(states) > 1 and states[0][1] < CHIEF * states[1][1]):
            return ""
        return states[0][0]

    def candidates(
        self, mention: LocalMention, clause: dict[str, str | None], seat: str, verb: str, ties: dict[str, list[str]]
    ) -> dict[str, list[Group]]:
        """Return the groups of features of every state the article names.

        ``clause`` holds the states of other actors of the clause by what they are in it ("subject", "conjunct"), ``seat``
        is the relation of the mention with its preposition ("obl gegen"), ``verb`` the lemma of the clause's verb,
        ``ties`` how the words that name a state in the sentence hang together with the mention.
        """
        sector = mention.sector.partition("+")[0]
        group = _group(sector)
        kind = mention.reading.kind + ("+name" if mention.person else "+def" if mention.definite else "")
        role = mention.reading.role
        gaps, marks, nearest, next_one = self._around(mention)
        names, ranks = self._sounds(mention.person), self._ranks(mention, sector)
        own = {"role": self.roles.get(role, ""), "sector": self.sectors.get(sector, "")}
        seen = _Seen(mention, sector, group, kind, role, seat, gaps, role.startswith(self.federal))
        found: dict[str, list[Group]] = {}
        for state, rank in ranks.items():
            if self._barred(seen, state, rank):
                continue
            gap = gaps.get(state, 9)
            share = self.total.get(state, 0) * 10 // self.size
            groups: list[Group] = [("rank", min(rank, 4), group, share), ("gap", gap, group, kind)]
            groups += [("mark", mark, group) for mark in marks.get(state, ())]
            groups += [("tie", tie, group, kind) for tie in ties.get(state, ())]
            if state == nearest:
                groups.append(("nearest", group, kind, role))
            if state == next_one:
                groups.append(("mark", "next", group))
            self._history(groups, seen, state, own)
            if self.above is not None:
                groups.append(("above", self.above.mark(state), group, kind, min(rank, 3)))
            if names and state in names:
                groups.append(("sounds", names[state], gap))
            _of_clause(groups, seen, state, clause, verb)
            self._tied(groups, seen, state)
            self._prior(groups, seen, state, gap)
            found[state] = groups
        if (
            not self.policed
            and self.home not in self.ranks
            and ranks.keys() <= BLOC_LIKE | {self.home}
            and not seen.federal
        ):
            found[OPEN] = [("open", group, role, kind, mention.sector)]
        return found

    def _around(self, mention: LocalMention) -> tuple[dict[str, int], dict[str, list[str]], str, str]:
        """Say of each state how many sentences ago it was named and how; and which one stands nearest before and after."""
        here, gaps = mention.sentence, dict[str, int]()
        marks: dict[str, list[str]] = {}
        nearest = next_one = ""
        for token, state, use in self.cues.get(here, ()):
            if token < mention.head:
                nearest = state
                marks.setdefault(state, []).append("same:" + use)
            elif token > mention.head:
                next_one = next_one or state
                marks.setdefault(state, []).append("later:" + use)
            gaps[state] = 0
        for gap in range(1, 5):
            for _, state, use in reversed(self.cues.get(here - gap, ())):
                if state not in gaps:
                    gaps[state] = gap
                    nearest = nearest or state
                    if gap == 1:
                        marks.setdefault(state, []).append("previous:" + use)
        return gaps, marks, nearest, next_one

    def _ranks(self, mention: LocalMention, sector: str) -> dict[str, int]:
        """The candidates with their rank by frequency: the states named, the desks' own, jihadists for the roving."""
        ranks = self.ranks
        if self.home not in ranks and sector not in ("REB", "PRM") and mention.reading.kind != "name":
            ranks = {**ranks, self.home: 9}
        if mention.reading.policy == "roving" and "IMG" not in ranks:
            ranks = {**ranks, "IMG": 9}
        return ranks

    def _barred(self, seen: _Seen, state: str, rank: int) -> bool:
        """Whether a mention cannot belong to a state: who takes sides for it belongs to another ("prorussisch")."""
        mention = seen.mention
        if state in BLOC_LIKE and (mention.not_state or seen.sector in NEVER.get(state, NATIONAL)):
            return True
        flock = seen.sector == "REL" or seen.group == "people"
        if (
            state == CURIA
            and flock
            and seen.role not in self.curia
            and any(s not in BLOC_LIKE for s in self.total if s != CURIA)
        ):
            return True  # priests and parishes are their country's
        if state in FEDERAL and seen.role in self.despots:
            return True
        if seen.sector in LAW and self.grounded and state not in self.grounded and state != self.home:
            return True  # where an Iranian is arrested, the police are not Iran's
        return state == mention.not_state or (rank > FAR and state not in seen.gaps and state != self.home)

    def _history(self, groups: list[Group], seen: _Seen, state: str, own: dict[str, str]) -> None:
        """What mentions so far were resolved to: of this office and sector, the last ones, those of this sentence."""
        group, kind, seat = seen.group, seen.kind, seen.seat
        for name, known in own.items():
            if known:
                mark = f"{name}:same" if state == known else f"{name}:other"
                groups.append(("mark", mark, kind if name == "role" else group))
        if state == self.last_bare:
            groups.append(("mark", "bare:last", group))
        if state == self.last_subject:
            groups.append(("mark", "subject-before", group))
        told = self.told.get(state, 0)
        groups.append(("told", min(told, 5), min(10 * told // max(self.tellings, 1), 9), group))
        if state == self.last_told:
            groups.append(("told:last", group, kind, seat))
        here = self.told_in.get(seen.mention.sentence, ())
        if here:
            groups.append(("told:here", "told:here" if state in here else "told:not-here", group, seat))
        if state == self.first:
            groups.append(("mark", "first", group))
        if state == self.place_top:
            groups.append(("mark", "place-top", group))

    def _tie(self, mention: LocalMention, state: str) -> None:
        """Keep that the article ties an office and a sector to a state in so many words ("tschadische Rebellen")."""
        for kind, key in (("role", mention.reading.role), ("sector", mention.sector.partition("+")[0])):
            if key:
                self.tied[kind].setdefault(key, Counter())[state] += 1

    def _tied(self, groups: list[Group], seen: _Seen, state: str) -> None:
        """Whether the article, before or after, names somebody of this office or sector as the state's or as another's."""
        for kind, key, group in (("role", seen.role, seen.group), ("sector", seen.sector, seen.sector)):
            if states := self.tied[kind].get(key):
                groups.append(("tied", f"tied-{kind}:{'same' if state in states else 'other'}", group, seen.kind))
                if state == states.most_common(1)[0][0]:
                    groups.append((f"tied-{kind}:top", group))

    def _prior(self, groups: list[Group], seen: _Seen, state: str, gap: int) -> None:
        """What goes for the state whatever the article says: its sector, the desks' own, federal offices, blocs."""
        group, kind, role = seen.group, seen.kind, seen.role
        like = HOME if state == self.home else "" if state == HOME else state  # what was learnt of German desks
        groups.append((f"prior:{like}", group))
        if state == self.home:
            groups.append(("home", role, kind, group, "told" if state in self.ranks else "new"))
        if seen.federal:
            groups.append(("federal", like if like in FEDERAL else "-", state in FEDERAL, state == self.home, gap))
        if state in BLOC_LIKE:
            groups.append(("bloc", role, group))

    def _sounds(self, person: str) -> dict[str, str]:
        """Say for each state how well a personal name fits there."""
        if not person:
            return {}
        chances = traditions(person)
        own = {state: chances.get(self.tradition_of.get(state, ""), 0.0) for state in (*self.ranks, self.home)}
        top = max(own.values(), default=0.0)
        marks = {}
        for state, chance in own.items():
            level = 4 if chance > 0.5 else 3 if chance > 0.2 else 2 if chance > 0.05 else 1 if chance > 0.01 else 0
            marks[state] = f"sounds:{level}{'*' if chance == top else ''}"
        return marks

    def note(self, mention: LocalMention, state: str, *, bare: bool) -> None:
        """Remember what a mention was resolved to."""
        role = mention.reading.role
        sector = mention.sector.partition("+")[0]
        if role:
            self.roles[role] = state
        if sector:
            self.sectors[sector] = state
        if bare:
            self.last_bare = state
        if mention.subject:
            self.last_subject = state
        self.last_told = state
        self.told[state] += 1
        self.tellings += 1
        self.told_in.setdefault(mention.sentence, set()).add(state)


def _of_clause(groups: list[Group], seen: _Seen, state: str, clause: dict[str, str | None], verb: str) -> None:
    """Whether the other actors of the clause are of this state."""
    function = "subject" if seen.mention.subject else "other"
    for place, other in clause.items():
        if other:
            mark = f"{place}:{'same' if other == state else 'other'}"
            groups += [("clause", mark, seen.role, seen.group, function), ("clause verb", mark, seen.seat, verb)]


BLOC_LIKE = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC"})
