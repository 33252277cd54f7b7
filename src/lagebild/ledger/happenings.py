"""Which events of several articles tell of one happening: a score over type, actors, place and time.

The rule is pairwise and additive, so that each merge can say why. Two events are never one happening when they are of
different type, when both name towns that are not the same, or when their days lie apart by more than the tolerance.
"""

from __future__ import annotations

import datetime
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lagebild.ledger.sentences import SILENT, Note
from lagebild.ledger.wording import Wording

SETS = ("actors", "recipients", "implied", "words", "nouns", "content", "asked", "gives", "pact")
REALISED = {"actual", "denied", "possible"}
NEAR_KM = 40.0  # two place names for one happening: a town and its suburb or front line
UNDATED_DAYS = 2  # an event without a date is taken to lie within this many days before publication
AHEAD_DAYS = 90  # and what is still to come within this many days after it
BACK_DAYS = 21  # but it may be told again, without its date, for this long
JOIN = 1.7  # score from which on two events are one happening; chosen on the stories in bench/gold
HOSTILE = {"ASSAULT", "COERCE"}  # deeds of which each side may say that the other did them
CLAIMED = 0.5  # added where each side says of the other that it did it
ANSWERED = 0.4  # added where one denies, in the same words and of the same doer, what the other tells
ONE_MISREAD = -1.2  # added where other doers may be told of one act
OTHER_DOER = -2.2  # added where each telling names doers of other countries: Poland's expulsion is not that of Prague
OTHER_MODE = -1.8  # added where the modes differ: a release is no withdrawal, whoever promised both in one sentence
RARE = {"RETREAT", "AGREE", "SANCTION", "CONCEDE"}  # the same parties seldom do this twice in a month
MUTUAL = {"AGREE", "CONSULT"}  # who takes part in it does so as doer and as the other side alike
AGAIN = "again"  # cue of a sentence that tells of one more act of the kind
RECURRING = {"ASSAULT", "CONSULT", "COERCE", "PROTEST"}  # one is soon followed by the next
MANY_MODES = {"ASSAULT", "CONSULT", "PROTEST", "MOBILIZE"}  # one happening is told with several of the type's modes


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one article tells it; ``key`` is ``article#event``."""

    key: str
    article: str
    type: str
    mode: str
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    published: datetime.date | None
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    place: str | None = None
    country: str | None = None
    point: tuple[float, float] | None = None
    precise: bool = False
    words: frozenset[str] = field(default_factory=frozenset)
    speaker: str | None = None
    implied: frozenset[str] = field(default_factory=frozenset)  # codes the text does not name, only implies
    nouns: frozenset[str] = field(default_factory=frozenset)
    content: frozenset[str] = field(default_factory=frozenset)  # what is agreed, demanded, threatened: TYPE/mode
    parent: str | None = None  # type of the event that this one is the content of
    asked: frozenset[str] = field(default_factory=frozenset)  # whom a demand for it is made to
    gives: frozenset[str] = field(default_factory=frozenset)  # who offers, promises or threatens it
    note: Note = field(default=SILENT, repr=False, compare=False)  # what its sentence says beside it
    pact: frozenset[str] = field(default_factory=frozenset)  # the countries of the agreement its article tells of
    unless: tuple[str, frozenset[str]] | None = None  # type and actors of the act that would make it needless
    tests: bool = False  # another depends on it, and it is told for that
    told_fully: bool = False  # its article also says what it is that is promised
    wording: Wording | None = field(default=None, repr=False, compare=False)  # of a sentence: how it says it
    due_beside: datetime.date | None = None  # the day that another sentence of its article names for the same matter

    # What follows from the fields above, worked out once: pairs of tellings are compared by the million.
    named_only: bool = field(init=False, repr=False, compare=False)
    """Whether a noun alone names it: it is spoken of, and who took part is told less surely."""
    parties: frozenset[str] = field(init=False, repr=False, compare=False)
    """The countries on either side, and the one that speaks."""
    kind: str = field(init=False, repr=False, compare=False)
    """Happenings that took place (or are said not to have) are told apart from those that are still to come."""
    doers: frozenset[str] = field(init=False, repr=False, compare=False)
    """The countries of the actors."""
    others: frozenset[str] = field(init=False, repr=False, compare=False)
    """The countries of the recipients."""
    hit: frozenset[str] = field(init=False, repr=False, compare=False)
    """Whom it was done to; a denial that hits only who denies ("niemanden getötet") says nothing of it."""
    unsettled: bool = field(init=False, repr=False, compare=False)
    """Whether they are people on the move: the state they are given is a guess, whichever article made it."""
    days: tuple[datetime.date, datetime.date] | None = field(init=False, repr=False, compare=False)
    """The days the event may lie on."""
    first: int = field(init=False, repr=False, compare=False)
    """The first of them as a number (its ordinal); 0 where they are not known."""
    last: int = field(init=False, repr=False, compare=False)
    """The last of them."""
    bare: bool = field(init=False, repr=False, compare=False)
    """Whether the telling says nothing of its own but what kind of happening it was, or whom it hit.

    "Nach dem Angriff", "drei Menschen wurden getötet": both lean on what the article said before.
    """

    def __post_init__(self) -> None:
        speaker = frozenset({self.speaker}) if self.speaker else frozenset()
        sides = self.actors if self.type in HOSTILE else self.actors | self.recipients
        work_out = object.__setattr__  # the class is frozen
        for name in SETS:
            work_out(self, name, one(getattr(self, name)))
        for name in ("type", "status", "mode"):
            work_out(self, name, sys.intern(getattr(self, name)))
        work_out(self, "named_only", bool(self.words) and len(self.nouns) >= len(self.words))
        work_out(self, "parties", countries(self.actors | self.recipients | speaker))
        work_out(self, "doers", countries(self.actors))
        work_out(self, "others", countries(self.recipients))
        nobody = self.status == "denied" and self.type == "ASSAULT" and self.recipients <= self.actors | speaker
        work_out(self, "hit", NOTHING if nobody else self.recipients)
        work_out(self, "unsettled", bool(self.hit) and all("REF" in code.partition(":")[2] for code in self.hit))
        work_out(self, "kind", "realised" if self.status in REALISED else "intended")
        work_out(self, "days", self._days())
        work_out(self, "first", self.days[0].toordinal() if self.days else 0)
        work_out(self, "last", self.days[1].toordinal() if self.days else 0)
        work_out(self, "bare", self.earliest is None and not self.precise and sides <= self.implied)

    def _days(self) -> tuple[datetime.date, datetime.date] | None:
        if self.earliest and self.latest:
            return self.earliest, self.latest
        if self.published is None:
            return None
        ahead = AHEAD_DAYS if self.kind == "intended" else 0
        return (
            self.published - datetime.timedelta(days=UNDATED_DAYS),
            self.published + datetime.timedelta(days=ahead),
        )


