"""A parsed Doc as plain lists: the speech layer walks it many times, and a list look-up is far cheaper than a Token."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
CLAUSAL = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "parataxis", "conj"})
VERBAL = frozenset({"VERB", "AUX"})


class Form(NamedTuple):
    """What the morphology of a token says about it as a verb or a noun; empty where it says nothing."""

    mood: str = ""
    tense: str = ""
    verb: str = ""
    case: str = ""
    number: str = ""


@cache
def form_of(morph: str) -> Form:
    """Read a token's features."""
    parts = dict(item.split("=", 1) for item in morph.split("|") if "=" in item)
    return Form(*(parts.get(name, "") for name in ("Mood", "Tense", "VerbForm", "Case", "Number")))


def _mended(form: Form, lower: str, lemma: str) -> Form:
    """Return the form of a verb where its letters tell it better than the tagger: "(er) ruhe", "stattzugeben"."""
    if not form.verb and lower + "n" == lemma:
        return Form("Sub", "Pres", "Fin")
    if form.verb == "Fin" and lower.endswith("n") and lower != lemma and lower.replace("zu", "", 1) == lemma:
        return Form(verb="Inf")
    return form


@dataclass(frozen=True, slots=True)
class Tree:
    """Lists indexed by token number, and the sentences as ranges of token numbers."""

    doc: Doc
    words: list[str]
    lower: list[str]
    lemmas: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    forms: list[Form]
    children: list[list[int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """Read a Doc once."""
        columns = columns_of(doc)
        forms = list(map(form_of, columns.morph))
        for index, pos in enumerate(columns.pos):
            if pos == "VERB" and (not forms[index].verb or "zu" in columns.lower[index]):
                forms[index] = _mended(forms[index], columns.lower[index], columns.lemma[index])
        return cls(
            doc=doc,
            words=columns.text,
            lower=columns.lower,
            lemmas=columns.lemma,
            pos=columns.pos,
            deps=columns.dep,
            heads=columns.head,
            forms=forms,
            children=columns.children,
            sentence=columns.sentence,
            bounds=list(zip(columns.starts, [*columns.starts[1:], columns.size], strict=False)),
        )

    def subtree(self, index: int) -> set[int]:
        """Return ``index`` and everything below it."""
        found, stack = {index}, [index]
        while stack:
            for child in self.children[stack.pop()]:
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return found

    def child(self, index: int, *labels: str) -> int | None:
        """Return the first child with one of the relations, or None."""
        return next((c for c in self.children[index] if self.deps[c] in labels), None)

    def finite(self, index: int) -> int | None:
        """Return the finite verb of the clause headed by ``index``: itself, or its finite auxiliary or copula."""
        own = self.forms[index].verb == "Fin" and self.pos[index] in VERBAL
        if own and not self.lower[index].endswith("t"):
            return index
        for child in self.children[index]:
            form = self.forms[child]
            if form.verb != "Fin" or self.deps[child] not in AUXILIARIES or not (form.mood == "Sub" or not own):
                continue
            if child < index or "," not in self.words[index:child]:  # else it is of the next clause
                return child  # "hätten ... umfasst": a participle that looks finite
        return index if own else None

    def clause(self, index: int) -> int:
        """Return the head of the clause that ``index`` belongs to."""
        while self.deps[index] not in CLAUSAL and self.heads[index] != index:
            index = self.heads[index]
        return index

    def separable(self, index: int) -> str:
        """Return the lemma of a verb with its separated particle in front, whether or not the lemmatiser joined them."""
        lemma = self.lemmas[index]
        for child in self.children[index]:
            if self.deps[child] == "compound:prt":
                particle = self.lower[child]
                return lemma if lemma.startswith(particle) else particle + lemma
        return lemma

    def noun_phrase(self, index: int) -> set[int]:
        """Return the tokens of the phrase headed by ``index`` without relative clauses and what is only loosely added."""
        found, stack = {index}, [index]
        while stack:
            for child in self.children[stack.pop()]:
                if child not in found and self.deps[child] not in ("acl", "parataxis", "advcl", "ccomp", "dep"):
                    found.add(child)
                    stack.append(child)
        return found
