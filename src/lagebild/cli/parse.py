"""``lagebild parse``: what the language pipeline makes of a text: sentences, entities, trees."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add_parser(commands: Any) -> None:
    """Add ``parse`` to the commands."""
    parser = commands.add_parser("parse", help="print sentences, entities and trees of a page", description=__doc__)
    parser.add_argument("sources", nargs="+", metavar="FILE", help="file, folder, address, JSONL file or - for stdin")
    parser.add_argument("--conllu", action="store_true", help="print CoNLL-U instead of an indented tree")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each article's analysis."""
    from lagebild.language import parse
    from lagebild.language.show import conllu, tree
    from lagebild.page import Refusal, read_all

    show = conllu if args.conllu else tree
    refused = done = 0
    for item in read_all(args.sources):
        if isinstance(item, Refusal):
            refused += 1
            print(f"lagebild: {item.name}: {item.reason}. {item.advice}", file=sys.stderr)
            continue
        for article, doc in parse([item], text_of=lambda article: article.text):
            for line in show(doc, name=article.doc or article.id):
                print(line)
        done += 1
    if refused and not done:
        return 3
    return 1 if refused else 0
