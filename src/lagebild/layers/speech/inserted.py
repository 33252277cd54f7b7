"""Reporting clauses inside or behind what they report: "..., sagte er", "Tatsächlich, so betont die Polizei, ...": what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.layers.speech.contents import is_inserted, trim
from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import AUXILIARIES, VERBAL, Tree
from lagebild.rules.speech import SpeechWords


def may_be_inserted(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell whether the verb can close or interrupt what it reports; a weak one only after a quotation mark or Konjunktiv."""
    if not is_inserted(tree, cue.index) or ("quote" not in cue.row.frames and not with_so(tree, cue)):
        return False
    start, _ = tree.bounds[tree.sentence[cue.index]]
    while start < cue.index and tree.pos[start] == "PUNCT":
        start += 1
    if tree.lower[start] in words.groups["subordinators"] and tree.words[start - 1] not in QUOTE_MARKS:
        return False
    if takes_object(tree, cue) or opens_colon(tree, cue) or _subordinate(tree, words, cue.index):
        return False
    finite = tree.finite(cue.index)
    first = min(cue.index, finite if finite is not None else cue.index)
    if tree.lower[first] in words.groups["openers"]:
        return False  # "..., sollte die Regierung sie abweisen"
    if (
        tree.lower[start] in words.groups["openers"]
        and sum(tree.forms[t].verb == "Fin" for t in range(start, first)) < 2
    ):
        return False  # "Sollte er nicht kommen, fordert sie ..."
    if any(tree.deps[c] == "advcl" and c < first and first - 2 in tree.subtree(c) for c in tree.children[cue.index]):
        return False
    if not cue.passive and not _subject_behind(tree, first, max(cue.index, finite if finite is not None else 0)):
        return False  # "Er schwieg dazu, sagte aber, ..."
    if "weak" not in cue.row.frames:
        return True
    return any(tree.words[t] in QUOTE_MARKS for t in range(max(start, first - 2), first))


def with_so(tree: Tree, cue: Cue) -> bool:
    """Tell ", so vermutet die Zeitung,": with "so" between commas every verb with a clause reports."""
    finite = tree.finite(cue.index)
    first = min(cue.index, finite if finite is not None else cue.index)
    return "clause" in cue.row.frames and first > 1 and tree.lower[first - 1] == "so" and tree.words[first - 2] in ",–-"


def _subordinate(tree: Tree, words: SpeechWords, index: int) -> bool:
    """Tell a verb that closes a subordinate clause: "als er sich in dem Zug, in dem die Anhänger saßen, befand"."""
    marks = [c for c in tree.children[index] if tree.deps[c] == "mark" and c < index - 1]
    return any(tree.lower[c] in words.groups["subordinators"] for c in marks) and verb_last(tree, index)


def _subject_behind(tree: Tree, first: int, last: int) -> bool:
    """Tell whether somebody is named between the verb and the next comma, as in every inserted clause."""
    end = tree.bounds[tree.sentence[first]][1]
    at = first + 1
    while at < end and (at <= last or tree.words[at] not in (",", ":")):
        if tree.pos[at] in ("NOUN", "PROPN", "PRON", "X", "NUM", "DET", "ADJ"):
            return True
        at += 1
    return False


def takes_object(tree: Tree, cue: Cue) -> bool:
    """Tell a verb with an object of its own behind it: "fand eine Anstellung" closes no statement."""
    return any(
        tree.deps[c] == "obj" and c > cue.index and tree.pos[c] in ("NOUN", "PROPN") and c not in cue.tokens
        for c in tree.children[cue.index]
        if "," not in tree.words[cue.index : c]  # behind the comma the message goes on
    )


