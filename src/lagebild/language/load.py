"""Loads the packaged German pipeline and runs it over texts of any size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from lagebild.language.components import BREAKS, LEMMAS

MODEL = Path(__file__).parent / "de"
Item = TypeVar("Item")


class ModelMissing(RuntimeError):
    """Raised when the packaged weights are not there."""


@cache
def load() -> Language:
    """Return the pipeline, loaded once per process."""
    if not (MODEL / "meta.json").exists():
        raise ModelMissing(f"no language model in {MODEL}: reinstall the package or run `make model`")
    nlp = spacy.load(MODEL)
    nlp.add_pipe(BREAKS, first=True)
    nlp.add_pipe(LEMMAS, last=True)
    return nlp


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
