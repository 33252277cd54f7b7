"""Statements told by a reporting verb: what is said, by whom, to whom.

The content is looked for in this order: a clause that depends on the verb or on its correlate ("darauf, dass ..."),
the clause the verb is told in ("..., sagte er"; "wie er sagte"), and last a noun phrase ("forderte den Abzug").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import QUOTE_MARKS
from lagebild.layers.speech.tree import AUXILIARIES, SUBJECTS, VERBAL, Tree
from lagebild.rules.speech import PREPOSITIONS, SpeechWords, VerbRow

CONTENT = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})
LOOSE = frozenset({"parataxis", "conj", "dep", "advcl", "acl", "appos", "obj", "nsubj", "advmod", "discourse"})
BINDING = frozenset({"promise", "threaten", "demand", "reject", "announce", "agree", "propose", "warn", "request"})
CLAUSE_HEADS = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "parataxis", "conj", "ROOT", "appos", "dep"})
PUNCTUATION = frozenset({",", ".", ";", ":", "-", "–", "—", "!", "?", "…", "(", ")"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb found in the text: its token, its row, the tokens that belong to it."""

    index: int
    row: VerbRow
    tokens: frozenset[int]
    passive: bool


def find_cues(tree: Tree, words: SpeechWords) -> Iterator[Cue]:
    """Yield the reporting verbs of the text in order."""
    for index, pos in enumerate(tree.pos):
        if pos not in VERBAL or tree.deps[index] in AUXILIARIES:
            continue
        rows = _rows(tree, words, index)
        if rows and (cue := _cue(tree, words, index, rows)):
            yield cue
    yield from _predicates(tree, words)


def _rows(tree: Tree, words: SpeechWords, index: int) -> tuple[VerbRow, ...] | None:
    """Look a verb up: with its particle, by its lemma, by its form; a particle that fits no row makes another verb of it."""
    lemma = tree.lemmas[index]
    known = words.forms.get(tree.lower[index], lemma)
    split = False
    for child in tree.children[index]:
        particle = tree.lower[child]
        if particle not in words.groups["particles"] or tree.deps[child] in ("case", "mark", "cc"):
            continue
        for base in (lemma, known):
            joined = base if base.startswith(particle) else particle + base
            if joined in words.verbs and joined != base or (joined == base and tree.deps[child] == "compound:prt"):
                if joined in words.verbs:
                    return words.verbs[joined]
        split = split or tree.deps[child] == "compound:prt"
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
        if copulas:
            extra = [c for c in tree.children[index] if tree.deps[c] in ("det", "case", "det:poss")]
            yield Cue(index, row, frozenset([index, *copulas, *extra]), passive=False)


def _cue(tree: Tree, words: SpeechWords, index: int, rows: tuple[VerbRow, ...]) -> Cue | None:
    children = tree.children[index]
    for row in rows:
        tokens = {index}
        if row.companion:
            found = _companion(tree, index, row.companion)
            if not found:
                continue
            tokens |= found
        if "reflexive" in row.frames and not any(tree.lower[c] in ("sich", "mich", "uns") for c in children):
            continue
        tokens |= {c for c in children if tree.deps[c] in ("compound:prt", "expl:pv") or tree.deps[c] in AUXILIARIES}
        tokens |= {c for c in children if tree.lower[c] in words.groups["correlates"] and tree.pos[c] in ("ADV", "PRON", "PART") and tree.deps[c] not in SUBJECTS}
        if "reflexive" in row.frames:
            tokens |= {c for c in children if tree.lower[c] in ("sich", "mich", "uns")}
        passive = any(tree.deps[c] == "aux:pass" for c in children)
        return Cue(index, row, frozenset(tokens), passive)
    return None


def _companion(tree: Tree, index: int, companion: str) -> set[int]:
    if tree.lemmas[index].startswith(companion):
        return {index}
    for child in tree.children[index]:
        if tree.lower[child] == companion:
            return {child, *(c for c in tree.children[child] if tree.deps[c] in ("case", "det"))}
    return set()


