"""What a figure counts: the noun after it, and the verb that says what happened to those counted."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.layers.columns import Columns
from lagebild.layers.quantities.figures import Phrase
from lagebild.records import Quantity
from lagebild.rules.quantities import CountedNoun, CountingVerb, QuantityTables, Role

REACH = 7  # tokens between a figure and its noun
LARGE = 1_000_000.0  # a bare figure this large after a sum of money is money
CLIMB = 5  # steps from a noun to its verb
SYMBOLS = {"%": ("percent", "%"), "€": ("money", "EUR"), "$": ("money", "USD"), "£": ("money", "GBP")}
MEASURES = ("percent", "money", "distance", "area", "weight", "volume", "power", "temperature")
SHARES = frozenset(("zwei", "drei", "vier", "fünf", "zehn", "hundert"))  # wholes of shares
_THROUGH = ("ADJ", "ADV", "PART")
_NOUN = ("NOUN", "PROPN")
_VERBAL = ("VERB", "AUX")
_WITHIN = ("conj", "nummod", "appos", "flat", "compound", "amod", "det", "advmod")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in what unit, up to which token, and the token that decided."""

    what: str
    unit: str | None
    end: int
    cue: int | None = None
    rule: str = ""


Happened = tuple[CountingVerb, int]
"""What happened, and the token that says so."""


def counted(columns: Columns, phrase: Phrase, tables: QuantityTables, last: Quantity | None = None) -> Counted | None:
    """Return what ``phrase`` counts, or None where it counts nothing we can name.

    ``last`` is what was counted just before: "die Polizei zählte 12.000" counts the same.
    """
    text, lemma = columns.text, columns.lemma
    if phrase.end < columns.size and (symbol := SYMBOLS.get(text[phrase.end])):
        return Counted(*symbol, phrase.end + 1)
    if phrase.start > 0 and (symbol := SYMBOLS.get(text[phrase.start - 1])):
        return Counted(*symbol, phrase.end)
    if _ends_ratio(columns, phrase):
        return None
    noun = noun_after(columns, phrase, tables)
    if noun is None and (noun := _of_vote(columns, phrase, tables)) is not None:
        return Counted("votes", None, phrase.end, noun)
    if noun is None and (of := number_of(phrase, columns, tables)) is not None:
        row = tables.noun(lemma[of], text[of])
        return Counted(row.what, row.unit or None, phrase.end, of) if row else None
    if noun is None:
        happened = what_happened(columns, phrase.end - 1, tables)
        if happened:
            return Counted(happened[0].what, None, phrase.end, happened[1], happened[0].id)
        return _same_as_last(columns, phrase, tables, last)
    row = tables.noun(lemma[noun], text[noun])
    if noun > phrase.end and _begins_ratio(columns, phrase):
        return _of_ratio(columns, phrase, noun, row, tables)
    if row is None and not lemma[noun].endswith(tuple(tables.words("person_tail"))):
        return Counted("other", lemma[noun], noun + 1)
    if lemma[noun] in tables.words("breach") and _of_a_thing(columns, noun, tables):
        return Counted("other", lemma[noun], noun + 1)
    if row is not None and row.kind in ("measure", "fixed", "thing"):
        return Counted(row.what, row.unit or None, noun + 1, noun)
    happened = participle(columns, phrase, noun, tables) or what_happened(columns, noun, tables)
    if happened and row is not None and row.kind == "captive" and happened[0].what not in ("killed", "injured"):
        happened = None
    if happened:
        return Counted(happened[0].what, None, noun + 1, happened[1], happened[0].id)
    return Counted(row.what, None, noun + 1, noun) if row else Counted("other", lemma[noun], noun + 1)


def _same_as_last(columns: Columns, phrase: Phrase, tables: QuantityTables, last: Quantity | None) -> Counted | None:
    """Return what a bare figure counts: the same as the one before ("die Polizei zählte 12.000", "drei schweben ...")."""
    head = phrase.end - 1
    subject = columns.dep[head].startswith("nsubj")
    if phrase.kind == "plural" and subject:
        return Counted("people", None, phrase.end)
    if last is None or phrase.kind != "figure":
        return None
    teller = _teller(columns, head, tables)
    near = last.span.start >= columns.idx[columns.starts[columns.sentence[head]]]
    if last.what in MEASURES:
        by = phrase.start > 0 and columns.pos[phrase.start - 1] == "ADP"
        by = by or (last.what == "money" and phrase.low is not None and phrase.low >= LARGE)
        return Counted(last.what, last.unit, phrase.end, teller) if near and by else None
    if teller is not None or (near and subject):
        return Counted(last.what, None, phrase.end, teller)
    return None


