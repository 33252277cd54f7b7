"""Promises that neither an event nor a rule of ``pledges`` finds: a vote over the words of a sentence hears them.

What is to be done is then the likeliest of its verbs and nouns of acts, who does it the first one named who is nobody's object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lagebild.ledger.days import due_in
from lagebild.ledger.doers import Act, Doers
from lagebild.ledger.pledge_words import PROMISED, UNNAMED, Words
from lagebild.ledger.pledges import INTENDED, Pledge, acts, before, deed_nouns, kind_of
from lagebild.ledger.promise_vote import chance, days_named, in_order, sides_in
from lagebild.ledger.sentences import about, cues
from lagebild.ledger.terms import first_term
from lagebild.ledger.words import lemma
from lagebild.records import Actor, Event, Records, day_of
from lagebild.rules.lexicon import own_lexicon

HEARD = 0.4  # chance from which on a sentence counts as a promise; chosen with each story left out
NO_DEEDS = re.compile(
    r"(?:haben|sein|werden|koennen|muessen|duerfen|sollen|wollen|moegen|lassen|sagen|erklaeren|teilen|ankuendigen|versprechen)$"
)


RECEIPT = {"erhalten", "bekommen", "kriegen"}
GIVER = re.compile(r"\b(?:von|aus)(?:\s+(?:der|dem|den))?\s*$")


def heard(records: Records, names: frozenset[str], known: frozenset[int], *, least: float = HEARD) -> Iterator[Pledge]:
    """Yield what the vote takes for a promise; ``known``: where sentences begin of which that is said already."""
    words: Words = own_lexicon().derived(Words)
    text, day = records.article.text, records.article.published_day
    doers = Doers(records)
    for start, sentence, last, run in in_order(text):
        end = start + len(sentence)
        if (
            start in known
            or "?" in sentence
            or words.of["refused"].search(sentence)
            or _binding(records.events, start, end, records)
        ):
            continue
        ahead, past = days_named(records.dates, start, end, text, day)
        if chance(sentence, last, run, ahead=ahead, before=past, sides=sides_in(records.actors, start, end)) < least:
            continue
        act = _likeliest(sentence, words)
        inside = doers.named(start, end)
        who = _who(sentence, start, act, inside, doers, words)
        if who is None or who.code is None:
            continue
        land = who.code.split(":")[0]
        to = {a.code for a in inside if a.code and a.how != "adjective" and a.code.split(":")[0] != land} - {"-"}
        due = due_in(records.dates, start, end, text, day)
        said = cues(sentence)
        nouns = about(sentence, names) | deed_nouns(act.word) | before(text, start, said, names)
        asked = words.of["asked"].search(sentence) is not None
        yield Pledge(
            start, sentence, kind_of(act.word, records, start, end), lemma(act.word), frozenset({who.code}), frozenset(to),
            due.isoformat() if due else None, first_term(sentence), nouns, said | {"act", "asked" if asked else "promise"},
        )  # fmt: skip


def _who(sentence: str, start: int, act: Act, inside: Sequence[Actor], doers: Doers, words: Words) -> Actor | None:
    """Return who owes: who is named, or the sentence before; of who only gets something, who gives it."""
    first = doers.does(sentence, start, act, inside)
    if first and first.code and words.of["receives"].search(sentence) and lemma(act.word) in RECEIPT:
        land = first.code.split(":")[0]
        others = [a for a in inside if a is not first and a.code and a.code.split(":")[0] not in (land, "-")]
        given = [a for a in others if a.span and GIVER.search(sentence[: a.span.start - start])]
        return next(iter(given), None) or doers.before(start, {land}) or first
    return first or doers.before(start, set())


def _binding(events: Sequence[Event], start: int, end: int, records: Records) -> bool:
    """Whether an event of the sentence already says that somebody owes something."""
    day = records.article.published_day
    for event in events:
        if not event.trigger or not start <= event.trigger[0].start < end:
            continue
        if not any(side.code and side.code != "-" for side in (*event.actors, *event.recipients)):
            continue
        earliest = day_of(event.date.earliest) if event.date else None
        if event.status in INTENDED or (earliest and day and earliest > day):
            return True
    return False


def _likeliest(sentence: str, words: Words) -> Act:
    """Return what is to be done: a verb of which the lexicon knows what it promises, else a noun of an act, else the last verb."""
    verbs = [verb for verb in acts(sentence) if not NO_DEEDS.search(verb)]
    ranked = sorted(
        verbs,
        key=lambda verb: (
            not words.types.get(verb, set()) & PROMISED,
            words.type_of(verb) == UNNAMED,
            -len(verb),
            verb,
        ),
    )
    nouns = (lemma(word) for word in re.findall(r"\b[A-ZÄÖÜ]\w+", sentence))
    deed = next(
        (noun for noun in nouns if words.types.get(noun, set()) & PROMISED or words.of["noun"].match(noun)), None
    )
    return Act(ranked[0] if ranked else deed or "tun", 0, len(sentence), len(sentence))
