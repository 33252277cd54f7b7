"""Clauses in the Konjunktiv I inside a sentence in the indicative: what they tell is another's word."""

from __future__ import annotations

from lagebild.layers.speech.contents import stretch
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.mood import main_verb, tells, told_tokens
from lagebild.layers.speech.persons import may_speak
from lagebild.layers.speech.speakers import subject
from lagebild.layers.speech.tree import AUXILIARIES, Tree
from lagebild.records import Form
from lagebild.rules.speech import SpeechWords


def told_clauses(tree: Tree, words: SpeechWords, found: list[Found]) -> None:
    """Add clauses in the Konjunktiv I inside a sentence in the indicative: what they tell is another's word.

    "Sie lehnten den Plan ab, weil er zu teuer sei"; "Er sprach von Leuten, die man bezahlt habe". Who tells it is who
    reports in the sentence, else its subject; of a main clause who spoke before: "Seine Frau ist krank, und er wolle sie pflegen".
    """
    covered = told_tokens(found)
    for number, (start, end) in enumerate(tree.bounds):
        root = main_verb(tree, number)
        for index in range(start, end):
            if tree.forms[index].verb != "Fin" or index in covered or not tells(tree, words, index):
                continue
            clause = tree.clause(index if tree.deps[index] not in AUXILIARIES else tree.heads[index])
            message = stretch(tree, [clause], set())
            first = min(message, default=start)
            relative = tree.deps[clause] == "conj" and tree.pos[first] == "PRON" and tree.words[first - 1] == ","
            relative = relative and tree.lower[first] in words.groups["relative_words"]
            beside = tree.deps[clause] in ("conj", "parataxis") and tree.forms[index].tense == "Pres" and not relative
            if (tree.deps[clause] not in ("acl", "advcl", "ccomp") and not relative and not beside) or clause == root:
                continue
            if (
                len(message) < 3
                or message & covered
                or tree.lower[first] in words.groups["unreal"] | words.groups["conditionals"]
            ):
                continue
            near = [
                f
                for f in found
                if (f.source or f.wrapper) and f.cue and tree.sentence[min(f.cue)] == number and not f.cue & message
            ]
            if beside:
                near = [f for f in near if f.anchor < index and not f.source <= message]
            teller = max(near, key=lambda f: (f.anchor == tree.heads[clause], f.anchor == root), default=None)
            head = subject(tree, root)
            own = tree.forms[index].tense == "Pres" and head is not None and may_speak(tree, head, words)
            if beside and teller is None:
                teller, own = _spoke_before(found, tree, number), False
            carried = teller is not None and teller not in near
            if teller is None and not own:
                continue
            source = (teller.source | teller.wrapper if teller else tree.noun_phrase(head)) - message  # type: ignore[arg-type]
            if beside and {tree.lower[t] for t in source} & words.groups["first_person"]:
                continue  # "Ich war dort und habe es gesehen"
            form: Form = "IndirectFreeIndirect" if carried and tree.child(clause, "mark") is None else "Indirect"
            found.append(Found("speech-konjunktiv-clause", form, message, source=source, anchor=index, carried=carried))
            covered |= message


def _spoke_before(found: list[Found], tree: Tree, number: int) -> Found | None:
    """Return the statement of the sentence before, the last one that names its speaker."""
    near = [f for f in found if f.source and tree.sentence[max(f.message | f.cue)] == number - 1]
    return max(near, key=lambda f: (len(f.message), f.anchor), default=None)
