"""How the ledger grows: ``python -m bench.ledger [--articles 10000 100000 1000000] [--keep DIR]``.

Makes ledgers of synthetic records with realistic distributions (outlets, agencies, actors and types drawn from a Zipf
law, one to twelve events an article, reprints, ten years) and prints for each size how long writing, building incidents,
indexing, searching, the ten commonest questions and each export take, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lagebild.records import Actor, Article, Date, Event, Place, Quantity, Records, Span, Statement, Versions

VERSIONS = Versions("bench", "bench", "bench")
TYPES = "ASSAULT CONSULT ACCUSE REQUEST AGREE COERCE REJECT SUPPORT RETREAT SANCTION PROTEST THREATEN AID CONCEDE MOBILIZE COOPERATE".split()
STATUSES = ["actual"] * 8 + ["planned", "demanded", "possible", "denied", "conditional"]
STATES = "USA RUS UKR DEU ISR PSE IRN CHN SYR FRA GBR TUR AFG IRQ POL SAU EGY IND PAK YEM LBN ETH SDN MLI NGA VEN PRK KOR JPN SRB".split()
SECTORS = ["GOV"] * 5 + ["MIL"] * 3 + ["REB", "OPP", "CVL", "COP"]
TOWNS = [
    (f"Stadt{n}", 1000 + n, -60 + n * 0.37 % 120, -170 + n * 1.31 % 340, STATES[n % len(STATES)]) for n in range(400)
]
WORDS = [f"{a}{b}" for a in "Regierung Armee Grenze Angriff Gespräch Vertrag Hilfe Stadt Minister Partei Truppen Abkommen".split()
         for b in "chef bericht lage plan streit folge rat amt haus zeit kreis recht".split()]  # fmt: skip
START = datetime.date(2014, 1, 1)
DAYS = 3650


def zipf(random_: random.Random, items: list[str]) -> str:
    """Draw an item; the n-th is about n times rarer than the first."""
    return items[min(len(items) - 1, int(len(items) ** random_.random()) - 1)]


def article_records(number: int, seed: int) -> Records:
    """Return the records of one synthetic article; every third repeats the text of an earlier one of its day."""
    random_ = random.Random(seed * 1_000_003 + (number - number % 3 if number % 3 == 2 else number))
    day = START + datetime.timedelta(days=random_.randrange(DAYS))
    text = " ".join(random_.choices(WORDS, k=120))
    text = ". ".join(text[at : at + 90].strip() for at in range(0, len(text), 90)) + "."
    outlet = f"outlet{int(200 ** random.Random(number).random())}.de"
    article = Article(
        id=f"{number:016x}", text=text, doc=f"{number}.html", outlet=outlet, published=day.isoformat(), headline=text[:60],
        agencies=(random_.choice(["dpa", "AFP", "Reuters"]),) if random_.random() < 0.6 else (),
    )  # fmt: skip
    events = tuple(_event(random_, text, day, n) for n in range(random_.randint(1, 12)))
    source = Actor(_span(text, random_), zipf(random_, STATES), f"{zipf(random_, STATES)}:GOV", "named")
    said = Statement(0, (source,), source.span, (_span(text, random_),), (Span(0, len(text), text),), "Indirect")
    return Records(article, VERSIONS, events, (said,), actors=tuple(a for e in events for a in e.actors))


def _span(text: str, random_: random.Random) -> Span:
    start = random_.randrange(len(text) - 12)
    return Span(start, start + 10, text[start : start + 10])


def _event(random_: random.Random, text: str, day: datetime.date, number: int) -> Event:
    def actors() -> tuple[Actor, ...]:
        code = f"{zipf(random_, STATES)}:{random_.choice(SECTORS)}"
        return (Actor(_span(text, random_), code, code, "named"),)

    place = date = None
    if random_.random() < 0.5:
        name, geonames, latitude, longitude, country = random_.choice(TOWNS)
        place = Place(_span(text, random_), name, geonames, latitude, longitude, country, "town")
    if random_.random() < 0.5:
        when = (day - datetime.timedelta(days=random_.randrange(3))).isoformat()
        date = Date(_span(text, random_), "DATE", when, when, when, "day")
    killed = (
        (Quantity(_span(text, random_), "killed", float(random_.randint(1, 40)), None),)
        if random_.random() < 0.1
        else ()
    )
    return Event(
        id=number, type=zipf(random_, TYPES), mode="", trigger=(_span(text, random_),), actors=actors(), recipients=actors(),
        status=random_.choice(STATUSES), place=place, date=date, quantities=killed,  # type: ignore[arg-type]
        statement=0 if random_.random() < 0.4 else None, confidence=round(random_.random(), 2),
    )  # fmt: skip


QUESTIONS = {
    "timeline of an actor in a month": "select day, type, status, trigger from events where day between date '2019-03-01' and date '2019-03-31' and list_contains(actor_codes, 'RUS:GOV') order by day limit 500",
    "events by type and year": "select type, year(day) y, count(*) from events group by all",
    "who acts towards whom": "select a, r, count(*) n from (select unnest(actor_codes) a, recipient_codes from events), unnest(recipient_codes) t(r) group by all order by n desc limit 50",
    "denied by whom": "select speaker_code, count(*) n from events where status = 'denied' group by 1 order by n desc limit 20",
    "assaults in a country by month": "select date_trunc('month', day) m, count(*) from events where type = 'ASSAULT' and country = 'UKR' group by 1 order by 1",
    "best sourced incidents of a year": "select incident, type, independent from incidents where earliest between date '2018-01-01' and date '2018-12-31' order by independent desc limit 20",
    "open commitments of an actor": "select quote, due, state from commitments where state = 'open' and list_contains(who, 'USA:GOV') limit 100",
    "contradictions by kind": "select kind, count(*) from contradictions group by 1",
    "reprints of an outlet": "select f.origin, count(*) n from families f join articles a using (article) where a.outlet = 'outlet1.de' group by 1 order by n desc limit 20",
    "killed per year, as told": "select year(day), sum(q.low) from events, unnest(quantities) u(q) where q.what = 'killed' group by 1 order by 1",
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


def measure(count: int, folder: Path) -> dict[str, float]:
    """Make one ledger and return seconds by step, memory in MB, size in MB."""
    from lagebild.export.base import Options
    from lagebild.export.ledger import export, items
    from lagebild.ledger.build import build
    from lagebild.ledger.care import compact
    from lagebild.ledger.filters import Filter
    from lagebild.ledger.read import Reader
    from lagebild.ledger.search import Index, search
    from lagebild.ledger.store import Store
    from lagebild.ledger.write import write

    store, out = Store(folder / "ledger"), dict[str, float]()

    def step(name: str, work: Callable[[], object]) -> None:
        start = time.perf_counter()
        work()
        out[name] = time.perf_counter() - start
        print(f"  {name:44} {out[name]:10.2f} s", flush=True)

    made = timed_share(count)
    step("write", lambda: write(store, made.records(), batch_size=5000))
    out["write"] -= made.seconds
    step("build incidents and the rest", lambda: build(store))
    step("compact", lambda: compact(store))
    reader = Reader(store)
    index = Index.of(store)
    step("index", lambda: index.update(reader))
    step("search two words", lambda: list(search(reader, index, "Regierungsplan Armeerat", where=Filter())))
    step("search a part, filtered", lambda: list(search(reader, index, "Grenzstreit", where=Filter(actor="RUS"))))
    for name, sql in QUESTIONS.items():
        step(f"question: {name}", lambda sql=sql: Reader(store).question(sql))
    for name in EXPORTS:
        where = Filter(since=datetime.date(2019, 1, 1), until=datetime.date(2019, 12, 31))
        step(
            f"export a year: {name}",
            lambda name=name, where=where: export(
                items(reader, where), name, folder / name, options=Options(), about={}
            ),
        )
    out["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out["size on disk MB"] = sum(p.stat().st_size for p in (folder / "ledger").rglob("*") if p.is_file()) / 1e6
    return out


class timed_share:
    """Synthetic records, and how long making them took, so that it can be taken off the writing."""

    def __init__(self, count: int):
        self.count, self.seconds = count, 0.0

    def records(self) -> Iterator[Records]:
        """Yield ``count`` articles' records."""
        for number in range(self.count):
            start = time.perf_counter()
            made = article_records(number, 7)
            self.seconds += time.perf_counter() - start
            yield made


def main() -> int:
    """Measure each size in a process of its own and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory() as folder:
            options.json.write_text(json.dumps(measure(options.one, Path(folder))))
        return 0
    results: dict[int, dict[str, float]] = {}
    for count in options.articles:
        print(f"{count:,} articles", flush=True)
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            subprocess.run([sys.executable, "-m", "bench.ledger", "--one", str(count), "--json", file.name], check=True)
            results[count] = json.loads(Path(file.name).read_text())
    print("\n| step | " + " | ".join(f"{count:,}" for count in results) + " |\n|---|" + "---:|" * len(results))
    for name in next(iter(results.values())):
        print(f"| {name} | " + " | ".join(f"{found[name]:.2f}" for found in results.values()) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
