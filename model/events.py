"""Trains the votes of the event layer on ``corpus/train``: triggers, modes, roles. ``python -m model.events``.

Reads the texts with the packaged pipeline and the layers before events, so that the votes see what they will see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from bench.data import event_gold
from lagebild.language import parse
from lagebild.layers.earlier import Earlier
from lagebild.layers.events.features import CONTENT, Proposals, trigger_features
from lagebild.layers.events.index import build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.view import View
from lagebild.layers.linear import WEIGHTS, Linear
from lagebild.pipeline import before_events
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon
from model.linear import train

Example = tuple[Sequence[str], str]
Gold = dict[str, Any]


@dataclass(slots=True)
class Read:
    """One gold document, read: its events and all that the event layer looks at."""

    gold: Gold
    earlier: Earlier
    view: View
    matcher: Matcher
    proposals: Proposals


def read(name: str, lexicon: Lexicon) -> Iterator[Read]:
    """Read a gold file of ``bench.data.EVENTS``."""
    path = event_gold(name)
    if path is None:
        raise FileNotFoundError(name)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for row, doc in parse(rows, text_of=lambda row: row["text"]):
        article = Article(id=row["doc"], doc=row["doc"], text=row["text"], published=row.get("date"))
        yield prepared(row, doc, before_events(article, doc, lexicon), lexicon)


def prepared(gold: Gold, doc: Doc, earlier: Earlier, lexicon: Lexicon) -> Read:
    """Look the document up in the lexicon."""
    index = lexicon.derived(build_index)
    view = View(doc, index.forms)
    matcher = Matcher(view, index)
    return Read(gold, earlier, view, matcher, Proposals(view, matcher, earlier))


def labels(item: Read) -> dict[int, Gold]:
    """The gold event of each token that belongs to a trigger."""
    found: dict[int, Gold] = {}
    for event in item.gold["events"]:
        for start, end in event["trigger"]:
            for token in item.view.doc:
                if start <= token.idx < end:
                    found.setdefault(token.i, event)
    return found


def trigger_examples(items: Sequence[Read]) -> Iterator[Example]:
    """Every content word with its type or none."""
    for item in items:
        gold = labels(item)
        for i, pos in enumerate(item.view.pos):
            if pos in CONTENT:
                yield clean(trigger_features(i, item.view, item.proposals)), gold[i]["type"] if i in gold else "-"


def mode_examples(items: Sequence[Read]) -> Iterator[Example]:
    """Every trigger word with TYPE/mode."""
    for item in items:
        for i, event in labels(item).items():
            if item.view.pos[i] in CONTENT:
                features = clean(trigger_features(i, item.view, item.proposals))
                yield features, f"{event['type']}/{event['mode']}"


def clean(features: Sequence[str]) -> list[str]:
    """Drop features that a line of the weights file could not hold."""
    return [feature for feature in features if "\n" not in feature]


def pruned(model: Linear, smallest: float) -> Linear:
    """Drop features whose weights are all smaller than ``smallest``; the file shrinks, the votes hardly change."""
    kept = [name for name, row in model.index.items() if abs(model.matrix[row]).max() >= smallest]
    rows = [model.index[name] for name in kept] + [len(model.index)]
    return Linear(model.labels, {name: row for row, name in enumerate(kept)}, model.matrix[rows])


def main() -> None:
    """Train and write the weights."""
    items = list(read("corpus-train", Lexicon()))
    pruned(train(list(trigger_examples(items)), strength=0.5), 0.05).save(WEIGHTS / "events_triggers.npz")
    pruned(train(list(mode_examples(items)), strength=0.5), 0.05).save(WEIGHTS / "events_modes.npz")


if __name__ == "__main__":
    main()
