"""Commitments, kept up as new articles come in: each report is held against what is still owed, once.

``promises`` decides whether a report is about a commitment; here are only indexes that bring the two together, so that a
day's reports are not compared with everything that was owed in a year. What has as many reports of an outcome as count
is no longer looked at for another one: a report costs the same however much was owed before.
"""

from __future__ import annotations

import datetime
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lagebild.ledger.alike import kinds_of, sure_kinds
from lagebild.ledger.debts import OUTCOME, acts_of
from lagebild.ledger.evidence import MOST, Evidence, strongest, weighed
from lagebild.ledger.happenings import Telling, countries
from lagebild.ledger.matches import likeliest, owed_under
from lagebild.ledger.promises import (
    HORIZON,
    SOON,
    SPARED,
    Commitment,
    State,
    commitment,
    outcome,
    stands_for,
    told_as,
)

COUNTED = 10  # reports of one outcome (kept, broken) that are kept for a commitment: the first ones
SPARE_DAYS = 20  # what is no longer owed may be let go of so many days late: going through all of it has its price
Key = tuple[str, ...]
Stamp = tuple[datetime.date, str]


@dataclass(slots=True, eq=False)
class Owed:
    """A commitment and the reports that are about it, with their outcome; ``unread`` are those known by their key only."""

    made: Commitment
    reports: list[tuple[Telling, str]] = field(default_factory=list)
    heard: list[Evidence] = field(default_factory=list)  # the sentences that most likely report of it
    unread: tuple[str, ...] = ()
    stored: tuple[State, ...] = ()
    new: bool = True
    changed: bool = True
    leader: str | None = None  # key of the first telling of the same commitment, as last written; None: not known
    row: bool = False  # whether the ledger holds it as a commitment of its own
    day: datetime.date = field(init=False)
    many: dict[str, int] = field(default_factory=dict)
    last: dict[str, Stamp] = field(
        default_factory=dict
    )  # of the reports of an outcome, once there are as many as count
    closed: tuple[str, ...] = ()  # outcomes that it was set aside for

    def __post_init__(self) -> None:
        self.day = self.made.telling.published or datetime.date.min

    @property
    def stamp(self) -> Stamp:
        """What commitments are sorted by."""
        return self.day, self.made.telling.key

    def full(self, state: str) -> bool:
        """Whether as many reports of this outcome are known as count."""
        return self.many.get(state, 0) >= COUNTED

    def put(self, telling: Telling, state: str) -> None:
        """Keep a report if it is among the first of its outcome."""
        if state in self.closed and self.last[state] < _stamp(telling):
            return  # most reports say what enough have said
        if any(telling.key == known.key for known, _ in self.reports):
            return
        insort(self.reports, (telling, state), key=_when)
        if self.full(state):
            at = max(at for at, report in enumerate(self.reports) if report[1] == state)
            last, _ = self.reports.pop(at)
            self.changed = self.changed or last is not telling
        else:
            self.many[state] = self.many.get(state, 0) + 1
            self.changed = True
        if self.full(state):
            self.last[state] = max(_when(report) for report in self.reports if report[1] == state)

    def hear(self, found: Evidence) -> None:
        """Keep a sentence if it is among those that most likely report of it."""
        if len(self.heard) >= MOST and found.told < self.heard[-1].told:
            return
        kept = strongest([*self.heard, found])
        self.changed = self.changed or any(one is found for one in kept)
        self.heard = kept

    def take(self, telling: Telling) -> None:
        """Keep what a report that was stored says of it."""
        if state := outcome(self.made, telling):
            self.put(telling, state)

    def settled(self, telling: Telling) -> bool:
        """Whether the report could only be one more of those that no longer count."""
        if telling.status != "actual" or not self.last:
            return False
        said = ("kept",) if telling.type == self.made.telling.type else ("kept", "broken")
        return all(state in self.last and self.last[state] < _stamp(telling) for state in said)


