"""Gathers what open lists know of names: ``Names`` of the form -> its kinds (given name, family name, place, organisation ...).

Sources: Faker's person lists (MIT), the US census of names in the package ``names`` (public domain), the nouns of the German
Wiktionary in ``german-nouns`` (CC BY-SA), our own tables of places (GeoNames, CC BY) and actors, and names after a title in
the raw text.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import lzma
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import lagebild
from lagebild.language.features import NAME_KINDS

LEXICON = Path(lagebild.__file__).parent / "lexicon"
CENSUS_COMMON = 60.0  # percent of the US population that bear a name at least as common
TITLES = re.compile(
    r"\b(?:Herrn?|Frau|Kolleg(?:e|en|in)|Abgeordneten?|(?:\w*[Mm]inister|\w*[Pp]räsident|\w*[Kk]anzler|\w*[Ss]ekretär)(?:s|in|en)?)"
    r" (?:(?:Dr|Prof|h|c)\. ){0,3}((?:[A-ZÄÖÜ][\w-]+ ){0,2}[A-ZÄÖÜ][\w-]+)"
)
STATE_TABLES = ("states", "organisations", "parties", "armed_groups", "media")


def listed_names(raw: Path) -> dict[str, int]:
    """Return form -> bits of ``NAME_KINDS``."""
    bits: Counter[str] = Counter()
    for kind, forms in _all(raw):
        bit = 1 << NAME_KINDS.index(kind)
        for form in forms:
            if form[:1].isupper() and len(form) > 1:
                bits[form] |= bit
    return dict(bits)


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec and spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations)))


def _all(raw: Path) -> Iterator[tuple[str, Iterable[str]]]:
    yield from _faker()
    yield from _census()
    yield from _nouns()
    yield from _places()
    yield from _actors()
    yield "titled", _titled(raw)


def _faker() -> Iterator[tuple[str, Iterable[str]]]:
    import faker.providers.person as person

    for info in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{info.name}").Provider
        for attribute, kind in (("first_names", "given"), ("last_names", "family")):
            for name in dir(provider):
                values = getattr(provider, name)
                if name.startswith(attribute) and isinstance(values, (dict, list, tuple)):
                    yield kind, [word for value in values if isinstance(value, str) for word in value.split()]


def _census() -> Iterator[tuple[str, Iterable[str]]]:
    folder = _folder("names")
    for file in ("dist.female.first", "dist.male.first"):
        yield "given", [line.split()[0].title() for line in (folder / file).read_text().splitlines() if line.strip()]
    rows = [line.split() for line in (folder / "dist.all.last").read_text().splitlines() if line.strip()]
    yield "family", [row[0].title() for row in rows if float(row[2]) <= CENSUS_COMMON]
    yield "rare_family", [row[0].title() for row in rows if float(row[2]) > CENSUS_COMMON]


def _nouns() -> Iterator[tuple[str, Iterable[str]]]:
    file = _folder("german_nouns") / "nouns.csv"
    with file.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            parts, lemma = row["pos"].split(","), row["lemma"]
            proper = [
                kind
                for part, kind in (
                    ("Vorname", "given"),
                    ("Nachname", "family"),
                    ("Toponym", "place"),
                    ("Eigenname", "misc"),
                )
                if part in parts
            ]
            for kind in proper:
                yield from _whole_and_parts(kind, [lemma]) if kind == "place" else [(kind, lemma.split())]
            if not proper:
                forms = {
                    value for key, value in row.items() if value and (key == "lemma" or " " in key) and " " not in value
                }
                yield "noun", forms


def _whole_and_parts(kind: str, names: Iterable[str]) -> Iterator[tuple[str, Iterable[str]]]:
    for name in names:
        words = name.split()
        if len(words) == 1:
            yield kind, words
        elif kind == "place":
            yield "place_begin", words[:1]
            yield "place_part", words[1:]
        else:
            yield f"{kind}_part", words


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _places() -> Iterator[tuple[str, Iterable[str]]]:
    lines = (LEXICON / "places/gazetteer/names.tsv").read_text(encoding="utf-8").splitlines()
    yield from _whole_and_parts("place", (line.split("\t")[0] for line in lines))
    for table in ("countries", "extra"):
        for row in _rows(LEXICON / f"places/{table}.tsv"):
            yield from _whole_and_parts("place", (n for n in row["names"].split("|") if "~" not in n))


def _actors() -> Iterator[tuple[str, Iterable[str]]]:
    for row in _rows(LEXICON / "actors/officeholders.tsv"):
        given, *family = row["name"].split()
        yield "given", [given] if family else []
        yield "family", family or [given]
    for table in STATE_TABLES:
        kind = "place" if table == "states" else "org"
        for row in _rows(LEXICON / f"actors/{table}.tsv"):
            yield from _whole_and_parts(kind, [row["name"], *row["other_names"].split("|")])


def _titled(raw: Path) -> Iterable[str]:
    counts: Counter[str] = Counter()
    with lzma.open(raw, "rt", encoding="utf-8") as handle:
        for line in handle:
            for names in TITLES.findall(line):
                counts.update(names.split())
    return [name for name, n in counts.items() if n > 1]
