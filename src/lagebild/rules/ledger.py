"""Row types of the tables that the ledger reads sentences with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

OUTCOMES = "ledger/outcomes.tsv"
CUES = "ledger/cues.tsv"
PLAIN = "ledger/plain_nouns.tsv"

PLEDGES = "ledger/pledges.tsv"
KINDS = "ledger/kinds.tsv"

Says = Literal["kept", "broken", "overtaken", "moved"]
PledgeKind = Literal[
    "modal",
    "commissive",
    "condition",
    "unsaid",
    "particle",
    "nobody",
    "not",
    "noun",
    "within",
    "by",
    "demand",
    "asked",
    "then",
    "reported",
    "receives",
    "thus",
    "as",
    "granted",
    "becomes",
    "refused",
    "past",
    "present",
    "exists",
    "due",
    "depends",
    "incase",
    "tells",
]
CueKind = Literal[
    "soft",
    "negated",
    "ahead",
    "mutual",
    "promise",
    "offer",
    "pact",
    "word",
    "breach",
    "unlike",
    "office",
    "fallen",
    "said",
    "else",
    "pronoun",
    "until",
    "partly",
    "that",
    "denies",
    "running",
    "rising",
    "further",
    "again",
    "counts",
    "thus",
    "tied",
    "undone",
    "where",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Words (a regular expression) by which a sentence says what became of a promise or a demand."""

    id: str
    says: Says
    words: str
    example: str
    counter: str = ""

    def __post_init__(self) -> None:
        _fires(self.words, self.example)
        if self.says != "kept":
            _silent(self.words, self.counter)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words (a regular expression) that say how a sentence is to be read."""

    id: str
    kind: CueKind
    words: str
    example: str

    def __post_init__(self) -> None:
        _fires(self.words, self.example)


@dataclass(frozen=True, slots=True)
class PledgeWords:
    """Words (a regular expression) by which a sentence says that somebody is going to do something."""

    id: str
    kind: PledgeKind
    words: str
    example: str
    counter: str = ""

    def __post_init__(self) -> None:
        if self.kind != "nobody":
            _fires(self.words, self.example)
        _silent(self.words, self.counter)


@dataclass(frozen=True, slots=True)
class PlainNoun:
    """A noun that says nothing of what exactly is promised."""

    noun: str


@dataclass(frozen=True, slots=True)
class Kin:
    """Words (folded, parted by blanks) that stand for each other; one that begins with a hyphen also ends compounds."""

    id: str
    of: Literal["noun", "verb"]
    sure: Literal["yes", "no"]
    words: str
    example: str
    type: str = ""


def _fires(words: str, example: str) -> None:
    try:
        if not re.search(words, example):
            raise ValueError("does not fire in its example")
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None


def _silent(words: str, counter: str) -> None:
    if counter and re.search(words, counter):
        raise ValueError("fires in its counter-example")


TABLES: dict[str, type] = {OUTCOMES: Outcome, CUES: Cue, PLAIN: PlainNoun, PLEDGES: PledgeWords, KINDS: Kin}
