"""What belongs to the head of a mention: adjectives, genitives, prepositional phrases, names, determiners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lagebild.layers.actors.names import NAME_TAGS, PLACE_KINDS, NameReader
from lagebild.layers.actors.reading import AUTHORITY, GROUP_KINDS, Reader, Reading, combine
from lagebild.layers.actors.sheet import Sheet
from lagebild.rules.actors import BLOCS, SECTORS

POINTING = frozenset({"der", "dieser", "jener", "derselbe"})
NOMINAL = frozenset({"nmod", "nmod:poss", "appos", "compound", "flat"})
LEADING = PLACE_KINDS | {"org", "demonym"}  # who leads a coalition lends it his code
OWNED = frozenset({"person", "body", "thing"})
HEADED = frozenset({"unter", "um"})
INSIDE = frozenset({"in", "im"})
NAMED = GROUP_KINDS - {"org"}
BY_TOWN = "places"
ONE_OF = frozenset({"einer", "eine", "eines"})
BODIES = GROUP_KINDS | {"body"}
PARTY_ENDS = frozenset((")", ",", ";", "/"))
SENT = frozenset({"MIL", "COP"})
"""Sectors of those who stay their own state's in a bloc's force."""
PARTS_DEEP = 2  # genitives between somebody and the body he belongs to
PLACELESS = frozenset(("gegen", "mit"))
"""Prepositions that no place stands after, only who acts in its name."""
NOBODYS = frozenset(("LOC", "ORG"))
"""What the network at times takes the surname of an office-holder for ("ein Treffen mit Abbas in Kairo")."""
NOWHERE: Mapping[int, str] = MappingProxyType({})


@dataclass(slots=True)
class Parts:
    """What the words around a head say. ``of`` is the head of the actor it belongs to, to be resolved with the article."""

    states: tuple[str, ...] = ()
    sector: str = ""
    former: bool = False
    definite: bool = False
    pair: bool = False
    not_state: str = ""
    quality: bool = False
    seated: bool = False
    by_town: bool = False
    owner: int | None = None
    of: int | None = None
    consumed: set[int] = field(default_factory=set)


class PartReader(NameReader):
    """Names and person names of one doc, looked up once; what hangs on a head, read when asked.

    ``towns`` holds the country of each place by the token where it ends.
    """

    def __init__(self, sheet: Sheet, reader: Reader, towns: Mapping[int, str] = NOWHERE):
        super().__init__(sheet, reader)
        self.led = reader.led
        self.persons: dict[int, int] = {}
        self.surnames: set[str] = set()
        self.towns = towns
        self._find_persons()

    def _find_persons(self) -> None:
        sheet = self.sheet
        entity, inside, size = sheet.entity, sheet.inside, sheet.size
        for i, label in enumerate(entity):
            if label in NOBODYS and self._is_met(i):
                self.persons[i] = i + 1
            if label == "PER" and not inside[i]:
                end = i + 1
                while end < size and inside[end] and entity[end] == "PER":
                    end += 1
                if end == i + 1 and sheet.lower[i] in self.reader.index.pros:
                    continue  # "Letzterer" is nobody's name
                self.persons[i] = end
                last = sheet.lower[end - 1]
                self.surnames.update((last, last.removesuffix("s")))

    def _is_met(self, i: int) -> bool:
        """Whether it is an office-holder's surname: after a town ("traf in Ramallah Abbas"), or where no place can stand ("mit Abbas in Kairo")."""
        sheet = self.sheet
        if sheet.lower[i] not in self.index.surnames or self.reader.noun(sheet.text[i], sheet.lemma[i]) is not None:
            return False
        if i - 1 in self.towns:
            return True
        alone = not sheet.inside[i] and not (i + 1 < sheet.size and sheet.inside[i + 1])
        return alone and i > 0 and i not in self.towns and sheet.lower[i - 1] in PLACELESS

    def root(self, start: int, end: int) -> int:
        """Return the token of a stretch whose head lies outside it."""
        heads = self.sheet.head
        for i in range(start, end):
            if not start <= heads[i] < end or heads[i] == i:
                return i
        return end - 1

    def adjectives(self, child: int) -> tuple[str, ...]:
        """Return the codes of an adjective and of those joined to it ("russische und ukrainische Soldaten")."""
        sheet, read = self.sheet, self.reader.adjective
        codes = read(sheet.lemma[child]) or read(sheet.lower[child]) or self.reader.townsman(sheet.lemma[child])
        for other in sheet.children[child]:
            if sheet.dep[other] == "conj":
                codes += read(sheet.lemma[other]) or read(sheet.lower[other])
        return codes

    def name_of(self, i: int, end: int) -> tuple[int, int] | None:
        """Find the name a title carries: right after it, or in apposition to it."""
        sheet = self.sheet
        if end in self.persons:
            return end, self.persons[end]
        for child in sheet.children[i]:
            if child < end or sheet.dep[child] != "appos":
                continue
            for start in (child, child - 1, child - 2):
                if self.persons.get(start, -1) > child:
                    return start, self.persons[start]
            if child == end and sheet.pos[child] == "PROPN" and sheet.entity[child] in ("", "PER"):
                last = child + 1
                while last < sheet.size and sheet.pos[last] == "PROPN" and sheet.dep[last] == "flat":
                    last += 1
                return child, last
        return self._name_behind(i)

    def _name_behind(self, i: int) -> tuple[int, int] | None:
        """Find the name right after the body that a title is of: "die Vorsitzende der Partei Ida Moll"."""
        sheet = self.sheet
        if sheet.dep[i] == "appos":
            return None  # "Karim Bahr, der Chef der Partei": it is of a name before
        for child in sheet.children[i]:
            start = child + 1
            if sheet.dep[child] != "nmod" or child < i or sheet.case_of(child) or start not in self.persons:
                continue
            inner, _ = self.inner(child)
            beside = sheet.head[self.root(start, self.persons[start])] in (child, i)
            body = inner is not None and (inner.kind in BODIES or inner.sector == "PTY")
            if beside and body and not sheet.plural(i):
                return start, self.persons[start]
        return None

    def party_after(self, end: int) -> int | None:
        """Return the head of the party in brackets right after a name: "Uwe Rahn (SPD)", "Ida Moll (Bündnis 90/Die Grünen)"."""
        sheet, at = self.sheet, end + 1
        if at >= sheet.size or sheet.text[end] != "(":
            return None
        stop, entry = self.phrases.get(at, (at + 1, None))
        reading = self.reader.entry(entry) if entry else self.reader.noun(sheet.text[at], sheet.lemma[at])
        closed = stop < sheet.size and sheet.text[stop] in PARTY_ENDS
        return self.root(at, stop) if closed and reading is not None and reading.kind == "party" else None

    def title_after(self, root: int, end: int) -> tuple[int, Reading] | None:
        """Find the title that stands in apposition after a name ("Sergej Lawrow, russischer Außenminister")."""
        sheet = self.sheet
        for child in sheet.children[root]:
            if sheet.dep[child] != "appos":
                continue
            if sheet.lower[child] in ONE_OF:  # "Karim Bahr, einer der Anführer"
                child = next((other for other in sheet.children[child] if sheet.dep[other] == "nmod"), child)
            if end <= child < end + 12 and sheet.pos[child] in NAME_TAGS:
                title = self.reader.noun(sheet.text[child], sheet.lemma[child])
                if title and title.kind == "person":
                    return child, title
        return None

    def around(self, i: int, reading: Reading, within: range = range(0)) -> tuple[Reading, Parts]:
        """Read what hangs on the head; return its reading with what it takes over, and the parts.

        ``within`` are the tokens of a name of several words, whose own adjectives say nothing more.
        """
        parts = Parts(sector=reading.sector)
        children = self.sheet.children[i]
        if not children:
            self._take_genitive(i, reading, parts)
            if not parts.states and reading.state is None and (state := self._shared(i)):
                parts.states = (state,)
            return reading, parts
        sheet, states = self.sheet, list[str]()
        pairs = self.index.uses["pair"]
        for child in children:
            if child in within:
                continue
            dep = sheet.dep[child]
            if dep == "amod":
                self._take_adjective(child, reading, parts, states)
                if sheet.lower[child] in pairs:
                    parts.pair = True
                elif sheet.lemma[child] in self.index.uses["own"] and parts.owner is None:
                    parts.owner = child  # "der Schutz der eigenen Bürger"
            elif dep == "det:poss" or self.sheet.lower[child] in self.index.owners:
                parts.owner = child
            elif dep == "det" or dep == "nummod":
                parts.definite = parts.definite or sheet.lemma[child] in POINTING
                parts.pair = parts.pair or (sheet.lower[child] in pairs and child < i)
            elif dep == "acl" and reading.kind == "person":
                states += self._comes_from(child)
            elif dep in NOMINAL and sheet.pos[child] in NAME_TAGS:
                reading = self._take_noun(i, child, reading, parts, states)
        own = [state for state in states if state in self.index.states]
        if own and parts.sector in SENT and (parts.of is not None or len(own) < len(states)):
            states, parts.of = own, None  # "deutsche Soldaten der Nato"
        if states:
            named = [state for state in states if state and state != "-"] or [state for state in states if state]
            parts.states = tuple(dict.fromkeys(named))
        elif parts.owner is None and parts.of is None:
            self._take_genitive(i, reading, parts)
        if not parts.states and reading.state is None and (state := self._shared(i)):
            parts.states = (state,)
        return reading, parts

    def _shared(self, i: int) -> str:
        """Return the state or bloc that a word shares with the one cut short before it: "die US-Außen- und Verteidigungsminister"."""
        text = self.sheet.text
        if i < 2 or self.sheet.pos[i - 1] != "CCONJ" or not text[i - 2].endswith("-"):
            return ""
        first, _, rest = text[i - 2][:-1].partition("-")
        reading = self.reader.noun(first, first) if first and rest else None
        if reading is not None and reading.state and reading.kind in LEADING:
            return reading.state
        return next(iter(self.reader.adjective(first)), "") if first.isupper() and rest else ""

    def _take_genitive(self, i: int, reading: Reading, parts: Parts) -> None:
        """Take the state in the genitive right before or after a noun where the tree hangs it elsewhere.

        "Gestern empfing sie Omans neuen Außenminister", "Lima bestellte den Botschafter Quitos ein".
        """
        if reading.kind not in OWNED or reading.state or reading.policy in ("told", "sides"):
            return
        sheet, at = self.sheet, i - 1
        while at >= max(i - 3, 0) and sheet.pos[at] == "ADJ":
            at -= 1
        for child, free in ((at, self.hangs_wrong(at, i)), (i + 1, self.hangs_wrong(i + 1, i))):
            state = self.genitive(child) if free else ""
            if state and self._beside(reading):
                parts.not_state = state
            elif state:
                parts.states = (state,)
                parts.consumed.add(child)
                return

    def _take_adjective(self, child: int, reading: Reading, parts: Parts, states: list[str]) -> None:
        codes, text = self.adjectives(child), self.sheet.text[child]
        if not codes and text[0].isupper() and (named := self.reader.noun(text, text)):
            codes = (named.state,) if named.state and named.kind in ("state", "org") else ()
        if not codes and self.sheet.lemma[child].lower() in self.index.uses["near"]:
            codes = self._near_to(child)
        if not codes and reading.kind == "person" and self.sheet.lemma[child].lower() in self.index.uses["stem-from"]:
            codes = self._comes_from(child)
        if not codes and self.sheet.lower[child].startswith(self.led):
            own = reading.default or reading.state in BLOCS  # an alliance stays one
            codes = () if own else self._leaders(child)
        if not codes:
            parts.not_state = self.reader.sided(self.sheet.lemma[child])
        for code in codes:
            if code == "ELI":
                parts.former = True
            elif code not in SECTORS:
                states.append(code)
            elif reading.kind in ("person", "body") and (reading.inherit or parts.sector in ("", "CVL", "GOV")):
                parts.sector, parts.quality = code, True

    def _comes_from(self, word: int) -> tuple[str, ...]:
        """Return the states that a verb or participle says somebody is from: "die aus Mali stammen", "aus Mali stammend"."""
        sheet, found = self.sheet, list[str]()
        if sheet.lemma[word].lower() not in self.index.uses["stem-from"]:
            return ()
        for other in sheet.children[word]:
            if sheet.dep[other] in ("obl", "obl:arg") and sheet.case_of(other) == "aus":
                inner = self.inner(other)[0] or self._town(other)
                if inner is not None and inner.state and inner.kind in PLACE_KINDS:
                    found += [inner.state, *self.joined(other)]
        return tuple(found)

    def _near_to(self, child: int) -> tuple[str, ...]:
        """Return whose a group is by whom it is said to be close to: "eine der Hamas nahestehende Gruppe"."""
        for other in self.sheet.children[child]:
            inner, _ = self.inner(other)
            if inner is not None and inner.state and (inner.kind in GROUP_KINDS or inner.kind in PLACE_KINDS):
                return (inner.state,)
        return ()

    def _of_origin(self, child: int, parts: Parts) -> list[str]:
        """Return the states that a noun of origin names by its adjective: "ein Mann libanesischer Herkunft"."""
        found = list[str]()
        for other in self.sheet.children[child]:
            if self.sheet.dep[other] == "amod":
                found += [code for code in self.adjectives(other) if code in self.index.states]
                parts.consumed.add(other)
        return found

    def _leaders(self, child: int) -> tuple[str, ...]:
        """Return whose a force is by who leads it: "die von Saudi-Arabien angeführte Koalition", "saudisch geführt"."""
        sheet, found = self.sheet, list[str]()
        for other in sheet.children[child]:
            inner, _ = self.inner(other)
            if (
                inner is not None
                and inner.state
                and inner.kind in LEADING
                and self.sheet.case_of(other) in ("von", "vom", "")
            ):
                found += [inner.state, *self.joined(other)]
            elif sheet.pos[other] in ("ADJ", "ADV"):
                found += [code for code in self.adjectives(other) if code not in SECTORS]
        return tuple(found)

    def _leads(self, child: int) -> list[str]:
        """Return whose lead it is: "unter Führung der Vereinigten Staaten", "unter saudischem Kommando"."""
        sheet, found = self.sheet, list[str]()
        for other in sheet.children[child]:
            if sheet.dep[other] == "amod":
                found += [code for code in self.adjectives(other) if code not in SECTORS]
            elif sheet.dep[other] in NOMINAL and sheet.pos[other] in NAME_TAGS:
                inner, _ = self.inner(other)
                if inner is not None and inner.state and inner.kind in LEADING:
                    found += [inner.state, *self.joined(other)]
        return found

    def _take_noun(self, i: int, child: int, reading: Reading, parts: Parts, states: list[str]) -> Reading:
        sheet, case = self.sheet, self.sheet.case_of(child)
        dep = sheet.dep[child]
        if dep == "appos" and (child > i + 1 or reading.kind == "person"):
            return reading
        inner, start = self.inner(child)
        if inner is None and dep != "appos":
            inner = self._town(child)
        if (
            case in ("", "mit")
            and reading.kind == "person"
            and reading.sector not in AUTHORITY
            and sheet.lemma[child].lower() in self.index.uses["origin"]
        ):
            states += self._of_origin(child, parts)
            return reading
        if dep != "appos" and self._is_sent_off(child):
            return reading
        if inner is None and case in ("", "von", "vom") and (deeper := self._part_of(child)) >= 0:
            return self._take_noun(i, deeper, reading, parts, states)
        if inner is None:
            near = child == i + 1 and reading.kind == "person"
            known = {sheet.lower[child], sheet.lower[child].removesuffix("s")}
            person = sheet.entity[child] == "PER" or bool(known & self.surnames)
            person = person or (sheet.pos[child] == "PROPN" and reading.kind == "body")
            if person and (case in ("", "von") or self._heads(case, reading)) and not near:
                parts.of = child
            return reading
        if inner.kind in PLACE_KINDS:
            if reading.policy == "told":
                return reading  # "nach Angaben Kiews": Kiew itself is the actor
            tied = not case or (case in self.index.uses["of"] and not states)
            if case in INSIDE and parts.of is not None:
                tied = False  # "die Verwundeten der Rebellen in Gao"
            if tied and case in ("", "von") and dep != "appos" and self._beside(reading):
                parts.not_state = inner.state or ""  # "Russlands Verbündeter" is not Russia
            elif tied and not self._only_there(child, case, reading) and reading.kind not in PLACE_KINDS:
                parts.seated = case in INSIDE and not states and reading.role in self.index.uses["mouth"]
                states.append(inner.state or "")
                parts.by_town = parts.by_town or inner.rule == BY_TOWN
                if dep != "appos":
                    parts.consumed.update(range(start, child + 1))
                states += self.joined(child)
            return reading
        if case == "unter" and sheet.lower[child] in self.index.uses["lead"] and reading.kind != "person":
            states += [state for state in self._leads(child) if state not in states]
            return reading
        if self._heads(case, reading) and inner.kind == "person":
            parts.of = child
            return reading
        if case and case not in ("von", "vom", "bei", "aus"):
            return reading
        if inner.kind in GROUP_KINDS or inner.kind == "building":
            reading = combine(reading, inner)
            parts.sector = reading.sector
            if reading.state:
                states.append(reading.state)
                states += self.joined(child)
        elif self.pairs_inside(child) and inner.role not in self.index.uses["contender"]:
            parts.pair = True
        elif dep != "appos":
            parts.of = child
            if reading.inherit and inner.sector and inner.kind in ("person", "body"):
                reading = combine(reading, inner)
                parts.sector = reading.sector
        return reading

    def _is_sent_off(self, child: int) -> bool:
        """Whether "des Landes" belongs to the verb: "hatte die Inspekteure des Landes verwiesen"."""
        sheet, after = self.sheet, child + 1
        return (
            sheet.lower[child] in self.index.uses["sent-off"]
            and after < sheet.size
            and sheet.lemma[after] in ("verweisen", "verwiesen")
        )

    def _part_of(self, child: int) -> int:
        """Return the body that a part of it in the genitive belongs to: "der Leiter der Abteilung des Europarats"; -1 where none is told.

        The part itself is nobody the tables know; somebody's name is none.
        """
        sheet = self.sheet
        for _ in range(PARTS_DEEP):
            if sheet.pos[child] != "NOUN" or sheet.entity[child] == "PER" or child in self.persons:
                return -1
            below = [
                other
                for other in sheet.children[child]
                if sheet.dep[other] in ("nmod", "nmod:poss") and other > child and not sheet.case_of(other)
            ]
            if not below:
                return -1
            child = below[0]
            if self.inner(child)[0] is not None or sheet.entity[child] == "PER":
                return child
        return -1

    def _town(self, child: int) -> Reading | None:
        """Read a town that the tables of actors do not know by the country it lies in: "der Bürgermeister von Gera"."""
        country, low = self.towns.get(child), self.sheet.lower[child]
        if not country or self.sheet.entity[child] != "LOC" or child in self.persons:
            return None
        if low in self.surnames or low.removesuffix("s") in self.surnames:
            return None
        return Reading("seat", country, "GOV", "metonym", BY_TOWN, self.sheet.text[child])

    def _heads(self, case: str, reading: Reading) -> bool:
        """Whether whom a preposition brings leads a body: "das Kabinett unter Netanjahu", "die Rebellen um General Haftar"."""
        return case in HEADED and (reading.kind == "body" or reading.sector in ("REB", "OPP", "MIL"))

    def _beside(self, reading: Reading) -> bool:
        return reading.kind in ("body", "person") and reading.role in self.index.uses["beside"]

    def pairs_inside(self, child: int) -> bool:
        """Whether "beider" stands with a genitive ("die Präsidenten beider Länder")."""
        lower, pairs = self.sheet.lower, self.index.uses["pair"]
        return any(lower[c] in pairs for c in self.sheet.children[child])

    def _only_there(self, child: int, case: str, reading: Reading) -> bool:
        """Whether a place beside a body is only where it is: "die UN-Truppe im Libanon", "die Botschaft in Kabul"."""
        if case:
            if reading.policy in ("abroad", "bloc") or reading.kind in NAMED:
                return True
            if reading.state in BLOCS:
                return reading.kind == "org" or reading.sector != "JUD"  # "das Tribunal in Dhaka" may be its seat's
            tied = reading.state not in (None, "", "-")
            return case in INSIDE and (tied or reading.policy == "back")
        if reading.state not in BLOCS:
            return False
        sheet = self.sheet  # "hat der Sicherheitsrat Syrien verpflichtet": no genitive
        return not sheet.lower[child].endswith(("s", "x", "z")) and not any(
            sheet.dep[c] == "det" for c in sheet.children[child]
        )
