"""Which articles tell the same text: families by near-duplicate and containment detection over German words.

Candidates come from MinHash LSH (rensa) for texts that are alike as a whole and from shared long sentences for texts of
which one holds a part of the other; every candidate is then measured exactly: the share of the shorter text's word
three-grams (Broder 1997, resemblance and containment) that stand in the longer one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rensa import RMinHash, RMinHashLSH

from lagebild.ledger.words import fold, words

SHINGLE = 3  # words: sentences that an editor reworded still share most of them
PERMUTATIONS = 128
BANDS = 64  # of two values each: of pairs that share a fifth of their shingles nine in ten are compared
RESEMBLANCE = 0.2
SENTENCE = 8  # words from which on a sentence is rare enough to point to its other uses
COMMON = 200  # articles; a sentence in more than this many is boilerplate
SAME = 0.4  # share of the shorter text from which on both are one text
SAME_CREDITED = 0.2  # the same where both name the same agency or one names the other's outlet
_SENTENCE_END = re.compile(r"[.!?:]\s+|\n")


@dataclass(frozen=True, slots=True)
class Text:
    """What the comparison needs of an article. ``order`` sorts by age: the oldest known text of a family is its origin."""

    article: str
    text: str
    outlet: str | None = None
    origin_outlet: str | None = None
    agencies: tuple[str, ...] = ()
    order: tuple[str, int] = ("9999", 0)


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of one text: the share of the shorter one that stands in the other, and why they were compared."""

    a: str
    b: str
    share: float
    reason: str


@dataclass(slots=True)
class Matcher:
    """Finds the articles whose text an article shares; grows as articles are added."""

    _lsh: RMinHashLSH = field(default_factory=lambda: RMinHashLSH(RESEMBLANCE, PERMUTATIONS, BANDS))
    _shingles: dict[str, frozenset[int]] = field(default_factory=dict)
    _sentences: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _texts: dict[str, Text] = field(default_factory=dict)
    _numbers: list[str] = field(default_factory=list)

    def add(self, text: Text) -> Iterator[Link]:
        """Add an article and yield its links to those added before."""
        listed = [fold(word) for _, _, word in words(text.text)]
        shingles = [" ".join(listed[n : n + SHINGLE]) for n in range(max(1, len(listed) - SHINGLE + 1))]
        own = frozenset(map(hash, shingles))
        signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
        signature.update(shingles)
        keys = sentence_keys(text.text)
        others = {self._numbers[n] for n in self._lsh.query(signature)}
        others |= {other for key in keys if len(self._sentences[key]) <= COMMON for other in self._sentences[key]}
        for other in sorted(others):
            if link := self._measure(text, own, other):
                yield link
        self._lsh.insert(len(self._numbers), signature)
        self._numbers.append(text.article)
        self._shingles[text.article] = own
        self._texts[text.article] = text
        for key in keys:
            self._sentences[key].append(text.article)

    def _measure(self, text: Text, own: frozenset[int], other: str) -> Link | None:
        theirs = self._shingles[other]
        share = len(own & theirs) / max(1, min(len(own), len(theirs)))
        credited = shared_credit(text, self._texts[other])
        if share < (SAME_CREDITED if credited else SAME):
            return None
        reason = f"{share:.0%} of the shorter text stands in the other"
        return Link(text.article, other, share, f"{reason}; both credit {credited}" if credited else reason)


def sentence_keys(text: str) -> set[int]:
    """Return a number for each long sentence, the same for the same words."""
    keys = set()
    for sentence in _SENTENCE_END.split(text):
        listed = [fold(word) for _, _, word in words(sentence)]
        if len(listed) >= SENTENCE:
            keys.add(hash(" ".join(listed)))
    return keys


def shared_credit(a: Text, b: Text) -> str | None:
    """Return the agency both name, or the outlet one names and the other is; None where there is none."""
    if agencies := set(a.agencies) & set(b.agencies):
        return "/".join(sorted(agencies))
    for one, other in ((a, b), (b, a)):
        if one.origin_outlet and one.origin_outlet in (other.outlet, other.origin_outlet):
            return one.origin_outlet
    return None


class Groups:
    """Union-find over strings."""

    def __init__(self, members: Iterable[str] = ()):
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """Return the representative of a member's group."""
        root = member
        while (parent := self._parent.setdefault(root, root)) != root:
            root = parent
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, a: str, b: str) -> None:
        """Make one group of two; the smaller name represents it, so that the order of joining does not matter."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low

    def groups(self) -> dict[str, list[str]]:
        """Return the members by representative, both sorted."""
        out: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            out[self.find(member)].append(member)
        return dict(out)
