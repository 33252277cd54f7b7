"""``lagebild ledger``: what many articles say together."""

from __future__ import annotations

import argparse
import datetime
import decimal
import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from lagebild.ledger.filters import Filter
    from lagebild.ledger.read import Reader

LISTS = {
    "incidents": "happenings with their articles and independent sources",
    "contradictions": "incidents whose tellings do not agree",
    "commitments": "who owes what to whom, and what was reported since",
    "families": "which articles are one text, and where it comes from",
}
CODEBOOK = "what stands in each column of each export, and where it comes from (tab-separated)"


def add_parser(commands: Any) -> None:
    """Add ``ledger`` and its actions."""
    parser = commands.add_parser("ledger", help="ask a ledger", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(name, help=help, description=help)
        sub.add_argument("--ledger", required=True, metavar="DIR", help="folder or address of the ledger")
        sub.set_defaults(run=_guarded(run))
        return sub

    for name, about in LISTS.items():
        sub = action(name, _lister(name), about)
        sub.add_argument("--json", action="store_true", help="print JSON")
        sub.add_argument("--limit", type=_count, metavar="N", help="only the N last told of (default: all)")
        sub.add_argument("--since", metavar="DAY", type=_day, help="only what was last told of on this day or later")
        sub.add_argument("--until", metavar="DAY", type=_day, help="only what was last told of on this day or before")
        sub.add_argument("--type", metavar="TYPE", type=str.upper, help="only of this PLOVER type, where rows have one")
        _add_as_of(sub)
    found = action("search", run_search, "full text over the articles, umlauts either way, parts of compounds too")
    found.add_argument("query", metavar="WORDS", help='all of them; "words in a row", this OR that, -without')
    found.add_argument("--limit", type=_count, default=20, metavar="N", help="how many articles (default 20)")
    found.add_argument("--json", action="store_true", help="print JSON")
    add_filters(found)
    sql = action("sql", run_sql, "one SELECT over the tables, read-only (DuckDB)")
    sql.add_argument("query", metavar="SELECT")
    sql.add_argument("--json", action="store_true", help="print JSON")
    _add_as_of(sql)
    dump = action("dump", run_dump, "families, incidents, contradictions and commitments as one JSON file")
    dump.add_argument("--out", required=True, type=Path, metavar="FILE")
    _add_as_of(dump)
    _add_export(action)
    book = actions.add_parser("codebook", help=CODEBOOK, description=CODEBOOK)
    book.add_argument("--format", metavar="NAME", help="only the columns of this export format")
    book.add_argument("--markdown", action="store_true", help="as the tables in `docs/exports.md`")
    book.set_defaults(run=run_codebook)
    _add_review(action)
    action("build", run_build, "bring the derived tables up to the articles")
    action("stats", run_stats, "how many rows there are")
    action("check", run_check, "look for damage, and say what to do")
    action("migrate", run_migrate, "bring a ledger of an older program up to this one's layout")
    action("compact", run_compact, "join small files and drop what interrupted runs left")


def _add_review(action: Callable[..., argparse.ArgumentParser]) -> None:
    sub = action("review", run_review, "keep what a person decided about a record; the newest decision counts")
    sub.add_argument(
        "record", metavar="RECORD", help="ARTICLE#EVENT, or the id of an incident, contradiction, commitment"
    )
    sub.add_argument("decision", choices=("accept", "reject", "correct"))
    sub.add_argument("--field", metavar="NAME", help="the field of the event to correct")
    sub.add_argument("--new", metavar="VALUE", help="the value it should have")
    sub.add_argument("--comment", metavar="TEXT")
    sub.add_argument("--reviewer", metavar="NAME", help="default: your user name")


def _add_export(action: Callable[..., argparse.ArgumentParser]) -> None:
    sub = action(
        "export", run_export, "write events in a format other tools read, with a sidecar that says what is in it"
    )
    sub.add_argument(
        "--format", required=True, metavar="NAME", help="see `docs/exports.md`; `package` for a data package"
    )
    sub.add_argument("--out", required=True, type=Path, metavar="FILE", help="file (for `package`: folder) to write")
    sub.add_argument("--no-text", action="store_true", help="leave out all quoted words; offsets and hashes stay")
    sub.add_argument(
        "--no-implied", action="store_true", help="leave out actors that the sentence does not name, only the article"
    )
    sub.add_argument("--mark-implied", action="store_true", help="write the names of such actors in brackets")
    sub.add_argument(
        "--one-per", choices=["incident"], help="only one telling of each incident, so that deaths can be added up"
    )
    sub.add_argument("--include", default="", metavar="STATUS,...", help="statuses besides actual for formats of deeds")
    add_filters(sub)
    _add_as_of(sub)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the filters that search and exports share."""
    parser.add_argument("--actor", metavar="CODE", type=str.upper, help="actor or recipient: RUS, RUS:MIL")
    parser.add_argument("--type", metavar="TYPE", type=str.upper, help="PLOVER type")
    parser.add_argument(
        "--status", metavar="STATUS", type=str.lower, help="actual, planned, possible, demanded, conditional or denied"
    )
    parser.add_argument("--speaker", metavar="WHO", help="code or name of who vouches for it")
    parser.add_argument("--place", metavar="PLACE", help="name of a place or code of a country")
    parser.add_argument("--since", metavar="DAY", type=_day, help="published on this day or later")
    parser.add_argument("--until", metavar="DAY", type=_day, help="published on this day or before")


def filter_of(args: argparse.Namespace) -> Filter:
    """Return the filter the arguments ask for; raise ``LedgerError`` for a type or status that there is not."""
    from lagebild.ledger.filters import Filter
    from lagebild.ledger.store import LedgerError
    from lagebild.records import Status
    from lagebild.rules.events import EventType

    for name, known in (("type", get_args(EventType)), ("status", get_args(Status))):
        if (value := getattr(args, name)) is not None and value not in known:
            raise LedgerError(f"--{name}: there is no {value!r}; there are {', '.join(known)}")
    names = ("actor", "type", "status", "speaker", "place", "since", "until")
    return Filter(**{name: getattr(args, name) for name in names})


def _add_as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="TIME", type=_time, help="what the ledger said then (ISO 8601, UTC)")


def _day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day like 2024-10-14") from None


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1")
    return int(value)


def _time(value: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a time like 2024-10-14 or 2024-10-14T18:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    def guarded(args: argparse.Namespace) -> int:
        from lagebild.ledger.store import LedgerError

        try:
            return run(args)
        except LedgerError as error:
            print(f"lagebild ledger: {error}", file=sys.stderr)
            return 2

    return guarded


def _reader(args: argparse.Namespace) -> Reader:
    from lagebild.ledger.read import Reader
    from lagebild.ledger.store import Store

    return Reader(Store(args.ledger), as_of=getattr(args, "as_of", None))


def _lister(name: str) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        from lagebild.ledger.dump import dump

        first, last = (day and day.isoformat() for day in (args.since, args.until))
        rows = [
            row
            for row in dump(_reader(args))[name]
            if (not first or (row["day"] or "") >= first)
            and (not last or (row["day"] or last) <= last)
            and (not args.type or row.get("type", args.type) == args.type)
        ]
        if args.limit:
            rows = sorted(rows, key=lambda row: row["day"] or "")[-args.limit :]
        if args.json:
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            _print_blocks(rows)
        return 0

    return run


ALL_VERSIONS = " (all versions)"
HEADS = ("id", "type", "mode", "kind", "status", "date", "due", "place", "final")
"""What stands in the first line of a block; the rest stands below with its name."""


def _print_blocks(rows: list[dict[str, Any]]) -> None:
    """Print a list by day, one block for each row and nothing cut, to be read and searched."""
    for row in sorted(rows, key=lambda row: (row.get("date") or row.get("due") or "", row["id"])):
        print("  ".join(str(row[key]) for key in HEADS if row.get(key)))
        for key, value in row.items():
            if key not in HEADS and value not in (None, "", []):
                print(f"    {key.replace('_', ' ')}:{_listed(value)}")
    if not rows:
        print("nothing found")


def _listed(value: Any) -> str:
    if isinstance(value, dict):
        return f" {_line(value)}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "".join(f"\n        {_line(item)}" for item in value)
    return f" {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _line(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    words = next((item[key] for key in ("sentence", "quote", "trigger") if item.get(key)), None)
    numbers = ", ".join(item.get("numbers") or ())
    who = f"[{'; '.join(filter(None, (item.get('speaker'), numbers)))}]" if item.get("speaker") or numbers else None
    parts = (item.get("doc"), item.get("day"), item.get("state"), item.get("review"), who, words)
    return "  ".join(str(part) for part in parts if part)


def _print_table(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Print rows as a table on a terminal; piped, as tab-separated values with nothing cut."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        for line in (names, *rows):
            print("\t".join(" ".join(_cell(value).split()) for value in line))
        return
    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)


def run_search(args: argparse.Namespace) -> int:
    """Print hits with their words marked."""
    from lagebild.ledger.search import Index, search

    reader = _reader(args)
    index = Index.of(reader.store)
    index.update(reader)
    found = list(search(reader, index, args.query, where=filter_of(args), limit=args.limit + 1))
    hits, more = found[: args.limit], len(found) > args.limit
    if args.json:
        names = ("article", "doc", "url", "outlet", "published", "headline", "marks")
        print(json.dumps([{name: getattr(hit, name) for name in names} for hit in hits], ensure_ascii=False, indent=1))
        return 0
    for hit in hits:
        print(f"{hit.published or 'no date'}  {hit.outlet or ''}  {hit.headline or hit.article}")
        print("    " + "  ".join(filter(None, (hit.article, hit.doc, hit.url))))
        for line in _snippets(hit.text, hit.marks):
            print(f"    {line}")
    print(f"the best {len(hits)} article(s), there are more: --limit N" if more else f"{len(hits)} article(s)")
    return 0


def _snippets(text: str, marks: Iterable[tuple[int, int]], *, most: int = 3) -> Iterable[str]:
    last = -1
    for start, end in marks:
        if start < last or most == 0:
            continue
        most, last = most - 1, end + 60
        left, right = max(0, start - 60), min(len(text), end + 60)
        yield " ".join(f"…{text[left:start]}[{text[start:end]}]{text[end:right]}…".split())


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: decimals are numbers, what is no number is null."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, decimal.Decimal | float):
        return float(value) if math.isfinite(value) else None
    return value


def run_sql(args: argparse.Namespace) -> int:
    """Print what a SELECT gives."""
    names, rows = _reader(args).question(args.query)
    if args.json:
        dicts = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
        print(json.dumps(dicts, ensure_ascii=False, indent=1, default=str))
    else:
        _print_table(names, rows)
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write the file and its sidecar; say what was left out and why."""
    import dataclasses

    from lagebild.export.base import Options
    from lagebild.export.ledger import EXPORTERS, export, items
    from lagebild.export.package import write_package

    if args.format not in EXPORTERS and args.format != "package":
        known = ", ".join([*EXPORTERS, "package"])
        print(f"lagebild ledger export: unknown format {args.format!r}; there are {known}", file=sys.stderr)
        return 2
    include = [word.strip() for word in args.include.split(",") if word.strip()]
    if (problem := _unwritable(args.out, folder=args.format == "package") or _not_included(include)) is not None:
        print(f"lagebild ledger export: {problem}", file=sys.stderr)
        return 2
    reader, where = _reader(args), filter_of(args)
    options = Options(
        text=not args.no_text, implied=not args.no_implied, marked=args.mark_implied, once=args.one_per is not None,
        include=frozenset(include),
    )  # fmt: skip
    about = {
        "ledger": args.ledger,
        "ledger_versions": reader.versions(),
        "as_of": args.as_of.isoformat() if args.as_of else None,
        "filter": dataclasses.asdict(where),
    }
    if include and args.format in EXPORTERS and not EXPORTERS[args.format].deeds:
        print(f"lagebild ledger export: --include: {args.format} holds events of every status anyway", file=sys.stderr)
    found = items(reader, where, text=options.text, once=options.once)
    if args.format == "package":
        outcomes = write_package(found, args.out, options=options, about=about)
    else:
        outcomes = [export(found, args.format, args.out, options=options, about=about)]
    for outcome in outcomes:
        rows = f" in {outcome.rows} rows or entries" if outcome.rows != outcome.written else ""
        print(f"{outcome.path}: {outcome.written} events{rows}")
        for reason, count in outcome.left_out.items():
            print(f"    left out {count}: {reason}")
    return 0


def _unwritable(out: Path, *, folder: bool = False) -> str | None:
    from lagebild.cli.out import problem_with

    if str(out) == "-":
        return "--out -: exports and dumps go to a file, with what describes them beside it; name one"
    if folder:
        return f"--out {out}: is a file; a package needs a folder" if out.is_file() else None
    return problem_with(out)


def _not_included(statuses: Iterable[str]) -> str | None:
    from lagebild.records import Status

    known = get_args(Status)
    wrong = (status for status in statuses if status not in known)
    return next((f"--include: there is no {status!r}; there are {', '.join(known)}" for status in wrong), None)


def run_codebook(args: argparse.Namespace) -> int:
    """Print the codebook, the one that the writers and the docs are made from."""
    from lagebild.export.codebook import HEAD, cells, codebook, columns_of, markdown

    if args.markdown:
        print(markdown(), end="")
        return 0
    try:
        rows = columns_of(args.format) if args.format else codebook()
    except KeyError:
        print(f"lagebild ledger codebook: unknown format {args.format!r}; see `docs/exports.md`", file=sys.stderr)
        return 2
    for line in (HEAD, *map(cells, rows)):
        print("\t".join(line))
    return 0


def run_dump(args: argparse.Namespace) -> int:
    """Write the dump."""
    from lagebild.ledger.dump import dump

    if (problem := _unwritable(args.out)) is not None:
        print(f"lagebild ledger dump: {problem}", file=sys.stderr)
        return 2
    args.out.write_text(json.dumps(dump(_reader(args)), ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def run_review(args: argparse.Namespace) -> int:
    """Keep a decision."""
    import getpass

    from lagebild.ledger.review import Review, add_review
    from lagebild.ledger.store import Store

    reviewer = args.reviewer or getpass.getuser()
    review = Review(args.record, args.decision, reviewer, args.field, args.new, args.comment)
    add_review(Store(args.ledger), review)
    print(f"{args.record}: {args.decision} by {reviewer}")
    return 0


def run_build(args: argparse.Namespace) -> int:
    """Update the derived tables."""
    from lagebild.ledger.build import build
    from lagebild.ledger.store import Store

    built = build(Store(args.ledger))
    print(
        f"{built.families} families, {built.incidents} incidents, {built.contradictions} contradictions, {built.commitments} commitments renewed"
    )
    return 0


def run_stats(args: argparse.Namespace) -> int:
    """Print row counts."""
    from lagebild.ledger.care import stats
    from lagebild.ledger.store import Store

    counts = stats(Store(args.ledger))
    for name, count in counts.items():
        if not name.endswith(ALL_VERSIONS):
            ever = counts[name + ALL_VERSIONS]
            print(f"{count:>12}  {name}" + (f" ({ever} with all older ones)" if ever != count else ""))
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Print every problem; return 1 where there is one."""
    from lagebild.ledger.care import check
    from lagebild.ledger.store import Store

    problems = list(check(Store(args.ledger)))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s)" if problems else "the ledger is sound")
    return 1 if problems else 0


def run_migrate(args: argparse.Namespace) -> int:
    """Apply the migrations that are due."""
    from lagebild.ledger.migrate import migrate
    from lagebild.ledger.schemas import LAYOUT
    from lagebild.ledger.store import Store

    for migration in migrate(Store(args.ledger)):
        print(f"to {migration.number}: {migration.about}")
    print(f"{args.ledger} is up to date (layout {LAYOUT})")
    return 0


def run_compact(args: argparse.Namespace) -> int:
    """Compact every table."""
    from lagebild.ledger.care import compact
    from lagebild.ledger.store import Store

    for name, did in compact(Store(args.ledger)).items():
        before, after = did["files"]
        print(f"{name:16} {before} -> {after} files, {did['rows dropped']} rows of interrupted runs dropped")
    return 0
