"""Everyday senses and plain events: ``python -m bench.everyday [--errors]``.

Gold: ``bench/gold/everyday.tsv``, single sentences of our own: everyday, business, sport, accident, culture and politicians
at home, in words that also tell of events (no event, no type); and plain reports of an event with its type, or the types that
are right. A sentence stands alone, without an article that says it is about politics. ``held`` sentences were written after
the rules, scored, and their errors not looked at; ``--errors`` lists the others only.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from bench.data import GOLD
from lagebild.pipeline import code_all
from lagebild.records import Article
from lagebild.rules.table import read_table

CASES = GOLD / "everyday.tsv"


@dataclass(frozen=True)
class Case:
    """A sentence and the types of event that are right for it; none where it tells of no event."""

    part: str
    text: str
    types: tuple[str, ...] = ()

    def wrong(self, found: set[str]) -> bool:
        """Whether these types of events are not what the sentence tells of."""
        return found.isdisjoint(self.types) if self.types else bool(found)


def cases() -> list[Case]:
    """Return the gold sentences.

    Raises:
        ValueError: a row of the gold cannot be read.
    """
    rows, problems = read_table(CASES, Case)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    return rows


def answers() -> list[tuple[Case, set[str]]]:
    """Return each sentence with the types of the events that are found in it."""
    gold = cases()
    articles = [Article(id=str(n), doc=str(n), text=case.text, published="2020-03-04") for n, case in enumerate(gold)]
    found = ({event.type for event in records.events} for records in code_all(articles))
    return list(zip(gold, found, strict=True))


def figures(answered: Sequence[tuple[Case, set[str]]] | None = None) -> dict[str, float]:
    """Return for each part the share of everyday sentences without an event, and of events found with a right type."""
    answered = answers() if answered is None else answered
    out = {}
    for part in ("seen", "held"):
        for name, tells in (("quiet", False), ("told", True)):
            right = [
                not case.wrong(found) for case, found in answered if case.part == part and bool(case.types) == tells
            ]
            out[f"{part}_{name}"] = sum(right) / len(right)
    return out


def main() -> None:
    """Print the figures."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--errors", action="store_true", help="list what is wrong in the sentences that were looked at")
    options, answered = args.parse_args(), answers()
    if options.errors:
        for case, found in answered:
            if case.part != "held" and case.wrong(found):
                print(f"{'|'.join(case.types) or '-'}\t{'|'.join(sorted(found)) or '-'}\t{case.text}")
    print(" ".join(f"{name} {value:.3f}" for name, value in figures(answered).items()))


if __name__ == "__main__":
    main()
