"""Statements told by a reporting verb: what is said, by whom, to whom.

The content is looked for in this order: a clause that depends on the verb or on its correlate ("darauf, dass ..."),
the clause the verb is told in ("..., sagte er"; "wie er sagte"), and last a noun phrase ("forderte den Abzug").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import AUXILIARIES, SUBJECTS, VERBAL, Tree
from lagebild.rules.speech import PREPOSITIONS, SpeechWords, VerbRow

CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})
LOOSE = frozenset({"parataxis", "conj", "dep", "advcl", "acl", "appos", "obj", "nsubj", "advmod", "discourse"})
PUNCTUATION = frozenset({",", ".", ";", ":", "-", "–", "—", "!", "?", "…", "(", ")"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb found in the text: its token, its row, the tokens that belong to it."""

    index: int
    row: VerbRow
    tokens: frozenset[int]
    passive: bool


def find_cues(tree: Tree, words: SpeechWords) -> Iterator[Cue]:
    """Yield the reporting verbs of the text in order."""
    for index, pos in enumerate(tree.pos):
        if pos not in VERBAL or tree.deps[index] in AUXILIARIES:
            continue
        rows = words.verbs.get(tree.lemmas[index])
        joined = tree.separable(index)
        if joined != tree.lemmas[index]:
            rows = words.verbs.get(joined) or rows
        if rows and (cue := _cue(tree, words, index, rows)):
            yield cue
    if "sein" in words.verbs:
        yield from _predicates(tree, words)


def _predicates(tree: Tree, words: SpeechWords) -> Iterator[Cue]:
    """Yield predicates with a copula: "ist überzeugt", "ist der Meinung"."""
    for row in words.verbs["sein"]:
        for index, lower in enumerate(tree.lower):
            if lower == row.companion and (copula := tree.child(index, "cop")) is not None:
                extra = [c for c in tree.children[index] if tree.deps[c] in ("det", "case", "det:poss")]
                yield Cue(index, row, frozenset([index, copula, *extra]), passive=False)


def _cue(tree: Tree, words: SpeechWords, index: int, rows: tuple[VerbRow, ...]) -> Cue | None:
    children = tree.children[index]
    for row in rows:
        tokens = {index}
        if row.companion:
            found = _companion(tree, index, row.companion)
            if not found:
                continue
            tokens |= found
        if "reflexive" in row.frames and not any(tree.lower[c] in ("sich", "mich", "uns") for c in children):
            continue
        tokens |= {c for c in children if tree.deps[c] in ("compound:prt", "expl:pv") or tree.deps[c] in AUXILIARIES}
        tokens |= {c for c in children if tree.lower[c] in words.groups["correlates"] and tree.pos[c] in ("ADV", "PRON", "PART") and tree.deps[c] not in SUBJECTS}
        if "reflexive" in row.frames:
            tokens |= {c for c in children if tree.lower[c] in ("sich", "mich", "uns")}
        passive = any(tree.deps[c] == "aux:pass" for c in children)
        return Cue(index, row, frozenset(tokens), passive)
    return None


def _companion(tree: Tree, index: int, companion: str) -> set[int]:
    if tree.lemmas[index].startswith(companion):
        return {index}
    for child in tree.children[index]:
        if tree.lower[child] == companion:
            return {child, *(c for c in tree.children[child] if tree.deps[c] in ("case", "det"))}
    return set()


def subject(tree: Tree, index: int) -> int | None:
    """Return the subject of a verb, going up through conjuncts and infinitives."""
    for _ in range(6):
        found = tree.child(index, "nsubj", "csubj")
        if found is None and (passive := tree.child(index, "nsubj:pass")) is not None:
            return passive
        if found is not None:
            return found
        if tree.deps[index] in ("conj", "xcomp") and tree.pos[tree.heads[index]] in VERBAL:
            index = tree.heads[index]
        else:
            return None
    return None