@lru_cache(maxsize=100_000)
def one(words: frozenset[str]) -> frozenset[str]:
    """Return the same set for equal ones: tellings are held by the hundred thousand, and say the same again and again."""
    return words


@lru_cache(maxsize=100_000)
def countries(codes: frozenset[str]) -> frozenset[str]:
    """Return the country or bloc parts of actor codes."""
    return one(frozenset(code.split(":")[0] for code in codes))


Why = tuple[str, frozenset[str]]
"""A reason for (or against) a pair being one happening, and what they share; put into words only where it is told."""
NOTHING: frozenset[str] = frozenset()
SILENCE: tuple[float, Why] = (0.0, ("", NOTHING))


def score(a: Telling, b: Telling, *, tolerance: int = 1, least: float = -math.inf) -> tuple[float, str]:
    """Return how strongly two tellings speak of one happening, and why; 0 or less means they do not.

    A pair that cannot come to ``least`` is not worked out to the end.
    """
    value, reasons = weigh(a, b, tolerance=tolerance, least=least)
    return value, told(reasons)


def told(reasons: Iterable[Why]) -> str:
    """Return reasons in words."""
    return "; ".join(f"{why} ({', '.join(sorted(shared))})" if shared else why for why, shared in reasons)


def weigh(a: Telling, b: Telling, *, tolerance: int = 1, least: float = -math.inf) -> tuple[float, list[Why]]:
    """Return the score of two tellings and the reasons for it: pairs are weighed by the million, few are told."""
    if a.type != b.type or a.kind != b.kind:
        return 0.0, [("different type", NOTHING)]
    when = _time(a, b, tolerance)
    if when[0] == -math.inf:  # most pairs end here
        return 0.0, [when[1]]
    where = _place(a, b)
    if where[0] == -math.inf:
        return 0.0, [where[1]]
    parts = [when, where, *_roles(a, b)]
    so_far = sum([part[0] for part in parts])
    if a.article != b.article and so_far + _most(a, b) < least:
        return so_far, [("too little in common", NOTHING)]
    parts += [_mode(a, b), _words(a, b), _content(a, b), _nearness(a, b)]
    return sum([part[0] for part in parts]), [reason for value, reason in parts if value > 0]


