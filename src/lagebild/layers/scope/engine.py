"""Cues and what they reach.

A cue is a row of data (``lagebild.rules.status``): lemmas, category, the ways a word may hang on it, what ends its
scope. Cue, direction, scope and termination are the notions of NegEx and ConText (Chapman et al. 2001, Harkema et al.
2009); here they are read off the dependency tree instead of a window of words: from the word in question the tree is
climbed, and at each node the cues that modify it and the cue that governs it are collected, nearest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from lagebild.layers.events.forms import Forms
from lagebild.layers.scope.negation import negates_word, sets_phrase_right
from lagebild.layers.scope.tree import Tree
from lagebild.layers.scope.verbs import AUXILIARY, MODALS, Reading, moods_of, read_verb
from lagebild.rules.events import PREFIXES, STRONG, Prefix, StrongVerb
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import (
    CONDITIONS,
    CONTRADICTIONS,
    CUES,
    AnyCue,
    ConditionCue,
    ContradictionCue,
    Cue,
    Transparent,
)

CLAUSE = frozenset(("ccomp", "xcomp", "csubj", "csubj:pass", "acl", "advcl"))
ADVERBIAL = frozenset(("acl", "advcl"))
COMPLEMENTS = frozenset(("", "dass", "daß", "ob", "zu", "wie"))
VERB_SIDE = frozenset(("obj", "obl", "obl:arg", "nsubj:pass"))
OBJECT = frozenset(("obj", "obl:arg", "nsubj:pass"))
ARGUMENTS = frozenset(("obj", "obl:arg", "nsubj:pass", "nsubj", "obl"))
# relations under which a parser may file a conditional clause that opens with its verb
SUBORDINATE = frozenset(("advcl", "parataxis", "ccomp", "dep", "csubj", "conj"))
# what modifies the first of several conjuncts and holds for all of them
SHARED = frozenset(("aux", "aux:pass", "mark", "case", "cc", "det"))
OPENED = CLAUSE | {"parataxis", "obl", "conj"}  # what a cue may open below a node
FREE_RELATIVE = frozenset(
    ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "advcl", "acl", "obl", "obl:arg", "obj", "parataxis", "ccomp", "dep")
)
THEN = frozenset(("so", "dann"))
TOLD_IN = frozenset(("wonach", "demzufolge", "denenzufolge"))
INVERTED = "<inverted>"  # the lemma under which tables list clauses that begin with their finite verb
WHOEVER = "<whoever>"  # and free relative clauses: whoever does this ...


KEPT = 50_000  # compounds
ENDING = re.compile("e[mnrs]?$")  # of adjectives
CueRow = TypeVar("CueRow", bound=AnyCue)


class Hit(NamedTuple, Generic[CueRow]):
    """A cue that holds for a word: ``token`` is where it stands, ``distance`` how many nodes up, ``way`` how it holds.

    ``negated``: the cue itself is negated. ``outside``: a finite clause that is no complement lies between. ``through``:
    a word that only measures lies between ("die Zahl der Festnahmen").
    """

    cue: CueRow
    token: int
    distance: int
    way: str
    negated: bool = False
    outside: bool = False
    through: bool = False


class Scope(Generic[CueRow]):
    """The cues of one table, indexed by lemma."""

    def __init__(self, cues: Sequence[CueRow], transparent: Sequence[Transparent] = (), forms: Forms | None = None):
        self.forms = forms
        self.by_lemma: dict[str, list[CueRow]] = {}
        for cue in cues:
            for lemma in cue.lemmas:
                self.by_lemma.setdefault(lemma, []).append(cue)
        self.transparent = {lemma for row in transparent for lemma in row.lemmas}
        self.negations = {lemma for cue in cues if cue.category == "negation" for lemma in cue.lemmas}

        self._kept: dict[tuple[str, str], list[CueRow]] = {}
        self.endings = {cue: tuple(lemma.lower() for lemma in cue.lemmas) for cue in cues if "self" in cue.scope}

    def hits(self, tree: Tree, node: int, limit: int = 6) -> list[Hit[CueRow]]:
        """Return the cues whose scope reaches ``node``, nearest first, climbing at most ``limit`` nodes."""
        return [*self._own(tree, node), *self._beside(tree, node), *self._climb(tree, node, limit)]

    def _own(self, tree: Tree, node: int) -> Iterator[Hit[CueRow]]:
        """Compounds carry their cue within: an Abzugsplan is a plan, a Putschversuch an attempt."""
        if tree.pos[node] in ("NOUN", "PROPN"):
            for cue in self._within(tree.lemma[node].lower(), tree.lower[node]):
                yield Hit(cue, node, 0, "self")

    def _within(self, word: str, written: str) -> list[CueRow]:
        """The cues a compound ends in; answers are kept."""
        known = self._kept.get((word, written))
        if known is None:
            if len(self._kept) > KEPT:
                self._kept.clear()
            known = self._kept[word, written] = [
                cue
                for cue, endings in self.endings.items()
                if (word.endswith(endings) or written.endswith(endings)) and word not in endings
            ]
        return known

    def _beside(self, tree: Tree, node: int) -> Iterator[Hit[CueRow]]:
        for noun, way in nouns_beside(tree, node):
            for cue in self._at(tree, noun):
                if way in cue.scope:
                    yield Hit(cue, noun, 1, way, self.is_negated(tree, noun))

    def _climb(self, tree: Tree, node: int, limit: int) -> Iterator[Hit[CueRow]]:
        distance, outside, apart, later, below, through = 0, False, False, False, -1, False
        for _ in range(limit + 4):
            reading = read_verb(tree, node)
            if not apart:
                yield from self._modifiers(tree, node, reading, distance, outside, later)
            yield from self._structure(tree, node, below, distance, outside)
            parent, relation = tree.head[node], tree.dep[node]
            if parent == node or distance >= limit:
                return
            # a later conjunct stands where the first one stands, but what modifies that one reaches it only where
            # they share the finite verb
            apart = relation == "conj" and (reading.form == "finite" or reading.finite >= 0)
            if relation == "conj":
                relation = self._conjunct(tree, node, parent)
                apart = apart and relation == "conj"
            elif relation == "parataxis" and self._told_beside(tree, node, parent):
                relation = "ccomp"
            later = relation == "conj"
            if relation == "nmod" and tree.lemma[parent] in self.transparent:
                apart, through = False, True
            elif not later:
                outside = outside or _is_barrier(tree, node, relation)
                distance += 1
                for hit in self._governor(tree, node, parent, relation, distance, outside):
                    yield hit._replace(through=True) if through else hit
            node, below = parent, node

    @staticmethod
    def _told_beside(tree: Tree, node: int, parent: int) -> bool:
        """Whether a clause that the parser set beside another one is what that one tells."""
        return _is_reported(tree, node, parent) and inverted(tree, node) < 0 and not _after_colon(tree, node)

    @staticmethod
    def _conjunct(tree: Tree, node: int, parent: int) -> str:
        """Return conj, or what a conjunct without a conjunction rather is: reported speech, zu + infinitive, "sollte"."""
        if any(tree.dep[child] == "cc" for child in tree.children[node]):
            return "conj"
        if read_verb(tree, node).form == "zu" and read_verb(tree, parent).form != "zu":
            return "xcomp"
        if inverted(tree, node) >= 0:
            return "advcl"
        return "ccomp" if _is_reported(tree, node, parent) else "conj"

    def _governor(
        self, tree: Tree, node: int, parent: int, relation: str, distance: int, outside: bool
    ) -> Iterator[Hit[CueRow]]:
        places = [parent]
        if tree.lemma[parent] in self.transparent:  # "eine der Bedingungen"
            places += [child for child in tree.children[parent] if tree.dep[child] == "nmod" and child != node]
        ways: tuple[str, ...] = ()
        if relation == "nmod" and tree.dep[parent] in VERB_SIDE:  # "knüpft Hilfen an Reformen": a phrase of the verb
            preposition, verb = tree.preposition(node), tree.head[parent]
            for cue in self._at(tree, verb) if preposition else ():
                if preposition in cue.scope and "prep" not in cue.scope:
                    yield Hit(cue, verb, distance, preposition, self.is_negated(tree, verb), outside)
        for place in places:
            for cue in self._at(tree, place):
                ways = ways or ways_of(tree, node, relation)
                for way in ways:
                    if way in cue.scope and (way != "clause" or not cue.form or cue.form == _form_of(tree, node)):
                        yield Hit(cue, place, distance, way, self.is_negated(tree, place), outside)
                        break

    def _modifiers(
        self, tree: Tree, node: int, reading: Reading, distance: int, outside: bool, later: bool
    ) -> Iterator[Hit[CueRow]]:
        verbal = reading.form != "noun"
        opening = inverted(tree, node) if tree.dep[node] in SUBORDINATE else -1
        for child in tree.children[node]:
            relation = tree.dep[child]
            if child == opening or relation == "compound:prt" or (later and relation not in SHARED):
                continue
            if relation == "conj":  # "weder A noch B": the parser may hang weder on B
                for below in tree.children[child]:
                    if below < node and tree.dep[below] == "cc":
                        yield from self._here(tree, below, reading, distance, outside, "head")
            if verbal and relation in ARGUMENTS:
                for below in tree.children[child]:
                    if self._negates_argument(tree, below):
                        yield from self._here(tree, below, reading, distance, outside, "argument")
            if relation in AUXILIARY and child != reading.finite and tree.lemma[child] not in MODALS:
                continue
            for cue in self._at(tree, child):
                if "head" in cue.scope and (not cue.form or cue.form == reading.form):
                    yield Hit(cue, child, distance, "head", False, outside)

    def _negates_argument(self, tree: Tree, token: int) -> bool:
        """Whether ``token`` is a negation in an argument ("keine Soldaten"), not in a measure ("keine 24 Stunden")."""
        if tree.lemma[token] not in self.negations or tree.dep[token] not in ("det", "advmod", "cc"):  # cc: weder
            return False
        return tree.pos[token + 1 : token + 2] != ["NUM"] and not sets_phrase_right(tree, token)

    def _here(
        self, tree: Tree, token: int, reading: Reading, distance: int, outside: bool, way: str
    ) -> Iterator[Hit[CueRow]]:
        for cue in self._at(tree, token):
            if "head" in cue.scope and (not cue.form or cue.form == reading.form):
                yield Hit(cue, token, distance, way, False, outside)

    def _structure(self, tree: Tree, node: int, below: int, distance: int, outside: bool) -> Iterator[Hit[CueRow]]:
        """Cues that are a clause's shape or its opening word, seen from inside (head) or from its main clause (main)."""
        free = tree.start[node] in tree.whoever
        for child in tree.children[node]:
            if child != below and (tree.dep[child] in OPENED or (free and tree.dep[child] in FREE_RELATIVE)):
                for token, lemma in self._opening(tree, child):
                    for cue in self.by_lemma.get(lemma, ()):
                        if "main" in cue.scope and self._fits(tree, token, cue):
                            yield Hit(cue, token, distance, "main", False, outside)
        for token, lemma in self._opening(tree, node, marks=False):
            for cue in self.by_lemma.get(lemma, ()):
                if "head" in cue.scope:
                    yield Hit(cue, token, distance, "head", False, outside)

    def _opening(self, tree: Tree, node: int, marks: bool = True) -> Iterator[tuple[int, str]]:
        """Return the words that make the clause of ``node`` a subordinate one of a kind the tables may list."""
        relation = tree.dep[node]
        if marks:
            for child in tree.children[node]:
                if tree.dep[child] in ("mark", "case"):
                    yield child, tree.lemma[child]
        if relation in SUBORDINATE:
            finite = inverted(tree, node)
            if finite >= 0:
                yield finite, INVERTED
        if relation in FREE_RELATIVE and tree.start[node] in tree.whoever:
            first = tree.first(node)
            if tree.lower[first] in ("wer", "wem", "wen") and tree.pos[first] == "PRON" and tree.head[first] == node:
                yield first, WHOEVER

    def _at(self, tree: Tree, token: int) -> Sequence[CueRow]:
        known: dict[int, Sequence[CueRow]] | None = tree.memo.get(id(self))
        if known is None:
            known = tree.memo[id(self)] = {}
        here = known.get(token)
        if here is not None:
            return here
        found = self.by_lemma.get(tree.key[token]) or self.by_lemma.get(tree.lower[token])
        if not found and tree.pos[token] == "ADJ":
            found = self.by_lemma.get(ENDING.sub("", tree.lower[token]))
        known[token] = [cue for cue in found if self._fits(tree, token, cue)] if found else ()
        return known[token]

    def _fits(self, tree: Tree, token: int, cue: CueRow) -> bool:
        if cue.pos and tree.pos[token] not in cue.pos:
            return False
        if cue.mood and not moods_of(tree.morph[token]) & {*cue.mood}:
            return False
        if cue.unless and token + 1 < len(tree.lower) and tree.lower[token + 1] in cue.unless:
            return False
        if cue.category == "negation" and not negates_word(tree, token):
            return False
        if cue.needs:
            return any(tree.lemma[c] in cue.needs or tree.lower[c] in cue.needs for c in tree.children[token])
        return True

    def is_negated(self, tree: Tree, token: int) -> bool:
        """Whether a negation modifies ``token``."""
        return any(
            (tree.lemma[c] in self.negations or tree.lower[c] in self.negations) and negates_word(tree, c)
            for c in tree.children[token]
        )


