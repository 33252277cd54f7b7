"""Who speaks and who is spoken to, read from the tree around a reporting verb."""

from __future__ import annotations

from lagebild.layers.speech.cues import Cue
from lagebild.layers.speech.persons import agrees, animate, may_speak
from lagebild.layers.speech.tree import VERBAL, Tree
from lagebild.rules.speech import SpeechWords


def subject(tree: Tree, index: int) -> int | None:
    """Return the subject of a verb, going up through conjuncts and infinitives."""
    for _ in range(6):
        for label in ("nsubj", "nsubj:pass"):
            for child in tree.children[index]:
                if tree.deps[child] == label and tree.child(child, "case") is None and not _oblique(tree, child):
                    return child
        if tree.deps[index] in ("conj", "xcomp") and tree.pos[tree.heads[index]] in VERBAL:
            if (own := _behind_and(tree, index)) is not None:
                return own
            index = _joined_to(tree, index)
        else:
            return None
    return None


def _behind_and(tree: Tree, index: int) -> int | None:
    """Return the phrase between "und" and the finite verb, where the parser hung it elsewhere: "und das Amt | versprach"."""
    finite = tree.finite(index)
    at = finite - 1 if finite is not None else 0
    while at > 1 and tree.pos[at] == "ADV":
        at -= 1
    first = at
    while first > 1 and tree.pos[first - 1] in ("DET", "ADJ"):
        first -= 1
    if finite is None or tree.pos[at] not in ("NOUN", "PROPN") or tree.pos[first - 1] != "CCONJ":
        return None
    fits = tree.child(at, "case") is None and not _marked(tree, at) and _may_be_nominative(tree, at, finite)
    return at if fits and agrees(tree, at, finite) else None


def _adverbial(tree: Tree, index: int) -> bool:
    """Tell a participle that opens a sentence, a capital making it look like a noun: "Ergänzend fügte er hinzu"."""
    opens = index == tree.bounds[tree.sentence[index]][0] and tree.lower[index].endswith("end")
    return opens and index + 1 < len(tree.words) and tree.forms[index + 1].verb == "Fin" and not tree.children[index]


def _joined_to(tree: Tree, index: int) -> int:
    """Return the verb that a verb goes on from; one that reports does not go on from what is told.

    "Er sagte, man brauche Hilfe, und fügte hinzu, ...": hung on "brauche", it goes on from "sagte".
    """
    above, finite = tree.heads[index], tree.finite(index)
    if tree.deps[index] != "conj" or finite is None or tree.forms[finite].mood != "Ind":
        return above
    top = above
    while (told := tree.finite(top)) is not None and tree.forms[told].mood == "Sub" and tree.heads[top] < top:
        top = tree.heads[top]
    told = tree.finite(top)
    return top if told is not None and tree.forms[told].mood == "Ind" else above


def _oblique(tree: Tree, index: int) -> bool:
    """Tell a phrase that cannot be a subject because its article or the word itself stands in another case."""
    if tree.forms[index].case in ("Acc", "Dat") or _adverbial(tree, index):
        return True
    if any(
        tree.deps[c] in ("mark", "cc") and c < index and tree.lower[c] in ("als", "wie") for c in tree.children[index]
    ):
        return True
    return _marked(tree, index)


def nearest_subject(tree: Tree, index: int, message: set[int]) -> int | None:
    """Return the noun or pronoun in the nominative that stands nearest to the verb, where the parser gave no subject."""
    start, end = tree.bounds[tree.sentence[index]]
    finite = tree.finite(index)
    middle = finite if finite is not None else index
    for step, stop in ((1, min(end, middle + 14)), (-1, max(start - 1, middle - 14))):
        for at in range(middle + step, stop, step):
            if at in message or tree.words[at] in (":", ";") or (step == 1 and tree.words[at] == ","):
                break
            if (
                tree.pos[at] in ("NOUN", "PROPN", "PRON")
                and (tree.deps[at] != "obl" or tree.pos[at] != "NOUN")  # "letzte Woche"
                and _may_be_nominative(tree, at, middle)
                and tree.child(at, "case") is None
            ):
                top = at
                while (
                    tree.heads[top] in range(start, end)
                    and tree.deps[top] in ("flat", "appos", "nmod", "det", "amod")
                    and tree.heads[top] not in message
                ):
                    top = tree.heads[top]
                if (
                    tree.pos[top] in ("NOUN", "PROPN", "PRON")
                    and tree.child(top, "case") is None
                    and tree.lower[top] not in ("es", "sich")
                ):
                    return top
    return None


def _may_be_nominative(tree: Tree, index: int, finite: int) -> bool:
    """Tell a nominative, or an accusative that looks the same and agrees with the verb: "Das gab die Leitung bekannt"."""
    case = tree.forms[index].case
    if case in ("Nom", ""):
        return True
    return case == "Acc" and tree.pos[index] == "NOUN" and not _marked(tree, index) and agrees(tree, index, finite)


