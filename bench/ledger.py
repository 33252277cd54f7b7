"""How the ledger grows: ``python -m bench.ledger [--articles 10000 100000 1000000] [--steps write,questions]``.

Makes ledgers of synthetic records (``ledger_records``) and prints for each size how long writing, building, indexing, searching,
the ten commonest questions and each export take, in seconds of wall clock and of processor (which do not depend on what else the
machine does), per article where a step grows with the ledger, and the peak memory of the process.

``build`` builds everything at once and prints what an article costs in each part of it. Without it stand-ins of the derived tables are written in its place (incidents by type,
actors and day, a commitment for each event that is owed), so that a day more and the questions can be measured at any size.
``exports`` writes ten days in each format, ``all`` the whole ledger.
"""

from __future__ import annotations

import argparse
import datetime
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ledger_records import PER_DAY, START, batches

if TYPE_CHECKING:
    from lagebild.ledger.filters import Filter
    from lagebild.ledger.read import Reader
    from lagebild.ledger.store import Store

STEPS = ["write", "build", "day", "questions", "index", "exports", "all", "compact"]
ORDER = ("statements", "events", "mentions", "articles")
STAND_INS = {
    "incidents": """select 'i' || substr(md5(min(article || '#' || event)), 1, 15) as incident, 1 as seq, type, status,
        actor_codes, recipient_codes, min(earliest) as earliest, min(latest) as latest, min(day) as first_day, max(day) as last_day,
        any_value(country) as country, list(article || '#' || event) as members, list(distinct article) as articles,
        list(distinct outlet) as outlets, list(distinct outlet) as origins, count(distinct outlet)::int as independent
        from events group by type, status, actor_codes, recipient_codes, year(day), dayofyear(day) // 3""",
    "families": "select article, 1 as seq, batch, article as family, outlet as origin, 'stand-in' as reason from articles",
    "contradictions": """select 'c' || substr(md5(article), 1, 15) as contradiction, 1 as seq, 'i' as incident, 'denied' as kind,
        article || '#0' as a, article || '#0' as b, false as gone from articles where article like '%7'""",
    "commitments": """select 'k' || substr(md5(article || '#' || event), 1, 15) as commitment, 1 as seq, article || '#' || event as event,
        type, actor_codes as who, recipient_codes as to_whom, article, 'stand-in' as quote, latest as due, 'open' as state,
        [{'event': article || '#' || event, 'article': article, 'state': 'open', 'quote': ''}] as states
        from events where status in ('planned', 'demanded', 'conditional')""",
}  # fmt: skip

QUESTIONS = {
    "timeline of an actor in a month": "select day, type, status, trigger from events where day between date '{from}' and date '{to}' and list_contains(actor_codes, 'RUS:GOV') order by day limit 500",
    "events by type and year": "select type, year(day) y, count(*) from events group by all",
    "who acts towards whom": "select a, r, count(*) n from (select unnest(actor_codes) a, recipient_codes from events), unnest(recipient_codes) t(r) group by all order by n desc limit 50",
    "denied by whom": "select speaker_code, count(*) n from events where status = 'denied' group by 1 order by n desc limit 20",
    "assaults in a country by month": "select date_trunc('month', day) m, count(*) from events where type = 'ASSAULT' and country = 'UKR' group by 1 order by 1",
    "best sourced incidents of a year": "select incident, type, independent from incidents where earliest between date '{from}' - 335 and date '{to}' order by independent desc limit 20",
    "open commitments of an actor": "select quote, due, state from commitments where state = 'open' and list_contains(who, 'USA:GOV') limit 100",
    "contradictions by kind": "select kind, count(*) from contradictions group by 1",
    "reprints of an outlet": "select f.origin, count(*) n from articles a join families f using (article) where a.outlet = 'outlet1.de' group by 1 order by n desc limit 20",
    "killed per year, as told": "select year(day), sum(q.low) from (select day, unnest(quantities) q from events where len(quantities) > 0) where q.what = 'killed' group by 1 order by 1",
}
EXPORTS = [
    "polecat",
    "plover",
    "icews",
    "gdelt-events",
    "gdelt-mentions",
    "acled",
    "ucdp-ged",
    "jsonl",
    "csv",
    "parquet",
    "xlsx",
    "geojson",
    "gexf",
    "ftm",
    "annotations",
    "bibtex",
]


def stand_in(store: Store) -> None:
    """Write rows like those of a build, a batch at a time."""
    import pyarrow as pa

    from lagebild.ledger.read import Reader
    from lagebild.ledger.schemas import SCHEMAS

    for name, sql in STAND_INS.items():
        schema = SCHEMAS[name]
        for batch in Reader(store).connection.sql(sql).to_arrow_reader(100_000):
            columns = [
                batch[f.name].cast(f.type) if f.name in batch.schema.names else pa.nulls(len(batch), f.type)
                for f in schema
            ]
            store.append_table(name, pa.Table.from_arrays(columns, schema=schema))


def put(store: Store, count: int, first: int, size: int) -> tuple[float, float]:
    """Write ``count`` articles; return wall clock and processor seconds without those of making them."""
    wall = cpu = 0.0
    store.create()
    for tables in batches(count, size=size, first=first):
        start, busy = time.perf_counter(), time.process_time()
        for name in ORDER:
            store.append_table(name, tables[name])
        wall, cpu = wall + time.perf_counter() - start, cpu + time.process_time() - busy
    return wall, cpu


