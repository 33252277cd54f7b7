"""``lagebild lexicon``: check the tables, or show their rows."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    """Add ``lexicon check`` and ``lexicon show`` to the commands."""
    parser = commands.add_parser("lexicon", help="check or show the lexicon", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    check = actions.add_parser("check", help="name every bad row by file and line")
    check.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="your own rows (default: only ours)")
    check.set_defaults(run=run_check)
    show = actions.add_parser("show", help="list the tables, or the rows of one that contain a word")
    show.add_argument("table", nargs="?", metavar="TABLE", help="for example de/speech_verbs.tsv")
    show.add_argument("word", nargs="?", metavar="WORD", help="only rows that contain this")
    show.add_argument("--lexicon", metavar="DIR", type=Path, help="your own rows, laid over ours")
    show.set_defaults(run=run_show)


def run_check(args: argparse.Namespace) -> int:
    """Print every problem; return 0 where there is none, else 2."""
    from lagebild.rules.lexicon import Lexicon
    from lagebild.rules.table import LexiconError

    try:
        counts = Lexicon(args.folder).check()
    except LexiconError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s)", file=sys.stderr)
        return 2
    print(f"{sum(counts.values())} rows in {len(counts)} tables, no problem")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Print the tables with their row counts, or rows of one table as lines for an own one; 1 where there is none."""
    from lagebild.rules.lexicon import Lexicon
    from lagebild.rules.table import LexiconError, header, line_of
    from lagebild.rules.tables import TABLES

    try:
        lexicon = Lexicon(args.lexicon)
        if args.table is None:
            for name in sorted(TABLES):
                print(f"{len(lexicon.rows(name, TABLES[name])):7d}  {name}")
            return 0
        tables = _tables(args.table, list(TABLES))
        if len(tables) != 1:
            problem = f"{args.table!r} can be {' or '.join(tables)}" if tables else f"no table {args.table!r}"
            print(f"lagebild lexicon show: {problem}; `lagebild lexicon show` lists them all", file=sys.stderr)
            return 2
        row_type: type[object] = TABLES[tables[0]]
        lines = map(line_of, lexicon.rows(tables[0], row_type))
        found = [line for line in lines if args.word is None or args.word.casefold() in line.casefold()]
    except LexiconError as error:
        print(error, file=sys.stderr)
        return 2
    if not found:
        print(f"lagebild lexicon show: no row of {tables[0]} contains {args.word!r}", file=sys.stderr)
        return 1
    print(header(row_type), *found, sep="\n")
    return 0


def _tables(name: str, tables: list[str]) -> list[str]:
    """The tables that ``name`` can mean, its folder and ending left out or not."""
    if name in tables:
        return [name]
    return [table for table in tables if Path(table).name in (name, f"{name}.tsv") or table == f"{name}.tsv"]
