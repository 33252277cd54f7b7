"""Which way a clause looks: back, ahead, or neither. Decides whether "am Montag" is the last or the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

Tense = Literal["past", "future", "present"]
_CLIMB = 6
_PHRASE = 12  # words that may lie between a preposition and a date in its phrase
_CLAUSES = {"ROOT", "conj", "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"}


@dataclass(frozen=True, slots=True)
class Clause:
    """The tense of a clause (None where no finite verb is near) and the lemma of its predicate."""

    tense: Tense | None = None
    lemma: str = ""


def clause_at(doc: Doc, start: int, end: int, ahead: frozenset[str], since: frozenset[str] = frozenset()) -> Clause:
    """Return the clause that holds characters ``start`` to ``end``.

    ``ahead`` are lemmas that look ahead in the present tense (sollen, wollen, planen ...), ``since`` prepositions that
    look back from it: "nach dem Angriff am Freitag ist die Lage unklar".
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return Clause()
    token = span.root
    looks_back = token.dep_ in ("nmod", "obl") and _comes_after(token, since)
    for _ in range(_CLIMB):
        if (tense := _tense_of(token, ahead)) is not None:
            return Clause("past" if looks_back and tense == "present" else tense, token.lemma_)
        if token.head.i == token.i:
            break
        token = token.head
    return Clause()


def _tense_of(head: Token, ahead: frozenset[str]) -> Tense | None:
    parts = [head, *(child for child in head.children if child.dep_ in ("aux", "aux:pass", "cop"))]
    verb = next((token for token in parts if _is(token, "Fin")), None)
    participle = _is(head, "Part")
    if verb is None:
        return "past" if participle and head.pos_ == "VERB" and head.dep_ in _CLAUSES else None
    if "Past" in verb.morph.get("Tense", []) and "Sub" not in verb.morph.get("Mood", []):
        return "past"
    perfect = participle or (verb.lemma_ == "haben" and _is(head, "Inf"))  # "haben verlassen": read as an infinitive
    if perfect and any(part.lemma_ in ("haben", "sein") for part in parts):
        return "past"  # also "soll getötet haben"
    if any(part.lemma_ in ahead for part in parts):
        return "future"
    infinitive = _is(head, "Inf") or any(_is(part, "Inf") for part in parts)
    return "future" if verb.lemma_ == "werden" and infinitive else "present"


def _comes_after(date: Token, since: frozenset[str]) -> bool:
    """Whether a date stands in the phrase of a preposition that looks back; nothing but a phrase lies between them."""
    for token in reversed(date.doc[max(date.sent.start, date.i - _PHRASE) : date.i]):
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            return False
        if token.lower_ in since and token.dep_ == "case" and token.head.i < date.i:
            return True
    return False


def _is(token: Token, form: str) -> bool:
    return form in token.morph.get("VerbForm", [])
