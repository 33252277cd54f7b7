"""What to look at: filters over events that search, lists and exports share."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, fields
from typing import Any

from lagebild.ledger.words import fold

WORD = re.compile(r"[^\W_]+")


def _folded(column: str) -> str:
    """Return what DuckDB has to do for ``fold``."""
    written = f"lower({column})"
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        written = f"replace({written}, '{umlaut}', '{letters}')"
    return f"strip_accents({written})"


SPOKEN = f"(' ' || regexp_replace({_folded('e.speaker_name')}, '[^\\p{{L}}\\p{{N}}]+', ' ', 'g') || ' ')"
"""The words of a speaker's name with a blank around each."""


@dataclass(frozen=True, slots=True)
class Filter:
    """All that is given must hold. ``actor`` and ``speaker`` match a code or its beginning: ``RUS``, ``RUS:MIL``.

    ``actor`` looks at both roles, ``speaker`` also at whole words of the name; ``place`` matches a name or a country code;
    names are compared without accents, umlauts written either way. ``since`` and ``until`` bound the day of publication, both inclusive.
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
            words = " " + " ".join(WORD.findall(fold(self.speaker))) + " "
            add(f"(starts_with(e.speaker_code, ?) or contains({SPOKEN}, ?))", self.speaker.upper(), words)
        if self.place:
            add(f"(e.country = ? or {_folded('e.place_name')} = ?)", self.place.upper(), fold(self.place))
        if self.since:
            add("e.day >= ?", self.since)
        if self.until:
            add("e.day <= ?", self.until)
        return " and ".join(clauses), values
