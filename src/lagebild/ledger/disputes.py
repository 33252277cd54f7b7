"""Contradictions: incidents whose tellings do not agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lagebild.ledger.happenings import Telling, countries

COUNTED = {"killed", "injured", "missing", "arrested", "troops", "protesters", "displaced", "hostages"}
"""Quantities that a happening has one true value of; a sum of money or a duration may belong to different things."""


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


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two tellings (``article#event``) of one incident that do not agree."""

    id: str
    incident: str
    kind: str
    a: str
    b: str
    reason: str


def disputes(incident: str, accounts: Sequence[Account]) -> Iterator[Dispute]:
    """Yield at most one contradiction of each kind and pair of positions: the first telling of each side."""
    seen: set[tuple[str, ...]] = set()
    for a, b in combinations(accounts, 2):
        for kind, position, reason in _between(a, b):
            key = (kind, *sorted(position))
            if key not in seen:
                seen.add(key)
                name = hashlib.sha256(f"{incident}|{'|'.join(key)}".encode()).hexdigest()[:15]
                yield Dispute("c" + name, incident, kind, a.telling.key, b.telling.key, reason)


def _between(a: Account, b: Account) -> Iterator[tuple[str, tuple[str, str], str]]:
    if {a.telling.status, b.telling.status} == {"actual", "denied"} and a.speaker != b.speaker:
        yield (
            "denied",
            (f"{a.telling.status} {a.speaker}", f"{b.telling.status} {b.speaker}"),
            "one says it happened, one denies it",
        )
    mine, theirs = countries(a.telling.actors), countries(b.telling.actors)
    both_happened = a.telling.status != "denied" != b.telling.status
    if both_happened and a.speaker != b.speaker and _rivals(a.telling.actors, b.telling.actors):
        yield (
            "rival-actors",
            (",".join(sorted(mine)), ",".join(sorted(theirs))),
            f"{'/'.join(sorted(a.telling.actors))} or {'/'.join(sorted(b.telling.actors))}",
        )
    for one, other in _pairs(a.figures, b.figures):
        if apart(one, other):
            yield (
                "quantity",
                (f"{one.what} {one.low}-{one.high}", f"{other.what} {other.low}-{other.high}"),
                f"{one.what}: {shown(one)} or {shown(other)}",
            )


def _rivals(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not a & b and not countries(a) & countries(b)


def _pairs(a: Iterable[Figure], b: Iterable[Figure]) -> Iterator[tuple[Figure, Figure]]:
    by: Mapping[str, list[Figure]] = {what: [f for f in b if f.what == what] for what in COUNTED}
    for one in a:
        for other in by.get(one.what, []):
            yield one, other


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
