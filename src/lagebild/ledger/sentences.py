"""What the sentence around an event says beside it: what the promise is about, "noch nicht", "gegenseitig".

Read from the article's text with the tables under ``lexicon/ledger``: a sentence is looked at once, by regular
expressions, without a parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import simplemma

from lagebild.ledger.screen import Screen
from lagebild.ledger.words import WORD, fold, lemma
from lagebild.rules.ledger import CUES, OUTCOMES, PLAIN, Cue, Outcome, PlainNoun
from lagebild.rules.lexicon import Lexicon, own_lexicon
from lagebild.rules.table import LexiconError, Problem

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Said = TypeVar("Said")
SENTENCE_END = re.compile(
    r"(?<!\b\d)(?<!\b\d\d)[.!?][“”»\"]?\s+(?![a-zäöüß])|\n"
)  # "am 3. Mai", "am 3. und 4. Mai"; "im Jahr 2024. Die"
SHORTEST_HEAD = 4  # letters of either part of a compound
BEFORE, AFTER = 400, 500  # characters of text around a trigger that its sentence is looked for in
NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Note:
    """What the sentence of a telling says beside it; ``about`` are its nouns, folded and lemmatised, without names."""

    about: frozenset[str] = NO_WORDS
    cues: frozenset[str] = NO_WORDS

    def __contains__(self, cue: str) -> bool:
        return cue in self.cues


SILENT = Note()


def _cues(lexicon: Lexicon) -> Screen[str]:
    return Screen((row.kind, row.words) for row in lexicon.rows(CUES, Cue))


def _where(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what says only where something is done ("an der Grenze")."""
    return re.compile("|".join(row.words for row in lexicon.rows(CUES, Cue) if row.kind == "where"))


