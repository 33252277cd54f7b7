"""Reads the annotated sources into ``Unit``s: stretches of running tokens with whatever annotation the source has.

Contractions (im, zum) are one token that hangs where the preposition hung; relation subtypes outside ``KEPT`` are folded;
morphology is reduced to what the layers read. A field a source does not annotate is ``None`` and teaches nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagebild.language.conllu import Sentence, Word, read_conllu
from lagebild.language.tokenize import tokenizer

GSD_TEST_TRAINED, PUD_TRAINED, GERMEVAL_TEST_TRAINED = 700, 700, 3600  # what follows in each file is held back
MASKED = "?"  # an entity tag that neither teaches nor counts


@dataclass(frozen=True)
class Source:
    """One source of training data: its style (an embedding of the network), licence and file names."""

    name: str
    style: str
    licence: str
    files: tuple[str, ...]


TREES = (
    Source("corpus", "corpus", "CC BY 4.0", ("corpus/train.conllu",)),
    Source("UD German-GSD", "gsd", "CC BY-SA 4.0", ("ud/de_gsd-ud-dev.conllu", "ud/de_gsd-ud-test.conllu")),
    Source("UD German-PUD", "pud", "CC BY-SA 3.0", ("ud/de_pud-ud-test.conllu",)),
)
ENTITIES = (
    Source("GermEval 2014", "germeval", "CC BY 4.0", ("ner/germeval14_dev.jsonl", "ner/germeval14_test.jsonl")),
    Source(
        "Europarl (Faruqui and Padó)",
        "europarl",
        "free",
        ("ner/europarl_pado_train.jsonl", "ner/europarl_pado_dev.jsonl", "ner/europarl_pado_test.jsonl"),
    ),
    Source(
        "Korpus-Plenarprotokolle",
        "plenar",
        "Apache-2.0",
        ("ner/plenar_gold_1981_09036.jsonl", "ner/plenar_gold_2016_18181.jsonl"),
    ),
    Source("SmartData", "smartdata", "CC BY 4.0", ("ner/smartdata_v1_train.jsonl", "ner/smartdata_v1_test.jsonl")),
)
UNMAPPED_MISC = frozenset({"europarl", "plenar"})  # MISC holds nationality adjectives there: neither entity nor none
NO_MISC = frozenset({"smartdata"})


@dataclass
class Unit:
    """Running tokens; ``heads`` count from 0 inside the unit, a root is its own head; ``starts`` mark sentence starts."""

    style: str
    words: list[str]
    spaces: list[bool]
    upos: list[str] | None = None
    morph: list[str] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    starts: list[bool] | None = None
    entities: list[str] | None = None
    doc: str = ""


def data_root() -> Path:
    """Return the folder of shared data: ``$LAGEBILD_DATA`` or ``../shared``."""
    return Path(os.environ.get("LAGEBILD_DATA", "../shared"))


def data_hash(paths: Sequence[Path]) -> str:
    """Return one SHA-256 over the contents of ``paths``, in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def of_sentences(sentences: Sequence[Sentence], style: str, *, entities: bool) -> Unit:
    """Join consecutive sentences into one unit."""
    words: list[Word] = [word for sentence in sentences for word in sentence.words]
    heads, starts = [], []
    base = 0
    for sentence in sentences:
        for k, word in enumerate(sentence.words):
            heads.append(base + (k if word.head < 0 else word.head))
            starts.append(k == 0)
        base += len(sentence.words)
    return Unit(
        style=style,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        upos=[word.upos for word in words],
        morph=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
        starts=starts,
        entities=[word.entity for word in words] if entities else None,
        doc=sentences[0].doc,
    )


def grouped(sentences: Sequence[Sentence], style: str, *, rnd: random.Random, entities: bool) -> list[Unit]:
    """Cut a run of sentences into units of 1 to 6 sentences and at most about 120 tokens, never across documents."""
    units, start = [], 0
    while start < len(sentences):
        want, end, size = rnd.randint(1, 6), start, 0
        while end < len(sentences) and end - start < want and sentences[end].doc == sentences[start].doc:
            size += len(sentences[end].words)
            if end > start and size > 120:
                break
            end += 1
        units.append(of_sentences(sentences[start:end], style, entities=entities))
        start = end
    return units


