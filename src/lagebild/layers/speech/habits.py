"""Which statements the newspaper quotation corpus annotates, as far as its habits can be told by rules."""

from __future__ import annotations

from dataclasses import replace

from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import Quote
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

FEW = 7  # tokens of a quotation, its marks among them
SELDOM = frozenset({"reject", "expect", "praise"})  # kinds of verbs whose clauses the corpus takes for acts or plans
REFUSALS = frozenset({"reject", "deny", "doubt"})  # "schloss nicht aus": denied twice, said after all


def told_already(tree: Tree, item: Found, found: list[Found]) -> bool:
    """Tell a sentence in summary that is itself what a source phrase or the Konjunktiv tells."""
    start, end = tree.bounds[tree.sentence[item.anchor]]
    return any(
        f.form != "Reported"
        and f.clausal
        and start <= f.anchor < end
        and len(f.message & set(range(start, end))) > (end - start) / 2
        for f in found
    )


def annotated(tree: Tree, found: list[Found], words: SpeechWords) -> list[Found]:
    """Leave out what the corpus does not annotate: questions, what speakers report inside their own words, weak verbs."""
    kept = []
    found = [item for item in found if not _told_twice(tree, item, found)]
    for item in found:
        if _loose_hearsay(tree, item):
            continue
        if item.form == "Direct":
            if _is_only_name(tree, words, item):
                continue
            item = _retold(tree, item, found)
        if item.form == "Indirect" and _left_out(tree, words, item, found):
            continue
        kept.append(item)
    return kept


def _is_only_name(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell quoted words that are a name or everybody's word for it: "auch „Sonnenwind“ genannt"."""
    if is_term(tree, words, Quote(min(item.message), max(item.message), is_sentence=False)):
        return True
    return not item.source and len(item.message) < FEW and item.rule.startswith("speech-verb")


def _left_out(tree: Tree, words: SpeechWords, item: Found, found: list[Found]) -> bool:
    """Tell an indirect statement that the corpus does not annotate."""
    if {tree.lower[t] for t in item.source} & words.groups["first_person"] or item.rule == "speech-phrase-aus":
        return True
    if _inside(item, found) and not _phrase_inside(tree, item, found):
        return True
    finite = next((t for t in sorted(item.message) if tree.forms[t].verb == "Fin"), None)
    told = finite is not None and tree.forms[finite].mood == "Sub"
    if item.rule in words.weak and not told:
        return True
    if item.rule.startswith("speech-noun"):
        return (
            finite is None and not item.source and not item.wrapper
        )  # "der Plan, die Steuern zu senken": nobody's words
    if not item.rule.startswith("speech-verb"):
        return False
    return (
        (item.kind in SELDOM and not told)
        or _asks(tree, words, item)
        or _not_told(tree, words, item)
        or _writers_own(tree, words, item)
    )


def _inside(item: Found, found: list[Found]) -> bool:
    """Tell what is told inside a quotation, or with its verb inside another statement."""
    return any(
        f is not item and item.message < f.message and (f.form == "Direct" or (f.clausal and item.cue <= f.message))
        for f in found
        if f.form != "Reported" and not (f.rule.startswith(("speech-phrase", "speech-noun")) and f.form == "Indirect")
    )


def _asks(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a question, but not "betonte, wie wichtig das sei"."""
    first = min(item.message)
    if tree.lower[first] == "wie" and tree.lower[first + 1] in words.groups["degrees"]:
        return False
    return tree.lower[first] in words.groups["question_words"] | words.groups["whether"]


def _loose_hearsay(tree: Tree, item: Found) -> bool:
    """Tell hearsay that nobody vouches for: no speaker in the sentence before, or only a clause of a sentence."""
    if item.form != "FreeIndirect":
        return False
    number = tree.sentence[min(item.message)]
    near = item.source and number - max(tree.sentence[t] for t in item.source) <= 1
    return not near or min(item.message) > tree.bounds[number][0]


def _retold(tree: Tree, item: Found, found: list[Found]) -> Found:
    """Give a quotation behind a verb that is itself told to who tells it: "Die Studie zeige, „dass ...“", said the minister."""
    finite = tree.finite(item.anchor) if item.rule.startswith("speech-verb") else None
    if finite is None or tree.forms[finite].mood != "Sub":
        return item
    tellers = [f for f in found if f is not item and f.clausal and item.cue <= f.message and f.source]
    if not tellers:
        return item
    teller = min(tellers, key=lambda f: len(f.message))
    return replace(item, source=set(teller.source), wrapper=set(teller.wrapper), cue=set(teller.cue))


def _told_twice(tree: Tree, item: Found, found: list[Found]) -> bool:
    """Tell a verb that only points back at a sentence ("Das sagte er") which is told already."""
    if item.form != "Indirect" or not item.rule.startswith("speech-verb"):
        return False
    start, _ = tree.bounds[tree.sentence[item.anchor]]
    before = {t for t in item.message if t < start}
    return bool(before) and any(
        f is not item and f.clausal and len(f.message & before) > len(before) / 2 for f in found
    )


def _not_told(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a reporting verb that is itself retold ("er habe gesagt"), said by an "ich", or negated ("glaubt nicht")."""
    finite = tree.finite(item.anchor)
    if finite is not None and tree.forms[finite].mood == "Sub":
        return True
    return item.kind not in REFUSALS and any(
        tree.lower[c] in words.groups["negators"] for c in tree.children[item.anchor]
    )


def _writers_own(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell what the writer concludes, asks or only dates by: "ist davon auszugehen", "glauben Sie, ...?", "als er erfuhr, ..."."""
    end = tree.bounds[tree.sentence[item.anchor]][1]
    near = tree.children[item.anchor]
    if not item.source:
        modal = any(tree.deps[c] == "aux" and tree.lemmas[c] in words.groups["modals"] for c in near)
        return modal or (tree.forms[item.anchor].verb == "Inf" and any(tree.lemmas[c] == "sein" for c in near))
    if tree.words[end - 1] == "?" and {tree.lower[t] for t in item.source} <= {"sie", "du", "ihr"}:
        return True
    return item.kind == "learn" and any(
        tree.deps[c] == "mark" and tree.lower[c] in words.groups["dating"] for c in near
    )


def _phrase_inside(tree: Tree, item: Found, found: list[Found]) -> bool:
    """Tell a source phrase inside what another tells indirectly: "Er sagte, nach Angaben der Polizei ..."."""
    phrase = item.rule.startswith("speech-phrase") or (bool(item.wrapper) and tree.pos[min(item.cue)] == "ADP")
    return phrase and not any(f.form == "Direct" and item.message < f.message for f in found)


def is_term(tree: Tree, words: SpeechWords, quote: Quote) -> bool:
    """Tell a single quoted noun that is a term or a name ("die Namen von „Sündern“") from one that judges ("eine „Ente“")."""
    inside = [t for t in range(quote.start + 1, quote.end) if tree.pos[t] != "PUNCT"]
    before = tree.lower[quote.start - 1] if quote.start else ""
    if before in words.groups["naming"]:
        return True
    if len(inside) != 1 or tree.pos[inside[0]] != "NOUN":
        return False
    return not before.startswith(("ein", "kein")) and before not in ("als", "zum", "zur", ":", ",")
