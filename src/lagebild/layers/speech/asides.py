"""Source clauses that stand aside: "wie die Polizei mitteilte", at either end of a sentence or in the middle of one half of it."""

from __future__ import annotations

from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

BREAKS = frozenset({",", "–"}) | QUOTE_MARKS


def as_clause(tree: Tree, words: SpeechWords, index: int) -> int | None:
    """Return the "wie" that opens the clause of the verb ("wie die Polizei mitteilte"), or None."""
    if tree.deps[index] not in ("advcl", "ROOT", "parataxis", "ccomp", "acl", "conj", "dep"):
        return None
    start = min(tree.subtree(index))
    for at in range(start, min(start + 4, index)):
        if tree.lower[at] == "wie" and tree.heads[at] == index and tree.deps[at] in ("mark", "advmod", "case", "dep"):
            alone = all(tree.words[i] in ",;–-(" for i in range(start, at))
            finite = tree.finite(index)
            if not alone or finite is None or finite <= at + 1 or tree.lower[at + 1] in words.groups["degrees"]:
                return None
            closed = any(tree.forms[t].verb == "Fin" and tree.words[t + 1] == "," for t in range(at + 1, finite))
            return None if closed else at  # "..., wie sie das Gesetz enthält, hat das Gericht verboten"
    return None


def as_aside(tree: Tree, words: SpeechWords, cue: Cue) -> set[int] | None:
    """Return the tokens from "wie" to the verb where they stand alone between punctuation, whatever the tree says."""
    if not {"quote", "clause"} & set(cue.row.frames) or cue.row.kind in (
        "accuse",
        "criticise",
        "praise",
        "reject",
        "demand",
    ):
        return None  # "wie er genannt wird"
    start, end = tree.bounds[tree.sentence[cue.index]]
    finite = tree.finite(cue.index)
    last = max(cue.index, finite if finite is not None else cue.index)
    if last + 1 < end and tree.words[last + 1] not in ",.–-);:":
        return None
    at = last - 1
    while at >= start and tree.lower[at] != "wie":
        if tree.forms[at].verb == "Fin" and at not in cue.tokens and tree.words[at + 1] not in BREAKS:
            return None
        at -= 1
    if any(tree.deps[c] == "obj" and at < c and c not in cue.tokens for c in tree.children[cue.index]):
        return None
    opening = at == start or (at == start + 1 and tree.pos[start] in ("CCONJ", "SCONJ", "ADV"))
    if tree.lower[at + 1] in words.groups["degrees"]:
        return None  # "wie lange jemand das hält"
    if at < start or last - at < 2 or not (opening or tree.words[at - 1] in ",–-("):
        return None
    if finite is None and not any(
        tree.pos[t] in ("PROPN", "NOUN", "X") or tree.words[t] in QUOTE_MARKS for t in range(at, last)
    ):
        return None  # "wie bereits berichtet"
    return set(range(at, last + 1))


def half_of(tree: Tree, words: SpeechWords, start: int, first: int, last: int, end: int) -> int:
    """Return where the half of the sentence begins that an aside stands in: "Sie lehnt ab und will, wie er sagte, gehen"."""
    if last + 2 >= end:
        return start  # an aside at the end vouches for the whole sentence
    cut = next((at for at in range(first - 1, start, -1) if tree.words[at] == ";"), None)
    if cut is not None:
        return cut + 1
    for at in range(first - 1, start, -1):
        if tree.words[at] == "," and at < first - 1:
            break
        if tree.lower[at] in words.groups["joint"] and any(tree.forms[t].verb == "Fin" for t in range(at, first)):
            return at + 1 if any(tree.forms[t].verb == "Fin" for t in range(start, at)) else start
    return start


def named_in(tree: Tree, words: SpeechWords, cue: Cue, aside: set[int]) -> set[int]:
    """Return the first noun phrase of an aside without a preposition, or its first word where no noun was seen."""
    for at in sorted(aside)[1:]:
        if at in cue.tokens:
            continue
        if tree.pos[at] in ("NOUN", "PROPN", "PRON", "X") and tree.child(at, "case") is None and tree.lower[at] != "es":
            return tree.noun_phrase(at) & aside - cue.tokens - {min(aside)}
    for at in sorted(aside):
        case = tree.child(at, "case")
        if case is not None and tree.lemmas[case] in words.groups["agents"] and tree.pos[at] in ("NOUN", "PROPN"):
            return tree.noun_phrase(at) & aside - cue.tokens  # "wie schon vom Gericht entschieden"
    first = min(aside) + 1
    marks = [t for t in sorted(aside) if tree.words[t] in QUOTE_MARKS]
    if len(marks) > 1 and marks[0] == first:
        return set(range(marks[0], marks[1] + 1))  # wie „heise online“ berichtet
    return (
        {first}
        if tree.words[first][0].isalpha()
        and first not in cue.tokens
        and tree.pos[first] == "ADV"
        and "." in tree.words[first]
        else set()
    )


def clause_tokens(tree: Tree, index: int) -> set[int]:
    """Return the tokens of the frame clause headed by ``index``, with the commas around it."""
    tokens = tree.subtree(index)
    return set(range(min(tokens), max(tokens) + 1))


def rest_of_sentence(tree: Tree, words: SpeechWords, aside: set[int]) -> set[int]:
    """Return the sentence, or the half of it that the "wie" clause stands in, without that clause."""
    start, end = tree.bounds[tree.sentence[min(aside)]]
    end = next((at for at in range(max(aside) + 1, end) if tree.words[at] == ";"), end)
    return trim(tree, set(range(half_of(tree, words, start, min(aside), max(aside), end), end)) - aside)
