"""``python -m model``: from annotated data to packaged weights, scores and model card (docs/model.md tells the stages).

1. read the sources, hold the test parts back, count the forms of raw text
2. train on gold, each source in its own style
3. train on, the style hidden half of the time, so that what the sources share is learnt too
4. pack, score, write the card, put in place
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

from lagebild.language.features import Forms
from lagebild.language.load import load_from
from lagebild.language.reader import MODEL
from model.card import card, meta
from model.forms import raw_counts
from model.lexemes import german
from model.lexemes import pack as pack_lexemes
from model.pack import MIX, write
from model.sources import ENTITIES, TREES, Unit, data_hash, data_root, entity_units, tree_units
from model.train import Options, train

WORK = Path("model/work")
FIRST = Options(epochs=14, seed=0, half=False)
SECOND = Options(epochs=3, seed=3, rate=1e-3, unstyled=0.5, batch_words=1200, tree_share=0.55)


def main() -> None:
    """Run all stages."""
    args = _arguments()
    begun, root = time.time(), data_root()
    torch.set_num_threads(args.threads)
    units = tree_units(root, rnd=random.Random(0), further=args.trees) + entity_units(root, further=args.entities)
    table, forms = vectors(vector_file(root)), Forms.counted(raw_counts(raw_file(root)))
    note(begun, f"{sum(len(unit.words) for unit in units)} words read")
    started = train(units, table, Forms.counted({}), options=FIRST)
    note(begun, "first training done")
    finished = train(units, table, forms, options=SECOND, start=started)
    note(begun, "second training done")
    final = args.work / "de"
    write(final, *finished, table=table, forms=forms, units=units, mix=MIX)
    pack_lexemes(german(), final / "lexemes.npz")
    making = f"made in {(time.time() - begun) / 60:.0f} minutes with {args.threads} threads"
    finish(final, root=root, units=units, making=making, out=args.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model", description=__doc__)
    parser.add_argument("--trees", type=Path, action="append", default=[], help="further folder of CoNLL-U files")
    parser.add_argument(
        "--entities", type=Path, action="append", default=[], help="further folder of entity JSONL files"
    )
    parser.add_argument("--threads", type=int, default=2, help="processor cores to train with (default 2)")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the weights go (default: into the package)")
    return parser.parse_args()


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
