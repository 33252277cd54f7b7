"""The model card and the meta file, written by the training run."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from bench.model import table

from model.sources import ENTITIES, TREES

VERSION = "0.1.0"
OTHER = (
    ("vectors", "floret, 96 dimensions: Bundestag protocols (§ 5 UrhG), German Wikipedia and Klexikon (CC BY-SA)"),
    ("forms", "simplemma's German list (MIT), packed"),
    (
        "raw text",
        "Bundestag protocols (§ 5 UrhG) and German Wikipedia (CC BY-SA): how often forms occur; hidden words to guess",
    ),
    (
        "names",
        "Faker (MIT), US census (public domain), German Wiktionary (CC BY-SA), GeoNames (CC BY), our actors, raw text",
    ),
)
PACKAGES = ("spacy", "numpy", "torch", "faker", "names", "german-nouns")


def meta(*, files: str) -> dict[str, object]:
    """Return what the package says of its weights; ``files`` is the hash of the data."""
    return {
        "lang": "de",
        "name": "lagebild",
        "version": VERSION,
        "license": "CC BY-SA 4.0",
        "data_sha256": files,
        "built": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def card(
    *,
    scores: dict[str, dict[str, float]],
    words: Mapping[str, int],
    making: str,
    folder: Path,
    data: str,
) -> str:
    """Return the card as Markdown."""
    size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    sources = [f"| {s.name} | {words[s.style]:,} | {s.licence} | {', '.join(s.files)} |" for s in (*TREES, *ENTITIES)]
    other = [f"- {name}: {what}" for name, what in OTHER]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            f"# Lagebild's German language pipeline {VERSION}",
            "",
            "Tags, lemmas, morphology, dependency trees, sentence boundaries and entities of German news text, by one",
            "bidirectional LSTM with a biaffine parser, computed in numpy. Written by the training run (`make model`).",
            "",
            "## Learnt from",
            "",
            "| source | words | licence | files |",
            "|---|---|---|---|",
            *sources,
            "",
            *other,
            "",
            f"SHA-256 of the data: `{data}`. Part of each of GSD test, PUD and GermEval test is held back, UNER-PUD",
            "entirely. The corpus is synthetic: written and annotated by a large language model, one pass, no second",
            "annotator; figures on `corpus_dev` say how well this manner of annotation is learnt.",
            "",
            "## Scores",
            "",
            table(scores),
            "",
            "F1 in percent over raw text (own tokens, aligned as in the CoNLL 2018 shared task). Not learnt from.",
            "",
            "## Making",
            "",
            f"Size {size:.1f} MB; {making}; {packages}.",
            "Weights: CC BY-SA 4.0 (they hold what share-alike treebanks taught); code: Apache-2.0.",
            "",
        ]
    )
