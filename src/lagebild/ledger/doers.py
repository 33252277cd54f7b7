"""Whose deed a sentence announces of which no event tells: who is named in the clause of its verb, who speaks, who was spoken of before.

Read from the text, the actors found in it and the statements, without a parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagebild.ledger.pledge_words import Words
from lagebild.ledger.sentences import sentence_at
from lagebild.records import Actor, Records, Statement
from lagebild.rules.lexicon import own_lexicon

NO_PARTY = {"CVL", "JRN", "EDU", "MED", "BUS", "LAB", "REF", "AGR", "REL"}  # whose plans are no commitments of politics
AGENT = re.compile(r"\b(?:vom|(?:von|durch)(?:\s+(?:der|dem|den|das|die))?)(?:\s+\w+(?:en|er|em))?\s*$")
BEFORE = 120  # characters before the verb within which its subject stands
CLAUSE = re.compile(r"[,;:–„“\"]|\s-\s")
ONESELF = {"man", "wir", "ich"}  # by these words a speaker names himself


@dataclass(frozen=True, slots=True)
class Act:
    """What is going to be done, and from where to where in the sentence it is said."""

    word: str
    said_from: int
    said_to: int
    verb_at: int
    asked: bool = False
    receipt: bool = False  # who is named gets it
    passive: bool = False


class Doers:
    """Those of an article who may do what a sentence announces."""

    def __init__(self, records: Records):
        self._text = records.article.text
        self._actors = sorted((a for a in records.actors if a.span), key=lambda a: a.span.start if a.span else 0)
        self._statements = records.statements
        self._speak = frozenset(
            at for s in records.statements if s.source_span for at in range(s.source_span.start, s.source_span.end)
        )
        self._words: Words = own_lexicon().derived(Words)

    def named(self, start: int, end: int) -> list[Actor]:
        """Return those named in a stretch of the text."""
        return [a for a in self._actors if a.span and start <= a.span.start < end]

    def does(self, sentence: str, start: int, act: Act, inside: Sequence[Actor]) -> Actor | None:
        """Return whose deed it is: the one named in the clause of its verb, else before the verb, else the first after it."""
        able = self._able(sentence, start, inside)
        near = [a for a in able if a.span and act.said_from - BEFORE <= a.span.start - start]
        before = [a for a in near if a.span and a.span.start - start < act.verb_at]
        if act.passive and (agent := _agent(sentence, start, act, inside)):
            return agent
        if act.asked and self._words.of["granted"].search(sentence) and before:
            return before[-1]  # who is given time, not who gives it
        after = [a for a in near if a.span and a.span.start - start >= act.verb_at]
        own = _in_clause(sentence, start, act, before, after) if act.verb_at < len(sentence) else None
        first = own or (before[0] if before else after[0] if after else None)
        if first and _oneself(first):
            return self._speaker(first.span.start if first.span else start) or first
        return first

    def before(self, start: int, not_of: set[str]) -> Actor | None:
        """Return who the sentence before speaks of first, where nobody is named ("Die Entsendung sei für März geplant")."""
        if start < 2:
            return None
        at, sentence = sentence_at(self._text, start - 2)
        able = self._able(sentence, at, self.named(at, start))
        return next((a for a in able if a.code and a.code.split(":")[0] not in not_of), None)

    def _able(self, sentence: str, start: int, inside: Iterable[Actor]) -> list[Actor]:
        """Return those named in a sentence who may owe something and are nobody's object; who speaks is none."""
        return [
            a for a in inside
            if a.span and party(a)
            and sentence[a.span.start - start : a.span.start - start + 1].strip()
            and (a.span.start in self._speak or not self._words.of["nobody"].search(sentence[: a.span.start - start]))
        ]  # fmt: skip

    def _speaker(self, at: int) -> Actor | None:
        """Return who says what stands at an offset."""
        said = [s for s in self._statements if any(m.start <= at < m.end for m in s.message)]
        return next((a for s in sorted(said, key=_length) for a in s.source if party(a)), None)


def party(actor: Actor) -> bool:
    """Whether it is one whose plans may be commitments of politics."""
    code = actor.code or "-"
    return code != "-" and not set(code.partition(":")[2].split("+")) & NO_PARTY


def _in_clause(sentence: str, start: int, act: Act, before: Sequence[Actor], after: Sequence[Actor]) -> Actor | None:
    """Return who is named first in the clause of a verb, before it or else after it."""
    low = max((stop.end() for stop in CLAUSE.finditer(sentence, 0, act.verb_at)), default=0)
    stop = CLAUSE.search(sentence, act.verb_at)
    high = stop.start() if stop else len(sentence)
    inside = (a for a in (*before, *after) if a.span and low <= a.span.start - start < high)
    return next(inside, None)


def _oneself(actor: Actor) -> bool:
    return actor.how == "pronoun" and actor.span is not None and actor.span.quote.lower() in ONESELF


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.message)


def _agent(sentence: str, start: int, act: Act, inside: Sequence[Actor]) -> Actor | None:
    """Return by whom a passive says it is done ("würden die Schiffe von der Marine begleitet")."""
    return next(
        (
            a for a in inside
            if a.span and party(a) and act.verb_at <= a.span.start - start < act.said_to
            and AGENT.search(sentence[: a.span.start - start])
        ),
        None,
    )  # fmt: skip
