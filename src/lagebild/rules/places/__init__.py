"""The tables of places and one index over all of them."""

from lagebild.rules.places.index import PlaceIndex
from lagebild.rules.places.rows import BorderRow, Known, NounRow, distance

__all__ = ["BorderRow", "Known", "NounRow", "PlaceIndex", "distance"]