def _of_vote(columns: Columns, phrase: Phrase, tables: QuantityTables) -> int | None:
    """Return the noun of "432 zu 202 Stimmen" for the first figure."""
    to, other, noun = phrase.end, phrase.end + 1, phrase.end + 2
    if noun >= columns.size or columns.lower[to] not in ("zu", "gegen") or columns.pos[other] != "NUM":
        return None
    row = tables.noun(columns.lemma[noun], columns.text[noun])
    return noun if row is not None and row.what == "votes" else None


def _begins_ratio(columns: Columns, phrase: Phrase) -> bool:
    """Whether the words count some of so many ("vier von fünf Bürgern", "neun von 14 Drohnen")."""
    return columns.lemma[phrase.end] == "von" and columns.pos[phrase.end + 1] == "NUM"


def _ends_ratio(columns: Columns, phrase: Phrase) -> bool:
    """Whether the figure is the whole of which another one is a part."""
    start = phrase.start
    return (
        start > 1 and columns.lower[start - 1] == "von" and columns.pos[start - 2] == "NUM" and phrase.kind == "figure"
    )


def _of_ratio(
    columns: Columns, phrase: Phrase, noun: int, row: CountedNoun | None, tables: QuantityTables
) -> Counted | None:
    """Return what the first figure of a ratio counts; a share of people ("vier von fünf Bürgern") is no number."""
    happened = what_happened(columns, phrase.end - 1, tables)
    share = columns.lower[phrase.end + 1] in SHARES and (row is None or row.kind == "person")
    if row is None or (share and not happened):
        return None if share else Counted("other", columns.lemma[noun], noun + 1)
    if happened and row.kind in ("person", "captive"):
        return Counted(happened[0].what, None, noun + 1, happened[1], happened[0].id)
    return Counted(row.what, row.unit or None, noun + 1, noun)


def _of_a_thing(columns: Columns, noun: int, tables: QuantityTables) -> bool:
    """Whether the noun has a genitive that is nobody: the "Verletzung" of a law or a truce hurts no one."""
    for child in columns.children[noun]:
        cases = [columns.lemma[c] for c in columns.children[child] if columns.dep[c] == "case"]
        if columns.dep[child] != "nmod" or cases not in ([], ["von"]) or columns.pos[child] != "NOUN":
            continue
        row = tables.noun(columns.lemma[child], columns.text[child])
        person = row is not None and row.kind in ("person", "captive", "fixed")
        return not person and not columns.lemma[child].endswith(tuple(tables.words("person_tail")))
    return False


def noun_after(columns: Columns, phrase: Phrase, tables: QuantityTables) -> int | None:
    """Return the noun counted, looking past adjectives, "von" and a genitive article."""
    words, lemmas, lowers, tags = columns.text, columns.lemma, columns.lower, columns.pos
    for index in range(phrase.end, min(phrase.end + REACH, columns.size)):
        text, pos, first = words[index], tags[index], index == phrase.end
        if pos == "NOUN" or (text[:1].isupper() and tables.noun(lemmas[index], text) is not None):
            return index + 1 if _names_a_unit(columns, index, tables) else index
        if pos == "PROPN" or columns.opens(index):
            return None
        if pos in _THROUGH and not (pos == "ADV" and first and tags[columns.head[index]] in _VERBAL):
            continue
        if pos == "VERB" and columns.dep[index] in ("amod", "acl") and "VerbForm=Fin" not in columns.morph[index]:
            continue
        if pos == "DET" and first and lowers[index] in ("der", "dieser", "ihrer", "seiner"):
            continue
        if pos == "NUM" and index == phrase.end + 1 and lowers[phrase.end] in ("der", "von", "den"):
            continue
        if pos == "ADP" and lemmas[index] in ("von", "an") and first:
            continue
        if text in (",", "und", "oder") and index > phrase.end and tags[index - 1] == "ADJ":
            continue
        return None
    return None


def _names_a_unit(columns: Columns, noun: int, tables: QuantityTables) -> bool:
    """Whether a word in capitals is the first of a unit of two: "40 Millionen Deutsche Mark"."""
    unit = noun + 1
    if unit >= columns.size or columns.lemma[noun] not in ("Deutsche", "Deutscher", "deutsch"):
        return False
    row = tables.noun(columns.lemma[unit], columns.text[unit])
    return row is not None and row.what == "money"


def participle(columns: Columns, phrase: Phrase, noun: int, tables: QuantityTables) -> Happened | None:
    """Return what a participle between figure and noun says ("zwölf getötete Soldaten")."""
    for token in range(phrase.end, noun):
        for row in tables.verbs(columns.lemma[token].lower(), "of"):
            return row, token
        for row in tables.verbs(_stem(columns.lower[token]), "of"):
            return row, token
    return None


