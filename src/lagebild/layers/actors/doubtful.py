"""Words that mean somebody who acts in some places only: papers named like things ("die Zeit"), customs and tariffs, weapons that are goods, bodies named like deeds."""

from __future__ import annotations

from collections.abc import Container

from lagebild.layers.actors.reading import Reader, Reading
from lagebild.layers.actors.sheet import Sheet

OPENING, CLOSING = frozenset('"„“»«›‹‚‘'), frozenset('"“”»«›‹‘’')
OBJECTS = frozenset({"obj", "iobj", "obl", "obl:arg", "nsubj:pass", "nmod"})
ADDRESSED = frozenset({"iobj", "obj", "obl:arg", "obl"})
DATIVES = frozenset({"der", "dem"})
LIMITS = frozenset({"auf", "bis", "gegen", "für"})
TELLS = frozenset({"drohen", "erklären", "fordern", "lehnen", "ablehnen", "kämpfen", "sagen", "verlangen", "warnen"})
SOME = frozenset({"ein", "kein", "mancher", "solcher", "einige", "mehrere"})
MEANS = frozenset({"mit", "mithilfe", "um", "per"})


def is_paper(sheet: Sheet, reader: Reader, i: int, reading: Reading, start: int, end: int) -> bool:
    """Whether a name of a paper that is a common noun too ("die Zeit", "die Welt") stands where a paper stands.

    It is in quotation marks, tells something, is told something, or what it carries is spoken of ("nach Angaben der Zeit").
    """
    name = (reading.name or "").lower().split()
    if not name or name[-1] not in reader.index.uses["common"]:
        return True
    if start and end < sheet.size and sheet.text[start - 1] in OPENING and sheet.text[end] in CLOSING:
        return True
    if any(_limits(sheet, child) for child in sheet.children[i]):
        return False
    dep, head, case = sheet.dep[i], sheet.head[i], sheet.case_of(i)
    if case in reader.index.uses["source"] or case == "gegenüber":
        return True
    if dep == "nmod":
        noun = reader.noun(sheet.text[head], sheet.lemma[head])
        return sheet.lemma[head].lower() in reader.carried or (noun is not None and noun.sector == "JRN")
    if sheet.lemma[head] not in reader.says:
        return False
    told = dep in ADDRESSED and not case and any(sheet.lower[child] in DATIVES for child in sheet.children[i])
    return dep == "nsubj" or told


def _limits(sheet: Sheet, child: int) -> bool:
    """Whether a dependent says which time or world is meant: a genitive, "bis Sonntag", "auf Waren"."""
    if sheet.dep[child] != "nmod":
        return False
    return sheet.case_of(child) in LIMITS or "Case=Gen" in sheet.morph[child]


def is_sole(sheet: Sheet, i: int) -> bool:
    """Whether "Zoll" can be the authority: of it there is only one, and it is on nothing ("einen Zoll auf Stahl")."""
    if sheet.plural(i) or (i + 1 < sheet.size and sheet.lower[i + 1] in LIMITS):
        return False
    for child in sheet.children[i]:
        dep = sheet.dep[child]
        if dep == "nummod" or (dep == "det" and sheet.lemma[child] in SOME):
            return False
        if dep == "nmod" and (sheet.case_of(child) in LIMITS or sheet.lower[child] in ("prozent", "höhe")):
            return False
    return True


def is_deed(sheet: Sheet, reader: Reader, towns: Container[int], i: int) -> bool:
    """Whether a word such as "Verwaltung" tells of what is done: to a thing in the genitive, or under whose lead something is.

    "Die Verwaltung der Grenzübergänge", "unter der Führung des Verbandes", but "die Verwaltung der Stadt".
    """
    if sheet.case_of(i) == "unter":
        return True
    for child in sheet.children[i]:
        if sheet.dep[child] not in ("nmod", "nmod:poss") or child < i or sheet.case_of(child):
            continue
        thing = sheet.pos[child] == "NOUN" and not sheet.entity[child] and child not in towns
        return thing and reader.noun(sheet.text[child], sheet.lemma[child]) is None
    return False


def is_movement(sheet: Sheet, i: int) -> bool:
    """Whether "Front" is a movement with a name or the one told of, and not where armies fight ("an der Front", "Front machen")."""
    if any(sheet.dep[child] in ("appos", "flat") for child in sheet.children[i]):
        return True
    named = any(sheet.dep[child] == "amod" and sheet.text[child][0].isupper() for child in sheet.children[i])
    return named or (sheet.dep[i] == "nsubj" and sheet.lemma[sheet.head[i]] in TELLS)


def is_goods(sheet: Sheet, reader: Reader, i: int, *, whose: bool) -> bool:
    """Whether weapons are what is delivered, asked for or used, and so nobody; ``whose``: words say whose they are."""
    if sheet.dep[i] == "conj" and sheet.head[i] < i and not sheet.case_of(i):
        return is_goods(sheet, reader, sheet.head[i], whose=whose)
    dep, head = sheet.dep[i], sheet.head[i]
    if dep not in OBJECTS:
        return False
    traded = sheet.lemma[head] in reader.index.uses["trade"] or sheet.lemma[head].lower() in reader.index.uses["trade"]
    return traded or (not whose and sheet.case_of(i) in MEANS)