class Debts:
    """All that is owed in the months before, by what a report about it must have in common with it."""

    def __init__(self, repeats: Callable[[Commitment, Telling], bool] = lambda made, telling: False) -> None:
        self.owed: dict[str, Owed] = {}
        self._repeats = repeats  # says of what sounds like a report that it only stood beside the promise before
        self._kinds = Cells()  # by what is owed and by whom
        self._words = Cells()  # by who owes it and a word or noun
        self._later = Cells()  # by what is owed, by whom, and a word, noun or recipient: for reports of later months
        self._said = Cells()  # by a side and what a sentence may say of it
        self._newest: Stamp = datetime.date.min, ""
        self._forgotten = datetime.date.min

    def add(self, added: Iterable[Owed]) -> None:
        """Take in commitments; one without a day is owed but nothing can be reported after it."""
        for owed in sorted(added, key=lambda owed: owed.stamp):
            self.owed[owed.made.telling.key] = owed
            if owed.made.telling.published is None:
                continue
            for key, _ in _stands(owed.made):
                self._kinds.put(key, owed)
            for key in _words(owed.made):
                self._words.put(key, owed)
            for key in _later(owed.made):
                self._later.put(key, owed)
            for key in owed_under(owed.made):
                self._said.put(key, owed)
        for cells in (self._kinds, self._words, self._later, self._said):
            cells.sort()

    def report(self, tellings: Iterable[Telling], *, only_new: bool = False) -> None:
        """Hold reports against what is owed, in the order of their publication: the first ones count."""
        dated = [(t.published, t.key, t) for t in tellings if t.published and t.status in ("actual", "denied")]
        for day, key, telling in sorted(dated, key=lambda report: report[:2]):
            full = only_new or telling.status == "denied" or (day, key) < self._newest
            self._report(telling, day, full=full, only_new=only_new)
            self._newest = max(self._newest, (day, key))

    def hear(self, tales: Iterable[Telling], *, only_new: bool = False) -> None:
        """Hold sentences against the commitments they may be about, in the order of their publication."""
        self.weigh(tales, lambda owed, tale: (owed.new or not only_new) and not self._repeats(owed.made, tale))

    def weigh(self, tales: Iterable[Telling], asked: Callable[[Owed, Telling], bool]) -> None:
        """Let commitments hear what the sentences of whole articles are worth for those that are ``asked``."""
        dated = sorted((tale for tale in tales if tale.published), key=_stamp)
        for (day, _), group in groupby(dated, key=lambda tale: (tale.published, tale.article)):
            article = list(group)
            for owed, heard in weighed(article, likeliest(article, self._said.between, day), asked):
                owed.hear(heard)

    def _report(self, telling: Telling, day: datetime.date, *, full: bool, only_new: bool) -> None:
        seen: set[int] = set()
        filled: list[tuple[Owed, str]] = []
        for owed in self._candidates(telling, day, full=full):
            if id(owed) in seen or (only_new and not owed.new) or owed.settled(telling):
                continue
            seen.add(id(owed))
            if (state := outcome(owed.made, telling)) and not self._repeats(owed.made, telling):
                owed.put(telling, state)
                if owed.full(state) and state not in owed.closed:
                    filled.append((owed, state))
        for owed, state in filled:
            self._retire(owed, state)

    def _candidates(self, telling: Telling, day: datetime.date, *, full: bool) -> Iterator[Owed]:
        """Yield what a report may be about; ``full``: also what has as many reports as count, where it may be another."""
        soon, last = day - datetime.timedelta(SOON), day - datetime.timedelta(HORIZON)
        before = datetime.timedelta(1)
        for key in _looks(telling):
            yield from self._kinds.between(key, soon, day, full=full)
            for shared in _shared(telling):
                yield from self._later.between((*key, *shared), last, soon - before, full=full)
            for recipient in telling.recipients:
                yield from self._later.between((*key, "to", recipient), last, soon - before, full=full)
        for country in countries(telling.actors):
            for shared in _shared(telling):
                yield from self._words.between((country, *shared), last, day, full=True)
            for verb in _verbs(telling.words | telling.note.about if telling.type == OUTCOME else telling.words):
                yield from self._words.between((country, *verb), soon, day, full=True)

    def _retire(self, owed: Owed, state: str) -> None:
        """Put a commitment aside where all that a report could say of it is what enough reports have said."""
        owed.closed = (*owed.closed, state)
        for key, gives in _stands(owed.made):
            if gives == state:
                self._kinds.retire(key, owed)
        if state == "kept":
            for key in _later(owed.made):
                self._later.retire(key, owed)

    def forget(self, before: datetime.date) -> bool:
        """Let go of what was owed before a day, from time to time; say whether it was done."""
        if (before - self._forgotten).days < SPARE_DAYS:
            return False
        self._forgotten = before
        self.owed = {key: owed for key, owed in self.owed.items() if owed.day >= before}
        for cells in (self._kinds, self._words, self._later, self._said):
            cells.forget(before)
        return True


