"""Which articles tell the same text: families by near-duplicate and containment detection over German words.

Candidates come from MinHash LSH (rensa) for texts that are alike as a whole and from shared long sentences for texts of
which one holds a part of the other; every candidate is then measured exactly: the share of the shorter text's word
three-grams (Broder 1997, resemblance and containment) that stand in the longer one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
import numpy.typing as npt
from rensa import RMinHash, RMinHashLSH

from lagebild.ledger.states import State
from lagebild.ledger.words import WORD, fold

SHINGLE = 3  # words: sentences that an editor reworded still share most of them
PERMUTATIONS = 128
BANDS = 64  # of two values each: of pairs that share a fifth of their shingles nine in ten are compared
RESEMBLANCE = 0.2
SENTENCE = 8  # words from which on a sentence is rare enough to point to its other uses
COMMON = 200  # articles; a sentence in more than this many is boilerplate
SAME = 0.4  # share of the shorter text from which on both are one text
SAME_CREDITED = 0.2  # the same where both name the same agency or one names the other's outlet
SAME_SENTENCE = 0.6
"""Share of a sentence's shingles from which on it stands in another text: an editor may have reworded its end."""
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
    state: State = field(default_factory=State)


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of one text: the share of the shorter one that stands in the other, and why they were compared."""

    a: str
    b: str
    share: float
    reason: str


Keys = npt.NDArray[np.int64]


@dataclass(slots=True)
class Print:
    """What a text is compared by: numbers of its shingles, sorted, and of its long sentences, and its MinHash."""

    shingles: Keys
    sentences: set[int]
    signature: RMinHash

    def keys(self) -> Keys:
        """Return numbers of which texts that may be one share some, the same in every process."""
        pairs = np.array(self.signature.digest(), np.uint64).reshape(BANDS, -1)
        bands = pairs[:, 0] << np.uint64(32) | pairs[:, 1]
        with np.errstate(over="ignore"):
            bands = bands ^ (np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
        return np.concatenate([bands.view(np.int64), np.fromiter(self.sentences, np.int64, len(self.sentences))])


def print_of(text: str) -> Print:
    """Return what a text is compared by."""
    shingles, sentences = _cut(text)
    signature = RMinHash(num_perm=PERMUTATIONS, seed=1)
    signature.update(shingles)
    return Print(np.unique(np.fromiter(map(hash, shingles), np.int64, len(shingles))), sentences, signature)


@dataclass(slots=True)
class _Known:
    """What is kept of an article: its credits, what its text is compared by, and its number in the index."""

    text: Text
    shingles: Keys
    sentences: set[int]
    number: int


@dataclass(slots=True)
class Matcher:
    """Finds the articles whose text an article shares; grows as articles are added, shrinks as they are forgotten."""

    _lsh: RMinHashLSH = field(default_factory=lambda: RMinHashLSH(RESEMBLANCE, PERMUTATIONS, BANDS))
    _sentences: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[str, _Known] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _next: int = 0

    def __contains__(self, article: str) -> bool:
        return article in self._known

    def add(self, text: Text, *, links: bool = True, made: Print | None = None) -> Iterator[Link]:
        """Add an article and yield its links to those added before (none where ``links`` is false: they are known).

        ``made`` is ``print_of`` its text where that was worked out before.
        """
        made = made or print_of(text.text)
        new = _Known(replace(text, text=""), made.shingles, made.sentences, self._next)
        if links:
            others = {self._names[n] for n in self._lsh.query(made.signature)}
            others |= {other for key in made.sentences for other in self._uses(key)}
            for other in sorted(others):
                if link := _measure(new, self._known[other]):
                    yield link
        self._lsh.insert(new.number, made.signature)
        self._next += 1
        self._names[new.number] = text.article
        self._known[text.article] = new
        for key in made.sentences:
            self._sentences[key].append(text.article)

    def stands_in(self, sentence: str, new: str, old: str) -> bool:
        """Whether two articles are one text and a sentence of the new one stands in the old one, as far as both are known."""
        mine, theirs = self._known.get(new), self._known.get(old)
        if mine is None or theirs is None or new == old or _measure(mine, theirs) is None:
            return False
        shingles = np.fromiter(map(hash, _cut(sentence)[0]), np.int64)
        return bool(np.isin(shingles, theirs.shingles).mean() >= SAME_SENTENCE)

    def _uses(self, sentence: int) -> list[str]:
        uses = self._sentences.get(sentence, [])
        return uses if len(uses) <= COMMON else []

    def forget(self, articles: Iterable[str]) -> None:
        """Let go of articles that nothing new is compared with any more."""
        for article in articles:
            if known := self._known.pop(article, None):
                self._lsh.remove(known.number)
                del self._names[known.number]
                for key in known.sentences:
                    self._sentences[key].remove(article)
                    if not self._sentences[key]:
                        del self._sentences[key]


def _measure(new: _Known, old: _Known) -> Link | None:
    shared = np.intersect1d(new.shingles, old.shingles, assume_unique=True).size
    share = shared / max(1, min(new.shingles.size, old.shingles.size))
    if share < SAME_CREDITED:
        return None
    credited = shared_credit(new.text, old.text)
    if share < SAME and not credited:
        return None
    reason = f"{share:.0%} of the shorter text stands in the other"
    return Link(new.text.article, old.text.article, share, f"{reason}; both credit {credited}" if credited else reason)


def _cut(text: str) -> tuple[list[str], set[int]]:
    """Return a text's shingles, and a number for each of its long sentences, the same for the same words."""
    sentences = [
        list(map(fold, WORD.findall(part))) for part in _SENTENCE_END.split(text)
    ]  # no word goes beyond its end
    listed = list(chain.from_iterable(sentences))
    shingles = [" ".join(listed[n : n + SHINGLE]) for n in range(max(1, len(listed) - SHINGLE + 1))]
    return shingles, {_number(" ".join(sentence)) for sentence in sentences if len(sentence) >= SENTENCE}


def _number(words_: str) -> int:
    """Return a number for words, the same in every process."""
    return int.from_bytes(hashlib.blake2b(words_.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


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

    def members(self) -> list[str]:
        """Return every string that stands in a group."""
        return list(self._parent)

    def groups(self) -> dict[str, list[str]]:
        """Return the members by representative, both sorted."""
        out: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parent):
            out[self.find(member)].append(member)
        return dict(out)
