"""What one sentence of an article says against another: a denial, another doer, another number, found by a vote over both.

Rules find contradictions between events of one incident (``disputes``). Most are told within an article, where the second side
is often no event at all ("Die Präfektur spricht von einem Unfall"). Here each sentence is held against itself and the three before it, by
words, events, doers, speakers and numbers; what is found is kept as cues of the second sentence and becomes a contradiction
between sentences when the ledger is built. Recipe: ``model/ledger_counterclaims.py``.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeVar

from lagebild.layers.linear import load_linear
from lagebild.ledger.disputes import FURTHER, Dispute, Figure, apart
from lagebild.ledger.report_vote import SPENT, plain, stems
from lagebild.ledger.tales import DOER, EVENT, FIRST, LEAD, NUMBER, PREVIOUS, SAYS, Tale, key_of_sentence, unpacked
from lagebild.ledger.wording import letters
from lagebild.records import Event, Quantity, Records

T = TypeVar("T")
WEIGHTS = "ledger_counterclaims"
AGAINST = "against="  # begins the cue of a sentence that says so against another: kind and offset of the other
CALM = "calm="  # begins the cue of an article's first sentence that says which kinds it surely holds none of
NONE = "none"
DENIES = "denies"  # cue of a sentence that denies something
BACK = 3  # sentences before one that it is held against
LEAST = 0.25  # chance of a kind, over all pairs of an article, to be said; chosen with each story left out
LEAST_PAIR = 0.05  # chance of a pair to be the one that is shown, of those that can be
MOST_CALM = 0.02  # chance of a kind below which what rules find between events of the article is no contradiction
PEOPLE = "people"
BLAMED = {"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST", "AID", "SANCTION", "AGREE"}
COUNTS = frozenset(
    "ein zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dutzend mehrere niemand kein keine dutzende".split()
)
NUMERAL = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|null|keine?[nmrs]?|niemand\w*|nichts|alle|hälfte"
    r"|\w+(?:zehn|zig|ßig)|\w*(?:hundert|tausend|million|milliarde|dutzend)\w*)\b|\bein(?:er|em|en|e|s)\b(?=\s*(?:[.,;!?]|$))",
    re.IGNORECASE,
)  # "die Justiz von einem.", but no article before a noun
RATIO = re.compile(r"Von\s")  # begins what says how many of a number: "Von 400 Booten kamen drei an"
REASONS = {
    "denied": "one sentence says it happened, another denies it",
    "rival-actors": "two sentences name others who did it",
    "quantity": "two sentences give other numbers",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what was found in it; ``speakers`` are codes, else the words that name them."""

    tale: Tale
    events: tuple[Event, ...]
    quantities: tuple[Quantity, ...]
    speakers: frozenset[str]
    words: str

    @property
    def numbers(self) -> int:
        """How many numbers it names, in figures or words."""
        return sum(cue.startswith(NUMBER) for cue in self.tale.cues) + len(self.tale.words & COUNTS)


def said_in(records: Records, tales: Sequence[Tale]) -> list[Said]:
    """Return the sentences of an article with what was found in them."""
    events: dict[int, list[Event]] = defaultdict(list)
    quantities: dict[int, list[Quantity]] = defaultdict(list)
    speakers: dict[int, set[str]] = defaultdict(set)
    ends = [tale.end for tale in tales]

    def place(offset: int) -> int:
        return min(bisect(ends, offset), len(ends) - 1)

    for event in records.events:
        if event.trigger:
            events[place(event.trigger[0].start)].append(event)
    for quantity in records.quantities:
        quantities[place(quantity.span.start)].append(quantity)
    for statement in records.statements:
        source = statement.source[0].code if statement.source else None
        name = source or (statement.source_span.quote if statement.source_span else "?")
        for span in statement.message[:1]:
            speakers[place(span.start)].add(name)
    return [
        Said(
            tale,
            tuple(events[at]),
            tuple(quantities[at]),
            frozenset(speakers[at]),
            records.article.text[tale.start : tale.end].strip(),
        )
        for at, tale in enumerate(tales)
    ]