def _most(a: Telling, b: Telling) -> float:
    """Return what mode, words, content and a type that seldom recurs can add at most in two articles."""
    most = 0.4 if a.type in RARE else 0.0
    if a.mode and a.mode == b.mode:
        most += 0.4
    if a.content and b.content:
        most += 0.6
    return most if a.words.isdisjoint(b.words) else most + 0.3


def one_after_the_other(a: Telling, b: Telling) -> bool:
    """Whether each names its day, and the one of the later day is said to be done again: "hat die Stadt am Mittwoch erneut beschossen"."""
    if a.earliest is None or b.earliest is None or a.earliest != a.latest or b.earliest != b.latest:
        return False
    return a.earliest != b.earliest and AGAIN in (a if a.earliest > b.earliest else b).note


def _time(a: Telling, b: Telling, tolerance: int) -> tuple[float, Why]:
    if a.days is None or b.days is None:
        return SILENCE
    if one_after_the_other(a, b):
        return -math.inf, ("done again on another day", NOTHING)
    meet = a.days[0] <= b.days[1] and b.days[0] <= a.days[1]
    apart = 0 if meet else max((a.days[0] - b.days[1]).days, (b.days[0] - a.days[1]).days)
    if apart > tolerance:
        newer = max((a, b), key=lambda t: t.days or (datetime.date.max, datetime.date.max))
        if newer.earliest is None and apart <= _reach(a, b):
            return SILENCE
        return -math.inf, (f"{apart} days apart", NOTHING)
    if a.earliest and b.earliest:
        if a.days == b.days:
            return 1.0, ("same day" if a.earliest == a.latest else "same days", NOTHING)
        if apart == 0 and all((t.days[1] - t.days[0]).days <= 1 for t in (a, b) if t.days):
            return 1.0, ("same day", NOTHING)
    return 0.3, ("days that fit", NOTHING)


def _reach(a: Telling, b: Telling) -> int:
    """Return for how many days a happening can be meant again without its date.

    Long where its kind seldom recurs or both call it by the same noun (the ultimatum), shorter where only the place is
    the same, not at all otherwise.
    """
    if a.type in RARE or (a.nouns & b.nouns and a.type not in RECURRING):
        return BACK_DAYS
    return BACK_DAYS // 2 if a.precise and b.precise and a.place == b.place else 0


def _place(a: Telling, b: Telling) -> tuple[float, Why]:
    if a.country and b.country and a.country != b.country:
        return -math.inf, ("different countries", NOTHING)
    if a.precise and b.precise:
        if a.place == b.place or (a.point and b.point and distance(a.point, b.point) <= NEAR_KM):
            return 1.2, (f"same place ({a.place})", NOTHING)
        return -math.inf, ("different places", NOTHING)
    if a.country and a.country == b.country:
        return 0.4, (f"same country ({a.country})", NOTHING)
    for one, other in ((a, b), (b, a)):
        if one.country and not other.country and one.country in other.parties:
            return 0.3, (f"in a country that takes part ({one.country})", NOTHING)
    return SILENCE


