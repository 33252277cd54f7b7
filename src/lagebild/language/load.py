"""Loads the packaged German pipeline and runs it over texts of any size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from lagebild.language.reader import MODEL, READER
from lagebild.language.tokenize import blank

Item = TypeVar("Item")


class ModelMissing(RuntimeError):
    """Raised when the packaged weights are not there."""


def load_from(folder: Path) -> Language:
    """Return a pipeline with the weights in ``folder``. Raises ``ModelMissing`` where there are none."""
    if not (folder / "weights.npz").exists():
        raise ModelMissing(f"no language model in {folder}: reinstall the package or run `make model`")
    nlp = blank()
    nlp.add_pipe(READER, config={"folder": str(folder)})
    return nlp


@cache
def load() -> Language:
    """Return the packaged pipeline, loaded once per process."""
    return load_from(MODEL)


@cache
def model_version() -> str:
    """Return the version of the packaged weights."""
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    return str(meta["version"])


def parse(items: Iterable[Item], *, text_of: Callable[[Item], str], batch_size: int = 32) -> Iterator[tuple[Item, Doc]]:
    """Return each item with the Doc of its text, in order."""
    nlp = load()
    pairs = ((text_of(item), item) for item in items)
    for doc, item in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield item, doc
