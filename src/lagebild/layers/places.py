"""Finds places: names, and nouns that name a place by its kind with what is joined to them.

Three steps over one Doc: names (what the entity recogniser calls LOC, and names of the gazetteer it missed), place
nouns with their parts to the left and right ("an der syrisch-türkischen Grenze", "Flughafen von Donezk"), and words
that point back ("dort"). A place leaves here with its words only: ``evidence`` keeps the parts by field (``name``,
``within``, ``kind``, ``anaphor``); what they mean is decided in ``lagebild.resolve.places``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from lagebild.layers.earlier import Earlier
from lagebild.records import Evidence, Place, Span
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.places import Known, NounRow, PlaceIndex

WIDE = 100  # thousand inhabitants from which a name stands for its town also where the recogniser is silent
REACH = 5  # how many tokens a name may stand away from the noun it belongs to


@dataclass(slots=True)
class Unit:
    """A stretch of tokens [start, end) that is one place, and its parts."""

    start: int
    end: int
    row: NounRow | None = None
    name: tuple[int, int] | None = None
    within: list[tuple[int, int]] = field(default_factory=list)
    rule: str = "places.name"
    anaphor: bool = False


def find_places(doc: Doc, lexicon: Lexicon, earlier: Earlier) -> Iterator[Place]:
    """Yield the places in text order; they do not overlap."""
    index: PlaceIndex = lexicon.derived(PlaceIndex)
    words = [token.text for token in doc]
    units = {unit.start: unit for unit in _names(doc, words, index)}
    _join_nouns(doc, words, index, units)
    for start in sorted(units):
        yield _place(doc, units[start])


def _place(doc: Doc, unit: Unit) -> Place:
    whole = _span(doc, unit.start, unit.end)
    evidence = []
    if unit.name:
        evidence.append(Evidence("name", unit.rule, _span(doc, *unit.name)))
    evidence += [Evidence("within", unit.rule, _span(doc, *part)) for part in unit.within]
    if unit.row:
        evidence.append(Evidence("kind", f"nouns.{unit.row.id}", whole))
    if unit.anaphor:
        evidence.append(Evidence("anaphor", unit.rule, whole))
    return Place(span=whole, name=None, precision=unit.row.precision if unit.row else None, evidence=tuple(evidence))


def _span(doc: Doc, start: int, end: int) -> Span:
    tokens = doc[start:end]
    return Span(tokens.start_char, tokens.end_char, tokens.text)


# ---- names


def _names(doc: Doc, words: Sequence[str], index: PlaceIndex) -> Iterator[Unit]:
    labels = [""] * len(words)
    for entity in doc.ents:
        for i in range(entity.start, entity.end):
            labels[i] = entity.label_
    anaphors = index.words["anaphor"]
    at, size = 0, len(words)
    while at < size:
        word = words[at]
        if word in anaphors:
            yield Unit(at, at + 1, rule="places.anaphor", anaphor=True)
            at += 1
            continue
        end = _match(words, at, index) if word[0].isupper() or index.starts_low(word) else 0
        if end and _is_place(doc, words, labels, at, end, index):
            yield Unit(at, end, name=(at, end), rule="places.entity" if labels[at] == "LOC" else "places.gazetteer")
            at = end
        elif labels[at] == "LOC":
            end = at + 1
            while end < size and labels[end] == "LOC" and doc[end].ent_iob_ == "I":
                end += 1
            yield from _unknown(doc, words, at, end, index)
            at = end
        else:
            at += 1


def _match(words: Sequence[str], at: int, index: PlaceIndex) -> int:
    """Return the end of the longest known name that starts at ``at``, or 0."""
    word = words[at]
    for tail in index.longer(word):
        end = at + 1 + len(tail)
        if end <= len(words) and all(words[at + 1 + k] == part for k, part in enumerate(tail[:-1])):
            last = words[end - 1]
            if last == tail[-1] or last.rstrip("'’").removesuffix("s") == tail[-1]:
                return end
    return at + 1 if index.meaning(word) and word[0].isupper() else 0


def _unknown(doc: Doc, words: Sequence[str], start: int, end: int, index: PlaceIndex) -> Iterator[Unit]:
    """An entity the gazetteer does not know as a whole: a kind noun in it is left to the nouns, the rest is a name."""
    if end - start == 1 and (doc[start].pos_ == "ADJ" or index.inhabitant(words[start])):
        return
    first = start
    while first < end - 1 and index.noun(doc[first].lemma_):
        first += 1
    yield Unit(first, end, name=(first, end), rule="places.entity")


def _is_place(doc: Doc, words: Sequence[str], labels: Sequence[str], start: int, end: int, index: PlaceIndex) -> bool:
    """Decide whether a known name means the place here: by the recogniser's label, the tag, and the word before."""
    label = labels[start]
    known = index.meaning(" ".join(words[start:end]))
    if not known:
        known = index.meaning(" ".join([*words[start : end - 1], words[end - 1].rstrip("'’").removesuffix("s")]))
    best = known[0] if known else None
    if best is None:
        return False
    if doc[start].pos_ == "ADJ" and end - start == 1:
        return False
    if label == "LOC":
        return (
            not (end < len(words) and labels[end] == "LOC" and doc[end].ent_iob_ == "I")
            or end - start > 1
            or _strong(best)
        )
    if label == "PER":
        return False
    whole = (start == 0 or labels[start - 1] != label or doc[start].ent_iob_ == "B") and (
        end == len(words) or doc[end].ent_iob_ != "I"
    )
    tight = start > 0 and words[start - 1] in index.words["tight"]
    if label in ("ORG", "MISC"):
        return whole and (best.source == "country" or tight or best.precision == "building" and best.source == "own")
    if end - start == 1 and words[start] in index.words["guarded"]:
        return tight and doc[start].pos_ == "PROPN"
    if _strong(best) or end - start > 1:
        return doc[start].pos_ in ("PROPN", "NOUN", "ADJ", "X") or end - start > 1
    if doc[start].pos_ != "PROPN" or _beside_name(doc, start, end):
        return False
    return tight or best.people >= WIDE or best.seat != ""