def cue_forms(lexicon: Lexicon) -> Forms:
    """The written forms of every cue verb, so that it is known where the lemmatizer is wrong; for ``Lexicon.derived``."""
    rows: list[AnyCue | ContradictionCue] = [*lexicon.rows(CUES, Cue), *lexicon.rows(CONDITIONS, ConditionCue)]
    rows += lexicon.rows(CONTRADICTIONS, ContradictionCue)
    lemmas = {lemma for row in rows for lemma in row.lemmas}
    verbs = sorted(lemma for lemma in lemmas if lemma[0].islower() and lemma.endswith("n"))
    return Forms(verbs, lexicon.rows(STRONG, StrongVerb), lexicon.rows(PREFIXES, Prefix))


def _form_of(tree: Tree, node: int) -> str:
    """The form of a verb that another one governs; "getan zu haben" is a perfect, no bare infinitive with zu."""
    form = read_verb(tree, node).form
    return "perfect" if form == "zu" and "VerbForm=Part" in tree.morph[node] else form


def _is_reported(tree: Tree, node: int, parent: int) -> bool:
    """Whether a clause set beside another one is what that one tells: "wies Berichte zurück, er habe gezahlt"."""
    return read_verb(tree, node).mood in ("sub1", "sub2") and read_verb(tree, parent).mood == "ind" and node > parent


