"""Which way a clause looks: back, ahead, or neither. Decides whether "am Montag" is the last or the next one."""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

Tense = Literal["past", "future", "present"]
_CLIMB = 6
_CLAUSES = {"ROOT", "conj", "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"}


def tense_at(doc: Doc, start: int, end: int, ahead: frozenset[str]) -> Tense | None:
    """Return the tense of the clause that holds characters ``start`` to ``end``; None where no finite verb is near.

    ``ahead`` are lemmas that look ahead in the present tense (sollen, wollen, planen ...).
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    token = span.root
    for _ in range(_CLIMB):
        if (tense := _of_clause(token, ahead)) is not None:
            return tense
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _of_clause(head: Token, ahead: frozenset[str]) -> Tense | None:
    parts = [head, *(child for child in head.children if child.dep_ in ("aux", "aux:pass", "cop"))]
    finite = [token for token in parts if "Fin" in token.morph.get("VerbForm", [])]
    if not finite:
        if head.pos_ == "VERB" and "Part" in head.morph.get("VerbForm", []) and head.dep_ in _CLAUSES:
            return "past"
        return None
    verb = finite[0]
    if "Past" in verb.morph.get("Tense", []) and "Sub" not in verb.morph.get("Mood", []):
        return "past"
    lemmas = {token.lemma_ for token in parts}
    participle = "Part" in head.morph.get("VerbForm", [])
    if verb.lemma_ in ("haben", "sein") and participle:
        return "past"
    if lemmas & ahead:
        return "future"
    if verb.lemma_ == "werden" and not participle and verb.pos_ == "AUX" and "Inf" in head.morph.get("VerbForm", []):
        return "future"
    if (
        verb.lemma_ == "werden"
        and participle
        and any(t.lemma_ == "werden" and "Inf" in t.morph.get("VerbForm", []) for t in parts)
    ):
        return "future"
    return "present"
