"""Trains the two votes of the status layer: ``python -m model.status``.

Each is the mean of two: one learnt on ``corpus/train`` alone, on its own trees and on the pipeline's (so that parse errors
are seen in training as they are met later), and one learnt on that and the sheets. The first is better on real news, the
second on the corpus, the mean on both (docs/status.md). Events, their types and actors are the gold ones; dates are those
the program finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.data import GOLD, gold_rows
from bench.sheets import read_sheets
from spacy.tokens import Doc

from lagebild.language.conllu import Sentence, read_conllu
from lagebild.language.load import load, parse
from lagebild.layers.dates import find_dates
from lagebild.layers.earlier import Earlier
from lagebild.layers.linear import WEIGHTS
from lagebild.layers.status.content import candidates, content_features
from lagebild.layers.status.context import Context
from lagebild.layers.status.features import status_features
from lagebild.layers.status.layer import status_scope
from lagebild.records import Actor, Article, Event, Span
from lagebild.rules.lexicon import Lexicon
from model.linear import mean, train

STATUS_STRENGTH, CONTENT_STRENGTH = 0.1, 0.1  # C; best of 0.03, 0.1, 0.3, 1 on corpus/dev
WIDE = 0.6
"""Weight of the vote that also learnt on the sheets; 0.4 to 0.6 do the same."""
Example = tuple[list[str], str]


def main() -> None:
    """Train both votes and write their weights."""
    found: dict[str, list[tuple[list[Example], list[Example]]]] = {}
    lexicon = Lexicon()
    for part, articles in (("corpus", documents()), ("sheets", sheets())):
        found[part] = []
        for row, doc in articles:
            context = Context(doc, lexicon.derived(status_scope), earlier_of(row, doc, lexicon))
            found[part].append((list(status_examples(row, context)), list(content_examples(row, context))))
    for number, name, strength in ((0, "status", STATUS_STRENGTH), (1, "status_content", CONTENT_STRENGTH)):
        narrow = [example for pair in found["corpus"] for example in pair[number]]
        wide = narrow + [example for pair in found["sheets"] for example in pair[number]]
        votes = [train(examples, strength=strength, minimum=3) for examples in (narrow, wide)]
        mean(*votes, share=WIDE).save(WEIGHTS / f"{name}.npz")
        print(f"{name}: {len(narrow)} and {len(wide)} examples")


def status_examples(row: dict[str, Any], context: Context) -> Iterator[Example]:
    """Yield what the status vote learns from one article."""
    for index, gold in enumerate(row["events"]):
        if context.tokens[index]:
            yield status_features(context, index), gold["status"]


def content_examples(row: dict[str, Any], context: Context) -> Iterator[Example]:
    """Yield what the content vote learns from one article: every pair it will be asked about."""
    for index, gold in enumerate(row["events"]):
        if context.tokens[index]:
            for outer in candidates(context, index):
                enclosed = gold["content_of"] == outer.index
                yield content_features(context, index, outer), "yes" if enclosed else "no"


def documents() -> Iterator[tuple[dict[str, Any], Doc]]:
    """Yield each training article twice: with its own trees, and parsed."""
    rows = gold_rows("corpus-train")
    sentences: dict[str, list[Sentence]] = {}
    for sentence in read_conllu(GOLD / "corpus/train.conllu"):
        sentences.setdefault(sentence.doc, []).append(sentence)
    for row in rows:
        yield row, tree_doc(sentences[row["doc"]])
    yield from parse(rows, text_of=lambda row: str(row["text"]))


def sheets() -> Iterator[tuple[dict[str, Any], Doc]]:
    """Yield the articles of the sheets that tell of events, parsed."""
    yield from parse([row for row in read_sheets() if row["events"]], text_of=lambda row: str(row["text"]))


def tree_doc(sentences: list[Sentence]) -> Doc:
    """Build the Doc of an article from its gold trees."""
    words = [word for sentence in sentences for word in sentence.words]
    heads: list[int] = []
    starts: list[bool | int | None] = []
    base = 0
    for sentence in sentences:
        heads += [base + (word.head if word.head >= 0 else i) for i, word in enumerate(sentence.words)]
        starts += [i == 0 for i in range(len(sentence.words))]
        base += len(sentence.words)
    return Doc(
        load().vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        pos=[word.upos for word in words],
        lemmas=[word.lemma for word in words],
        morphs=[word.morph for word in words],
        deps=[word.dep for word in words],
        heads=heads,
        sent_starts=starts,
    )


def earlier_of(row: dict[str, Any], doc: Doc, lexicon: Lexicon) -> Earlier:
    """Return what the layer would find before it: the gold events, bare, and the dates."""
    article = Article(id=row["doc"], text=doc.text, published=row.get("date"))
    earlier = Earlier(article=article, doc=doc)
    earlier.dates = tuple(find_dates(doc, lexicon, earlier))
    earlier.events = tuple(gold_event(doc.text, number, gold) for number, gold in enumerate(row["events"]))
    return earlier


def gold_event(text: str, number: int, gold: dict[str, Any]) -> Event:
    """Make an Event of a gold line, without what the layer has to find out."""

    def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end, text[start:end]) for start, end in pairs if end > start)

    def actors(mentions: list[dict[str, Any]]) -> tuple[Actor, ...]:
        return tuple(
            Actor(
                span=next(iter(spans([[m["start"], m["end"]]])), None),
                name=None,
                code=None if m.get("code") == "-" else m.get("code"),
                how="named",
            )
            for m in mentions
        )

    return Event(
        id=number,
        type=gold["type"],
        mode=gold["mode"],
        trigger=spans(gold["trigger"]),
        actors=actors(gold["actors"]),
        recipients=actors(gold["recipients"]),
    )


if __name__ == "__main__":
    main()
