"""Writes statements in the form of the newspaper quotation corpus (SpkAtt-2023, task 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import Quote, find_quotes, is_title
from lagebild.layers.speech.speakers import agent, may_speak, place_of_report, subject
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

# The corpus annotates a sentence as speech told in summary where it tells what was said rather than that something was:
# where the reporting verb is the main verb and the summary most of the sentence, or long enough to hold a content.
WHOLE = frozenset({"say", "report", "demand", "announce", "advise", "warn", "accuse", "think"})
LONG = frozenset({"say", "demand", "warn"})
ENOUGH = 6  # words
FEW = 7  # tokens of a quotation, its marks among them
MOSTLY = 0.7  # share of the sentence's tokens
SELDOM = frozenset({"reject", "expect", "praise"})  # kinds of verbs whose clauses the corpus takes for acts or plans
REFUSALS = frozenset({"reject", "deny", "doubt"})  # "schloss nicht aus": denied twice, said after all
MEDIUM = {
    "write": "Writing",
    "think": "ST",
    "hope": "ST",
    "fear": "ST",
    "expect": "ST",
    "know": "ST",
    "doubt": "ST",
    "learn": "SW",
    "report": "SW",
    "announce": "SW",
}


def quotation_rows(tree: Tree, words: SpeechWords, found: list[Found], names: list[str]) -> list[dict[str, Any]]:
    """Return one annotation per statement, and one per quotation inside an indirect one; ``names`` are the tokens' ids."""
    kept = _annotated(tree, found, words)
    kept = [item for item in kept if item.form != "Reported" or not _told_already(tree, item, kept)]
    kept += [cited for item in kept if (cited := _citing(tree, words, item)) is not None]
    found = [named for item in kept + _plans(tree, words, kept) for named in _named(tree, words, item)]
    rows = [_annotation(tree, words, item, names, nested=False) for item in found]
    rows += [_annotation(tree, words, item, names, nested=True) for item in _quoted_parts(tree, words, found)]
    rows = _once(rows, words)
    messages = [set(row["Message"]) for row in rows]
    for row, message in zip(rows, messages, strict=True):
        row["HasNested"] = any(other < message for other in messages)
        row["IsNested"] = row["IsNested"] or any(message < other for other in messages)
    return rows


def _citing(tree: Tree, words: SpeechWords, item: Found) -> Found | None:
    """Return the same words as told by who cites them: "Die Zeitung zitiert ihn mit den Worten: ..."."""
    if item.rule not in words.citing or not item.source:
        return None
    passive = any(tree.deps[c] == "aux:pass" for c in tree.children[item.anchor])
    head = agent(tree, item.anchor, words) if passive else subject(tree, item.anchor)
    if head is None and passive:
        head = place_of_report(tree, item.anchor, words)
    source = tree.noun_phrase(head) - item.message - item.cue if head is not None else set()
    return replace(item, source=source, wrapper=set()) if source and not source & item.source else None


def _told_already(tree: Tree, item: Found, found: list[Found]) -> bool:
    """Tell a sentence in summary that is itself what a source phrase or the Konjunktiv tells."""
    start, end = tree.bounds[tree.sentence[item.anchor]]
    return any(
        f.form != "Reported"
        and f.clausal
        and start <= f.anchor < end
        and len(f.message & set(range(start, end))) > (end - start) / 2
        for f in found
    )


def _once(rows: list[dict[str, Any]], words: SpeechWords) -> list[dict[str, Any]]:
    """Drop a quotation that was found twice, keeping the one that names a speaker."""
    best: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row["Form"], *row["Message"])
        if row["Rule"] in words.citing:
            key = (*key, *row["Source"])  # who is cited, and who cites
        if key not in best or (row["Source"] and not best[key]["Source"]):
            best[key] = row
    return list(best.values())