def _strong(known: Known) -> bool:
    return known.source != "gazetteer"


def _beside_name(doc: Doc, start: int, end: int) -> bool:
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    return bool((before is not None and before.pos_ == "PROPN") or (after is not None and after.pos_ == "PROPN"))


# ---- nouns


def _join_nouns(doc: Doc, words: Sequence[str], index: PlaceIndex, units: dict[int, Unit]) -> None:
    """Join place nouns with the names about them; from right to left, so that a noun can take a joined one as its part."""
    ends = {unit.end: start for start, unit in units.items()}
    for at in range(len(words) - 1, -1, -1):
        if not words[at][0].isupper() or at in units:
            continue
        token = doc[at]
        if token.pos_ != "NOUN" and token.pos_ != "PROPN":
            continue
        row = index.noun(token.lemma_) or (index.noun(words[at]) if token.lemma_ != words[at] else None)
        if row is None or _inside(at, units):
            continue
        unit = Unit(at, at + 1, row=row, rule=f"places.{row.relation}")
        _take_right(doc, words, index, units, unit)
        _take_left(doc, words, index, units, ends, unit)
        if unit.name or unit.within or _stands_bare(doc, words, index, unit):
            for start in [s for s in units if unit.start <= s < unit.end]:
                del units[start]
            units[unit.start] = unit


def _inside(at: int, units: dict[int, Unit]) -> bool:
    return any((unit := units.get(start)) is not None and unit.end > at for start in range(max(0, at - 6), at))


def _take_right(doc: Doc, words: Sequence[str], index: PlaceIndex, units: dict[int, Unit], unit: Unit) -> None:
    row = unit.row
    assert row is not None
    at, size = unit.end, len(words)
    if at >= size:
        return
    if (direct := units.get(at)) is not None and not direct.anaphor:
        genitive = not index.named(" ".join(words[direct.start : direct.end])) and words[direct.end - 1].endswith("s")
        if direct.row is None and not genitive and row.relation in ("is", "site", "capital"):
            unit.name = direct.name
        else:
            unit.within.append(_core(direct))
        unit.end = direct.end
        return
    linked = words[at] in index.words["link"]
    if not linked and words[at] not in index.words["article"]:
        return
    for start in range(at + 1, min(at + REACH, size)):
        other = units.get(start)
        if other is not None and not other.anaphor:
            if linked and row.relation in ("is", "land") and words[at] != "von":
                return
            unit.within.append(_core(other))
            unit.end = other.end
            _take_second(words, units, unit)
            return
        if doc[start].pos_ not in ("DET", "ADJ", "ADP", "NOUN") or (doc[start].pos_ == "NOUN" and start > at + 2):
            return


def _take_second(words: Sequence[str], units: dict[int, Unit], unit: Unit) -> None:
    """Borders have two sides: "zwischen Syrien und der Türkei"."""
    if (
        unit.row is None
        or unit.row.relation != "border"
        or unit.end >= len(words)
        or words[unit.end] not in ("und", "zu")
    ):
        return
    for start in (unit.end + 1, unit.end + 2):
        if (other := units.get(start)) is not None:
            unit.within.append(_core(other))
            unit.end = other.end
            return


def _core(unit: Unit) -> tuple[int, int]:
    return unit.name or (unit.start, unit.end)


def _take_left(
    doc: Doc, words: Sequence[str], index: PlaceIndex, units: dict[int, Unit], ends: dict[int, int], unit: Unit
) -> None:
    at = unit.start - 1
    while at >= 0 and doc[at].pos_ in ("ADJ", "PROPN", "NUM", "ADV", "NOUN"):
        word = words[at]
        if at + 1 in ends and ends[at + 1] in units:
            other = units[ends[at + 1]]
            if other.anaphor or other.end != at + 1 or not words[at].endswith(("s", "'", "’")):
                break
            unit.within.append(_core(other))
            unit.start = other.start
            break
        if doc[at].pos_ == "NOUN" and not index.inhabitant(word):
            break
        if index.adjective(word) or "-" in word and _pair(word, index) or index.inhabitant(word):
            unit.within.append((at, at + 1))
            unit.start = at
        elif doc[at].pos_ == "ADJ":
            unit.start = at
        else:
            break
        at -= 1


def _pair(word: str, index: PlaceIndex) -> bool:
    return all(index.adjective(part) for part in word.split("-"))


def _stands_bare(doc: Doc, words: Sequence[str], index: PlaceIndex, unit: Unit) -> bool:
    """Decide whether a place noun without any name is a place: after a locative preposition it is."""
    row = unit.row
    assert row is not None
    at = unit.start - 1
    definite = False
    if at >= 0 and doc[at].pos_ == "DET":
        definite = words[at].lower() in index.words["article"]
        at -= 1
    preposition = at >= 0 and words[at] in index.words["locative"]
    merged = at >= 0 and words[at].lower() in ("im", "am", "zum", "zur", "vom", "beim", "ins", "ans")
    unit.anaphor = (definite or merged) and row.relation in ("is", "land", "capital")
    return preposition and (row.bare or row.relation == "land")
