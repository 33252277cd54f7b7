"""The tables of places: row types, the gazetteer that is bisected rather than parsed, and one index over all of them.

``names.tsv`` (name, GeoNames ids) and ``places.tsv`` (one place a line) are sorted; a look-up is a bisection over their
lines, so that loading costs two reads and nothing else. They are made by ``model/gazetteer.py``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from lagebild.rules.lexicon import ROOT, Lexicon

Precision = Literal["address", "building", "town", "district", "region", "river", "border", "country", "area"]
Relation = Literal["is", "part", "site", "near", "border", "capital", "land"]
KINDS: dict[str, Precision] = {"c": "town", "a": "town", "t": "town", "x": "district", "r": "region"}
ADJECTIVE_ENDINGS = ("es", "en", "e", "er", "em")
Source = Literal["country", "own", "gazetteer"]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country or territory: ``id`` is ISO 3166 alpha-3, ``adjectives`` are stems (``syrisch``), ``capital`` a GeoNames id."""

    id: str
    iso2: str
    names: tuple[str, ...]
    geonames: int
    latitude: float
    longitude: float
    adjectives: tuple[str, ...] = ()
    capital: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place written by hand. ``country`` is empty where it lies in several or in none."""

    id: str
    names: tuple[str, ...]
    precision: Precision
    latitude: float
    longitude: float
    country: str = ""
    geonames: int | None = None


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun that names a place by its kind.

    ``bare``: where it stands for a place without a name joined to it; ``compound``: it may also end a compound.
    """

    id: str
    precision: Precision
    relation: Relation
    bare: Literal["always", "locative", "no"] = "always"
    compound: bool = True


