"""Trains the ranker of places and dates of events on ``corpus/train`` and the sheets. ``python -m model.settings [--folds]``.

``--folds`` holds back a fifth of the articles and prints how the choice does on it and on the sets given as gold.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.data import gold_rows
from bench.sheets import training_rows

from lagebild.layers.events.settings import date_features, likeliest, place_features, setting_of
from lagebild.layers.linear import WEIGHTS, Linear
from lagebild.rules.lexicon import Lexicon
from model.events import Gold, gold_triggers, pruned, read
from model.ranker import Question, joined, rank_weights

STRENGTH = 0.2
MINIMUM = 3
SMALLEST = 0.02
ROLES = ("place", "date")


@dataclass(slots=True)
class Asked:
    """One question: the article, the candidates with none last, and whether the gold names one at all."""

    doc: str
    question: Question
    named: bool


def questions(rows: Sequence[Gold], lexicon: Lexicon) -> Iterator[tuple[str, Asked]]:
    """Yield for every gold event the question of its place and that of its date, where its sentence names any."""
    for item in read(rows, lexicon):
        view, pairs = item.view, gold_triggers(item)
        setting = setting_of(view, item.earlier, [trigger for _, trigger in pairs])
        for event, trigger in pairs:
            sentence = view.sent[trigger.head]
            places, dates = setting.places.get(sentence, []), setting.dates.get(sentence, [])
            for role, spans, features in (
                ("place", [p.span for _, p in places], place_features(view, setting, trigger, places)),
                ("date", [d.span for _, d in dates], date_features(view, setting, trigger, dates)),
            ):
                gold = event.get(role) or []
                right = [any(start < span.end and span.start < end for start, end in gold) for span in spans]
                yield role, Asked(item.gold["doc"], (features, [*right, not gold]), bool(gold))


def train(asked: Sequence[tuple[str, Asked]]) -> Linear:
    """Train the two rankers."""
    by_role = {role: [a.question for r, a in asked if r == role and len(a.question[0]) > 1] for role in ROLES}
    return joined({role: rank_weights(by_role[role], strength=STRENGTH, minimum=MINIMUM) for role in ROLES})


def score(model: Linear, asked: Sequence[Asked], role: str) -> str:
    """Return precision, recall and F1 of the choice, given the triggers."""
    weights = model.column(role)
    hit = said = named = 0
    for one in asked:
        candidates, right = one.question
        best = likeliest(candidates, weights)
        named += one.named
        said += best is not None
        hit += best is not None and right[best]
    precision, recall = hit / max(said, 1), hit / max(named, 1)
    return f"P {precision:.3f} R {recall:.3f} F {2 * hit / max(said + named, 1):.3f} ({named})"


def held(doc: str) -> bool:
    """Whether an article is of the fifth that is held back."""
    return zlib.crc32(doc.encode()) % 5 == 0


def main() -> None:
    """Train and write the weights, or measure."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--out", type=Path, default=WEIGHTS, help="folder for the weights (default: the package)")
    args.add_argument("--folds", action="store_true", help="measure on a fifth held back instead")
    options = args.parse_args()
    lexicon = Lexicon()
    asked = list(questions(training_rows(), lexicon))
    if not options.folds:
        pruned(train(asked), SMALLEST).save(options.out / "events_settings.npz")
        return
    model = pruned(train([(role, one) for role, one in asked if not held(one.doc)]), SMALLEST)
    sets = {"held back": [(role, one) for role, one in asked if held(one.doc)]}
    for name in ("corpus-dev", "wikinews"):
        sets[name] = list(questions(gold_rows(name), lexicon))
    for name, found in sets.items():
        for role in ROLES:
            print(f"{name:12} {role:6}", score(model, [one for r, one in found if r == role], role))


if __name__ == "__main__":
    main()
