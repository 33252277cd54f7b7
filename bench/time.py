"""Scores time expressions: ``python -m bench.time [--errors] [--parsed FILE]``.

Gold: ``$LAGEBILD_DATA/eval/time/gold/dolomiten.jsonl`` (KRAUTS, CC BY-NC 4.0: read where it lies, never copied here).
``--parsed`` names a DocBin with the parsed texts; it is written when it is not there.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from bench.data import SHARED
from bench.scorers import time as scorer
from lagebild.export.jsonl import UNKNOWN
from lagebild.language import load
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.records import Article, Date
from lagebild.rules.lexicon import Lexicon

GOLD = SHARED / "eval/time/gold/dolomiten.jsonl"


def parse(rows: list[dict[str, Any]], parsed: Path | None) -> list[Doc]:
    """Parse the texts, or read the Docs kept in ``parsed``."""
    if parsed and parsed.exists():
        return list(DocBin().from_disk(parsed).get_docs(load().vocab))
    docs = list(load().pipe(row["text"] for row in rows))
    if parsed:
        DocBin(docs=docs).to_disk(parsed)
    return docs


def predict(rows: list[dict[str, Any]], docs: list[Doc]) -> dict[str, list[Date]]:
    """Return our dates by document."""
    lexicon, out = Lexicon(), {}
    for row, doc in zip(rows, docs, strict=True):
        article = Article(id=row["doc"], text=row["text"], published=row["dct"])
        out[row["doc"]] = list(find_dates(doc, lexicon, Earlier(article=article, doc=doc)))
    return out


def items(dates: list[Date]) -> list[tuple[int, int, str, str]]:
    return [(d.span.start, d.span.end, d.type, d.value or UNKNOWN.get(d.type, "")) for d in dates]


def gold_items(row: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    return [(t["start"], t["end"], t["type"], t["value"].strip()) for t in row["timex"]]


def errors(rows: list[dict[str, Any]], found: dict[str, list[Date]]) -> list[str]:
    """List what is missed, wrong and too much, one line each."""
    lines = []
    for row in rows:
        gold, dates, text = gold_items(row), found[row["doc"]], row["text"]
        ours = {(d.span.start, d.span.end): d for d in dates}
        pairs = {g[:2]: p for g, p in scorer.pair(gold, items(dates))}
        taken = {p[:2] for p in pairs.values()}
        for start, end, kind, value in gold:
            where = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", " ")
            if (start, end) not in pairs:
                lines.append(f"missed {kind:8} {value:18} {row['dct']} {where}")
                continue
            pair = pairs[start, end]
            rule = ours[pair[:2]].evidence[0].rule
            if pair[3] != value:
                lines.append(f"value  {kind:8} {value:18} {row['dct']} {where} <- {pair[3]} {rule}")
            elif pair[:2] != (start, end) or pair[2] != kind:
                lines.append(
                    f"span   {kind:8} {value:18} {row['dct']} {where} <- {text[pair[0] : pair[1]]} {pair[2]} {rule}"
                )
        for (start, end), date in ours.items():
            if (start, end) not in taken:
                where = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace(
                    "\n", " "
                )
                lines.append(f"extra  {date.type:8} {date.value!s:18} {row['dct']} {where} <- {date.evidence[0].rule}")
    return lines


def figures(parsed: Path | None = None) -> dict[str, float] | None:
    """Return the figures that the gates hold, or None where the gold is not there."""
    if not GOLD.exists():
        return None
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = predict(rows, parse(rows, parsed))
    result = _score(rows, found)
    return {f"{name}_f1": result[name]["f1"] for name in ("strict", "relaxed", "type", "value")}


def _score(rows: list[dict[str, Any]], found: dict[str, list[Date]]) -> dict[str, Any]:
    gold = {row["doc"]: gold_items(row) for row in rows}
    result: dict[str, Any] = scorer.score(gold, {doc: items(dates) for doc, dates in found.items()})
    return result


def main() -> int:
    """Score and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--errors", action="store_true", help="list every difference")
    args.add_argument("--parsed", type=Path, default=None)
    options = args.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        return 0
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = predict(rows, parse(rows, options.parsed))
    for part in ("", "dolomiten-42/", "dolomiten-100/"):
        some = [row for row in rows if row["doc"].startswith(part)]
        result = _score(some, {row["doc"]: found[row["doc"]] for row in some})
        line = "  ".join(
            f"{name} P {result[name]['p']:.3f} R {result[name]['r']:.3f} F1 {result[name]['f1']:.3f}"
            for name in ("strict", "relaxed", "type", "value")
        )
        print(f"{part or 'all':14} {line}")
    if options.errors:
        print(*errors(rows, found), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
