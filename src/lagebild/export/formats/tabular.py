"""Plain tables and objects: JSONL, CSV, Parquet, XLSX."""

from __future__ import annotations

import csv
import datetime
import json
from typing import Any

from lagebild.export.base import Exporter, Item, Options, Row, implied_in, place_name, quote, speaker_name, unit
from lagebild.export.codebook import columns_of, names_of
from lagebild.export.names import names

COLUMNS = list(names_of("csv"))
TYPES = {row.column: row.type for row in columns_of("csv")}
WORDS = {"quote", "place_quote", "date_quote", "headline", "kicker", "lead", "text", "source_quote"}


def flat(item: Item, options: Options) -> Row:
    """Return one value per column of ``COLUMNS``; lists are joined by "; ", missing values are None."""
    event, article, text = item.event, item.article, options.text
    sides = {
        role: names(event[role] or [], options.lexicon, marked=options.marked, words=text)
        for role in ("actors", "recipients")
    }
    kept = (
        "type",
        "mode",
        "status",
        "stance",
        "latitude",
        "longitude",
        "country",
        "geonames",
        "content_of",
        "condition",
    )
    row: Row = {name: event[name] for name in kept}
    row |= {name: article[name] for name in ("article", "doc", "url", "outlet", "published", "text_hash")}
    row |= {
        "event": item.key,
        "headline": article["headline"] if text else None,
        "contexts": "; ".join(event["contexts"] or []) or None,
        "actors": "; ".join(event["actor_codes"] or []) or None,
        "actor_names": "; ".join(sides["actors"]) or None,
        "recipients": "; ".join(event["recipient_codes"] or []) or None,
        "recipient_names": "; ".join(sides["recipients"]) or None,
        "implied": "; ".join(implied_in(event)) or None,
        "speaker": event["speaker_code"],
        "speaker_name": speaker_name(event, text=text),
        "place": place_name(event, text=text),
        "date": event["date_value"],
        "earliest": _day(event["earliest"]),
        "latest": _day(event["latest"]),
        "quantities": "; ".join(_figure(q, text=text) for q in event["quantities"] or []) or None,
        "quote": quote(item, text=text),
        "start": event["trigger"][0]["start"],
        "end": event["trigger"][-1]["end"],
        "incident": item.incident,
        "independent_origins": item.independent or None,
        "confidence": None if event["confidence"] is None else round(float(event["confidence"]), 3),
    }
    return {name: row[name] for name in COLUMNS}


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _figure(quantity: Row, *, text: bool) -> str:
    low, high = ("" if value is None else f"{value:g}" for value in (quantity["low"], quantity["high"]))
    amount = low if low == high else f"{low}..{high}"
    return " ".join(filter(None, (quantity["what"], amount, unit(quantity, text=text))))


INNER = ("about", "cues")  # what sentences say for commitments: the ledger's own working notes


class Jsonl(Exporter):
    """One JSON object per event with everything the ledger holds of it."""

    name, suffix = "jsonl", ".jsonl"
    about = "JSON lines, one object per event, all fields"

    def setup(self) -> None:
        """Open the file."""
        self._stream = self.path.open("w", encoding="utf-8")

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        event = dict(item.event) if self.options.text else without_words(item.event)
        event = {name: value for name, value in event.items() if name not in INNER}
        event["evidence"] = json.loads(event["evidence"] or "[]") if self.options.text else []
        row = event | flat(item, self.options) | {"trigger": event["trigger"], "actors": event["actors"]}
        row |= {"recipients": event["recipients"], "place_name": row["place"]}
        row["quantities"] = [q | {"unit": unit(q, text=self.options.text)} for q in event["quantities"] or []]
        self._stream.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        return None

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()


def without_words(row: Row) -> Row:
    """Return a row of the ledger without any quoted word; offsets, codes and resolved names stay."""
    out: Row = {}
    for name, value in row.items():
        if name in WORDS:
            out[name] = None
        elif isinstance(value, list):
            out[name] = [without_words(item) if isinstance(item, dict) else item for item in value]
        elif isinstance(value, dict):
            out[name] = without_words(value)
        else:
            out[name] = value
    return out


class Csv(Exporter):
    """CSV with a header, one row per event."""

    name, suffix = "csv", ".csv"
    about = "CSV, one row per event"

    def setup(self) -> None:
        """Open the file and write the header."""
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._stream, COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        self._writer.writerow(flat(item, self.options))
        return None

    def finish(self) -> None:
        """Close the file."""
        self._stream.close()


class Parquet(Exporter):
    """Parquet with typed columns, written in row groups so that memory stays bounded."""

    name, suffix = "parquet", ".parquet"
    about = "Parquet, one row per event"
    GROUP = 50_000

    def setup(self) -> None:
        """Open the file."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {"number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
        self._schema = pa.schema([(name, kinds.get(TYPES[name], pa.string())) for name in COLUMNS])
        self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def feed(self, item: Item) -> str | None:
        """Keep one event for the next row group."""
        days = {name: item.event[name] for name in ("earliest", "latest")}
        self._rows.append(flat(item, self.options) | days)
        if len(self._rows) >= self.GROUP:
            self._flush()
        return None

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def finish(self) -> None:
        """Write the last row group and close the file."""
        self._flush()
        self._writer.close()


class Xlsx(Exporter):
    """An Excel workbook with one sheet; Excel holds 1,048,576 rows, more are left out and counted."""

    name, suffix = "xlsx", ".xlsx"
    about = "Excel workbook, one row per event"
    MOST = 1_048_575

    def setup(self) -> None:
        """Open the workbook and write the header."""
        import xlsxwriter

        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(self.path), settings)
        self._sheet = self._book.add_worksheet("events")
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        self._write(dict(zip(COLUMNS, COLUMNS, strict=True)))

    def _write(self, row: dict[str, Any]) -> None:
        for column, name in enumerate(COLUMNS):
            if (value := row[name]) is not None:
                self._sheet.write(self._row, column, value)
        self._row += 1

    def feed(self, item: Item) -> str | None:
        """Write one event."""
        if self._row > self.MOST:
            return "more rows than an Excel sheet holds"
        self._write(flat(item, self.options))
        return None

    def finish(self) -> None:
        """Close the workbook."""
        self._book.close()
