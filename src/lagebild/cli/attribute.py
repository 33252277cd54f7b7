"""``lagebild attribute IN.jsonl --out OUT.jsonl``: who says what, in text whose words and sentences are given."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lagebild.cli.out import opened, problem_with
from lagebild.rules.lexicon import Lexicon
from lagebild.rules.table import LexiconError

Texts = list[list[list[str]]]
"""Per document its sentences, as words."""
SCHEMES = ("auto", "newsatt", "spkatt")


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "attribute",
        help="quotation attribution for pre-tokenised text",
        description="Read JSONL with Sentences (SentenceId, Tokens) and write the same documents with Annotations.",
    )
    parser.add_argument("input", type=Path, help="JSONL: doc, Sentences; see docs/speech.md; - for stdin")
    parser.add_argument("--out", type=Path, help="output file (default: standard output)")
    parser.add_argument(
        "--scheme",
        choices=SCHEMES,
        default="auto",
        help="newsatt: news, five forms; spkatt: parliamentary speeches, cues and roles; auto: told from the input",
    )
    parser.add_argument("--lexicon", type=Path, help="folder of own rows laid over ours")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Return 0; 1 where some lines could not be read, 2 for a bad lexicon, 3 where no input could be read."""
    if args.out and (problem := problem_with(args.out, [str(args.input)])) is not None:
        print(f"lagebild attribute: {problem}", file=sys.stderr)
        return 2
    try:
        lexicon = Lexicon(args.lexicon)
        rows, bad = read(args.input)
    except LexiconError as error:
        print(f"lagebild attribute: {error}", file=sys.stderr)
        return 2
    except (OSError, UnicodeDecodeError) as error:
        print(f"lagebild attribute: {args.input} cannot be read: {error}", file=sys.stderr)
        return 3
    for message in bad:
        print(f"lagebild attribute: {message}", file=sys.stderr)
    if not rows:
        print(f"lagebild attribute: {args.input} holds no document", file=sys.stderr)
        return 3
    scheme = told_scheme(rows) if args.scheme == "auto" else args.scheme
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in attributed(rows, scheme, lexicon))
    try:
        with opened(args.out) as out:
            out.writelines(lines)
    except RuntimeError as error:
        print(f"lagebild attribute: {error}", file=sys.stderr)
        return 2
    return 1 if bad else 0


def read(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the documents, and a message for every line that is none."""
    rows, bad = [], []
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    for number, line in enumerate(data.decode("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            bad.append(f"{path}:{number}: skipped, is no JSON ({error})")
            continue
        if (lack := lacking(row)) is None:
            rows.append(row)
        else:
            bad.append(f"{path}:{number}: skipped, {lack}; docs/speech.md shows what a line holds")
    return rows, bad


def lacking(row: Any) -> str | None:
    """Return what a line lacks to be a document, None where it is one."""
    sentences = row.get("Sentences") if isinstance(row, dict) else None
    if not isinstance(sentences, list) or not all(isinstance(s, dict) for s in sentences):
        return "has no list 'Sentences' of objects"
    for place, sentence in enumerate(sentences):
        tokens = sentence.get("Tokens")
        if not isinstance(tokens, list) or not all(isinstance(word, str) for word in tokens):
            return f"sentence {place} has no list 'Tokens' of strings"
        if "SentenceId" not in sentence:
            return f"sentence {place} has no 'SentenceId'"
    return None


def told_scheme(rows: list[dict[str, Any]]) -> str:
    """Tell news from parliamentary speeches by their annotations, else by the name and the salutation."""
    for row in rows:
        for annotation in row.get("Annotations", ()):
            return "newsatt" if "Form" in annotation or "Frame" in annotation else "spkatt"
    speeches = sum(map(looks_like_speech, rows))
    return "spkatt" if rows and speeches * 2 > len(rows) else "newsatt"


def looks_like_speech(row: dict[str, Any]) -> bool:
    """Tell a speech by its first words ("Sehr geehrte Frau Präsidentin!") or by how often "ich" and "wir" speak."""
    words = [word.lower() for s in row["Sentences"] for word in s["Tokens"]]
    salutation = {"präsident", "präsidentin", "kolleginnen", "damen"} & set(words[:30])
    return bool(salutation) or sum(word in ("ich", "wir", "sie") for word in words) > 0.03 * max(len(words), 1)


def attributed(rows: list[dict[str, Any]], scheme: str, lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """Yield each document with its annotations replaced by ours."""
    texts = [[s["Tokens"] for s in row["Sentences"]] for row in rows]
    found = news(rows, texts, lexicon) if scheme == "newsatt" else speeches(rows, texts, lexicon)
    for row, written in zip(rows, found, strict=True):
        yield row | {"Annotations": written}


def news(rows: list[dict[str, Any]], texts: Texts, lexicon: Lexicon) -> Iterator[list[dict[str, Any]]]:
    """Yield the quotations of each document."""
    from lagebild.language.given import parse_given
    from lagebild.layers.speech.attribute import news_annotations

    for row, doc in zip(rows, parse_given(texts), strict=True):
        yield news_annotations(doc, row["Sentences"], lexicon)


def speeches(rows: list[dict[str, Any]], texts: Texts, lexicon: Lexicon) -> Iterator[list[dict[str, Any]]]:
    """Yield the speech events of each document."""
    from lagebild.language.states import parse_joined
    from lagebild.layers.speech.attribute import speech_annotations

    for row, (doc, states) in zip(rows, parse_joined(texts), strict=True):
        yield speech_annotations(doc, row["Sentences"], lexicon, states=states)
