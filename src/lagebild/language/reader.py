"""The pipeline's one component: units of words through the network, its answers written into the Doc."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    ORTH,
    POS,
)
from spacy.language import Language
from spacy.symbols import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab
from threadpoolctl import threadpool_limits

from lagebild.language.agreement import Words, repaired
from lagebild.language.decode import EntityTags, best_tree, enumerated
from lagebild.language.lemma import Lemmatizer
from lagebild.language.marks import as_german
from lagebild.language.mood import overrule
from lagebild.language.network import Network, Output
from lagebild.language.sentences import cut_points, start_marks
from lagebild.language.turns import turns

READER = "lagebild_reader"
MODEL = Path(__file__).parent / "de"
BATCH_WORDS = 6000  # words the network sees at once; memory grows with it, about 10 kB a word
IOB = {"B": 3, "U": 3, "I": 1, "L": 1, "O": 2}
Ints = NDArray[np.int64]


@dataclass
class Unit:
    """A stretch of a Doc's words that the network reads at once: their token indices, their text, and the text it is shown."""

    doc: int
    tokens: list[int]
    words: list[str]
    shown: list[str]
    label: int = 0  # words of an interview's "NAME:" that opens the unit


class Reader:
    """Tags, parses and finds entities; holds the packaged weights."""

    def __init__(self, vocab: Vocab, folder: Path) -> None:
        stored = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.vocab = vocab
        mix = {stored["styles"].index(name): share for name, share in stored.get("mix", {"corpus": 1.0}).items()}
        self.network = Network(folder / "weights.npz", words=stored["words"], style=mix)
        self.tags = EntityTags(stored["entity"])
        self.lemmas = Lemmatizer(vocab.strings, rules=stored["lemma"], folder=folder)
        self.dep_names: list[str] = stored["dep"]
        self.root, self.appos, self.conj = map(self.dep_names.index, ("ROOT", "appos", "conj"))
        strings = vocab.strings
        self.upos_names: list[str] = stored["upos"]
        self.upos = np.array([_pos_id(name) for name in self.upos_names], np.uint64)
        self.morph_names: list[str] = stored["morph"]
        self.morph = np.array([vocab.morphology.add(name) for name in self.morph_names], np.uint64)
        self.dep = np.array([strings.add(name) for name in self.dep_names], np.uint64)
        self.iob = np.array([IOB[name[0]] for name in stored["entity"]], np.uint64)
        self.labels = [name[2:] if name != "O" else "" for name in stored["entity"]]
        self.ent = np.array([strings.add(name[2:]) if name != "O" else 0 for name in stored["entity"]], np.uint64)
        self.space = strings.add("dep")

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotate many Docs, ``batch_size`` at a time."""
        docs: list[Doc] = []
        for doc in stream:
            docs.append(doc)
            if len(docs) >= batch_size:
                self.annotate(docs)
                yield from docs
                docs = []
        if docs:
            self.annotate(docs)
            yield from docs

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Annotate ``docs`` in place.

        On one BLAS thread: the matrices of a step are small, and threads that wait for each other made it twenty times
        slower on a busy machine. Several cores are for several processes.
        """
        with threadpool_limits(limits=1, user_api="blas"):
            self._annotate_all(docs)

    def _annotate_all(self, docs: Sequence[Doc]) -> None:
        arrays = [np.zeros((len(doc), 7), np.uint64) for doc in docs]
        heads = [np.arange(len(doc), dtype=np.int64) for doc in docs]
        units = [unit for k, doc in enumerate(docs) for unit in units_of(doc, k)]
        batch: list[Unit] = []
        size = 0
        for unit in units:
            if batch and size + len(unit.tokens) > BATCH_WORDS:
                self._annotate(batch, docs, arrays, heads)
                batch, size = [], 0
            batch.append(unit)
            size += len(unit.tokens)
        if batch:
            self._annotate(batch, docs, arrays, heads)
        for doc, array, head in zip(docs, arrays, heads, strict=True):
            if len(doc):
                self._write(doc, array, head)

    def forms(self, units: Sequence[Unit], orths: Mapping[int, NDArray[Any]]) -> list[Ints]:
        """Return the network's row for each word of each unit, as it is shown to the network; ``orths`` are the Docs'."""
        strings = self.vocab.strings
        hashes: list[int] = []
        for unit in units:
            known = orths[unit.doc][unit.tokens].tolist()
            if unit.shown is not unit.words:
                pairs = zip(unit.words, unit.shown, known, strict=True)
                known = [orth if word == shown else strings.add(shown) for word, shown, orth in pairs]
            hashes += known
        rows = self.network.forms(hashes, [word for unit in units for word in unit.shown])
        return np.split(rows, np.cumsum([len(unit.words) for unit in units])[:-1])

    def _annotate(
        self, units: Sequence[Unit], docs: Sequence[Doc], arrays: Sequence[NDArray[np.uint64]], heads: Sequence[Ints]
    ) -> None:
        orths = {unit.doc: docs[unit.doc].to_array(ORTH) for unit in units}
        words = [word for unit in units for word in unit.words]
        output = self.network.run(self.forms(units, orths))
        upos, morph = output.upos.argmax(axis=1), output.morph.argmax(axis=1)
        found = np.empty(len(upos), np.int64)
        entity = np.empty(len(upos), np.int64)
        offset = 0
        for unit in units:
            n = len(unit.tokens)
            entity[offset : offset + n] = self.tags.best(output.entity[offset : offset + n])
            found[offset : offset + n] = self._trees(output, unit, offset)
            offset += n
        labels = self.network.labels(output, found)
        rooted = found == np.arange(len(found))
        labels[:, self.root] = -1e9
        dep = labels.argmax(axis=1)
        dep[rooted] = self.root
        relations = [self.dep_names[k] for k in dep.tolist()]
        if (dep == self.appos).any():
            for k in enumerated(found, relations, [self.labels[k] for k in entity.tolist()]):
                relations[k], dep[k] = self.dep_names[self.conj], self.conj
        pos = [self.upos_names[k] for k in upos.tolist()]
        lemmas = self.lemmas.lemmas(words, pos, output.lemma)
        morphs = self.morph[morph]
        names, strings = [self.morph_names[k] for k in morph.tolist()], self.vocab.strings

        def lemma_of(k: int) -> str:
            return strings[int(lemmas[k])]

        for k, relation in repaired(Words(words, pos, names, lemma_of, found.tolist(), relations)):
            dep[k] = self.dep_names.index(relation)
        for k, name in overrule(words, names, lemma_of):
            morphs[k] = self.vocab.morphology.add(name)
        values = np.stack([self.upos[upos], morphs, lemmas, self.dep[dep], self.iob[entity], self.ent[entity]], axis=1)
        offset = 0
        for unit in units:
            n, tokens = len(unit.tokens), np.array(unit.tokens)
            arrays[unit.doc][tokens, 1:] = values[offset : offset + n]
            heads[unit.doc][tokens] = tokens[found[offset : offset + n] - offset]
            offset += n

    def _trees(self, output: Output, unit: Unit, offset: int) -> Ints:
        """Return the heads (rows of ``output``) of one unit's words, sentence by sentence."""
        words = unit.shown
        marks = start_marks(words, output.start[offset : offset + len(words)], label=unit.label)
        bounds = [k for k, mark in enumerate(marks) if mark] + [len(words)]
        heads = np.empty(len(words), np.int64)
        for begin, end in pairwise(bounds):
            scores = self.network.arcs(output, offset + begin, offset + end)
            heads[begin:end] = best_tree(scores)
            heads[begin:end] += offset + begin
        return heads

    def _write(self, doc: Doc, array: NDArray[np.uint64], heads: Ints) -> None:
        """Hang white space on its neighbour and write everything."""
        for token in doc:
            if token.is_space:
                k = token.i
                heads[k] = k - 1 if k else k
                array[k, 1] = SPACE_ID
                array[k, 3] = token.orth
                array[k, 4] = self.space
                array[k, 5] = 2
        if doc[0].is_space:  # leading white space hangs on the first word after it
            first = next((token.i for token in doc if not token.is_space), 0)
            heads[:first] = first
        array[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        columns = [HEAD, POS, MORPH, LEMMA, DEP, ENT_IOB, ENT_TYPE]
        doc.from_array(columns, array)  # type: ignore[arg-type]
        self.lemmas.join_particles(doc)


def _pos_id(name: str) -> int:
    return int(IDS[name])


SPACE_ID = _pos_id("SPACE")


def units_of(doc: Doc, number: int) -> Iterator[Unit]:
    """Yield a Doc's units: lines, long ones cut at a sentence's end; white space belongs to none."""
    marks = as_german(doc)
    labels = _label_ends(doc)
    tokens: list[int] = []
    words: list[str] = []
    for token in doc:
        if not token.is_space:
            tokens.append(token.i)
            words.append(token.text)
        elif "\n" in token.text and tokens:
            yield from _cut(number, tokens, words, marks, labels)
            tokens, words = [], []
    if tokens:
        yield from _cut(number, tokens, words, marks, labels)


def _label_ends(doc: Doc) -> frozenset[int]:
    """Return the tokens that close the labels of an interview: the colon of "NAME: ..."."""
    ends = {turn.label[1] for turn in turns(doc.text) if turn.labelled}
    return frozenset(token.i for token in doc if token.idx in ends) if ends else frozenset()


def _cut(
    number: int, tokens: list[int], words: list[str], marks: dict[int, str], labels: frozenset[int]
) -> Iterator[Unit]:
    shown = [marks.get(i, word) for i, word in zip(tokens, words, strict=True)] if marks else words
    start = 0
    for end in cut_points(shown):
        part = words[start:end]
        label = 0 if start or not labels else next((k + 1 for k, i in enumerate(tokens) if i in labels), 0)
        yield Unit(number, tokens[start:end], part, shown[start:end] if marks else part, label)
        start = end


@Language.factory(READER, default_config={"folder": str(MODEL)})
def make_reader(nlp: Language, name: str, folder: str) -> Reader:
    """Create the component from the weights in ``folder``."""
    return Reader(nlp.vocab, Path(folder))