def _after_colon(tree: Tree, node: int) -> bool:
    """Whether a clause explains rather than tells on: "bestritt den Angriff: Man habe nur geübt"."""
    return tree.lower[tree.first(node) - 1] in (":", "„", "»")


def nouns_beside(tree: Tree, node: int) -> Iterator[tuple[int, str]]:
    """Governors the parser may have passed by: the noun before the preposition or the clause that it takes.

    Between them may stand what belongs to that noun ("Forderungen aus Teilen der Partei nach einem Abzug").
    """
    for child in tree.children[node]:
        before = child - 1
        if tree.dep[child] == "case" and before >= tree.start[node] and tree.pos[before] == "NOUN":
            if tree.head[node] != before:
                yield before, tree.lemma[child]
            while tree.dep[before] == "nmod" and tree.start[node] <= tree.head[before] < before:
                before = tree.head[before]
                if tree.head[node] != before and tree.pos[before] == "NOUN":
                    yield before, tree.lemma[child]
    content = tree.dep[node] in CLAUSE and (tree.dep[node] not in ADVERBIAL or tree.mark(node) in COMPLEMENTS)
    if content and tree.pos[tree.head[node]] not in ("NOUN", "PROPN"):
        before = tree.first(node) - 1
        while before > tree.start[node] and (
            tree.pos[before] in ("PUNCT", "VERB") or tree.dep[before] == "compound:prt"
        ):
            before -= 1
        while tree.start[node] <= before != tree.head[node]:
            if tree.pos[before] == "NOUN":
                yield before, "clause"
            if tree.dep[before] != "nmod" or not tree.start[node] <= tree.head[before] < before:
                break  # "die Bereitschaft seines Landes erklärt, zu verhandeln": beyond what belongs to it
            before = tree.head[before]


