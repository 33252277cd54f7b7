"""Carries a speaker on: sentences in the Konjunktiv without a reporting verb of their own, and hearsay (sollen)."""

from __future__ import annotations

from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.mood import konjunktiv, main_verb, plural, told_tokens
from lagebild.layers.speech.persons import may_speak
from lagebild.layers.speech.phrases import noun_row
from lagebild.layers.speech.quotes import CLOSERS
from lagebild.layers.speech.speakers import agent, place_of_report, subject
from lagebild.layers.speech.told import told_clauses
from lagebild.layers.speech.tree import AUXILIARIES, VERBAL, Tree
from lagebild.rules.speech import SpeechWords

IMPERSONAL = frozenset({"speech-verb-heissen", "speech-verb-verlauten"})
HEADS = frozenset((*VERBAL, "ADJ", "NOUN"))  # what a clause of a modal may be headed by
FAR = 3  # sentences a speaker is carried over at most without being heard


def carry(tree: Tree, words: SpeechWords, found: list[Found]) -> None:
    """Add the statements of free indirect speech to ``found``."""
    covered = told_tokens(found)
    by_sentence: dict[int, list[Found]] = {}
    for item in found:
        by_sentence.setdefault(tree.sentence[max(item.message | item.cue)], []).append(item)
    last, heard = None, -99
    for number in range(len(tree.bounds)):
        root = main_verb(tree, number)
        finite = tree.finite(root)
        own = by_sentence.get(number, [])
        reports = any(root in f.cue for f in own)
        if finite is not None and root not in covered and (not reports or _retold(tree, finite, own, root)):
            passage = _passage(tree, words, number, root, finite, last, heard)
            if passage is not None:
                message, teller = passage
                if teller is last and teller.form == "IndirectFreeIndirect" and heard == number - 1:
                    teller.message |= message
                else:
                    last = Found(
                        "speech-konjunktiv", "IndirectFreeIndirect", message, source=set(teller.source),
                        wrapper=set(teller.wrapper), carried=True, anchor=root, stance=teller.stance,
                    )  # fmt: skip
                    found.append(last)
                heard = number
                continue
        for item in own:
            if (
                not item.source
                and last is not None
                and (item.carried or (item.rule in IMPERSONAL and _goes_on(tree, words, item)))
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
    told_clauses(tree, words, found)
    _conditions_set(tree, words, found)
    _hearsay(tree, words, found, by_sentence)


def _goes_on(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell "weiter hieß es", which goes on with what was told before, from "es hieß", which nobody vouches for."""
    start, end = tree.bounds[tree.sentence[item.anchor]]
    frame = set(range(start, end)) - item.message
    return item.form == "Direct" or any(tree.lower[t] in words.groups["going_on"] for t in frame)


def _conditions_set(tree: Tree, words: SpeechWords, found: list[Found]) -> None:
    """Add "will erst freigeben, wenn ...": who will do something only on a condition has said so."""
    covered = told_tokens(found)
    modals = words.groups["claim_modals"]
    for index, lemma in enumerate(tree.lemmas):
        if lemma not in modals:
            continue
        form = tree.forms[index]
        if form.verb != "Fin" or index in covered or form.mood == "Sub":
            continue
        root = tree.heads[index] if tree.deps[index] in AUXILIARIES else index
        set_out = [c for c in tree.children[root] if tree.deps[c] == "advcl"]
        marks = {tree.lower[m] for c in set_out for m in tree.children[c] if tree.deps[m] == "mark"}
        only = any(tree.lower[c] in words.groups["only"] for c in (*tree.children[root], *tree.children[index]))
        head = subject(tree, root)
        if only and marks & words.groups["conditionals"] and head is not None and may_speak(tree, head, words):
            source = tree.noun_phrase(head)
            message = trim(tree, tree.subtree(root) - source - {index})
            found.append(
                Found(
                    "speech-condition", "Reported", message, {index}, source, kind="demand", anchor=index, clausal=False
                )
            )


def _passage(
    tree: Tree, words: SpeechWords, number: int, root: int, finite: int, last: Found | None, heard: int
) -> tuple[set[int], Found] | None:
    """Return what a sentence in the Konjunktiv tells and the statement that names its speaker; None where none tells it."""
    tense = konjunktiv(tree, finite)
    if not tense:
        return None
    message = _free(tree, root, finite, number - heard, last)
    sure = tense == "Pres" or _replaces(tree, root, finite)
    if sure and (message is None or number - heard > 1) and (told := _told_before(tree, words, number)):
        return _sentence(tree, number), Found("speech-konjunktiv", "Reported", set(), source=told, anchor=root)
    return (message, last) if message is not None and last is not None else None


def after_colon(tree: Tree, words: SpeechWords, found: list[Found]) -> None:
    """Add what follows a colon in the Konjunktiv: "Der Minister blieb hart: Man werde nicht weichen"."""
    covered = told_tokens(found)
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
        if head is not None and head < index and may_speak(tree, head, words):
            message = set(range(index + 1, end))
            found.append(
                Found("speech-colon", "Indirect", message, source=tree.noun_phrase(head) - message, anchor=finite)
            )


def _retold(tree: Tree, finite: int, own: list[Found], root: int) -> bool:
    """Tell a reporting verb that is itself retold: "Er habe gesagt, ...", after which the first speaker goes on."""
    subjunctive = tree.forms[finite].mood == "Sub"
    return subjunctive and not any(root in f.cue and f.clausal and f.message and min(f.message) < finite for f in own)


def _told_before(tree: Tree, words: SpeechWords, number: int) -> set[int]:
    """Return who acted in the sentence before: in the Konjunktiv they speak on. Things and acts do not speak."""
    if number == 0:
        return set()
    root = main_verb(tree, number - 1)
    finite = tree.finite(root)
    if finite is not None and konjunktiv(tree, finite):
        return set()  # itself told: its subject need not be who tells it
    if tree.lemmas[root] in words.groups["undergoing"] or (
        finite is not None and tree.lemmas[finite] in words.groups["hearsay_modals"]
    ):
        return set()  # "Alle Opfer stammen von dort", "Er soll dort wohnen": spoken of, not speaking
    if any(tree.deps[c] == "aux:pass" for c in tree.children[root]):
        head = agent(tree, root, words)
        place = place_of_report(tree, root, words) if head is None else None
        if place is not None and (tree.pos[place] == "PROPN" or noun_row(tree, words, place) is not None):
            head = place  # "in Moskau", "in dem Bericht", but not "im Zug"
    else:
        head = subject(tree, root)
    return tree.noun_phrase(head) if head is not None and may_speak(tree, head, words) else set()


def _free(tree: Tree, root: int, finite: int, distance: int, last: Found | None) -> set[int] | None:
    tense = konjunktiv(tree, finite)
    if not tense or distance > FAR or last is None:
        return None
    past = tense == "Past" and not _replaces(tree, root, finite)
    if past and (distance > 1 or _is_own_modality(tree, finite, last)):
        return None
    end = tree.bounds[tree.sentence[root]][1]
    if tree.words[end - 1] == "?" and tense == "Past":
        return None
    return _sentence(tree, tree.sentence[root])


def _sentence(tree: Tree, number: int) -> set[int]:
    """Return a sentence without the marks that close a quotation before it."""
    start, end = tree.bounds[number]
    while start < end - 1 and (tree.words[start] in CLOSERS or tree.pos[start] == "SPACE"):
        start += 1
    return set(range(start, end))


def _replaces(tree: Tree, root: int, finite: int) -> bool:
    """Tell the Konjunktiv II that stands for a Konjunktiv I which looks like the indicative: "Rebellen hätten geschossen"."""
    many = plural(tree, finite) and tree.lemmas[finite] == "haben"
    return many and tree.forms[root].verb == "Part" and not any(tree.deps[c] == "advcl" for c in tree.children[root])


def _is_own_modality(tree: Tree, finite: int, last: Found) -> bool:
    """Tell the writer's own "könnte, dürfte, würde" from reported speech: singular Konjunktiv II after a factual report."""
    return (
        tree.lemmas[finite] in ("können", "dürfen", "mögen")
        and last.form != "IndirectFreeIndirect"
        and not plural(tree, finite)
    )


def _due(tree: Tree, words: SpeechWords, modal: int, head: int) -> bool:
    """Tell what is to be done by then from hearsay: "Dann soll das Land entwaffnet sein", "Bis Mai soll es fertig sein"."""
    if any(tree.lower[c] in ("haben", "worden") for c in tree.children[head]):
        return False
    near = {tree.lower[t] for at in (head, modal) for c in tree.children[at] for t in (c, *tree.children[c])}
    return bool(near & words.groups["by_then"])


def _giver_of_reason(tree: Tree, words: SpeechWords, clause: int) -> set[int]:
    """Return who acts for a reason that is hearsay: "Athen wies sie aus, weil sie bestochen haben sollen"."""
    above = tree.heads[clause]
    if not any(tree.lower[c] in words.groups["reasoning"] for c in tree.children[clause] if tree.deps[c] == "mark"):
        return set()
    head = subject(tree, above)
    active = head is not None and not any(tree.deps[c] == "aux:pass" for c in tree.children[above])
    return tree.noun_phrase(head) if head is not None and active and may_speak(tree, head, words) else set()


def _hearsay(tree: Tree, words: SpeechWords, found: list[Found], by_sentence: dict[int, list[Found]]) -> None:
    """Add "soll getötet haben": the writer passes on what others say."""
    covered = told_tokens(found)
    modals = words.groups["hearsay_modals"] | words.groups["claim_modals"]
    for index, lemma in enumerate(tree.lemmas):
        if lemma not in modals:
            continue
        form = tree.forms[index]
        head = tree.heads[index]
        if (
            form.verb != "Fin"
            or form.tense != "Pres"
            or form.mood == "Sub"
            or tree.pos[head] not in HEADS
            or index in covered
        ):
            continue
        perfect = any(
            tree.deps[c] in ("aux", "cop", "aux:pass") and tree.lower[c] in ("haben", "sein", "worden") and c != index
            for c in tree.children[head]
        ) and (tree.forms[head].verb == "Part" or tree.pos[head] != "VERB")
        if not perfect or _due(tree, words, index, head):
            continue
        start, end = tree.bounds[tree.sentence[index]]
        clause = tree.clause(head)
        whole = tree.deps[clause] == "ROOT"
        message = set(range(start, end)) if whole else trim(tree, tree.subtree(clause))
        before = [
            f for n in range(tree.sentence[index] - 2, tree.sentence[index]) for f in by_sentence.get(n, []) if f.source
        ]
        source = set(before[-1].source) if before else set()
        if not whole and (reason := _giver_of_reason(tree, words, clause)):
            source = reason
        found.append(
            Found("speech-hearsay", "FreeIndirect", message, source=source, anchor=index, stance="doubts", carried=True)
        )
        covered |= message
