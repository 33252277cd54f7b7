"""Row types of the tables under ``lexicon/places``, and what a look-up returns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from lagebild.records import quickly_made

Precision = Literal["address", "building", "town", "district", "region", "river", "border", "country", "area"]
Relation = Literal["is", "part", "site", "near", "border", "capital", "land"]
KINDS: dict[str, Precision] = {"c": "town", "a": "town", "t": "town", "x": "district", "r": "region"}
Source = Literal["country", "own", "gazetteer"]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country or territory: ``id`` is ISO 3166 alpha-3, ``adjectives`` are stems (``syrisch``), ``capital`` a GeoNames id."""

    id: str
    iso2: str
    names: tuple[str, ...]
    geonames: int
    latitude: float
    longitude: float
    adjectives: tuple[str, ...] = ()
    capital: int | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place written by hand. ``country`` is empty where it lies in several or in none."""

    id: str
    names: tuple[str, ...]
    precision: Precision
    latitude: float
    longitude: float
    country: str = ""
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun that names a place by its kind.

    ``bare``: where it stands for a place without a name joined to it; ``compound``: it may also end a compound.
    """

    id: str
    precision: Precision
    relation: Relation
    bare: Literal["always", "locative", "no"] = "always"
    compound: bool = True


@dataclass(frozen=True, slots=True)
class BorderRow:
    """A pair of neighbours and a point on their border."""

    id: str
    a: str
    b: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class AdjectiveRow:
    """The stem of a region's adjective (``texanisch``) and the region's name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that is treated apart; what for says ``use``; ``id`` is ``USE:WORD``."""

    id: str
    use: Literal[
        "guarded", "never", "anaphor", "locative", "link", "tight", "article", "side", "land", "and", "merged",
        "unknown", "direction", "inside", "waterside", "genitive", "street", "owner", "led",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A place we know. ``people`` in thousands, ``division`` GeoNames' code of the first level (``UA.05``)."""

    name: str
    precision: Precision
    latitude: float
    longitude: float
    country: str
    source: Source
    geonames: int | None = None
    division: str = ""
    people: int = 0
    seat: Literal["", "country", "division"] = ""


def distance(a: Known, b: Known) -> float:
    """Return the distance in kilometres (equirectangular, good enough to tell near from far)."""
    wide = math.cos(math.radians((a.latitude + b.latitude) / 2))
    across = (a.longitude - b.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(a.latitude - b.latitude, across * wide)