def subject(tree: Tree, index: int) -> int | None:
    """Return the subject of a verb, going up through conjuncts and infinitives."""
    for _ in range(6):
        for label in ("nsubj", "nsubj:pass"):
            for child in tree.children[index]:
                if tree.deps[child] == label and tree.child(child, "case") is None and not _oblique(tree, child):
                    return child
        if tree.deps[index] in ("conj", "xcomp") and tree.pos[tree.heads[index]] in VERBAL:
            index = tree.heads[index]
        else:
            return None
    return None


def _oblique(tree: Tree, index: int) -> bool:
    """Tell a phrase that cannot be a subject because its article or the word itself stands in another case."""
    if tree.forms[index].case in ("Acc", "Dat"):
        return True
    article = tree.child(index, "det", "det:poss")
    return article is not None and tree.lower[article].endswith(("en", "em"))


def nearest_subject(tree: Tree, index: int, message: set[int]) -> int | None:
    """Return the noun or pronoun in the nominative that stands nearest to the verb, where the parser gave no subject."""
    start, end = tree.bounds[tree.sentence[index]]
    finite = tree.finite(index)
    middle = finite if finite is not None else index
    for step, stop in ((1, min(end, middle + 9)), (-1, max(start - 1, middle - 14))):
        for at in range(middle + step, stop, step):
            if at in message or tree.words[at] in (":", ";") or (step == 1 and tree.words[at] == ","):
                break
            if tree.pos[at] in ("NOUN", "PROPN", "PRON") and tree.forms[at].case in ("Nom", "") and tree.child(at, "case") is None:
                top = at
                while tree.heads[top] in range(start, end) and tree.deps[top] in ("flat", "appos", "nmod", "det", "amod") and tree.heads[top] not in message:
                    top = tree.heads[top]
                if tree.pos[top] in ("NOUN", "PROPN", "PRON") and tree.child(top, "case") is None and tree.lower[top] not in ("es", "sich"):
                    return top
    return None


