"""Who held which office when: a surname in an article of a known day becomes a person, an office and a state."""

from __future__ import annotations

from datetime import date as Day

from lagebild.layers.actors.reading import split_code
from lagebild.rules.actors import Holder
from lagebild.rules.lexicon import Lexicon

GRACE = 30
"""Days for which what somebody did or suffered is still told of him as the holder of the office he lost."""
TABLE = "actors/officeholders.tsv"


def index_holders(lexicon: Lexicon) -> dict[str, tuple[Holder, ...]]:
    """Return the holders by every name they go by and by the last word of it, in lower case."""
    found: dict[str, list[Holder]] = {}
    for row in lexicon.rows(TABLE, Holder):
        for name in (row.name, *row.other_names):
            for key in {name.lower(), name.lower().split()[-1]}:
                if row not in found.setdefault(key, []):
                    found[key].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def holder_of(name: str, day: Day | None, lexicon: Lexicon) -> Holder | None:
    """Return who ``name`` means on ``day``: the one in office, else the one whose term is nearest; None where open.

    Out of office he is no part of its body: ask ``held_by``.

    A surname alone counts only where it means one person.
    """
    holders: dict[str, tuple[Holder, ...]] = lexicon.derived(index_holders)
    low = name.lower()
    rows = holders.get(low) or holders.get(low.removesuffix("s"))
    if rows is None and " " in low:
        rows = tuple(row for row in holders.get(low.split()[-1], ()) if _same_first(low, row))
    if not rows:
        return None
    if day is not None:
        current = [row for row in rows if row.held_on(day)]
        if current:
            return current[0]
        rows = tuple(sorted(rows, key=lambda row: _years_off(row, day)))
        return rows[0] if " " in low or _years_off(rows[0], day) < 8 else None
    return rows[0] if len({row.code[:3] for row in rows}) == 1 else None


def held_by(holder: Holder, day: Day | None) -> tuple[str | None, str]:
    """Return state and sector of a holder on ``day``: out of the term the state alone; where the day is open, as in office.

    What befell somebody as the holder of an office is told for some days after he lost it.
    """
    state, sector = split_code(holder.code)
    in_office = day is None or holder.held_on(day) or holder.held_on(_some_days_before(day))
    return state, sector if in_office else ""


def _some_days_before(day: Day) -> Day:
    """``GRACE`` days before, or where the calendar begins."""
    return Day.fromordinal(max(day.toordinal() - GRACE, 1))


def _same_first(low: str, row: Holder) -> bool:
    return any(name.lower().split()[0] == low.split()[0] for name in (row.name, *row.other_names))


def _years_off(row: Holder, day: Day) -> int:
    since = int(row.since[:4]) if row.since else 0
    until = int(row.until[:4]) if row.until else 9999
    return max(since - day.year, day.year - until, 0)
