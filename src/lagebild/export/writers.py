"""Writers that the command line streams into: set up, feed, finish. What was fed before an interruption stays."""

from __future__ import annotations

import csv
import json
from typing import Protocol, TextIO

from lagebild.export.jsonl import article_object
from lagebild.export.rows import COLUMNS_OF, What, rows_of
from lagebild.records import Records


class Writer(Protocol):
    """What a format needs to do."""

    def feed(self, records: Records) -> None:
        """Write one article's records."""

    def finish(self) -> None:
        """Write what closes the output."""


class JsonlWriter:
    """One JSON object per line and article."""

    def __init__(self, stream: TextIO, *, explain: bool = False):
        self.stream, self.explain = stream, explain

    def feed(self, records: Records) -> None:
        """Write one line."""
        self.stream.write(json.dumps(article_object(records, explain=self.explain), ensure_ascii=False) + "\n")
        self.stream.flush()

    def finish(self) -> None:
        """Nothing is left to write."""


class JsonWriter:
    """A JSON list of all articles; a valid list also where it ends early."""

    def __init__(self, stream: TextIO, *, explain: bool = False):
        self.stream, self.explain, self.started = stream, explain, False

    def feed(self, records: Records) -> None:
        """Write one list item."""
        item = json.dumps(article_object(records, explain=self.explain), ensure_ascii=False, indent=1)
        self.stream.write((",\n" if self.started else "[\n") + item)
        self.started = True
        self.stream.flush()

    def finish(self) -> None:
        """Close the list."""
        self.stream.write("\n]\n" if self.started else "[]\n")


class CsvWriter:
    """One line per event or statement, with a header."""

    def __init__(self, stream: TextIO, *, what: What = "events"):
        self.stream, self.what = stream, what
        self.writer = csv.DictWriter(stream, COLUMNS_OF[what], lineterminator="\n")
        self.writer.writeheader()

    def feed(self, records: Records) -> None:
        """Write the article's rows."""
        self.writer.writerows(rows_of(records, self.what))
        self.stream.flush()

    def finish(self) -> None:
        """Nothing is left to write."""