def ways_of(tree: Tree, node: int, relation: str) -> tuple[str, ...]:
    """Return the names under which a cue's ``scope`` may list how ``node`` hangs on its governor."""
    if relation in CLAUSE:
        # "Bedingung, bevor man verhandelt": a clause of time, reason or condition is no complement
        return ("clause",) if relation not in ADVERBIAL or tree.mark(node) in COMPLEMENTS else ("adverbial",)
    if relation == "nsubj:pass":  # "ist gescheitert" may be taken for a passive
        return ("object", "subject")
    if relation in OBJECT:
        return ("object",)
    if relation == "nsubj":
        return ("object", "subject") if _to_be_done(tree, tree.head[node]) else ("subject",)
    if relation in ("nmod", "obl", "obl:agent"):
        preposition = tree.preposition(node)
        return (preposition, "prep") if preposition else ("genitive",)
    return (relation,)


def _to_be_done(tree: Tree, verb: int) -> bool:
    """Whether the verb stands in a passive with "zu" ("ist nicht auszuschließen"): its subject is its object."""
    zu = any(tree.lower[child] == "zu" and tree.pos[child] == "PART" for child in tree.children[verb])
    within = tree.lower[verb] != tree.key[verb] and "zu" in tree.lower[verb]  # auszuschließen
    infinitive = "VerbForm=Inf" in tree.morph[verb] and (zu or within)
    return infinitive and any(tree.lemma[child] == "sein" for child in tree.children[verb])


