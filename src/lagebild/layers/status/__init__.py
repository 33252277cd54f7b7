"""The layer of status: how the text presents each event, on whose word, and which event encloses it."""

from lagebild.layers.status.layer import find_status

__all__ = ["find_status"]
