"""Statements that are the content of a noun of speech: "die Forderung, ...", "erhob den Vorwurf, ...", "Kritik an ..."."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.layers.speech.contents import clause_type, stretch, trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.speakers import agent, place_of_report, subject
from lagebild.layers.speech.tree import SUBJECTS, VERBAL, Tree
from lagebild.rules.speech import PREPOSITIONS, NounRow, SpeechWords

CONTENT_OF_NOUN = frozenset({"acl", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "appos", "dep"})


def find_nouns(tree: Tree, words: SpeechWords) -> Iterator[Found]:
    """Yield the statements that are the content of a noun: "die Forderung, ..."."""
    for index, pos in enumerate(tree.pos):
        if pos != "NOUN":
            continue
        row = words.nouns.get(tree.lemmas[index]) or words.plurals.get(tree.lower[index])
        if row is None or not ("clause" in row.frames or "light" in row.frames):
            continue
        clauses = [c for c in tree.children[index] if c > index and _is_content(tree, words, c)]
        if not clauses and (beside := _clause_beside(tree, words, index)) is not None:
            clauses = [beside]
        if not clauses and (behind := _clause_behind_verb(tree, words, index)) is not None:
            clauses = [behind]
        clauses = [c for c in clauses if not _behind_preposition(tree, c)]
        source, cue = _noun_frame(tree, words, index)
        if clauses:
            message = stretch(tree, clauses, cue)
            message = {t for t in message if t > index}
            if message:
                yield Found(
                    row.id, "Indirect", message, cue, source - message, stance=row.stance, kind=row.kind, anchor=index
                )
        elif "light" in row.frames and source and len(cue) > 1:
            message = _light_content(tree, row, index) - cue - source
            if message:
                yield Found(
                    row.id, "Reported", message, cue, source, stance=row.stance, kind=row.kind, anchor=index, clausal=False
                )  # fmt: skip


def _behind_preposition(tree: Tree, clause: int) -> bool:
    """Tell a relative clause that a source phrase opens: "Pläne, laut denen ..."."""
    first = min(tree.subtree(clause))
    while first < clause and tree.pos[first] == "PUNCT":
        first += 1
    return tree.pos[first] == "ADP" and tree.pos[first + 1] == "PRON"


def _clause_beside(tree: Tree, words: SpeechWords, noun: int) -> int | None:
    """Return the clause right behind the comma after the noun's phrase, wherever the parser hung it."""
    verb = tree.heads[noun]
    if tree.deps[noun] == "obj" and any(
        "accusative" in row.frames for row in words.verbs.get(tree.separable(verb), ())
    ):
        return None  # "ersuchte den Rat, ...": the noun is who is asked, not what is said
    end = tree.bounds[tree.sentence[noun]][1]
    phrase = tree.noun_phrase(noun)
    at = noun + 1
    if (owner := genitive_behind(tree, noun)) is not None:
        phrase |= tree.noun_phrase(owner)
    while at < end and (at in phrase or tree.deps[at] == "compound:prt") and tree.words[at] != ",":
        at += 1
    at = behind_name(tree, at, end)
    while at < end and tree.lower[at] in words.groups["correlates"]:
        at += 1  # "Zweifel daran, ob ..."
    correlate = tree.lower[at - 1] in words.groups["correlates"]
    head = _clause_at(tree, at, end)
    if head is None or tree.heads[head] in tree.subtree(noun) - {noun, at - 1}:
        return None
    return head if _may_tell(tree, words, head, at, question=correlate) else None


def behind_name(tree: Tree, at: int, end: int) -> int:
    """Pass over a name between commas: "die Ankündigung des Trainers, Jan Huber, zu gehen"."""
    last = at + 1
    while last < end and tree.pos[last] == "PROPN":
        last += 1
    return last if at + 1 < last < end and tree.words[at] == tree.words[last] == "," else at


def _clause_behind_verb(tree: Tree, words: SpeechWords, noun: int) -> int | None:
    """Return the clause behind the verb that goes with a noun: "Vorwürfe wurden laut, ...", "zog den Schluss, ..."."""
    verb = tree.heads[noun]
    if tree.deps[noun] not in ("obj", "nsubj", "nsubj:pass") or tree.pos[verb] not in VERBAL:
        return None
    if not {tree.lemmas[verb], tree.separable(verb)} & words.groups["light_verbs"] and not any(
        tree.lower[c] in words.groups["loud"] for c in tree.children[verb]
    ):
        return None
    end = tree.bounds[tree.sentence[noun]][1]
    phrase = tree.noun_phrase(noun)
    at = max(verb, noun) + 1
    while at < end and (
        (tree.heads[at] == verb and tree.pos[at] in ("AUX", "ADV", "ADP", "ADJ"))
        or (at in phrase and tree.words[at] != ",")
        or tree.lower[at] in words.groups["correlates"]
    ):
        at += 1
    head = _clause_at(tree, at, end)
    return head if head is not None and _may_tell(tree, words, head, at, question=False) else None


