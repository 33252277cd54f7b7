"""Finds the reporting verbs of a text: by lemma, by form, with a separated particle, with the word that must stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.layers.speech.tree import AUXILIARIES, SUBJECTS, VERBAL, Tree
from lagebild.rules.speech import SpeechWords, VerbRow


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb found in the text: its token, its row, the tokens that belong to it."""

    index: int
    row: VerbRow
    tokens: frozenset[int]
    passive: bool


def find_cues(tree: Tree, words: SpeechWords) -> Iterator[Cue]:
    """Yield the reporting verbs of the text in order; one that only goes with another is none ("ließ erklären")."""
    taken: set[int] = set()
    for index, pos in enumerate(tree.pos):
        if (pos not in VERBAL and (pos != "ADJ" or not _perfect(tree, index))) or tree.deps[index] in AUXILIARIES:
            continue
        rows = _rows(tree, words, index)
        if index not in taken and rows and not _talked_of(tree, index) and (cue := _cue(tree, words, index, rows)):
            taken |= cue.tokens
            yield cue
    yield from _predicates(tree, words)


def _talked_of(tree: Tree, index: int) -> bool:
    """Tell "machte von sich reden": somebody is talked of and says nothing."""
    return tree.lemmas[index] == "reden" and tree.lemmas[tree.heads[index]] == "machen"


def _perfect(tree: Tree, index: int) -> bool:
    """Tell a participle the tagger took for an adjective: "hat sich zu dem Anschlag bekannt"."""
    return any(tree.deps[c] in AUXILIARIES and tree.lemmas[c] == "haben" for c in tree.children[index])


def _rows(tree: Tree, words: SpeechWords, index: int) -> tuple[VerbRow, ...] | None:
    """Look a verb up: with its particle, by its lemma, by its form; a particle that fits no row makes another verb of it."""
    lemma = tree.lemmas[index]
    known = words.forms.get(tree.lower[index], lemma)
    if not any(word in words.verbs or word in words.bases for word in (lemma, known)):
        return None
    split = False
    for child in tree.children[index]:
        particle = tree.lower[child]
        if particle not in words.groups["particles"] or tree.deps[child] in ("case", "mark", "cc"):
            continue
        for base in (lemma, known):
            joined = base if base.startswith(particle) else particle + base
            if joined in words.verbs and (joined != base or tree.deps[child] == "compound:prt"):
                return words.verbs[joined]
        split = split or (tree.deps[child] == "compound:prt" and particle not in words.groups["adverbs_too"])
    if split:
        return None
    return words.verbs.get(lemma) or words.verbs.get(known)


def _predicates(tree: Tree, words: SpeechWords) -> Iterator[Cue]:
    """Yield predicates: "ist überzeugt", "ist der Meinung", "war bekannt geworden"."""
    by_companion = {row.companion: row for verb in ("sein", "werden") for row in words.verbs.get(verb, ())}
    for index, lower in enumerate(tree.lower):
        row = by_companion.get(lower)
        if row is None or tree.deps[index] == "compound:prt":
            continue
        copulas = [c for c in tree.children[index] if tree.deps[c] in AUXILIARIES]
        if any(tree.lemmas[c] in ("sein", "werden") for c in copulas):
            extra = [c for c in tree.children[index] if tree.deps[c] in ("det", "case", "det:poss")]
            yield Cue(index, row, frozenset([index, *copulas, *extra]), passive=False)


def _cue(tree: Tree, words: SpeechWords, index: int, rows: tuple[VerbRow, ...]) -> Cue | None:
    children = tree.children[index]
    own = auxiliaries(tree, index)
    for row in rows:
        tokens = {index}
        if row.companion:
            found = _companion(tree, index, row.companion)
            if not found:
                continue
            tokens |= found
        if row.lemma in words.groups["with_for"] and not row.companion and not _takes_for(tree, index):
            continue  # "hält Ausschau", "im Besitz hält"
        if "reflexive" in row.frames and not any(tree.lower[c] in words.groups["reflexives"] for c in children):
            continue
        if (
            row.lemma in words.groups["unlike_reflexive"]
            and not row.companion
            and any(tree.lower[c] == "sich" for c in children)
        ):
            continue  # "befand sich", "zeigt sich": another verb
        tokens |= {c for c in children if tree.deps[c] == "expl:pv" or c in own}
        tokens |= set([c for c in children if tree.deps[c] == "compound:prt"][:1])  # a second one is of the next clause
        tokens |= {
            c
            for c in children
            if tree.lower[c] in words.groups["correlates"]
            and tree.pos[c] in ("ADV", "PRON", "PART")
            and tree.deps[c] not in SUBJECTS
        }
        if "reflexive" in row.frames:
            tokens |= {c for c in children if tree.lower[c] in words.groups["reflexives"]}
        passive = any(tree.deps[c] == "aux:pass" for c in own) or (not own and _passive_astray(tree, index))
        return Cue(index, row, frozenset(tokens), passive)
    return None


def _passive_astray(tree: Tree, index: int) -> bool:
    """Tell a participle whose "wurde" the parser hung elsewhere: "gelten als reich und wurden dort Räuber | genannt"."""
    if tree.forms[index].verb != "Part":
        return False
    start, _ = tree.bounds[tree.sentence[index]]
    for at in range(index - 1, start, -1):
        if tree.forms[at].verb == "Fin" and tree.pos[at] in VERBAL:
            joined = tree.pos[at - 1] == "CCONJ" and not any(tree.deps[c] in AUXILIARIES for c in tree.children[at])
            return joined and tree.lemmas[at] == "werden" and "," not in (tree.words[at], tree.words[index - 1])
    return False


def _takes_for(tree: Tree, index: int) -> bool:
    """Tell "hält den Plan für klug", "hält es für möglich, dass ...": a preposition "für" in the verb's sentence."""
    start, end = tree.bounds[tree.sentence[index]]
    return any(low in ("für", "dafür") for low in tree.lower[start:end])


def auxiliaries(tree: Tree, index: int) -> list[int]:
    """Return the auxiliaries of a verb; one behind a comma behind the verb is of the next clause, whatever the tree says."""
    found = [c for c in tree.children[index] if tree.deps[c] in AUXILIARIES]
    return [c for c in found if c < index or "," not in tree.words[index:c]]


def _companion(tree: Tree, index: int, companion: str) -> set[int]:
    if tree.lemmas[index].startswith(companion):
        return {index}
    near = [*tree.children[index], *(b for c in tree.children[index] for b in tree.children[c])]
    for child in near:
        if tree.lower[child] == companion:
            return {child, *(c for c in tree.children[child] if tree.deps[c] in ("case", "det"))}
    return set()