def pairs(said: Sequence[Said]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield which sentence, against which one before it or itself, with features."""
    return _pairs(said, list)


def _pairs(said: Sequence[Said], spelled: Callable[[Iterable[str]], list[T]]) -> Iterator[tuple[int, int, list[T]]]:
    """Yield pairs of sentences with their features as ``spelled`` gives them; what one sentence says by itself is spelled once."""
    firsts, seconds = [spelled(_first(one)) for one in said], [spelled(_second(one)) for one in said]
    for first, second in _near(len(said)):
        before = firsts[first] if first != second else spelled(_same(said[first]))
        both = spelled(_both(said[first], said[second], second - first))
        yield first, second, [*before, *seconds[second], *both]


def _near(sentences: int) -> Iterator[tuple[int, int]]:
    return ((first, second) for second in range(sentences) for first in range(max(0, second - BACK), second + 1))


def _second(said: Said) -> list[str]:
    """Return what the second sentence says whatever stands before it."""
    tale, found = said.tale, _told(said.tale, "b")
    return [
        *(f"b:c={part}" for part in letters(tale.words | frozenset(plain(tale.about)))),
        *(f"w={word}" for word in tale.words),
        *found,
        *{f"qb={quantity.what}" for quantity in said.quantities},
    ]


def _first(said: Said) -> list[str]:
    """Return what the first sentence says whatever comes after it."""
    return [*(f"a={word}" for word in said.tale.words), *_same(said)]


def _same(said: Said) -> list[str]:
    """Return what a sentence says that is held against itself."""
    return [*_told(said.tale, "a"), *{f"qa={quantity.what}" for quantity in said.quantities}]


def _both(first: Said, second: Said, distance: int) -> list[str]:
    """Return how two sentences stand to each other, the second ``distance`` sentences after the first."""
    a, b = first.tale, second.tale
    found = [f"d={distance}"] if distance else ["d=0", *(f"own={word}" for word in b.words)]
    return [
        *found,
        *_crossed(a, b),
        *_shared(a, b),
        *_counted(first, second),
        *_sides(first, second),
        *_deeds(first, second),
    ]


def _told(tale: Tale, side: str) -> list[str]:
    """Return what a sentence says by the tables, and which events it tells of."""
    return [*(f"c{side}={cue}" for cue in _cues(tale)), *(f"e{side}={event}" for event in _events(tale))]


def _cues(tale: Tale) -> list[str]:
    return [cue for cue in tale.cues if "=" not in cue and cue != LEAD]


def _events(tale: Tale) -> list[str]:
    return [cue.removeprefix(EVENT) for cue in tale.cues if cue.startswith(EVENT)]


def _crossed(a: Tale, b: Tale) -> Iterator[str]:
    events = _events(a)
    yield from (f"{x}>{y}" for x, y in product(events, _events(b)))
    yield from (f"ea={event}&cb={cue}" for event, cue in product(events, _cues(b)))


def _shared(a: Tale, b: Tale) -> Iterator[str]:
    alike = stems(a.words | a.about) & stems(b.words | b.about)
    yield f"nouns={min(len(plain(a.about) & plain(b.about)), 2)}"
    yield f"verbs={min(len((a.words & b.words) - SPENT), 2)}"
    yield f"stems={min(len(alike), 4)}"


def _counted(first: Said, second: Said) -> Iterator[str]:
    """Yield whether both count the same, and whether the numbers can both be right."""
    yield f"num={min(first.numbers, 2)}{min(second.numbers, 2)}"
    if first.numbers and second.numbers:
        yield from (f"numw={word}" for word in second.tale.words)
    mine, theirs = ({quantity.what for quantity in said.quantities} for said in (first, second))
    yield from (f"qs={what}" for what in mine & theirs)
    yield from {feature for a, b in product(first.quantities, second.quantities) for feature in _figures(a, b)}


def _figures(a: Quantity, b: Quantity) -> list[str]:
    alike = a.what == b.what
    if a.span.start >= b.span.start or not (alike or PEOPLE in (a.what, b.what)):
        return []
    if not (a.low or a.high) or not (b.low or b.high):
        return []
    other = int(apart(_figure(a), _figure(b)))
    return [f"{'same' if alike else PEOPLE}{other}{a.what if alike else ''}", f"apart={other}"]


def _figure(quantity: Quantity) -> Figure:
    return Figure(quantity.what or "", quantity.low, quantity.high, quantity.approximate)


def _sides(first: Said, second: Said) -> Iterator[str]:
    """Yield who speaks, who is named and who acts in either sentence."""
    a, b = first.tale, second.tale
    says = next((cue.removeprefix(SAYS) for cue in b.cues if cue.startswith(SAYS)), "")
    yield f"claim={int(a.claim)}{int(b.claim)}"
    yield f"prev={int(PREVIOUS in b.cues)}"
    yield f"says={says}"
    yield f"par={int(bool(a.parties & b.parties))}{int(bool(b.parties - a.parties))}"
    named = next((cue.removeprefix(FIRST) for cue in b.cues if cue.startswith(FIRST)), None)
    mine, theirs = ({cue.rpartition("/")[2] for cue in tale.cues if cue.startswith(DOER)} for tale in (a, b))
    yield f"fb={'in' if named in a.parties else 'new'}"
    yield f"fbdoer={int(named in mine)}"
    yield f"doers={int(bool(mine & theirs))}{int(bool(mine - theirs))}{int(bool(theirs - mine))}"
    yield f"sp={int(bool(first.speakers))}{int(bool(second.speakers))}{int(bool(first.speakers & second.speakers))}"


def _deeds(first: Said, second: Said) -> Iterator[str]:
    for a, b in product(first.events, second.events):
        if a.trigger[0].start >= b.trigger[0].start:
            continue
        mine, theirs = _lands(a, "actors"), _lands(b, "actors")
        same = int(bool(mine & theirs))
        if a.type == b.type and a.type in BLAMED:
            yield f"ee={a.status}/{b.status}/{same if mine and theirs else '-'}"
            yield f"ee={a.type}/{b.status}"
        if b.type == "REJECT":
            yield from (f"er={a.type}/{a.status}", f"er={same}", f"er={a.type}/{same}")
            if a.type == "ACCUSE":
                yield f"ar={int(bool(_lands(a, 'recipients') & theirs))}"


def _lands(event: Event, role: str) -> set[str]:
    return {actor.code.split(":")[0] for actor in getattr(event, role) if actor.code}


def _can_be(kind: str, first: Said, second: Said) -> bool:
    """Whether two sentences, or one, can hold a contradiction of this kind at all."""
    if kind == "quantity":
        return _two_numbers(first, second) and not any(FURTHER in said.tale.cues for said in (first, second))
    if kind == "denied":
        return len(first.speakers) > 1 if first is second else not _goes_on(first, second)
    return True


def _two_numbers(first: Said, second: Said) -> bool:
    """Whether both sentences say a number; one alone has to say two, and not how many of how many."""
    if first is not second:
        return bool(_many(first) and _many(second))
    return _many(first) > 1 and not RATIO.match(first.words)


def _many(said: Said) -> int:
    """Return how many numbers a sentence says: a quantity may be one ("starb ein Fischer") that by its word alone is none."""
    return max(len(NUMERAL.findall(said.words)), len(said.quantities))


def _goes_on(denial: Said, second: Said) -> bool:
    """Whether who denies it in one sentence only goes on in the next: nobody of another country is known to speak there."""
    if DENIES not in denial.tale.cues or DENIES in second.tale.cues or not second.speakers:
        return False
    doers = {actor.code for event in denial.events if event.type == "REJECT" for actor in event.actors if actor.code}
    own, others = _lands_of(denial.speakers | doers), _lands_of(second.speakers)
    return bool(own) and others <= own


def _lands_of(speakers: frozenset[str]) -> set[str]:
    """Return the countries of those whose code is known ("XRU:GOV", but not "der Sprecher")."""
    return {code[:3] for code in speakers if code[:3].isupper() and code[3:4] in ("", ":")}


def countered(records: Records, tales: Sequence[Tale]) -> list[Tale]:
    """Return the sentences of an article, with a cue where one says something against another: of each kind the likeliest pair that can."""
    vote = load_linear(WEIGHTS)

    def rows(features: Iterable[str]) -> list[int]:
        return [row for row in map(vote.index.get, features) if row is not None]

    said = said_in(records, tales)
    listed = list(_pairs(said, rows))
    if not listed:
        return list(tales)
    chances = vote.of_rows(found for _, _, found in listed)
    out = list(tales)
    for column, kind in enumerate(vote.labels):
        if kind == NONE:
            continue
        chance = 1 - float((1 - chances[:, column]).prod())
        if chance < MOST_CALM:
            out[0] = replace(out[0], cues=out[0].cues | {f"{CALM}{kind}"})
        if chance < LEAST:
            continue
        likely = sorted(
            ((float(chances[at, column]), at) for at in range(len(listed))), key=lambda one: (-one[0], one[1])
        )
        can = (listed[at] for value, at in likely if value >= LEAST_PAIR)
        pair = next(((a, b) for a, b, _ in can if _can_be(kind, said[a], said[b])), None)
        if pair is None:
            continue
        first, second = pair
        cue = f"{AGAINST}{kind}/{tales[first].start}"
        out[second] = replace(out[second], cues=out[second].cues | {cue})
    return out


def calm_in(article: dict[str, Any]) -> frozenset[str]:
    """Return the kinds of contradictions that an article surely holds none of."""
    first = next(_tales_with(CALM, article), None)
    return frozenset(cue.removeprefix(CALM) for cue in first.cues if cue.startswith(CALM)) if first else frozenset()


def disputes_of(article: dict[str, Any], known: Collection[str]) -> Iterator[Dispute]:
    """Yield the contradictions between sentences of a row of ``articles``, without the kinds that are ``known`` of its events."""
    for tale in _tales_with(AGAINST, article):
        for cue in sorted(cue for cue in tale.cues if cue.startswith(AGAINST)):
            kind, _, start = cue.removeprefix(AGAINST).partition("/")
            if kind in known:
                continue
            a, b = (key_of_sentence(article["article"], at) for at in (int(start), tale.start))
            name = hashlib.sha256("|".join((kind, a, b)).encode()).hexdigest()[:15]
            yield Dispute("c" + name, "", kind, a, b, REASONS[kind])


def _tales_with(cue: str, article: dict[str, Any]) -> Iterator[Tale]:
    """Yield the sentences of a row of ``articles``; none, and nothing is unpacked, where no sentence has such a cue."""
    packed = article["told"] or ""
    return map(unpacked, json.loads(packed)) if cue in packed else iter(())
