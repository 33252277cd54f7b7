"""Silver trees: texts without trees, read by several trained networks whose scores are averaged (self-training)."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from lagebild.language.load import load_from
from lagebild.language.network import Floats, Ints, Network, Output
from lagebild.language.reader import READER, Reader
from model.sources import Unit

SPEECH = re.compile(r"\b(ich|wir|uns|unser\w*|mir|mich|Ihnen|Sie|Herr|Frau|Kolleg\w+|Damen)\b", re.I)


class Ensemble:
    """Several networks with the same labels behind one network's interface."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self.networks = networks
        self.relations = networks[0].relations
        self._outputs: list[Output] = []

    def forms(self, orths: Sequence[int], words: Sequence[str]) -> Ints:
        """Return (word, network) rows."""
        return np.stack([network.forms(orths, words) for network in self.networks], axis=1)

    def run(self, units: Sequence[Ints]) -> Output:
        """Average the tag scores; the parser's parts are kept apart."""
        self._outputs = [network.run([unit[:, k] for unit in units]) for k, network in enumerate(self.networks)]
        first = self._outputs[0]

        def mean(name: str) -> Floats:
            return np.asarray(np.mean([getattr(output, name) for output in self._outputs], axis=0), np.float32)

        tags = {name: mean(name) for name in ("upos", "morph", "lemma", "start", "entity")}
        return Output(
            **tags,
            arc_dep=first.arc_dep,
            arc_head=first.arc_head,
            label_dep=first.label_dep,
            label_head=first.label_head,
        )

    def arcs(self, output: Output, begin: int, end: int) -> Floats:
        """Sum the arc scores."""
        pairs = zip(self.networks, self._outputs, strict=True)
        return np.asarray(sum(network.arcs(own, begin, end) for network, own in pairs), np.float32)

    def labels(self, output: Output, heads: Ints) -> Floats:
        """Sum the relation scores."""
        pairs = zip(self.networks, self._outputs, strict=True)
        return np.asarray(sum(network.labels(own, heads) for network, own in pairs), np.float32)


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


def read_silver(teachers: Sequence[Path], texts: Sequence[str], named: Sequence[Unit]) -> list[Unit]:
    """Return units with silver trees: of raw ``texts``, and of ``named`` units, whose gold entities are kept."""
    nlp = load_from(teachers[0])
    reader = nlp.get_pipe(READER)
    assert isinstance(reader, Reader)
    others = [load_from(folder).get_pipe(READER) for folder in teachers[1:]]
    reader.network = Ensemble([reader.network, *(other.network for other in others)])  # type: ignore[assignment,attr-defined]
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