def _annotated(tree: Tree, found: list[Found], words: SpeechWords) -> list[Found]:
    """Leave out what the corpus does not annotate: questions, what speakers report inside their own words, weak verbs."""
    kept = []
    for item in found:
        if item.form == "FreeIndirect" and not item.source:
            continue
        if (
            item.form == "Direct"
            and not item.source
            and len(item.message) < FEW
            and item.rule.startswith("speech-verb")
        ):
            continue  # "auch „Sonnenwind“ genannt": everybody's word for it
        if item.form == "Indirect":
            first = tree.lower[min(item.message)]
            asked = first in words.groups["question_words"] or first in words.groups["whether"]
            inside = any(
                f is not item
                and item.message < f.message
                and (f.form == "Direct" or (f.clausal and item.cue <= f.message))
                for f in found
                if f.form != "Reported"
                and not (f.rule.startswith(("speech-phrase", "speech-noun")) and f.form == "Indirect")
            )
            finite = next((t for t in sorted(item.message) if tree.forms[t].verb == "Fin"), None)
            told = finite is not None and tree.forms[finite].mood == "Sub"
            seldom = item.kind in SELDOM and item.rule.startswith("speech-verb")
            if (
                (inside and not _phrase_inside(tree, item, found))
                or (seldom and not told)
                or item.rule == "speech-phrase-aus"
                or (item.rule.startswith("speech-verb") and _not_told(tree, words, item))
                or (asked and item.rule.startswith("speech-verb"))
                or (item.rule in words.weak and not told)
                or (item.rule.startswith("speech-verb") and _writers_own(tree, words, item))
            ):
                continue
        kept.append(item)
    return kept


