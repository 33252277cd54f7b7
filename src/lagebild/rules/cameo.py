"""PLOVER to CAMEO: for formats whose users know only CAMEO."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.rules.lexicon import Lexicon

TABLE = "plover/cameo.tsv"


@dataclass(frozen=True, slots=True)
class Cameo:
    """A PLOVER type, or type and mode (``RETREAT/withdraw``), with its CAMEO code, Goldstein value and text."""

    id: str
    cameo: str
    goldstein: float
    text: str

    def __post_init__(self) -> None:
        if not (self.cameo.isdigit() and len(self.cameo) in (3, 4)):
            raise ValueError(f"cameo is {self.cameo!r}, not three or four digits")


TABLES = {TABLE: Cameo}


def crosswalk(lexicon: Lexicon) -> dict[str, Cameo]:
    """Return the rows by id."""
    return {row.id: row for row in lexicon.rows(TABLE, Cameo)}


def cameo_of(lexicon: Lexicon, type: str, mode: str | None) -> Cameo:
    """Return the CAMEO row of a type and mode; that of the type alone where the mode has none."""
    rows: dict[str, Cameo] = lexicon.derived(crosswalk)
    return rows.get(f"{type}/{mode}") or rows[type]