def opens_colon(tree: Tree, cue: Cue) -> bool:
    """Tell whether what is said comes behind a colon: "Im Brief, den er schickte, erklärt er: ..."."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    return next((tree.words[t] for t in range(cue.index + 1, end) if tree.words[t] in ",:.;–"), "") == ":"


def verb_last(tree: Tree, index: int) -> bool:
    """Tell a clause that ends in its finite verb, as relative and other subordinate clauses do."""
    finite = tree.finite(index)
    if finite is None or finite < index:
        return False
    end = tree.bounds[tree.sentence[index]][1]
    return finite + 1 >= end or tree.pos[finite + 1] in ("PUNCT", "CCONJ")


def told_around(tree: Tree, cue: Cue, source: set[int], words: SpeechWords) -> set[int]:
    """Return what stands before an inserted reporting clause, whose verb comes before its subject."""
    start, _ = tree.bounds[tree.sentence[cue.index]]
    finite = tree.finite(cue.index)
    if finite is None or any(tree.deps[c] == "cc" for c in tree.children[cue.index]):
        return set()
    first = min(cue.index, finite)
    if source and min(source) < first:
        return set()
    first -= tree.lower[first - 1] == "so"  # ", so sagte er"
    if opens_clause(tree, words, start, first):
        return set()
    message = trim(tree, set(range(start, first)) - source - set(cue.tokens))
    has_verb = any(tree.forms[i].verb == "Fin" for i in message)
    if message and not has_verb and (rest := goes_on_behind(tree, cue, source)):
        return message | rest
    if message:
        message |= told_on(tree, cue, source, words)
    return (
        message
        if has_verb and not any(tree.deps[c] in AUXILIARIES and c in message for c in tree.children[cue.index])
        else set()
    )


def opens_clause(tree: Tree, words: SpeechWords, start: int, first: int) -> bool:
    """Tell what is only the first part of the verb's own clause: "Die Leute, die dort warten, warnte er"."""
    openers = words.groups["relative_words"] | words.groups["subordinators"] | words.groups["relative_adverbs"]
    opened = closed = False
    for begin, end in _stretches(tree, start, first):
        finite = [t for t in range(begin, end) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL]
        low = tree.lower[begin + (tree.pos[begin] == "ADP" and begin + 1 < end)]
        opened = opened or low in openers or (closed and low in words.groups["complementisers"])
        if finite and (not opened or finite[-1] != end - 1):
            return False
        opened, closed = opened and not finite, closed or bool(finite)
    return closed


def _stretches(tree: Tree, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas, without punctuation at their ends."""
    begin = start
    for at in range(start, stop + 1):
        if at == stop or tree.words[at] == ",":
            end = at
            while end > begin and tree.pos[end - 1] == "PUNCT":
                end -= 1
            if end > begin:
                yield begin, end
            begin = at + 1


def goes_on_behind(tree: Tree, cue: Cue, source: set[int]) -> set[int]:
    """Return the rest of a sentence interrupted before its verb: "Tatsächlich, so betont die Polizei, ist der Fall gelöst"."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    at = max(cue.tokens | source) + 1
    if at + 1 >= end or tree.words[at] not in (",", "–") or tree.forms[at + 1].verb != "Fin":
        return set()
    return trim(tree, set(range(at + 1, end)))


def told_on(tree: Tree, cue: Cue, source: set[int], words: SpeechWords) -> set[int]:
    """Return what goes on behind an inserted reporting clause: a subordinate clause or one in the Konjunktiv."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    at = max(cue.tokens | source) + 1
    while at < end and tree.words[at] not in (",", "–", ";", ":"):
        at += 1
    rest = trim(tree, set(range(at + 1, end)))
    if not rest:
        return rest
    first = min(rest)
    if tree.heads[first] in source or any(
        tree.deps[tree.clause(t)] == "acl" and tree.heads[tree.clause(t)] in source for t in (first,)
    ):
        return set()
    finite = next((t for t in range(first, end) if tree.forms[t].verb == "Fin"), None)
    goes_on = tree.lower[first] in words.groups["subordinators"] and tree.lower[first] not in words.groups["turners"]
    said = goes_on or (finite is not None and tree.forms[finite].mood == "Sub")
    return rest if said else set()
