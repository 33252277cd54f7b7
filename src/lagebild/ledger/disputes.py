"""Contradictions: incidents whose tellings do not agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from lagebild.ledger.happenings import HOSTILE, Telling, countries
from lagebild.ledger.sides import same_side

COUNTED = {"killed", "injured", "missing", "arrested", "troops", "protesters", "displaced", "hostages"}
"""Quantities that a happening has one true value of; a sum of money or a duration may belong to different things."""


FURTHER = "further"  # cue of a sentence that counts those who came in addition ("ein weiteres Opfer")
RISING = "rising"  # cue of a sentence that tells to what a number has grown

CIVILIAN = {"EDU", "MED", "JRN", "REL", "LAB", "BUS", "AGR", "REF", "CVL"}  # pupils here, children there: one count


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of a telling; None is an open end."""

    what: str
    low: float | None
    high: float | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A telling with what contradictions need besides: who vouches for it, and its figures."""

    telling: Telling
    speaker: str | None
    figures: tuple[Figure, ...] = ()
    mutual: bool = False  # its sentence says that both sides do it to each other
    tallies: tuple[tuple[Figure, str, str], ...] = ()  # numbers its article says of it elsewhere, by whom, key of where
    denials: tuple[tuple[str, str], ...] = ()  # events of its article that deny it without naming it, and who does


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two tellings (``article#event``) of one incident that do not agree."""

    id: str
    incident: str
    kind: str
    a: str
    b: str
    reason: str


Found = tuple[str, tuple[str, ...], Account, Account, str]
"""Kind, what tells it from others of the incident, the two tellings, the reason."""


def disputes(incident: str, accounts: Sequence[Account]) -> Iterator[Dispute]:
    """Yield the contradictions of an incident: one for each who denies it, each pair of doers, each pair of numbers."""
    for kind, key, a, b, reason in (*_denials(accounts), *_rivals(accounts), *_mutual(accounts), *_numbers(accounts)):
        name = hashlib.sha256("|".join((incident, kind, *sorted(key))).encode()).hexdigest()[:15]
        first, second = sorted((a.telling, b.telling), key=lambda t: (t.published is None, t.published, t.key))
        yield Dispute("c" + name, incident, kind, first.key, second.key, reason)


def _denials(accounts: Sequence[Account]) -> Iterator[Found]:
    """One for each who denies: with the telling that says most plainly what is denied."""
    best: dict[str, tuple[int, Account, Account]] = {}
    for denial in accounts:
        if denial.telling.status != "denied":
            continue
        noughts = {figure.what for figure in denial.figures if figure.high == 0}
        if noughts and not denial.telling.actors - denial.telling.implied:
            continue  # "nobody was hurt" is a number
        for other in accounts:
            if noughts & {figure.what for figure in other.figures}:
                continue  # so is "the soldiers killed nobody" against "they killed four"; else it is a denial
            likeness = _likeness(denial, other)
            if likeness and likeness > best.get(_side(denial), (0, denial, other))[0]:
                best[_side(denial)] = likeness, other, denial
    for told in accounts:
        for key, who in told.denials:
            denial = Account(replace(told.telling, key=key), who)
            best.setdefault(_side(denial), (1, told, denial))
    for who, (_, other, denial) in best.items():
        yield "denied", ("denied", who), other, denial, "one says it happened, one denies it"


def _side(account: Account) -> str:
    """Who denies: the country of the speaker, else what the speaker is called; the writer where there is none."""
    return account.speaker.split(":")[0] if account.speaker else "-"


def _likeness(denial: Account, other: Account) -> int:
    """Return how plainly a telling says what a denial denies; 0 where it does not."""
    denied, told = denial.telling, other.telling
    if told.status != "actual" or denial.speaker == other.speaker:
        return 0
    doers = told.actors - told.implied
    if denied.actors and (doers or told.type in HOSTILE) and not same_side(denied.actors, doers):
        return 0
    if not denied.actors and not denied.words & told.words:
        return 0  # what nobody in particular is said not to have done has to be the same deed by its words
    return 1 + 4 * bool(other.speaker) + 2 * bool(denied.words & told.words) + (denied.mode == told.mode)


def _rivals(accounts: Sequence[Account]) -> Iterator[Found]:
    """One for each pair of doers that different speakers name."""
    seen: set[tuple[str, str]] = set()
    for a, b in combinations((a for a in accounts if a.telling.type in HOSTILE and a.telling.status != "denied"), 2):
        mine, theirs = a.telling.actors - a.telling.implied, b.telling.actors - b.telling.implied
        if not mine or not theirs or a.speaker == b.speaker or same_side(mine, theirs):
            continue
        claimed = a.speaker is not None and b.speaker is not None
        plain = a.telling.article != b.telling.article and not (a.telling.named_only or b.telling.named_only)
        if not claimed and (not plain or _was_hit(mine, b) or _was_hit(theirs, a)):
            continue
        low, high = sorted(_names(mine, theirs))
        if (low, high) not in seen:
            seen.add((low, high))
            yield "rival-actors", (low, high), a, b, f"{'/'.join(sorted(mine))} or {'/'.join(sorted(theirs))}"


