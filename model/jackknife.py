"""``python -m model.jackknife OUT.spacy``: parses of the corpus's training articles by networks that never saw them.

Components that learn on top of parses should meet them as they will be, errors included. The articles are dealt into
folds; each fold is read by a network trained on the other folds (fewer epochs than the packaged one, so a little worse).
The result is a ``DocBin`` in the order of ``train.events.jsonl``; ``doc.user_data["doc"]`` is the article's id.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from spacy.tokens import Doc, DocBin

from lagebild.language.features import Forms, Names
from lagebild.language.load import load_from
from model.__main__ import pretrained, raw_file, vector_file, vectors
from model.forms import raw_counts
from model.lexemes import german
from model.lexemes import pack as pack_lexemes
from model.names import listed_names
from model.pack import write
from model.sources import data_root, entity_units, tree_units
from model.train import Inputs, Options, collect, train


def main() -> None:
    """Train a network a fold and write the parses."""
    parser = argparse.ArgumentParser(prog="python -m model.jackknife", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--work", type=Path, default=Path("model/work/jackknife"))
    args = parser.parse_args()
    root = data_root()
    torch.set_num_threads(1)
    raw, kinds = raw_file(root), listed_names(raw_file(root))
    inputs = Inputs(vectors(vector_file(root)), Forms.counted(raw_counts(raw)), Names.listed(kinds))
    units = tree_units(root, rnd=random.Random(0)) + entity_units(root)
    lines = (root / "data/corpus/train.events.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    fold_of = {article["doc"]: k % args.folds for k, article in enumerate(articles)}
    args.work.mkdir(parents=True, exist_ok=True)
    pack_lexemes(german(), args.work / "lexemes.npz")
    parsed: dict[str, Doc] = {}
    labels = collect(units)  # the raw text holds none of the articles, so one pretraining serves every fold
    start = (pretrained(labels, inputs, raw, kept=args.work / "pretrained.pt"), labels)
    for fold in range(args.folds):
        kept = [unit for unit in units if unit.style != "corpus" or fold_of.get(unit.doc) != fold]
        trained = train(kept, inputs, options=Options(epochs=args.epochs, seed=fold, tree_share=0.7), start=start)
        write(args.work, *trained, inputs=inputs, units=kept, mix={"corpus": 1.0})
        nlp = load_from(args.work)
        held = [article for article in articles if fold_of[article["doc"]] == fold]
        for article, doc in zip(held, nlp.pipe(article["text"] for article in held), strict=True):
            doc.user_data["doc"] = article["doc"]
            parsed[article["doc"]] = doc
    args.out.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=[parsed[article["doc"]] for article in articles], store_user_data=True).to_disk(args.out)


if __name__ == "__main__":
    main()
