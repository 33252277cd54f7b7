"""Writes statements in the form of the newspaper quotation corpus (SpkAtt-2023, task 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.habits import annotated, is_term, told_already
from lagebild.layers.speech.quotes import find_quotes, is_title
from lagebild.layers.speech.speakers import agent, place_of_report, subject
from lagebild.layers.speech.summaries import is_summary
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

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
    kept = annotated(tree, found, words)
    kept = [item for item in kept if item.form != "Reported" or not told_already(tree, item, kept)]
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
        if q.start in item.message and q.end in item.message and not (is_title(tree, q) or is_term(tree, words, q))
    ]
    if quoted:
        whole = item.kind == "demand" or tree.lower[min(item.message)] in words.groups["content_prepositions"]
        told = (
            [replace(item, form="Indirect", clausal=True)]
            if whole and len(item.message.difference(*quoted)) > 2
            else []
        )
        return told + [replace(item, form="Direct", message=quote, clausal=True) for quote in quoted]
    return [item] if is_summary(tree, words, item) else []


def _quoted_parts(tree: Tree, words: SpeechWords, found: list[Found]) -> list[Found]:
    parts = []
    for quote in find_quotes(tree):
        noun = quote.end == quote.start + 2 and tree.pos[quote.start + 1] == "NOUN"
        if noun or is_title(tree, quote) or is_term(tree, words, quote):
            continue
        inside = set(range(quote.start, quote.end + 1))
        holders = [
            f for f in found if f.form != "Direct" and f.form != "Reported" and inside <= f.message and f.clausal
        ]
        if holders and not any(f.form == "Direct" and f.message & inside for f in found):
            holder = min(holders, key=lambda f: len(f.message))
            if not (holder.source or holder.wrapper or quote.is_sentence):
                continue  # a phrase that nobody is named for
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
