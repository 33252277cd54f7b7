"""What belongs to the head of a mention: adjectives, genitives, prepositional phrases, names, determiners."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from lagebild.layers.actors.reading import GROUP_KINDS, Reader, Reading, combine
from lagebild.rules.actors import SECTORS, Entry, stem

NAME_TAGS = frozenset({"PROPN", "NOUN", "X"})
POINTING = frozenset({"der", "dieser", "jener", "derselbe"})
NOMINAL = frozenset({"nmod", "nmod:poss", "appos", "compound", "flat"})


@dataclass(slots=True)
class Parts:
    """What the words around a head say. ``of`` is the head of the actor it belongs to, to be resolved with the article."""

    states: tuple[str, ...] = ()
    sector: str = ""
    former: bool = False
    definite: bool = False
    pair: bool = False
    owner: int | None = None
    of: int | None = None
    consumed: set[int] = field(default_factory=set)


class PartReader:
    """Children, phrases of several words and person names of one doc, looked up once."""

    def __init__(self, doc: Doc, reader: Reader):
        self.doc = doc
        self.reader = reader
        self.index = reader.index
        self.tokens: list[Token] = list(doc)
        self.children: dict[int, list[int]] = {}
        self.persons: dict[int, int] = {}
        self.surnames: set[str] = set()
        self.entity: list[str] = [""] * len(self.tokens)
        self.phrases: dict[int, tuple[int, Entry]] = {}
        self._look()

    def _look(self) -> None:
        for ent in self.doc.ents:
            for i in range(ent.start, ent.end):
                self.entity[i] = ent.label_
            if ent.label_ == "PER":
                self.persons[ent.start] = ent.end
                last = self.tokens[ent.end - 1].lower_
                self.surnames.update((last, last.removesuffix("s")))
        firsts, until = self.index.phrases, -1
        for token in self.tokens:
            i, head = token.i, token.head.i
            if head != i:
                self.children.setdefault(head, []).append(i)
            if i >= until and (first := stem(token.text)) in firsts:
                until = self._phrase(i, first)

    def _phrase(self, i: int, first: str) -> int:
        for parts, entry in self.index.phrases[first]:
            end = i + len(parts)
            words = [token.text for token in self.tokens[i:end]]
            if tuple(map(stem, words)) == parts and (words[-1][0].isupper() or words[0][0].isupper()):
                self.phrases[i] = (end, entry)
                return end
        return -1

    def root(self, start: int, end: int) -> Token:
        """Return the token of a stretch whose head lies outside it."""
        for i in range(start, end):
            head = self.tokens[i].head.i
            if not start <= head < end or head == i:
                return self.tokens[i]
        return self.tokens[end - 1]

    def case(self, i: int) -> str:
        """Return the preposition of a token in lower case, or an empty string."""
        for child in self.children.get(i, ()):
            if self.tokens[child].dep_ == "case":
                return self.tokens[child].lower_
        return ""

    def adjectives(self, child: int) -> tuple[str, ...]:
        """Return the codes of an adjective and of those joined to it ("russische und ukrainische Soldaten")."""
        read = self.reader.adjective
        codes = read(self.tokens[child].lemma_) or read(self.tokens[child].lower_)
        for other in self.children.get(child, ()):
            token = self.tokens[other]
            if token.dep_ == "conj":
                codes += read(token.lemma_) or read(token.lower_)
        return codes

    def name_of(self, token: Token, end: int) -> tuple[int, int] | None:
        """Find the name a title carries: right after it, or in apposition to it."""
        tokens = self.tokens
        if end in self.persons:
            return end, self.persons[end]
        for child in self.children.get(token.i, ()):
            if child >= end and tokens[child].dep_ == "appos":
                for start in (child, child - 1, child - 2):
                    if self.persons.get(start, -1) > child:
                        return start, self.persons[start]
                if child == end and tokens[child].pos_ == "PROPN" and self.entity[child] in ("", "PER"):
                    last = child + 1
                    while last < len(tokens) and tokens[last].pos_ == "PROPN" and tokens[last].dep_ == "flat":
                        last += 1
                    return child, last
        return None

    def title_after(self, root: Token, end: int) -> tuple[Token, Reading] | None:
        """Find the title that stands in apposition after a name ("Sergej Lawrow, russischer Außenminister")."""
        for child in self.children.get(root.i, ()):
            token = self.tokens[child]
            if token.dep_ == "appos" and end <= child < end + 12 and token.pos_ in NAME_TAGS:
                title = self.reader.noun(token.text, token.lemma_)
                if title and title.kind == "person":
                    return token, title
        return None

    def around(self, token: Token, reading: Reading, within: range = range(0)) -> tuple[Reading, Parts]:
        """Read what hangs on the head; return its reading with what it takes over, and the parts.

        ``within`` are the tokens of a name of several words, whose own adjectives say nothing more.
        """
        parts = Parts(sector=reading.sector)
        states: list[str] = []
        pairs = self.index.uses["pair"]
        for child in self.children.get(token.i, ()):
            other = self.tokens[child]
            dep = other.dep_
            if child in within:
                continue
            if dep == "amod":
                self._take_adjective(child, reading, parts, states)
                if other.lower_ in pairs:
                    parts.pair = True
            elif dep == "det:poss":
                parts.owner = child
            elif dep in ("det", "nummod"):
                parts.definite = parts.definite or other.lemma_ in POINTING
                parts.pair = parts.pair or (other.lower_ in pairs and child < token.i)
            elif dep in NOMINAL and (other.pos_ in NAME_TAGS or child in self.persons):
                reading = self._take_noun(token, child, reading, parts, states)
        named = [state for state in states if state and state != "-"] or [state for state in states if state]
        parts.states = tuple(dict.fromkeys(named))
        return reading, parts

    def _take_adjective(self, child: int, reading: Reading, parts: Parts, states: list[str]) -> None:
        codes, token = self.adjectives(child), self.tokens[child]
        if not codes and token.text[0].isupper() and (named := self.reader.noun(token.text, token.text)):
            codes = (named.state,) if named.state and named.kind in ("state", "org") else ()
        for code in codes:
            if code == "ELI":
                parts.former = True
            elif code not in SECTORS:
                states.append(code)
            elif reading.kind in ("person", "body") and (reading.inherit or parts.sector in ("", "CVL", "GOV")):
                parts.sector = code

    def _take_noun(self, token: Token, child: int, reading: Reading, parts: Parts, states: list[str]) -> Reading:
        other, case = self.tokens[child], self.case(child)
        if other.dep_ == "appos" and (child > token.i + 1 or reading.kind == "person"):
            return reading
        inner, start = self.inner(child)
        tied = not case or case in self.index.uses["of"]
        if inner is None:
            near = child == token.i + 1 and reading.kind == "person"
            if (self.entity[child] == "PER" or other.lower_ in self.surnames) and case in ("", "von") and not near:
                parts.of = child
            return reading
        if inner.kind in ("state", "seat"):
            if tied and not (case and reading.policy == "abroad") and reading.kind not in ("state", "seat"):
                states.append(inner.state or "")
                parts.consumed.update(range(start, child + 1))
                states += self._joined(child)
            return reading
        if case and case not in ("von", "vom", "bei", "aus"):
            return reading
        if inner.kind in GROUP_KINDS or inner.kind == "building":
            reading = combine(reading, inner)
            parts.sector = reading.sector
            if reading.state:
                states.append(reading.state)
            return reading
        if self.pairs_inside(child):
            parts.pair = True
        elif other.dep_ != "appos":
            parts.of = child
            if reading.inherit and inner.sector and inner.kind in ("person", "body"):
                reading = combine(reading, inner)
                parts.sector = reading.sector
        return reading

    def pairs_inside(self, child: int) -> bool:
        """Whether "beider" stands with a genitive ("die Präsidenten beider Länder")."""
        return any(self.tokens[c].lower_ in self.index.uses["pair"] for c in self.children.get(child, ()))

    def _joined(self, child: int) -> list[str]:
        found = []
        for other in self.children.get(child, ()):
            if self.tokens[other].dep_ == "conj":
                inner, _ = self.inner(other)
                if inner and inner.kind in ("state", "seat") and inner.state:
                    found.append(inner.state)
        return found

    def inner(self, child: int) -> tuple[Reading | None, int]:
        """Return the reading of a dependent and where its words begin."""
        for i in range(child, max(child - 4, -1), -1):
            if i in self.phrases and self.phrases[i][0] > child:
                return self.reader.entry(self.phrases[i][1]), i
        token = self.tokens[child]
        return self.reader.noun(token.text, token.lemma_), child
