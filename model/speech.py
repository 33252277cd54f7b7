"""Trains the vote on who vouches for an event (``lagebild.layers.speech.vouch``) on the corpus's training part.

    python -m model.speech [--score]

Learns on ``corpus/train`` and the sheets (``bench.sheets``); ``--score`` prints the accuracy on corpus/dev too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from bench.data import gold_rows
from bench.sheets import training_rows
from spacy.tokens import Doc

from lagebild.language import parse
from lagebild.layers.actors import find_actors
from lagebild.layers.columns import columns_of
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.layers.linear import WEIGHTS
from lagebild.layers.places import find_places
from lagebild.layers.speech import find_statements
from lagebild.layers.speech.vouch import NAME, covering, features, vouching
from lagebild.records import Article, Statement
from lagebild.resolve.actors import resolve_actors
from lagebild.resolve.places import resolve_places
from lagebild.rules.lexicon import Lexicon
from model.linear import train


def articles(part: str) -> Iterator[tuple[dict[str, Any], Doc, list[Statement]]]:
    rows = training_rows() if part == "train" else gold_rows("corpus-dev")
    lexicon = Lexicon()
    for row, doc in parse(rows, text_of=lambda row: row["text"]):
        earlier = Earlier(article=Article(id=row["doc"], text=row["text"], published=row["date"]), doc=doc)
        earlier.places = tuple(resolve_places(doc, lexicon, earlier, tuple(find_places(doc, lexicon, earlier))))
        earlier.dates = tuple(find_dates(doc, lexicon, earlier))
        earlier.mentions = resolve_actors(doc, lexicon, earlier, tuple(find_actors(doc, lexicon, earlier)))
        yield row, doc, list(find_statements(doc, lexicon, earlier))


def tokens(doc: Doc, event: dict[str, Any]) -> list[int]:
    found = [doc.char_span(start, end, alignment_mode="expand") for start, end in event["trigger"]]
    return [token.i for span in found if span is not None for token in span]


def vouches(statement: Statement, speaker: dict[str, Any] | None) -> bool:
    """Tell whether a statement's speaker is the gold one as the event scorer does: same country code, or the spans touch."""
    if not speaker:
        return False
    code = (speaker.get("code") or "-").split(":")[0]
    if code != "-" and any(actor.code and actor.code.split(":")[0] == code for actor in statement.source):
        return True
    span = statement.source_span
    return span is not None and span.start < speaker["end"] and speaker["start"] < span.end


def examples(part: str) -> list[tuple[list[str], str]]:
    found = []
    for row, doc, statements in articles(part):
        for event in row["events"]:
            trigger = tokens(doc, event)
            around = covering(columns_of(doc), statements, trigger) if trigger else []
            for rank, statement in enumerate(around):
                label = "yes" if vouches(statement, event["speaker"]) else "no"
                found.append((features(columns_of(doc), around, rank, trigger, event["type"]), label))
    return found


def accuracy(part: str) -> tuple[int, int]:
    """Return how many gold events get the right speaker, were every trigger found, and how many there are."""
    right = total = 0
    for row, doc, statements in articles(part):
        for event in row["events"]:
            trigger = tokens(doc, event)
            chosen = vouching(columns_of(doc), statements, trigger, event=event["type"])[0] if trigger else None
            right += vouches(chosen, event["speaker"]) if chosen else not event["speaker"]
            total += 1
    return right, total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--strength", type=float, default=0.1)
    options = parser.parse_args()
    train(examples("train"), strength=options.strength, minimum=2).save(WEIGHTS / f"{NAME}.npz")
    if options.score:
        for part in ("train", "dev"):
            right, total = accuracy(part)
            print(f"{part}: speaker {right / total:.4f} of {total} events")


if __name__ == "__main__":
    main()
