"""Which sentences tell in summary what somebody said (Reported): "Kiew forderte den Abzug der Truppen".

The newspaper quotation corpus annotates a sentence so where it tells what was said rather than that something was: where the
reporting verb is the main verb and the summary most of the sentence, or long enough to hold a content.
"""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.persons import may_speak
from lagebild.layers.speech.phrases import noun_row
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

WHOLE = frozenset({"say", "report", "demand", "announce", "advise", "warn", "accuse", "think"})
LONG = frozenset({"say", "demand", "warn"})
ENOUGH = 6  # words
MOSTLY = 0.7  # share of the sentence's tokens


def is_summary(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a sentence whose main verb tells in summary what somebody said, and which tells hardly anything else."""
    if not item.source or not item.rule.startswith("speech-verb") or tree.deps[item.anchor] not in ("ROOT", "conj"):
        return False
    judged = len(item.message) >= ENOUGH and tree.deps[item.anchor] == "ROOT" and _judges(tree, item)
    if _is_act(tree, words, item.anchor) and not judged:
        return False
    if not any(may_speak(tree, token, words) for token in _heads(tree, item.source)):
        return False
    if any(tree.lower[c] in words.groups["negators"] for c in tree.children[item.anchor]) or _is_place(
        tree, words, item
    ):
        return False
    start, end = tree.bounds[tree.sentence[item.anchor]]
    whole = len(item.message | item.cue | item.source) >= MOSTLY * (end - start)
    if judged or (item.kind in WHOLE and whole):
        return True
    return item.kind in LONG and len(item.message) >= ENOUGH


def _judges(tree: Tree, item: Found) -> bool:
    """Tell a verb that says what it holds its object for: "verurteilte den Anschlag als barbarische Tat"."""
    below = (t for t in item.message if tree.heads[t] == item.anchor)
    return any(tree.lower[c] == "als" for t in below for c in tree.children[t] if c in item.message)


def _heads(tree: Tree, phrase: set[int]) -> list[int]:
    """Return the words of a phrase that hang outside it, with what is joined to them."""
    tops = [t for t in phrase if tree.heads[t] not in phrase or tree.heads[t] == t]
    return tops + [t for t in phrase if tree.deps[t] in ("conj", "appos", "flat") and tree.heads[t] in tops]


def _is_place(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a source that is only where something is said: "In Kuba werden sie Helden genannt"."""
    if tree.lower[min(item.source)] not in words.groups["evidence_prefixes"] - {"aus"}:
        return False
    return all(noun_row(tree, words, t) is None for t in _heads(tree, item.source))


def _is_act(tree: Tree, words: SpeechWords, verb: int) -> bool:
    """Tell a verb by which one rather acts or takes sides ("stufte als Terroristen ein"), but not "nannte als Grund ..."."""
    if not {tree.lemmas[verb], tree.separable(verb)} & words.groups["acts"]:
        return False
    start, end = tree.bounds[tree.sentence[verb]]
    return not any(
        tree.lower[t] == "als" and tree.lemmas[noun].lower().endswith(tuple(words.groups["reasons"]))
        for t in range(start, end - 1)
        for noun in range(t + 1, min(t + 4, end))
        if tree.pos[noun] == "NOUN"
    )
