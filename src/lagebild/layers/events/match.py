"""Looks words up in the event lexicon and tests the frames the rows ask for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from lagebild.layers.events.frame import LET, Frame, frame_of
from lagebild.layers.events.index import SHORTEST_FIRST_PART, Index, folded
from lagebild.layers.events.view import SUBJECTS, View
from lagebild.rules.events import FLAGS, Condition, Noun, Phrase, Sense, Verb

NAMED = {"LOC": frozenset(("gebiet", "ort")), "PER": frozenset(("person", "politiker"))}
"""Classes that names belong to by their kind."""
SHORT = 4
PHRASE_WEIGHT = 4
"""What a phrase counts for before its conditions: an idiom is more special than most frames of its verb."""
FUTURE = "werden"
PLURAL = "Number=Plur"
OWN = frozenset(("subjunctive", "plural", "attributive", "alone", "state"))
"""Flags of the word itself, also where a modal verb's frame is that of its infinitive."""
MEASURE = "measure"
NEGATION = ("negation",)
HARM = "harm"
OPENING = 3
"""How many sentences of an article say what it is about: its headline, its lead, one more."""
DENIED = 2
"""How far behind a negation a word may stand and be denied by it ("nicht sehr glaubwürdig")."""
NAMES = frozenset(("PROPN", "NOUN"))
Row = Verb | Noun | Phrase


@dataclass(slots=True)
class Match:
    """A row that fits at a token: the tokens it covers and how many conditions it met (the more, the more special)."""

    row: Row
    tokens: tuple[int, ...]
    weight: int


