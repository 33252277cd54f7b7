"""The whole as a Frictionless data package: events, articles and a codebook, with a schema for every column."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lagebild.export.base import Item, Options
from lagebild.export.codebook import Column, columns_of, names_of
from lagebild.export.formats.tabular import Csv
from lagebild.export.ledger import Outcome, export
from lagebild.version import __version__

RESOURCES = {"events": columns_of("csv"), "articles": columns_of("articles")}
KEYS: dict[str, dict[str, Any]] = {
    "events": {
        "primaryKey": "event",
        "foreignKeys": [{"fields": "article", "reference": {"resource": "articles", "fields": "article"}}],
    },
    "articles": {"primaryKey": "article"},
}
BOOK = ("resource", "column", "type", "meaning", "source", "missing")


def write_package(items: Iterable[Item], folder: Path, *, options: Options, about: dict[str, Any]) -> list[Outcome]:
    """Write ``events.csv``, ``articles.csv``, ``codebook.csv`` and ``datapackage.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as stream:
        pages = _noted(items, csv.writer(stream, lineterminator="\n"), options)
        outcome = export(pages, Csv.name, folder / "events.csv", options=options, about=about)
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(BOOK)
        writer.writerows(
            (resource, row.column, row.type, row.meaning, row.source, row.missing)
            for resource, columns in RESOURCES.items()
            for row in columns
        )
    counted = {"written": outcome.written, "left_out": outcome.left_out} | options.described()
    (folder / "datapackage.json").write_text(
        json.dumps(_descriptor(about | counted), ensure_ascii=False, indent=1, default=str), encoding="utf-8"
    )
    return [outcome]


def _noted(items: Iterable[Item], writer: Any, options: Options) -> Iterable[Item]:
    """Pass items on and write each article once; an article's events come one after the other."""
    names, last = names_of("articles"), ""
    writer.writerow(names)
    for item in items:
        if item.event["article"] != last:
            last = item.event["article"]
            row = item.article | {"headline": item.article["headline"] if options.text else None}
            writer.writerow(["; ".join(value) if isinstance(value := row[name], list) else value for name in names])
        yield item


def _descriptor(about: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "lagebild",
        "title": "Lagebild: sourced event records from German-language news",
        "profile": "tabular-data-package",
        "created_by": f"lagebild {__version__}",
        "lagebild": about,
        "resources": [
            *(_resource(name, [_field(row) for row in columns]) for name, columns in RESOURCES.items()),
            _resource("codebook", [{"name": name, "type": "string"} for name in BOOK]),
        ],
    }


def _resource(name: str, fields: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]} | KEYS.get(name, {}),
    }


def _field(row: Column) -> dict[str, str]:
    return {"name": row.column, "type": row.type, "description": row.meaning}
