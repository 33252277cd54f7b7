"""Writes speech events in the form of the shared task: labels with lists of ``"sentence:token"`` names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lagebild.layers.speech.debate.events import ROLES, Event


def event_rows(sentences: Sequence[dict[str, Any]], events: list[Event]) -> list[dict[str, list[str]]]:
    """Return one annotation per event; ``sentences`` are those of the input, with their own ids."""
    names = [f"{s['SentenceId']}:{n}" for s in sentences for n, _ in enumerate(s["Tokens"])]

    def named(tokens: set[int]) -> list[str]:
        return [names[t] for t in sorted(tokens)]

    return [
        {"Cue": named(event.cue)} | {role: named(event.roles.get(role, set())) for role in ROLES} for event in events
    ]
