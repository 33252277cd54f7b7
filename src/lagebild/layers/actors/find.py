"""One walk over the article: which tokens head a mention of an actor, what belongs to it, and what its own words say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from lagebild.layers.actors.reading import LocalMention, Reader, Reading, combine, join_code
from lagebild.layers.earlier import Earlier, Mention, span_of
from lagebild.records import Actor, Evidence
from lagebild.rules.actors import BLOCS, SECTORS, ActorIndex, Entry, build_index, stem
from lagebild.rules.lexicon import Lexicon

NAME_TAGS = frozenset({"PROPN", "NOUN", "X"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "ROOT"})
PAIRS = frozenset({"beide", "beiden", "beider"})
POINTING = frozenset({"der", "dieser", "jener", "derselbe"})


def make_reader(lexicon: Lexicon) -> Reader:
    """Return the reader over the tables; use through ``lexicon.derived``."""
    return Reader(lexicon.derived(build_index))


def find_actors(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Mention]:
    """Yield the mentions of the article in text order, each a ``LocalMention`` with codes as far as its words tell."""
    finder = Finder(doc, lexicon.derived(make_reader))
    yield from finder.mentions()


class Finder:
    """The walk over one doc."""

    def __init__(self, doc: Doc, reader: Reader):
        self.doc = doc
        self.reader = reader
        self.index: ActorIndex = reader.index
        self.tokens = list(doc)
        self.phrase_end: dict[int, tuple[int, Entry]] = {}
        self.taken: set[int] = set()
        self.children: dict[int, list[int]] = {}
        self.persons: dict[int, tuple[int, int]] = {}
        self.entity: list[str] = [""] * len(self.tokens)

    def mentions(self) -> Iterator[LocalMention]:
        """Yield the mentions in text order."""
        self._look()
        found: list[LocalMention] = []
        sentence = -1
        for token in self.tokens:
            if token.is_sent_start:
                sentence += 1
            if token.i in self.taken:
                continue
            mention = self._at(token, sentence)
            if mention is not None:
                found.append(mention)
        yield from found

    def _look(self) -> None:
        """Note children, person names and phrases of several words."""
        phrases = self.index.phrases
        stems: dict[int, str] = {}
        for ent in self.doc.ents:
            for i in range(ent.start, ent.end):
                self.entity[i] = ent.label_
            if ent.label_ == "PER":
                self.persons[ent.start] = (ent.start, ent.end)
        until = -1
        for token in self.tokens:
            i, head = token.i, token.head.i
            if head != i:
                self.children.setdefault(head, []).append(i)
            if i < until:
                continue
            text = token.text
            first = stem(text)
            if first not in phrases:
                continue
            for parts, entry in phrases[first]:
                end = i + len(parts)
                if end <= len(self.tokens) and all(
                    stems.setdefault(j, stem(self.tokens[j].text)) == part
                    for j, part in zip(range(i + 1, end), parts[1:], strict=True)
                ) and any(c.isupper() for c in self.tokens[end - 1].text[:1] + text[:1]):
                    self.phrase_end[i] = (end, entry)
                    until = end
                    break

    def _at(self, token: Token, sentence: int) -> LocalMention | None:
        i = token.i
        if i in self.phrase_end:
            end, entry = self.phrase_end[i]
            self.taken.update(range(i, end))
            head = self._root(i, end)
            if entry.kind in ("seat", "state") and not self._acts(head):
                return self._mention(head, replace(self.reader.entry(entry), kind="place"), sentence, (i, end))
            return self._noun_mention(head, self.reader.entry(entry), sentence, core=(i, end))
        pos = token.pos_
        if pos in ("PRON", "DET", "ADJ"):
            if pos == "PRON" or token.dep_ not in ("det", "amod", "det:poss"):
                return self._pronoun(token, sentence) or (
                    self._nominal(token, sentence) if token.text[0].isupper() and pos != "DET" else None
                )
            return None
        if pos not in NAME_TAGS:
            return None
        if i in self.persons:
            return self._person(i, sentence)
        return self._nominal(token, sentence)

    def _root(self, start: int, end: int) -> Token:
        for i in range(start, end):
            head = self.tokens[i].head.i
            if not start <= head < end or head == i:
                return self.tokens[i]
        return self.tokens[end - 1]

    def _nominal(self, token: Token, sentence: int) -> LocalMention | None:
        text = token.text
        if len(text) < 2:
            return None
        reading = self.reader.noun(text, token.lemma_)
        if reading is None:
            return self._unknown(token, sentence)
        if reading.kind == "media" and token.pos_ != "PROPN" and self.entity[token.i] != "ORG":
            return None
        if reading.kind in ("seat", "state") and not self._acts(token):
            self.taken.add(token.i)
            return self._mention(token, replace(reading, kind="place", how="metonym"), sentence, (token.i, token.i + 1))
        return self._noun_mention(token, reading, sentence, core=(token.i, token.i + 1))

    def _unknown(self, token: Token, sentence: int) -> LocalMention | None:
        label = self.entity[token.i]
        if label not in ("ORG", "LOC") or token.pos_ != "PROPN":
            return None
        i = token.i
        end = i + 1
        while end < len(self.tokens) and self.entity[end] == label and self.doc[end].ent_iob_ == "I":
            end += 1
        self.taken.update(range(i, end))
        kind, how = ("name", "named") if label == "ORG" else ("place", "metonym")
        reading = Reading(kind, None, "", how, "ner", self.doc[i:end].text)  # type: ignore[arg-type]
        return self._mention(self._root(i, end), reading, sentence, (i, end))

    def _acts(self, token: Token) -> bool:
        """Whether a town stands where only somebody who acts can stand."""
        where = self.index.uses["where"]
        weak = self.index.uses["weak-place"]
        for child in self.children.get(token.i, ()):
            if self.tokens[child].dep_ == "case":
                low = self.tokens[child].lower_
                return low not in where and (low not in weak or (low == "aus" and token.dep_ == "nmod"))
        if token.dep_ == "conj":
            return self._acts(token.head)
        if token.i and self.tokens[token.i - 1].lower_ in where:
            return False
        return token.dep_ not in ("appos", "flat", "compound", "ROOT") or token.i != token.head.i

    def _person(self, start: int, sentence: int) -> LocalMention | None:
        _, end = self.persons[start]
        while end - start > 1 and not self.tokens[end - 1].text[0].isalpha():
            end -= 1
        self.taken.update(range(start, end))
        root = self._root(start, end)
        name = self.doc[start:end].text
        reading = Reading("name", None, "", "named", "ner", name)
        parts = [start, end]
        states: tuple[str, ...] = ()
        sector, former = "", False
        for child in self.children.get(root.i, ()):
            token = self.tokens[child]
            if token.dep_ == "appos" and child >= end and token.pos_ in NAME_TAGS and child - end < 12:
                title = self.reader.noun(token.text, token.lemma_)
                if title and title.kind == "person":
                    reading, states, sector, former = self._around(token, title)
                    reading = replace(reading, how="named")
                    break
        else:
            reading, states, sector, former = self._around(root, reading)
        mention = self._mention(root, reading, sentence, (parts[0], parts[1]), states=states, sector=sector)
        return replace(mention, person=name, former=former)

    def _noun_mention(self, token: Token, reading: Reading, sentence: int, core: tuple[int, int]) -> LocalMention:
        reading, states, sector, former = self._around(token, reading)
        start, end = core
        for child in self.children.get(token.i, ()):
            if self.tokens[child].dep_ == "amod" and core[0] - child <= 6:
                start = min(start, child)
        person = ""
        if reading.kind == "person":
            name = self._name_after(token, core[1])
            if name:
                person = self.doc[name[0] : name[1]].text
                if name[0] - end <= 1:
                    end = name[1]
                self.taken.update(range(*name))
        mention = self._mention(token, reading, sentence, (start, end), states=states, sector=sector)
        return replace(mention, person=person, former=former)

    def _name_after(self, token: Token, end: int) -> tuple[int, int] | None:
        """Find the name a title carries: right after it, or in apposition to it."""
        tokens = self.tokens
        if end in self.persons:
            return self._trim(*self.persons[end])
        for child in self.children.get(token.i, ()):
            if child >= end and tokens[child].dep_ == "appos":
                for start in (child, child - 1, child - 2):
                    if start in self.persons and self.persons[start][1] > child:
                        return self._trim(*self.persons[start])
                if child == end and tokens[child].pos_ == "PROPN" and not self.entity[child]:
                    last = child + 1
                    while last < len(tokens) and tokens[last].pos_ == "PROPN" and tokens[last].dep_ == "flat":
                        last += 1
                    return child, last
        return None

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        return start, end

    def _around(self, token: Token, reading: Reading) -> tuple[Reading, tuple[str, ...], str, bool]:
        """Read adjectives, genitives and prepositional phrases of a head; return reading, states, sector, whether former."""
        states: list[str] = []
        sector, former = reading.sector, False
        of = self.index.uses["of"]
        for child in self.children.get(token.i, ()):
            other = self.tokens[child]
            dep = other.dep_
            if dep == "amod":
                for code in self._adjectives(child):
                    if code in SECTORS:
                        if code == "ELI":
                            former = True
                        elif reading.kind in ("person", "body") and (reading.inherit or sector in ("", "CVL", "GOV")):
                            sector = code
                    else:
                        states.append(code)
            elif dep in ("nmod", "nmod:poss", "appos", "compound") and other.pos_ in NAME_TAGS:
                if dep == "appos" and child > token.i + 1 and reading.kind != "person":
                    continue
                inner = self._inner(child)
                if inner is None:
                    continue
                case = self._case(child)
                if inner.kind in ("state", "seat"):
                    if reading.kind in ("person", "body", "thing", "name") and (not case or case in of):
                        states.append(inner.state or "")
                        if child not in self.phrase_end:
                            self.taken.add(child)
                        sector = sector or reading.sector
                elif reading.inherit and (not case or case == "von" or case == "vom"):
                    reading = combine(reading, inner)
                    sector = reading.sector
                    if inner.kind in ("person", "body") and inner.state is None:
                        states += self._around(other, inner)[1]
        return reading, tuple(dict.fromkeys(s for s in states if s)), sector, former

    def _adjectives(self, child: int) -> tuple[str, ...]:
        codes = self.reader.adjective(self.tokens[child].lemma_) or self.reader.adjective(self.tokens[child].lower_)
        for other in self.children.get(child, ()):
            token = self.tokens[other]
            if token.dep_ == "conj" and token.pos_ == "ADJ":
                codes += self.reader.adjective(token.lemma_) or self.reader.adjective(token.lower_)
        return codes

    def _inner(self, child: int) -> Reading | None:
        for i in (child, child - 1, child - 2):
            if i in self.phrase_end and self.phrase_end[i][0] > child:
                return self.reader.entry(self.phrase_end[i][1])
        token = self.tokens[child]
        return self.reader.noun(token.text, token.lemma_)

    def _case(self, child: int) -> str:
        for other in self.children.get(child, ()):
            if self.tokens[other].dep_ == "case":
                return self.tokens[other].lower_
        return ""

    def _pronoun(self, token: Token, sentence: int) -> LocalMention | None:
        low = token.lower_
        pro = self.index.pros.get(low)
        if pro is None or (low == "es" and token.dep_ == "expl"):
            return None
        if pro.kind == "relative" and token.dep_ in ("det", "det:poss"):
            return None
        reading = Reading("pro", None, "", "pronoun", f"actors/pronouns.tsv:{low}", gender=pro.gender, role=pro.kind)
        mention = self._mention(token, reading, sentence, (token.i, token.i + 1))
        return replace(mention, plural=pro.number == "p" or (not pro.number and _plural(token)))

    def _mention(
        self,
        token: Token,
        reading: Reading,
        sentence: int,
        core: tuple[int, int],
        *,
        states: tuple[str, ...] = (),
        sector: str = "",
    ) -> LocalMention:
        self.taken.update(range(*core))
        span = span_of(self.doc[core[0] : core[1]])
        sector = sector or reading.sector
        if not states and reading.state:
            states = (reading.state,)
        elif states and reading.policy == "fixed" and reading.state in BLOCS:
            states = (reading.state or "",)
        evidence = (Evidence("code", reading.rule, span),)
        actors = tuple(
            Actor(span, reading.name, join_code(s, sector), reading.how, reading.entity, evidence) for s in states
        ) or (Actor(span, reading.name, None, reading.how, reading.entity, evidence),)
        owner, definite, pair = None, False, False
        for child in self.children.get(token.i, ()):
            dep = self.tokens[child].dep_
            if dep == "det:poss":
                owner = child
            elif dep == "det" and self.tokens[child].lemma_ in POINTING:
                definite = True
            if self.tokens[child].lower_ in PAIRS and child < token.i:
                pair = True
        return LocalMention(
            token.i,
            span,
            actors,
            reading,
            states=states,
            sector=sector,
            plural=_plural(token),
            definite=definite,
            owner=owner,
            pair=pair,
            subject=token.dep_ in SUBJECTS,
            sentence=sentence,
        )


def _plural(token: Token) -> bool:
    return "Plur" in token.morph.get("Number")
