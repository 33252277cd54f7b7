"""``python -m bench.model``: scores of the language pipeline on every test part it never learnt from (docs/model.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from bench.data import GOLD, SHARED
from lagebild.language.conllu import read_conllu
from lagebild.language.load import load
from lagebild.language.score import Reading, entity_texts, score_texts, tree_texts

FLOORS = Path(__file__).parent / "floors_model.json"
CORPUS_DEV = GOLD / "corpus" / "dev.conllu"
GSD_HELD_FROM, PUD_HELD_FROM, GERMEVAL_HELD_FROM = 700, 700, 3600  # as in model/sources.py
Texts = Iterable[tuple[str, Reading]]
MEASURES = (
    "uas", "las", "las_subtypes", "upos", "lemma", "morph", "mood_f1", "mood_sub_f1", "tokens", "sents_f", "ents_f"
)  # fmt: skip


def trees(path: Path, skip: int = 0) -> Texts:
    return tree_texts(list(read_conllu(path))[skip:])


def entities(path: Path, skip: int = 0) -> Texts:
    return entity_texts(path.read_text(encoding="utf-8").splitlines()[skip:])


def parts() -> Iterator[tuple[str, Callable[[], Texts] | None]]:
    """Yield each test part with a reader of its texts; None where its file is not at hand."""
    yield "corpus_dev", lambda: trees(CORPUS_DEV)
    held: tuple[tuple[str, str, Callable[[Path, int], Texts], int], ...] = (
        ("gsd_test_held", "ud/de_gsd-ud-test.conllu", trees, GSD_HELD_FROM),
        ("pud_held", "ud/de_pud-ud-test.conllu", trees, PUD_HELD_FROM),
        ("uner_pud", "ner/uner_pud_de_test.jsonl", entities, 0),
        ("uner_pud_held", "ner/uner_pud_de_test.jsonl", entities, PUD_HELD_FROM),
        ("germeval14_test_held", "ner/germeval14_test.jsonl", entities, GERMEVAL_HELD_FROM),
    )
    for name, file, read, skip in held:
        path = SHARED / "data" / file
        yield name, (lambda path=path, read=read, skip=skip: read(path, skip)) if path.exists() else None


def measure(nlp: Language) -> dict[str, dict[str, float]]:
    """Return the scores of every part at hand."""
    return {name: score_texts(nlp, texts()) for name, texts in parts() if texts is not None}


def below(scores: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return one line for each figure under its floor, or a floor's figure that is missing from a measured part."""
    return [
        f"{part} {name}: {scores[part].get(name, 0.0)} is below its floor {floor}"
        for part, wanted in floors.items()
        if part in scores
        for name, floor in wanted.items()
        if scores[part].get(name, 0.0) < floor
    ]


def table(scores: dict[str, dict[str, float]]) -> str:
    """Return a Markdown table: one row a test part."""
    names = [*MEASURES, "words_per_second"]
    lines = ["| part | words | " + " | ".join(names) + " |", "|---" * (len(names) + 2) + "|"]
    for part, row in scores.items():
        cells = [
            f"{row[name]:.0f}" if name == "words_per_second" else f"{row[name]:.2f}" if name in row else ""
            for name in names
        ]
        lines.append(f"| {part} | {row['words']:.0f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, hold against the floors."""
    scores = measure(load())
    print(table(scores))
    problems = below(scores, json.loads(FLOORS.read_text(encoding="utf-8")))
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
