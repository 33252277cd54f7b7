"""Writes a trained network into the form the package loads: half-precision weights, labels, lemma dictionary, meta."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from model.network import Network
from model.sources import Unit
from model.train import Inputs, Labels, bare_lemmas

MIX = {"corpus": 0.3, "any": 0.3, "germeval": 0.4}
"""The style the pipeline reads in; see docs/model.md."""


def write(
    folder: Path,
    network: Network,
    labels: Labels,
    *,
    inputs: Inputs,
    units: Sequence[Unit],
    mix: Mapping[str, float],
) -> None:
    """Write ``weights.npz``, ``labels.json`` and ``lemmas.json`` into ``folder``; ``mix`` is the style to read in."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.numpy().astype(np.float16) for name, tensor in network.state_dict().items()}
    renamed = {name.removesuffix(".weight") if name.startswith("style") else name: w for name, w in weights.items()}
    np.savez_compressed(
        folder / "weights.npz",
        vectors=inputs.table.astype(np.float16),
        form_hashes=inputs.forms.hashes,
        form_classes=inputs.forms.classes,
        name_hashes=inputs.names.hashes,
        name_bits=inputs.names.bits,
        **renamed,
    )
    text = json.dumps(asdict(labels) | {"mix": dict(mix)}, ensure_ascii=False, separators=(",", ":"))
    (folder / "labels.json").write_text(text, encoding="utf-8")
    seen = json.dumps(dictionary(units), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / "lemmas.json").write_text(seen, encoding="utf-8")


def dictionary(units: Sequence[Unit]) -> dict[str, str]:
    """Return ``form POS`` -> lemma for forms whose lemma the trees agree on; the corpus's word counts most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        if unit.lemmas and unit.upos and unit.heads and unit.deps:
            weight = 3 if unit.style == "corpus" else 1
            for form, upos, lemma in zip(unit.words, unit.upos, bare_lemmas(unit), strict=True):
                if lemma != "_":
                    key = form if upos in ("NOUN", "PROPN", "ADJ") else form.lower()
                    counts[f"{key} {upos}"][lemma] += weight
    best = {key: lemmas.most_common(1)[0] for key, lemmas in counts.items()}
    return {key: lemma for key, (lemma, n) in best.items() if n >= 0.8 * sum(counts[key].values())}