def _stem(form: str) -> str:
    for ending in ("en", "er", "es", "em", "e"):
        if form.endswith(ending):
            return form[: -len(ending)]
    return form


def what_happened(columns: Columns, token: int, tables: QuantityTables) -> Happened | None:
    """Return what the verb, or the noun of the verb, above ``token`` says happened to it."""
    heads, pos = columns.head, columns.pos
    for _ in range(CLIMB):
        head = heads[token]
        if columns.dep[token] not in _WITHIN or pos[head] in _VERBAL:
            break
        if head == token:
            return None
        token = head
    head = heads[token]
    if head == token:
        return None
    if pos[head] in _NOUN and columns.dep[token] in ("nmod", "obl"):
        rows = tables.verbs(columns.lemma[head], "of")
        return (rows[0], head) if rows else None
    return _of_verb(columns, token, head, tables)


def _of_verb(columns: Columns, token: int, verb: int, tables: QuantityTables) -> Happened | None:
    subject = columns.dep[token].startswith("nsubj")
    if subject and (found := _of_copula(columns, verb, tables)) is not None:
        return found
    sharing = [c for c in columns.children[verb] if columns.dep[c] in ("conj", "xcomp") and _shares(columns, c)]
    for candidate in (verb, *sharing):
        lemma, lower = columns.lemma[candidate], columns.lower[candidate]
        for role in _roles(columns, token, candidate):
            for row in tables.verbs(lemma, role) or tables.verb_of_form(lower, role):
                if not row.with_ or _has(columns, candidate, row.with_):
                    return row, candidate
        if columns.pos[candidate] in ("ADJ", "VERB") and subject and not _did(columns, candidate):
            for row in tables.verbs(lower, "of"):
                return row, candidate
    return None


def _did(columns: Columns, verb: int) -> bool:
    """Whether the subject did it, not to itself: "drei Soldaten haben zwölf Menschen getötet" counts no three killed."""
    below = columns.children[verb]
    return any(columns.lemma[c] == "haben" for c in below) and all(columns.lower[c] != "sich" for c in below)


def _of_copula(columns: Columns, predicate: int, tables: QuantityTables) -> Happened | None:
    for child in columns.children[predicate] if columns.pos[predicate] in ("NOUN", "ADJ") else ():
        if columns.dep[child] == "cop":
            for row in tables.verbs(columns.lemma[child], "subject"):
                if columns.lemma[predicate] in row.with_:
                    return row, predicate
    return None


def _shares(columns: Columns, verb: int) -> bool:
    return not any(columns.dep[child].startswith("nsubj") for child in columns.children[verb])


def _roles(columns: Columns, token: int, verb: int) -> tuple[Role, ...]:
    dep = columns.dep[token]
    if dep == "nsubj:pass" or (dep == "nsubj" and _is_passive(columns, verb)):
        return ("object",)
    if dep == "nsubj":
        return ("subject",)
    if dep == "obj":
        return ("object",)
    if dep == "conj":
        return ("object", "subject")
    if dep == "advmod" and _is_passive(columns, verb) and _shares(columns, verb):
        return ("object",)  # a bare number word ("achtzig wurden verletzt") that the tagger took for an adverb
    return ()


def _is_passive(columns: Columns, verb: int) -> bool:
    participle = "VerbForm=Part" in columns.morph[verb]
    return any(
        columns.dep[child] == "aux:pass" or (participle and columns.lemma[child] == "werden")
        for child in columns.children[verb]
    )


def _teller(columns: Columns, token: int, tables: QuantityTables) -> int | None:
    """Return the verb that tells a bare figure ("sprach von 20")."""
    telling = tables.words("telling")
    for _ in range(CLIMB):
        if columns.lemma[token] in telling or columns.lower[token] in telling:
            return token
        token = columns.head[token]
    return None


def number_of(phrase: Phrase, columns: Columns, tables: QuantityTables) -> int | None:
    """Return the noun counted in "die Zahl der Toten stieg auf 200"."""
    dep, children, counters = columns.dep, columns.children, tables.words("counter")
    head = phrase.end - 1
    for _ in range(CLIMB):
        for child in children[head]:
            if columns.lemma[child] in counters and dep[child].startswith("nsubj"):
                return next((t for t in children[child] if dep[t] == "nmod" and columns.pos[t] == "NOUN"), None)
        if columns.head[head] == head:
            return None
        head = columns.head[head]
    return None


def _has(columns: Columns, verb: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands below the verb, or right above it."""
    waiting, head = [verb], columns.head[verb]
    if columns.lemma[head] in words or columns.text[head] in words:
        return True
    while waiting:
        token = waiting.pop()
        if columns.lemma[token] in words or columns.text[token] in words:
            return True
        waiting += columns.children[token]
    return False