class Matcher:
    """Matches rows on one document; keeps the frames it has built.

    ``quiet`` says that the article is about something else than politics; who knows that sets it before the first match.
    """

    def __init__(self, view: View, index: Index):
        self.view = view
        self.index = index
        self.quiet = False
        self._frames: dict[int, Frame] = {}
        self._told: dict[tuple[int, tuple[str, ...]], bool] = {}

    def frame(self, i: int) -> Frame:
        """Return the frame of token ``i``, built once."""
        found = self._frames.get(i)
        if found is None:
            found = self._frames[i] = frame_of(self.view, i)
        return found

    def harms(self, i: int) -> bool:
        """Tell whether the word says that people were killed or hurt."""
        return self.is_a(i, HARM)

    def is_a(self, i: int, name: str) -> bool:
        """Tell whether the verb, or any other word, is of a class."""
        return name in self.index.classes_of(self.view.verb[i] or self.view.lemma[i])

    def matches(self, i: int) -> list[Match]:
        """Return the rows that fit at token ``i``, the most special first."""
        verb = self.view.verb[i]
        found: list[Match] = []
        if verb and self._withstood(i):
            return found
        if verb:
            found = [*self._phrases(i, verb), *self._rows(i, self.index.verbs.get(verb, ()))]
        elif self.view.pos[i] == "NOUN":
            found = self._noun(i)
        if len(found) > 1:
            found.sort(key=lambda match: -match.weight)
        return found

    def _noun(self, i: int) -> list[Match]:
        lemma = self.view.lemma[i]
        rows = self.index.nouns_of(lemma)
        if rows:
            return self._rows(i, rows)
        return self._rows(i, self.index.verbs.get(lemma.lower(), ()))

    def _rows(self, i: int, candidates: Iterable[Verb | Noun]) -> list[Match]:
        found = []
        for row in candidates:
            if self._fits(i, row):
                found.append(Match(row, (i, *self._particle(i)), 1 + len(row.needs)))
        return found

    def sense(self, i: int, proposed: bool) -> Sense | None:
        """Return the sense that settles what token ``i`` tells of; ``proposed`` says whether a row fits at it."""
        best: Sense | None = None
        for sense in self._senses(i, proposed):
            if (best is None or len(sense.needs) > len(best.needs)) and self._fits(i, sense):
                best = sense
        return best

    def _senses(self, i: int, proposed: bool) -> list[Sense]:
        senses, view = self.index.senses, self.view
        if view.verb[i] in senses:
            return senses[view.verb[i]]
        lemma = folded(view.lemma[i])
        if lemma in senses or view.pos[i] != "NOUN":
            return senses.get(lemma, [])
        # a compound that means otherwise has no row
        cuts = range(SHORTEST_FIRST_PART, len(lemma) - SHORT + 1) if proposed else range(0)
        return next((senses[lemma[cut:]] for cut in cuts if lemma[cut:] in senses), [])

    def _fits(self, i: int, row: Row | Sense) -> bool:
        """Tell whether token ``i`` has all the row needs and nothing that bars it."""
        needs, bars = self.index.conditions[row.id]
        for bar in bars:
            if self.holds(i, bar):
                return False
        return not needs or all(self.holds(i, need) for need in needs)

    def _particle(self, i: int) -> tuple[int, ...]:
        return tuple(c for c in self.view.children[i] if self.view.dep[c] == "compound:prt")

    def _phrases(self, i: int, verb: str) -> list[Match]:
        complements = self.index.phrases.get(verb)
        if not complements:
            return []
        frame = self.frame(i)
        free, head = list[tuple[str, int]](), i
        if self.view.dep[i] == "cop":
            head = self.view.head[i]
            free = [("", head), (self.view.case_of(head), head)]
        elif "" in complements:
            objects = self._counted((*frame.objects, *self._let(i, "obj")))
            free = [("", t) for group in (objects, frame.others, frame.subjects, frame.datives) for t in group]
        found: dict[str, Match] = {}
        for case, token in (*frame.phrases, *self._below(i, frame), *free):
            words = complements.get(case)
            if words is None:
                continue
            for word in ("", *self._names(token)):
                for complement in words.get(word, ()):
                    row = complement.row
                    if row.id in found:
                        continue
                    rest = [self._complement(i, *part) for part in complement.parts[1:]]
                    there = [t for t in rest if t is not None]
                    if len(there) == len(rest) and self._fits(head, row):
                        tokens = (i, *self._particle(i), token, *there)
                        found[row.id] = Match(row, tokens, PHRASE_WEIGHT + len(row.needs))
        return list(found.values())

    def _below(self, i: int, frame: Frame) -> list[tuple[str, int]]:
        """Phrases an idiom finds further down: on the infinitive under "lassen", or hung on the phrase before."""
        view = self.view
        found = [t for _, token in frame.phrases for t in view.children[token] if view.dep[t] == "nmod"]
        return [(case, t) for t in (*self._let(i, "obl"), *found) if (case := view.case_of(t))]

    def _withstood(self, i: int) -> bool:
        """Tell whether the verb stands under "lässt sich nicht": nobody was intimidated ("ließ sich nicht einschüchtern")."""
        view, head = self.view, self.view.head[i]
        if view.dep[i] != "xcomp" or view.verb[head] != LET:
            return False
        frame = self.frame(head)
        return frame.reflexive and self._flag(head, frame, "negated")

    def _let(self, i: int, relation: str) -> list[int]:
        """What hangs on the infinitive under a "lassen" as ``relation``: the parse puts it there or on "lassen"."""
        view = self.view
        if view.verb[i] != LET:
            return []
        return [
            c
            for verb in view.children[i]
            if view.dep[verb] == "xcomp"
            for c in view.children[verb]
            if view.dep[c] == relation
        ]

    def _names(self, token: int) -> tuple[str, ...]:
        """The words a token may stand for in an idiom: itself, its singular, the last part of a compound."""
        lemma = self.view.lemma[token]
        if self.view.verb[token]:  # "entgehen" is no "gehen"
            return folded(lemma), folded(self.view.lower[token])
        known = self.index.names.get(lemma)
        if known is None:
            lower = folded(lemma)
            every = [lower[cut:] for cut in range(max(1, len(lower) - SHORT))]
            every = [lower, *(word for word in every if word in self.index.singular or word in self.index.plurals)]
            known = tuple(dict.fromkeys(self.index.singular.get(word, word) for word in every))
            self.index.names[lemma] = known
        return known

    def _complement(self, i: int, preposition: str, word: str) -> int | None:
        frame = self.frame(i)
        if preposition:
            for case, token in (*frame.phrases, *self._below(i, frame)):
                if case == preposition and self._is(token, word):
                    return token
            return None
        for group in (frame.objects, self._let(i, "obj"), frame.others, frame.subjects):
            for token in group:
                if self._is(token, word):
                    return token
        return None

    def _is(self, token: int, word: str) -> bool:
        return not word or word in self._names(token)

    def holds(self, i: int, condition: Condition) -> bool:
        """Tell whether a condition of a row holds at token ``i``."""
        at = self.view.head[i] if self.view.dep[i] == "aux" else i  # what a modal verb needs stands with its infinitive
        frame, classes = self.frame(at), condition.classes
        for place in condition.places:
            if place in FLAGS:
                if self._flag(i if place in OWN else at, frame, place):
                    return True
            elif place == "obj":
                if self._any(self._counted((*frame.objects, *self._let(i, "obj"), *frame.datives)), classes):
                    return True
            elif place == "subj":
                if self._any((*frame.subjects, *frame.agents), classes):
                    return True
            elif place == "sentence":
                sentence = self.view.sent[i]
                if self._any(self._sentence(sentence), classes):
                    return True
            elif place == "opening":
                if self._told_before(bisect_left(self.view.sent, OPENING), classes):
                    return True
            elif place == "text":
                if self._told_before(self.view.size, classes):
                    return True
            elif place == "under":
                if self._governed(at, classes):
                    return True
            elif place == "denied":
                if self._any(self._denied(i), classes):
                    return True
            elif place == "near":
                near = (*self.view.children[at], *frame.others, *(t for _, t in frame.phrases))
                if self._any(near, classes):
                    return True
            elif any(p == place and (not classes or self._any([t], classes)) for p, t in frame.phrases):
                return True
        return False

    def _sentence(self, number: int) -> range:
        sent = self.view.sent
        return range(bisect_left(sent, number), bisect_right(sent, number))

    def _told_before(self, end: int, classes: tuple[str, ...]) -> bool:
        """Tell whether a word of one of the classes stands before a place of the article; looked for once."""
        if (end, classes) not in self._told:
            self._told[end, classes] = self._any(range(end), classes)
        return self._told[end, classes]

    def _governed(self, i: int, classes: tuple[str, ...]) -> bool:
        """Tell whether the word that governs ``i`` is of one of the classes; a subject is not governed by what it does."""
        head = self.view.head[i]
        if self.view.dep[i] in SUBJECTS and self.view.pos[head] == "VERB":
            return False
        word = self.view.verb[head] or self.view.lemma[head]
        return head != i and not self.index.classes_of(word).isdisjoint(classes)

    def _denied(self, i: int) -> list[int]:
        """The words of the sentence that a negation stands right before."""
        view, sentence = self.view, self._sentence(self.view.sent[i])
        return [
            t
            for t in sentence
            if any(
                NEGATION[0] in self.index.classes_of(view.lemma[n])
                for n in range(max(t - DENIED, sentence.start), t)
                if "," not in view.lower[n:t]
            )
        ]

    def _alone(self, i: int) -> bool:
        """Tell whether one doer is named: one subject of the verb, or for a noun one genitive, else one subject of its verb."""
        view = self.view
        if not view.verb[i]:
            owners = [
                c for c in view.children[i] if view.dep[c] == "nmod" and view.pos[c] in NAMES and not view.case_of(c)
            ]
            if owners:
                return len(owners) == 1 and self._one(view.conjuncts(owners[0]))
            head = view.head[i]
            if not view.verb[head] or view.dep[i] != "obj":
                return False
            i = head
        frame = self.frame(i)
        return self._one([*frame.subjects, *frame.agents])

    def _one(self, tokens: list[int]) -> bool:
        return len(tokens) == 1 and (
            self.view.pos[tokens[0]] == "PROPN" or PLURAL not in self.view.columns.morph[tokens[0]]
        )

    def _counted(self, tokens: Iterable[int]) -> list[int]:
        """The tokens, and what is counted where one only measures ("die Zahl der Soldaten")."""
        found = list(tokens)
        for token in tokens:
            if MEASURE in self.index.classes_of(self.view.lemma[token]):
                found += [c for c in self.view.children[token] if self.view.dep[c] == "nmod"]
        return found

    def _flag(self, i: int, frame: Frame, flag: str) -> bool:
        view = self.view
        if flag == "reflexive":
            return frame.reflexive
        if flag == "dative":
            return bool(frame.datives)
        if flag == "clause":
            return frame.clause
        if flag == "attributive":
            return view.dep[i] == "amod"
        if flag == "alone":
            return self._alone(i)
        if flag == "passive":
            return frame.passive
        if flag == "state":
            return view.is_state(i)
        if flag == "quiet":
            return self.quiet
        if flag == "plural":
            return PLURAL in view.columns.morph[i]
        auxiliaries = [c for c in view.children[i] if view.pos[c] == "AUX"]
        if flag == "subjunctive":
            return i in view.subjunctive or any(c in view.subjunctive for c in auxiliaries)
        if flag == "future":
            return not frame.passive and any(view.lemma[c] == FUTURE for c in auxiliaries)
        near = [*view.children[i], *(c for t in (*frame.objects, *frame.subjects) for c in view.children[t])]
        near += self._let(i, "advmod")
        return self._any(near, NEGATION)

    def _any(self, tokens: Iterable[int], classes: tuple[str, ...]) -> bool:
        for token in tokens:
            if not self.index.classes_of(self.view.lemma[token]).isdisjoint(classes):
                return True
            entity = NAMED.get(self.view.ent[token])
            if entity and not entity.isdisjoint(classes):
                return True
        return False
