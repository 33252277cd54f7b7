"""One walk over the article: which tokens head a mention of an actor, what belongs to it, and what its own words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from lagebild.layers.actors.parts import NAME_TAGS, PartReader, Parts
from lagebild.layers.actors.reading import LocalMention, Reader, Reading, join_code
from lagebild.layers.earlier import Earlier, Mention, span_of
from lagebild.records import Actor, Evidence
from lagebild.rules.actors import BLOCS, build_index, stem
from lagebild.rules.lexicon import Lexicon

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "ROOT"})
PLACE_KINDS = frozenset({"seat", "state"})
SMALL_WORDS = frozenset({"PRON", "DET", "ADJ", "NUM"})
AGE = re.compile(r"\d+-?Jährige[rnsm]?$")


def make_reader(lexicon: Lexicon) -> Reader:
    """Return the reader over the tables; use through ``lexicon.derived``."""
    return Reader(lexicon.derived(build_index))


def find_actors(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Mention]:
    """Yield the mentions of the article in text order, each a ``LocalMention`` with codes as far as its words tell.

    Towns and states told of as places come as mentions of kind ``place``, for the memory of ``resolve.actors`` alone.
    """
    yield from Finder(doc, lexicon.derived(make_reader)).mentions()


class Finder:
    """The walk over one doc."""

    def __init__(self, doc: Doc, reader: Reader):
        self.doc = doc
        self.reader = reader
        self.index = reader.index
        self.parts = PartReader(doc, reader)
        self.tokens = self.parts.tokens
        self.children = self.parts.children
        self.taken: set[int] = set()
        self.sentence = -1

    def mentions(self) -> Iterator[LocalMention]:
        """Yield the mentions in text order."""
        taken = self.taken
        for token in self.tokens:
            if token.is_sent_start:
                self.sentence += 1
            if token.i not in taken:
                mention = self._at(token)
                if mention is not None:
                    yield mention

    def _at(self, token: Token) -> LocalMention | None:
        i, parts = token.i, self.parts
        if i in parts.phrases:
            end, entry = parts.phrases[i]
            self.taken.update(range(i, end))
            head = parts.root(i, end)
            reading = self.reader.entry(entry)
            if entry.kind in PLACE_KINDS and not self._acts(head):
                return self._place(head, reading, i, end)
            return self._noun_mention(head, reading, i, end, within=range(i, end))
        pos = token.pos_
        if pos in SMALL_WORDS:
            return self._small(token, pos)
        if pos not in NAME_TAGS:
            return None
        if i in parts.persons:
            return self._person(i)
        return self._nominal(token)

    def _small(self, token: Token, pos: str) -> LocalMention | None:
        dep = token.dep_
        if dep == "det:poss":
            return self._possessive(token)
        if pos != "PRON" and dep in ("det", "amod", "nummod"):
            return self._adjective(token) if dep == "amod" else None
        found = self._pronoun(token)
        if (found is None and pos != "DET" and token.text[0].isupper()) or (found is None and token.text[0].isdigit()):
            found = self._nominal(token)
        return found

    def _adjective(self, token: Token) -> LocalMention | None:
        """Read an adjective of state on a noun that is no actor ("russische Luftangriffe")."""
        low = token.lower_
        codes = self.reader.adjective(token.lemma_) or self.reader.adjective(low)
        codes = tuple(code for code in codes if len(code) == 3 and code.isupper() and code not in ("REB", "MIL"))
        codes = tuple(code for code in codes if code in self.index.states or code in BLOCS)
        if not codes:
            return None
        head = token.head
        if head.i in self.parts.phrases or self.reader.noun(head.text, head.lemma_) is not None:
            return None
        reading = Reading("adjective", None, "GOV", "adjective", "actors/states.tsv:" + codes[0])
        return self._mention(token, reading, token.i, token.i + 1, Parts(states=codes, sector="GOV"))

    def _possessive(self, token: Token) -> LocalMention | None:
        """Read "ihre Freilassung": the word that says whose, where the noun itself is no actor."""
        head = token.head
        if head.i in self.parts.phrases or self.reader.noun(head.text, head.lemma_) is not None:
            return None
        pro = self.index.owners.get(token.lemma_.lower()) or self.index.owners.get(stem(token.lower_))
        if pro is None:
            return None
        reading = Reading("pro", None, "", "pronoun", f"actors/pronouns.tsv:{pro.id}", gender=pro.gender, role=pro.kind)
        return replace(self._mention(token, reading, token.i, token.i + 1, Parts()), plural=False)

    def _nominal(self, token: Token) -> LocalMention | None:
        text = token.text
        if len(text) < 2:
            return None
        reading = self.reader.noun(text, token.lemma_)
        i = token.i
        if reading is None:
            if AGE.search(text):
                feminine = token.pos_ == "NOUN" and text.endswith("e")
                reading = Reading("person", None, "", "title", "age", gender="" if feminine else "m", policy="back")
                return self._mention(token, reading, i, i + 1, Parts(definite=True))
            return self._unknown(token)
        if reading.kind == "media" and token.pos_ != "PROPN" and self.parts.entity[i] != "ORG":
            return None
        if reading.kind in PLACE_KINDS and not self._acts(token):
            return self._place(token, reading, i, i + 1)
        return self._noun_mention(token, reading, i, i + 1)

    def _unknown(self, token: Token) -> LocalMention | None:
        """Take up a name the tables do not know: an organisation, a place, or a surname told before."""
        i, entity = token.i, self.parts.entity
        surname = token.lower_ in self.parts.surnames or token.lower_.removesuffix("s") in self.parts.surnames
        if token.dep_ == "flat" or not (token.pos_ == "PROPN" or surname):
            return None
        label, end = "" if surname else entity[i], i + 1
        while label and end < len(self.tokens) and entity[end] == label and self.doc[end].ent_iob_ == "I":
            end += 1
        while not label and end < len(self.tokens) and self.tokens[end].dep_ == "flat" and self.tokens[end].head.i >= i:
            end += 1
        kind = "place" if label == "LOC" else "name"
        how = "metonym" if label == "LOC" else "named"
        reading = Reading(kind, None, "", how, "ner", self.doc[i:end].text)  # type: ignore[arg-type]
        mention = self._mention(self.parts.root(i, end), reading, i, end, Parts())
        return replace(mention, loose=not label)

    def _acts(self, token: Token) -> bool:
        """Whether a town or state stands where one who acts stands, and not after a preposition of place."""
        uses = self.index.uses
        case = self.parts.case(token.i)
        if not case and token.dep_ == "conj":
            return self._acts(token.head)
        if not case and token.i and self.tokens[token.i - 1].lower_ in uses["where"]:
            case = self.tokens[token.i - 1].lower_
        if case in uses["where"] or case in uses["weak-place"]:
            if token.head.lemma_ in uses["voice"] and case in ("in", "aus"):
                return True
            if case == "nach" and (token.head.lemma_ in uses["send"] or token.head.head.lemma_ in uses["send"]):
                return True
            return case == "aus" and token.dep_ == "nmod"
        return True

    def _place(self, token: Token, reading: Reading, start: int, end: int) -> LocalMention:
        return self._mention(token, replace(reading, kind="place", how="metonym"), start, end, Parts())

    def _person(self, start: int) -> LocalMention | None:
        end = self.parts.persons[start]
        self.taken.update(range(start, end))
        root = self.parts.root(start, end)
        name = self.doc[start:end].text
        title = self.parts.title_after(root, end)
        reading = Reading("name", None, "", "named", "ner", name)
        parts = Parts()
        if title is not None:
            token, found = title
            reading, parts = self.parts.around(token, found)
            self.taken |= parts.consumed
            reading = replace(reading, how="named")
        mention = self._mention(root, reading, start, end, parts)
        return replace(mention, person=name)

    def _noun_mention(
        self, token: Token, reading: Reading, start: int, end: int, *, within: range = range(0)
    ) -> LocalMention | None:
        reading, parts = self.parts.around(token, reading, within)
        if reading.policy == "told" and not (parts.states or parts.of is not None or reading.state or reading.sector):
            return None
        self.taken |= parts.consumed
        for child in self.children.get(token.i, ()):
            if self.tokens[child].dep_ == "amod" and start - child <= 6:
                start = min(start, child)
        person = ""
        if reading.kind == "person":
            name = self.parts.name_of(token, end)
            if name:
                person = self.doc[name[0] : name[1]].text
                if name[0] - end <= 1:
                    end = name[1]
                self.taken.update(range(*name))
        mention = self._mention(token, reading, start, end, parts)
        return replace(mention, person=person)

    def _pronoun(self, token: Token) -> LocalMention | None:
        low = token.lower_
        pro = self.index.pros.get(low)
        if pro is None or (low == "es" and token.dep_.startswith("expl")):
            return None
        if pro.kind == "relative" and token.dep_ in ("det", "det:poss"):
            return None
        if pro.kind == "count" and token.dep_ not in ("nsubj", "nsubj:pass", "obj", "obl:arg", "obl:agent"):
            return None
        reading = Reading("pro", None, "", "pronoun", f"actors/pronouns.tsv:{low}", gender=pro.gender, role=pro.kind)
        mention = self._mention(token, reading, token.i, token.i + 1, Parts())
        plural = pro.number == "p" or (not pro.number and self._plural_pronoun(token, low))
        return replace(mention, plural=plural)

    def _plural_pronoun(self, token: Token, low: str) -> bool:
        """Tell "sie" the many from "sie" the one: by the verb it is subject of, else by the tagger."""
        if token.dep_.startswith("nsubj"):
            verbs = [token.head] + [self.tokens[c] for c in self.children.get(token.head.i, ())]
            for verb in verbs:
                if "Fin" in verb.morph.get("VerbForm", []):
                    return verb.lower_.endswith("n") or verb.lower_ in ("sind", "seid")
        return "Plur" in token.morph.get("Number", [])

    def _speaks(self, verb: int) -> bool:
        return any(self.tokens[c].dep_ in ("ccomp", "parataxis") for c in self.children.get(verb, ()))

    def _mention(self, token: Token, reading: Reading, start: int, end: int, parts: Parts) -> LocalMention:
        self.taken.update(range(start, end))
        span = span_of(self.doc[start:end])
        sector, states = parts.sector or reading.sector, parts.states
        if not states and reading.state:
            states = (reading.state,)
        elif states and reading.policy == "fixed" and reading.state in BLOCS:
            states = (reading.state or "",)
        evidence = (Evidence("code", reading.rule, span),)
        actors = tuple(
            Actor(span, reading.name, join_code(s, sector), reading.how, reading.entity, evidence) for s in states
        ) or (Actor(span, reading.name, None, reading.how, reading.entity, evidence),)
        return LocalMention(
            token.i,
            span,
            actors,
            reading,
            states=states,
            sector=sector,
            plural="Plur" in token.morph.get("Number", []),
            definite=parts.definite,
            owner=parts.owner,
            of=parts.of,
            former=parts.former,
            pair=parts.pair,
            subject=token.dep_ in SUBJECTS,
            speaker=token.dep_ == "nsubj" and self._speaks(token.head.i),
            sentence=self.sentence,
        )


__all__ = ["Finder", "find_actors", "make_reader", "stem"]
