"""One index over every known place: our own tables and the gazetteer, which is bisected rather than parsed.

``names.tsv`` (name, GeoNames ids) and ``places.tsv`` (one place a line) are sorted; a look-up is a bisection over their
lines, so that loading costs two reads and nothing else. They are made by ``model/gazetteer.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from lagebild.rules.actors import Holder
from lagebild.rules.lexicon import ROOT, Lexicon
from lagebild.rules.places.forms import Nouns, adjective_stems, inflected, town_stems
from lagebild.rules.places.rows import (
    KINDS,
    AdjectiveRow,
    BorderRow,
    CountryRow,
    Known,
    NounRow,
    PlaceRow,
    Precision,
    WordRow,
)  # fmt: skip

SIDES: dict[str, Precision] = {"country": "region", "region": "region", "area": "area", "town": "district"}


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
        self.words: dict[str, set[str]] = defaultdict(set)
        for word in lexicon.rows("places/words.tsv", WordRow):
            self.words[word.use].add(word.id.partition(":")[2])
        holders = lexicon.rows("actors/officeholders.tsv", Holder)
        self.surnames = {holder.name.rpartition(" ")[2] for holder in holders if " " in holder.name}
        self.nouns = Nouns({row.id: row for row in lexicon.rows("places/nouns.tsv", NounRow)}, self.words["never"])
        self._sides = tuple(sorted(self.words["side"], key=lambda side: (-len(side), side)))
        self._own: dict[str, list[Known]] = defaultdict(list)
        self._tails: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._entries: dict[str, Known | None] = {}
        self._fill(lexicon)
        self._low = {first for first in self._tails if first[0].islower()}
        self.interest: dict[str, str] = {}
        self._adjectives_kept: dict[str, str | None] = {}
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
                for name in inflected(pattern):
                    self._add(name, known)

    def _own_place(self, row: PlaceRow) -> Known:
        shown = inflected(row.names[0])[0]
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
        word = word.replace("’", "'")
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
        """A side of a well-known place: ``Südlibanon``, ``Ost-Aleppo``."""
        if not word.startswith(self._sides):
            return ()
        for side in self._sides:
            rest = word.removeprefix(side).removeprefix("-")
            if word.startswith(side) and len(rest) > 3:
                whole = next(iter(self.named(rest[0].upper() + rest[1:])), None)
                if whole and whole.source != "gazetteer" and whole.precision in SIDES:
                    return (_side_of(whole, word),)
        return ()

    def inhabitant(self, word: str) -> tuple[Known, ...]:
        """Return the towns an adjective in -er belongs to (``Kiewer``)."""
        for name in town_stems(word):
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
        if word not in self._adjectives_kept:
            stems = (self.adjectives.get(stem) for stem in adjective_stems(word))
            self._adjectives_kept[word] = next(filter(None, stems), None)
        return self._adjectives_kept[word]

    def described(self, word: str) -> tuple[Known, ...]:
        """Return the country or region an adjective belongs to (``syrischen``, ``texanischen``, ``nordsyrischen``)."""
        if (alpha3 := self.adjective(word)) and (country := self.country(alpha3)):
            return (country,)
        for stem in adjective_stems(word):
            if stem in self._regional:
                return self.named(self._regional[stem])
            for side in self._sides:
                rest = stem.removeprefix(side.lower())
                if rest != stem and (country := self.country(self.adjectives.get(rest, ""))):
                    return (_side_of(country, side + country.name.lower()),)
        return ()


def _side_of(whole: Known, name: str) -> Known:
    return replace(whole, name=name, precision=SIDES[whole.precision], source="own", geonames=None, people=0, seat="")