def _roles(a: Telling, b: Telling) -> list[tuple[float, Why]]:
    spoken = a.speaker is not None and b.speaker is not None and a.speaker != b.speaker
    if a.type in HOSTILE and _blamed_crosswise(a, b):
        return [(1.0 + CLAIMED * spoken, ("same parties", a.parties & b.parties))]
    if a.type in HOSTILE and (not a.actors or not b.actors) and _one_holds_the_other(a, b):
        return [(0.7, ("same parties", a.parties & b.parties))]
    implied = a.implied | b.implied
    answered = spoken and (a.status == "denied") != (b.status == "denied") and not a.doers.isdisjoint(b.doers)
    return [
        (ANSWERED, ("one denies what the other says", NOTHING)) if answered and a.words & b.words else SILENCE,
        _role("actor", a.actors, b.actors, implied, ONE_MISREAD if _may_be_one(a, b) else OTHER_DOER),
        _role("recipient", a.hit, b.hit, implied, -0.6)
        if not (a.unsettled and b.unsettled)
        else (0.9, ("same kind of recipient", NOTHING)),
    ]


def _may_be_one(a: Telling, b: Telling) -> bool:
    """Whether two tellings of other doers may be of one act: of an attack each side may blame the other, of talks a host may be told."""
    return a.type in HOSTILE or (a.type in MUTUAL and not a.parties.isdisjoint(b.parties))


def _role(
    role: str, mine: frozenset[str], theirs: frozenset[str], implied: frozenset[str], conflict: float
) -> tuple[float, Why]:
    if not mine or not theirs:
        return SILENCE
    if shared := mine & theirs:
        return 0.9, (f"same {role}", shared)
    if shared := countries(mine) & countries(theirs):
        return 0.7, (f"same {role} country", shared)
    if mine <= implied or theirs <= implied:
        return SILENCE
    return conflict, (f"different {role}s", NOTHING)


def _blamed_crosswise(a: Telling, b: Telling) -> bool:
    """Whether the tellings name different doers, each of whom takes part in the other telling too."""
    mine, theirs = a.doers, b.doers
    return bool(mine and theirs and not mine & theirs and mine <= b.parties and theirs <= a.parties)


def _one_holds_the_other(a: Telling, b: Telling) -> bool:
    """Whether all parties of one telling take part in the other; a fight has no giving and taking side."""
    return bool(a.parties and b.parties) and (a.parties <= b.parties or b.parties <= a.parties)


def _mode(a: Telling, b: Telling) -> tuple[float, Why]:
    if a.mode and b.mode:
        if a.mode == b.mode:
            return 0.4, (f"same mode ({a.mode})", NOTHING)
        return (-0.1 if a.type in MANY_MODES else OTHER_MODE), ("different modes", NOTHING)
    return SILENCE


def _words(a: Telling, b: Telling) -> tuple[float, Why]:
    return (0.3, ("same words", shared)) if (shared := a.words & b.words) else SILENCE


def _content(a: Telling, b: Telling) -> tuple[float, Why]:
    if not a.content or not b.content:
        return SILENCE
    shared = a.content & b.content
    return (0.6, ("same content", shared)) if shared else (-0.4, ("different content", NOTHING))


def _nearness(a: Telling, b: Telling) -> tuple[float, Why]:
    """An article seldom tells of two happenings of one type that nothing sets apart."""
    seldom = 0.4 if a.type in RARE else 0.0
    if a.article == b.article:
        again = a.bare or b.bare
        return (
            (1.6, ("meant again in the same article", NOTHING)) if again else (0.6 + seldom, ("same article", NOTHING))
        )
    return (seldom, ("seldom recurs", NOTHING)) if seldom else SILENCE


def telling_more(telling: Telling) -> tuple[bool, bool, bool]:
    """Sort the tellings of an article so that those that say more come first and the others can lean on them."""
    return telling.earliest is None, not telling.precise, telling.bare


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres between two (latitude, longitude) points (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))
