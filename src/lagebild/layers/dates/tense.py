"""Which way a clause looks: back, ahead, or neither. Decides whether "am Montag" is the last or the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from lagebild.layers.columns import Columns, columns_of

Tense = Literal["past", "future", "present"]
_CLIMB = 6
_PHRASE = 12  # words that may lie between a preposition and a date in its phrase
INTENDS = frozenset(("wollen", "sollen"))  # "wollte am Freitag entscheiden": it has not, when the text is written
_AUXILIARY = ("aux", "aux:pass", "cop")
_CLAUSES = {"ROOT", "conj", "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"}


@dataclass(frozen=True, slots=True)
class Clause:
    """The tense of a clause (None where no finite verb is near) and the lemma of its predicate."""

    tense: Tense | None = None
    lemma: str = ""


def clause_at(
    doc: Doc,
    start: int,
    end: int,
    ahead: frozenset[str],
    since: frozenset[str] = frozenset(),
    told: frozenset[str] = frozenset(),
) -> Clause:
    """Return the clause that holds characters ``start`` to ``end``.

    ``ahead`` are lemmas that look ahead in the present tense (sollen, wollen, planen ...), ``since`` prepositions that
    look back from it ("nach dem Angriff am Freitag ist die Lage unklar"), ``told`` nouns behind which they only name
    who says so ("nach Angaben der Bahn fährt am Freitag nichts").
    """
    columns = columns_of(doc)
    first, last = columns.covering(start), columns.covering(end - 1)
    if first is None or last is None:
        return Clause()
    token = columns.highest(first, last + 1)
    if columns.dep[token] == "nmod" and _fills_time_ahead(columns, token):
        return Clause("future", columns.lemma[columns.head[token]])
    looks_back = columns.dep[token] in ("nmod", "obl") and _comes_after(columns, token, since, told)
    for _ in range(_CLIMB):
        if (tense := _tense_of(columns, token, ahead)) is not None:
            return Clause("past" if looks_back and tense == "present" else tense, columns.lemma[token])
        if columns.head[token] == token:
            break
        token = columns.head[token]
    return Clause()


def _tense_of(columns: Columns, head: int, ahead: frozenset[str]) -> Tense | None:
    morph, lemma = columns.morph, columns.lemma
    parts = [head, *[child for child in columns.children[head] if columns.dep[child] in _AUXILIARY]]
    verb = next((token for token in parts if "VerbForm=Fin" in morph[token]), None)
    participle, infinitive = "VerbForm=Part" in morph[head], "VerbForm=Inf" in morph[head]
    if verb is None:
        return "past" if participle and columns.pos[head] == "VERB" and columns.dep[head] in _CLAUSES else None
    infinitive = infinitive or any("VerbForm=Inf" in morph[part] for part in parts)
    if "Tense=Past" in morph[verb] and "Mood=Sub" not in morph[verb]:
        intends = lemma[verb] in INTENDS and infinitive and not participle
        return "future" if intends and not _told_on(columns, head) else "past"
    lemmas = [lemma[part] for part in parts]
    perfect = participle or (lemma[verb] == "haben" and infinitive)  # "haben verlassen": read as an infinitive
    if lemma[verb] == "sollen" and columns.is_due_state(head):
        return "future"
    if perfect and ("haben" in lemmas or "sein" in lemmas):
        return "past"  # also "soll getötet haben"
    if not ahead.isdisjoint(lemmas):
        return "future"
    return "future" if lemma[verb] == "werden" and infinitive else "present"


def _told_on(columns: Columns, head: int) -> bool:
    """Whether what came of it is told beside it: "wollten am Freitag fliehen und wurden gefasst"."""
    conjuncts = [child for child in columns.children[head] if columns.dep[child] == "conj"]
    parts = [part for token in conjuncts for part in (token, *columns.children[token])]
    return any("Tense=Past" in columns.morph[part] and columns.lemma[part] not in INTENDS for part in parts)


def _fills_time_ahead(columns: Columns, date: int) -> bool:
    """Whether a date ends a time that something is set for: "für die Zeit bis Sonntag"."""
    cases = [
        {columns.lower[child] for child in columns.children[token] if columns.dep[child] == "case"}
        for token in (date, columns.head[date])
    ]
    return "bis" in cases[0] and "für" in cases[1]


def _comes_after(columns: Columns, date: int, since: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a date stands in the phrase of a preposition that looks back; nothing but a phrase lies between them."""
    pos, least = columns.pos, columns.starts[columns.sentence[date]]
    for token in range(date - 1, max(least, date - _PHRASE) - 1, -1):
        if pos[token] == "VERB" or pos[token] == "AUX" or pos[token] == "PUNCT":
            return False
        if columns.lower[token] in since and columns.dep[token] == "case" and columns.head[token] < date:
            return columns.lemma[columns.head[token]] not in told
    return False
