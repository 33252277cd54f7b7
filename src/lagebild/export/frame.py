"""Records as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lagebild.export.rows import COLUMNS, event_rows
from lagebild.records import Records

if TYPE_CHECKING:
    import pandas


def frame(coded: Records | Iterable[Records]) -> pandas.DataFrame:
    """Return one row per event, columns as in ``lagebild.export.rows.COLUMNS``.

    Raises ``ModuleNotFoundError`` with the command to run where pandas is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise ModuleNotFoundError("lagebild.frame needs pandas: pip install 'lagebild[frame]'") from None
    many = [coded] if isinstance(coded, Records) else coded
    return pandas.DataFrame([row for records in many for row in event_rows(records)], columns=COLUMNS)
