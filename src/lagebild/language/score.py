"""Scores a pipeline on gold files as the CoNLL 2018 shared task does: own tokens over the running text, then aligned.

A gold word counts as found only when a predicted token has exactly its characters (white space aside); every score is
an F1 in percent. Contractions of the gold are merged as in training.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from lagebild.language.conllu import Sentence, read_conllu, short_morph

Spans = set[tuple[int, int, str]]
MEASURES = ("uas", "las", "las_subtypes", "upos", "lemma", "morph")


@dataclass(frozen=True)
class Token:
    """A word by its characters, counted without white space; ``head`` is the head's (start, end), None for a root."""

    start: int
    end: int
    upos: str
    lemma: str
    morph: str
    mood: str
    head: tuple[int, int] | None
    dep: str


@dataclass(frozen=True)
class Reading:
    """One text as gold or as a pipeline sees it; ``None`` where the file does not say."""

    tokens: tuple[Token, ...] | None
    sentences: frozenset[tuple[int, int]] | None
    entities: Spans | None


def score_file(nlp: Language, path: Path) -> dict[str, float]:
    """Return the scores of one CoNLL-U or entity JSONL file. Raises ``ValueError`` on another kind of file."""
    if path.suffix == ".conllu":
        return score_texts(nlp, tree_texts(list(read_conllu(path))))
    if path.suffix == ".jsonl":
        return score_texts(nlp, entity_texts(path.read_text(encoding="utf-8").splitlines()))
    raise ValueError(f"{path}: neither .conllu nor .jsonl")


def score_texts(nlp: Language, pairs: Iterable[tuple[str, Reading]]) -> dict[str, float]:
    """Return the scores over running texts with their gold readings, and the speed of the pipeline on them."""
    pairs = list(pairs)
    begun = time.perf_counter()
    docs = list(nlp.pipe([text for text, _ in pairs], batch_size=32))
    seconds = time.perf_counter() - begun
    counts: Counter[str] = Counter()
    labels = {label for _, gold in pairs for _, _, label in gold.entities or ()}
    for doc, (_, gold) in zip(docs, pairs, strict=True):
        compare(gold, reading_of(doc), labels, counts)
    words = sum(not token.is_space for doc in docs for token in doc)
    return {"words": float(words), **_percentages(counts), "words_per_second": float(round(words / max(seconds, 1e-9)))}


def tree_texts(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Reading]]:
    """Yield one running text a document with its gold reading; sentences are joined as their spacing says."""
    tagged = any(word.entity != "O" for sentence in sentences for word in sentence.words)
    for _, group in groupby(sentences, key=lambda sentence: sentence.doc):
        yield _gold_trees(list(group), entities=tagged)