def _not_told(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a reporting verb that is itself retold ("er habe gesagt"), said by an "ich", or negated ("glaubt nicht")."""
    finite = tree.finite(item.anchor)
    if finite is not None and tree.forms[finite].mood == "Sub":
        return True
    if {tree.lower[t] for t in item.source} == {"ich"}:
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


def _plans(tree: Tree, words: SpeechWords, found: list[Found]) -> list[Found]:
    """Return sentences with sollen that go on with what the speaker of the sentence before said."""
    ends: dict[int, Found] = {}
    for item in found:
        if item.source or item.wrapper:
            ends[tree.sentence[max(item.message | item.cue)]] = item
    covered = {t for item in found if item.clausal for t in item.message}
    plans: list[Found] = []
    for number, (start, end) in enumerate(tree.bounds):
        root = next((t for t in range(start, end) if tree.deps[t] == "ROOT"), start)
        finite = tree.finite(root)
        if finite is None or tree.lemmas[finite] not in words.groups["hearsay_modals"] or root in covered:
            continue
        if number in ends or tree.forms[finite].mood == "Sub" or tree.words[end - 1] == "?":
            continue
        if plans and tree.sentence[max(plans[-1].message)] == number - 1:
            plans[-1].message |= set(range(start, end))
        elif (last := ends.get(number - 1)) is not None:
            plan = replace(last, rule="speech-plan", form="FreeIndirect", message=set(range(start, end)), cue=set())
            plans.append(replace(plan, carried=True, clausal=True, anchor=root, addressee=set()))
    return plans


def _named(tree: Tree, words: SpeechWords, item: Found) -> list[Found]:
    """Return what the corpus makes of a summary: its quoted words where it quotes, else itself or nothing."""
    if item.form != "Reported":
        return [item]
    quoted = [
        set(range(q.start, q.end + 1))
        for q in find_quotes(tree)
        if q.start in item.message and q.end in item.message and not (is_title(tree, q) or _is_term(tree, words, q))
    ]
    if quoted:
        whole = item.kind == "demand" or tree.lower[min(item.message)] in words.groups["content_prepositions"]
        told = (
            [replace(item, form="Indirect", clausal=True)]
            if whole and len(item.message.difference(*quoted)) > 2
            else []
        )
        return told + [replace(item, form="Direct", message=quote, clausal=True) for quote in quoted]
    return [item] if _summary(tree, words, item) else []


def _summary(tree: Tree, words: SpeechWords, item: Found) -> bool:
    """Tell a sentence whose main verb tells in summary what somebody said, and which tells hardly anything else."""
    if not item.source or not item.rule.startswith("speech-verb") or tree.deps[item.anchor] not in ("ROOT", "conj"):
        return False
    if not any(may_speak(tree, token, words) for token in item.source):
        return False
    start, end = tree.bounds[tree.sentence[item.anchor]]
    whole = len(item.message | item.cue | item.source) >= MOSTLY * (end - start)
    if item.kind in WHOLE and whole:
        return True
    return item.kind in LONG and len(item.message) >= ENOUGH


def _is_term(tree: Tree, words: SpeechWords, quote: Quote) -> bool:
    """Tell a single quoted noun that is a term or a name ("die Namen von „Sündern“") from one that judges ("eine „Ente“")."""
    inside = [t for t in range(quote.start + 1, quote.end) if tree.pos[t] != "PUNCT"]
    before = tree.lower[quote.start - 1] if quote.start else ""
    if before in words.groups["naming"]:
        return True
    if len(inside) != 1 or tree.pos[inside[0]] != "NOUN":
        return False
    return not before.startswith(("ein", "kein")) and before not in ("als", "zum", "zur", ":", ",")


def _quoted_parts(tree: Tree, words: SpeechWords, found: list[Found]) -> list[Found]:
    parts = []
    for quote in find_quotes(tree):
        if is_title(tree, quote) or _is_term(tree, words, quote):
            continue
        inside = set(range(quote.start, quote.end + 1))
        holders = [
            f for f in found if f.form != "Direct" and f.form != "Reported" and inside <= f.message and f.clausal
        ]
        if holders and not any(f.form == "Direct" and f.message & inside for f in found):
            holder = min(holders, key=lambda f: len(f.message))
            parts.append(
                Found(holder.rule, "Direct", inside, holder.cue, holder.source, holder.wrapper, kind=holder.kind)
            )
    return parts


def _frame(tree: Tree, item: Found, message: set[int], cue: set[int]) -> set[int]:
    """Return the words around the message that tell of it: a source phrase, or the rest of the cue's sentence."""
    if not cue:
        return set()
    if item.rule.startswith("speech-phrase") or item.wrapper & item.source:
        return cue | item.source | item.wrapper
    start, end = tree.bounds[tree.sentence[min(cue)]]
    return trim(tree, set(range(start, end)) - message)


def _source(tree: Tree, words: SpeechWords, item: Found) -> set[int]:
    """Return speaker and wrapper; where nobody is named, the noun of speech itself stands for the speaker."""
    source = item.source | item.wrapper
    if {tree.lower[t] for t in source} == {"man"}:
        return set()  # nobody in particular
    if not item.rule.startswith("speech-noun") or tree.pos[item.anchor] != "NOUN":
        return source
    verb = tree.heads[item.anchor]
    lemmas = {tree.lemmas[verb], tree.separable(verb)}
    if lemmas & words.groups["existing"]:
        return source  # "es herrscht Einigkeit": nobody's in particular
    case = tree.child(item.anchor, "case")
    others = lemmas & words.groups["rejecting"] and not item.source & tree.subtree(item.anchor)
    others = others and (case is None or tree.lower[case] != "mit")  # "wandte sich mit der Bitte an ..."
    if not source or others:  # "wies die Darstellung zurück, ...": somebody else's words
        return {t for t in tree.noun_phrase(item.anchor) if t not in item.message}
    return source


def _annotation(tree: Tree, words: SpeechWords, item: Found, names: list[str], *, nested: bool) -> dict[str, Any]:
    message, cue = item.message, item.cue
    if item.form in ("Reported", "FreeIndirect") and not item.clausal:
        start, end = tree.bounds[tree.sentence[item.anchor]]
        message, cue = set(range(start, end)), set()

    def ids(tokens: set[int]) -> list[str]:
        return [names[t] for t in sorted(tokens)]

    return {
        "Message": ids(message),
        "Source": ids(_source(tree, words, item)),
        "Cue": ids(cue),
        "Addr": ids(item.addressee),
        "Frame": ids(_frame(tree, item, message, cue)),
        "Form": item.form,
        "STWR": MEDIUM.get(item.kind, "Speech"),
        "Rule": item.rule,
        "Kind": item.kind,
        "IsNested": nested,
        "HasNested": False,
    }
