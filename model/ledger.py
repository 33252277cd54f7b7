"""The votes of commitments: which sentences promise something, what a later sentence says of a promise, what all leave of it.

``python -m model.ledger [promises] [reports] [verdicts]`` trains on the stories that were developed on (``bench/gold/ledger/stories``;
not on what is kept unseen), on pairs of a promise and a report in words of our own (``bench/gold/ledger/pairs``), on
``tests/ledger/wordings.tsv``, and for promises on ``corpus/train``. ``--folds`` measures the commitments of the stories, each
of them with weights that were learnt without it, ``--without PART ...`` those of some parts with weights learnt on the others; both write none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench import ledger_stories
from lagebild.layers.linear import WEIGHTS as FOLDER
from lagebild.layers.linear import Block, Linear
from lagebild.ledger import promise_vote, report_vote, rivals, verdict
from model.ledger_examples import LEARNT, Example, promise_examples, report_examples
from model.ledger_rivals import beside
from model.ledger_sources import wordings
from model.ledger_verdicts import Known, Verdict, answered, folded, known, of_wordings, using, verdicts, vote_of
from model.linear import train, train_spread

STRENGTH = 0.1
TOLD_STRENGTH, OUTCOME_STRENGTH, RIVAL_STRENGTH = 0.14, 0.2, 0.05  # chosen with each story left out
WEIGHT = {"stories": 2.0, "wordings": 9.0, "pairs": 0.15}  # of a report among those that outcomes are learnt from
FOLDS = 6
Outcome = tuple[str, Sequence[Block], str, float]  # group that is left out together, blocks of features, label, weight
Reports = tuple[Sequence[Example], Sequence[Outcome]]  # what the votes on reports learn from
Asked = Sequence[tuple[frozenset[str], dict[str, Linear]]]  # stories, and votes that have not learnt from them


def learnt(examples: Sequence[Example], without: frozenset[str] = frozenset(), *, strength: float = STRENGTH) -> Linear:
    """Train on examples, without some groups."""
    return train([(features, label) for group, features, label in examples if group not in without], strength=strength)


def said_of() -> Reports:
    """Return what the votes on reports learn from.

    Whether a sentence reports anything is learnt from stories alone: among reports of one sentence each the true ones are too easily
    told from the rest. What it reports is learnt from all true reports.
    """
    of_stories = {story["story"] for part in LEARNT for story in ledger_stories.stories(part)}
    any_: list[Example] = []
    outcomes: list[Outcome] = []
    for group, owed, tale, label in report_examples():
        both = list(map(sys.intern, report_vote.features(owed, tale)))
        if group in of_stories:
            told = report_vote.NONE if label == report_vote.NONE else report_vote.TOLD
            any_.append((group, both, told))
        if label != report_vote.NONE:
            weight = WEIGHT["stories" if group in of_stories else group if group in WEIGHT else "pairs"]
            blocks = [(share, tuple(map(sys.intern, found))) for share, found in report_vote.blocks(owed, tale, both)]
            outcomes.append((group, blocks, label, weight))
    return any_, outcomes


def votes_of_reports(examples: Reports, without: frozenset[str] = frozenset()) -> dict[str, Linear]:
    """Train whether a sentence reports anything, and what it reports if it does, without some groups."""
    any_, outcomes = examples
    kept = [(blocks, label, weight) for group, blocks, label, weight in outcomes if group not in without]
    return {
        report_vote.WEIGHTS: learnt(any_, without, strength=TOLD_STRENGTH),
        report_vote.OUTCOMES: train_spread(kept, strength=OUTCOME_STRENGTH, minimum=3),
    }


def votes_without(promises: Sequence[Example], reports: Reports, out: frozenset[str]) -> dict[str, Linear]:
    """Train the votes over sentences by themselves without some stories."""
    return {promise_vote.WEIGHTS: learnt(promises, out), **votes_of_reports(reports, out)}


@dataclass(frozen=True)
class Learnt:
    """The stories, the votes over sentences without those of each fold, the vote on rivals, and what that on final states learns from."""

    parts: Known
    votes: dict[frozenset[str], dict[str, Linear]]
    rivals: Linear
    verdicts: list[Verdict]


def learn_verdicts(promises: Sequence[Example], reports: Reports, parts: Known) -> Learnt:
    """Train the votes without each fold of some parts, and gather what the votes above them are asked about the stories left out."""
    votes = {out: votes_without(promises, reports, out) for out in folded(parts, FOLDS)}
    found = [one for out, without in votes.items() for one in beside(parts, without, out)]
    for out, without in votes.items():
        without[rivals.WEIGHTS] = learnt(found, out, strength=RIVAL_STRENGTH)
    examples = [one for out, without in votes.items() for one in verdicts(parts, without, out)]
    _, both = wordings()
    beside_all = learnt(found, strength=RIVAL_STRENGTH)
    apart = votes_without(promises, reports, frozenset({"wordings"})) | {rivals.WEIGHTS: beside_all}
    return Learnt(parts, votes, beside_all, [*examples, *of_wordings(both, apart)])


def folds() -> None:
    """Print how many commitments of each part have the right final state, its story being left out of the training.

    Also of how many true reports, given as such, the outcome is read rightly.
    """
    reports = said_of()
    all_ = learn_verdicts(list(promise_examples()), reports, known(LEARNT))
    asked = [(out, {**votes, verdict.WEIGHTS: vote_of(all_.verdicts, out)}) for out, votes in all_.votes.items()]
    _print_right(all_.parts, asked)
    _print_read(reports, asked)


def without(names: Sequence[str]) -> None:
    """Print the figures of ``folds`` for some parts, by votes that have learnt from none of their stories."""
    parts = known(names)
    out = frozenset(story["story"] for listed, _ in parts.values() for story in listed)
    promises = [one for one in promise_examples() if one[0] not in out]
    any_, outcomes = reports = said_of()
    rest: Reports = [one for one in any_ if one[0] not in out], [one for one in outcomes if one[0] not in out]
    all_ = learn_verdicts(promises, rest, known(part for part in LEARNT if part not in names))
    votes = {**votes_without(promises, rest, frozenset()), rivals.WEIGHTS: all_.rivals}
    asked = [(out, {**votes, verdict.WEIGHTS: vote_of(all_.verdicts)})]
    _print_right(parts, asked)
    _print_read(reports, asked)


def _print_right(parts: Known, asked: Asked) -> None:
    right: Counter[str] = Counter()
    many: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for out, votes in asked:
        with using(votes):
            for part, found in answered(parts, out):
                right[part] += sum(hit is not None and hit["final"] == expected["final"] for expected, hit in found)
                seen[part] += sum(hit is not None for _, hit in found)
                many[part] += len(found)
    for part in parts:
        print(f"{part}: {right[part]} of {many[part]}, {seen[part]} found")
    all_, found_ = right.total() / many.total(), right.total() / seen.total()
    print(f"all: {all_:.3f} of {many.total()}, of those found {found_:.3f}")


def _print_read(reports: Reports, asked: Asked) -> None:
    read = [
        _likeliest(votes[report_vote.OUTCOMES], blocks) == label
        for out, votes in asked
        for group, blocks, label, _ in reports[1]
        if group in out
    ]
    print(f"outcomes of true reports: {sum(read) / len(read):.3f} of {len(read)}")


def _likeliest(vote: Linear, blocks: Sequence[Block]) -> str:
    return vote.labels[int(vote.spread(blocks).argmax())]


def main() -> None:
    """Train, or measure with each story left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("votes", nargs="*", default=["promises", "reports", "verdicts"])
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--without", nargs="+", choices=LEARNT, metavar="PART")
    args = parser.parse_args()
    if args.without:
        without(args.without)
        return
    if args.folds:
        folds()
        return
    promises, reports = list(promise_examples()), said_of()
    if "verdicts" in args.votes:
        all_ = learn_verdicts(promises, reports, known(LEARNT))
        all_.rivals.save(FOLDER / f"{rivals.WEIGHTS}.npz")
        vote_of(all_.verdicts).save(FOLDER / f"{verdict.WEIGHTS}.npz")
    if "promises" in args.votes:
        learnt(promises).save(FOLDER / f"{promise_vote.WEIGHTS}.npz")
    if "reports" in args.votes:
        for name, vote in votes_of_reports(reports).items():
            vote.save(FOLDER / f"{name}.npz")


if __name__ == "__main__":
    main()
