"""``lagebild code``: pages in, records out."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from lagebild.export.writers import Writer
    from lagebild.records import Article, Records

FORMATS = ("table", "json", "jsonl", "csv")


def add_parser(commands: Any) -> None:
    """Add ``code`` to the commands."""
    parser = commands.add_parser("code", help="read pages and print who did or said what", description=__doc__)
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="file, folder, address, JSONL file or - for stdin")
    parser.add_argument("--date", metavar="D", help="day of publication (YYYY-MM-DD) of pages that do not tell it")
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of --out, else table")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write here instead of the terminal")
    parser.add_argument("--lexicon", metavar="DIR", type=Path, help="your own lexicon rows, laid over ours")
    parser.add_argument(
        "--explain", action="store_true", help="show for each field the rule, its words and the versions"
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="processes to use (default 1)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Code every source; print each refusal with what to do; return the exit code."""
    from lagebild.page import Refusal, read_all
    from lagebild.rules.lexicon import Lexicon
    from lagebild.rules.table import LexiconError

    if (problem := _wrong_use(args)) is not None:
        print(f"lagebild code: {problem}", file=sys.stderr)
        return 2
    try:
        lexicon = Lexicon(args.lexicon)
        lexicon.check()
    except LexiconError as error:
        print(f"lagebild code: the lexicon has errors\n{error}", file=sys.stderr)
        return 2
    refused = 0

    def articles() -> Iterator[Article]:
        nonlocal refused
        for item in read_all(args.sources, date=args.date):
            if isinstance(item, Refusal):
                refused += 1
                print(f"lagebild: {item.name}: {item.reason}. {item.advice}", file=sys.stderr)
            else:
                yield item

    done = 0
    with _output(args.out) as stream:
        writer = _writer(args.format or _by_ending(args.out), stream, explain=args.explain)
        with _progress() as advance, contextlib.closing(_coded(articles(), lexicon, args)) as coded:
            try:
                for records in coded:
                    writer.feed(records)
                    done += 1
                    advance()
            finally:
                writer.finish()
    if refused and not done:
        return 3
    return 1 if refused else 0


def _coded(
    articles: Iterable[Article], lexicon: Any, args: argparse.Namespace
) -> Generator[Records, None, None]:
    if args.jobs > 1:
        from lagebild.parallel import code_parallel

        yield from code_parallel(articles, jobs=args.jobs, overlay=args.lexicon)
    else:
        from lagebild.pipeline import code_all

        yield from code_all(articles, lexicon=lexicon)


def _wrong_use(args: argparse.Namespace) -> str | None:
    import datetime

    if args.jobs < 1:
        return "--jobs must be 1 or more"
    if args.date:
        try:
            datetime.date.fromisoformat(args.date)
        except ValueError:
            return f"--date {args.date!r} is not a day like 2014-10-14"
    if args.out and not args.out.absolute().parent.is_dir():
        return f"--out {args.out}: there is no folder {args.out.parent}"
    return None


def _by_ending(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return ending if ending in FORMATS else "table"


@contextlib.contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
    else:
        with out.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def _writer(name: str, stream: TextIO, *, explain: bool) -> Writer:
    if name == "table":
        from lagebild.export.table import TableWriter

        return TableWriter(stream, explain=explain)
    from lagebild.export.writers import CsvWriter, JsonlWriter, JsonWriter

    kinds: dict[str, type[JsonWriter] | type[JsonlWriter] | type[CsvWriter]] = {
        "json": JsonWriter,
        "jsonl": JsonlWriter,
        "csv": CsvWriter,
    }
    return kinds[name](stream, explain=explain)


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Show a running count on stderr when somebody watches; stay quiet when piped."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("articles"), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("articles", total=None)
        yield lambda: progress.advance(task)
