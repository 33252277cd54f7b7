"""Carries a speaker on: sentences in the Konjunktiv without a reporting verb of their own, and hearsay (sollen)."""

from __future__ import annotations

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import CLOSERS
from lagebild.layers.speech.speakers import subject
from lagebild.layers.speech.tree import VERBAL, Tree
from lagebild.rules.speech import SpeechWords

IMPERSONAL = frozenset({"speech-verb-heissen", "speech-verb-verlauten"})
FAR = 3  # sentences a speaker is carried over at most without being heard


def carry(tree: Tree, words: SpeechWords, found: list[Found]) -> None:
    """Add the statements of free indirect speech to ``found``."""
    covered = _covered(found)
    by_sentence: dict[int, list[Found]] = {}
    for item in found:
        by_sentence.setdefault(tree.sentence[max(item.message | item.cue)], []).append(item)
    last, heard = None, -99
    for number, (start, end) in enumerate(tree.bounds):
        root = next((i for i in range(start, end) if tree.deps[i] == "ROOT"), start)
        finite = tree.finite(root)
        own = by_sentence.get(number, [])
        reports = any(root in f.cue for f in own)
        if finite is not None and root not in covered and (not reports or _retold(tree, finite, own, root)):
            new = _free(tree, root, finite, number - heard, last)
            if new is None or number - heard > 1:
                told = (
                    _told_before(tree, number)
                    if tree.forms[finite].mood == "Sub" and tree.forms[finite].tense == "Pres"
                    else set()
                )
                if told:
                    new, heard = set(range(start, end)), number - 1
                    last = Found("speech-konjunktiv", "Reported", set(), source=told, anchor=root)
            if new is not None:
                if last is not None and last.form == "IndirectFreeIndirect" and heard == number - 1:
                    last.message |= new
                    heard = number
                    continue
                last = Found(
                    "speech-konjunktiv", "IndirectFreeIndirect", new, source=set(last.source) if last else set(), wrapper=set(last.wrapper) if last else set(),
                    carried=True, anchor=root, stance=last.stance if last else "neutral",
                )  # fmt: skip
                found.append(last)
                heard = number
                continue
        for item in own:
            if (
                not item.source
                and last is not None
                and (item.carried or item.rule in IMPERSONAL)
                and number - heard <= 2
            ):
                item.source, item.carried = set(last.source), True
        top = [
            f
            for f in own
            if (f.source or f.wrapper) and not any(f is not g and (f.cue or f.message) <= g.message for g in own)
        ]
        if top:
            last, heard = max(top, key=lambda f: max(f.message | f.cue)), number
    _hearsay(tree, words, found, by_sentence)


def after_colon(tree: Tree, found: list[Found]) -> None:
    """Add what follows a colon in the Konjunktiv: "Der Minister blieb hart: Man werde nicht weichen"."""
    covered = _covered(found)
    for index, word in enumerate(tree.words):
        if word != ":" or index + 1 >= len(tree.words) or index + 1 in covered:
            continue
        start = tree.bounds[tree.sentence[index]][0]
        end = tree.bounds[tree.sentence[index + 1]][1]
        finite = next((t for t in range(index + 1, end) if tree.forms[t].verb == "Fin"), None)
        if finite is None or tree.forms[finite].mood != "Sub":
            continue
        root = next((t for t in range(start, index) if tree.forms[t].verb == "Fin" or tree.deps[t] == "ROOT"), None)
        head = subject(tree, tree.clause(root)) if root is not None else None
        if head is not None and head < index:
            message = set(range(index + 1, end))
            found.append(
                Found("speech-colon", "Indirect", message, source=tree.noun_phrase(head) - message, anchor=finite)
            )


def _retold(tree: Tree, finite: int, own: list[Found], root: int) -> bool:
    """Tell a reporting verb that is itself retold: "Er habe gesagt, ...", after which the first speaker goes on."""
    subjunctive = tree.forms[finite].mood == "Sub"
    return subjunctive and not any(root in f.cue and f.clausal and f.message and min(f.message) < finite for f in own)


def _told_before(tree: Tree, number: int) -> set[int]:
    """Return the subject of the sentence before: whoever acted there speaks on in the Konjunktiv."""
    if number == 0:
        return set()
    start, end = tree.bounds[number - 1]
    root = next((i for i in range(start, end) if tree.deps[i] == "ROOT"), start)
    head = subject(tree, root)
    if (
        head is None
        or tree.pos[head] not in ("NOUN", "PROPN", "PRON")
        or tree.deps[head] == "nsubj:pass"
        or tree.lower[head] in ("es", "das", "dies")
    ):
        return set()
    return tree.noun_phrase(head)


def _covered(found: list[Found]) -> set[int]:
    covered: set[int] = set()
    for item in found:
        if item.clausal:
            covered |= item.message
    return covered


def _free(tree: Tree, root: int, finite: int, distance: int, last: Found | None) -> set[int] | None:
    form = tree.forms[finite]
    if form.mood != "Sub" or distance > FAR or last is None:
        return None
    if form.tense == "Past" and (distance > 1 or _is_own_modality(tree, finite, last)):
        return None
    start, end = tree.bounds[tree.sentence[root]]
    if tree.words[end - 1] == "?" and tree.forms[finite].tense == "Past":
        return None
    while start < end - 1 and (tree.words[start] in CLOSERS or tree.pos[start] == "SPACE"):
        start += 1
    return set(range(start, end))


def _is_own_modality(tree: Tree, finite: int, last: Found) -> bool:
    """Tell the writer's own "könnte, dürfte, würde" from reported speech: singular Konjunktiv II after a factual report."""
    return (
        tree.lemmas[finite] in ("können", "dürfen", "mögen")
        and last.form != "IndirectFreeIndirect"
        and tree.forms[finite].number != "Plur"
    )


def _hearsay(tree: Tree, words: SpeechWords, found: list[Found], by_sentence: dict[int, list[Found]]) -> None:
    """Add "soll getötet haben": the writer passes on what others say."""
    covered = _covered(found)
    for index, lemma in enumerate(tree.lemmas):
        if lemma not in words.groups["hearsay_modals"] and lemma not in words.groups["claim_modals"]:
            continue
        form = tree.forms[index]
        head = tree.heads[index]
        if (
            form.verb != "Fin"
            or form.tense != "Pres"
            or form.mood == "Sub"
            or tree.pos[head] not in (*VERBAL, "ADJ", "NOUN")
            or index in covered
        ):
            continue
        perfect = any(
            tree.deps[c] in ("aux", "cop", "aux:pass") and tree.lower[c] in ("haben", "sein", "worden") and c != index
            for c in tree.children[head]
        ) and (tree.forms[head].verb == "Part" or tree.pos[head] != "VERB")
        if not perfect:
            continue
        start, end = tree.bounds[tree.sentence[index]]
        clause = tree.clause(head)
        message = set(range(start, end)) if tree.deps[clause] == "ROOT" else tree.subtree(clause)
        before = [
            f for n in range(tree.sentence[index] - 2, tree.sentence[index]) for f in by_sentence.get(n, []) if f.source
        ]
        source = set(before[-1].source) if before else set()
        found.append(
            Found("speech-hearsay", "FreeIndirect", message, source=source, anchor=index, stance="doubts", carried=True)
        )
        covered |= message
