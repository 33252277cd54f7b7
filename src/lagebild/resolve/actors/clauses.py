"""What the tree says around a mention, whoever it is: its preposition, its relative clause, the words that hang on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lagebild.layers.actors.reading import LocalMention
from lagebild.layers.actors.sheet import Sheet

CONTROLLED = frozenset({"xcomp", "advcl", "acl"})
TIED = 6  # steps up the tree within which one word hangs on another


def placed(sheet: Sheet, token: int, where: Collection[str]) -> bool:
    """Tell whether a token stands after one of the prepositions of place ``where`` ("in Libyens Hauptstadt")."""
    return any(sheet.dep[child] == "case" and sheet.lower[child] in where for child in sheet.children[token])


def ties_of(sheet: Sheet, head: int, cues: Iterable[tuple[int, str, str]]) -> dict[str, list[str]]:
    """Say of each state named in the sentence whether its word hangs on the mention at ``head``, governs it or shares its verb.

    ``cues`` are token, state and use of each word that names a state.
    """
    above, verb = sheet.columns.above(head, TIED), sheet.verb_of(head)
    ties: dict[str, list[str]] = {}
    for token, state, use in cues:
        if token == head:
            continue
        rel = "over" if token in above else "under" if head in sheet.columns.above(token, TIED) else ""
        if not rel:
            rel = "beside" if sheet.verb_of(token) == verb else "apart"
        ties.setdefault(state, []).append(f"tie:{rel}:{use}")
    return ties


def third_parties(sheet: Sheet, mention: LocalMention) -> frozenset[int]:
    """Return the tokens of the clause's subjects, who are not among the two they speak of ("China rief beide Seiten")."""
    if mention.subject:
        return frozenset()
    verb = sheet.verb_of(mention.head)
    subjects = _subjects(sheet, verb)
    if not subjects and sheet.dep[verb] in CONTROLLED:  # "Japan bot an, zwischen beiden zu vermitteln"
        subjects = _subjects(sheet, sheet.head[verb])
    joined = [c for child in subjects for c in sheet.children[child] if sheet.dep[c] in ("conj", "appos")]
    return frozenset(subjects + joined)


def _subjects(sheet: Sheet, verb: int) -> list[int]:
    return [child for child in sheet.children[verb] if sheet.dep[child] == "nsubj"]


def noun_of_relative(sheet: Sheet, token: int) -> int:
    """Return the noun that the relative clause of a token hangs on."""
    while sheet.dep[token] != "acl" and sheet.head[token] != token:
        token = sheet.head[token]
    return sheet.head[token]
