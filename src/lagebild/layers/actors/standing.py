"""Where a word stands and what stands beside it, as far as that decides whether, and for whom, it is an actor."""

from __future__ import annotations

from collections.abc import Mapping

from lagebild.layers.actors.doubtful import is_paper
from lagebild.layers.actors.names import NAME_TAGS
from lagebild.layers.actors.parts import NOWHERE, PartReader, Parts
from lagebild.layers.actors.reading import Reader, Reading
from lagebild.layers.actors.sheet import Sheet
from lagebild.rules.actors import BLOCS

COUNTED = frozenset({"nsubj", "nsubj:pass", "obj", "obl:arg", "obl:agent"})
ABSTRACT = ("ung", "tion", "heit", "keit", "schaft")
"""Endings of nouns that are no persons."""
MEMBER = ("mitgliedsstaat", "mitgliedstaat", "mitgliedsland", "mitgliedland")
EMPTY = frozenset({"nsubj", "nsubj:pass", "csubj", "ccomp", "xcomp", "expl:pv"})
BEFORE_NOUNS = frozenset({"det", "det:poss", "amod"})


class Standing:
    """The columns of one doc, its names, and questions about a token of it."""

    def __init__(self, sheet: Sheet, reader: Reader, towns: Mapping[int, str] = NOWHERE):
        self.sheet = sheet
        self.reader = reader
        self.index = reader.index
        self.parts = PartReader(sheet, reader, towns)

    def is_title(self, i: int) -> bool:
        """Whether a word taken for a person's name is a noun with an article or an adjective before it ("dessen Emir")."""
        sheet = self.sheet
        if self.parts.persons[i] != i + 1 or not any(sheet.dep[child] in BEFORE_NOUNS for child in sheet.children[i]):
            return False
        reading = self.reader.noun(sheet.text[i], sheet.lemma[i])
        return reading is not None and reading.kind in ("person", "demonym")

    def stands_alone(self, i: int) -> bool:
        """Whether "beiden" has no noun of its own: its head is none, stands before it, or has another article between."""
        sheet, head = self.sheet, self.sheet.head[i]
        if head <= i or sheet.pos[head] not in NAME_TAGS:
            return True
        return any(i < child < head and sheet.dep[child] in ("det", "case") for child in sheet.children[head])

    def is_medium(self, i: int, reading: Reading) -> bool:
        """Whether a name of a medium means it: what is no common noun has to be a name."""
        sheet = self.sheet
        if sheet.lower[i] in self.index.uses["common"]:
            return is_paper(sheet, self.reader, i, reading, i, i + 1)
        return sheet.pos[i] == "PROPN" or sheet.entity[i] == "ORG"

    def may_be_title(self, i: int) -> bool:
        """Whether a noun before a name may be what somebody is: not where the name is its genitive ("die Verhaftung Nawalnys")."""
        sheet, last = self.sheet, self.parts.persons[i + 1] - 1
        owns = sheet.lower[last].endswith("s") and "Case=Gen" in sheet.morph[last]
        return not owns and not sheet.lemma[i].lower().endswith(ABSTRACT)

    def acts(self, i: int) -> bool:
        """Whether a town or state stands where one who acts stands, and not after a preposition of place."""
        sheet, uses = self.sheet, self.index.uses
        case = self.sheet.case_of(i)
        if not case and sheet.dep[i] == "conj" and sheet.head[i] < i:
            return self.acts(sheet.head[i])
        if not case and i and sheet.lower[i - 1] in uses["where"]:
            case = sheet.lower[i - 1]
        if case not in uses["where"] and case not in uses["weak-place"]:
            return True
        head = sheet.head[i]
        if case in ("in", "aus") and sheet.lemma[head] in uses["voice"]:
            return True
        if case == "nach" and uses["send"].intersection((sheet.lemma[head], sheet.lemma[sheet.head[head]])):
            return True
        return case == "aus" and sheet.dep[i] == "nmod"

    def is_flock(self, i: int) -> bool:
        """Whether "Gemeinde" is one of believers: an adjective that names no state says so ("die christliche Gemeinde")."""
        sheet = self.sheet
        return any(sheet.dep[c] == "amod" and not self.parts.adjectives(c) for c in sheet.children[i])

    def rules(self, root: int) -> bool:
        """Whether a name is that of who leads a government: "die Regierung von Ali Larad", "das Kabinett unter Ida Moll"."""
        sheet, body = self.sheet, self.sheet.head[root]
        if sheet.dep[root] != "nmod" or sheet.case_of(root) not in ("von", "unter"):
            return False
        return sheet.lemma[body].lower() in self.index.uses["cabinet"]

    def has_aim(self, i: int) -> bool:
        """Whether a body says what it is for or against: "das Bündnis gegen Rechts" is a body of citizens, none told of before."""
        sheet = self.sheet
        for child in sheet.children[i]:
            if sheet.dep[child] == "nmod" and child > i and sheet.case_of(child) in ("gegen", "für"):
                named = sheet.entity[child] not in ("", sheet.entity[i])
                return not named and self.reader.noun(sheet.text[child], sheet.lemma[child]) is None
        return False

    def is_one_member(self, i: int, reading: Reading, parts: Parts) -> bool:
        """Whether "der EU-Mitgliedsstaat" is the one member state that the article speaks of."""
        bloc = reading.kind == "body" and (reading.state in BLOCS or reading.default in BLOCS)
        return bloc and parts.definite and not self.sheet.plural(i) and reading.role.endswith(MEMBER)

    def named_for(self, i: int, reading: Reading) -> str:
        """Return the unknown first part of a compound with a hyphen: "Assad" of "Assad-Regierung"."""
        first = self.sheet.text[i].rpartition("-")[0]
        if reading.kind not in ("body", "person") or not first[:1].isupper():
            return ""
        return first if self.reader.noun(first, first) is None and not self.reader.adjective(first) else ""

    def is_side(self, i: int) -> bool:
        """Whether "die Amerikaner" are a state: many, with no number or adjective, and doing something."""
        sheet = self.sheet
        if not sheet.plural(i) or any(sheet.dep[c] in ("amod", "nummod", "acl", "case") for c in sheet.children[i]):
            return False
        return sheet.dep[i] in COUNTED

    def does(self, i: int) -> bool:
        """Whether "es" does something, though the tree calls it empty: it has an object, and there is no other subject.

        "Es entsandte Soldaten", but "es gibt Soldaten", "es freut den Minister, dass ...".
        """
        sheet, verb = self.sheet, self.sheet.head[i]
        deps = {sheet.dep[child] for child in sheet.children[verb] if child != i}
        if sheet.lemma[verb] in self.index.uses["impersonal"] or "obj" not in deps:
            return False
        return not deps & EMPTY

    def in_relative(self, i: int) -> bool:
        """Whether a token stands in a relative clause or another clause on a noun."""
        sheet, at = self.sheet, i
        for _ in range(8):
            if sheet.dep[at] == "acl":
                return True
            if sheet.head[at] == at:
                return False
            at = sheet.head[at]
        return False

    def plural_pronoun(self, i: int) -> bool:
        """Tell "sie" the many from "sie" the one: by the verb it is subject of, else by the tagger."""
        sheet = self.sheet
        if sheet.dep[i].startswith("nsubj"):
            head = sheet.head[i]
            for verb in (head, *sheet.children[head]):
                if "VerbForm=Fin" in sheet.morph[verb]:
                    return sheet.lower[verb].endswith("n") or sheet.lower[verb] in ("sind", "seid")
        return sheet.plural(i)

    def is_source(self, i: int, dep: str) -> bool:
        """Whether somebody speaks here: subject of a verb with a clause, "laut X", "nach Angaben X", "hieß es in X"."""
        sheet, head, uses = self.sheet, self.sheet.head[i], self.index.uses
        if dep == "nsubj":
            return any(sheet.dep[c] in ("ccomp", "parataxis") for c in sheet.children[head])
        if dep == "nmod":
            told = self.index.nouns.get(sheet.lemma[head].lower())
            return told is not None and told.policy == "told"
        return dep == "obl" and (self.sheet.case_of(i) in uses["source"] or sheet.lemma[head] in uses["voice"])
