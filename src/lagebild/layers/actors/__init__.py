"""Finds the mentions of actors and reads them by their own words; ``resolve.actors`` then reads the whole article."""

from lagebild.layers.actors.find import find_actors
from lagebild.layers.actors.reading import LocalMention, Reading

__all__ = ["LocalMention", "Reading", "find_actors"]
