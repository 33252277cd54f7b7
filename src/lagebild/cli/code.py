"""``lagebild code``: pages in, records out."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from lagebild.cli.out import held, opened, problem_with

if TYPE_CHECKING:
    from lagebild.export.rows import What
    from lagebild.export.writers import Writer
    from lagebild.records import Article, Records
    from lagebild.rules.lexicon import Lexicon

FORMATS = ("table", "json", "jsonl", "csv")
WHAT = ("events", "statements")


def add_parser(commands: Any) -> None:
    """Add ``code`` to the commands."""
    parser = commands.add_parser("code", help="read pages and print who did or said what", description=__doc__)
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="file, folder, address, JSONL file or - for stdin")
    parser.add_argument("--date", metavar="D", help="day of publication (YYYY-MM-DD) of pages that do not tell it")
    parser.add_argument("--format", choices=FORMATS, help="default: by the ending of --out, else table")
    parser.add_argument("--what", choices=WHAT, help="rows of table and csv: what happens (default), or who says what")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write here instead of the terminal")
    parser.add_argument("--lexicon", metavar="DIR", type=Path, help="your own lexicon rows, laid over ours")
    parser.add_argument(
        "--explain", action="store_true", help="show for each field the rule, its words and the versions"
    )
    parser.add_argument(
        "--ledger", metavar="DIR", help="keep the records in this ledger; what it holds is not coded again"
    )
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="processes to use (default 1)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Code every source; print each refusal with what to do; return the exit code."""
    from lagebild.rules.lexicon import Lexicon
    from lagebild.rules.table import LexiconError

    if (problem := _wrong_use(args)) is not None:
        print(f"lagebild code: {problem}", file=sys.stderr)
        return 2
    try:
        lexicon = Lexicon(args.lexicon)
        if args.lexicon:
            lexicon.check()
        return Coding(args, lexicon).run()
    except LexiconError as error:
        print(f"lagebild code: the lexicon has errors\n{error}", file=sys.stderr)
        return 2
    except RuntimeError as error:  # what the ledger and the language model raise: the message says what to do
        print(f"lagebild code: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:  # no space left, a disk that is gone
        print(f"lagebild code: writing stopped: {error.strerror or error}", file=sys.stderr)
        return 2


class Coding:
    """One run of ``lagebild code``."""

    def __init__(self, args: argparse.Namespace, lexicon: Lexicon):
        self.args, self.lexicon = args, lexicon
        self.done = self.refused = self.read = self.unseen = 0
        self.interrupted = False

    def run(self) -> int:
        """Read, code, print and keep; what is done when the user interrupts is printed and kept."""
        args = self.args
        with opened(args.out) as stream, _progress() as advance:
            writer = _writer(_format(args), stream, explain=args.explain, what=args.what or "events")
            try:
                for _ in self._kept(self._fed(writer, advance)):
                    pass
            finally:
                writer.finish()
        if self.interrupted:
            raise KeyboardInterrupt
        if self.refused:
            return 1 if self.done else 3
        return 0

    def _articles(self) -> Iterator[Article]:
        from lagebild.page import Refusal, read_all

        for item in read_all(self.args.sources, date=self.args.date, lexicon=self.lexicon):
            if isinstance(item, Refusal):
                self.refused += 1
                print(f"lagebild: {item.name}: {item.reason}. {item.advice}", file=sys.stderr)
            else:
                self.read += 1
                yield item

    def _coded(self, articles: Iterable[Article]) -> Generator[Records, None, None]:
        if self.args.jobs > 1:
            from lagebild.parallel import code_parallel

            jobs, stopped = self.args.jobs, lambda: self.interrupted
            yield from code_parallel(articles, jobs=jobs, lexicon=self.lexicon, stopped=stopped)
        else:
            from lagebild.pipeline import code_all

            yield from code_all(articles, lexicon=self.lexicon)

    def _fed(self, writer: Writer, advance: Callable[[], None]) -> Iterator[Records]:
        articles = self._unseen() if self.args.ledger else self._articles()
        with contextlib.closing(self._coded(articles)) as coded:
            try:
                for records in coded:
                    if records.notes:
                        self.refused += 1
                        print(f"lagebild: {records.article.doc}: {'; '.join(records.notes)}", file=sys.stderr)
                        continue
                    with held() as pending:  # an article is written whole or not at all
                        writer.feed(records)
                        self.done += 1
                        advance()
                    yield records
                    self.interrupted |= bool(pending)
                    if self.interrupted and self.args.jobs == 1:  # what several have done still comes
                        return
            except KeyboardInterrupt:  # end here, so that what is coded is kept
                self.interrupted = True

    def _unseen(self) -> Iterator[Article]:
        from lagebild.ledger.store import Store
        from lagebild.ledger.write import unseen
        from lagebild.pipeline import versions_of

        store = Store(self.args.ledger)
        store.create()
        for article in unseen(store, self._articles(), versions_of(self.lexicon)):
            self.unseen += 1
            yield article

    def _kept(self, coded: Iterator[Records]) -> Iterator[object]:
        if not self.args.ledger:
            yield from coded
            return
        from lagebild.ledger.build import build
        from lagebild.ledger.store import Store
        from lagebild.ledger.write import write

        store = Store(self.args.ledger)
        written = write(store, coded, source=" ".join(map(str, self.args.sources)))
        yield written
        built = build(store)
        yield built
        counts = f"{written.written - written.again} article(s) new in the ledger {self.args.ledger}"
        counts += f", {written.again} coded anew" if written.again else ""
        there = self.read - self.unseen + written.skipped
        counts += f", {there} there already" if there else ""
        counts += f", {built.superseded} older state(s) of pages superseded" if built.superseded else ""
        print(f"lagebild: {counts}", file=sys.stderr)


def _wrong_use(args: argparse.Namespace) -> str | None:
    import datetime

    if args.jobs < 1:
        return "--jobs must be 1 or more"
    if args.date:
        try:
            datetime.date.fromisoformat(args.date)
        except ValueError:
            return f"--date {args.date!r} is not a day like 2014-10-14"
    if args.out and not args.format and _by_ending(args.out) is None:
        return f"--out {args.out}: unknown ending; say --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
    chosen = _format(args)
    if args.explain and chosen == "csv":
        return "--explain: csv has no columns for it; take --format table, json or jsonl"
    if args.what and chosen in ("json", "jsonl"):
        return f"--what is for table and csv; {chosen} holds events and statements"
    return problem_with(args.out, args.sources) if args.out else None


def _format(args: argparse.Namespace) -> str:
    return args.format or _by_ending(args.out) or "table"


def _by_ending(out: Path | None) -> str | None:
    """The format the ending of ``out`` stands for; None where it stands for none."""
    ending = out.suffix.lstrip(".").lower() if out else ""
    known = {"": "table", "txt": "table", "ndjson": "jsonl"} | {name: name for name in FORMATS}
    return known.get(ending)


def _writer(name: str, stream: TextIO, *, explain: bool, what: What) -> Writer:
    if name == "table":
        from lagebild.export.table import TableWriter

        return TableWriter(stream, explain=explain, what=what)
    from lagebild.export.writers import CsvWriter, JsonlWriter, JsonWriter

    if name == "csv":
        return CsvWriter(stream, what=what)
    kinds: dict[str, type[JsonWriter] | type[JsonlWriter]] = {"json": JsonWriter, "jsonl": JsonlWriter}
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
