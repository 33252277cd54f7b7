"""Codes and scores that exports need: Correlates of War, FIPS 10-4, PLOVER quads and scores."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.rules.actors import State
from lagebild.rules.events import Type
from lagebild.rules.lexicon import Lexicon

FIPS = "export/fips.tsv"
QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}


@dataclass(frozen=True, slots=True)
class Fips:
    """A state's FIPS 10-4 code; ``id`` is ISO 3166 alpha-3."""

    id: str
    fips: str


TABLES = {FIPS: Fips}


def _fips(lexicon: Lexicon) -> dict[str, str]:
    return {row.id: row.fips for row in lexicon.rows(FIPS, Fips)}


def _cow(lexicon: Lexicon) -> dict[str, str]:
    return {row.id: row.cow for row in lexicon.rows("actors/states.tsv", State)}


def _iso2(lexicon: Lexicon) -> dict[str, str]:
    return {row.id: row.iso2 for row in lexicon.rows("actors/states.tsv", State)}


def _types(lexicon: Lexicon) -> dict[str, Type]:
    return {row.id: row for row in lexicon.rows("plover/types.tsv", Type)}


def fips_code(lexicon: Lexicon, country: str | None) -> str | None:
    """Return the FIPS 10-4 code of an ISO alpha-3 country, or None."""
    found: dict[str, str] = lexicon.derived(_fips)
    return found.get(country or "")


def cow_code(lexicon: Lexicon, country: str) -> str | None:
    """Return the Correlates of War abbreviation of an ISO alpha-3 country, or None."""
    found: dict[str, str] = lexicon.derived(_cow)
    return found.get(country) or None


def iso2_code(lexicon: Lexicon, country: str | None) -> str | None:
    """Return the ISO 3166 alpha-2 code (Kosovo: XK) of an alpha-3 country, or None."""
    found: dict[str, str] = lexicon.derived(_iso2)
    return found.get(country or "") or None


def quad_of(lexicon: Lexicon, type: str) -> int:
    """Return the quad code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    found: dict[str, Type] = lexicon.derived(_types)
    return QUADS[found[type].quad]


def score_of(lexicon: Lexicon, type: str) -> float:
    """Return the PLOVER score of a type, -10 to 10."""
    found: dict[str, Type] = lexicon.derived(_types)
    return found[type].score
