"""One walk over the article: which tokens head a mention of an actor, what belongs to it, and what its own words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from lagebild.layers.actors.doubtful import SOME, is_deed, is_goods, is_movement, is_paper, is_sole
from lagebild.layers.actors.names import NAME_TAGS, PLACE_KINDS
from lagebild.layers.actors.parts import INSIDE, NOWHERE, Parts
from lagebild.layers.actors.reading import AGED, GROUP_KINDS, LocalMention, Reader, Reading
from lagebild.layers.actors.sheet import Sheet, sheet_of
from lagebild.layers.actors.standing import COUNTED, Standing
from lagebild.layers.earlier import Earlier
from lagebild.rules.actors import BLOCS, Pro, build_index, stem
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.places import PlaceIndex
from lagebild.rules.speech import speech_words

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "ROOT"})
SMALL_WORDS = frozenset({"PRON", "DET", "ADJ", "NUM"})
DOING = frozenset({"group", "org", "party"})
"""Kinds of names that say in a compound who does what its noun says."""
AGE = re.compile(r"(\d+-?[Jj]|[A-ZÄÖÜ][a-zäöü]+j)ährige[rnsm]?$")
COUNTRY = frozenset({"site", "one"})  # policies of nouns that mean a country
NOTHING = Parts()


def make_reader(lexicon: Lexicon) -> Reader:
    """Return the reader over the tables; use through ``lexicon.derived``."""
    return Reader(lexicon.derived(build_index), lexicon.derived(speech_words), lexicon.derived(PlaceIndex))


def find_actors(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[LocalMention]:
    """Yield the mentions of the article in text order, each with its state and sector as far as its own words tell.

    Towns and states told of as places come as mentions of kind ``place``, for the memory of ``resolve.actors`` alone.
    """
    sheet = sheet_of(doc)
    towns = {sheet.token_at(place.span.end - 1): place.country for place in earlier.places if place.country}
    yield from Finder(sheet, lexicon.derived(make_reader), towns).mentions()


class Finder(Standing):
    """The walk over the columns of one doc."""

    def __init__(self, sheet: Sheet, reader: Reader, towns: Mapping[int, str] = NOWHERE):
        super().__init__(sheet, reader, towns)
        self.taken: set[int] = set()

    def mentions(self) -> Iterator[LocalMention]:
        """Yield the mentions in text order."""
        sheet, taken = self.sheet, self.taken
        phrases, persons = self.parts.phrases, self.parts.persons
        for i, pos in enumerate(sheet.pos):
            if i in taken:
                continue
            if i in phrases:
                mention = self._phrase(i)
            elif pos in SMALL_WORDS:
                mention = self._small(i, pos)
            elif pos not in NAME_TAGS:
                continue
            elif i in persons and not self.is_title(i):
                mention = self._person(i)
            elif sheet.lower[i] in self.index.pros:
                mention = self._pronoun(i) or self._nominal(i)
            else:
                mention = self._nominal(i)
            if mention is not None:
                yield mention

    def _phrase(self, i: int) -> LocalMention | None:
        end, entry = self.parts.phrases[i]
        head = self.parts.root(i, end)
        reading = self.reader.entry(entry)
        if reading.kind == "media" and not is_paper(self.sheet, self.reader, head, reading, i, end):
            return None  # "die Welt" is everybody
        self.taken.update(range(i, end))
        if entry.kind in PLACE_KINDS and not self.acts(head):
            return self._place(head, reading, i, end)
        return self._noun_mention(head, reading, i, end, within=range(i, end))

    def _small(self, i: int, pos: str) -> LocalMention | None:
        sheet = self.sheet
        dep, text = sheet.dep[i], sheet.text[i]
        if dep == "det:poss":
            return self._possessive(i)
        if pos != "PRON" and (dep == "det" or dep == "amod" or dep == "nummod"):
            if sheet.lower[i] in self.index.uses["pair"] and self.stands_alone(i):
                return self._pronoun(i)
            return self._adjective(i) if dep == "amod" else None
        found = self._pronoun(i)
        if found is not None:
            return found
        if text[0].isdigit():
            return self._nominal(i) if "-" in text else self._number(i)
        return self._nominal(i) if pos != "DET" and text[0].isupper() else None

    def _number(self, i: int) -> LocalMention | None:
        """Read a number that stands for people told before ("30 votierten dagegen")."""
        if self.sheet.dep[i] not in ("nsubj", "nsubj:pass"):
            return None
        mention = self._mention(i, Reading("pro", None, "", "pronoun", "number", role="count"), i, i + 1, NOTHING)
        mention.plural = True
        return mention

    def _is_actor(self, i: int) -> bool:
        reading = self.reader.noun(self.sheet.text[i], self.sheet.lemma[i])
        tariff = reading is not None and reading.policy == "sole" and not is_sole(self.sheet, i)
        return i in self.parts.phrases or (reading is not None and not tariff)

    def _adjective(self, i: int) -> LocalMention | None:
        """Read an adjective of state on a noun that is no actor ("russische Luftangriffe")."""
        read = self.reader.adjective
        codes = read(self.sheet.lemma[i]) or read(self.sheet.lower[i])
        codes = tuple(code for code in codes if code in self.index.states or code in BLOCS)
        if not codes or self._is_actor(self.sheet.head[i]):
            return None
        for child in self.sheet.children[i]:
            if self.sheet.dep[child] == "conj":
                codes += read(self.sheet.lemma[child]) or read(self.sheet.lower[child])
        reading = Reading("adjective", None, "GOV", "adjective", "actors/states.tsv:" + codes[0])
        return self._mention(i, reading, i, i + 1, Parts(states=codes, sector="GOV"))

    def _possessive(self, i: int) -> LocalMention | None:
        """Read "ihre Freilassung": the word that says whose, where the noun itself is no actor."""
        if self._is_actor(self.sheet.head[i]):
            return None
        owners, low = self.index.owners, self.sheet.lower[i]
        pro = owners.get(low) or owners.get(self.sheet.lemma[i].lower()) or owners.get(stem(low))
        return self._pro(i, pro, plural=False) if pro else None

    def _nominal(self, i: int) -> LocalMention | None:
        sheet, text = self.sheet, self.sheet.text[i]
        if len(text) < 2:
            return None
        reading = self._cut_short(i) if text[-1] == "-" else self.reader.noun(text, sheet.lemma[i])
        if reading is None:
            if (
                text.find("ährige") > 0
                and AGE.match(text)
                and not (sheet.pos[i] == "ADJ" and i + 1 in self.parts.persons)
            ):
                gender = "m" if text.endswith("er") else ""
                reading = Reading("person", None, "CVL", "title", AGED, gender=gender, policy="back")
                some = any(sheet.lemma[child] in SOME for child in sheet.children[i])  # "ein 19-Jähriger"
                return self._mention(i, reading, i, i + 1, Parts(definite=not some))
            return self._whose(i) or self._townspeople(i) or self._unknown(i)
        if reading.kind == "media" and not self.is_medium(i, reading):
            return None
        chamber = reading.sector in ("LEG", "JUD") or reading.name in self.index.rivals
        if reading.kind == "org" and chamber and (sheet.plural(i) or i + 1 in self.parts.persons):
            reading = self.reader.member(sheet.text[i], sheet.lemma[i]) or reading
        if reading.kind in PLACE_KINDS and not self.acts(i):
            return self._place(i, reading, i, i + 1)
        return self._noun_mention(i, reading, i, i + 1)

    def _whose(self, i: int) -> LocalMention | None:
        """Read the group at the head of a compound whose noun is no actor ("US-Luftangriff", "Hamas-Angriff").

        A group does what the noun says; the name of a country tells what it is about, or at whom it is aimed ("Russland-Sanktionen").
        """
        first, _, last = self.sheet.text[i].rpartition("-")
        if not first or not last[:1].isupper():
            return None
        reading = self.reader.noun(first, first)
        if reading is None and first.isupper():
            code = next(iter(self.reader.adjective(first)), None)
            reading = Reading("state", code, "GOV", "adjective", f"actors/states.tsv:{code}") if code else None
        if reading is None or reading.state is None:
            return None
        if reading.kind == "state" and last.lower() in self.index.uses["aimed"] and not first.isupper():
            return self._mention(i, replace(reading, how="metonym"), i, i + 1, NOTHING)
        if reading.kind not in DOING and not first.isupper():
            return None
        states = (reading.state,)
        rule = Reading("adjective", None, reading.sector, "adjective", reading.rule, reading.name, reading.entity)
        return self._mention(i, rule, i, i + 1, Parts(states=states, sector=reading.sector))

    def _townspeople(self, i: int) -> LocalMention | None:
        """Read people called by their town, with an article or a number of their own: "ein Kieler", "zwei Bremer"."""
        sheet = self.sheet
        counted = any(sheet.dep[child] in ("det", "nummod") for child in sheet.children[i])
        if not counted or sheet.entity[i] in ("PER", "ORG") or i + 1 in self.parts.persons:
            return None
        codes = self.reader.townspeople(sheet.text[i])
        if not codes:
            return None
        rule = f"actors/states.tsv:{codes[0]}"
        reading = Reading("demonym", codes[0], "CVL", "named", rule, role=sheet.lower[i])
        return self._noun_mention(i, reading, i, i + 1)

    def _cut_short(self, i: int) -> Reading | None:
        """Read "Nord-" in "Nord- und Südkorea" with the end of the word it is joined to."""
        sheet, first = self.sheet, self.sheet.lower[i][:-1]
        for j in range(i + 1, min(i + 4, sheet.size)):
            for start in range(2, len(sheet.lower[j]) - 3):
                word = first + sheet.lower[j][start:]
                for form in (word, word.removesuffix("s"), word.removesuffix("n")):
                    if form in self.index.words or form in self.index.nouns:
                        return self.reader.noun(form, form)
        return None

    def _unknown(self, i: int) -> LocalMention | None:
        """Take up a name the tables do not know: an organisation, a place, or a surname told before."""
        sheet, surnames = self.sheet, self.parts.surnames
        if sheet.pos[i] == "NOUN" and i + 1 in self.parts.persons and sheet.head[i + 1] == i and self.may_be_title(i):
            reading = Reading("person", None, "CVL", "title", "title-by-name", role=sheet.lemma[i].lower())
            return self._noun_mention(i, reading, i, i + 1)
        surname = sheet.lower[i] in surnames or sheet.lower[i].removesuffix("s") in surnames
        if sheet.dep[i] == "flat" or not (sheet.pos[i] == "PROPN" or surname):
            return None
        label, end = "" if surname else sheet.entity[i], i + 1
        while label and end < sheet.size and sheet.inside[end] and sheet.entity[end] == label:
            end += 1
        while not label and end < sheet.size and sheet.dep[end] == "flat" and sheet.head[end] >= i:
            end += 1
        name = " ".join(sheet.text[i:end])
        if label == "LOC":
            return self._mention(
                self.parts.root(i, end), Reading("place", None, "", "metonym", "ner", name), i, end, NOTHING
            )
        parts = Parts(states=self._states_inside(i, end)) if label == "ORG" else NOTHING
        mention = self._mention(self.parts.root(i, end), Reading("name", None, "", "named", "ner", name), i, end, parts)
        mention.loose = not label
        if not label and end - i > 1:
            mention.person, mention.loose = name, False
        return mention

    def _states_inside(self, start: int, end: int) -> tuple[str, ...]:
        """Return the state that the words of an unknown name tell: "Volksbank Kenias", "Deutscher Ruderbund", "Osloer Museum"."""
        sheet, found = self.sheet, list[str]()
        while start and sheet.inside[start] and sheet.entity[start - 1] == sheet.entity[start]:
            start -= 1  # an adjective at the beginning is read by itself
        for i in range(start, end):
            reading = self.reader.noun(sheet.text[i], sheet.lemma[i])
            if reading is not None and reading.kind in PLACE_KINDS and reading.state:
                found.append(reading.state)
            elif sheet.pos[i] == "ADJ":
                found += [code for code in self.parts.adjectives(i) if code in self.index.states]
            elif i in self.parts.towns:
                found.append(self.parts.towns[i])
        return tuple(found) if len(set(found)) == 1 else ()

    def _place(self, i: int, reading: Reading, start: int, end: int) -> LocalMention:
        return self._mention(i, replace(reading, kind="place", how="metonym"), start, end, NOTHING)

    def _person(self, start: int) -> LocalMention | None:
        end = self.parts.persons[start]
        root = self.parts.root(start, end)
        name = " ".join(self.sheet.text[start:end])
        title = self.parts.title_after(root, end)
        reading, parts = Reading("name", None, "", "named", "ner", name), NOTHING
        if title is not None:
            reading, parts = self.parts.around(*title)
            self.taken |= parts.consumed
            reading = replace(reading, how="named")
        mention = self._mention(root, reading, start, end, parts)
        mention.person = name
        if title is None and self.rules(root):
            mention.sector = "GOV"
        if not mention.sector:
            mention.party = self.parts.party_after(end)
        return mention

    def _noun_mention(
        self, i: int, reading: Reading, start: int, end: int, *, within: range = range(0)
    ) -> LocalMention | None:
        sheet = self.sheet
        reading, parts = self.parts.around(i, reading, within)
        if self.is_one_member(i, reading, parts):
            reading = replace(reading, state=None, sector="GOV", policy="site", default="")
            parts.states, parts.sector, parts.not_state = (), "GOV", "EUR"
        if reading.policy == "told" and not (parts.states or parts.of is not None or reading.state or parts.sector):
            return None
        if reading.policy == "sole" and not is_sole(sheet, i):
            return None
        if reading.role in self.index.uses["deed"] and is_deed(sheet, self.reader, self.parts.towns, i):
            return None
        if reading.role in self.index.uses["front"] and not is_movement(sheet, i):
            return None
        whose = bool(parts.states or parts.of is not None or parts.owner is not None)
        if reading.policy == "goods" and is_goods(sheet, self.reader, i, whose=whose):
            return None
        if (
            reading.policy == "back"
            and reading.kind == "body"
            and not (parts.sector or reading.default)
            and self.has_aim(i)
        ):
            reading, parts.sector = replace(reading, policy="state"), "SOC"
        self.taken |= parts.consumed
        if reading.policy == "named" and (parts.states or parts.of is not None or not self.acts(i)):
            return None
        if reading.kind == "demonym" and parts.definite and not parts.states and self.is_side(i):
            parts.sector = "GOV"
        if reading.state == "-" and reading.kind == "body" and not self.acts(i):
            return None  # "im Westen des Landes"
        if reading.policy == "site" and not self.acts(i):
            return self._mention(i, replace(reading, kind="place", how="metonym"), start, end, parts)
        for child in sheet.children[i]:
            if sheet.dep[child] == "amod" and start - child <= 6:
                start = min(start, child)
        person, name = "", self.parts.name_of(i, end) if reading.kind == "person" else None
        if name is not None:
            person = " ".join(sheet.text[name[0] : name[1]])
            if name[0] - end <= 1:
                end = name[1]
            self.taken.update(range(*name))
        active = sheet.dep[i] == "nsubj" and sheet.pos[sheet.head[i]] == "VERB"
        if active and reading.role in self.index.uses["town"] and not self.is_flock(i):
            parts.sector = "GOV"  # a town that does something is its council and mayor
        if sheet.lower[i] in self.index.uses["men"] and any(sheet.dep[c] == "nummod" for c in sheet.children[i]):
            parts.sector = "MIL"  # "500 Mann", not "500 Männer"
        mention = self._mention(i, reading, start, end, parts)
        mention.person = person
        if name is not None and mention.sector in ("", "CVL"):  # "Frau Ida Moll (SPD)"
            mention.party = self.parts.party_after(name[1])
        if not mention.states and reading.role in self.index.uses["mouth"]:
            mention.seated = end < sheet.size and sheet.lower[end] in INSIDE
        mention.named_for = "" if mention.states else self.named_for(i, reading)
        return mention

    def _pronoun(self, i: int) -> LocalMention | None:
        sheet = self.sheet
        low, dep = sheet.lower[i], sheet.dep[i]
        pro = self.index.pros.get(low)
        if pro is None or (low == "es" and dep.startswith("expl") and not self.does(i)):
            return None
        if pro.kind == "relative" and (dep in ("det", "det:poss") or sheet.pos[i] in NAME_TAGS):
            return None
        if pro.kind == "relative" and not self.in_relative(i):
            if pro.gender == "n":
                return None  # "das" takes up what was said, not who
            pro = replace(pro, kind="demonstrative")
        if pro.kind == "count" and dep not in COUNTED:
            return None
        return self._pro(i, pro, plural=pro.number == "p" or (not pro.number and self.plural_pronoun(i)))

    def _pro(self, i: int, pro: Pro, *, plural: bool) -> LocalMention:
        rule = f"actors/pronouns.tsv:{pro.id}"
        reading = Reading("pro", None, "", "pronoun", rule, gender=pro.gender, role=pro.kind)
        mention = self._mention(i, reading, i, i + 1, NOTHING)
        mention.plural = plural
        return mention

    def _mention(self, i: int, reading: Reading, start: int, end: int, parts: Parts) -> LocalMention:
        sheet = self.sheet
        self.taken.update(range(start, end))
        states, sent = parts.states, reading.sector == "MIL"  # "eine internationale Schutztruppe" is somebody's
        if states == ("-",):
            states = _from_anywhere(reading, parts, plural=sheet.plural(i))
        if reading.state and (not states or (states == ("-",) and reading.kind in GROUP_KINDS)):
            states = (reading.state,)
        elif states == ("-",) and reading.policy in ("fixed", "bloc") and (reading.kind == "person" or sent):
            states = (reading.state,) if reading.state else ()
        elif states and reading.policy == "fixed" and reading.state in BLOCS and states != ("-",):
            states = (reading.state or "",)
        dep = sheet.dep[i]
        return LocalMention(
            head=i,
            start=start,
            end=end,
            reading=reading,
            states=states,
            sector=parts.sector or reading.sector,
            plural=sheet.plural(i),
            definite=parts.definite,
            owner=parts.owner,
            of=parts.of,
            former=parts.former,
            pair=parts.pair,
            not_state=parts.not_state,
            quality=parts.quality,
            seated=parts.seated,
            by_town=parts.by_town,
            stated=bool(parts.states),
            subject=dep in SUBJECTS,
            speaker=self.is_source(i, dep),
            sentence=sheet.sentence(i),
        )


def _from_anywhere(reading: Reading, parts: Parts, *, plural: bool) -> tuple[str, ...]:
    """Return whose somebody is whom an adjective calls foreign, Arab, western: a bloc's, or to be told by the article.

    "Das südamerikanische Land" is the one spoken of; "ausländische Kämpfer" are transnational.
    """
    if reading.policy in COUNTRY and parts.definite and not plural:
        return ()
    if reading.policy == "roving" or parts.sector == "REB":
        return ("IMG",)
    if parts.sector == "BUS" and reading.kind == "body":
        return ("MNC",)
    if reading.policy == "fixed" and reading.state == "NGO":
        return ("NGO",)
    return ("-",)
