"""Scores quantities on our own sentences: ``python -m bench.quantities [--errors] [--all]``.

Gold: ``tests/cases/quantities.txt``. Its parts say which sentences belong to the second half: ``--errors`` lists the others only.
How clean the second half still is stands in ``docs/quantities.md``. A quantity is right where spans overlap and what, low, high and unit agree.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lagebild.language import load
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.layers.quantities import find_quantities
from lagebild.records import Article, Quantity, Span
from lagebild.rules.lexicon import Lexicon

CASES = Path(__file__).parent.parent / "tests" / "cases" / "quantities.txt"
_MARK = re.compile(r"\{([^{}=]+)=(\S+) ([^{}@]+)(?:@([^{}]+))?\}")
PUBLISHED = "2015-06-24"


@dataclass(frozen=True)
class Case:
    """A sentence with the quantities that are in it."""

    text: str
    gold: tuple[Quantity, ...]
    held: bool


def bounds(amount: str) -> tuple[float | None, float | None, bool]:
    """Read ``12``, ``12+``, ``-12``, ``20..30``, each with ``~`` where approximate."""
    about = amount.endswith("~")
    amount = amount.removesuffix("~")
    if ".." in amount:
        low, high = amount.split("..")
        return float(low), float(high), about
    if amount.endswith("+"):
        return float(amount[:-1]), None, about
    if amount.startswith("-"):
        return None, float(amount[1:]), about
    return float(amount), float(amount), about


def cases(path: Path = CASES) -> Iterator[Case]:
    """Yield the sentences of the gold file."""
    part, count = "by turns", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# part: "):
            part = line.removeprefix("# part: ")
        if not line or line.startswith("#"):
            continue
        count += 1
        text, gold, last = "", [], 0
        for mark in _MARK.finditer(line):
            text += line[last : mark.start()]
            low, high, about = bounds(mark[3])
            span = Span(len(text), len(text) + len(mark[1]), mark[1])
            gold.append(Quantity(span=span, what=mark[2], low=low, high=high, approximate=about, unit=mark[4]))
            text, last = text + mark[1], mark.end()
        held = part == "held back" or (part == "by turns" and count % 2 == 0)
        yield Case(text + line[last:], tuple(gold), held)


def find(texts: list[str]) -> list[list[Quantity]]:
    """Return our quantities for each text."""
    lexicon, out = Lexicon(), []
    for doc in load().pipe(texts):
        earlier = Earlier(article=Article(id="case", text=doc.text, published=PUBLISHED), doc=doc)
        earlier.dates = tuple(find_dates(doc, lexicon, earlier))
        out.append(list(find_quantities(doc, lexicon, earlier)))
    return out


def agree(gold: Quantity, ours: Quantity) -> bool:
    overlap = gold.span.start < ours.span.end and ours.span.start < gold.span.end
    return overlap and (gold.what, gold.low, gold.high, gold.unit) == (ours.what, ours.low, ours.high, ours.unit)


def score(pairs: list[tuple[Case, list[Quantity]]]) -> dict[str, float]:
    """Return precision, recall, F1, and how often ``approximate`` agrees and the span is the same."""
    right = wanted = found = same = about = 0
    for case, ours in pairs:
        wanted, found, rest = wanted + len(case.gold), found + len(ours), list(ours)
        for gold in case.gold:
            hit = next((q for q in rest if agree(gold, q)), None)
            if hit is not None:
                rest.remove(hit)
                right, same, about = (
                    right + 1,
                    same + (hit.span == gold.span),
                    about + (hit.approximate == gold.approximate),
                )
    return {
        "p": right / found if found else 0.0,
        "r": right / wanted if wanted else 0.0,
        "f1": 2 * right / (wanted + found) if wanted + found else 0.0,
        "span": same / right if right else 0.0,
        "approximate": about / right if right else 0.0,
    }


def halves() -> tuple[list[tuple[Case, list[Quantity]]], list[tuple[Case, list[Quantity]]]]:
    """Return the sentences with our quantities: those to look at, those held back."""
    every = list(cases())
    pairs = list(zip(every, find([case.text for case in every]), strict=True))
    return [pair for pair in pairs if not pair[0].held], [pair for pair in pairs if pair[0].held]


def figures() -> dict[str, float]:
    """Return the figures that the gates hold: those of the held-back half."""
    return {"quantities_f1": score(halves()[1])["f1"]}


def show(quantity: Quantity) -> str:
    about = "~" if quantity.approximate else ""
    return f"[{quantity.span.quote}] {quantity.what} {quantity.low}..{quantity.high}{about} {quantity.unit or ''}"


def main() -> int:
    """Score and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--errors", action="store_true", help="list the differences in the half to look at")
    args.add_argument("--all", action="store_true", help="... and in the held-back half")
    options = args.parse_args()
    shown, held = halves()
    for name, half in (("to look at", shown), ("held back", held)):
        print(f"{name:11}", "  ".join(f"{key} {value:.3f}" for key, value in score(half).items()))
    for case, ours in [*(shown if options.errors else []), *(held if options.all else [])]:
        lost = [g for g in case.gold if not any(agree(g, q) for q in ours)]
        extra = [q for q in ours if not any(agree(g, q) for g in case.gold)]
        if lost or extra:
            print(case.text, *(f"   - {show(q)}" for q in lost), *(f"   + {show(q)}" for q in extra), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
