"""Repairs relations around a verb that contradict each other: what is passive, and which of two nouns is the subject.

The network chooses each relation by itself, so a verb may come out with the auxiliary of the passive and the subject of
the active, with two subjects, or with a subject in another number than its finite verb. Where words and forms leave
no doubt the relation is changed; heads stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
AUXILIARIES = frozenset(("aux", "aux:pass", "cop"))
NAMED = frozenset(("NOUN", "PROPN", "PRON"))
PLURALS = frozenset(("sind", "waren", "seien", "wären"))
NOMINATIVES = frozenset(("er", "ich", "wir", "man", "wer"))
ACCUSATIVES = frozenset(("den", "diesen", "einen", "ihren", "jeden", "keinen", "seinen", "unseren", "welchen"))
OBLIQUES = ACCUSATIVES | frozenset(("dem", "des", "einem", "eines"))
"""Articles that no subject in the singular has."""
MARKS = frozenset((",", ":", ";", "–", "-", "„", "“", '"', "(", ")"))
COMPARING = frozenset(("als", "wie"))


@dataclass(slots=True)
class Words:
    """The words of some sentences with their annotation; ``head`` is the number of a word, its own at a root."""

    text: Sequence[str]
    pos: Sequence[str]
    morph: Sequence[str]
    lemma_of: Callable[[int], str]
    head: Sequence[int]
    dep: Sequence[str]


def repaired(words: Words) -> Iterator[tuple[int, str]]:
    """Yield the words whose relation contradicts the others of their verb, with the relation they must have."""
    subjects: dict[int, list[int]] = {}
    for k, relation in enumerate(words.dep):
        if relation in SUBJECTS and words.head[k] != k:
            subjects.setdefault(words.head[k], []).append(k)
    if not subjects:
        return
    children: list[list[int]] = [[] for _ in words.head]
    for k, head in enumerate(words.head):
        if head != k:
            children[head].append(k)
    for verb, found in subjects.items():
        yield from _of_verb(words, verb, found, children)


def _of_verb(
    words: Words, verb: int, subjects: Sequence[int], children: Sequence[list[int]]
) -> Iterator[tuple[int, str]]:
    below = children[verb]
    auxiliaries = [k for k in below if words.dep[k] in AUXILIARIES]
    passive = [k for k in auxiliaries if words.dep[k] == "aux:pass"]
    if passive:
        if any(words.lemma_of(k) == "werden" for k in passive) and words.morph[verb] == "VerbForm=Part":
            yield from ((k, "nsubj:pass") for k in subjects if words.dep[k] == "nsubj")
        return
    if words.pos[verb] != "VERB":
        return
    finite = next((k for k in (*auxiliaries, verb) if "VerbForm=Fin" in words.morph[k]), -1)
    if finite == verb or any(words.dep[k] == "aux" and words.lemma_of(k) == "haben" for k in auxiliaries):
        yield from ((k, "nsubj") for k in subjects if words.dep[k] == "nsubj:pass")
    if finite >= 0 and all(words.dep[k] != "cop" for k in auxiliaries):
        yield from _by_number(words, finite, subjects, children, verb)


def _by_number(
    words: Words, finite: int, subjects: Sequence[int], children: Sequence[list[int]], verb: int
) -> Iterator[tuple[int, str]]:
    """Yield which of a verb's two nouns is its object, or that object and subject are to change places."""
    objects = [k for k in children[verb] if words.dep[k] in ("obj", "ccomp")]
    plural = _is_plural(words.text[finite])
    if len(subjects) == 2 and not objects:
        first, second = subjects
        if _one_clause(words, first, second, finite, children):
            loser = _object_of_two(words, first, second, children, plural=plural)
            if loser >= 0:
                yield loser, "obj"
    elif len(subjects) == 1 and len(objects) == 1 and words.dep[objects[0]] == "obj":
        subject, other = subjects[0], objects[0]
        nouns = words.pos[subject] == words.pos[other] == "NOUN"
        if nouns and _number(words, subject) == (not plural) and _number(words, other) == plural:
            joined = any(words.dep[k] == "conj" for k in (*children[subject], *children[other]))
            oblique = any(words.text[k].lower() in OBLIQUES for k in children[other] if words.dep[k] == "det")
            if not joined and (plural or not oblique):
                yield subject, "obj"
                yield other, "nsubj"


def _one_clause(words: Words, first: int, second: int, finite: int, children: Sequence[list[int]]) -> bool:
    """Whether two subjects stand around their verb in one clause, and neither is named with a preposition, "als" or "wie"."""
    if first + 1 == second or not (first < finite < second or finite < first):
        return False
    if any(words.pos[k] not in NAMED for k in (first, second)):
        return False
    if any(words.text[k] in MARKS for k in range(first + 1, second)):
        return False
    below = [k for subject in (first, second) for k in children[subject]]
    return all(words.dep[k] != "case" and words.text[k].lower() not in COMPARING for k in below)


def _object_of_two(words: Words, first: int, second: int, children: Sequence[list[int]], *, plural: bool) -> int:
    """Return the one that cannot be the subject; -1 where the forms do not tell."""
    two = (first, second)
    against = [_disagrees(words, k, children[k], plural=plural) for k in two]
    if against[0] == against[1]:
        against = [_is_accusative(words, k, children[k]) for k in two]
    if against[0] == against[1]:
        against = [not _is_nominative(words, k, children[k]) for k in two]
    return -1 if against[0] == against[1] else first if against[0] else second


def _disagrees(words: Words, k: int, below: Sequence[int], *, plural: bool) -> bool:
    """Whether a noun is not in the number of the finite verb; a name, and one that others are coordinated with, may be in either."""
    joined = any(words.dep[child] == "conj" for child in below)
    return words.pos[k] == "NOUN" and not joined and _number(words, k) == (not plural)


def _is_accusative(words: Words, k: int, below: Sequence[int]) -> bool:
    named = any(words.text[child].lower() in ACCUSATIVES for child in below)
    return "Case=Acc" in words.morph[k] or (named and _number(words, k) is False)


def _is_nominative(words: Words, k: int, below: Sequence[int]) -> bool:
    if words.text[k].lower() in NOMINATIVES:
        return True
    masculine = any(words.text[child].lower() == "der" for child in below if words.dep[child] == "det")
    return masculine and "Case=Nom" in words.morph[k] and _number(words, k) is False


def _number(words: Words, k: int) -> bool | None:
    """Whether a noun is in the plural; None where it has no number."""
    morph = words.morph[k]
    return True if "Number=Plur" in morph else False if "Number=Sing" in morph else None


def _is_plural(form: str) -> bool:
    """Whether a finite form of the third person is in the plural."""
    lower = form.lower()
    return lower in PLURALS or lower.endswith("en")