def agent(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return who acts in a passive clause ("von der Polizei")."""
    found = tree.child(index, "obl:agent")
    if found is not None:
        return found
    for child in tree.children[index]:
        if tree.deps[child] == "obl" and (case := tree.child(child, "case")) is not None and tree.lower[case] in words.groups["agents"]:
            return child
    return None


def speaker(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the phrase that names who speaks; empty where nobody does."""
    head = agent(tree, cue.index, words) if cue.passive else subject(tree, cue.index)
    if head is None and not cue.passive and tree.forms[cue.index].verb == "Part":
        head = agent(tree, cue.index, words)
    impersonal = head is None or tree.lower[head] == "es"
    if impersonal and not cue.passive:
        head = place_of_report(tree, cue.index, words)
    if head is None:
        return set()
    return tree.noun_phrase(head) - cue.tokens


def place_of_report(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return the phrase that stands for the speaker of "es hieß": "in Moskau", "aus Kreisen", "in dem Bericht"."""
    for child in tree.children[index]:
        if tree.deps[child] in ("obl", "advmod", "nmod", "obl:arg"):
            case = tree.child(child, "case")
            if case is not None and tree.lower[case] in words.groups["evidence_prefixes"] | words.groups["agents"]:
                return child
    return None


def addressee(tree: Tree, cue: Cue, source: set[int]) -> set[int]:
    """Return the phrase that names who is spoken to."""
    if cue.passive and "accusative" in cue.row.frames:
        head = subject(tree, cue.index)
        return tree.noun_phrase(head) if head is not None else set()
    for child in tree.children[cue.index]:
        if child in source or child in cue.tokens:
            continue
        if "accusative" in cue.row.frames and tree.deps[child] == "obj":
            return tree.noun_phrase(child)
        if tree.deps[child] == "obl:arg" and tree.child(child, "case") is None and "dative" in cue.row.frames:
            return tree.noun_phrase(child)
        if tree.deps[child] in ("obl", "obl:arg") and "gegenüber" in (tree.lower[c] for c in tree.children[child]):
            return tree.noun_phrase(child)
    return set()


def content_clauses(tree: Tree, cue: Cue, words: SpeechWords) -> list[int]:
    """Return the heads of the clauses that say what is said, those that depend on the verb or on its correlate."""
    found = []
    for child in tree.children[cue.index]:
        label = tree.deps[child]
        if label in CONTENT:
            found.append(child)
        elif label in ("advcl", "parataxis", "obj", "dep", "acl", "conj") and _looks_said(tree, child, cue.index, words):
            found.append(child)
        elif child in cue.tokens or tree.lower[child] in words.groups["correlates"] or tree.lower[child] in ("dies", "das"):
            found += [c for c in tree.children[child] if tree.deps[c] in ("acl", "ccomp", "xcomp", "advcl", "csubj", "parataxis")]
    return found


def _looks_said(tree: Tree, clause: int, verb: int, words: SpeechWords) -> bool:
    """Tell a content clause behind a loose relation: it starts with dass or ob, or it stands in the Konjunktiv."""
    if any(tree.lower[c] in words.groups["complementisers"] for c in tree.children[clause] if tree.deps[c] == "mark"):
        return True
    finite = tree.finite(clause)
    if finite is None or tree.forms[finite].mood != "Sub" or tree.deps[clause] == "conj":
        return False
    return not any(tree.deps[c] == "mark" for c in tree.children[clause])


def is_inserted(tree: Tree, index: int) -> bool:
    """Tell whether the verb is told inside or after what it reports: "..., sagte er" (the verb comes right after a comma)."""
    before = index - 1
    finite = tree.finite(index)
    if finite is not None:
        before = finite - 1
    if before < 0 or tree.sentence[before] != tree.sentence[index]:
        return False
    return tree.words[before] == "," or tree.words[before] in QUOTE_MARKS or tree.words[before] in "–—-!?"


def trim(tree: Tree, tokens: set[int]) -> set[int]:
    """Drop punctuation at both ends, but keep quotation marks whose partner is inside."""
    ordered = sorted(tokens)
    while ordered and tree.words[ordered[0]] in PUNCTUATION:
        ordered.pop(0)
    while ordered and tree.words[ordered[-1]] in PUNCTUATION:
        ordered.pop()
    return set(ordered)


def stretch(tree: Tree, heads: list[int], without: set[int]) -> set[int]:
    """Return the stretch that the clauses span, without the tokens of the frame; loose ends are trimmed."""
    tokens: set[int] = set()
    for head in heads:
        tokens |= tree.subtree(head)
    if not tokens:
        return tokens
    tokens = set(range(min(tokens), max(tokens) + 1)) - without
    return trim(tree, tokens)


def noun_content(tree: Tree, cue: Cue, source: set[int], heard: set[int]) -> set[int]:
    """Return the noun phrase that is the content: the object, or what a preposition of the frame brings."""
    prepositions = PREPOSITIONS.intersection(cue.row.frames)
    found: set[int] = set()
    for child in tree.children[cue.index]:
        if child in source or child in heard or child in cue.tokens:
            continue
        label = tree.deps[child]
        if label in ("obj", "nsubj:pass") and "object" in cue.row.frames and (label == "obj" or cue.passive):
            found |= tree.subtree(child)
        elif label in ("obl", "obl:arg", "xcomp", "nmod", "advmod", "obj"):
            case = tree.child(child, "case", "mark")
            if case is not None and _preposition(tree, case) in prepositions:
                found |= tree.subtree(child)
    return trim(tree, found)


def _preposition(tree: Tree, case: int) -> str:
    lemma = tree.lemmas[case]
    return lemma if lemma in PREPOSITIONS else tree.lower[case]
