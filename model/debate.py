"""Trains the classifiers of ``lagebild.layers.speech.debate`` on annotated speeches of the Bundestag.

    python -m model.debate [--folds N] [--parsed FILE.spacy] [--out PREDICTIONS.jsonl]

Data: GePaDe-SpkAtt (Rehbein et al. 2023), CC BY-SA 4.0, $LAGEBILD_DATA/data/spkatt/train.jsonl; the weights carry its
licence. ``--folds`` cross-validates by agenda item (the first three parts of ``doc``) and writes the predictions of all
folds, to be scored with ``score_speech.py``; without it the weights for the package are trained on everything.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin

from lagebild.language import load
from lagebild.layers.linear import WEIGHTS, Linear
from lagebild.layers.speech.debate.events import CONTENT_POS, Models, context, find_events
from lagebild.layers.speech.debate.features import RoleFeatures, Told, cue_features, pair_features, told_by_rules
from lagebild.layers.speech.debate.written import event_rows
from lagebild.layers.speech.tree import Tree
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import SpeechWords, speech_words

DATA = Path(os.environ.get("LAGEBILD_DATA", "../shared")) / "data" / "spkatt" / "train.jsonl"
Row = dict[str, Any]


class Examples:
    """Collects sparse examples; features are numbered as they come."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.columns: list[int] = []
        self.ends: list[int] = [0]
        self.labels: list[str] = []

    def add(self, names: list[str], label: str) -> None:
        """Take in one example."""
        index = self.index
        self.columns += {index.setdefault(name, len(index)) for name in names}
        self.ends.append(len(self.columns))
        self.labels.append(label)

    def fit(self, *, strength: float, minimum: int) -> Linear:
        """Fit a logistic regression on the features seen at least ``minimum`` times."""
        columns = np.array(self.columns, dtype=np.int32)
        counts = np.bincount(columns, minlength=len(self.index))
        kept = np.flatnonzero(counts >= minimum)
        shape = (len(self.labels), len(self.index))
        matrix = csr_matrix((np.ones(len(columns), np.float32), columns, np.array(self.ends)), shape=shape)[:, kept]
        model = LogisticRegression(C=strength, max_iter=120, tol=1e-3).fit(matrix, self.labels)
        coefficients, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.hstack([-bias, bias]) / 2
        names = list(self.index)
        index = {names[old]: new for new, old in enumerate(kept)}
        return Linear(tuple(map(str, model.classes_)), index, np.vstack([coefficients.T, bias]).astype(np.float32))


def parsed(rows: list[Row], kept: Path | None) -> list[Doc]:
    nlp = load()
    if kept and kept.exists():
        return list(DocBin().from_disk(kept).get_docs(nlp.vocab))
    docs = []
    for row in rows:
        words = [word for sentence in row["Sentences"] for word in sentence["Tokens"]]
        starts = [n == 0 for sentence in row["Sentences"] for n, _ in enumerate(sentence["Tokens"])]
        docs.append(Doc(nlp.vocab, words=words, sent_starts=starts))
    return list(nlp.pipe(docs))


def gold(row: Row) -> list[dict[str, set[int]]]:
    names = [f"{s['SentenceId']}:{n}" for s in row["Sentences"] for n, _ in enumerate(s["Tokens"])]
    number = {name: at for at, name in enumerate(names)}
    return [
        {label: {number[name] for name in names_} for label, names_ in annotation.items() if isinstance(names_, list)}
        for annotation in row["Annotations"]
    ]


def head_of(tree: Tree, cue: set[int]) -> int:
    """Return the cue word nearest the root: the roles are read from it."""
    return min(cue, key=lambda t: (tree.heads[t] in cue and tree.heads[t] != t, t))


def train(rows: list[Row], trees: list[Tree], words: SpeechWords) -> Models:
    cues, pairs = Examples(), Examples()
    rules = [told_by_rules(tree, words) for tree in trees]
    for row, tree, told in zip(rows, trees, rules, strict=True):
        events = gold(row)
        owner = {t: n for n, event in enumerate(events) for t in event["Cue"]}
        for index, pos in enumerate(tree.pos):
            if pos in CONTENT_POS:
                cues.add(cue_features(tree, words, told, index), "yes" if index in owner else "no")
            head = tree.heads[index]
            if index in owner and head in owner and head != index:
                pairs.add(pair_features(tree, words, head, index), "yes" if owner[index] == owner[head] else "no")
    read = [role_examples(row, tree, words, told) for row, tree, told in zip(rows, trees, rules, strict=True)]
    role = fit_roles(read)
    again = second_look(rows, trees, read)
    return Models(cues.fit(strength=0.5, minimum=2), pairs.fit(strength=1.0, minimum=1), role, again)


Read = list[tuple[list[int], list[list[str]], list[str]]]
"""Per event of a speech: the candidate words, their features, their labels."""


def role_examples(row: Row, tree: Tree, words: SpeechWords, told: Told) -> Read:
    read = []
    for event in gold(row):
        label_of = {t: label for label, tokens in event.items() if label != "Cue" for t in tokens}
        reader = RoleFeatures(tree, words, told, head_of(tree, event["Cue"]), event["Cue"])
        candidates = reader.candidates()
        read.append((candidates, [reader.of(t) for t in candidates], [label_of.get(t, "-") for t in candidates]))
    return read


def fit_roles(read: list[Read]) -> Linear:
    roles = Examples()
    for speech in read:
        for _, named, labels in speech:
            for names, label in zip(named, labels, strict=True):
                roles.add(names, label)
    print(len(roles.labels), "words for roles", file=sys.stderr)
    return roles.fit(strength=0.3, minimum=3)


def second_look(rows: list[Row], trees: list[Tree], read: list[Read]) -> Linear:
    """Train the second look on what a first look says of speeches it has not seen."""
    roles = Examples()
    parts = 3
    for part in range(parts):
        inside = [n for n, row in enumerate(rows) if fold_of(row, parts) == part]
        first = fit_roles([read[n] for n in range(len(rows)) if n not in set(inside)])
        for n in inside:
            for candidates, named, labels in read[n]:
                if not candidates:
                    continue
                scores = np.stack([first.probabilities(names) for names in named])
                for names, more, label in zip(
                    named, context(trees[n], candidates, scores, first.labels), labels, strict=True
                ):
                    roles.add(names + more, label)
    return roles.fit(strength=0.3, minimum=3)


def fold_of(row: Row, folds: int) -> int:
    """Return the fold of an agenda item: speeches of one debate stay together."""
    return zlib.crc32("_".join(row["doc"].split("_")[:3]).encode()) % folds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, default=99, help="run the first N folds only")
    parser.add_argument("--parsed", type=Path)
    parser.add_argument("--out", type=Path, default=Path("debate.jsonl"))
    options = parser.parse_args()
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    words: SpeechWords = Lexicon().derived(speech_words)
    trees = [Tree.of(doc) for doc in parsed(rows, options.parsed)]
    if not options.folds:
        models = train(rows, trees, words)
        for name in ("cue", "pair", "role", "again"):
            getattr(models, name).save(WEIGHTS / f"debate_{name}.npz")
        return
    with options.out.open("w", encoding="utf-8") as out:
        for fold in range(min(options.folds, options.only)):
            known = [n for n, row in enumerate(rows) if fold_of(row, options.folds) != fold]
            models = train([rows[n] for n in known], [trees[n] for n in known], words)
            for n in set(range(len(rows))) - set(known):
                found = event_rows(rows[n]["Sentences"], find_events(trees[n], words, models))
                out.write(json.dumps({"doc": rows[n]["doc"], "Annotations": found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
