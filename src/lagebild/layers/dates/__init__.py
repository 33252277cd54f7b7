"""The layer of dates: German time expressions become TIMEX3 values with the days they cover."""

from lagebild.layers.dates.find import find_dates

__all__ = ["find_dates"]
