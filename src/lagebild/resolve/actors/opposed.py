"""Who stands against whom in the article: attacker and attacked, those who threaten each other, and all "zwischen" whom something is.

Bystanders are often named last ("Kanzler Scholz sagte Kiew Hilfe zu. Beide Seiten schossen weiter."); the two sides of
a fight stay the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from lagebild.layers.actors.sheet import Sheet
from lagebild.rules.events import NOUNS, VERBS, Noun, Verb
from lagebild.rules.lexicon import Lexicon

if TYPE_CHECKING:
    from lagebild.resolve.actors.scene import Scene

HOSTILE = frozenset({"ASSAULT", "THREATEN"})
Side = tuple[str, str]
Pair = frozenset[Side]
AGENTS = frozenset({"nsubj", "obl:agent"})
TARGETS = frozenset({"obj", "iobj", "obl:arg", "nsubj:pass"})
AIMS = frozenset({"auf", "gegen", "mit"})
BY = frozenset({"von", "vom", "durch"})
NOMINAL = frozenset({"nmod", "nmod:poss", "amod", "obl", "compound"})


def hostile_words(lexicon: Lexicon) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the verbs and the nouns (in lower case) that tell of attacks and threats; use through ``lexicon.derived``."""
    verbs = frozenset(row.lemma for row in lexicon.rows(VERBS, Verb) if row.type in HOSTILE)
    nouns = tuple({row.noun.lower() for row in lexicon.rows(NOUNS, Noun) if row.type in HOSTILE})
    return verbs, nouns


class Opposed:
    """The pairs of one article, read when first asked for, by the words that stand in the text alone."""

    def __init__(self, scene: Scene):
        self.scene = scene

    @cached_property
    def pairs(self) -> Counter[Pair]:
        """How often two sides stand against each other."""
        found: Counter[Pair] = Counter()
        for first, second in self._edges():
            for one in first:
                for other in second:
                    if one != other:
                        found[frozenset((one, other))] += 1
        return found

    def _edges(self) -> Iterator[tuple[set[Side], set[Side]]]:
        sheet = self.scene.sheet
        verbs, nouns = self.scene.lexicon.derived(hostile_words)
        for token in range(self.scene.first, self.scene.last):
            if sheet.pos[token] == "VERB" and sheet.lemma[token] in verbs:
                yield self._of_verb(sheet, token)
            elif sheet.pos[token] == "NOUN" and sheet.lemma[token].lower().endswith(nouns):
                yield self._of_noun(sheet, token)
            elif sheet.lower[token] == "zwischen" and sheet.dep[token] == "case":
                yield from self._between(sheet, sheet.head[token])

    def _of_verb(self, sheet: Sheet, verb: int) -> tuple[set[Side], set[Side]]:
        agents, targets = set[Side](), set[Side]()
        for child in sheet.children[verb]:
            dep, case = sheet.dep[child], sheet.case_of(child)
            if dep in AGENTS or (dep == "obl" and case in BY):
                agents |= self._sides(child)
            elif dep in TARGETS or case in AIMS:
                targets |= self._sides(child)
        return agents, targets

    def _of_noun(self, sheet: Sheet, noun: int) -> tuple[set[Side], set[Side]]:
        agents, targets = set[Side](), set[Side]()
        for child in sheet.children[noun]:
            case = sheet.case_of(child)
            if sheet.dep[child] not in NOMINAL:
                continue
            if case in AIMS:
                targets |= self._sides(child)
            elif not case or case in BY:
                agents |= self._sides(child)
        return agents, targets

    def _between(self, sheet: Sheet, head: int) -> Iterator[tuple[set[Side], set[Side]]]:
        others = [child for child in sheet.children[head] if sheet.dep[child] == "conj"]
        if len(others) == 1:
            yield self._sides(head, joined=False), self._sides(others[0], joined=False)

    def _sides(self, token: int, *, joined: bool = True) -> set[Side]:
        """Return on which sides a word stands: as resolved so far, else as its own words say; a place on its state's."""
        scene, found = self.scene, set[Side]()
        mention = scene.by_head.get(token)
        if mention is None or mention.reading.kind == "place":
            states = {state for at, state in scene.seats if at == token}
            found |= {(state, "GOV") for state in states | set(mention.states if mention else ())}
        elif token in scene.done:
            found |= {(state, sector) for state, sector in scene.done[token].pairs if state}
        else:
            found |= {(state, mention.sector) for state in mention.states}
        if joined:
            for child in scene.sheet.children[token]:
                if scene.sheet.dep[child] == "conj":
                    found |= self._sides(child)
        return found
