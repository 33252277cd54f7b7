"""The scope engine: which cues hold for which word. One engine serves every layer that decides by cues.

A cue is a row of data (``lagebild.rules.status.Cue``): lemmas, category, the ways a word may hang on it, what ends its
scope. Cue, direction, scope and termination are the notions of NegEx and ConText (Chapman et al. 2001, Harkema et al.
2009); here they are read off the dependency tree instead of a window of words: from the word in question the tree is
climbed, and at each node the cues that modify it and the cue that governs it are collected, nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy import attrs
from spacy.tokens import Doc

from lagebild.rules.status import Cue

ATTRIBUTES = [attrs.HEAD, attrs.DEP, attrs.LEMMA, attrs.POS, attrs.MORPH, attrs.LOWER]


class Tree:
    """A Doc's dependency tree as plain lists, indexed by token number: several times faster to walk than tokens."""

    __slots__ = ("children", "dep", "doc", "head", "key", "lemma", "lower", "morph", "pos")

    def __init__(self, doc: Doc):
        columns = doc.to_array(ATTRIBUTES)
        names = {int(h): doc.vocab.strings[int(h)] for h in np.unique(columns[:, 1:])} if len(doc) else {}
        head = columns[:, 0].astype(np.int64) + np.arange(len(doc))
        self.doc = doc
        self.head: list[int] = head.tolist()
        self.dep, self.lemma, self.pos, self.morph, self.lower = (
            [names[h] for h in columns[:, c].tolist()] for c in range(1, 6)
        )
        self.children: list[list[int]] = [[] for _ in self.head]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self.key = list(self.lemma)
        for i, relation in enumerate(self.dep):
            if relation == "compound:prt":
                verb, particle = self.head[i], self.lower[i]
                if not self.lemma[verb].startswith(particle):
                    self.key[verb] = particle + self.lemma[verb]

    def top(self, tokens: Sequence[int]) -> int:
        """Return the token of ``tokens`` nearest to the root; particles do not count."""
        inside = set(tokens)
        tops = [i for i in tokens if self.head[i] == i or self.head[i] not in inside]
        return next((i for i in tops if self.dep[i] != "compound:prt"), tops[0])

    def preposition(self, node: int) -> str:
        """Return the lemma of the preposition of ``node``, or an empty string."""
        return next((self.lemma[c] for c in self.children[node] if self.dep[c] == "case"), "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue that holds for a word: ``token`` is where it stands, ``distance`` how many nodes up, ``way`` how it holds."""

    cue: Cue
    token: int
    distance: int
    way: str
    negated: bool = False


CLAUSE = frozenset(("ccomp", "xcomp", "csubj", "csubj:pass", "acl", "advcl"))
OBJECT = frozenset(("obj", "obl:arg", "nsubj:pass"))
# A finite clause that is not the cue's complement is a statement of its own: what is outside does not reach in.
BARRIERS = frozenset(("acl", "advcl", "parataxis"))


class Scope:
    """The cues of one or more tables, indexed by lemma."""

    def __init__(self, cues: Sequence[Cue]):
        self.by_lemma: dict[str, list[Cue]] = {}
        for cue in cues:
            for lemma in cue.lemmas:
                self.by_lemma.setdefault(lemma, []).append(cue)
        self.negations = {lemma for cue in cues if cue.category == "negation" for lemma in cue.lemmas}

    def hits(self, tree: Tree, node: int, limit: int = 6) -> list[Hit]:
        """Return the cues whose scope reaches ``node``, nearest first, climbing at most ``limit`` nodes."""
        return list(self._climb(tree, node, limit))

    def _climb(self, tree: Tree, node: int, limit: int) -> Iterator[Hit]:
        for distance in range(limit):
            yield from self._modifiers(tree, node, distance)
            parent = tree.head[node]
            if parent == node:
                return
            relation = tree.dep[node]
            if relation == "conj":
                # a later conjunct stands where the first one stands
                node = parent
                continue
            ways = self._ways(tree, node, relation)
            for cue in self._at(tree, parent):
                for way in ways:
                    if way in cue.scope:
                        yield Hit(cue, parent, distance + 1, way, self._negated(tree, parent))
                        break
            node = parent

    def _modifiers(self, tree: Tree, node: int, distance: int) -> Iterator[Hit]:
        for child in tree.children[node]:
            for cue in self._at(tree, child):
                if "head" in cue.scope:
                    yield Hit(cue, child, distance, "head")

    def _at(self, tree: Tree, token: int) -> Iterator[Cue]:
        found = self.by_lemma.get(tree.key[token])
        if found is None:
            found = self.by_lemma.get(tree.lower[token])
        for cue in found or ():
            if cue.pos and tree.pos[token] not in cue.pos:
                continue
            if cue.needs and not any(
                tree.lemma[c] in cue.needs or tree.lower[c] in cue.needs for c in tree.children[token]
            ):
                continue
            yield cue

    def _negated(self, tree: Tree, token: int) -> bool:
        return any(tree.lemma[c] in self.negations for c in tree.children[token])

    @staticmethod
    def _ways(tree: Tree, node: int, relation: str) -> tuple[str, ...]:
        if relation in CLAUSE:
            return ("clause",)
        if relation in OBJECT:
            return ("object",)
        if relation == "nsubj":
            return ("subject",)
        if relation in ("nmod", "obl", "obl:agent"):
            preposition = tree.preposition(node)
            return (preposition, "prep") if preposition else ("genitive",)
        return (relation,)