def ask(store: Store, sql: str) -> None:
    """Open the ledger and ask one question, as the command does."""
    from lagebild.ledger.read import Reader

    Reader(store).question(sql)


def write_export(reader: Reader, where: Filter, name: str, path: Path) -> None:
    """Write one export."""
    from lagebild.export.base import Options
    from lagebild.export.ledger import export, items

    export(items(reader, where), name, path, options=Options(), about={})


def build_in_parts(store: Store) -> None:
    """Build, and print after each part what one of its articles cost."""
    from lagebild.ledger.build import build
    from lagebild.ledger.parts import Part

    done, start = 0, time.process_time()

    def stored(part: Part) -> None:
        nonlocal done, start
        done += len(part.articles)
        cost = 1000 * (time.process_time() - start) / len(part.articles)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"    built {done:10,} {cost:10.2f} ms cpu an article {memory:8.0f} MB", flush=True)
        start = time.process_time()

    build(store, stored=stored)


def measure(count: int, folder: Path, steps: list[str], formats: list[str]) -> dict[str, tuple[float, float]]:
    """Make one ledger and return wall clock and processor seconds by step, then memory and size in MB."""
    from lagebild.export.ledger import EXPORTERS  # noqa: F401 - importing is not part of the first export
    from lagebild.ledger.build import build
    from lagebild.ledger.care import compact
    from lagebild.ledger.filters import Filter
    from lagebild.ledger.read import Reader
    from lagebild.ledger.search import Index, search
    from lagebild.ledger.store import Store
    from lagebild.ledger.words import lemma

    store, out = Store(folder / "ledger"), dict[str, tuple[float, float]]()
    lemma("Haus")  # loading the dictionary takes seconds, once a process

    def note(name: str, wall: float, cpu: float) -> None:
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        out[name] = wall, cpu
        print(f"  {name:44} {wall:10.2f} s {cpu:10.2f} s cpu {memory:8.0f} MB", flush=True)

    def step(name: str, work: Callable[[], object]) -> None:
        start, busy = time.perf_counter(), time.process_time()
        work()
        note(name, time.perf_counter() - start, time.process_time() - busy)

    note("write", *put(store, count, 0, 5000))
    if "build" in steps:
        step("build", lambda: build_in_parts(store))
    else:
        stand_in(store)
    if "compact" in steps:
        step("compact", lambda: compact(store))
    if "day" in steps:
        note("write a day more", *put(store, PER_DAY, count, PER_DAY))
        step("build a day more", lambda: build(store))
    last = START + datetime.timedelta(days=count // PER_DAY)
    days = {"from": str(last - datetime.timedelta(days=30)), "to": str(last)}
    if "questions" in steps:
        step("open", lambda: Reader(store))
        for name, sql in QUESTIONS.items():
            asked = sql.replace("{from}", days["from"]).replace("{to}", days["to"])
            step(f"question: {name}", partial(ask, store, asked))
    reader = Reader(store)
    if "index" in steps:
        index = Index.of(store)
        step("index", lambda: index.update(reader))
        step("search two words", lambda: list(search(reader, index, "Grenzeplan Armeerat", where=Filter())))
        step("search a part, filtered", lambda: list(search(reader, index, "Handelstreit", where=Filter(actor="RUS"))))
    ten = Filter(since=last - datetime.timedelta(days=10), until=last)
    for kind, about, where in (("exports", "ten days", ten), ("all", "all", Filter())):
        for name in formats if kind in steps else ():
            step(f"export {about}: {name}", partial(write_export, reader, where, name, folder / name))
    out["peak memory MB"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0.0)
    out["size on disk MB"] = (sum(p.stat().st_size for p in (folder / "ledger").rglob("*") if p.is_file()) / 1e6, 0.0)
    return out


def main() -> int:
    """Measure each size in a process of its own and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--steps", default=",".join(STEPS), help="what to measure; writing always")
    parser.add_argument("--formats", default=",".join(EXPORTS), help="what `exports` and `all` write")
    parser.add_argument("--folder", type=Path, help="where to make the ledgers (they are removed)")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            options.json.write_text(
                json.dumps(measure(options.one, Path(folder), options.steps.split(","), options.formats.split(",")))
            )
        return 0
    results: dict[int, dict[str, list[float]]] = {}
    for count in options.articles:
        print(f"{count:,} articles", flush=True)
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            command = [
                sys.executable,
                "-m",
                "bench.ledger",
                "--one",
                str(count),
                "--json",
                file.name,
                "--steps",
                options.steps,
                "--formats",
                options.formats,
            ]
            subprocess.run(command + (["--folder", str(options.folder)] if options.folder else []), check=True)
            results[count] = json.loads(Path(file.name).read_text())
    show(results)
    return 0


def show(results: dict[int, dict[str, list[float]]]) -> None:
    """Print processor seconds by size, and how many times those of the size before they are."""
    print("\n| step (processor seconds) | " + " | ".join(f"{count:,} | x" for count in results))
    print("|---|" + "---:|" * 2 * len(results))
    for name in next(iter(results.values())):
        cells, before = [], 0.0
        for found in results.values():
            wall, cpu = found.get(name, (0.0, 0.0))
            value = cpu or wall
            cells.append(f"{value:.2f} | {f'{value / before:.1f}' if before else ''}")
            before = value
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