def inverted(tree: Tree, node: int) -> int:
    """Return the finite verb that opens the conditional clause of ``node`` ("Sollte Paris zahlen, ..."), or -1.

    Other clauses open with their verb too (what follows a quotation or another clause), so the clause must be one with
    "sollte" or be followed by a comma and the finite verb of its main clause.
    """
    reading = read_verb(tree, node)
    finite = reading.finite
    if finite < 0 or reading.mood == "imp" or reading.tense in ("past", "plup") or tree.head[node] == node:
        return -1
    if finite > tree.start[finite] and tree.pos[finite - 1] not in ("PUNCT", "CCONJ"):
        return -1
    if tree.first(node) != finite:
        return -1
    if reading.modal == "sollen" and reading.mood == "sub2":
        return finite
    if tree.dep[node] == "conj":
        return -1
    end = tree.last(node) + 1
    if tree.lower[end : end + 1] != [","] or end + 2 >= len(tree.lower):
        return -1
    after = tree.morph[
        end + 2 if tree.lower[end + 1] in THEN else end + 1
    ]  # in the past tense it is the verb of saying: "bleibe aber im Amt, sagte er"
    return finite if "VerbForm=Fin" in after and "Mood=Ind|Tense=Past" not in after else -1


def _is_barrier(tree: Tree, node: int, relation: str) -> bool:
    """A relative or adverbial clause and a source speak for themselves: what holds outside does not hold inside."""
    if node in tree.sources:
        return True
    if relation not in ("acl", "advcl", "parataxis"):
        return False
    if relation == "parataxis":
        return True
    if any(tree.lower[child] in TOLD_IN for child in tree.children[node]):
        return False  # "dementierte Berichte, wonach ...": what a report tells is denied with it
    return read_verb(tree, node).form == "finite" and tree.mark(node) not in ("dass", "ob")
