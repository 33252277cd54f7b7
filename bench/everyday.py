"""Everyday senses and plain events: ``python -m bench.everyday [--errors]``.

Gold: ``bench/gold/everyday.tsv``, single sentences of our own: everyday, business, sport, accident, culture and politicians
at home, in words that also tell of events (no event, no type); and plain reports of an event with its type, or the types that
are right. A sentence stands alone, without an article that says it is about politics. ``held`` sentences were written after
the rules, scored, and their errors not looked at; ``--errors`` lists the others only.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass

from bench.data import GOLD
from lagebild.pipeline import code_all
from lagebild.records import Article

CASES = GOLD / "everyday.tsv"


@dataclass(frozen=True)
class Case:
    """A sentence and the types of event that are right for it; none where it tells of no event."""

    part: str
    types: frozenset[str]
    text: str


def cases() -> list[Case]:
    """Return the gold sentences."""
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [Case(row["part"], frozenset(filter(None, row["types"].split("|"))), row["text"]) for row in rows]


def types_found(gold: Sequence[Case]) -> list[set[str]]:
    """Return the types of the events that are found in each sentence."""
    articles = [Article(id=str(n), doc=str(n), text=case.text, published="2020-03-04") for n, case in enumerate(gold)]
    return [{event.type for event in records.events} for records in code_all(articles)]


def figures() -> dict[str, float]:
    """Return for each part the share of everyday sentences without an event, and of events found with a right type."""
    gold = cases()
    found = types_found(gold)
    out = {}
    for part in ("seen", "held"):
        pairs = [(case, types) for case, types in zip(gold, found, strict=True) if case.part == part]
        quiet = [not types for case, types in pairs if not case.types]
        told = [bool(case.types & types) for case, types in pairs if case.types]
        out[f"{part}_quiet"] = sum(quiet) / len(quiet)
        out[f"{part}_told"] = sum(told) / len(told)
    return out


def main() -> None:
    """Print the figures."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--errors", action="store_true", help="list what is wrong in the sentences that were looked at")
    if args.parse_args().errors:
        gold = cases()
        for case, types in zip(gold, types_found(gold), strict=True):
            if case.part != "held" and (types if not case.types else not case.types & types):
                print(f"{'|'.join(sorted(case.types)) or '-'}\t{'|'.join(sorted(types)) or '-'}\t{case.text}")
    print(" ".join(f"{name} {value:.3f}" for name, value in figures().items()))


if __name__ == "__main__":
    main()
