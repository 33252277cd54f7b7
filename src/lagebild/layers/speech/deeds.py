"""What looks like a statement and is none of its own: deeds told by verbs of saying, and what "wir" say inside a quotation."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.speakers import subject
from lagebild.layers.speech.tree import VERBAL, Tree
from lagebild.rules.speech import SpeechWords

PREDICATIVE = frozenset({"zu", "zum", "zur", "für"})
SPEAKING = frozenset({"ich", "wir"})


def statements_only(tree: Tree, words: SpeechWords, found: list[Found]) -> list[Found]:
    """Leave out summaries that tell a deed, and those that repeat what the quotation around them says."""
    direct = [item.message for item in found if item.form == "Direct"]
    return [item for item in found if not is_deed(tree, words, item) and not _said_around(tree, item, direct)]


def is_deed(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a verb that reports only with a clause or quoted words, but has a noun here: "billigte den Einsatz"."""
    verb = item.anchor
    if item.clausal or tree.pos[verb] not in VERBAL or any(tree.words[t] in QUOTE_MARKS for t in item.message):
        return False
    if _on_condition(tree, words, verb):
        return True
    lemmas = {tree.lemmas[verb], tree.separable(verb)}
    if lemmas & words.groups["done"]:
        return True
    if lemmas & words.groups["declaring"] and any(_predicative(tree, child) for child in tree.children[verb]):
        return True  # "erklärte ihn zum Sieger"
    return bool(lemmas & words.groups["marching"]) and _crowd(tree, verb)


def _on_condition(tree: Tree, words: SpeechWords, verb: int) -> bool:
    """Tell what is said only if something happens: "wenn Kiew den Abzug fordert", "sollte Kiew den Abzug fordern"."""
    opening = (c for c in tree.children[tree.clause(verb)] if c < verb and tree.heads[c] == verb)
    return any(tree.lower[c] in words.groups["conditionals"] and tree.pos[c] in ("SCONJ", "AUX") for c in opening)


def _predicative(tree: Tree, index: int) -> bool:
    """Tell what somebody or something is declared: "zum Sieger", "für ungültig"."""
    return any(tree.lower[c] in PREDICATIVE and tree.deps[c] in ("case", "mark") for c in tree.children[index])


def _crowd(tree: Tree, verb: int) -> bool:
    """Tell people that are counted or many, without a name: "300 Personen protestierten gegen das Gesetz"."""
    head = subject(tree, verb)
    if head is None or tree.pos[head] == "PRON":
        return False
    return tree.pos[head] == "NUM" or (tree.pos[head] == "NOUN" and tree.forms[head].number == "Plur")


def _said_around(tree: Tree, item: Found, direct: list[set[int]]) -> bool:
    """Tell "„Wir verurteilen das Vorgehen“, sagte er": he condemns it by these words, and they are one statement."""
    if item.clausal or len(item.source) != 1 or not any(item.anchor in message for message in direct):
        return False
    return tree.lower[next(iter(item.source))] in SPEAKING


def by_oneself(tree: Tree, found: list[Found]) -> None:
    """Give what "ich" reports inside a quotation to who is quoted: "„Ich habe gesehen, wie ...“, sagte Huber"."""
    quoted = sorted((f for f in found if f.form == "Direct" and f.source), key=lambda f: len(f.message))
    for item in found:
        if {tree.lower[t] for t in item.source} != {"ich"}:
            continue
        around = next((f for f in quoted if f is not item and item.source <= f.message), None)
        if around is not None and not around.source <= item.source:
            item.source, item.carried = set(around.source), True
