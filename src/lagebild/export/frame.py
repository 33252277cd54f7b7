"""Records as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lagebild.export.rows import COLUMNS_OF, What, rows_of
from lagebild.records import Records

if TYPE_CHECKING:
    import pandas

NUMBERS = {"latitude", "longitude", "confidence"}
INTEGERS = {"event", "statement", "content_of", "condition", "parent", "geonames", "start", "end"}


def frame(coded: Records | Iterable[Records], what: What = "events") -> pandas.DataFrame:
    """Return one row per event, or per statement with ``what="statements"``.

    Columns and their types are the same whatever is missing: whole numbers are ``Int64``, other numbers ``float64``,
    words ``string``. Raises ``ValueError`` for another ``what``, ``ModuleNotFoundError`` with the command to run where
    pandas is not installed.
    """
    if what not in COLUMNS_OF:
        raise ValueError(f"what is {what!r}; it can be {' or '.join(COLUMNS_OF)}")
    try:
        import pandas
    except ModuleNotFoundError:
        raise ModuleNotFoundError("lagebild.frame needs pandas: pip install 'lagebild[frame]'") from None
    many = [coded] if isinstance(coded, Records) else coded
    columns = COLUMNS_OF[what]
    table = pandas.DataFrame([row for records in many for row in rows_of(records, what)], columns=columns)
    return table.astype({name: _type(name) for name in columns})


def _type(column: str) -> str:
    return "Int64" if column in INTEGERS else "float64" if column in NUMBERS else "string"
