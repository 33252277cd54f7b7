"""Gathers what training reads: annotated units, frequency of forms, lists of names, vectors."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lagebild.language.features import Forms, Names
from model.forms import raw_counts
from model.names import listed_names
from model.sources import Unit, entity_units, tree_units
from model.train import Inputs


@dataclass(frozen=True)
class Gathered:
    """All units, and what the network is told of forms."""

    units: list[Unit]
    inputs: Inputs


def gathered(root: Path, *, trees: Sequence[Path] = (), entities: Sequence[Path] = ()) -> Gathered:
    """Read everything below ``root``, and further folders of CoNLL-U (``trees``) and of entity JSONL (``entities``)."""
    units = tree_units(root, rnd=random.Random(0), further=trees) + entity_units(root, further=entities)
    raw = raw_file(root)
    forms, names = Forms.counted(raw_counts(raw)), Names.listed(listed_names(raw))
    return Gathered(units, Inputs(vectors(vector_file(root)), forms, names))


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
