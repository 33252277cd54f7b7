"""``python -m model``: from annotated data to packaged weights, scores and model card (docs/model.md tells the stages).

1. read the sources, hold the test parts back, count the forms of raw text, gather lists of names
2. pretrain on raw text: guess hidden words
3. train on gold, each source in its own style; train on, the style hidden half of the time, so that what the sources
   share is learnt too; this several times from the same start, and take the mean of the weights
4. pack, score, write the card, put in place
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import torch
from bench.model import measure
from bench.model import table as score_table

from lagebild.language.load import load_from
from lagebild.language.reader import MODEL
from model.card import card, meta
from model.gather import Gathered, gathered, raw_file, vector_file
from model.lexemes import german
from model.lexemes import pack as pack_lexemes
from model.members import MEMBERS, RAW, train_members
from model.pack import MIX, write
from model.pretrain import pretrain
from model.sources import ENTITIES, TREES, Unit, data_hash, data_root
from model.train import collect, network_for

WORK = Path("model/work")


def main() -> None:
    """Run all stages."""
    args = _arguments()
    begun, root = time.time(), data_root()
    torch.set_num_threads(args.threads)
    gather = partial(gathered, root, trees=args.trees, entities=args.entities)
    data = gather()
    note(begun, f"{sum(len(unit.words) for unit in data.units)} words read")
    kept = args.pretrained or args.work / "pretrained.pt"
    if not args.pretrained:
        pretrained(data, raw_file(root), kept)
        note(begun, "pretraining done")
    network, labels = train_members(gather, kept, args.work, members=MEMBERS[: args.members], threads=args.threads)
    note(begun, "trainings done")
    final = args.work / "de"
    write(final, network, labels, inputs=data.inputs, units=data.units, mix=MIX)
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
    parser.add_argument("--members", type=int, default=len(MEMBERS), help="how many trainings to average (default all)")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to train with (default 2)")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the weights go (default: into the package)")
    return parser.parse_args()


def pretrained(data: Gathered, raw: Path, kept: Path) -> None:
    """Pretrain a network on ``raw`` and keep its weights in ``kept``."""
    torch.manual_seed(RAW.seed)
    labels = collect(data.units)
    network = network_for(labels, RAW)
    pretrain(network, labels, data.inputs, raw)
    kept.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), kept)


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
