"""What the vote on final states learns from: the commitments of the stories, by votes over sentences that have not learnt from their story."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from bench import ledger_stories
from lagebild.layers.linear import Linear
from lagebild.ledger import evidence, promise_vote, report_vote, verdict
from lagebild.ledger.evidence import strongest, weighed
from lagebild.ledger.owed import Owed
from lagebild.ledger.promises import Commitment
from lagebild.ledger.reports import states_of
from lagebild.ledger.verdict_features import features
from lagebild.records import Records
from model.ledger_examples import owed_in, reported, tales_in
from model.ledger_sources import Said
from model.linear import train_values

STRENGTH = 0.01
REPEATED = 3  # times that a pair of the wordings counts
FINAL = ("kept", "broken", "overtaken", "disputed")
Votes = Mapping[str, Linear]
Known = dict[str, tuple[list[ledger_stories.Row], list[Records]]]  # part: its stories, its articles
Verdict = tuple[str, dict[str, float], str]  # story, features, final state


def known(names: Iterable[str]) -> Known:
    """Return the stories and the coded articles of some parts."""
    return {part: (ledger_stories.stories(part), ledger_stories.coded(part)) for part in names}


def own_of(parts: Known, out: frozenset[str]) -> Iterator[tuple[str, list[ledger_stories.Row], list[Records]]]:
    """Yield each part's stories of those named, with their articles."""
    for part, (listed, all_records) in parts.items():
        own = [story for story in listed if story["story"] in out]
        docs = {article["doc"] for story in own for article in story["articles"]}
        if own:
            yield part, own, [r for r in all_records if r.article.doc in docs]


def folded(parts: Known, folds: int) -> list[frozenset[str]]:
    """Return the names of all stories in as many groups."""
    names = sorted(story["story"] for listed, _ in parts.values() for story in listed)
    random.Random(0).shuffle(names)
    return [frozenset(names[fold::folds]) for fold in range(folds)]


@contextmanager
def using(votes: Votes) -> Iterator[None]:
    """Let the ledger ask these votes instead of those that ship."""
    with ExitStack() as all_:
        for module in (promise_vote, report_vote, evidence, verdict):
            all_.enter_context(patch.object(module, "load_linear", votes.__getitem__))
        yield


def answered(
    parts: Known, out: frozenset[str]
) -> Iterator[tuple[str, list[tuple[ledger_stories.Row, ledger_stories.Row | None]]]]:
    """Yield the commitments of some stories with what the ledger finds of them, part by part."""
    for part, own, records in own_of(parts, out):
        texts = {r.article.doc: r.article.text for r in records}
        yield part, ledger_stories.matched(own, ledger_stories.answers(records), texts)


def verdicts(parts: Known, votes: Votes, out: frozenset[str]) -> Iterator[Verdict]:
    """Yield what the vote on final states is asked for the commitments of some stories, and what it should say."""
    asked: dict[str, dict[str, float]] = {}

    def noted(owed: Commitment, *said: object) -> dict[str, float]:
        asked[owed.id] = features(owed, *said)  # type: ignore[arg-type]
        return asked[owed.id]

    undecided = patch.object(verdict, "decided", lambda found: verdict.OPEN)
    with using(votes), undecided, patch.object(verdict, "features", noted):
        for _, found in answered(parts, out):
            for expected, hit in found:
                if hit is not None and hit["id"] in asked:
                    yield expected["story"], asked[hit["id"]], expected["final"]


def of_wordings(both: Iterable[tuple[Said, Said]], votes: Votes) -> Iterator[Verdict]:
    """Yield the pairs of a promise and a report of ``wordings.tsv``: what rules read in them is mostly right."""
    with using(votes):
        for base, report in both:
            made = owed_in([base.records])
            if not made:
                continue
            owed = made[0][0]
            tales = tales_in([report.records])
            heard = strongest(found for _, found in weighed(tales, [[Owed(owed)]] * len(tales)))
            if heard:
                final = report.label if report.label in FINAL else verdict.OPEN
                found = features(owed, states_of(owed, reported(report.records)), heard)
                yield from [("wordings", found, final)] * REPEATED


def vote_of(examples: Iterable[Verdict], without: frozenset[str] = frozenset()) -> Linear:
    """Train on all stories but some."""
    kept: Sequence[tuple[dict[str, float], str]] = [
        (found, final) for story, found, final in examples if story not in without
    ]
    return train_values(kept, strength=STRENGTH)
