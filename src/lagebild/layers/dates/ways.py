"""How the value of each kind of expression is computed. A way returns None where the words mean no time after all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lagebild.layers.dates import calendar
from lagebild.layers.dates.context import Context, Found
from lagebild.layers.dates.scan import Match
from lagebild.layers.dates.spans import SPAN_WAYS

Way = Callable[[Match, Context, int], Found | None]


def number(match: Match, name: str, context: Context) -> float | None:
    """Return the number a token means; None for "einige" and for a token that is not there."""
    index = match.index(name)
    if index is None:
        return None
    info = match.tokens.infos[index]
    if info.number is not None:
        return info.number
    try:
        return float(match.tokens.form(index).replace(".", "").replace(",", ".")) if info.value[:1].isdigit() else float(info.value)
    except ValueError:
        return None


