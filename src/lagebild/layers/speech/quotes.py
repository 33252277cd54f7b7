"""Finds the stretches between quotation marks, of whatever kind, also across sentences."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.language.marks import as_german
from lagebild.layers.speech.tree import VERBAL, Tree

OPENERS = {"„": "“”", "‚": "‘’'", "“": "”", "``": ("''", "“"), ",,": ("“", "”", "''")}
"""Closing marks by opening mark, where the marks of every custom stand as German ones (``marks.as_german``)."""
CLOSERS = frozenset("“”«»‘’‹›") | {"''"}
INNER = frozenset("‚")
CONTRACTED = frozenset({"im", "am", "vom", "beim", "zum", "zur", "ins", "ans"})
LONGEST = 400  # tokens; a mark that is not closed by then was a slip or an inch sign
QUOTE_MARKS = frozenset((*CLOSERS, *OPENERS, '"'))


@dataclass(frozen=True, slots=True)
class Quote:
    """Token numbers of the opening and the closing mark, both inclusive."""

    start: int
    end: int
    is_sentence: bool

    def __contains__(self, token: int) -> bool:
        return self.start <= token <= self.end


def find_quotes(tree: Tree) -> list[Quote]:
    """Return the quotations in text order, outermost only."""
    if QUOTE_MARKS.isdisjoint(tree.words):
        return []
    quotes: list[Quote] = []
    marks = as_german(tree.doc, tree.words)
    words = [marks.get(i, word) for i, word in enumerate(tree.words)] if marks else tree.words
    german = "„" in words
    open_at, closers = -1, OPENERS["„"]
    for index, word in enumerate(words):
        if open_at >= 0:
            if word in closers:
                quotes.append(Quote(open_at, index, _is_sentence(tree, open_at, index)))
                open_at = -1
            elif index - open_at > LONGEST or (word in OPENERS and word not in INNER and word not in CLOSERS):
                open_at, closers = (index, OPENERS[word]) if word in OPENERS else (-1, closers)
        elif word in OPENERS and word not in INNER:
            if word == "“" and (german or _closes(tree, index)):
                continue
            open_at, closers = index, OPENERS[word]
    return quotes


def _closes(tree: Tree, index: int) -> bool:
    """Tell whether a mark that may open or close can only close here: glued to the word before, blank after."""
    if index == 0:
        return False
    before = tree.doc[index - 1]
    return not before.whitespace_ and bool(tree.doc[index].whitespace_)


def _is_sentence(tree: Tree, start: int, end: int) -> bool:
    """Tell a quoted statement from a quoted word or title: it holds a finite verb, or ends like a sentence."""
    inside = range(start + 1, end)
    if len(inside) < 2:
        return False
    if any(tree.forms[i].verb in ("Fin", "Imp") and tree.pos[i] in VERBAL for i in inside):
        return True
    return tree.words[end - 1] in (".", "!", "?", "…", "...") or tree.words[min(end + 1, len(tree.words) - 1)] in (
        "!",
        "?",
    )


def _is_named(tree: Tree, quote: Quote) -> bool:
    """Tell a name that holds a verb: "die „Aktion Hand in Hand hilft“ sammelte"; nothing else stands behind an article."""
    before, last = quote.start - 1, tree.words[quote.end - 1]
    if before < 0 or tree.sentence[before] != tree.sentence[quote.end] or last in (".", "!", "?", "…"):
        return False
    return tree.pos[before] == "DET" and tree.lower[before].startswith("d") and quote.end - quote.start < 8


def is_title(tree: Tree, quote: Quote) -> bool:
    """Tell a quoted name or title from quoted words: a name by its words, or an apposition to a noun ("die Operation „X“")."""
    if quote.is_sentence:
        return _is_named(tree, quote)
    inside = [t for t in range(quote.start + 1, quote.end) if tree.pos[t] != "PUNCT"]
    if not inside:
        return True
    if all(tree.pos[t] in ("PROPN", "X", "NUM") or tree.doc[t].ent_iob in (1, 3) for t in inside):
        return True
    before = quote.start - 1
    if before < 0 or tree.sentence[before] != tree.sentence[quote.start] or not tree.words[inside[0]][0].isupper():
        return False
    definite = (tree.pos[before] in ("DET", "ADP") and tree.lower[before].startswith("d")) or tree.lower[
        before
    ] in CONTRACTED
    return definite or tree.pos[before] in ("NOUN", "PROPN")
