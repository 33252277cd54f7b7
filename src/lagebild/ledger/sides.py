"""Whether two groups of actors may be one side."""

from __future__ import annotations

from functools import lru_cache

OPPOSED = ({"GOV", "MIL", "COP", "JUD", "LEG"}, {"REB", "OPP", "PRM", "CRM", "SEP"})  # of one country, but not one side


@lru_cache(maxsize=200_000)
def same_side(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether somebody on one side may be somebody on the other: of one country, and not its rebels here, its army there."""
    for mine in a:
        for theirs in b:
            (land, kinds), (other, others) = _parts(mine), _parts(theirs)
            if land == other and not any(
                kinds & x and others & y and not kinds & y and not others & x for x, y in (OPPOSED, OPPOSED[::-1])
            ):
                return True
    return False


def _parts(code: str) -> tuple[str, set[str]]:
    land, _, rest = code.partition(":")
    return land, set(rest.split("+"))