def entity_texts(lines: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Yield the texts of entity records (JSON lines with ``text`` and ``ents``) with their gold reading."""
    for line in lines:
        record = json.loads(line)
        squeezed = _squeezer(record["text"])
        spans = {(squeezed[start], squeezed[end], label) for start, end, label in record["ents"]}
        yield record["text"], Reading(tokens=None, sentences=None, entities=spans)


def _gold_trees(sentences: Sequence[Sentence], *, entities: bool) -> tuple[str, Reading]:
    text: list[str] = []
    tokens: list[Token] = []
    bounds: set[tuple[int, int]] = set()
    spans: Spans = set()
    offset = 0
    for sentence in sentences:
        places = []
        for word in sentence.words:
            size = len("".join(word.form.split()))
            places.append((offset, offset + size))
            offset += size
            text.append(word.form + " " * word.space)
        bounds.add((places[0][0], places[-1][1]))
        for word, (start, end) in zip(sentence.words, places, strict=True):
            head = None if word.head < 0 else places[word.head]
            tokens.append(Token(start, end, word.upos, word.lemma, word.morph, _mood(word.morph), head, word.dep))
        spans |= bio_spans([word.entity for word in sentence.words], places)
    return "".join(text).rstrip(), Reading(tuple(tokens), frozenset(bounds), spans if entities else None)


def bio_spans(tags: Sequence[str], places: Sequence[tuple[int, int]]) -> Spans:
    """Return (start, end, label) of BIO tags over words at ``places``."""
    spans: Spans = set()
    opened: tuple[int, str] | None = None
    for k, tag in enumerate([*tags, "O"]):
        if opened and tag != f"I-{opened[1]}":
            spans.add((opened[0], places[k - 1][1], opened[1]))
            opened = None
        if tag.startswith("B-") or (tag.startswith("I-") and not opened):
            opened = (places[k][0], tag[2:])
    return spans


def reading_of(doc: Doc) -> Reading:
    """Return what a pipeline made of a text."""
    squeezed = _squeezer(doc.text)
    tokens, bounds = [], set()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            bounds.add((squeezed[words[0].idx], squeezed[words[-1].idx + len(words[-1])]))
        for token in words:
            head = token.head
            where = None if head is token or head == token else (squeezed[head.idx], squeezed[head.idx + len(head)])
            start, end = squeezed[token.idx], squeezed[token.idx + len(token)]
            morph = short_morph(str(token.morph) or "_", token.pos_)
            dep = "ROOT" if where is None else token.dep_
            tokens.append(Token(start, end, token.pos_, token.lemma_, morph, _mood(morph), where, dep))
    spans = {(squeezed[ent.start_char], squeezed[ent.end_char], ent.label_) for ent in doc.ents}
    return Reading(tuple(tokens), frozenset(bounds), spans)


def compare(gold: Reading, found: Reading, labels: set[str], counts: Counter[str]) -> None:
    """Add gold, found and right numbers to ``counts``; entity labels the file never uses are not counted."""
    if gold.entities is not None:
        spans = {span for span in found.entities or () if span[2] in labels}
        counts.update(ents_gold=len(gold.entities), ents_found=len(spans), ents_right=len(gold.entities & spans))
    if gold.tokens is None or gold.sentences is None or found.tokens is None or found.sentences is None:
        return
    counts.update(
        sents_gold=len(gold.sentences),
        sents_found=len(found.sentences),
        sents_right=len(gold.sentences & found.sentences),
    )
    counts.update(words_gold=len(gold.tokens), words_found=len(found.tokens))
    counts.update(
        mood_gold=sum(bool(t.mood) for t in gold.tokens),
        mood_found=sum(bool(t.mood) for t in found.tokens),
        mood_sub_gold=sum(t.mood == "Sub" for t in gold.tokens),
        mood_sub_found=sum(t.mood == "Sub" for t in found.tokens),
    )
    by_place = {(t.start, t.end): t for t in found.tokens}
    for word in gold.tokens:
        token = by_place.get((word.start, word.end))
        if token is not None:
            counts.update(_right(word, token))


def _right(word: Token, token: Token) -> Iterable[str]:
    yield "tokens_right"
    if word.head == token.head:
        yield "uas_right"
        if word.dep.split(":")[0] == token.dep.split(":")[0]:
            yield "las_right"
        if word.dep == token.dep:
            yield "las_subtypes_right"
    for name in ("upos", "lemma", "morph"):
        if getattr(word, name) == getattr(token, name):
            yield f"{name}_right"
    if word.mood and word.mood == token.mood:
        yield "mood_right"
        if word.mood == "Sub":
            yield "mood_sub_right"


def _percentages(counts: Counter[str]) -> dict[str, float]:
    def f1(right: str, gold: str, found: str) -> float:
        return round(200 * counts[right] / max(counts[gold] + counts[found], 1), 2)

    out: dict[str, float] = {}
    if counts["words_gold"]:
        for name in ("tokens", *MEASURES):
            out[name] = f1(f"{name}_right", "words_gold", "words_found")
        for name in ("mood", "mood_sub", "sents"):
            out[f"{name}_f"] = f1(f"{name}_right", f"{name}_gold", f"{name}_found")
        out["mood_f1"] = out.pop("mood_f")
        out["mood_sub_f1"] = out.pop("mood_sub_f")
    if counts["ents_gold"]:
        out["ents_f"] = f1("ents_right", "ents_gold", "ents_found")
        out["ents_p"] = round(100 * counts["ents_right"] / max(counts["ents_found"], 1), 2)
        out["ents_r"] = round(100 * counts["ents_right"] / counts["ents_gold"], 2)
    return out


def _mood(morph: str) -> str:
    return next((part[5:] for part in morph.split("|") if part.startswith("Mood=")), "")


def _squeezer(text: str) -> list[int]:
    """Return, for each offset of ``text``, the number of characters before it that are no white space."""
    out, n = [0], 0
    for char in text:
        n += not char.isspace()
        out.append(n)
    return out
