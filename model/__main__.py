"""``python -m model``: from annotated data to packaged weights, scores and model card (docs/model.md tells the stages).

1. read the sources, hold the test parts back, count the forms of raw text, gather lists of names
2. pretrain on raw text: guess hidden words
3. train on gold, each source in its own style
4. train on, the style hidden half of the time, so that what the sources share is learnt too
5. pack, score, write the card, put in place
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from bench.model import measure
from bench.model import table as score_table

from lagebild.language.load import load_from
from lagebild.language.reader import MODEL
from model.card import card, meta
from model.gather import gathered, raw_file, vector_file
from model.lexemes import german
from model.lexemes import pack as pack_lexemes
from model.network import Network
from model.pack import MIX, write
from model.pretrain import pretrain
from model.sources import ENTITIES, TREES, Unit, data_hash, data_root
from model.train import Inputs, Labels, Options, collect, network_for, train

WORK = Path("model/work")
FIRST = Options(epochs=10, seed=0, half=False)
SECOND = Options(epochs=3, seed=3, rate=1e-3, unstyled=0.5, batch_words=1200, tree_share=0.55)
RAW = replace(FIRST, dropout=0.1)
"""Raw text is seen three times only: nothing is learnt by heart there, so little has to be dropped."""


def main() -> None:
    """Run all stages."""
    args = _arguments()
    begun, root = time.time(), data_root()
    torch.set_num_threads(args.threads)
    data = gathered(root, trees=args.trees, entities=args.entities)
    labels = collect(data.units)
    note(begun, f"{sum(len(unit.words) for unit in data.units)} words read")
    kept = args.pretrained or args.work / "pretrained.pt"
    network = pretrained(labels, data.inputs, raw_file(root), kept=kept, made=bool(args.pretrained))
    note(begun, "pretraining done")
    started = train(data.units, data.inputs, options=FIRST, start=(network, labels))
    note(begun, "first training done")
    finished = train(data.units, data.inputs, options=SECOND, start=started)
    note(begun, "second training done")
    final = args.work / "de"
    write(final, *finished, inputs=data.inputs, units=data.units, mix=MIX)
    pack_lexemes(german(), final / "lexemes.npz")
    making = f"made in {(time.time() - begun) / 60:.0f} minutes with {args.threads} threads"
    finish(final, root=root, units=data.units, making=making, out=args.out)


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
    torch.manual_seed(RAW.seed)
    network = network_for(labels, RAW)
    if made:
        network.load_state_dict(torch.load(kept))
        return network
    pretrain(network, labels, inputs, raw)
    kept.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), kept)
    return network


def note(begun: float, what: str) -> None:
    print(f"[{(time.time() - begun) / 60:.1f} min] {what}", flush=True)


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
