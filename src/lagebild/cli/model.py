"""``lagebild model score``: how good the packaged language pipeline is on gold files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    """Add ``model`` to the commands."""
    model = commands.add_parser("model", help="the language pipeline", description=__doc__)
    actions = model.add_subparsers(metavar="ACTION", required=True)
    score = actions.add_parser(
        "score",
        help="score CoNLL-U files (entities as NER= in MISC) or entity JSONL files",
        description="Tokenise, tag and parse the running text of each file and compare: F1 in percent.",
    )
    score.add_argument("files", nargs="+", metavar="FILE", type=Path, help="CoNLL-U (.conllu) or entities (.jsonl)")
    score.add_argument("--json", action="store_true", help="print one JSON object, file -> scores")
    score.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Score every file; files that cannot be read are named on stderr. Returns 0, 1 (some unread) or 3 (none read)."""
    from lagebild.language import load
    from lagebild.language.score import score_file

    nlp, scores, failed = load(), {}, 0
    for path in args.files:
        try:
            scores[str(path)] = score_file(nlp, path)
        except (OSError, ValueError, KeyError) as error:
            failed += 1
            print(f"lagebild model score: {path}: {error}", file=sys.stderr)
    if args.json:
        print(json.dumps(scores, ensure_ascii=False, indent=2))
    else:
        for name, row in scores.items():
            print(name)
            print(*(f"  {measure:18} {value:>10.2f}" for measure, value in row.items()), sep="\n")
    return 0 if not failed else 1 if scores else 3
