"""Quotation marks of every custom read as German ones, by how the article itself uses them.

"«Nein»" (Swiss, French), "»Nein«" (books), "“Nein”" (English) and straight marks are all written in German news, and a mark
that opens in one custom closes in another. The network has learnt „ and “ best, so it is shown these in their place.
"""

from __future__ import annotations

from spacy.tokens import Doc

OPENING, CLOSING = "„", "“"
OUTER, INNER = ("„", "“"), ("‚", "‘")
POINTED = {"«": (True, OUTER), "»": (False, OUTER), "‹": (True, INNER), "›": (False, INNER)}
"""Whether a mark opens where points look outwards (Swiss custom), and what stands for it."""
CURLED = {"“": True, "”": False}
STRAIGHT = '"'
FOREIGN = (*POINTED, STRAIGHT, "”")
BEHIND_MARK = frozenset(",.;:!?…)]–-")
BEFORE_MARK = frozenset("([–-/")


def as_german(doc: Doc, words: list[str] | None = None) -> dict[int, str]:
    """Return the German mark that stands for each mark of another custom, by token number; ``words`` are the tokens' words."""
    if words is None:
        words = [token.text for token in doc]
    text = "\n".join(words)
    if not any(mark in text for mark in FOREIGN):
        return {}
    found: dict[int, str] = {}
    pointed = [i for i, word in enumerate(words) if word in POINTED]
    if pointed:
        outwards = _opens_by_use(doc, words, pointed, {mark: opens for mark, (opens, _) in POINTED.items()})
        for i in pointed:
            opens, (opening, closing) = POINTED[words[i]]
            found[i] = opening if opens == outwards else closing
    curled = [i for i, word in enumerate(words) if word in CURLED]
    if curled and "”" in text and OPENING not in text and _opens_by_use(doc, words, curled, CURLED):
        found.update((i, OPENING if CURLED[words[i]] else CLOSING) for i in curled)
    _straight(doc, words, found)
    return found


def _opens_by_use(doc: Doc, words: list[str], marks: list[int], opens: dict[str, bool]) -> bool:
    """Tell whether the marks stand as ``opens`` says rather than the other way round; where blanks tell nothing, the first opens."""
    votes = 0
    for i in marks:
        before, behind = _sides(doc, words, i)
        if before != behind:
            votes += 1 if opens[words[i]] == before else -1
    return votes > 0 if votes else opens[words[marks[0]]]


def _straight(doc: Doc, words: list[str], found: dict[int, str]) -> None:
    """Tell opening from closing straight marks by the blanks beside them, else by turns (also of „Nein")."""
    inside = False
    for i, word in enumerate(words):
        if word != STRAIGHT:
            shown = found.get(i, word)
            inside = shown == OPENING or (inside and shown not in CURLED)
            continue
        before, behind = _sides(doc, words, i)
        inside = before if before != behind else not inside
        found[i] = OPENING if inside else CLOSING


def _sides(doc: Doc, words: list[str], i: int) -> tuple[bool, bool]:
    """Tell whether there is a blank, a bracket, or nothing before a mark; and a blank or punctuation behind it."""
    before = i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space or words[i - 1] in BEFORE_MARK
    last = i + 1 == len(words)
    behind = last or bool(doc[i].whitespace_) or doc[i + 1].is_space or words[i + 1] in BEHIND_MARK
    return before, behind
