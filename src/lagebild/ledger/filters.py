"""What to look at: filters over events that search, lists and exports share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Filter:
    """All that is given must hold. ``actor`` and ``speaker`` match a code or its beginning: ``RUS``, ``RUS:MIL``.

    ``actor`` looks at both roles; ``place`` matches a name or a country code; ``since`` and ``until`` bound the day of
    publication, both inclusive.
    """

    actor: str | None = None
    type: str | None = None
    status: str | None = None
    speaker: str | None = None
    place: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return all(getattr(self, field.name) is None for field in fields(self))

    def sql(self) -> tuple[str, list[Any]]:
        """Return a condition on the view ``events`` named ``e``, and its parameters."""
        clauses, values = ["true"], list[Any]()

        def add(clause: str, *parameters: Any) -> None:
            clauses.append(clause)
            values.extend(parameters)

        if self.actor:
            starts = "len(list_filter({}, lambda c: starts_with(c, ?))) > 0"
            add(f"({starts.format('e.actor_codes')} or {starts.format('e.recipient_codes')})", self.actor, self.actor)
        if self.type:
            add("e.type = ?", self.type.upper())
        if self.status:
            add("e.status = ?", self.status)
        if self.speaker:
            add(
                "(starts_with(e.speaker_code, ?) or contains(lower(e.speaker_name), lower(?)))",
                self.speaker,
                self.speaker,
            )
        if self.place:
            add("(e.country = ? or lower(e.place_name) = lower(?))", self.place, self.place)
        if self.since:
            add("e.day >= ?", self.since)
        if self.until:
            add("e.day <= ?", self.until)
        return " and ".join(clauses), values
