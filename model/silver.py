"""Silver trees: texts without trees, read by a trained network (self-training)."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc

from lagebild.language.load import load_from
from lagebild.language.reader import READER, Reader
from model.sources import Unit

SPEECH = re.compile(r"\b(ich|wir|uns|unser\w*|mir|mich|Ihnen|Sie|Herr|Frau|Kolleg\w+|Damen)\b", re.I)


def raw_lines(path: Path, *, words: int, seed: int, speeches: bool = False) -> list[str]:
    """Return paragraphs of about ``words`` words in all, those that speak to an audience only with ``speeches``."""
    with lzma.open(path, "rt", encoding="utf-8") as handle:
        lines = [line.strip() for line in handle]
    random.Random(seed).shuffle(lines)
    kept, size = [], 0
    for line in lines:
        if speeches or not SPEECH.search(line):
            kept.append(line)
            size += len(line.split())
            if size > words:
                break
    return kept


def read_silver(teacher: Path, texts: Sequence[str], named: Sequence[Unit]) -> list[Unit]:
    """Return units with silver trees: of raw ``texts``, and of ``named`` units, whose gold entities are kept."""
    nlp = load_from(teacher)
    reader = nlp.get_pipe(READER)
    assert isinstance(reader, Reader)
    units = [unit for doc in nlp.pipe(texts) for unit in _units(doc)]
    docs = (Doc(nlp.vocab, words=unit.words, spaces=unit.spaces) for unit in named)
    for unit, doc in zip(named, reader.pipe(docs), strict=True):
        whole = _unit(doc)
        whole.entities, whole.style = unit.entities, unit.style
        units.append(whole)
    return units


def _units(doc: Doc) -> Iterator[Unit]:
    """Cut a Doc into units of a few sentences, at most about 120 tokens."""
    sentences = list(doc.sents)
    start = 0
    while start < len(sentences):
        end = start + 1
        while end < len(sentences) and sentences[end].end - sentences[start].start <= 110:
            end += 1
        span = doc[sentences[start].start : sentences[end - 1].end]
        if len(span) <= 160 and not any(token.is_space for token in span):
            yield _unit(span.as_doc())
        start = end


def _unit(doc: Doc) -> Unit:
    return Unit(
        style="corpus",
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        upos=[token.pos_ for token in doc],
        morph=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=["ROOT" if token.head.i == token.i else token.dep_ for token in doc],
        starts=[bool(token.is_sent_start) for token in doc],
        entities=[token.ent_iob_ + (f"-{token.ent_type_}" if token.ent_type_ else "") for token in doc],
        silver=True,
    )
