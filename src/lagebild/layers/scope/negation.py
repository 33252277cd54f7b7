"""Negations that do not deny the word they hang on: they set a phrase right, or stand for a clause that is left out.

"Sie griff nicht die Armee an, sondern die Polizei" tells of an attack, "Rom begrüßte den Plan, Paris nicht" of a
welcome, "Keine Woche nach dem Gipfel griff er an" of an attack. "Sie hat ihn nicht kritisiert, sondern gelobt" denies
the criticism: what is set right there is the verb.
"""

from __future__ import annotations

from lagebild.layers.scope.tree import Tree

BUT = "sondern"
IF_NOT = frozenset(("wenn", "falls", "sofern", "ob"))
NO = frozenset(("kein", "keine", "keinen", "keinem", "keiner", "keines"))
SPANS = frozenset(("sekunde", "minute", "stunde", "viertelstunde", "tag", "woche", "monat", "jahr"))
AFTER = frozenset(("nach", "vor", "später", "danach", "darauf", "zuvor", "davor"))
CLOSING = frozenset((".", ",", ";", "!", "?", "–", "“", "und", "aber"))
VERBS = frozenset(("VERB", "AUX"))
NAMING = frozenset(("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"))
BESIDE = frozenset(("aber", "jedoch", "dagegen", "hingegen", "allerdings", "indes", "selbst", "bisher", "bislang"))


def negates_word(tree: Tree, token: int) -> bool:
    """Whether a negation denies the word it hangs on."""
    return not (
        _stands_for_a_clause(tree, token)
        or _measures(tree, token)
        or _elided(tree, token)
        or (tree.pos[tree.head[token]] in VERBS and sets_phrase_right(tree, token))
    )


def sets_phrase_right(tree: Tree, token: int) -> bool:
    """Whether "sondern" puts another phrase, not another verb, in the place of what ``token`` negates."""
    but = _but(tree, token)
    if but < 0:
        return False
    new = tree.head[but]
    if tree.dep[but] == "cc" and tree.dep[new] == "conj" and new > but:
        old = tree.head[new]
        return tree.pos[old] not in VERBS and (old > token or tree.head[token] == old)
    if any(tree.pos[i] == "VERB" for i in range(token + 1, but)):  # "nicht kritisiert, sondern gelobt"
        return not _verb_follows(tree, but)
    return but + 1 < len(tree.lower) and "VerbForm=Fin" not in tree.morph[but + 1]


def _but(tree: Tree, token: int) -> int:
    """Return the "sondern" that answers a negation, or -1."""
    for i in range(token + 1, len(tree.lower)):
        if tree.start[i] != tree.start[token]:
            return -1
        if tree.lower[i] == BUT:
            return i
    return -1


def _verb_follows(tree: Tree, but: int) -> bool:
    for i in range(but + 1, len(tree.lower)):
        if tree.start[i] != tree.start[but] or tree.pos[i] == "PUNCT":
            return False
        if tree.pos[i] in VERBS:
            return True
    return False


def _stands_for_a_clause(tree: Tree, token: int) -> bool:
    """Whether a negation negates what was said before: "Wenn nicht, werde man beraten"."""
    if token <= tree.start[token] or tree.lower[token - 1] not in IF_NOT:
        return False
    return tree.lower[token + 1 : token + 2] in ([","], [":"], ["–"])


def _measures(tree: Tree, token: int) -> bool:
    """Whether a negation only says how short a time is: "keine Woche nach dem Gipfel"."""
    noun = tree.head[token]
    if tree.lower[token] not in NO or tree.lemma[noun].lower() not in SPANS:
        return False
    return tree.lower[noun + 1 : noun + 2] != [] and tree.lower[noun + 1] in AFTER


def _elided(tree: Tree, token: int) -> bool:
    """Whether a negation ends a clause that has no verb but the one before: "..., Paris aber nicht"."""
    verb, start = tree.head[token], tree.start[token]
    if tree.lower[token] != "nicht" or token == start:
        return False
    if token + 1 < len(tree.lower) and tree.start[token + 1] == start and tree.lower[token + 1] not in CLOSING:
        return False
    first = token - 1
    while first > start and (tree.pos[first] in NAMING or tree.lower[first] in BESIDE):
        first -= 1
    named = any(tree.pos[i] in NAMING for i in range(first + 1, token))
    return named and tree.lower[first] in (",", ";") and start < first and _told_before(tree, verb, first)


def _told_before(tree: Tree, verb: int, comma: int) -> bool:
    """Whether the whole verb complex stands before the comma, in a clause that no subordinate one follows."""
    complex_ = [verb, *(c for c in tree.children[verb] if tree.dep[c] in ("aux", "aux:pass", "cop", "compound:prt"))]
    if verb > comma:  # the negation hangs on the name
        return tree.pos[verb] in NAMING and any(tree.pos[i] in VERBS for i in range(tree.start[verb], comma))
    return tree.pos[verb] in VERBS and all(token < comma for token in complex_)