class Cells:
    """Commitments by key, each list in the order of days; those that were retired apart from the others."""

    def __init__(self) -> None:
        self._live: dict[Key, dict[str, Owed]] = defaultdict(dict)
        self._retired: dict[Key, dict[str, Owed]] = defaultdict(dict)
        self._unsorted: set[Key] = set()

    def put(self, key: Key, owed: Owed) -> None:
        """Take in a commitment; ``sort`` is due afterwards."""
        cell = self._live[key]
        if cell and next(reversed(cell.values())).day > owed.day:
            self._unsorted.add(key)
        cell[owed.made.telling.key] = owed

    def sort(self) -> None:
        """Bring the lists into the order of days, after commitments were added out of it."""
        for key in self._unsorted:
            self._live[key] = dict(sorted(self._live[key].items(), key=lambda item: item[1].stamp))
        self._unsorted.clear()

    def between(self, key: Key, since: datetime.date, until: datetime.date, *, full: bool) -> Iterator[Owed]:
        """Yield what was owed between two days; with ``full`` also what was retired."""
        for owed in reversed(self._live[key].values()) if key in self._live else ():
            if owed.day < since:
                break
            if owed.day <= until:
                yield owed
        if full and key in self._retired:
            yield from (owed for owed in self._retired[key].values() if since <= owed.day <= until)

    def retire(self, key: Key, owed: Owed) -> None:
        """Put a commitment apart."""
        name = owed.made.telling.key
        if name in self._live.get(key, ()):
            del self._live[key][name]
            self._retired[key][name] = owed

    def forget(self, before: datetime.date) -> None:
        """Let go of what was owed before a day."""
        for index in (self._live, self._retired):
            for key in list(index):
                kept = {name: owed for name, owed in index[key].items() if owed.day >= before}
                if kept:
                    index[key] = kept
                else:
                    del index[key]


def owed_by(tellings: Iterable[Telling], speakers: dict[str, str | None], conditions: dict[str, str]) -> Iterator[Owed]:
    """Yield what the tellings commit somebody to."""
    for telling in tellings:
        made = commitment(telling, speaker=speakers.get(telling.key), condition=conditions.get(telling.key))
        if made:
            yield Owed(made)


def _stamp(telling: Telling) -> Stamp:
    return telling.published or datetime.date.max, telling.key


def _when(report: tuple[Telling, str]) -> Stamp:
    return _stamp(report[0])


def _stands(made: Commitment) -> Iterator[tuple[Key, str | None]]:
    """Yield where a commitment stands: by deed and doers, and by deed and recipients for reports that name no doer.

    With each place comes the one outcome that a report found there can have, None where it may have others.
    """
    owed = made.telling
    if owed.actors:
        for what, gives in stands_for(made).items():
            for country in countries(owed.unless[1] if what == SPARED and owed.unless else owed.actors):
                yield (what, "by", country), gives
    for country in countries(owed.recipients):
        yield (owed.type, "to" if owed.actors else "to, by nobody", country), "kept"
    if owed.status == "demanded":
        for country in countries(owed.actors):
            yield ("REJECT", "to, by nobody", country), "broken"
        for country in countries(owed.recipients):
            yield ("REJECT", "by", country), None


def _words(made: Commitment) -> Iterator[Key]:
    for country in countries(made.telling.actors):
        for word in made.telling.words | acts_of(made.telling):
            yield country, "word", word
    for country in countries(made.telling.actors | made.telling.recipients):
        for noun in made.about:
            yield country, "about", noun
        for key in _nouns(made.about):
            yield country, *key
    for country in countries(made.telling.actors):
        for key in _verbs(acts_of(made.telling)):
            yield country, *key


def _nouns(nouns: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the kinds of nouns by which what is called by another word is found; sums of money and soldiers are too many."""
    for kind in {kind for noun in nouns for kind in sure_kinds(noun)}:
        yield "kind", kind


def _verbs(words: frozenset[str]) -> Iterator[tuple[str, str]]:
    for kind in {kind for word in words for kind in kinds_of(word, "verb")}:
        yield "verb", kind


def _later(made: Commitment) -> Iterator[Key]:
    """Yield where a commitment stands for reports of later months: they need more in common with it."""
    owed = made.telling
    shared = [("to", code) for code in owed.recipients]
    for country in countries(owed.actors):
        for pair in shared:
            yield owed.type, "by", country, *pair
    shared += [*(("word", word) for word in owed.words), *(("about", noun) for noun in made.about)]
    shared += _nouns(made.about)
    for country in countries(owed.recipients):
        for pair in shared:
            yield owed.type, "to" if owed.actors else "to, by nobody", country, *pair


def _looks(report: Telling) -> Iterator[Key]:
    """Yield where the commitments stand that a report may be about."""
    for country in countries(report.actors):
        for what in told_as(report):
            yield what, "by", country
    for country in countries(report.recipients):
        yield report.type, "to, by nobody", country
        if report.actors <= report.implied:
            yield report.type, "to", country


def _shared(report: Telling) -> Iterator[Key]:
    for word in report.words:
        yield "word", word
    for noun in report.note.about:
        yield "about", noun
    yield from _nouns(report.note.about)
