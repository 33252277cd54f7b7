"""The whole as a Frictionless data package: events, articles and a codebook, with a schema for every column."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lagebild.export.base import Item, Options
from lagebild.export.formats.tabular import COLUMNS, NUMBERS, WHOLE, Csv
from lagebild.export.ledger import Outcome, export
from lagebild.version import __version__

CODEBOOK = {
    "event": "article#event: the same event in every export",
    "article": "stable hash of canonical address and text",
    "doc": "file name, or the name given to the reader",
    "url": "address of the page",
    "outlet": "who published the page",
    "published": "date of publication (ISO 8601)",
    "headline": "headline; empty with --no-text",
    "type": "PLOVER 2021 event type",
    "mode": "mode within the type",
    "contexts": "PLOVER contexts, joined by ;",
    "status": "actual, planned, possible, demanded, conditional or denied",
    "actors": "codes of who does it, joined by ;",
    "actor_names": "their names",
    "recipients": "codes of whom it is done to, joined by ;",
    "recipient_names": "their names",
    "speaker": "code of who vouches for it; empty where the writer asserts it",
    "speaker_name": "name of who vouches for it",
    "stance": "what the reporting verb adds: neutral, affirms, doubts, denies",
    "place": "name of the place",
    "latitude": "WGS 84 degrees",
    "longitude": "WGS 84 degrees",
    "country": "ISO 3166 alpha-3 of the place",
    "geonames": "GeoNames id of the place",
    "date": "TIMEX3 value",
    "earliest": "first day it may have been",
    "latest": "last day it may have been",
    "quantities": "what and how many, joined by ;",
    "content_of": "number of the event in the same article whose content this is",
    "condition": "number of the event in the same article it depends on",
    "quote": "the words that express it; empty with --no-text",
    "start": "offset of these words in the article's text, code points",
    "end": "end of these words, exclusive",
    "text_hash": "SHA-256 of the article's text, to find offsets again where the text may not be passed on",
    "incident": "the happening it tells of",
    "independent_origins": "independent sources of that happening; reprints and agency texts count once",
    "confidence": "0 to 1",
}
DATES = {"earliest", "latest"}


def write_package(items: Iterable[Item], folder: Path, *, options: Options, about: dict[str, Any]) -> list[Outcome]:
    """Write ``events.csv``, ``articles.csv``, ``codebook.csv`` and ``datapackage.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    articles: dict[str, Item] = {}

    def noted() -> Iterable[Item]:
        for item in items:
            articles.setdefault(item.event["article"], item)
            yield item

    outcome = export(noted(), Csv.name, folder / "events.csv", options=options, about=about)
    _articles(folder / "articles.csv", articles, options)
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("column", "meaning"), *CODEBOOK.items()])
    (folder / "datapackage.json").write_text(
        json.dumps(_descriptor(about), ensure_ascii=False, indent=1, default=str), encoding="utf-8"
    )
    return [outcome]


ARTICLE = (
    "article",
    "doc",
    "url",
    "outlet",
    "origin_outlet",
    "agencies",
    "bylines",
    "published",
    "headline",
    "text_hash",
)


def _articles(path: Path, articles: dict[str, Item], options: Options) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(ARTICLE)
        for item in articles.values():
            row = item.article | {"headline": item.article["headline"] if options.text else None}
            writer.writerow(["; ".join(value) if isinstance(value := row[name], list) else value for name in ARTICLE])


def _descriptor(about: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "lagebild",
        "title": "Lagebild: sourced event records from German-language news",
        "profile": "tabular-data-package",
        "created_by": f"lagebild {__version__}",
        "lagebild": about,
        "resources": [
            _resource("events", [_field(name, CODEBOOK[name]) for name in COLUMNS]),
            _resource("articles", [{"name": name, "type": "string"} for name in ARTICLE]),
            _resource("codebook", [{"name": name, "type": "string"} for name in ("column", "meaning")]),
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
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _field(name: str, meaning: str) -> dict[str, str]:
    kind = "number" if name in NUMBERS else "integer" if name in WHOLE else "date" if name in DATES else "string"
    return {"name": name, "type": kind, "description": meaning}
