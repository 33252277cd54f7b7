"""Files of separated values: one row per event, or one per directed pair of its parties."""

from __future__ import annotations

import csv
import datetime
from abc import abstractmethod
from typing import ClassVar, TextIO

from lagebild.export.base import Exporter, Item, Row
from lagebild.export.codebook import names_of


class Separated(Exporter):
    """A file of separated values whose columns stand in the codebook under the format's name."""

    header = True
    delimiter = "\t"
    needs_day: ClassVar[str] = ""
    """Who needs a date, for the reason given where there is none; "" where nobody does."""
    _stream: TextIO

    def setup(self) -> None:
        """Open the file and write the header."""
        self.columns = names_of(self.name)
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        self.rows = 0
        self._writer = csv.writer(self._stream, delimiter=self.delimiter, lineterminator="\n")
        if self.header:
            self._writer.writerow(self.columns)

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()

    def put(self, row: Row) -> None:
        """Write a row by column name; line breaks and tabs inside a cell become blanks."""
        self.rows = (self.rows or 0) + 1
        self._writer.writerow([" ".join(str(row.get(name, "")).split()) for name in self.columns])

    def left_out(self, item: Item) -> str | None:
        """Return why an item stays out: its status, a review, or no date where the format needs one."""
        if (reason := super().left_out(item)) is not None:
            return reason
        return f"no date: {self.needs_day} needs one" if self.needs_day and item.day is None else None


class Paired(Separated):
    """One row per directed pair of actor and recipient; ``needs_day`` is set, so every item has a day."""

    def feed(self, item: Item) -> str | None:
        """Write one row per pair."""
        fixed = self.fixed(item, datetime.date.fromisoformat(item.day or ""))
        for number, (actor, target) in enumerate(pairs(item.event)):
            self.put(fixed | self.pair(item, number, actor, target))
        return None

    @abstractmethod
    def fixed(self, item: Item, day: datetime.date) -> Row:
        """Return what all rows of an event share."""

    @abstractmethod
    def pair(self, item: Item, number: int, actor: Row | None, target: Row | None) -> Row:
        """Return what one pair has of its own."""


def pairs(event: Row) -> list[tuple[Row | None, Row | None]]:
    """Return the directed pairs of an event; for a mutual one each pair of different sides once, both ways."""
    actors, recipients = event["actors"] or [None], event["recipients"] or [None]
    found = [(a, r) for a in actors for r in recipients if a is None or r is None or a != r]
    return found or [(actors[0], None)]
