"""Resolves mentions to actors with the whole article in view."""

from lagebild.resolve.actors.article import resolve_actors

__all__ = ["resolve_actors"]
