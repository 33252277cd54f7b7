"""Looks words up in the event lexicon and tests the frames the rows ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lagebild.layers.events.frame import Frame, frame_of
from lagebild.layers.events.index import Index
from lagebild.layers.events.view import View
from lagebild.rules.events import FLAGS, Condition, Noun, Phrase, Verb

SHORT = 4
FUTURE = "werden"
NEGATION = ("negation",)
Row = Verb | Noun | Phrase


@dataclass(slots=True)
class Match:
    """A row that fits at a token: the tokens it covers and how many conditions it met (the more, the more special)."""

    row: Row
    tokens: tuple[int, ...]
    weight: int


class Matcher:
    """Matches rows on one document; keeps the frames it has built."""

    def __init__(self, view: View, index: Index):
        self.view = view
        self.index = index
        self._frames: dict[int, Frame] = {}

    def frame(self, i: int) -> Frame:
        """Return the frame of token ``i``, built once."""
        found = self._frames.get(i)
        if found is None:
            found = self._frames[i] = frame_of(self.view, i)
        return found

    def matches(self, i: int) -> list[Match]:
        """Return the rows that fit at token ``i``, the most special first."""
        verb = self.view.verb[i]
        found: list[Match] = []
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
            needs, bars = self.index.conditions[row.id]
            if any(self.holds(i, bar) for bar in bars):
                continue
            if all(self.holds(i, need) for need in needs):
                found.append(Match(row, (i, *self._particle(i)), 1 + len(needs)))
        return found

    def _particle(self, i: int) -> tuple[int, ...]:
        return tuple(c for c in self.view.children[i] if self.view.dep[c] == "compound:prt")

    def _phrases(self, i: int, verb: str) -> list[Match]:
        complements = self.index.phrases.get(verb)
        if not complements:
            return []
        found = {}
        for complement in complements:
            if complement.row.id in found:
                continue
            tokens = [self._complement(i, preposition, word) for preposition, word in complement.parts]
            there = tuple(token for token in tokens if token is not None)
            if len(there) == len(tokens):
                found[complement.row.id] = Match(complement.row, (i, *self._particle(i), *there), 4)
        return list(found.values())

    def _complement(self, i: int, preposition: str, word: str) -> int | None:
        frame = self.frame(i)
        if preposition:
            for case, token in frame.phrases:
                if case == preposition and self._is(token, word):
                    return token
            return None
        for group in (frame.objects, frame.others, frame.subjects):
            for token in group:
                if self._is(token, word):
                    return token
        return None

    def _is(self, token: int, word: str) -> bool:
        if not word:
            return True
        lower = self.view.lemma[token].lower()
        if lower == word or (len(word) > SHORT and lower.endswith(word)):
            return True
        singular = self.index.singular.get(lower)
        return singular == word or (self.view.pos[token] == "NOUN" and word in lower and self._plural(lower, word))

    def _plural(self, lower: str, word: str) -> bool:
        return any(lower.endswith(plural) for plural in self.index.plurals.get(word, ()))

    def holds(self, i: int, condition: Condition) -> bool:
        """Tell whether a condition of a row holds at token ``i``."""
        frame, classes = self.frame(i), condition.classes
        for place in condition.places:
            if place in FLAGS:
                if self._flag(i, frame, place):
                    return True
            elif place == "obj":
                if self._any(frame.objects, classes):
                    return True
            elif place == "subj":
                if self._any((*frame.subjects, *frame.agents), classes):
                    return True
            elif place == "near":
                if self._any(self.view.children[i], classes) or self._any([t for _, t in frame.phrases], classes):
                    return True
            elif any(p == place and (not classes or self._any([t], classes)) for p, t in frame.phrases):
                return True
        return False

    def _flag(self, i: int, frame: Frame, flag: str) -> bool:
        view = self.view
        if flag == "reflexive":
            return frame.reflexive
        if flag == "dative":
            return bool(frame.datives)
        if flag == "clause":
            return frame.clause
        auxiliaries = [c for c in view.children[i] if view.pos[c] == "AUX"]
        if flag == "subjunctive":
            return i in view.subjunctive or any(c in view.subjunctive for c in auxiliaries)
        if flag == "future":
            return not frame.passive and any(view.lemma[c] == FUTURE for c in auxiliaries)
        near = [*view.children[i], *(c for t in (*frame.objects, *frame.subjects) for c in view.children[t])]
        return self._any(near, NEGATION)

    def _any(self, tokens: Iterable[int], classes: tuple[str, ...]) -> bool:
        for token in tokens:
            of = self.index.classes_of(self.view.lemma[token])
            if any(name in of for name in classes):
                return True
            if "gebiet" in classes and self.view.ent[token] == "LOC":
                return True
            if self.view.ent[token] == "PER" and ("person" in classes or "politiker" in classes):
                return True
        return False