def _was_hit(doers: frozenset[str], other: Account) -> bool:
    """Whether those who did it by one telling are whom it was done to by the other: nobody claiming it, one was misread."""
    return countries(doers) <= countries(other.telling.recipients) - countries(other.telling.actors)


def _names(mine: frozenset[str], theirs: frozenset[str]) -> tuple[str, str]:
    """Return how two sides are told apart: by country, by their codes where they are of one."""
    if countries(mine) & countries(theirs):
        return "/".join(sorted(mine)), "/".join(sorted(theirs))
    return "/".join(sorted(countries(mine))), "/".join(sorted(countries(theirs)))


def _mutual(accounts: Sequence[Account]) -> Iterator[Found]:
    """ "Both sides blamed each other": one telling holds both positions."""
    for account in accounts:
        telling = account.telling
        if telling.type != "ACCUSE" or telling.status != "actual":
            continue
        if _third(telling):
            continue
        if account.mutual or (len(telling.actors) > 1 and telling.actors == telling.recipients):
            sides = sorted(telling.actors | telling.recipients) or ["both"]
            yield "rival-actors", (sides[0], sides[-1]), account, account, f"{' and '.join(sides)} blame each other"
            return


def _third(telling: Telling) -> bool:
    """Whether somebody who is neither side blames both."""
    return bool(telling.actors) and len(telling.recipients) > 1 and telling.doers.isdisjoint(telling.others)


def _numbers(accounts: Sequence[Account]) -> Iterator[Found]:
    """One for each pair of numbers that cannot both be right; exact ones stand for those that they fit."""
    kept: dict[str, list[tuple[Figure, Account]]] = {}
    told = [
        (figure, account)
        for account in accounts if FURTHER not in account.telling.note
        for figure in _largest(account.figures) if figure.what in COUNTED
    ]  # fmt: skip
    told += [
        (figure, replace(account, speaker=who, telling=replace(account.telling, key=key)))
        for account in accounts for figure, who, key in account.tallies if figure.what in COUNTED
    ]  # fmt: skip
    for figure, account in sorted(told, key=lambda pair: (pair[0].low != pair[0].high, pair[0].approximate)):
        others = kept.setdefault(figure.what, [])
        alike = [(f, a) for f, a in others if _same_people(a, account)]
        if any(not apart(figure, other) for other, _ in alike):
            continue
        for other, theirs in alike:
            counts_on = account.speaker is not None and account.speaker == theirs.speaker
            if (
                not counts_on
                and not _grew(figure, account, other, theirs)
                and not _grew(other, theirs, figure, account)
            ):
                shown_ = sorted((shown(other), shown(figure)))
                yield "quantity", (figure.what, *shown_), theirs, account, f"{figure.what}: {' or '.join(shown_)}"
        others.append((figure, account))


def _grew(more: Figure, later: Account, less: Figure, earlier: Account) -> bool:
    """Whether a number is one that an earlier one has risen to."""
    first, second = earlier.telling.published, later.telling.published
    in_turn = first is None or second is None or first <= second
    return in_turn and RISING in later.telling.note and _below(less, more)


def _largest(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield of each quantity the largest number of one telling: those beside it count other groups ("20 Soldaten und ein Zivilist")."""
    for what in dict.fromkeys(figure.what for figure in figures):
        yield max((f for f in figures if f.what == what), key=lambda f: (f.low or 0.0, f.high or 0.0))


def _people(sector: str) -> str:
    return "CVL" if sector in CIVILIAN else sector


def _same_people(a: Account, b: Account) -> bool:
    """Whether two numbers may count the same people: not civilians here and soldiers there, nor of two countries."""
    mine, theirs = (
        x.telling.recipients - x.telling.implied - {x.speaker or ""} for x in (a, b)
    )  # nobody counts himself
    if not mine or not theirs:
        return True
    kinds = [
        {_people(kind) for code in codes for kind in code.partition(":")[2].split("+") if kind}
        for codes in (mine, theirs)
    ]
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        return False
    return "CVL" in kinds[0] & kinds[1] or bool(countries(mine) & countries(theirs))


def apart(a: Figure, b: Figure) -> bool:
    """Whether two figures cannot both be right; "rund" allows a tenth."""
    return _below(a, b) or _below(b, a)


def _below(a: Figure, b: Figure) -> bool:
    if a.high is None or b.low is None:
        return False
    slack = 0.1 * a.high if a.approximate or b.approximate else 0.0
    return a.high + slack < b.low


def shown(figure: Figure) -> str:
    """Return a figure as text."""
    if figure.low == figure.high and figure.low is not None:
        return f"{figure.low:g}"
    low = "" if figure.low is None else f"{figure.low:g}"
    high = "" if figure.high is None else f"{figure.high:g}"
    return f"{low}-{high}"