@dataclass(frozen=True, slots=True)
class BorderRow:
    """A pair of neighbours and a point on their border."""

    id: str
    a: str
    b: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class AdjectiveRow:
    """The stem of a region's adjective (``texanisch``) and the region's name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that is treated apart; what for says ``use``; ``id`` is ``USE:WORD``."""

    id: str
    use: Literal[
        "guarded", "never", "anaphor", "locative", "link", "tight", "article", "side", "land", "and", "merged",
        "unknown", "direction", "inside", "waterside", "genitive", "street", "owner",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A place we know. ``people`` in thousands, ``division`` GeoNames' code of the first level (``UA.05``)."""

    name: str
    precision: Precision
    latitude: float
    longitude: float
    country: str
    source: Source
    geonames: int | None = None
    division: str = ""
    people: int = 0
    seat: Literal["", "country", "division"] = ""


class SortedTable:
    """A file of lines sorted by code points, as it was read; a look-up is a bisection.

    A tab sorts before every other character, so lines sorted as a whole are sorted by their first column.
    """

    def __init__(self, path: Path):
        self._lines = path.read_text(encoding="utf-8").split("\n")[:-1]

    def starting(self, prefix: str) -> Iterator[str]:
        """Yield the lines that start with ``prefix``."""
        at = bisect_left(self._lines, prefix)
        while at < len(self._lines) and self._lines[at].startswith(prefix):
            yield self._lines[at]
            at += 1

    def get(self, key: str) -> str | None:
        """Return the columns behind ``key``, tab-separated, or None."""
        line = next(self.starting(key + "\t"), None)
        return None if line is None else line[len(key) + 1 :]


class PlaceIndex:
    """Every known place by name. Look-ups are kept, so that a word costs its bisection once."""

    def __init__(self, lexicon: Lexicon):
        folder = ROOT / "places" / "gazetteer"
        self._names, self._places = SortedTable(folder / "names.tsv"), SortedTable(folder / "places.tsv")
        self.countries = {row.id: row for row in lexicon.rows("places/countries.tsv", CountryRow)}
        self._alpha3 = {row.iso2: row.id for row in self.countries.values()}
        self.nouns = {row.id: row for row in lexicon.rows("places/nouns.tsv", NounRow)}
        self.words: dict[str, set[str]] = defaultdict(set)
        for word in lexicon.rows("places/words.tsv", WordRow):
            self.words[word.use].add(word.id.partition(":")[2])
        self._own: dict[str, list[Known]] = defaultdict(list)
        self._tails: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._entries: dict[str, Known | None] = {}
        self._fill(lexicon)
        self._low = {first for first in self._tails if first[0].islower()}
        self.interest: dict[str, str] = {}
        self._nouns_kept: dict[str, NounRow | None] = {}
        self._found: dict[str, tuple[Known, ...]] = {}
        self._meanings: dict[str, tuple[Known, ...]] = {}
        self._longer: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._regional = {row.id: row.name for row in lexicon.rows("places/adjectives.tsv", AdjectiveRow)}
        self._borders = lexicon.rows("places/borders.tsv", BorderRow)

    def _fill(self, lexicon: Lexicon) -> None:
        for row in self.countries.values():
            known = Known(row.names[0], "country", row.latitude, row.longitude, row.id, "country", row.geonames)
            for name in row.names:
                self._add(name, known)
        for place in lexicon.rows("places/extra.tsv", PlaceRow):
            known = self._own_place(place)
            for pattern in place.names:
                for name in _inflected(pattern):
                    self._add(name, known)

    def _own_place(self, row: PlaceRow) -> Known:
        shown = row.names[0].replace("~", "es")
        return Known(shown, row.precision, row.latitude, row.longitude, row.country, "own", row.geonames)

    def _add(self, name: str, known: Known) -> None:
        self._own[name].append(known)
        first, *rest = name.split(" ")
        if rest:
            self._tails[first].append(tuple(rest))

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Stems of adjectives (``syrisch``) with the country's alpha-3 code."""
        return {stem: row.id for row in self.countries.values() for stem in row.adjectives}

    @cached_property
    def borders(self) -> dict[frozenset[str], BorderRow]:
        """Borders by their pair of countries."""
        return {frozenset((row.a, row.b)): row for row in self._borders}

    def entry(self, geonames: str) -> Known | None:
        """Return the gazetteer's place with this GeoNames id."""
        if geonames not in self._entries:
            line = self._places.get(geonames)
            self._entries[geonames] = self._known(geonames, line.split("\t")) if line else None
        return self._entries[geonames]

    def _known(self, geonames: str, row: list[str]) -> Known:
        name, latitude, longitude, division, people, kind = row
        return Known(
            name, KINDS[kind], float(latitude), float(longitude), self._alpha3.get(division[:2], ""), "gazetteer",
            int(geonames), division, int(people or 0), "country" if kind == "c" else "division" if kind == "a" else "",
        )  # fmt: skip

    def named(self, name: str) -> tuple[Known, ...]:
        """Return every place of this exact name, our own ones first, the populous before the small."""
        found = self._found.get(name)
        if found is None:
            own = [self._with_people(known) for known in self._own.get(name, ())]
            ids = {known.geonames for known in own}
            line = self._names.get(name)
            listed = filter(None, map(self.entry, line.split(",") if line else ()))
            found = self._found[name] = (*own, *(known for known in listed if known.geonames not in ids))
        return found

    def _with_people(self, known: Known) -> Known:
        listed = self.entry(str(known.geonames)) if known.geonames and known.source == "own" else None
        if listed is None:
            return known
        return Known(
            known.name, known.precision, known.latitude, known.longitude, known.country or listed.country, "own",
            known.geonames, listed.division, listed.people, listed.seat,
        )  # fmt: skip

    def meaning(self, word: str) -> tuple[Known, ...]:
        """Return the places a written form can mean: a name, its genitive, a side of it (``Südlibanon``)."""
        kept = self._meanings.get(word)
        if kept is None:
            kept = self._meanings[word] = self._meaning(word)
        return kept

    def _meaning(self, word: str) -> tuple[Known, ...]:
        if "(" in word:
            word = " ".join(word.replace("(", "( ").replace(")", " )").split())
        if word.isupper() and len(word) > 3:
            word = word.title()
        exact = self.named(word)
        if exact and exact[0].source != "gazetteer":
            return exact
        bare = word.rstrip("'’")
        for stem in (bare, bare.removesuffix("s"), bare.removesuffix("es")):
            if len(stem) > 2 and stem != word and (found := self.named(stem)):
                if not exact or found[0].source == "country":
                    return found
                break
        if exact:
            return exact
        return self._side(word) or self._side(bare.removesuffix("s"))

    def _side(self, word: str) -> tuple[Known, ...]:
        for side in self.words["side"]:
            rest = word.removeprefix(side).removeprefix("-")
            if word.startswith(side) and len(rest) > 3:
                base = self.named(rest[0].upper() + rest[1:])
                if (
                    base
                    and base[0].source != "gazetteer"
                    and base[0].precision in ("country", "region", "area", "town")
                ):
                    whole = base[0]
                    kind: Precision = "district" if whole.precision == "town" else "region"
                    kind = "area" if whole.precision == "area" else kind
                    return (
                        Known(word, kind, whole.latitude, whole.longitude, whole.country, "own", None, whole.division),
                    )
        return ()

    def inhabitant(self, word: str) -> tuple[Known, ...]:
        """Return the towns an adjective in -er belongs to (``Kiewer``, ``Münchner``, ``Dresdner``)."""
        if not word.endswith("er") or len(word) < 5 or not word[0].isupper():
            return ()
        stem = word[:-2]
        for name in (stem, stem + "en", stem + "e", stem[:-1] + "en", stem[:-1] + "er", stem + "er", stem + "o"):
            if found := self.named(name):
                return tuple(k for k in found if k.precision in ("town", "region", "river", "district"))
        return ()

    def longer(self, first: str) -> tuple[tuple[str, ...], ...]:
        """Return what can follow the word ``first`` in a name of several words, the longest first."""
        found = self._longer.get(first)
        if found is None:
            tails = list(self._tails.get(first, ()))
            prefix = first + " "
            for line in self._names.starting(prefix):
                tails.append(tuple(line[len(prefix) : line.index("\t")].split(" ")))
            found = self._longer[first] = tuple(sorted(set(tails), key=len, reverse=True))
        return found

    def phrase(self, words: Sequence[str]) -> tuple[Known, ...]:
        """Return the places that words can mean together, the last one perhaps in the genitive."""
        joined = " ".join(words)
        return self.meaning(joined)

    def pair(self, word: str) -> tuple[str, ...]:
        """Return the two countries of a double adjective (``syrisch-türkischen``), or nothing."""
        codes = tuple(filter(None, map(self.adjective, word.split("-"))))
        return codes if len(codes) == word.count("-") + 1 else ()

    def interest_of(self, word: str) -> str:
        """Return whether a word starts a name or points back, and keep the answer in ``interest``."""
        if word in self.words["anaphor"]:
            kind = "anaphor"
        elif (word[0].isupper() and (self.longer(word) or self.meaning(word))) or word in self._low:
            kind = "name"
        else:
            kind = ""
        self.interest[word] = kind
        return kind

    def country(self, alpha3: str) -> Known | None:
        """Return the country itself as a place."""
        row = self.countries.get(alpha3)
        return self.named(row.names[0])[0] if row else None

    def capital(self, alpha3: str) -> Known | None:
        """Return the capital of a country."""
        row = self.countries.get(alpha3)
        return self.entry(str(row.capital)) if row and row.capital else None

    def division_of(self, known: Known) -> Known | None:
        """Return the first-level division a place lies in."""
        line = self._names.get(known.division) if known.division else None
        return self.entry(line.split(",")[0]) if line else None

    def adjective(self, word: str) -> str | None:
        """Return the country of an inflected adjective (``syrischen``), or None."""
        for stem in _adjective_stems(word):
            if stem in self.adjectives:
                return self.adjectives[stem]
        return None

    def described(self, word: str) -> tuple[Known, ...]:
        """Return the country or region an adjective belongs to (``syrischen``, ``texanischen``, ``nordsyrischen``)."""
        if (alpha3 := self.adjective(word)) and (country := self.country(alpha3)):
            return (country,)
        for stem in _adjective_stems(word):
            if stem in self._regional:
                return self.named(self._regional[stem])
            for side in self.words["side"]:
                rest = stem.removeprefix(side.lower())
                if rest != stem and (country := self.country(self.adjectives.get(rest, ""))):
                    return (
                        Known(
                            side + country.name.lower(),
                            "region",
                            country.latitude,
                            country.longitude,
                            country.country,
                            "own",
                        ),
                    )
        return ()

    def noun(self, word: str) -> NounRow | None:
        """Return the row of a place noun in any of its forms, or of the one that ends this compound (``Munitionsdepots``)."""
        if word not in self._nouns_kept:
            stems, never = tuple(_stems(word)), self.words["never"]
            row = None
            if not any(stem in never or stem.rpartition("-")[2] in never for stem in stems):
                rows = (self.nouns.get(stem) or self._compound(stem) for stem in stems)
                row = next(filter(None, rows), None)
            self._nouns_kept[word] = row
        return self._nouns_kept[word]

    def _compound(self, stem: str) -> NounRow | None:
        last = stem.rpartition("-")[2]
        if last != stem and (row := self.nouns.get(last[:1].upper() + last[1:])):
            return row
        for cut in range(3, len(last) - 2):
            row = self.nouns.get(last[cut:].capitalize())
            if row is not None:
                return row if row.compound else None
        return None


def _stems(word: str) -> Iterator[str]:
    """Yield what the nominative singular of a noun may be (``Flugplätzen``: Flugplatz among others)."""
    for ending in ("", "s", "es", "e", "n", "en", "er", "ern", "se", "sen"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            at = max(stem.rfind(umlaut) for umlaut in "äöü")
            if at > 0:
                yield stem[:at] + {"ä": "a", "ö": "o", "ü": "u"}[stem[at]] + stem[at + 1 :]


def _adjective_stems(word: str) -> Iterator[str]:
    """Yield what is left of an adjective without its ending (``syrischen``: syrisch)."""
    lower = word.lower()
    for cut in (1, 2, 0):
        if lower[len(lower) - cut :] in ("e", "en", "er", "es", "em", ""):
            yield lower[: len(lower) - cut]


def _inflected(pattern: str) -> Iterable[str]:
    if "~" not in pattern:
        return (pattern,)
    return tuple(pattern.replace("~", ending) for ending in ADJECTIVE_ENDINGS)


def distance(a: Known, b: Known) -> float:
    """Return the distance in kilometres (equirectangular, good enough to tell near from far)."""
    wide = math.cos(math.radians((a.latitude + b.latitude) / 2))
    across = (a.longitude - b.longitude + 180) % 360 - 180
    return 111.2 * math.hypot(a.latitude - b.latitude, across * wide)
