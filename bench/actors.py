"""Measures the actor layer: for every gold actor, recipient and speaker with a span, do we have a mention there with its code?

usage: python -m bench.actors [--parsed DIR] [--errors N] [--set NAME ...]

Reads ``$LAGEBILD_DATA`` (default ``../shared``). A gold mention counts as found where one of ours covers its head word or
overlaps it; right where the country or bloc code agrees (``code``), and where the first sector agrees too (``sector``).
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, DocBin

from lagebild.language import load
from lagebild.layers.actors import find_actors
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier, Mention
from lagebild.layers.places import find_places
from lagebild.records import Article
from lagebild.resolve.actors import resolve_actors
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon

SETS = {
    "train": "data/corpus/train.events.jsonl",
    "dev": "data/corpus/dev.events.jsonl",
    "wiki": "eval/events/wikinews_public.jsonl",
    "seed": "eval/events/seed_gold.jsonl",
}
FLOORS = {"dev": (0.84, 0.71), "wiki": (0.85, 0.66), "seed": (0.95, 0.95)}


def docs_of(name: str, rows: list[dict[str, Any]], parsed: Path | None) -> Iterator[Doc]:
    """Parse the texts, or read the Docs kept under ``parsed``."""
    if parsed and (parsed / f"{name}.spacy").exists():
        yield from DocBin().from_disk(parsed / f"{name}.spacy").get_docs(load().vocab)
    else:
        yield from load().pipe((row["text"] for row in rows), batch_size=16)


def mentions_of(row: dict[str, Any], doc: Doc, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Run the layers up to the actors."""
    article = Article(
        id=row["doc"], text=doc.text, published=row.get("date"), kicker=row.get("kicker"), headline=row.get("headline")
    )
    found = Earlier(article=article, doc=doc)
    found.places = tuple(resolve_places(doc, lexicon, found, tuple(find_places(doc, lexicon, found))))
    found.dates = tuple(find_dates(doc, lexicon, found))
    return tuple(resolve_actors(doc, lexicon, found, tuple(find_actors(doc, lexicon, found))))


def gold_of(row: dict[str, Any]) -> dict[tuple[int, int], set[str]]:
    """Return the codes of each gold span."""
    spans: dict[tuple[int, int], set[str]] = defaultdict(set)
    for event in row["events"]:
        speaker = [event["speaker"]] if event.get("speaker") else []
        for mention in (*event["actors"], *event["recipients"], *speaker):
            if mention["end"] > mention["start"]:
                spans[mention["start"], mention["end"]].add(mention.get("code") or "-")
    return spans


def nearest(mentions: tuple[Mention, ...], start: int, end: int, doc: Doc) -> Mention | None:
    """Return the mention whose head lies in the span, else one that overlaps it; the closest in extent first."""
    best, top = None, (0, 0)
    for mention in mentions:
        head = doc[mention.head]
        inside = start <= head.idx < end
        overlap = min(end, mention.span.end) - max(start, mention.span.start)
        if overlap > 0 or inside:
            same = -abs(mention.span.start - start) - abs(mention.span.end - end)
            if best is None or (inside, same) > top:
                best, top = mention, (inside, same)
    return best


def base(code: str | None) -> str:
    return (code or "-").split(":")[0]


def sector(code: str | None) -> str:
    return (code or "").partition(":")[2].split("+")[0]


def measure(name: str, rows: list[dict[str, Any]], parsed: Path | None, errors: int) -> tuple[float, float]:
    """Print the figures of one set; return the accuracy of codes and of sectors."""
    lexicon = Lexicon()
    total = right = right_sector = 0
    by_how: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    causes: Counter[str] = Counter()
    for row, doc in zip(rows, docs_of(name, rows, parsed), strict=True):
        mentions = mentions_of(row, doc, lexicon)
        for (start, end), codes in sorted(gold_of(row).items()):
            gold = {base(code) for code in codes}
            mention = nearest(mentions, start, end, doc)
            ours = {base(a.code) for a in mention.actors} if mention else set()
            how = mention.actors[0].how if mention else "missing"
            good = bool(gold & ours) if len(gold) == 1 else gold == ours or (len(gold & ours) == len(gold))
            if not mention and gold == {"-"}:
                good = True
            sectors = {sector(c) for c in codes}
            mine = {sector(a.code) for a in mention.actors} if mention else {""}
            total += 1
            right += good
            fits = bool(sectors & mine)
            right_sector += good and fits
            by_how[how]["n"] += 1
            by_how[how]["code"] += good
            by_how[how]["sector"] += good and fits
            if not good or not fits:
                rule = mention.actors[0].evidence[-1].rule if mention else "missing"
                cause = ("code " if not good else "sector ") + how + " " + rule.split(":")[0 if "tsv" in rule else -1]
                causes[cause] += 1
                left, after = row["text"][max(0, start - 50) : start], row["text"][end : end + 40]
                shown.append(
                    f"{cause:40s} {row['doc'][:12]:12s} gold {'|'.join(sorted(codes))} ours "
                    f"{'|'.join(str(a.code) for a in mention.actors) if mention else '-'} :: "
                    f"{left}[{row['text'][start:end]}]{after}".replace("\n", " ")
                )
    print(f"{name}: spans {total}  code {right / total:.4f}  code+sector {right_sector / total:.4f}")
    for how, counts in sorted(by_how.items(), key=lambda item: -item[1]["n"]):
        n = counts["n"]
        print(f"  {how:12s} {n:5d}  code {counts['code'] / n:.3f}  code+sector {counts['sector'] / n:.3f}")
    if errors:
        for cause, n in causes.most_common(30):
            print(f"  {n:4d} {cause}")
        print(*shown[:errors], sep="\n")
    return right / total, right_sector / total


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--parsed", type=Path, help="folder of kept Docs, NAME.spacy")
    args.add_argument("--errors", type=int, default=0, help="print causes and up to N errors")
    args.add_argument("--set", dest="sets", nargs="*", default=["dev", "wiki", "seed"], choices=list(SETS))
    given = args.parse_args()
    data = Path(os.environ.get("LAGEBILD_DATA", "../shared"))
    failed = 0
    for name in given.sets:
        with (data / SETS[name]).open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
        figures = measure(name, rows, given.parsed, given.errors)
        floors = FLOORS.get(name, (0.0, 0.0))
        failed += any(figure < floor for figure, floor in zip(figures, floors, strict=True))
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
