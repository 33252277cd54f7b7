"""Which regular expressions are worth trying on a sentence: those of which a word of the sentence has a beginning.

Most of the tables' expressions need some word ("Frist...", "hinfällig"), and most sentences hold none of them. The
beginnings are read off the expressions as ``re`` parses them; an expression that has none is always tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

FEWEST, MOST = 3, 6  # letters of a beginning: fewer stand in too many words, more tell little more apart
END = "\b"  # closes a beginning that is a whole word
MANY = 200  # beginnings from which on an expression is not worth taking apart
_WORD = re.compile(r"\w+")
Key = TypeVar("Key")
Parsed = Sequence[tuple[Any, Any]]
Head = tuple[str, bool]
"""Letters, and whether what comes after in the expression goes on with them."""


class Screen(Generic[Key]):
    """Expressions by key; ``worth`` names those that may be found in a sentence, ``found`` those that are."""

    def __init__(self, expressions: Iterable[tuple[Key, str]]):
        self._tried: list[tuple[Key, re.Pattern[str]]] = []
        self._always: set[int] = set()
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._by: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, (key, words) in enumerate(expressions):
            self._tried.append((key, re.compile(words)))
            starts = beginnings(words)
            if starts is None:
                self._always.add(number)
            for start in starts or ():
                whole = start.endswith(END)
                (self._whole if whole else self._by[len(start)])[start.removesuffix(END)].add(number)

    def worth(self, sentence: str) -> set[int]:
        """Return the numbers of the expressions that may be found in a sentence."""
        out = set(self._always)
        listed = _WORD.findall(sentence)
        for word in self._whole.keys() & listed:
            out |= self._whole[word]
        for length, starts in self._by.items():
            for start in starts.keys() & {word[:length] for word in listed}:
                out |= starts[start]
        return out

    def found(self, sentence: str) -> set[Key]:
        """Return the keys of the expressions that a sentence holds."""
        out: set[Key] = set()
        for number in self.worth(sentence):
            key, pattern = self._tried[number]
            if key not in out and pattern.search(sentence):
                out.add(key)
        return out


def beginnings(words: str) -> set[str] | None:
    """Return beginnings of words one of which stands in whatever the expression finds; None where there is no telling.

    Those that end with ``END`` are whole words.
    """
    parsed = parser.parse(words)
    return None if parsed.state.flags & re.IGNORECASE else _anchor(parsed, start=False)


def _anchor(parsed: Parsed, *, start: bool) -> set[str] | None:
    """Return the rarest beginnings that one part of a sequence needs; ``start``: a word begins where it does."""
    found: list[set[str]] = []
    items = list(parsed)
    for at, (code, value) in enumerate(items):
        if start and (heads := _long_enough(_heads(items[at:]))):
            found.append(heads)
        elif code is codes.BRANCH:
            sides = [_anchor(side, start=start) for side in value[1]]
            if all(side is not None for side in sides):
                found.append({head for side in sides for head in side or ()})
        elif code is codes.SUBPATTERN and (inner := _anchor(value[3], start=start)) is not None:
            found.append(inner)
        start = _starts_word(code, value)
    return min(found, key=lambda heads: (-min(map(len, heads)), len(heads)), default=None)


def _starts_word(code: Any, value: Any) -> bool:
    """Whether a word begins after this part (if letters follow at all)."""
    if code is codes.MAX_REPEAT and value[0] > 0:
        return all(_starts_word(*part) for part in value[2])
    space = (codes.CATEGORY, codes.CATEGORY_SPACE)
    return (code is codes.AT and value is codes.AT_BOUNDARY) or (code is codes.IN and list(value) == [space])


def _long_enough(heads: set[Head]) -> set[str]:
    """Return the letters, none where one of them are too few to go by."""
    found = {head for head, _ in heads}
    return found if all(len(head) >= FEWEST or (head.endswith(END) and len(head) > 1) for head in found) else set()


def _heads(parsed: Parsed) -> set[Head]:
    """Return the first letters of what a sequence can begin with."""
    out: set[Head] = {("", True)}
    for code, value in parsed:
        if not any(on for _, on in out) or len(out) > MANY:
            break
        nexts = _next(code, value)
        out = {found for head, on in out for found in (_joined(head, nexts) if on else [(head, False)])}
    return out


def _joined(head: str, nexts: set[Head]) -> Iterator[Head]:
    for more, on in nexts:
        letters = head + more if more != END or head else head
        yield letters if letters.endswith(END) else letters[:MOST], on and len(letters) < MOST


def _next(code: Any, value: Any) -> set[Head]:
    if code is codes.LITERAL and chr(value).isalnum():
        return {(chr(value), True)}
    if code is codes.IN and all(kind is codes.LITERAL and chr(letter).isalnum() for kind, letter in value):
        return {(chr(letter), True) for _, letter in value}
    if code is codes.BRANCH:
        return set().union(*(_heads(side) for side in value[1]))
    if code is codes.SUBPATTERN:
        return _heads(value[3])
    return {(END, False)} if code is codes.AT and value is codes.AT_BOUNDARY else {("", False)}
