"""Scores places: our own gold of ambiguous places, and how many places of the corpus's events are found.

    python -m bench.places [--half open|held|fresh|all] [--errors]

``bench/gold/places.jsonl`` holds short original texts with places whose GeoNames id, country and precision are known; a
place counts where a found one covers its first word and everything given agrees. One half was held back while the
rules were written. The corpus gives the coverage: is there a place over the first word of an event's place?
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.data import GOLD as FOLDER
from bench.data import event_gold
from lagebild.language import parse
from lagebild.layers.earlier import Earlier
from lagebild.layers.places import find_places
from lagebild.records import Article, Place
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon

GOLD = FOLDER / "places.jsonl"


def read_gold(half: str = "all") -> list[dict[str, Any]]:
    """Return the items of our gold, of one half or of both."""
    items = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return [item for item in items if half in ("all", item["half"])]


def places_of(
    rows: Iterable[dict[str, Any]], lexicon: Lexicon
) -> Iterator[tuple[dict[str, Any], tuple[Place, ...], float, int]]:
    """Yield each row with its places, the seconds they took and the number of tokens."""
    for row, doc in parse(rows, text_of=lambda row: row["text"]):
        earlier = Earlier(article=Article(id="", text=row["text"]), doc=doc)
        begun = time.process_time()
        found = resolve_places(doc, lexicon, earlier, tuple(find_places(doc, lexicon, earlier)))
        yield row, found, time.process_time() - begun, len(doc)


def wrong(gold: dict[str, Any], found: tuple[Place, ...]) -> str | None:
    """Return what is wrong with a gold place: not found, or the fields that differ; None where it is right."""
    place = next((p for p in found if p.span.start <= gold["start"] < p.span.end), None)
    if place is None:
        return "not found"
    bad = [
        f"{name} {getattr(place, name)}, not {gold[name]}"
        for name in ("geonames", "country", "precision")
        if name in gold and getattr(place, name) != gold[name]
    ]
    return "; ".join(bad) or None


def score_gold(half: str, lexicon: Lexicon) -> tuple[int, int, list[str]]:
    """Return how many gold places are right, how many there are, and the errors."""
    right = total = 0
    errors = []
    for item, found, _, _ in places_of(read_gold(half), lexicon):
        for gold in item["places"]:
            total += 1
            problem = wrong(gold, found)
            right += problem is None
            if problem:
                errors.append(f"{item['id']} {gold['quote']!r}: {problem} | {item['text']}")
    return right, total, errors


def score_corpus(path: Path, lexicon: Lexicon) -> dict[str, float]:
    """Return the share of event places covered and resolved, and microseconds a word."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    covered = known = total = words = 0
    seconds = 0.0
    for row, found, spent, length in places_of(rows, lexicon):
        seconds, words = seconds + spent, words + length
        for start, _ in {tuple(span) for event in row["events"] for span in event["place"]}:
            place = next((p for p in found if p.span.start <= start < p.span.end), None)
            total += 1
            covered += place is not None
            known += place is not None and place.country is not None
    return {"covered": covered / total, "resolved": known / total, "us_per_word": seconds / words * 1e6}


def figures() -> dict[str, float]:
    """Return the figures for the gates: accuracy on both halves of our gold, coverage of event places on corpus/dev."""
    lexicon = Lexicon()
    out = {half: right / total for half in ("open", "held", "fresh") for right, total, _ in [score_gold(half, lexicon)]}
    path = event_gold("corpus-dev")
    return out | ({"corpus_dev_covered": score_corpus(path, lexicon)["covered"]} if path else {})


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--half", choices=("open", "held", "fresh", "all"), help="only this half of our gold")
    parser.add_argument("--errors", action="store_true", help="print every wrong place")
    options = parser.parse_args()
    lexicon = Lexicon()
    for half in [options.half] if options.half else ["open", "held", "fresh"]:
        right, total, errors = score_gold(half, lexicon)
        print(f"places gold, {half} half: {right}/{total} = {right / total:.3f}")
        if options.errors:
            print("\n".join(errors))
    for name in ("corpus-train", "corpus-dev"):
        path = event_gold(name)
        if path and not options.half:
            print(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in score_corpus(path, lexicon).items()))


if __name__ == "__main__":
    main()