def _marked(tree: Tree, index: int) -> bool:
    """Tell a phrase whose article cannot stand in the nominative: "den Plan", "einem Minister"."""
    article = tree.child(index, "det", "det:poss")
    if article is None and tree.forms[index].number == "Sing":
        article = tree.child(index, "amod")  # "folgenden Kommentar"
    return article is not None and tree.lower[article].endswith(("en", "em"))


def agent(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return who acts in a passive clause ("von der Polizei")."""
    found = tree.child(index, "obl:agent")
    if found is not None:
        return found
    for child in tree.children[index]:
        if (
            tree.deps[child] == "obl"
            and (case := tree.child(child, "case")) is not None
            and tree.lemmas[case] in words.groups["agents"]
        ):
            return child
    return _agent_astray(tree, index, words)


def _agent_astray(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return an agent that the parser hung on the noun before it: "wird die Gefahr | von der Behörde als hoch eingestuft"."""
    if not any(tree.deps[c] == "aux:pass" for c in tree.children[index]):
        return None
    for child in tree.children[index]:
        if tree.deps[child] not in ("nsubj", "nsubj:pass") or child > index or may_speak(tree, child, words):
            continue  # "der Präsident von Frankreich"
        for below in sorted(tree.subtree(child), reverse=True):
            case = tree.child(below, "case")
            near = tree.deps[below] == "nmod" and case is not None and child < case < below < index
            near = near and (tree.heads[below] == child or _behind_von(tree, tree.heads[below]))
            if near and tree.lower[case or 0] in ("von", "vom") and animate(tree, below, words):
                return below if "," not in tree.words[child:index] else None
    return None


def _behind_von(tree: Tree, noun: int) -> bool:
    """Tell a noun that has a "von" already, so that one hung on it is the verb's: "die Gefahr von Bränden | vom Amt"."""
    case = tree.child(noun, "case")
    return case is not None and tree.lower[case] in ("von", "vom")


def speaker(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the phrase that names who speaks; empty where nobody does."""
    if "cites" in cue.row.frames:
        cited = subject(tree, cue.index) if cue.passive else tree.child(cue.index, "obj")
        if cited is not None and tree.child(cited, "case") is None:
            return tree.noun_phrase(cited) - cue.tokens
    head = agent(tree, cue.index, words) if cue.passive else subject(tree, cue.index)
    if cue.passive and head is not None and "von" in cue.row.frames and not may_speak(tree, head, words):
        head = None  # "Es wurde von Schüssen berichtet": what is told
    if head is None and not cue.passive and tree.forms[cue.index].verb == "Part":
        head = agent(tree, cue.index, words)
    if not cue.passive:
        head = behind_verb(tree, cue, words, head) or head
        head = head if head is not None else _of_first_half(tree, cue, words)
    if (
        (cue.passive and head is None)
        or (head is not None and not cue.passive and tree.lower[head] == "es")
        or (head is None and cue.row.lemma in words.groups["impersonal_verbs"])
    ):
        head = place_of_report(tree, cue.index, words)
    if head is None and (body := _stands_for_body(tree, cue, words)) is not None:
        return {body}
    if head is not None and cue.row.lemma in words.groups["impersonal_verbs"] and not may_speak(tree, head, words):
        head = place_of_report(tree, cue.index, words) or head  # "In dem Bericht steht, ..."
    if head is not None and not cue.passive and tree.lower[head] in words.groups["pointers"]:
        if cue.row.lemma in words.groups["impersonal_verbs"]:
            head = place_of_report(tree, cue.index, words) or head  # "Dies geht aus dem Bericht hervor"
        else:
            beside = nearest_subject(tree, cue.index, tree.subtree(head))  # "Das teilte die Polizei mit"
            head = beside or tree.child(cue.index, "obj") or head
    if head is None:
        return set()
    phrase = (tree.noun_phrase(head) | _title_apart(tree, head)) - cue.tokens
    return phrase - {min(phrase)} if phrase and tree.lower[min(phrase)] in ("und", "oder") else phrase


def _title_apart(tree: Tree, head: int) -> set[int]:
    """Return the title right behind a subject that the parser took for a second one: "Berlins Regierender | Bürgermeister"."""
    beside = head + 1
    if beside >= len(tree.words) or tree.heads[beside] != tree.heads[head] or tree.pos[beside] != "NOUN":
        return set()
    return tree.noun_phrase(beside) if tree.deps[head] == tree.deps[beside] == "nsubj" else set()


def _of_first_half(tree: Tree, cue: Cue, words: SpeechWords) -> int | None:
    """Return the subject that a verb goes on with: "Er wollte sich nicht festlegen, sagte aber, ..."."""
    if tree.lower[cue.index + 1 : cue.index + 2] == [] or tree.lower[cue.index + 1] not in words.groups["turners"]:
        return None
    before = (c for c in tree.children[cue.index] if c < cue.index and tree.deps[c] in ("ccomp", "advcl", "parataxis"))
    return next((head for c in before if (head := subject(tree, c)) is not None), None)


def _stands_for_body(tree: Tree, cue: Cue, words: SpeechWords) -> int | None:
    """Return an "es" that is a body named in the sentence before: "Das Gericht urteilte milde. Es stellte fest, ..."."""
    number, children = tree.sentence[cue.index], tree.children[cue.index]
    pronoun = next((c for c in children if tree.lower[c] == "es" and tree.deps[c] in ("expl", "nsubj")), None)
    if pronoun is None or cue.passive or not number or cue.row.lemma in words.groups["impersonal_verbs"]:
        return None
    if any(tree.lower[c] == "sich" for c in children):
        return None
    neuter = (
        (article := tree.child(t, "det")) is not None
        and tree.lower[article] in ("das", "dieses")
        and may_speak(tree, t, words)
        for t in range(*tree.bounds[number - 1])
        if tree.pos[t] == "NOUN"
    )
    return pronoun if any(neuter) else None


def spoken_of(tree: Tree, cue: Cue, words: SpeechWords) -> bool:
    """Tell a verb in the Konjunktiv whose subject cannot speak: the sentence is itself told ("Die Gefahr bestehe fort").

    Nor does a thing speak that "droht zu brechen", and "das heißt" only puts it in other words.
    """
    finite = tree.finite(cue.index)
    head = subject(tree, cue.index)
    if head is not None and cue.row.lemma in words.groups["of_things"] and not may_speak(tree, head, words):
        return True
    if cue.row.lemma in words.groups["glosses"] and cue.index and tree.lower[cue.index - 1] == "das":
        return True
    if finite is None or tree.forms[finite].mood != "Sub" or tree.deps[cue.index] not in ("ROOT", "conj"):
        return False
    if cue.passive:
        return agent(tree, cue.index, words) is None
    return head is not None and tree.lower[head] not in ("es", "man") and not may_speak(tree, head, words)


def behind_verb(tree: Tree, cue: Cue, words: SpeechWords, head: int | None) -> int | None:
    """Return who speaks right behind the finite verb, where the parser took what is spoken of for the subject.

    "Das Angebot lehnt er ab", "Den Plan nannte der Minister ...": a personal pronoun in the nominative, or a phrase
    that opens with der and names people or a body.
    """
    finite = tree.finite(cue.index)
    at = (finite if finite is not None else cue.index) + 1
    if head is not None and head >= at:
        return None
    end = tree.bounds[tree.sentence[cue.index]][1]
    if at < end and tree.lower[at] == "sich":
        at += 1
    if at >= end or at in cue.tokens:
        return None
    if tree.lower[at] in words.groups["only_subjects"]:
        return at
    if head is not None and finite is not None and not agrees(tree, head, finite):
        beside = nearest_subject(tree, cue.index, tree.subtree(head))
        if beside is not None and beside > finite and agrees(tree, beside, finite) and animate(tree, beside, words):
            return beside
    if head is not None and may_speak(tree, head, words) and (animate(tree, head, words) or tree.pos[at] != "PROPN"):
        return None
    if tree.lower[at] in words.groups["nominatives"]:
        return at
    thing = head is not None and tree.pos[head] == "NOUN" and tree.lemmas[head] in words.groups["counted"]
    first = ("der", "die", "das") if thing else ("der",)  # "Die Zahl der Toten gab die Polizei mit zehn an"
    if (tree.pos[at] == "DET" and tree.lower[at] in first) or tree.pos[at] == "PROPN":
        top = at
        while tree.heads[top] > at and tree.deps[top] in ("det", "amod", "flat", "nmod", "compound"):
            top = tree.heads[top]
        if (
            tree.child(top, "case") is None
            and top != at - 1
            and may_speak(tree, top, words)
            and tree.pos[top] != "PRON"
        ):
            return top
    return None


def place_of_report(tree: Tree, index: int, words: SpeechWords) -> int | None:
    """Return the phrase that stands for the speaker of "es hieß": "in Moskau", "aus Kreisen", "in dem Bericht"."""
    for child in tree.children[index]:
        if tree.deps[child] in ("obl", "advmod", "nmod", "obl:arg"):
            case = tree.child(child, "case")
            if case is None or tree.lemmas[child] in words.groups["time_nouns"] or tree.pos[child] == "NUM":
                continue
            if {tree.lower[case], tree.lemmas[case]} & (words.groups["evidence_prefixes"] | words.groups["agents"]):
                return child
            if tree.lower[case] == "auf" and _last_part(tree, child) & words.groups["places_of_writing"]:
                return child
    return None


def _last_part(tree: Tree, index: int) -> set[str]:
    """Return a noun and the part of it behind the hyphen ("NATO-Homepage")."""
    lemma = tree.lemmas[index]
    return {lemma, lemma.rpartition("-")[2]}


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


def relayed(tree: Tree, cue: Cue, words: SpeechWords) -> set[int]:
    """Return the source a medium relies on: "berichtete die Zeitung unter Berufung auf einen Minister"."""
    for child in tree.children[cue.index]:
        if tree.lemmas[child] in words.groups["reliance_nouns"]:
            for below in tree.children[child]:
                case = tree.child(below, "case")
                if case is not None and tree.lemmas[case] == "auf":
                    return tree.noun_phrase(below) - {case}
    return set()
