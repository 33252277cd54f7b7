"""A parsed Doc as plain lists: the speech layer walks it many times, and a list look-up is far cheaper than a Token."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.attrs import DEP, HEAD, LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found]
from spacy.tokens import Doc

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


NO_FORM = Form()


@cache
def _form(morph: str) -> Form:
    parts = dict(item.split("=", 1) for item in morph.split("|") if "=" in item)
    return Form(*(parts.get(name, "") for name in ("Mood", "Tense", "VerbForm", "Case", "Number")))


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
        strings = doc.vocab.strings
        values = doc.to_array([LEMMA, POS, DEP, HEAD, MORPH, ORTH])
        names: dict[int, str] = {}
        keys = {int(key) for key in values[:, [0, 1, 2, 4, 5]].ravel().tolist()}
        for key in keys:
            names[key] = strings[key] if key else ""
        size = len(doc)
        heads = [index + offset for index, offset in enumerate(values[:, 3].astype("int64").tolist())]
        children: list[list[int]] = [[] for _ in range(size)]
        for index, head in enumerate(heads):
            if head != index:
                children[head].append(index)
        bounds = [(sent.start, sent.end) for sent in doc.sents]
        sentence = [0] * size
        for number, (start, end) in enumerate(bounds):
            sentence[start:end] = [number] * (end - start)
        orths = values[:, 5].tolist()
        low = {key: names[key].lower() for key in set(orths)}
        return cls(
            doc=doc,
            words=[names[key] for key in orths],
            lower=[low[key] for key in orths],
            lemmas=[names[key] for key in values[:, 0].tolist()],
            pos=[names[key] for key in values[:, 1].tolist()],
            deps=[names[key] for key in values[:, 2].tolist()],
            heads=heads,
            forms=[_form(names[key]) if key else NO_FORM for key in values[:, 4].tolist()],
            children=children,
            sentence=sentence,
            bounds=bounds,
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
        if self.forms[index].verb == "Fin" and self.pos[index] in VERBAL:
            return index
        for child in self.children[index]:
            if self.deps[child] in AUXILIARIES and self.forms[child].verb == "Fin":
                return child
        return None

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
