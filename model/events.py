"""Trains the votes of the event layer on ``corpus/train`` and the sheets: triggers, modes, roles. ``python -m model.events``.

Triggers and roles learn without the sheets written last, which did not help them; modes are the mean of two votes, with and
without those (docs/events.md).

Reads the texts with the packaged pipeline and the layers before events, so that the votes see what they will see.
The pipeline knows the texts of ``corpus/train``, so its trees are better there than anywhere else; trees by networks that never saw them
gave no better votes. The sheets it has not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.sheets import is_later, training_rows
from spacy.tokens import Doc

from lagebild.language import parse
from lagebild.layers.earlier import Earlier
from lagebild.layers.events.cast import Cast, Part, cast_of
from lagebild.layers.events.features import CONTENT, Proposals, trigger_features
from lagebild.layers.events.index import build_index
from lagebild.layers.events.match import Matcher
from lagebild.layers.events.ranking import FEATURES
from lagebild.layers.events.roles import Candidate, against, candidates, scene_of
from lagebild.layers.events.triggers import Trigger
from lagebild.layers.events.view import View
from lagebild.layers.linear import WEIGHTS, Linear
from lagebild.pipeline import before_events
from lagebild.records import Article
from lagebild.rules.lexicon import Lexicon
from model.linear import mean, train
from model.ranker import Question, joined, rank_weights

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


def read(rows: Sequence[Gold], lexicon: Lexicon) -> Iterator[Read]:
    """Read gold articles."""
    for row, doc in parse(rows, text_of=lambda row: str(row["text"])):
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


def main_word(view: View, tokens: Sequence[int]) -> int:
    """The content word of a gold trigger that hangs on no other of its words."""
    content = [i for i in tokens if view.pos[i] in CONTENT] or list(tokens)
    for i in content:
        head = view.head[i]
        for _ in range(8):
            if head in content or view.head[head] == head:
                break
            head = view.head[head]
        if view.head[i] == i or head not in content:
            return i
    return content[0]


def gold_triggers(item: Read) -> list[tuple[Gold, Trigger]]:
    """The gold events as triggers, in text order."""
    view, found = item.view, []
    for event in item.gold["events"]:
        tokens = [t.i for t in view.doc if any(start <= t.idx < end for start, end in event["trigger"])]
        if not tokens:
            continue
        head = main_word(view, tokens)
        match = next((m for m in item.proposals.matches[head] if m.row.type == event["type"]), None)
        rule = match.row.id if match else "vote"
        trigger = Trigger(event["type"], event["mode"], tuple(sorted(tokens)), head, rule, 1.0, match)
        found.append((event, trigger))
    return sorted(found, key=lambda pair: pair[1].tokens)


def codes(event: Gold, role: str) -> set[str]:
    """The codes of a role, unresolved ones left out."""
    return {actor["code"] for actor in event[role] if actor["code"] not in ("", "-", None)}


def right(item: Read, cast: Cast, event: Gold, role: str, candidate: Candidate) -> bool:
    """Tell whether the gold names this candidate: by its place in the sentence, or by code where it is implied."""
    named = [actor for actor in event[role] if actor["end"] > actor["start"]]
    implied = {actor["code"] for actor in event[role] if actor["end"] == actor["start"]}
    if candidate.mention is not None:
        start = item.view.doc[candidate.mention.head].idx
        if any(actor["start"] <= start < actor["end"] for actor in named):
            return True
        return candidate.code is not None and candidate.code in {actor["code"] for actor in named}
    if candidate.code is None:
        return not event[role]
    country = candidate.code[:3]
    return candidate.code in implied or any(c[:3] == country and c not in cast.sentences for c in implied)


def rights(item: Read, cast: Cast, event: Gold, role: str, found: Sequence[Candidate]) -> list[bool]:
    """Tell which candidates the gold names; where it names none of them exactly, those of the same countries."""
    exact = [right(item, cast, event, role, candidate) for candidate in found]
    if any(exact):
        return exact
    countries = {code.partition(":")[0] for code in codes(event, role)}
    return [candidate.code is not None and candidate.code.partition(":")[0] in countries for candidate in found]


def role_questions(items: Sequence[Read]) -> tuple[list[Question], list[Question]]:
    """For each gold event: who of the candidates is the actor; who the recipient, given the actors."""
    actors: list[Question] = []
    recipients: list[Question] = []
    for item in items:
        cast = cast_of(item.proposals, item.earlier)
        for event, trigger in gold_triggers(item):
            scene = scene_of(cast, trigger)
            found, chosen = candidates(scene), codes(event, "actors")
            own = [clean(c.features) for c in found]
            both = [
                clean([*c.features, *more]) for c, more in zip(found, against(scene, chosen, FEATURES), strict=True)
            ]
            actors.append((own, rights(item, cast, event, "actors", found)))
            recipients.append((both, rights(item, cast, event, "recipients", found)))
            part = Part(trigger.type, scene.lemma, scene.sentence, chosen, codes(event, "recipients"))
            cast.parts.append(part)
    return actors, recipients


def roles(items: Sequence[Read]) -> Linear:
    """Train the two rankers."""
    actors, recipients = role_questions(items)
    return joined(
        {
            "a": rank_weights(actors, strength=0.2, minimum=3),
            "r": rank_weights(recipients, strength=0.2, minimum=3),
        }
    )


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
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--out", type=Path, default=WEIGHTS, help="folder for the weights (default: the package)")
    args.add_argument("--roles", action="store_true", help="train the ranker of the roles alone")
    options = args.parse_args()
    rows = [row for row in training_rows() if not (options.roles and is_later(row))]
    everything = list(read(rows, Lexicon()))
    items = [item for item in everything if not is_later(item.gold)]
    pruned(roles(items), 0.02).save(options.out / "events_roles.npz")
    if options.roles:
        return
    pruned(train(list(trigger_examples(items)), strength=0.5), 0.1).save(options.out / "events_triggers.npz")
    few, many = (train(list(mode_examples(some)), strength=0.5) for some in (items, everything))
    pruned(mean(few, many, share=0.5), 0.2).save(options.out / "events_modes.npz")


if __name__ == "__main__":
    main()
