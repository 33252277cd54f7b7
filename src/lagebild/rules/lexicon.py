"""The lexicon: our tables under ``lagebild/lexicon`` with the user's rows laid over them.

Which tables there are, and of what row type, stands in ``TABLES``. A user's folder has the same layout; a row there
with an id of ours replaces ours, a new id adds a row. Tables are read when first asked for.
"""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from lagebild.rules.table import LexiconError, Problem, read_table, repeated

ROOT = Path(__file__).parent.parent / "lexicon"
Row = TypeVar("Row")
Derived = TypeVar("Derived")


class Lexicon:
    """All tables, read lazily and kept. ``overlay`` is a folder of the user's own rows."""

    def __init__(self, overlay: Path | None = None):
        if overlay is not None and not overlay.is_dir():
            raise LexiconError([Problem(overlay, 0, "is not a folder")])
        self.overlay = overlay
        self._tables: dict[str, tuple[Any, ...]] = {}
        self._derived: dict[Any, Any] = {}

    def rows(self, name: str, row_type: type[Row]) -> tuple[Row, ...]:
        """Return the rows of table ``name`` (``de/speech_verbs.tsv``); raise ``LexiconError`` for a bad row."""
        if name not in self._tables:
            rows, problems = read_table(ROOT / name, row_type)
            merged = {getattr(row, "id", n): row for n, row in enumerate(rows)}
            if self.overlay and (path := self.overlay / name).exists():
                own, own_problems = read_table(path, row_type)
                problems += own_problems
                merged |= {getattr(row, "id", f"{path}:{n}"): row for n, row in enumerate(own)}
            if problems:
                raise LexiconError(problems)
            self._tables[name] = tuple(merged.values())
        return self._tables[name]

    def derived(self, build: Any) -> Any:
        """Return ``build(self)``, made once per lexicon: for indexes over tables."""
        if build not in self._derived:
            self._derived[build] = build(self)
        return self._derived[build]

    def check(self) -> dict[str, int]:
        """Read every table and return its number of rows; raise ``LexiconError`` with all problems there are."""
        from lagebild.rules.tables import GENERATED, TABLES

        problems: list[Problem] = []
        for root in filter(None, (ROOT, self.overlay)):
            known = {root / name for name in (*TABLES, *GENERATED)}
            files = {path for path in root.rglob("*") if path.suffix in (".tsv", ".yaml")}
            problems += [Problem(path, 0, "is no table that lagebild reads") for path in sorted(files - known)]
        counts: dict[str, int] = {}
        for name, row_type in TABLES.items():
            try:
                counts[name] = len(self.rows(name, row_type))
            except LexiconError as error:
                problems += error.problems
            else:
                problems += self._repeated(name, row_type)
        if problems:
            raise LexiconError(problems)
        return counts

    def _repeated(self, name: str, row_type: type[Any]) -> list[Problem]:
        problems = repeated(ROOT / name, row_type)
        if self.overlay and (path := self.overlay / name).exists():
            problems += repeated(path, row_type, read_table(ROOT / name, row_type)[0])
        return problems

    @cached_property
    def version(self) -> str:
        """A short hash over the content of every table, ours and the user's."""
        digest = hashlib.sha256()
        for root in filter(None, (ROOT, self.overlay)):
            for path in sorted(p for p in root.rglob("*") if p.suffix in (".tsv", ".yaml")):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:12]


@cache
def own_lexicon() -> Lexicon:
    """Return our lexicon without a user's rows, one for the whole process: its indexes are costly to build."""
    return Lexicon()