def agent(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return who acts in a passive clause ("von der Polizei")."""
    found = tree.child(index, "obl:agent")
    if found is not None:
        return found
    for child in tree.children[index]:
        if tree.deps[child] == "obl" and (case := tree.child(child, "case")) is not None and tree.lemmas[case] in words.groups["agents"]:
            return child
    return None


def speaker(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the phrase that names who speaks; empty where nobody does."""
    if "cites" in cue.row.frames:
        cited = subject(tree, cue.index) if cue.passive else tree.child(cue.index, "obj")
        if cited is not None and tree.child(cited, "case") is None:
            return tree.noun_phrase(cited) - cue.tokens
    head = agent(tree, cue.index, words) if cue.passive else subject(tree, cue.index)
    if head is None and not cue.passive and tree.forms[cue.index].verb == "Part":
        head = agent(tree, cue.index, words)
    if cue.passive and head is None:
        head = place_of_report(tree, cue.index, words)
    elif head is not None and not cue.passive and tree.lower[head] == "es":
        head = place_of_report(tree, cue.index, words)
    elif head is None and cue.row.lemma in words.groups["impersonal_verbs"]:
        head = place_of_report(tree, cue.index, words)
    if head is not None and not cue.passive and tree.lower[head] in words.groups["pointers"]:
        head = nearest_subject(tree, cue.index, tree.subtree(head)) or head  # "Das teilte die Polizei mit"
    if head is None:
        return set()
    return tree.noun_phrase(head) - cue.tokens


def place_of_report(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return the phrase that stands for the speaker of "es hieß": "in Moskau", "aus Kreisen", "in dem Bericht"."""
    for child in tree.children[index]:
        if tree.deps[child] in ("obl", "advmod", "nmod", "obl:arg"):
            case = tree.child(child, "case")
            if case is None or tree.lemmas[child] in words.groups["time_nouns"] or tree.pos[child] == "NUM":
                continue
            if {tree.lower[case], tree.lemmas[case]} & (words.groups["evidence_prefixes"] | words.groups["agents"]):
                return child
    return None


def addressee(tree: Tree, cue: Cue, source: set[int]) -> set[int]:
    """Return the phrase that names who is spoken to."""
    if cue.passive and "accusative" in cue.row.frames:
        head = subject(tree, cue.index)
        return tree.noun_phrase(head) if head is not None else set()
    for child in tree.children[cue.index]:
        if child in source or child in cue.tokens:
            continue
        if "accusative" in cue.row.frames and tree.deps[child] == "obj":
            return tree.noun_phrase(child)
        if tree.deps[child] == "obl:arg" and tree.child(child, "case") is None and "dative" in cue.row.frames:
            return tree.noun_phrase(child)
        if tree.deps[child] in ("obl", "obl:arg") and "gegenüber" in (tree.lower[c] for c in tree.children[child]):
            return tree.noun_phrase(child)
    return set()


def content_clauses(tree: Tree, cue: Cue, words: SpeechWords) -> list[int]:
    """Return the heads of the clauses that say what is said, those that depend on the verb or on its correlate."""
    found = []
    for child in tree.children[cue.index]:
        label = tree.deps[child]
        if label in CONTENT:
            found.append(child)
        elif label in ("advcl", "parataxis", "obj", "dep", "acl", "conj") and _looks_said(tree, child, cue.index, words):
            found.append(child)
        elif child in cue.tokens or tree.lower[child] in words.groups["correlates"] or tree.lower[child] in ("dies", "das"):
            if _wrong_correlate(tree, child, cue.row):
                continue
            found += [c for c in tree.children[child] if tree.deps[c] in ("acl", "ccomp", "xcomp", "advcl", "csubj", "parataxis")]
    fitting = [c for c in found if _fits(cue.row, clause_type(tree, c, words))]
    if not fitting and (beside := clause_beside(tree, cue, words)) is not None:
        return [beside]
    return fitting


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


def _wrong_correlate(tree: Tree, index: int, row: VerbRow) -> bool:
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
    finite = tree.finite(clause)
    if finite is None:
        joined = any(tree.lower[c] == "zu" for c in tree.children[clause]) or (
            tree.forms[clause].verb == "Inf" and "zu" in tree.lower[clause][:-4]
        ) or any(tree.forms[c].verb == "Inf" and tree.deps[c] in AUXILIARIES for c in tree.children[clause])
        return "infinitive" if joined else ""
    if tree.lower[first] in words.groups["question_words"] or (first + 1 < clause and tree.lower[first + 1] in words.groups["question_words"] and tree.pos[first] == "ADP"):
        return "question"
    if tree.lower[first] in words.groups["relative_words"] and _verb_last(tree, clause, finite) and tree.heads[first] != first + 1:
        return "relative"
    if tree.forms[finite].mood == "Sub":
        return "konjunktiv"
    return "main" if not marks & words.groups["subordinators"] else ""


def _verb_last(tree: Tree, clause: int, finite: int) -> bool:
    """Tell whether nothing but further clauses and punctuation follows the finite verb, as in a subordinate clause."""
    later = {"ccomp", "xcomp", "acl", "advcl", "conj", "parataxis", "punct", "aux", "aux:pass", "cop"}
    return all(c < finite or tree.deps[c] in later for c in tree.children[clause]) and clause <= finite


def _fits(row: VerbRow, kind: str) -> bool:
    """Tell whether a verb can take a clause of this kind as its content."""
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
    for child in tree.children[cue.index]:
        if child in source or child in heard or child in cue.tokens:
            continue
        label = tree.deps[child]
        if label in ("obj", "nsubj:pass") and "object" in cue.row.frames and (label == "obj" or cue.passive):
            found |= tree.subtree(child)
        elif label in ("obl", "obl:arg", "xcomp", "nmod", "advmod", "obj"):
            case = tree.child(child, "case", "mark")
            if case is not None and _preposition(tree, case) in prepositions:
                found |= tree.subtree(child)
    if found and cue.row.kind in BINDING:
        found |= conditions(tree, cue, words)
    return trim(tree, found)


def conditions(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the clauses that tell on what condition something is promised, demanded or threatened."""
    found: set[int] = set()
    for child in tree.children[cue.index]:
        if tree.deps[child] == "advcl":
            below = tree.subtree(child)
            first = next((t for t in sorted(below) if tree.pos[t] != "PUNCT"), child)
            if tree.lower[first] in words.groups["conditionals"]:
                found |= below
    return found


def _preposition(tree: Tree, case: int) -> str:
    lemma = tree.lemmas[case]
    return lemma if lemma in PREPOSITIONS else tree.lower[case]
