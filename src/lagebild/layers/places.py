"""Finds places: names, and nouns that name a place by its kind with what is joined to them.

Three steps over one Doc: names (what the entity recogniser calls LOC, and names of the gazetteer it missed), place
nouns with their parts to the left and right ("an der syrisch-türkischen Grenze", "Flughafen von Donezk"), and words
that point back ("dort"). A place leaves here with its words only: ``evidence`` keeps the parts by field (``name``,
``within``, ``kind``, ``anaphor``); what they mean is decided in ``lagebild.resolve.places``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from lagebild.layers.columns import columns_of
from lagebild.layers.earlier import Earlier
from lagebild.records import Evidence, Place, Span
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.places import Known, NounRow, PlaceIndex

WIDE = 100  # thousand inhabitants from which a name stands for its town also where the recogniser is silent
KEPT = 200_000  # spellings
CITY = 500  # ... from which a town outweighs a person of its name
REACH = 5  # how many tokens a name may stand away from the noun it belongs to
TARGETS = frozenset({"obj", "nsubj:pass", "conj", "appos"})
ROLES = frozenset({"obj", "obl", "obl:arg", "nmod", "nsubj:pass", "conj", "appos"})


@dataclass(slots=True)
class Unit:
    """A stretch of tokens [start, end) that is one place, and its parts: its name, and what it lies in."""

    start: int
    end: int
    row: NounRow | None = None
    name: Span | None = None
    within: list[Span] = field(default_factory=list)
    rule: str = "places.name"
    anaphor: bool = False


class _Small(dict[str, str]):
    """The usual spelling of words set in capitals (datelines: BERLIN) or with a typographic apostrophe."""

    def __missing__(self, word: str) -> str:
        usual = word.replace("’", "'")
        if usual.isupper() and len(usual) > 3:
            usual = usual.title()
        self[word] = usual
        return usual


_small = _Small()


class Text:
    """The columns of a Doc that places are read from, and which unit holds each token."""

    def __init__(self, doc: Doc, index: PlaceIndex):
        if len(_small) > KEPT:
            _small.clear()
        columns = columns_of(doc)
        self.columns, self.index = columns, index
        self.words = list(map(_small.__getitem__, columns.text))
        self.tags, self.labels, self.inside = columns.pos, columns.entity, columns.inside
        self.owner: list[Unit | None] = [None] * len(self.words)
        self.persons = frozenset(self._surnames())

    def _surnames(self) -> Iterator[str]:
        """Yield the last words of persons who are named in full: "Bago" after "Ferenc Bago"."""
        labels, inside = self.labels, self.inside
        for at in range(1, len(labels)):
            ends = at + 1 == len(labels) or not inside[at + 1]
            if labels[at] == "PER" and inside[at] and ends and self.tags[at] == "PROPN":
                yield self.words[at].removesuffix("'")

    def add(self, unit: Unit) -> None:
        """Enter a unit; it takes the place of those it holds."""
        self.owner[unit.start : unit.end] = [unit] * (unit.end - unit.start)

    def goes_on(self, at: int) -> bool:
        """Tell whether the token continues the entity of the token before."""
        return at < len(self.inside) and self.inside[at] and not self.is_met(at)

    def is_met(self, at: int) -> bool:
        """Tell whether the surname of an office-holder stands after a town: "traf in Ramallah Abbas"."""
        if not at or self.words[at] not in self.index.surnames or self.labels[at] != "LOC":
            return False
        return bool(self.index.meaning(self.words[at - 1])) and not self.index.phrase(self.words[at - 1 : at + 1])

    def core(self, unit: Unit) -> Span:
        """Return the words by which a unit is looked up: its name, or all of it."""
        return unit.name or self.span(unit.start, unit.end)

    def starting(self, at: int) -> Unit | None:
        """Return the unit that starts at this token."""
        unit = self.owner[at] if 0 <= at < len(self.owner) else None
        return unit if unit is not None and unit.start == at else None

    def span(self, start: int, end: int) -> Span:
        """Return the record span of tokens [start, end)."""
        return self.columns.span(start, end)


def find_places(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Place]:
    """Yield the places in text order; they do not overlap."""
    text = Text(doc, lexicon.derived(PlaceIndex))
    _find_names(text)
    _join_nouns(text)
    _find_containers(text)
    last = None
    for unit in text.owner:
        if unit is not None and unit is not last:
            yield _place(text, unit)
        last = unit


def _place(text: Text, unit: Unit) -> Place:
    whole = text.span(unit.start, unit.end)
    evidence = []
    if unit.name:
        evidence.append(Evidence("name", unit.rule, unit.name))
    evidence += [Evidence("within", unit.rule, part) for part in unit.within]
    if unit.row:
        evidence.append(Evidence("kind", f"nouns.{unit.row.id}", whole))
    if unit.anaphor:
        evidence.append(Evidence("anaphor", unit.rule, whole))
    return Place(span=whole, name=None, precision=unit.row.precision if unit.row else None, evidence=tuple(evidence))


# ---- names


def _find_names(text: Text) -> None:
    index, words, labels = text.index, text.words, text.labels
    interest = index.interest
    at, size = 0, len(words)
    while at < size:
        word = words[at]
        kind = interest.get(word)
        if kind is None:
            kind = index.interest_of(word)
        if kind == "anaphor":
            text.add(Unit(at, at + 1, rule="places.anaphor", anaphor=True))
        elif kind == "name" and (end := _match(words, at, index)) and _is_place(text, at, end):
            rule = "places.entity" if labels[at] == "LOC" else "places.gazetteer"
            text.add(_named(text, at, end, rule))
            at = end
            continue
        elif kind == "name" and _is_led_only(text, at):
            pass
        elif labels[at] == "LOC":
            at = _unknown(text, at)
            continue
        elif text.tags[at] == "PROPN" and not labels[at] and at and words[at - 1] in index.words["unknown"]:
            text.add(_named(text, at, at + 1, "places.locative"))
        at += 1


def _match(words: list[str], at: int, index: PlaceIndex) -> int:
    """Return the end of the longest known name that starts at ``at``, or 0."""
    for tail in index.longer(words[at]):
        end = at + 1 + len(tail)
        if end <= len(words) and all(words[at + 1 + k] == part for k, part in enumerate(tail[:-1])):
            last = words[end - 1]
            if last == tail[-1] or last.rstrip("'’").removesuffix("s") == tail[-1]:
                return end
    return at + 1 if words[at][0].isupper() and index.meaning(words[at]) else 0


def _unknown(text: Text, start: int) -> int:
    """An entity the gazetteer does not know as a whole: a kind noun in it is left to the nouns, the rest is a name."""
    if not text.words[start][0].isalnum() or text.is_met(start):
        return start + 1
    end = start + 1
    while text.goes_on(end):
        end += 1
    kind = text.index.nouns.find(text.words[end - 1])
    if (
        kind
        and end - start == 2
        and text.index.inhabitant(text.words[start])
        and kind.id not in text.index.words["street"]
    ):
        return end  # "Hamburger Flughafen"
    first = start
    while first < end and text.index.nouns.find(text.words[first]):
        first += 1
    if first == end or (end - first == 1 and (text.tags[first] != "PROPN" or text.index.inhabitant(text.words[first]))):
        return end
    if _is_led(text, first):
        text.add(_named(text, first, end, "places.entity"))
    return end


def _is_led(text: Text, start: int) -> bool:
    """Tell whether a preposition, an article or another place leads up to an unknown name; else it is likelier a person."""
    at = start - 1
    while at >= 0 and text.tags[at] in ("ADJ", "NUM", "PUNCT", "CCONJ") and text.words[at] not in (".", ":"):
        at -= 1
    if at < 0:
        return False
    words = text.index.words
    return text.owner[at] is not None or any(text.words[at] in words[use] for use in ("locative", "link", "article"))


def _named(text: Text, start: int, end: int, rule: str) -> Unit:
    """A name with the adjective before it that says where it lies ("pakistanischen Punjab")."""
    unit = Unit(start, end, name=text.span(start, end), rule=rule)
    if start and text.tags[start - 1] == "ADJ" and text.index.described(text.words[start - 1]):
        unit.start = start - 1
        unit.within.append(text.span(start - 1, start))
    return unit


def _is_place(text: Text, start: int, end: int) -> bool:
    """Decide whether a known name means the place here: by the recogniser's label, the tag, and the word before."""
    words, label, tag = text.words, text.labels[start], text.tags[start]
    known = text.index.phrase(words[start:end])
    if not known or (tag == "ADJ" and end - start == 1):
        return False
    best, several = known[0], end - start > 1
    strong = best.source != "gazetteer"
    if not several and (_is_led_only(text, start) or (label != "LOC" and _has_article(text, start, best))):
        return False
    if label == "LOC":
        return several or strong or not text.goes_on(end) or not text.words[end][0].isalpha()
    tight = start > 0 and words[start - 1] in text.index.words["tight"]
    guarded = not several and words[start] in text.index.words["guarded"]
    if best.precision == "river" and not several and _at_water(text, start):
        return True
    if label == "PER":
        return strong and not guarded and (several or tight) and not text.goes_on(start) and not text.goes_on(end)
    if label:
        whole = not text.goes_on(start) and not text.goes_on(end)
        return whole and (tight or best.source == "country" or (strong and best.precision == "building"))
    if guarded:
        bare = start > 0 and words[start - 1] in text.index.words["unknown"]  # no article: no common noun
        return tight and (tag == "PROPN" or (tag == "NOUN" and bare and best.people >= WIDE // 4))
    if several or strong:
        return several or tag in ("PROPN", "NOUN", "X")
    if _beside_name(text, start, end):
        return False
    known_well = best.people >= WIDE or best.seat != ""
    if tag == "NOUN":
        return (tight and known_well) or best.people >= 5 * WIDE or best.seat == "country"
    return tag == "PROPN" and (tight or known_well)


def _is_led_only(text: Text, at: int) -> bool:
    """Tell whether a name means somebody or something else here, because no "in", "nach", "aus" leads up to it.

    Such are the names of the table and the surnames of office-holders and of persons the text names in full:
    "Vertrauen zu Johnson", "ohne Schengen".
    """
    word, index = text.words[at], text.index
    if at and text.words[at - 1] in index.words["tight"]:
        return False
    if word in index.words["led"]:
        return not text.goes_on(at + 1)
    told = word in text.persons or word.removesuffix("s") in text.persons
    if not (told or word in index.surnames) or text.goes_on(at + 1):
        return False
    known = index.phrase([word])
    if not known or known[0].source != "gazetteer":
        return False
    if told:  # a person outweighs all but great towns
        return all(place.seat != "country" and (place.precision != "town" or place.people < CITY) for place in known)
    return known[0].people < CITY and not known[0].seat


def _has_article(text: Text, at: int, known: Known) -> bool:
    """Tell whether an article stands right before the name of a town, which has none: "das Volk der Kikuyu"."""
    before = text.words[at - 1].lower() if at else ""
    return before in text.index.words["article"] and known.source == "gazetteer" and known.precision == "town"


def _at_water(text: Text, start: int) -> bool:
    """Tell whether the words before say that a river is meant: "am Don", "an der Oder"."""
    words, waterside = text.words, text.index.words["waterside"]
    before = words[start - 1] if start else ""
    return before in waterside or (
        start > 1 and before in text.index.words["article"] and words[start - 2] in waterside
    )


def _beside_name(text: Text, start: int, end: int) -> bool:
    return (start > 0 and text.tags[start - 1] == "PROPN") or (end < len(text.tags) and text.tags[end] == "PROPN")


def _find_containers(text: Text) -> None:
    """Note what a named place lies in: "Alexandria im US-Bundesstaat Virginia", "Victoria, der Hauptstadt der Seychellen"."""
    inside, articles = text.index.words["inside"], text.index.words["article"]
    last = None
    for at, unit in enumerate(text.owner):
        if unit is None or unit is last or unit.name is None or unit.end + 1 >= len(text.words):
            continue
        last = unit
        at = unit.end
        if text.words[at] in ("(", ","):
            at += 1
        elif text.words[at] not in inside:
            continue
        for start in range(at, min(at + 4, len(text.words))):
            other = text.starting(start)
            if other is not None:
                if not other.anaphor:
                    unit.within.append(
                        text.core(other) if other.row is None or other.name else text.span(other.start, other.end)
                    )
                break
            if text.words[start] not in inside and text.words[start] not in articles and text.tags[start] != "ADJ":
                break


# ---- nouns


def _join_nouns(text: Text) -> None:
    """Join place nouns with the names about them; from right to left, so that a noun can take a joined one as its part."""
    tags = text.tags
    for at in range(len(tags) - 1, -1, -1):
        if (tags[at] != "NOUN" and tags[at] != "PROPN") or text.owner[at] is not None:
            continue
        row = text.index.nouns.find(text.words[at])
        if row is None or not text.words[at][0].isupper():
            continue
        unit = Unit(at, at + 1, row=row, rule=f"places.{row.relation}")
        if "-" in text.words[at] and row.relation not in ("site", "land"):
            _take_first(text, unit)
        _take_right(text, unit, row)
        _take_left(text, unit, row)
        if _stands(text, unit, row, at):
            text.add(unit)


def _take_first(text: Text, unit: Unit) -> None:
    """The first part of a compound: "Gaza-Grenze", "US-Bundesstaat"."""
    whole = text.span(unit.start, unit.end)
    first = whole.quote.rpartition("-")[0]
    if text.index.meaning(first):
        unit.within.append(Span(whole.start, whole.start + len(first), first))


def _take_right(text: Text, unit: Unit, row: NounRow) -> None:
    at, size, words, index = unit.end, len(text.words), text.words, text.index
    if at >= size:
        return
    direct = text.starting(at)
    if direct is not None and not direct.anaphor:
        genitive = words[direct.end - 1].endswith("s") and not index.named(" ".join(words[direct.start : direct.end]))
        if direct.row is None and not genitive and row.relation in ("is", "site", "capital", "land"):
            unit.name, unit.within = direct.name, [*unit.within, *direct.within]
        else:
            unit.within.append(text.core(direct))
        unit.end = direct.end
        return
    if text.tags[at] == "PROPN" and text.labels[at] not in ("PER", "ORG") and row.relation in ("is", "site"):
        unit.end = at + 1
        while unit.end < size and text.tags[unit.end] == "PROPN" and text.labels[unit.end] == text.labels[at]:
            unit.end += 1
        unit.name = text.span(at, unit.end)
        return
    linked = words[at] in index.words["link"]
    if not linked and words[at] not in index.words["genitive"]:
        return
    for start in range(at + 1, min(at + REACH, size)):
        other = text.starting(start)
        if other is not None and not other.anaphor:
            if linked and row.relation == "land" and words[at] != "von":
                return
            unit.within.append(text.core(other))
            unit.end = other.end
            _take_second(text, unit, row)
            return
        tag = text.tags[start]
        if tag not in ("DET", "ADJ", "ADP", "NOUN") or (tag == "NOUN" and start > at + 2):
            return


def _take_second(text: Text, unit: Unit, row: NounRow) -> None:
    """Borders have two sides: "zwischen Syrien und der Türkei"."""
    if row.relation != "border" or unit.end >= len(text.words) or text.words[unit.end] not in text.index.words["and"]:
        return
    other = text.starting(unit.end + 1) or text.starting(unit.end + 2)
    if other is not None:
        unit.within.append(text.core(other))
        unit.end = other.end


def _take_left(text: Text, unit: Unit, row: NounRow) -> None:
    """Adjectives and a genitive before the noun. At an embassy or a base the adjective says whose it is, not where."""
    words, tags, index = text.words, text.tags, text.index
    at = unit.start - 1
    while at >= 0 and tags[at] in ("ADJ", "PROPN", "NUM", "NOUN"):
        word, other = words[at], text.owner[at]
        if other is not None:
            if not other.anaphor and other.row is None and word.endswith(("s", "'", "’")):
                unit.within.append(text.core(other))
                unit.start = other.start
            return
        if (tags[at] == "ADJ" and (index.described(word) or ("-" in word and index.pair(word)))) or index.inhabitant(
            word
        ):
            if row.id not in index.words["owner"] or tags[at] != "ADJ":
                unit.within.append(text.span(at, at + 1))
        elif tags[at] not in ("ADJ", "NUM"):
            return
        unit.start = at
        at -= 1


def _names_a_body(text: Text, unit: Unit, head: int) -> bool:
    """Tell whether the noun belongs to the name of a body: "Organisation Amerikanischer Staaten", "Eidgenössisches Departement".

    An adjective of a country has a capital only in a name.
    """
    if text.labels[head] == "ORG" and text.inside[unit.start]:
        return True
    first = text.words[unit.start]
    starts = unit.start == 0 or text.tags[unit.start - 1] == "PUNCT"
    adjective = text.tags[unit.start] == "ADJ" and first[0].isupper() and not starts
    return adjective and bool(text.index.described(first)) and not text.index.inhabitant(first) and unit.name is None


def _stands(text: Text, unit: Unit, row: NounRow, head: int) -> bool:
    """Decide whether a place noun is a place here: by what is joined to it, the preposition before it, or its role.

    Institutions (``bare`` is "locative" for a building: Parlament, Botschaft) act as well as they lie somewhere; where
    they are a subject or a genitive they are no place, with or without a name.
    """
    if row.relation in ("is", "land") and _names_a_body(text, unit, head):
        return False
    words, at = text.words, unit.start - 1
    definite = False
    if at >= 0 and text.tags[at] == "DET":
        definite = words[at].lower() in text.index.words["article"]
        at -= 1
    before = words[at] if at >= 0 else ""
    locative = before in text.index.words["tight" if row.id in text.index.words["direction"] else "locative"]
    joined = unit.name is not None or bool(unit.within)
    if joined and (row.relation != "site" or row.bare != "locative"):
        return True
    role = text.columns.dep[head]
    if joined:
        return locative or role in TARGETS
    definite = definite or before.lower() in text.index.words["merged"]
    single = words[head] in (row.id, row.id + "s", row.id + "es") and unit.start == head
    unit.anaphor = definite and single and row.relation in ("is", "land", "capital")
    if row.bare == "no":
        return False
    if locative:
        return True
    return role == "obj" and unit.anaphor if row.bare == "locative" else role in ROLES
