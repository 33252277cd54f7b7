"""Trains the network of ``lagebild.layers.speech.debate`` on annotated speeches of the Bundestag.

    python -m model.debate [--folds N] [--only N] [--seeds N] [--out PREDICTIONS.jsonl]

Data: GePaDe-SpkAtt (Rehbein et al. 2023), CC BY-SA 4.0, $LAGEBILD_DATA/data/spkatt/train.jsonl; the weights carry its
licence. ``--folds`` cross-validates by agenda item (the first three parts of ``doc``), writes the predictions of all folds
and prints their scores; without it the weights for the package are trained on everything.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import zlib
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lagebild.language.states import parse_joined
from lagebild.layers.linear import WEIGHTS
from lagebild.layers.speech.debate.around import Around
from lagebild.layers.speech.debate.events import find_events, seen
from lagebild.layers.speech.debate.network import CUE_LABELS, LABELS, NAME, Network
from lagebild.layers.speech.debate.words import told_by_rules, word_features
from lagebild.layers.speech.debate.written import event_rows
from lagebild.layers.speech.tree import Tree
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.speech import SpeechWords, speech_words
from model.debate_net import Speech, Trainer

SHARED = Path(os.environ.get("LAGEBILD_DATA", "../shared"))
DATA = SHARED / "data" / "spkatt" / "train.jsonl"
SCORER = SHARED / "eval" / "speech" / "score_speech.py"
MEMBERS = 1
Row = dict[str, Any]
Parsed = tuple[Tree, NDArray[np.float32]]


def parsed(rows: list[Row]) -> list[Parsed]:
    texts = [[sentence["Tokens"] for sentence in row["Sentences"]] for row in rows]
    return [(Tree.of(doc), states) for doc, states in parse_joined(texts)]


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


def lengths_of(row: Row) -> list[int]:
    return [len(sentence["Tokens"]) for sentence in row["Sentences"]]


def speech_of(row: Row, tree: Tree, states: NDArray[np.float32], words: SpeechWords) -> Speech:
    """Return what there is to learn from a speech."""
    told, lengths = told_by_rules(tree, words), lengths_of(row)
    bounds = [(end - length, end) for end, length in zip(accumulate(lengths), lengths, strict=True)]
    number_of = [number for number, length in enumerate(lengths) for _ in range(length)]
    labels = np.zeros(len(tree.words), np.int64)
    events = []
    annotated = gold(row)
    for event in annotated:
        labels[list(event["Cue"])] = CUE_LABELS.index("part")
    for event in annotated:
        head = head_of(tree, event["Cue"])
        labels[head] = CUE_LABELS.index("head")
        cue = seen(Around(tree, words, told, head, bounds, number_of))
        label_of = {token: LABELS.index(label) for label, tokens in event.items() for token in tokens if token != head}
        events.append((cue, np.array([label_of.get(t, 0) for t in range(cue.begin, cue.end)], np.int64)))
    return Speech(states.astype(np.float16), word_features(tree, words, told), bounds, labels, events)


def fold_of(row: Row, folds: int) -> int:
    """Return the fold of an agenda item: speeches of one debate stay together."""
    return zlib.crc32("_".join(row["doc"].split("_")[:3]).encode()) % folds


def shipped(network: Network) -> Network:
    """Return the network as it is after packing, so that what is scored is what is shipped."""
    with TemporaryDirectory() as folder:
        network.save(Path(folder) / f"{NAME}.npz")
        return Network.load(Path(folder) / f"{NAME}.npz")


def cross_validate(
    rows: list[Row], trees: list[Parsed], speeches: list[Speech], words: SpeechWords, options: argparse.Namespace
) -> None:
    with options.out.open("w", encoding="utf-8") as out:
        for fold in range(min(options.folds, options.only)):
            begun = time.perf_counter()
            inside = [n for n, row in enumerate(rows) if fold_of(row, options.folds) == fold]
            known = [speeches[n] for n in range(len(rows)) if n not in set(inside)]
            network = shipped(Trainer(known).network(range(options.seeds)))
            for n in inside:
                tree, states = trees[n]
                found = find_events(tree, words, states=states, lengths=lengths_of(rows[n]), network=network)
                row = {"doc": rows[n]["doc"], "Annotations": event_rows(rows[n]["Sentences"], found)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            print(f"fold {fold}: {len(inside)} speeches, {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def print_scores(rows: list[Row], out: Path) -> None:
    """Score the predictions with the scorer of the data, over the speeches they hold."""
    said = {json.loads(line)["doc"] for line in out.read_text(encoding="utf-8").splitlines()}
    with TemporaryDirectory() as folder:
        wanted = Path(folder) / "gold.jsonl"
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows if row["doc"] in said]
        wanted.write_text("".join(lines), encoding="utf-8")
        done = subprocess.run([sys.executable, str(SCORER), str(wanted), str(out)], check=True, capture_output=True)
    official = json.loads(done.stdout)["official"]
    parts = {**{part: official[part] for part in ("cues", "roles", "joint")}, **official["per_role"]}
    for part, figures in parts.items():
        print(f"{part:9}", *(f"{name} {figures[name]}" for name in ("p", "r", "f1")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, default=99, help="run the first N folds only")
    parser.add_argument("--seeds", type=int, default=MEMBERS, help="members that vote together")
    parser.add_argument("--out", type=Path, default=Path("debate.jsonl"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    begun = time.perf_counter()
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    words: SpeechWords = Lexicon().derived(speech_words)
    trees = parsed(rows)
    speeches = [speech_of(row, tree, states, words) for row, (tree, states) in zip(rows, trees, strict=True)]
    print(f"{len(rows)} speeches read, {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    if options.folds:
        cross_validate(rows, trees, speeches, words, options)
        print_scores(rows, options.out)
    else:
        Trainer(speeches).network(range(options.seeds)).save(WEIGHTS / f"{NAME}.npz")
    print(f"{time.perf_counter() - begun:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
