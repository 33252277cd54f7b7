"""What is said: the clause that depends on a reporting verb or on its correlate, the clause beside it, or a noun phrase."""

from __future__ import annotations

from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import AUXILIARIES, VERBAL, Tree
from lagebild.rules.speech import PREPOSITIONS, SpeechWords, VerbRow

CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})
BINDING = frozenset({"promise", "threaten", "demand", "reject", "announce", "agree", "propose", "warn", "request"})
CLAUSE_HEADS = frozenset(
    {"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "parataxis", "conj", "ROOT", "appos", "dep"}
)
PLAIN = frozenset({"say", "report", "claim", "announce", "confirm"})  # verbs that a main clause may follow
PUNCTUATION = frozenset({",", ".", ";", ":", "-", "–", "—", "!", "?", "…", "(", ")"})


def content_clauses(tree: Tree, cue: Cue, words: SpeechWords) -> list[int]:
    """Return the heads of the clauses that say what is said, those that depend on the verb or on its correlate."""
    found = []
    for child in tree.children[cue.index]:
        label = tree.deps[child]
        if label in CONTENT or (
            label in ("advcl", "parataxis", "obj", "dep", "acl", "conj") and _looks_said(tree, child, cue.index, words)
        ):
            found.append(child)
        elif (
            child in cue.tokens
            or tree.lower[child] in words.groups["correlates"]
            or tree.lower[child] in ("dies", "das")
        ):
            if wrong_correlate(tree, child, cue.row):
                continue
            found += [
                c
                for c in tree.children[child]
                if tree.deps[c] in ("acl", "ccomp", "xcomp", "advcl", "csubj", "parataxis")
            ]
    announced = pointed_ahead(tree, cue)
    kinds = [(c, clause_type(tree, c, words)) for c in found]
    fitting = [c for c, kind in kinds if _fits(cue.row, kind, announced=announced)]
    if any(kind == "main" for _, kind in kinds) and _has_object(tree, cue.index, min(found)):
        fitting = [c for c, kind in kinds if c in fitting and kind != "main"]  # "Er bemerkte den Fehler, umkehren ..."
    behind = [c for c in fitting if c > cue.index]
    head = tree.child(cue.index, "nsubj")
    turned = tree.lower[cue.index + 1 : cue.index + 2]
    turned_on = bool(turned) and turned[0] in words.groups["turners"]
    if behind and (turned_on or (head is not None and any(head < c < cue.index for c in fitting))):
        fitting = behind  # "Er wollte sich nicht festlegen, sagte aber, ..."
    if (start := _relative_from(tree, cue.index, words)) is not None:
        fitting = [c for c in fitting if c > start]
    if not fitting and (beside := clause_beside(tree, cue, words)) is not None:
        return [beside]
    return fitting


def _relative_from(tree: Tree, verb: int, words: SpeechWords) -> int | None:
    """Return where the relative clause begins that a verb closes: "..., die Türen eröffneten"; what is said is not before it."""
    start, end = tree.bounds[tree.sentence[verb]]
    if tree.finite(verb) != verb or (verb + 1 < end and tree.pos[verb + 1] != "PUNCT"):
        return None
    for at in range(verb - 1, start, -1):
        if tree.words[at] == ",":
            pronoun = tree.lower[at + 1] in words.groups["relative_words"] and tree.pos[at + 1] == "PRON"
            return at if pronoun and at + 2 < verb else None
    return None


def _has_object(tree: Tree, verb: int, first: int) -> bool:
    """Tell whether a verb has a noun for its object before ``first``."""
    return any(tree.deps[c] == "obj" and tree.pos[c] == "NOUN" and c < first for c in tree.children[verb])


def clause_beside(tree: Tree, cue: Cue, words: SpeechWords) -> int | None:
    """Return the clause behind the first comma after the verb, wherever the parser hung it."""
    end = tree.bounds[tree.sentence[cue.index]][1]
    at = cue.index
    while at < end and tree.words[at] not in (",", ":"):
        if at not in cue.tokens and tree.forms[at].verb == "Fin":
            return None
        at += 1
    head = at + 1
    while head < end and tree.pos[head] == "PUNCT":
        head += 1
    for _ in range(12):
        if head <= at or head >= end:
            return None
        if tree.deps[head] in CLAUSE_HEADS:
            break
        head = tree.heads[head]
    if head <= at or head >= end or min(tree.subtree(head)) < at:
        return None
    kind = clause_type(tree, head, words)
    return head if kind in ("dass", "konjunktiv", "question") and _fits(cue.row, kind) else None


def told_behind(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the clause behind the verb read from the words alone, for trees that hung it elsewhere.

    The stretches between commas are read one after the other: one that opens with dass, ob or a question word, holds an
    infinitive with zu or a Konjunktiv is the content; relative clauses and appositions are passed over.
    """
    end = tree.bounds[tree.sentence[cue.index]][1]
    finite = tree.finite(cue.index)
    at = max(cue.index, finite if finite is not None else cue.index) + 1
    announced = pointed_ahead(tree, cue)
    for _ in range(4):
        while at < end and tree.words[at] not in (",", ":"):
            if tree.forms[at].verb == "Fin" and at not in cue.tokens:
                return set()
            at += 1
        first = at + 1
        while first < end and (tree.words[first] in QUOTE_MARKS or tree.words[first] == ","):
            first += 1
        if first >= end or tree.forms[first].verb == "Fin":
            return set()  # "Wer das behauptet, müsse ..."
        stop = next((t for t in range(first, end) if tree.words[t] in (",", ";", ":")), end)
        kind = _stretch_kind(tree, words, first, stop, end)
        if not kind and _said_plainly(tree, cue, words, at, first, stop):
            kind = "konjunktiv"
        if kind in ("dass", "infinitive", "konjunktiv", "question"):
            fits = _fits(cue.row, kind, announced=announced)
            return trim(tree, set(range(first, stop))) if fits else set()
        if not kind:
            return set()
        at = stop
    return set()


def _said_plainly(tree: Tree, cue: Cue, words: SpeechWords, at: int, first: int, stop: int) -> bool:
    """Tell a main clause in the indicative right behind a verb of saying: "berichtete, 200 Mitarbeiter sollen gehen"."""
    if "weak" in cue.row.frames or cue.passive or tree.pos[first] in ("CCONJ", "SCONJ"):
        return False
    if (cue.row.kind not in PLAIN and tree.words[at] != ":") or tree.deps[first] in ("nsubj", "obj"):
        return False
    beside = all(t in cue.tokens or tree.pos[t] == "ADV" for t in range(cue.index, at))
    second = next((t for t in range(first, stop) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL), None)
    last = max(t for t in range(first, stop) if tree.pos[t] != "PUNCT") if second is not None else -1
    return beside and second is not None and first < second < last and tree.lower[first] not in words.groups["turners"]


def _stretch_kind(tree: Tree, words: SpeechWords, first: int, stop: int, end: int) -> str:
    """Return what a stretch between commas is: a kind of content clause, "aside" to be passed over, or ""."""
    low = tree.lower[first]
    if low in words.groups["complementisers"]:
        return "dass"
    if low in words.groups["purpose"] or low in words.groups["turners"] or tree.pos[first] == "CCONJ":
        return ""
    finite = [t for t in range(first, stop) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL]
    last = stop - 1
    while last > first and tree.pos[last] == "PUNCT":
        last -= 1
    closed = bool(finite) and finite[-1] == last
    relates = low.startswith("welche") and tree.pos[first + 1] not in (
        "NOUN",
        "ADJ",
        "PROPN",
    )  # "alle, welche dort waren"
    if low in words.groups["question_words"] and closed and not relates:
        return "question"
    relative = low in words.groups["relative_words"] or (
        tree.pos[first] == "ADP" and tree.lower[min(first + 1, stop)] in words.groups["relative_words"]
    )
    article = tree.pos[first] == "DET" and tree.pos[first + 1] in ("NOUN", "PROPN", "ADJ")
    if closed and (low in words.groups["subordinators"] or (relative and not article)):
        return "aside"
    if not finite:
        infinitive = any(
            (tree.lower[t] == "zu" and tree.pos[t] == "PART")
            or (tree.pos[t] == "VERB" and tree.lower[t].endswith("n") and "zu" in tree.lower[t][1:-4])
            for t in range(first, stop)
        )
        if infinitive:
            return "infinitive"
        finite = [t for t in range(stop, end) if tree.forms[t].verb == "Fin" and tree.pos[t] in VERBAL]
        return "aside" if finite or stop < end else ""
    said = any(tree.forms[t].mood == "Sub" for t in finite)
    modal = tree.forms[finite[0]].tense == "Past" and tree.lemmas[finite[0]] in ("sollen", "wollen")
    return "konjunktiv" if said or modal else ""


def wrong_correlate(tree: Tree, index: int, row: VerbRow) -> bool:
    """Tell a correlate whose preposition the verb does not govern: "besteht darin" is no "besteht darauf"."""
    own = PREPOSITIONS.intersection(row.frames)
    lower = tree.lower[index]
    if not own or not lower.startswith("da") or lower in ("das", "dann"):
        return False
    return lower[2:].removeprefix("r") not in own and lower[3:] not in own


def clause_type(tree: Tree, clause: int, words: SpeechWords) -> str:
    """Return how a content clause is built: dass, question, infinitive, konjunktiv, main (indicative, verb second), relative or "" (no clause)."""
    first = min(tree.subtree(clause))
    while first < clause and (tree.words[first] in PUNCTUATION or tree.words[first] in QUOTE_MARKS):
        first += 1
    marks = {tree.lower[c] for c in tree.children[clause] if tree.deps[c] == "mark"} | {tree.lower[first]}
    if tree.pos[first] == "CCONJ" or marks & words.groups["purpose"] or (tree.lower[first] == "so" and "dass" in marks):
        return ""
    if marks & words.groups["complementisers"]:
        return "dass"
    opened = tree.lower[first] in words.groups["openers"] and tree.heads[first] == clause
    if opened and not any(tree.deps[c] in CONTENT for c in tree.children[clause]):
        return ""  # "Sollte er nicht kommen, ..."; but "sollte er kommen, ihm zu helfen"
    finite = tree.finite(clause)
    if finite is None:
        joined = (
            any(tree.lower[c] == "zu" for c in tree.children[clause])
            or (tree.forms[clause].verb == "Inf" and "zu" in tree.lower[clause][:-4])
            or any(tree.forms[c].verb == "Inf" and tree.deps[c] in AUXILIARIES for c in tree.children[clause])
        )
        return "infinitive" if joined else ""
    if tree.lower[first] in words.groups["question_words"] or (
        first + 1 < clause and tree.lower[first + 1] in words.groups["question_words"] and tree.pos[first] == "ADP"
    ):
        return "question"
    if (
        tree.lower[first] in words.groups["relative_words"]
        and _verb_last(tree, clause, finite)
        and (tree.heads[first] != first + 1 or (finite > first + 2 and tree.forms[finite - 1].verb in ("Inf", "Part")))
    ):
        return "relative"
    behind_case = tree.pos[first] == "ADP" and tree.pos[first + 1] == "PRON" and _verb_last(tree, clause, finite)
    if behind_case and tree.lower[first + 1] in words.groups["relative_words"]:
        return "relative"  # "ein Antrag, mit dem man ihn zwingen wolle"
    own = {tree.lower[c] for c in tree.children[clause] if tree.deps[c] == "mark"}
    if own & words.groups["conditionals"]:
        return ""  # "drohte mit Strafen, falls die Gewalt anhalte"
    if tree.forms[finite].mood == "Sub":
        return "konjunktiv"
    return "main" if not marks & words.groups["subordinators"] else ""


def _verb_last(tree: Tree, clause: int, finite: int) -> bool:
    """Tell whether nothing but further clauses and punctuation follows the finite verb, as in a subordinate clause."""
    later = {"ccomp", "xcomp", "acl", "advcl", "conj", "parataxis", "punct", "aux", "aux:pass", "cop"}
    return all(c < finite or tree.deps[c] in later for c in tree.children[clause]) and clause <= finite


def pointed_ahead(tree: Tree, cue: Cue) -> bool:
    """Tell whether a correlate with the verb's own preposition announces a clause: "sprach davon, dass ..."."""
    own = PREPOSITIONS.intersection(cue.row.frames)
    return any(
        tree.lower[t].startswith("da") and (tree.lower[t][2:] in own or tree.lower[t][3:] in own) for t in cue.tokens
    )


def _fits(row: VerbRow, kind: str, *, announced: bool = False) -> bool:
    """Tell whether a verb can take a clause of this kind as its content."""
    if announced and kind in ("dass", "infinitive", "question"):
        return True
    if kind == "infinitive":
        return "infinitive" in row.frames or ("clause" in row.frames and "weak" not in row.frames)
    if kind == "konjunktiv":
        return "clause" in row.frames or "quote" in row.frames
    if kind == "main":
        return "quote" in row.frames and "weak" not in row.frames
    return bool(kind) and kind != "relative" and "clause" in row.frames


def _looks_said(tree: Tree, clause: int, verb: int, words: SpeechWords) -> bool:
    """Tell a content clause behind a loose relation: it starts with dass or ob, or it stands in the Konjunktiv."""
    if any(tree.lower[c] in words.groups["complementisers"] for c in tree.children[clause] if tree.deps[c] == "mark"):
        return True
    finite = tree.finite(clause)
    if finite is None or tree.forms[finite].mood != "Sub":
        return False
    if tree.deps[clause] == "conj" and any(tree.deps[c] == "cc" for c in tree.children[clause]):
        return False
    return not any(tree.deps[c] == "mark" for c in tree.children[clause])


def is_inserted(tree: Tree, index: int) -> bool:
    """Tell whether the verb is told inside or after what it reports: "..., sagte er" (the verb comes right after a comma)."""
    if tree.deps[index] == "acl":
        return False
    before = index - 1
    finite = tree.finite(index)
    if finite is not None:
        before = finite - 1
    if before < 0 or tree.sentence[before] != tree.sentence[index]:
        return False
    if tree.lower[before] == "so":
        before -= 1
    return tree.words[before] == "," or tree.words[before] in QUOTE_MARKS or tree.words[before] in "–—-!?"


def trim(tree: Tree, tokens: set[int]) -> set[int]:
    """Drop punctuation at both ends, but keep quotation marks whose partner is inside."""
    ordered = sorted(tokens)
    while ordered and (tree.words[ordered[0]] in PUNCTUATION or tree.pos[ordered[0]] == "SPACE"):
        ordered.pop(0)
    while ordered and (tree.words[ordered[-1]] in PUNCTUATION or tree.pos[ordered[-1]] == "SPACE"):
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


def noun_content(tree: Tree, cue: Cue, words: SpeechWords, source: set[int], heard: set[int]) -> set[int]:
    """Return the noun phrase that is the content: the object, or what a preposition of the frame brings."""
    prepositions = PREPOSITIONS.intersection(cue.row.frames)
    found: set[int] = set()
    near = [c for t in {cue.index, *cue.tokens} for c in tree.children[t]]
    for child in near:
        if child in source or child in heard or child in cue.tokens or tree.lower[child] in words.groups["reflexives"]:
            continue
        label = tree.deps[child]
        if label == "obj" and cue.row.kind in PLAIN and tree.pos[child] == "PROPN" and _named(tree, child):
            continue  # "erklärte es Huber": who is told
        if label in ("obj", "nsubj:pass") and "object" in cue.row.frames and (label == "obj" or cue.passive):
            found |= tree.subtree(child)
        elif label in ("obl", "obl:arg", "obl:agent", "xcomp", "nmod", "advmod", "obj"):
            case = tree.child(child, "case", "mark")
            if case is not None and _preposition(tree, case) in prepositions:
                found |= tree.subtree(child)
            elif (
                label == "xcomp" and case is None and "object" in cue.row.frames and not clause_type(tree, child, words)
            ):
                found |= tree.subtree(child)  # "nannte den Bericht eine Ente"
    if not found:
        found |= misplaced_content(tree, cue, prepositions)
    if found and cue.row.kind in BINDING:
        found |= conditions(tree, cue, words)
    return trim(tree, found)


def _named(tree: Tree, index: int) -> bool:
    """Tell the name of a person."""
    return tree.doc[index].ent_type_ == "PER"


def misplaced_content(tree: Tree, cue: Cue, prepositions: frozenset[str]) -> set[int]:
    """Return the phrase with the verb's preposition that the parser hung on the noun before: "sprachen Zeugen von Schüssen"."""
    labels = ("obj", "nsubj") if "object" in cue.row.frames else ("obj", "nsubj", "obl")  # "geht bei ihm von Mord aus"
    for child in tree.children[cue.index]:
        if tree.deps[child] in labels and child > cue.index and tree.pos[child] in ("NOUN", "PROPN"):
            for below in tree.children[child]:
                case = tree.child(below, "case")
                if tree.deps[below] != "nmod" or case is None or _preposition(tree, case) not in prepositions:
                    continue
                if tree.deps[child] != "obj" or tree.lower[case] not in ("von", "vom"):
                    return tree.subtree(below)
    return set()


def conditions(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the clauses that tell on what condition something is promised, demanded or threatened."""
    found: set[int] = set()
    for child in tree.children[cue.index]:
        if tree.deps[child] in ("advcl", "ccomp", "parataxis"):
            below = tree.subtree(child)
            first = next((t for t in sorted(below) if tree.pos[t] != "PUNCT"), child)
            group = "conditionals" if tree.deps[child] == "advcl" else "openers"
            if tree.lower[first] in words.groups[group]:
                found |= below
    return found


def _preposition(tree: Tree, case: int) -> str:
    lemma = tree.lemmas[case]
    return lemma if lemma in PREPOSITIONS else tree.lower[case]
