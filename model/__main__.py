"""``python -m model``: from annotated data to packaged weights, scores and model card (docs/model.md tells the stages).

1. read the sources, hold the test parts back, count the forms of raw text, gather lists of names
2. pretrain on raw text: guess hidden words
3. train on gold, each source in its own style
4. train on, the style hidden half of the time, so that what the sources share is learnt too
5. pack, score, write the card, put in place
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from bench.model import measure
from bench.model import table as score_table
from numpy.typing import NDArray

from lagebild.language.features import Forms, Names
from lagebild.language.load import load_from
from lagebild.language.reader import MODEL
from model.card import card, meta
from model.forms import raw_counts
from model.lexemes import german
from model.lexemes import pack as pack_lexemes
from model.names import listed_names
from model.network import Network
from model.pack import MIX, write
from model.pretrain import pretrain
from model.sources import ENTITIES, TREES, Unit, data_hash, data_root, entity_units, tree_units
from model.train import Inputs, Labels, Options, collect, network_for, train

WORK = Path("model/work")
FIRST = Options(epochs=10, seed=0, half=False)
SECOND = Options(epochs=3, seed=3, rate=1e-3, unstyled=0.5, batch_words=1200, tree_share=0.55)


def main() -> None:
    """Run all stages."""
    args = _arguments()
    begun, root = time.time(), data_root()
    torch.set_num_threads(args.threads)
    units = tree_units(root, rnd=random.Random(0), further=args.trees) + entity_units(root, further=args.entities)
    kinds = listed_names(raw_file(root))
    inputs = Inputs(vectors(vector_file(root)), Forms.counted(raw_counts(raw_file(root))), Names.listed(kinds))
    note(begun, f"{sum(len(unit.words) for unit in units)} words, {len(kinds)} listed forms read")
    labels = collect(units)
    kept = args.pretrained or args.work / "pretrained.pt"
    network = pretrained(labels, inputs, raw_file(root), kept=kept, made=bool(args.pretrained))
    note(begun, "pretraining done")
    started = train(units, inputs, options=FIRST, start=(network, labels))
    note(begun, "first training done")
    finished = train(units, inputs, options=SECOND, start=started)
    note(begun, "second training done")
    final = args.work / "de"
    write(final, *finished, inputs=inputs, units=units, mix=MIX)
    pack_lexemes(german(), final / "lexemes.npz")
    making = f"made in {(time.time() - begun) / 60:.0f} minutes with {args.threads} threads"
    finish(final, root=root, units=units, making=making, out=args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model", description=__doc__)
    parser.add_argument("--trees", type=Path, action="append", default=[], help="further folder of CoNLL-U files")
    parser.add_argument(
        "--entities", type=Path, action="append", default=[], help="further folder of entity JSONL files"
    )
    parser.add_argument("--pretrained", type=Path, help="network of an earlier run's pretraining, not to be made anew")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to train with (default 2)")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the weights go (default: into the package)")
    return parser.parse_args()


def pretrained(labels: Labels, inputs: Inputs, raw: Path, *, kept: Path, made: bool = False) -> Network:
    """Return a network pretrained on ``raw`` and keep its weights in ``kept``; where ``made``, read them from there."""
    torch.manual_seed(FIRST.seed)
    network = network_for(labels, FIRST)
    if made:
        network.load_state_dict(torch.load(kept))
        return network
    pretrain(network, labels, inputs, raw)
    kept.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), kept)
    return network


def note(begun: float, what: str) -> None:
    print(f"[{(time.time() - begun) / 60:.1f} min] {what}", flush=True)


def raw_file(root: Path) -> Path:
    return root / "data/raw/de_politics.txt.xz"


def vector_file(root: Path) -> Path:
    return root / "data/vectors/de_official_96d.floret.gz"


def vectors(path: Path) -> NDArray[np.float32]:
    """Read a floret text file and scale it to unit deviation."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows, width = map(int, next(handle).split()[:2])
        table = np.zeros((rows, width), np.float32)
        for line in handle:
            number, *values = line.split()
            table[int(number)] = np.array(values, np.float32)
    return table / table.std()


def finish(final: Path, *, root: Path, units: Sequence[Unit], making: str, out: Path) -> None:
    """Score the network in ``final``, write card and meta, and swap it into ``out``."""
    files = [root / "data" / name for source in (*TREES, *ENTITIES) for name in source.files]
    files += [raw_file(root), vector_file(root)]
    words: Counter[str] = Counter()
    for unit in units:
        words[unit.style] += len(unit.words)
    (final / "meta.json").write_text(json.dumps(meta(files=data_hash(files)), indent=2) + "\n", encoding="utf-8")
    nlp = load_from(final)
    scores = measure(nlp)
    print(score_table(scores))
    text = card(scores=scores, words=words, making=making, folder=final, data=data_hash(files))
    (final / "CARD.md").write_text(text, encoding="utf-8")
    aside = out.with_name(f".{out.name}-old")
    shutil.rmtree(aside, ignore_errors=True)
    fresh = out.with_name(f".{out.name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(final, fresh)
    if out.exists():
        out.rename(aside)
    fresh.rename(out)
    shutil.rmtree(aside, ignore_errors=True)


if __name__ == "__main__":
    main()
