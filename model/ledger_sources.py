"""What the votes of commitments learn from: pairs of a promise and a report, ways to say either, and the stories."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lagebild.page import Refusal, read_all
from lagebild.pipeline import code_all
from lagebild.records import Records

GOLD = Path("bench/gold/ledger/pairs")
WORDINGS = Path("tests/ledger/wordings.tsv")
PROMISED_ON, REPORTED_ON = "2024-03-05", "2024-05-14"
Land = tuple[str, str, str, str]  # name, code, adjective, capital


@dataclass(frozen=True)
class Said:
    """A line of ``pairs*.tsv`` or ``wordings.tsv`` with the records of its article, and who owes what to whom in it.

    ``start`` is where the sentence begins that the line is about; what stands before is what it was told after.
    """

    kind: str  # promise, told, again, vague, pact, none
    base: str
    label: str
    records: Records
    owes: str
    side: str
    other: str
    start: int = 0


@dataclass(frozen=True)
class _Line:
    name: str
    kind: str
    base: str
    label: str
    text: str
    lands: tuple[Land, Land, Land]
    day: str = ""  # an ISO date, where it is not that of its kind


def coded(articles: Iterable[tuple[str, str, str]]) -> dict[str, Records]:
    """Code (name, text, day) and return the records by name."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.jsonl"
        with pages.open("w", encoding="utf-8") as file:
            for name, text, day in articles:
                line: dict[str, Any] = {
                    "doc": name,
                    "text": text,  # as it is: a page of one short sentence is none
                    "outlet": "x.test",
                    "published": day,
                }
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        found = code_all(item for item in read_all([str(pages)]) if not isinstance(item, Refusal))
        return {records.article.doc: records for records in found}


def pairs() -> list[Said]:
    """Return what ``pairs.tsv`` and its sisters say; each base has countries of its own, as far as they reach."""
    rows = [row for path in sorted(GOLD.glob("pairs*.tsv")) for row in _rows(path)]
    lands = _lands(rows)
    said = [row for row in rows if row[0] != "country"]
    bases = list(dict.fromkeys(row[1] for row in said if row[1] != "-"))
    lines = []
    for number, (kind, base, label, text, *day) in enumerate(said):
        at = bases.index(base) if base != "-" else number
        lines.append(_Line(f"p{number}", kind, base, label, text, _three(lands, at), *day))
    return _coded(lines)


def _rows(path: Path) -> list[list[str]]:
    """Return the rows of a table without its comments and its header."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and line[0] != "#"][1:]


def wordings() -> tuple[list[Said], list[tuple[Said, Said]]]:
    """Return the promises and what is none, and the pairs of a promise and a report."""
    rows = [line.split("\t") for line in WORDINGS.read_text(encoding="utf-8").splitlines()]
    lands = _lands(_rows(GOLD / "pairs.tsv"))
    bases = {row[1]: row[3] for row in rows if row[0] == "base"}
    lines = []
    for number, row in enumerate(rows):
        three, name = _three(lands, number), f"w{number}"
        if row[0] in ("promise", "none"):
            lines.append(_Line(name, row[0], "-", row[0], row[-1], three))
        elif row[0] == "report":
            lines.append(_Line(name + "a", "base", row[1], "", bases[row[1]], three))
            lines.append(_Line(name + "b", "told", row[1], "none" if row[2] == "open" else row[2], row[3], three))
    found = _coded(lines)
    ways = [said for said in found if said.kind in ("promise", "none")]
    both = [said for said in found if said.kind in ("base", "told")]
    by = {said.records.article.doc: said for said in both}
    return ways, [(said, by[doc[:-1] + "b"]) for doc, said in by.items() if doc.endswith("a") and doc[:-1] + "b" in by]


@cache
def found_by_hand() -> list[list[str]]:
    """Return (story, document, words of the promise, document, words of the report, state)."""
    return [row for path in sorted(GOLD.glob("reports*.tsv")) for row in _rows(path)]


def _lands(rows: Iterable[list[str]]) -> list[Land]:
    found = [(name, code, *both.split(" ", 1)) for kind, name, code, both in (r for r in rows if r[0] == "country")]
    return [(name, code, adjective, capital) for name, code, adjective, capital in found]


def _three(lands: list[Land], at: int) -> tuple[Land, Land, Land]:
    return lands[at % len(lands)], lands[(at + 7) % len(lands)], lands[(at + 13) % len(lands)]


def _coded(lines: list[_Line]) -> list[Said]:
    articles, starts = [], {}
    for line in lines:
        owes, side, other = line.lands
        text = line.text
        values = {
            "L": owes[0],
            "A": owes[2],
            "H": owes[3],
            "M": side[0],
            "B": side[2],
            "N": side[3],
            "X": other[0],
            "Y": other[2],
        }
        for place, value in values.items():
            text = text.replace("{" + place + "}", value)
        day = line.day or (PROMISED_ON if line.kind in ("promise", "base", "none", "pact") else REPORTED_ON)
        *before, _ = sentences = [part[0].upper() + part[1:] for part in text.split(" || ")]
        starts[line.name] = sum(len(part) + 1 for part in before)
        articles.append((line.name, " ".join(sentences), day))
    records = coded(articles)
    return [
        Said(
            line.kind,
            line.base,
            line.label,
            records[line.name],
            line.lands[0][1],
            line.lands[1][1],
            line.lands[2][1],
            starts[line.name],
        )
        for line in lines
        if line.name in records
    ]
