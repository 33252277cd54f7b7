"""Row types of the tables that decide how the text presents an event: status, condition and contradiction cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Category = Literal[
    "negation",
    "denial",
    "refusal",
    "failure",
    "plan",
    "promise",
    "possibility",
    "offer",
    "threat",
    "demand",
    "condition",
    "hearsay",
    "accusation",
    "fact",
    "marked",
    "mutual",
]

CATEGORIES: frozenset[str] = frozenset(Category.__args__)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: which lemmas, what they say about the event in their scope, and how far that scope reaches.

    ``scope`` lists the ways an event may hang on the cue: ``head`` (the cue modifies the event's word), ``clause``
    (dass, zu + infinitive, reported speech), ``object``, ``subject``, ``genitive``, ``prep`` (any preposition) or one
    preposition by name (``nach``); the noun a particle or determiner stands with counts as ``head``. ``needs`` are lemmas of which one must depend on the cue ("in Aussicht stellen":
    stellen needs Aussicht), ``unless`` are words that must not follow it ("nicht nur"); ``form`` restricts the cue's own form. ``until`` are conjunctions that end the scope.
    """

    id: str
    lemmas: tuple[str, ...]
    category: Category
    scope: tuple[str, ...]
    example: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    form: Literal["", "finite", "participle", "infinitive", "indicative", "subjunctive", "past", "present"] = ""
    until: tuple[str, ...] = ()
    counter: str = ""

    def __post_init__(self) -> None:
        if not self.lemmas:
            raise ValueError("lemmas is empty")
        if not self.scope:
            raise ValueError("scope is empty")
