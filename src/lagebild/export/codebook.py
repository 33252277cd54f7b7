"""What stands in each column of each export: one table that writers, data package, docs and ``ledger codebook`` share."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from lagebild.rules.table import LexiconError, read_table

TABLE = Path(__file__).parent / "codebook.tsv"
SHARED = {
    "csv": ("table",),
    "parquet": ("table",),
    "xlsx": ("table",),
    "jsonl": ("table", "jsonl"),
    "geojson": ("geojson", "table"),
    "package": ("table", "articles"),
}
"""Formats whose columns stand under other names in the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``source`` is ``TABLE.column`` of the ledger, ``missing`` what stands there without a value.

    Columns of JSON formats are paths, ``[]`` stands for each item of a list; those of FollowTheMoney are
    ``Schema.property``.
    """

    format: str
    column: str
    type: str
    meaning: str
    source: str
    missing: str


@cache
def codebook() -> tuple[Column, ...]:
    """Return the whole table in the order of the files."""
    rows, problems = read_table(TABLE, Column)
    if problems:
        raise LexiconError(problems)
    return tuple(rows)


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a format; raise ``KeyError`` where there is none of that name."""
    parts = SHARED.get(name, (name,))
    found = tuple(row for part in parts for row in codebook() if row.format == part)
    if not found:
        raise KeyError(name)
    if name == "jsonl":  # lists of objects take the place of the joined values
        deep = {row.column.partition("[]")[0] for row in found if "[]" in row.column}
        found = tuple(row for row in found if row.column not in deep)
    return tuple(_shared(row, name) if row.format == "table" else row for row in found)


def _shared(row: Column, name: str) -> Column:
    """Return a column of the shared table as it stands in one of the formats that share it."""
    changes = {"format": name}
    if name == "geojson":
        changes["column"] = f"properties.{row.column}"
    if name in ("geojson", "jsonl", "parquet") and row.missing == "empty":
        changes["missing"] = "null"
    return replace(row, **changes)


def names_of(name: str) -> tuple[str, ...]:
    """Return the names of a format's columns in order."""
    return tuple(row.column for row in columns_of(name))


HEAD = tuple(field.name for field in fields(Column))


def cells(row: Column) -> tuple[str, ...]:
    """Return a column as cells in the order of ``HEAD``."""
    return tuple(getattr(row, name) for name in HEAD)


SECTIONS = {
    "table": "`csv`, `parquet`, `xlsx`; `events.csv` of `package`; `properties` of `geojson`; fields of `jsonl`",
    "articles": "`articles.csv` of `package`",
    "code-events": "`lagebild code --format csv` and `lagebild.frame(records)`",
    "code-statements": '`lagebild code --format csv --what statements` and `lagebild.frame(records, what="statements")`',
}


def markdown() -> str:
    """Return the whole table as it stands in ``docs/exports.md``, a section for each format."""
    lines: list[str] = []
    section = ""
    for row in codebook():
        if row.format != section:
            section = row.format
            lines += ["", f"### {SECTIONS.get(section, f'`{section}`')}", ""]
            lines += ["| column | type | meaning | from | when missing |", "|---|---|---|---|---|"]
        source = "" if row.source == "-" else row.source
        lines.append(f"| `{row.column}` | {row.type} | {row.meaning} | {source} | {row.missing} |")
    return "\n".join(lines).strip() + "\n"
