"""The layer of events: which words tell of a PLOVER event, who did it to whom, where, when, how many."""

from lagebild.layers.events.find import find_events

__all__ = ["find_events"]
