"""Which events of several articles tell of one happening: a score over type, actors, place and time.

The rule is pairwise and additive, so that each merge can say why. Two events are never one happening when they are of
different type, when both name towns that are not the same, or when their days lie apart by more than the tolerance.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

REALISED = {"actual", "denied", "possible"}
NEAR_KM = 40.0  # two place names for one happening: a town and its suburb or front line
UNDATED_DAYS = 2  # an event without a date is taken to lie within this many days before publication
JOIN = 2.0  # score from which on two events are one happening; chosen on the stories in bench/gold


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

    @property
    def kind(self) -> str:
        """Happenings that took place (or are said not to have) are told apart from those that are still to come."""
        return "realised" if self.status in REALISED else "intended"

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The days the event may lie on."""
        if self.earliest and self.latest:
            return self.earliest, self.latest
        if self.published is None:
            return None
        return self.published - datetime.timedelta(days=UNDATED_DAYS), self.published


def countries(codes: frozenset[str]) -> frozenset[str]:
    """Return the country or bloc parts of actor codes."""
    return frozenset(code.split(":")[0] for code in codes)


def score(a: Telling, b: Telling, *, tolerance: int = 1) -> tuple[float, str]:
    """Return how strongly two tellings speak of one happening, and why; 0 or less means they do not."""
    if a.type != b.type or a.kind != b.kind:
        return 0.0, "different type"
    parts = [_time(a, b, tolerance), _place(a, b), *_roles(a, b), _mode(a, b), _words(a, b)]
    if any(value == -math.inf for value, _ in parts):
        return 0.0, next(reason for value, reason in parts if value == -math.inf)
    return sum(value for value, _ in parts), "; ".join(reason for value, reason in parts if value > 0)


def _time(a: Telling, b: Telling, tolerance: int) -> tuple[float, str]:
    if a.days is None or b.days is None:
        return 0.0, ""
    apart = max((a.days[0] - b.days[1]).days, (b.days[0] - a.days[1]).days, 0)
    if apart > tolerance:
        return -math.inf, f"{apart} days apart"
    exact = a.earliest and b.earliest and (a.days[1] - a.days[0]).days <= 1 and (b.days[1] - b.days[0]).days <= 1
    return (1.0, "same day") if exact and apart == 0 else (0.3, "days that fit")


def _place(a: Telling, b: Telling) -> tuple[float, str]:
    if a.country and b.country and a.country != b.country:
        return -math.inf, "different countries"
    if a.precise and b.precise:
        if a.place == b.place or (a.point and b.point and distance(a.point, b.point) <= NEAR_KM):
            return 1.2, f"same place ({a.place})"
        return -math.inf, f"different places ({a.place}, {b.place})"
    return (0.4, f"same country ({a.country})") if a.country and a.country == b.country else (0.0, "")


def _roles(a: Telling, b: Telling) -> Iterator[tuple[float, str]]:
    for role, mine, theirs in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        if not mine or not theirs:
            yield 0.0, ""
        elif shared := mine & theirs:
            yield 0.9, f"same {role} ({', '.join(sorted(shared))})"
        elif shared := countries(mine) & countries(theirs):
            yield 0.7, f"same {role} country ({', '.join(sorted(shared))})"
        else:
            yield -1.2, f"different {role}s"


def _mode(a: Telling, b: Telling) -> tuple[float, str]:
    if a.mode and b.mode:
        return (0.4, f"same mode ({a.mode})") if a.mode == b.mode else (-0.5, "different modes")
    return 0.0, ""


def _words(a: Telling, b: Telling) -> tuple[float, str]:
    return (0.3, f"same words ({', '.join(sorted(a.words & b.words))})") if a.words & b.words else (0.0, "")


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres between two (latitude, longitude) points (haversine)."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))
