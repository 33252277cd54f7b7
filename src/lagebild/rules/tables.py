"""Every lexicon table and the type of its rows. A file without an entry here is an error, and so is the reverse."""

from __future__ import annotations

TABLES: dict[str, type] = {}