def trained_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a treebank file that are not held back."""
    limit = {"de_gsd-ud-test": GSD_TEST_TRAINED, "de_pud-ud-test": PUD_TRAINED}.get(path.stem)
    return [retokenized(sentence) for sentence in list(read_conllu(path))[:limit]]


def trained_records(path: Path) -> list[dict[str, object]]:
    """Return the records of an entity file that are not held back."""
    limit = GERMEVAL_TEST_TRAINED if path.stem == "germeval14_test" else None
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]


def retokenized(sentence: Sentence) -> Sentence:
    """Merge words that the tokenizer keeps whole (GSD and PUD split some hyphenated compounds) under the last part's tags."""
    text = "".join(word.form + " " * word.space for word in sentence.words)
    starts, offset = [], 0
    for word in sentence.words:
        starts.append(offset)
        offset += len(word.form) + word.space
    begin_of = {start: k for k, start in enumerate(starts)}
    end_of = {
        start + len(word.form): k for start, word in zip(starts, sentence.words, strict=True) for k in [begin_of[start]]
    }
    group = list(range(len(sentence.words)))
    for token in tokenizer()(text):
        first, last = begin_of.get(token.idx), end_of.get(token.idx + len(token))
        if first is not None and last is not None and last > first:
            group[first : last + 1] = [first] * (last + 1 - first)
    if group == list(range(len(group))):
        return sentence
    place = {first: k for k, first in enumerate(sorted(set(group)))}
    words = []
    for first in place:
        members = [k for k, owner in enumerate(group) if owner == first]
        parts = [sentence.words[k] for k in members]
        top = next((w for w in parts if w.head < 0 or group[w.head] != first), parts[-1])
        last = parts[-1]
        words.append(
            Word(
                form="".join(part.form for part in parts),
                space=last.space,
                lemma="".join([*(part.form for part in parts[:-1]), last.lemma]),
                upos=last.upos,
                morph=last.morph,
                head=-1 if top.head < 0 else place[group[top.head]],
                dep=top.dep,
                entity=parts[0].entity,
            )
        )
    return Sentence(doc=sentence.doc, words=tuple(words), text=sentence.text)


def of_record(text: str, entities: Sequence[tuple[int, int, str]], style: str) -> Iterator[Unit]:
    """Tokenise a text with character spans; one unit per line of at most 120 tokens, spans widened to whole tokens."""
    doc = tokenizer()(text)
    tags = ["O"] * len(doc)
    for start, end, label in sorted(entities):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or any(tag != "O" for tag in tags[span.start : span.end]):
            continue
        masked = label == "MISC" and style in UNMAPPED_MISC
        for k in range(span.start, span.end):
            tags[k] = MASKED if masked else ("B-" if k == span.start else "I-") + label
    words: list[str] = []
    spaces: list[bool] = []
    kept: list[str] = []
    for k, token in enumerate(doc):
        full = len(words) > 110 and not tags[k].startswith("I-")
        if (token.is_space or full) and words:
            yield Unit(style=style, words=words, spaces=spaces, entities=kept)
            words, spaces, kept = [], [], []
        if not token.is_space:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            kept.append(tags[k])
    if words:
        yield Unit(style=style, words=words, spaces=spaces, entities=kept)


def tree_units(root: Path, *, rnd: random.Random, further: Sequence[Path] = ()) -> list[Unit]:
    """Return the units of every treebank, and of the CoNLL-U files in ``further`` folders (read in GSD's style)."""
    units: list[Unit] = []
    for source in TREES:
        for name in source.files:
            path = root / "data" / name
            units += grouped(trained_sentences(path), source.style, rnd=rnd, entities=source.style == "corpus")
    for folder in further:
        for path in sorted(folder.glob("**/*.conllu")):
            units += grouped(trained_sentences(path), "gsd", rnd=rnd, entities=False)
    return units


def entity_units(root: Path, *, further: Sequence[Path] = ()) -> list[Unit]:
    """Return the units of every entity source, and of the JSONL files in ``further`` folders (in the corpus's style)."""
    files = [(root / "data" / name, source.style) for source in ENTITIES for name in source.files]
    files += [(path, "corpus") for folder in further for path in sorted(folder.glob("**/*.jsonl"))]
    units: list[Unit] = []
    for path, style in files:
        for record in trained_records(path):
            spans = [(int(s), int(e), str(label)) for s, e, label in record["ents"]]  # type: ignore[attr-defined]
            units += of_record(str(record["text"]), spans, style)
    return units
