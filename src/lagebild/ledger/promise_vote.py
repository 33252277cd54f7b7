"""Whether a sentence promises, announces or demands something: a vote over its words where no rule says so.

The rules of ``pledges`` and the events find what is said in the usual ways; this vote hears the rest. Its features are the
words written small (as they stand, as the dictionary has them, in pairs), what they say by the ledger's tables, the days
named and how many sides are. Recipe: ``model/ledger.py``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lagebild.layers.linear import load_linear
from lagebild.ledger.days import due_in
from lagebild.ledger.pledge_words import PROMISED, Words
from lagebild.ledger.sentences import cues, says, split
from lagebild.ledger.words import fold, lemma
from lagebild.records import Actor, Date, day_of
from lagebild.rules.lexicon import own_lexicon

WEIGHTS = "ledger_promises"
YES = "yes"
WORD = re.compile(r"[^\W\d_]+|[,:;]")
KINDS = ("modal", "commissive", "condition", "not", "asked", "demand", "reported", "receives", "thus", "as", "granted",
         "refused", "past", "due", "exists")  # fmt: skip
INFINITIVE_LAST = re.compile(r"\b[a-zäöüß]+(?:en|ern|eln|tun)\b\s*(?:[,.;:]|$)")
AGREED = {"pact", "promise", "thus", "tied"}
GIVEN = ("commissive", "asked", "granted")
FAR = 3  # sentences after an agreement from which on all are the same
WITH_ZU = re.compile(r"\bzu\s+[a-zäöüß]+(?:en|ern|eln|tun)\b|\b[a-zäöü]+zu[a-zäöüß]+(?:en|ern|eln|tun)\b")


def chance(sentence: str, last: str, run: int, *, ahead: bool, before: bool, sides: int) -> float:
    """Return how likely a sentence promises something; ``last`` is the sentence before it, ``run`` as ``in_order`` counts it.

    ``ahead`` and ``before``: it names a day to come, one that is past; ``sides``: how many countries and bodies.
    """
    return load_linear(WEIGHTS).chance(features(sentence, last, run, ahead=ahead, before=before, sides=sides), YES)


def in_order(text: str) -> Iterator[tuple[int, str, str, int]]:
    """Yield the sentences of a text: offset, sentence, the one before, and how many stand between it and an agreement.

    What an agreement has each side do is told after it in the present tense, one sentence after the other: 1 is the first
    after it; 0: none is told of in the paragraph, or what is past has been told since.
    """
    table: Words = own_lexicon().derived(Words)
    last, run = "", 0
    for start, sentence in split(text):
        if start and text[start - 1] == "\n":
            run = 0
        yield start, sentence, last, run
        last = sentence
        if not AGREED.isdisjoint(cues(sentence)) or any(table.of[kind].search(sentence) for kind in GIVEN):
            run = 1
        elif run:
            run = 0 if table.of["past"].search(sentence) else run + 1


def days_named(dates: Sequence[Date], start: int, end: int, text: str, day: datetime.date | None) -> tuple[bool, bool]:
    """Return whether a stretch of text names a day to come, and whether one that is past."""
    inside = [date for date in dates if start <= date.span.start < end]
    before = any((last := day_of(date.latest)) is not None and day is not None and last <= day for date in inside)
    return due_in(dates, start, end, text, day) is not None, before


def sides_in(actors: Sequence[Actor], start: int, end: int) -> int:
    """Return how many countries and bodies a stretch of text names."""
    return len(
        {a.code.split(":")[0] for a in actors if a.code and a.code != "-" and a.span and start <= a.span.start < end}
    )


@lru_cache(maxsize=20_000)
def features(sentence: str, last: str, run: int = 0, *, ahead: bool, before: bool, sides: int) -> tuple[str, ...]:
    """Return the features of a sentence."""
    return tuple(dict.fromkeys(_features(sentence, last, run, ahead, before, sides)))


def _features(sentence: str, last: str, run: int, ahead: bool, before: bool, sides: int) -> Iterator[str]:
    table: Words = own_lexicon().derived(Words)
    yield f"sides={min(sides, 3)}"
    yield f"days={int(ahead)}{int(before)}"
    said = [f"is={kind}" for kind in KINDS if table.of[kind].search(sentence)]
    said += [f"cue={cue}" for cue in cues(sentence)]
    said.append(f"says={says(sentence)}")
    if INFINITIVE_LAST.search(sentence):
        said.append("infinitive")
    if WITH_ZU.search(sentence):
        said.append("zu")
    yield from said
    for each in said:
        yield f"{each}&{int(ahead)}{int(before)}"
    past = "is=past" in said
    agreed = [kind for kind in GIVEN if table.of[kind].search(last)]
    for kind in (*agreed, *(cues(last) & AGREED)):
        yield f"last={kind}"
        yield f"last={kind}&past={int(past)}"
    if not last:
        yield "first"
    yield f"past={int(past)}{int(ahead)}{int(bool(agreed))}"
    present = not past and any(table.of["present"].match(word) for word in WORD.findall(sentence))
    yield f"present={int(present)}{int(bool(agreed))}{int(ahead)}{int('cue=pact' in said or 'cue=thus' in said)}"
    yield f"run={min(run, FAR)}&present={int(present)}&past={int(past)}"
    yield f"run={int(run > 0)}&present={int(present)}"
    past_word = "^"
    for token in WORD.findall(sentence):
        if token[0].isupper() and past_word != "^":
            types = table.types.get(lemma(token), set()) & PROMISED
            yield from (f"noun={type_}" for type_ in types)
            past_word = "N"
            continue
        word = fold(token)
        yield f"w={word}"
        yield f"w={past_word}_{word}"
        base = lemma(token)
        if base != word:
            yield f"l={base}"
        yield from (f"verb={type_}" for type_ in table.types.get(base, set()) & PROMISED)
        if len(word) > 5:
            yield f"e={word[-3:]}"
        past_word = word
