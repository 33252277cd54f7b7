"""Stage 2: an Article's text becomes a spaCy Doc; the only place that loads spaCy's pipeline."""

from lagebild.language.lean import import_spacy

import_spacy()

from lagebild.language.load import load, model_version, parse  # noqa: E402 - after spaCy

__all__ = ["load", "model_version", "parse"]
