"""The votes of commitments: which sentences promise something, what a later sentence says of a promise, what all leave of it.

``python -m model.ledger [promises] [reports] [verdicts]`` trains on the stories that were developed on (``bench/gold/ledger/stories``;
not on what is kept unseen), on pairs of a promise and a report in words of our own (``bench/gold/ledger/pairs``), on
``tests/ledger/wordings.tsv``, and for promises on ``corpus/train``. ``--folds`` measures the commitments of the stories, each
of them with weights that were learnt without it, and writes none.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from bench import ledger_stories
from lagebild.layers.linear import WEIGHTS as FOLDER
from lagebild.layers.linear import Linear
from lagebild.ledger import promise_vote, report_vote, verdict
from model.ledger_examples import LEARNT, Example, promise_examples, report_examples
from model.ledger_sources import wordings
from model.ledger_verdicts import Known, Verdict, answered, folded, known, of_wordings, using, verdicts, vote_of
from model.linear import train

STRENGTH = 0.1
TOLD_STRENGTH, OUTCOME_STRENGTH = 0.07, 0.03  # chosen with each story left out
OFTEN = 2  # times that what stories report counts against the pairs
FOLDS = 6


def learnt(examples: Sequence[Example], without: frozenset[str] = frozenset(), *, strength: float = STRENGTH) -> Linear:
    """Train on examples, without some groups."""
    return train([(features, label) for group, features, label in examples if group not in without], strength=strength)


def votes_of_reports(examples: Sequence[Example], without: frozenset[str] = frozenset()) -> dict[str, Linear]:
    """Train whether a sentence reports anything, and what it reports, on those that do.

    The first learns from stories alone: among reports of one sentence each the true ones are too easily told from the rest. The
    second learns from all, and from stories more.
    """
    of_stories = {story["story"] for part in LEARNT for story in ledger_stories.stories(part)}
    any_ = [
        (
            group,
            [name for name in found if not name.startswith(report_vote.GRAM)],
            label if label == report_vote.NONE else report_vote.TOLD,
        )
        for group, found, label in examples
        if group in of_stories
    ]
    told = [example for example in examples if example[2] != report_vote.NONE]
    told += [example for example in told if example[0] in of_stories] * (OFTEN - 1)
    return {
        report_vote.WEIGHTS: learnt(any_, without, strength=TOLD_STRENGTH),
        report_vote.OUTCOMES: learnt(told, without, strength=OUTCOME_STRENGTH),
    }


def votes_without(promises: Sequence[Example], reports: Sequence[Example], out: frozenset[str]) -> dict[str, Linear]:
    """Train the votes over sentences without some stories."""
    return {promise_vote.WEIGHTS: learnt(promises, out), **votes_of_reports(reports, out)}


def learn_verdicts(
    promises: Sequence[Example], reports: Sequence[Example]
) -> tuple[Known, dict[frozenset[str], dict[str, Linear]], list[Verdict]]:
    """Return the stories, the votes over sentences without those of each fold, and what is learnt on final states."""
    parts = known(LEARNT)
    votes = {out: votes_without(promises, reports, out) for out in folded(parts, FOLDS)}
    examples = [one for out, without in votes.items() for one in verdicts(parts, without, out)]
    _, both = wordings()
    return parts, votes, [*examples, *of_wordings(both, votes_without(promises, reports, frozenset({"wordings"})))]


def folds() -> None:
    """Print how many commitments of each part have the right final state, its story being left out of the training."""
    parts, votes, examples = learn_verdicts(list(promise_examples()), list(report_examples()))
    right: Counter[str] = Counter()
    many: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for out, without in votes.items():
        with using({**without, verdict.WEIGHTS: vote_of(examples, out)}):
            for part, found in answered(parts, out):
                right[part] += sum(hit is not None and hit["final"] == expected["final"] for expected, hit in found)
                seen[part] += sum(hit is not None for _, hit in found)
                many[part] += len(found)
    for part in parts:
        print(f"{part}: {right[part]} of {many[part]}, {seen[part]} found")
    print(
        f"all: {sum(right.values()) / sum(many.values()):.3f}, of those found {sum(right.values()) / sum(seen.values()):.3f}"
    )


def main() -> None:
    """Train, or measure with each story left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("votes", nargs="*", default=["promises", "reports", "verdicts"])
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    if args.folds:
        folds()
        return
    promises, reports = list(promise_examples()), list(report_examples())
    if "verdicts" in args.votes:
        _, _, examples = learn_verdicts(promises, reports)
        vote_of(examples).save(FOLDER / f"{verdict.WEIGHTS}.npz")
    if "promises" in args.votes:
        learnt(promises).save(FOLDER / f"{promise_vote.WEIGHTS}.npz")
    if "reports" in args.votes:
        for name, vote in votes_of_reports(reports).items():
            vote.save(FOLDER / f"{name}.npz")


if __name__ == "__main__":
    main()
