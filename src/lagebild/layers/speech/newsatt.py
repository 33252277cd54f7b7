"""Writes statements in the form of the newspaper quotation corpus (SpkAtt-2023, task 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lagebild.layers.speech.contents import trim
from lagebild.layers.speech.found import Found
from lagebild.layers.speech.quotes import find_quotes, is_title
from lagebild.layers.speech.tree import Tree
from lagebild.rules.speech import SpeechWords

# The corpus annotates a noun phrase as speech told in summary where it tells what was said rather than that something
# was: after these kinds of verbs always, after others where it is long enough to hold a content.
ALWAYS = frozenset({"warn", "accuse"})
LONG = frozenset({"say", "demand", "announce", "advise"})
ENOUGH = 6  # words
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
    found = [named for item in _annotated(tree, found, words) for named in _named(tree, item)]
    rows = [_annotation(tree, item, names, nested=False) for item in found]
    rows += [_annotation(tree, item, names, nested=True) for item in _quoted_parts(tree, found)]
    messages = [set(row["Message"]) for row in rows]
    for row, message in zip(rows, messages, strict=True):
        row["HasNested"] = any(other < message for other in messages)
        row["IsNested"] = row["IsNested"] or any(message < other for other in messages)
    return rows


def _annotated(tree: Tree, found: list[Found], words: SpeechWords) -> list[Found]:
    """Leave out what the corpus does not annotate: questions, what speakers report inside their own words, weak verbs."""
    kept = []
    for item in found:
        if item.form == "FreeIndirect" and not item.source:
            continue
        if item.form == "Indirect":
            first = tree.lower[min(item.message)]
            asked = first in words.groups["question_words"] or first in words.groups["whether"]
            inside = any(
                f is not item
                and item.message < f.message
                and (f.form == "Direct" or (f.clausal and item.cue <= f.message))
                for f in found
                if f.form != "Reported"
            )
            if inside or (asked and item.rule.startswith("speech-verb")) or item.rule in words.weak:
                continue
        kept.append(item)
    return kept


def _named(tree: Tree, item: Found) -> list[Found]:
    """Return what the corpus makes of a summary: its quoted words where it quotes, else itself or nothing."""
    if item.form != "Reported":
        return [item]
    quoted = [
        set(range(q.start, q.end + 1))
        for q in find_quotes(tree)
        if q.start in item.message and q.end in item.message and not is_title(tree, q)
    ]
    if quoted:
        return [replace(item, form="Direct", message=quote, clausal=True) for quote in quoted]
    told = item.kind in ALWAYS or (item.kind in LONG and len(item.message) >= ENOUGH)
    about = item.kind == "report" and tree.pos[min(item.message)] == "ADP"
    return [item] if told or about else []


def _quoted_parts(tree: Tree, found: list[Found]) -> list[Found]:
    parts = []
    for quote in find_quotes(tree):
        if is_title(tree, quote):
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


def _annotation(tree: Tree, item: Found, names: list[str], *, nested: bool) -> dict[str, Any]:
    message, cue = item.message, item.cue
    if item.form in ("Reported", "FreeIndirect") and not item.clausal:
        start, end = tree.bounds[tree.sentence[item.anchor]]
        message, cue = set(range(start, end)), set()

    def ids(tokens: set[int]) -> list[str]:
        return [names[t] for t in sorted(tokens)]

    return {
        "Message": ids(message),
        "Source": ids(item.source | item.wrapper),
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