def _clause_at(tree: Tree, at: int, end: int) -> int | None:
    """Return the head of the clause that opens behind the comma at ``at``."""
    if at + 1 >= end or tree.words[at] != ",":
        return None
    head = at + 1
    while head < end and tree.pos[head] == "PUNCT":
        head += 1
    for _ in range(12):
        if head <= at or head >= end:
            return None
        if tree.deps[head] in CONTENT_OF_NOUN or tree.deps[head] in ("conj", "ROOT"):
            break
        head = tree.heads[head]
    return head if at < head < end else None


def _may_tell(tree: Tree, words: SpeechWords, head: int, at: int, *, question: bool) -> bool:
    """Tell a clause behind the comma at ``at`` that says what a noun is about."""
    if tree.lower[at + 1] in words.groups["subordinators"]:
        return False  # "machte ihm größere Sorgen, als man dächte"
    kinds = {"dass", "infinitive", "konjunktiv"} | ({"question"} if question else set())
    return clause_type(tree, head, words) in kinds and min(tree.subtree(head)) >= at


def _light_content(tree: Tree, row: NounRow, noun: int) -> set[int]:
    """Return what a noun under a light verb is about: "Kritik an dem Gesetz", "dem Plan eine Absage"."""
    found: set[int] = set()
    verb = tree.heads[noun]
    for child in (*tree.children[noun], *tree.children[verb]):
        case = tree.child(child, "case")
        if tree.deps[child] in ("nmod", "obl") and case is not None:
            if (tree.lemmas[case] if tree.lemmas[case] in PREPOSITIONS else tree.lower[case]) in row.frames:
                found |= tree.subtree(child)
        elif tree.deps[child] == "obl:arg" and tree.heads[child] == verb and row.kind == "reject":
            found |= tree.subtree(child)
    return trim(tree, found)


def _is_content(tree: Tree, words: SpeechWords, clause: int) -> bool:
    if tree.deps[clause] not in CONTENT_OF_NOUN:
        return False
    children = tree.children[clause]
    if any(tree.lower[c] in words.groups["complementisers"] and tree.deps[c] == "mark" for c in children):
        return True
    if any(
        tree.forms[c].case
        and tree.lower[c] in ("der", "die", "das", "den", "dem", "dessen", "deren")
        and tree.pos[c] == "PRON"
        for c in children
    ):
        return False
    if any(tree.deps[c] == "mark" and tree.lower[c] == "zu" for c in children) or tree.forms[clause].verb == "Inf":
        return tree.deps[clause] in ("acl", "ccomp", "xcomp", "advcl")
    finite = tree.finite(clause)
    return finite is not None and tree.forms[finite].mood == "Sub"


def _noun_frame(tree: Tree, words: SpeechWords, noun: int) -> tuple[set[int], set[int]]:
    """Return speaker and cue of a noun of speech: its owner, else the subject of its verb."""
    cue = {noun} | {c for c in tree.children[noun] if tree.deps[c] == "det"}
    verb = tree.heads[noun]
    light = tree.pos[verb] in VERBAL and (
        tree.lemmas[verb] in words.groups["light_verbs"] or tree.separable(verb) in words.groups["light_verbs"]
    )
    for child in tree.children[noun]:
        if (tree.deps[child] == "det:poss" and not light) or (
            tree.deps[child] == "nmod" and child < noun + 6 and _is_owner(tree, child)
        ):
            return tree.noun_phrase(child), cue
    if (owner := genitive_behind(tree, noun)) is not None:
        return tree.noun_phrase(owner), cue
    if tree.deps[noun] in ("obj", "obl", "xcomp", "obl:arg") and tree.pos[verb] in VERBAL and light:
        cue |= {verb} | {c for c in tree.children[verb] if tree.deps[c] in ("aux", "compound:prt", "aux:pass")}
        head = subject(tree, verb)
        if head is not None and tree.lower[head] == "es":
            return set(), cue  # "es gibt Zweifel"
        if head is not None and tree.deps[head] != "nsubj:pass":
            return tree.noun_phrase(head), cue
    if tree.deps[noun] in SUBJECTS and tree.pos[verb] in VERBAL:
        head = agent(tree, verb, words)
        if head is None:
            head = place_of_report(tree, verb, words)
            head = head if head is not None and tree.lower[min(tree.noun_phrase(head))] == "aus" else None
        if head is not None:
            return tree.noun_phrase(head), cue
    return set(), cue


def genitive_behind(tree: Tree, noun: int) -> int | None:
    """Return the genitive right behind a noun where the parser hung it elsewhere: "auf die Forderung | des Ministers"."""
    at = noun + 1
    end = tree.bounds[tree.sentence[noun]][1]
    while at < end and tree.pos[at] in ("DET", "ADJ") and tree.forms[at].case == "Gen":
        at += 1
    if at >= end or at == noun + 1 or tree.pos[at] not in ("NOUN", "PROPN"):
        return None
    return at if tree.forms[at].case == "Gen" and tree.heads[at] != noun else None


def _is_owner(tree: Tree, child: int) -> bool:
    case = tree.child(child, "case")
    return (
        tree.forms[child].case == "Gen"
        if case is None
        else tree.lower[case] in ("von", "vom", "durch", "seitens", "aus")
    )
