"""Which verbs stand in the Konjunktiv, and what of a text is told already."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.tree import AUXILIARIES, VERBAL, Tree
from lagebild.rules.speech import SpeechWords


def konjunktiv(tree: Tree, index: int) -> str:
    """Return the tense of a finite verb in the Konjunktiv, else "". A form like "richte" is read by its ending."""
    if tree.lower[index] + "n" == tree.lemmas[index] and not first_person(tree, index):
        return "Pres"
    form = tree.forms[index]
    return form.tense if form.mood == "Sub" else ""


def first_person(tree: Tree, index: int) -> bool:
    """Tell whether "ich" stands beside a verb."""
    return any(tree.lower[c] == "ich" for at in (index, tree.heads[index]) for c in tree.children[at])


def plural(tree: Tree, index: int) -> bool:
    """Tell a plural by its ending (hätten, kämen): the morphology gives verbs no number."""
    return tree.lower[index].endswith("en")


def _weak_past(tree: Tree, index: int) -> bool:
    """Tell a regular past like "stimmte, stimmten", whose Konjunktiv II looks the same: it tells nothing."""
    low, lemma = tree.lower[index], tree.lemmas[index]
    stem = lemma.removesuffix("en") if lemma.endswith("en") else lemma.removesuffix("n")
    return tree.pos[index] == "VERB" and low.removesuffix("n") in (stem + "te", stem + "ete")


def tells(tree: Tree, words: SpeechWords, index: int) -> bool:
    """Tell a finite verb in the Konjunktiv I, or in the plural of the Konjunktiv II that stands for it."""
    if tree.pos[index] not in VERBAL:
        return False
    tense = konjunktiv(tree, index)
    if not tense or first_person(tree, index) or _weak_past(tree, index):
        return False
    return tense == "Pres" or (plural(tree, index) and tree.lower[index] != "dürften")


def main_verb(tree: Tree, number: int) -> int:
    """Return the root of a sentence, or what hangs on the first finite verb where the root has none."""
    start, end = tree.bounds[number]
    root = next((i for i in range(start, end) if tree.deps[i] == "ROOT"), start)
    if tree.finite(root) is not None:
        return root
    for at in range(start, min(end, start + 12)):
        if tree.words[at] == "," or tree.pos[at] == "SCONJ":
            break
        if tree.forms[at].verb == "Fin" and tree.pos[at] in VERBAL:
            above = tree.heads[at]
            return above if tree.deps[at] in AUXILIARIES and tree.finite(above) == at else at
    return root


def told_tokens(found: list[Found]) -> set[int]:
    """Return the tokens that some statement tells already."""
    covered: set[int] = set()
    for item in found:
        if item.clausal:
            covered |= item.message
    return covered