def _plain(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(fold(row.noun) for row in lexicon.rows(PLAIN, PlainNoun))


def _outcomes(lexicon: Lexicon) -> Screen[str]:
    """Return the expressions; raise ``LexiconError`` where a row of kind kept says so of its counter-example too.

    Other rows do not fire in theirs, which the rows themselves see to; these may, where "nicht" or "muss" stands beside.
    """
    rows, around = lexicon.rows(OUTCOMES, Outcome), lexicon.derived(_cues)
    screen: Screen[str] = Screen((row.says, row.words) for row in rows)
    if wrong := [row for row in rows if row.says == "kept" and _said(row.counter, screen, around) == "kept"]:
        listed = [Problem(Path(OUTCOMES), 0, f"{row.id}: its counter-example says that it was kept") for row in wrong]
        raise LexiconError(listed)
    return screen


@lru_cache(maxsize=20_000)
def cues(sentence: str) -> frozenset[str]:
    """Return the kinds of cues in a sentence: soft, negated, ahead, mutual, promise, pact, word, office, fallen, said."""
    table: Screen[str] = own_lexicon().derived(_cues)
    return frozenset(table.found(sentence))


@lru_cache(maxsize=20_000)
def says(sentence: str) -> str | None:
    """Return what a sentence says became of a promise: kept, broken, overtaken, moved; None where it says nothing.

    A negated report that it was kept says that it was broken; what is still to come says nothing.
    """
    return _said(sentence, own_lexicon().derived(_outcomes), own_lexicon().derived(_cues))


def _said(sentence: str, outcomes: Screen[str], around: Screen[str]) -> str | None:
    found = outcomes.found(sentence)
    for state in ("overtaken", "moved", "broken"):
        if state in found:
            return state
    if "kept" not in found:
        return None
    beside = around.found(sentence)
    if "negated" in beside:
        return "broken"
    return None if "ahead" in beside or "partly" in beside else "kept"


@lru_cache(maxsize=20_000)
def names_in(words: str, *, title: bool) -> frozenset[str]:
    """Return the folded words of a name; of a ``title`` ("Inspekteure der IAEA") only those that are no German words."""
    return frozenset(
        fold(word)
        for _, _, word in _words(words)
        if word[0].isupper() and not (title and simplemma.is_known(word, lang="de"))
    )


@lru_cache(maxsize=4_000)
def about(sentence: str, names: frozenset[str] = NO_WORDS) -> frozenset[str]:
    """Return the nouns of a sentence, without names and those that say nothing of the matter."""
    plain: frozenset[str] = own_lexicon().derived(_plain)
    sentence = own_lexicon().derived(_where).sub("", sentence)
    return frozenset(
        base
        for at, _, word in _words(sentence)
        if word[0].isupper() and fold(word) not in names and (base := _noun(word, first=at < 2)) and base not in plain
    )


def proper(sentence: str, names: frozenset[str], lands: frozenset[str]) -> frozenset[str]:
    """Return as cues the nouns and names of a sentence that ``about`` leaves out for being names, without those of countries."""
    return frozenset(f"{NAME}{noun}" for noun in about(sentence, lands) - about(sentence, names))


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    return ((match.start(), match.end(), match.group()) for match in WORD.finditer(text))


@lru_cache(maxsize=100_000)
def _noun(word: str, *, first: bool) -> str | None:
    """Return the folded base form of a noun; None for what is only written large because it comes first."""
    if len(word) < 3 or word.isupper():
        return None
    if first and not str(simplemma.lemmatize(word, lang="de"))[:1].isupper():
        return None
    return lemma(word) if simplemma.is_known(word, lang="de") else _compound(word)


def _compound(word: str) -> str:
    """Return the base form of a word that the dictionary lacks by that of the longest known word it ends with: Gegenzölle, gegenzoll."""
    for at in range(SHORTEST_HEAD, len(word) - SHORTEST_HEAD + 1):
        tail = word[at:].capitalize()
        if simplemma.is_known(tail, lang="de"):
            return fold(word[:at]) + lemma(tail)
    return lemma(word)


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text with their offsets."""
    at = 0
    for match in SENTENCE_END.finditer(text):
        if match.start() > at:
            yield at, text[at : match.end()].strip()
        at = match.end()
    if at < len(text):
        yield at, text[at:].strip()


def sentence_at(text: str, offset: int) -> tuple[int, str]:
    """Return the sentence around an offset, and where it begins."""
    low = max(0, offset - BEFORE)
    starts = [match.end() for match in SENTENCE_END.finditer(text, low, offset)]
    end = SENTENCE_END.search(text, offset, offset + AFTER)
    start = starts[-1] if starts else low
    return start, text[start : end.end() if end else offset + AFTER].strip()


def sentence_from(text: str, start: int) -> tuple[int, str]:
    """Return the sentence that begins at an offset (``split`` gives it), and the offset."""
    end = SENTENCE_END.search(text, start)
    return start, text[start : end.end() if end else len(text)].strip()


MOVED = "moved"  # the day it was due on was put off
BARE = "bare"  # cue of a sentence that names no matter: its nouns are those of the sentence before
DO = "do="  # begins the cue of a promise that says with a verb what is to be done
NAME = "name="  # begins the cue of a name that a sentence has
AT = "at="  # begins the cue that says where the sentence of an event begins
LIMIT = "due="  # begins the cue of a sentence that sets a day by a length of time
LONGER = "longer="  # begins the cue of a sentence that puts a day off by so many days


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that says what became of something promised. ``claim``: somebody says so, not the writer.

    ``acts`` are its verbs; ``until`` (an ISO date) or ``longer`` (days) say by what a day was put off.
    """

    start: int
    quote: str
    says: str
    about: frozenset[str]
    cues: frozenset[str]
    parties: frozenset[str]  # countries
    claim: bool
    acts: frozenset[str] = NO_WORDS
    until: str | None = None
    longer: int | None = None


def packed(said: DataclassInstance) -> dict[str, Any]:
    """Return what a sentence says as JSON can hold it: sets become sorted lists."""
    return {name: sorted(v) if isinstance(v, frozenset) else v for name, v in asdict(said).items()}


def unpacked(kind: type[Said], fields: dict[str, Any]) -> Said:
    """Return what was packed, of the class ``kind``."""
    return kind(**{name: frozenset(v) if isinstance(v, list) else v for name, v in fields.items()})


def passages(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, sentence, what it says) of the sentences that say what became of a promise."""
    for start, sentence in split(text):
        if state := says(sentence):
            yield start, sentence, state
