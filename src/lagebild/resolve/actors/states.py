"""Which state a bare actor ("die Armee", "Demonstranten") belongs to: a small ranking over the states the article names.

Each candidate is described by named features (how often and how recently the article named it, whether an actor of this
office or sector was last tied to it); the weights come from ``weights/actor_state.npz`` (recipe: ``model/actors.py``).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import repeat

from lagebild.layers.actors.reading import LocalMention
from lagebild.layers.linear import load_linear
from lagebild.resolve.actors.names import traditions

FAR = 12  # states named more rarely than so many others count only where they stand near
HOME = "DEU"  # the desks that write for us name their own ministers without the state
FORCE = frozenset({"MIL", "COP", "REB", "PRM", "UAF", "SPY"})
PEOPLE = frozenset({"CVL", "REF", "OPP", "LAB", "EDU", "MED", "SOC", "AGR", "CRM"})
NATIONAL = frozenset({"CVL", "OPP", "REB", "REF", "LAB", "CRM", "AGR", "EDU", "PTY", "PRM", "ELI", "SPY"})
NEVER = {
    "IMG": frozenset(
        {"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REL", "EDU", "MED", "BUS", "LAB", "AGR", "REF", "SPY"}
    ),
    "NGO": NATIONAL - {"CVL"} | {"MIL", "COP", "JUD", "LEG"},
}  # what is never a bloc's own: nobody is a peasant of the United Nations


OPEN = ""
"""The candidate that stands for a state the article does not tell; only where it names none at all."""
FEDERAL = frozenset({"DEU", "AUT", "CHE"})


@cache
def weights_of(name: str) -> dict[str, float]:
    """Return the weight of each feature of a ranking; raises ``FileNotFoundError`` where the weights are missing."""
    linear = load_linear(name)
    return {feature: float(linear.matrix[row][0]) for feature, row in linear.index.items()}


class StateMemory:
    """What the article has said of states so far. ``candidates`` describes each state for one mention."""

    def __init__(
        self,
        mentions: list[LocalMention],
        places: list[tuple[int, int, str]],
        tradition_of: dict[str, str],
        federal: tuple[str, ...] = (),
    ):
        self.federal = federal
        self.tradition_of = tradition_of
        self.total: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.first = ""
        self.cues: dict[int, list[tuple[int, str, str]]] = {}
        for mention in mentions:
            kind = mention.reading.kind
            if kind == "media":
                continue
            use = "place" if kind == "place" else "name" if kind in ("state", "seat") else "tied"
            for state in mention.states:
                if len(state) != 3:
                    continue
                self.first = self.first or state
                self.total[state] += 1
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
        self.roles: dict[str, str] = {}
        self.sectors: dict[str, str] = {}
        self.last_bare = ""
        self.last_subject = ""
        self.last_told = ""
        self.told: Counter[str] = Counter()
        self.tellings = 0
        self.told_in: dict[int, set[str]] = {}

    def candidates(
        self, mention: LocalMention, clause: dict[str, str | None], seat: str, verb: str, ties: dict[str, list[str]]
    ) -> dict[str, list[str]]:
        """Return the features of every state the article names.

        ``clause`` holds the states of other actors of the clause by what they are in it ("subject", "conjunct"), ``seat``
        is the relation of the mention with its preposition ("obl gegen"), ``verb`` the lemma of the clause's verb,
        ``ties`` how the words that name a state in the sentence hang together with the mention.
        """
        here, before, after = mention.sentence, mention.head, mention.head
        gaps: dict[str, int] = {}
        marks: dict[str, list[str]] = {}
        nearest = next_one = ""
        for token, state, use in self.cues.get(here, ()):
            if token < before:
                nearest = state
                marks.setdefault(state, []).append("same:" + use)
            elif token > after:
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
        sector = mention.sector.partition("+")[0]
        group = "force" if sector in FORCE else "people" if sector in PEOPLE else sector or "none"
        kind = mention.reading.kind + ("+name" if mention.person else "+def" if mention.definite else "")
        role, role_state = mention.reading.role, self.roles.get(mention.reading.role, "")
        sector_state = self.sectors.get(sector, "")
        found: dict[str, list[str]] = {}
        names = self._sounds(mention.person)
        ranks, known_home = self.ranks, HOME in self.ranks
        if HOME not in ranks and sector not in ("REB", "PRM") and mention.reading.kind != "name":
            ranks = {**ranks, HOME: 9}
        if mention.reading.policy == "roving" and "IMG" not in ranks:
            ranks = {**ranks, "IMG": 9}
        function = "subject" if mention.subject else "other"
        here_told = self.told_in.get(here, ())
        federal = role.startswith(self.federal)
        for state, rank in ranks.items():
            if state in BLOC_LIKE and (mention.not_state or sector in NEVER.get(state, NATIONAL)):
                continue  # who takes sides for a state ("prorussische Separatisten") belongs to another
            if state == mention.not_state or (rank > FAR and state not in gaps and state != HOME):
                continue
            gap_mark = f"gap:{gaps.get(state, 9)}"
            share = self.total.get(state, 0) * 10 // self.size
            features = [f"rank:{min(rank, 4)}", f"rank:{min(rank, 3)}|{group}", f"share:{share}", gap_mark]
            features += [f"{gap_mark}|{group}", f"{gap_mark}|{kind}"]
            features += marks.get(state, ())
            features += [f"{mark}|{group}" for mark in marks.get(state, ())]
            for tie in ties.get(state, ()):
                features += [tie, f"{tie}|{group}", f"{tie}|{kind}"]
            if state == nearest:
                features += ["nearest", f"nearest|{group}", f"nearest|{kind}", f"nearest|{role}"]
            if state == next_one:
                features += ["next", f"next|{group}"]
            if role_state:
                features.append("role:same" if state == role_state else "role:other")
                features.append(features[-1] + "|" + kind)
            if sector_state:
                features.append("sector:same" if state == sector_state else "sector:other")
                features.append(features[-1] + "|" + group)
            if state == self.last_bare:
                features += ["bare:last", "bare:last|" + group]
            if state == self.last_subject:
                features += ["subject-before", "subject-before|" + group]
            told = self.told.get(state, 0)
            features += [f"told:{min(told, 5)}", f"told:{min(10 * told // max(self.tellings, 1), 9)}|{group}"]
            if state == self.last_told:
                features += ["told:last", "told:last|" + group, "told:last|" + kind, "told:last|" + seat]
            if state in here_told:
                features += ["told:here", "told:here|" + group, "told:here|" + seat]
            elif here_told:
                features += ["told:not-here", "told:not-here|" + group, "told:not-here|" + seat]
            if state == self.first:
                features += ["first", "first|" + group]
            if state == self.place_top:
                features += ["place-top", "place-top|" + group]
            if names and state in names:
                features += [names[state], f"{names[state]}|{gap_mark}"]
            for place, other in clause.items():
                if other:
                    same = f"{place}:{'same' if other == state else 'other'}"
                    features += [
                        same,
                        f"{same}|{role}",
                        f"{same}|{group}|{function}",
                        f"{same}|{seat}",
                        f"{same}|{verb}|{seat}",
                    ]
            features.append(f"prior:{state}|{group}")
            if state == HOME:
                features += [
                    "home",
                    "home|" + role,
                    f"home|{kind}",
                    f"home|{group}",
                    f"home|{'told' if known_home else 'new'}",
                ]
            if federal:
                features.append(f"federal:{state if state in FEDERAL else '-'}")
            if state in BLOC_LIKE:
                features += ["bloc", "bloc|" + role, "bloc|" + group]
            found[state] = features
        if ranks.keys() <= NO_STATES and not federal:
            found[OPEN] = ["open", "open|" + group, "open|" + role, f"open|{kind}", f"open|{mention.sector}"]
        return found

    def _sounds(self, person: str) -> dict[str, str]:
        """Say for each state how well a personal name fits there."""
        if not person:
            return {}
        chances = traditions(person)
        own = {state: chances.get(self.tradition_of.get(state, ""), 0.0) for state in (*self.ranks, HOME)}
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


BLOC_LIKE = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC"})


NO_STATES = BLOC_LIKE | {HOME}


def best_of(found: dict[str, list[str]], name: str) -> str | None:
    """Return the candidate with the highest sum of weights; the first of equals."""
    weights = weights_of(name)
    best, top = None, float("-inf")
    for candidate, features in found.items():
        score = sum(map(weights.get, features, repeat(0.0)))
        if score > top:
            best, top = candidate, score
    return best
