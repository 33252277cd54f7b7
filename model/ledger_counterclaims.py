"""The vote on what sentences of one article say against each other: ``python -m model.ledger_counterclaims [--folds]``.

Learns on the contradictions that the stories mark within an article; every other pair of near sentences is none. ``--folds``
prints F1 of contradictions within and between articles, each story being left out of the training, and writes no weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import ledger_stories
from lagebild.layers.linear import WEIGHTS as FOLDER
from lagebild.layers.linear import Linear
from lagebild.ledger import counterclaims
from lagebild.ledger.rows import names_of
from lagebild.ledger.tales import Tale, lands_of, tales
from lagebild.records import Records
from model.ledger_examples import LEARNT
from model.ledger_verdicts import folded, known, own_of
from model.linear import train

STRENGTH = 0.1
FOLDS = 6
Example = tuple[str, Sequence[str], str]  # story, features, label


def examples() -> Iterator[Example]:
    """Yield pairs of sentences with the kind of contradiction they are."""
    for part in LEARNT:
        by = {records.article.doc: records for records in ledger_stories.coded(part)}
        for story in ledger_stories.stories(part):
            for article in story["articles"]:
                records = by[article["doc"]]
                listed = list(tales(records, names_of(records), lands_of(records)))
                gold = dict(_marked(story, records, listed))
                for first, second, found in counterclaims.pairs(counterclaims.said_in(records, listed)):
                    yield story["story"], found, gold.get((first, second), counterclaims.NONE)


def _marked(
    story: ledger_stories.Row, records: Records, listed: Sequence[Tale]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield which sentences of an article contradict each other and how."""
    text, doc = records.article.text, records.article.doc
    for one in story["contradictions"]:
        if one["a"][0] == one["b"][0] == doc:
            places = [text.find(one[side][1]) for side in ("a", "b")]
            at = [max((n for n, tale in enumerate(listed) if tale.start <= place), default=0) for place in places]
            yield (min(at), max(at)), one["kind"]


def learnt(listed: Sequence[Example], without: frozenset[str] = frozenset()) -> Linear:
    """Train on all stories but some."""
    return train([(found, label) for story, found, label in listed if story not in without], strength=STRENGTH)


def folds() -> None:
    """Print how many contradictions of stories are found by votes that did not learn from them."""
    listed = list(examples())
    parts = known(LEARNT)
    hits = missed = wrong = 0
    for out in folded(parts, FOLDS):
        vote = learnt(listed, out)
        counterclaims.load_linear = lambda name, vote=vote: vote  # type: ignore[attr-defined]
        for _, own, records in own_of(parts, out):
            counted = ledger_stories.contradictions(own, ledger_stories.answers(records))
            hits, missed, wrong = (a + len(b) for a, b in zip((hits, missed, wrong), counted, strict=True))
    print(f"found {hits}, missed {missed}, wrongly said {wrong}: F1 {2 * hits / (2 * hits + missed + wrong):.3f}")


def main() -> None:
    """Train, or measure with each story left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true")
    if parser.parse_args().folds:
        folds()
    else:
        learnt(list(examples())).save(Path(FOLDER) / f"{counterclaims.WEIGHTS}.npz")


if __name__ == "__main__":
    main()
