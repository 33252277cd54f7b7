"""``lagebild``: the commands and their exit codes.

Exit codes: 0 everything was read; 1 some inputs were refused, the others are done; 2 wrong use of the command line, a bad
lexicon or a file that cannot be written; 3 no input could be read; 130 interrupted (what was written until then stays).
"""

from __future__ import annotations

import argparse
import atexit
import gc
import signal
import sys
import threading
from collections.abc import Sequence

from lagebild.cli import code, ledger, lexicon, parse
from lagebild.version import __version__

GARBAGE = (500_000, 20, 100)
"""How many new objects between two searches for unreachable cycles: tables and weights bring 240,000, and none to find."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    gc.set_threshold(*GARBAGE)
    atexit.register(gc.freeze)  # what is there at the end is let go as it is: three searches for cycles took 0.3 s
    parser = build_parser()
    args = parser.parse_args(argv)
    if not args.version and not hasattr(args, "run"):
        parser.print_help()
        return 2
    if threading.current_thread() is threading.main_thread():
        signal.signal(
            signal.SIGTERM, signal.default_int_handler
        )  # a batch system's end is an interruption like any other
    try:
        if args.version:
            print(_versions())
            return 0
        return int(args.run(args))
    except KeyboardInterrupt:
        print("lagebild: interrupted; what was written until now stays", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `lagebild ... | head`: the reader has enough
        sys.stderr.close()
        return 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with all commands; the documentation test walks through it."""
    parser = argparse.ArgumentParser(
        prog="lagebild",
        description="Reads German-language news pages and keeps a sourced record of world politics.",
    )
    parser.add_argument("--version", action="store_true", help="versions of program, language model and lexicon")
    commands = parser.add_subparsers(metavar="COMMAND")
    for module in (code, parse, lexicon, ledger):
        module.add_parser(commands)
    _add_optional(commands)
    return parser


def _add_optional(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from lagebild.cli import attribute, model

    attribute.add_parser(commands)
    model.add_parser(commands)


def _versions() -> str:
    from lagebild.language import model_version
    from lagebild.rules.lexicon import Lexicon

    return f"lagebild {__version__}\nmodel {model_version()}\nlexicon {Lexicon().version}"
