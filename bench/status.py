"""Scores status, content and conditions on gold triggers: ``python -m bench.status [NAME ...] [--errors]``.

With gold triggers the figures tell how good these layers are by themselves; ``bench.events`` scores them on what the
event layer finds. ``rules`` is what the nearest cue alone says (and the pairs of cues), without the vote.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.data import EVENTS, event_gold
from lagebild.language import parse
from lagebild.layers.conditions import find_conditions
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.layers.status import find_status
from lagebild.layers.status.context import Context
from lagebild.layers.status.layer import status_scope
from lagebild.layers.status.sure import sure_pair
from lagebild.records import Actor, Article, Event, Span
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.status import PAIRS, STATUS_OF, StatusPair

LINKS = ("content_of", "condition")


@dataclass
class Counts:
    """What was right and wrong on one gold file."""

    total: int = 0
    status: int = 0
    rules: int = 0
    links: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in LINKS})
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Return accuracies and F1, 0..1."""
        found = {"status_acc": self.status / self.total, "rules_acc": self.rules / self.total}
        for name, link in self.links.items():
            both = 2 * link["right"] + link["wrong"] + link["missed"]
            found[f"{name}_f1"] = 2 * link["right"] / both if both else 1.0
        return found


def count(name: str) -> Counts | None:
    """Run the layers over a gold file; None where it is not there."""
    path = event_gold(name)
    if path is None:
        return None
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    lexicon, counts = Lexicon(), Counts()
    for row, doc in parse(rows, text_of=lambda row: str(row["text"])):
        earlier = Earlier(article=Article(id=row["doc"], text=row["text"], published=row.get("date")), doc=doc)
        earlier.dates = tuple(find_dates(doc, lexicon, earlier))
        earlier.events = tuple(events_of(row))
        context = Context(doc, lexicon.derived(status_scope), earlier)
        earlier.events = tuple(find_status(doc, lexicon, earlier))
        earlier.events = tuple(find_conditions(doc, lexicon, earlier))
        for index, gold in enumerate(row["events"]):
            _compare(counts, row, gold, earlier.events[index], by_rules(context, lexicon, index))
    return counts


def _compare(counts: Counts, row: dict[str, Any], gold: dict[str, Any], found: Event, rule: str) -> None:
    quote = " ".join(row["text"][start:end] for start, end in gold["trigger"])
    where = f"{row['doc']}: {gold['type']} [{quote}]"
    if not gold.get("optional"):
        counts.total += 1
        counts.status += found.status == gold["status"]
        counts.rules += rule == gold["status"]
        if found.status != gold["status"]:
            counts.confused[gold["status"], found.status] += 1
            why = next((e.rule for e in found.evidence if e.field == "status"), "-")
            counts.lines.append(f"status     {where} {found.status} should be {gold['status']} ({why})")
    for name in LINKS:
        want, got = gold[name], getattr(found, name)
        if want == got:
            counts.links[name]["right"] += want is not None
            continue
        counts.links[name]["missed"] += want is not None
        counts.links[name]["wrong"] += got is not None
        counts.lines.append(f"{name:10} {where} {got} should be {want}")


def by_rules(context: Context, lexicon: Lexicon, index: int) -> str:
    """Return what the cues say without the vote: a sure pair, else the nearest cue in scope."""
    if not context.tokens[index]:
        return "actual"
    hits = context.hits(index)
    sure = sure_pair(hits, lexicon.rows(PAIRS, StatusPair), context.events[index], context.tree)
    if sure:
        return sure[0].status
    near = [hit for hit in hits if not hit.outside and hit.distance <= 1 and hit.cue.category in STATUS_OF]
    if not near:
        return "actual"
    status = STATUS_OF[near[0].cue.category]
    return "denied" if near[0].negated and status in ("planned", "possible") else status


def events_of(row: dict[str, Any]) -> Iterator[Event]:
    """Yield the gold events without what the layers have to find out."""

    def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end, row["text"][start:end]) for start, end in pairs if end > start)

    def actors(mentions: list[dict[str, Any]]) -> tuple[Actor, ...]:
        codes = [None if mention["code"] == "-" else mention["code"] for mention in mentions]
        return tuple(Actor(span=None, name=None, code=code, how="implied") for code in codes)

    for number, gold in enumerate(row["events"]):
        yield Event(
            id=number,
            type=gold["type"],
            mode=gold["mode"],
            trigger=spans(gold["trigger"]) or (Span(gold["trigger"][0][0], gold["trigger"][0][1], ""),),
            actors=actors(gold["actors"]),
            recipients=actors(gold["recipients"]),
        )


def figures(name: str) -> dict[str, float] | None:
    """Return the figures that the gates hold, or None where the gold is not there."""
    counts = count(name)
    return counts.figures() if counts else None


def main() -> None:
    """Score and print."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("names", nargs="*", default=list(EVENTS), help=f"of {', '.join(EVENTS)}")
    args.add_argument("--errors", action="store_true", help="list what is wrong")
    options = args.parse_args()
    for name in options.names:
        counts = count(name)
        if counts is None:
            print(f"{name:14} skipped: no gold")
            continue
        if options.errors:
            print(*sorted(counts.lines), sep="\n")
        print(f"{name:14} n {counts.total:5}", *(f"{key} {value:.4f}" for key, value in counts.figures().items()))


if __name__ == "__main__":
    main()
