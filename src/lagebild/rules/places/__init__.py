"""The tables of places and one index over all of them."""

from lagebild.rules.places.index import PlaceIndex
from lagebild.rules.places.rows import (
    AdjectiveRow,
    BorderRow,
    CountryRow,
    Known,
    NounRow,
    PlaceRow,
    WordRow,
    distance,
)  # fmt: skip

__all__ = [
    "AdjectiveRow", "BorderRow", "CountryRow", "Known", "NounRow", "PlaceIndex", "PlaceRow", "WordRow", "distance",
]  # fmt: skip
