"""Reads a lexicon table (TSV with a header line) into typed rows and checks every one of them.

A table is a file of tab-separated values; its row type is a frozen dataclass whose fields name the columns. Lines that
start with ``#`` and empty lines are skipped. Cells are stripped; an empty cell takes the field's default. Tuples are
written with ``|`` between the items. ``Literal`` fields accept only their values, so an unknown value is an error.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad row: where it stands and what is wrong with it."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.message}"


class LexiconError(ValueError):
    """Raised when a table cannot be used; ``problems`` lists every bad row."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_table(path: Path, row_type: type[Row], *, may_be_empty: bool = False) -> tuple[list[Row], list[Problem]]:
    """Read ``path`` into rows of ``row_type`` and the problems found on the way.

    A row's own ``__post_init__`` may raise ``ValueError``; that becomes a problem with the row's line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        return [], [Problem(path, 0, f"is not UTF-8: {error.reason} at byte {error.start}")]
    except OSError as error:
        return [], [Problem(path, 0, f"cannot be read: {error.strerror}")]
    numbered = _numbered(lines)
    if not numbered:
        return [], [Problem(path, 1, "is empty: a table needs a header line")]
    (head_line, head), *body = numbered
    columns = [cell.strip() for cell in head.rstrip("\r").split("\t")]
    parsers = _parsers(row_type)  # type: ignore[arg-type]
    if problems := _header_problems(path, head_line, columns, parsers, row_type):
        return [], problems
    if not body and not may_be_empty:
        return [], [Problem(path, head_line, "has a header and no rows")]
    rows = _read_at_once([line for _, line in body], columns, parsers, row_type)
    return (rows, []) if rows is not None else _read_one_by_one(path, body, columns, parsers, row_type)


def _read_at_once(
    lines: list[str], columns: list[str], parsers: dict[str, Callable[[str], Any]], row_type: type[Row]
) -> list[Row] | None:
    """Return the rows, read column by column in half the time of row by row; None where one of them is wrong."""
    split = [line.split("\t") for line in lines]
    if max(map(len, split), default=0) > len(columns) or not all(map(str.strip, lines)):
        return None
    cells = dict(zip(columns, zip_longest(*split, fillvalue=""), strict=False))
    fields = dataclasses.fields(row_type)  # type: ignore[arg-type]
    try:
        values = [_values(field, cells[field.name], parsers[field.name]) for field in fields if field.name in cells]
        names = [field.name for field in fields if field.name in cells]
        if names == [field.name for field in fields[: len(names)] if not field.kw_only]:
            rows = list(map(row_type, *values))
        else:
            rows = [row_type(**dict(zip(names, row, strict=True))) for row in zip(*values, strict=True)]
    except (ValueError, TypeError):
        return None
    ids = [getattr(row, "id", n) for n, row in enumerate(rows)]
    return rows if len(set(ids)) == len(ids) else None


def _values(field: dataclasses.Field[Any], column: Iterable[str], parse: Callable[[str], Any]) -> list[Any]:
    """Return the values of a column; what stands in several cells is read once. Raises what ``parse`` raises."""
    cells = list(map(str.strip, column))
    if "" in cells and field.default is dataclasses.MISSING:
        raise ValueError(f"{field.name} is missing")
    if parse is str:
        return [cell or field.default for cell in cells]
    values = {cell: parse(cell) if cell else field.default for cell in set(cells)}
    return list(map(values.__getitem__, cells))


def _read_one_by_one(
    path: Path,
    body: list[tuple[int, str]],
    columns: list[str],
    parsers: dict[str, Callable[[str], Any]],
    row_type: type[Row],
) -> tuple[list[Row], list[Problem]]:
    """Return the good rows, and what is wrong with each of the others."""
    rows, problems, seen = list[Row](), list[Problem](), dict[str, int]()
    of = [parsers[name] for name in columns]
    for number, line in body:
        cells = list(map(str.strip, line.split("\t")))
        if not any(cells):
            problems.append(Problem(path, number, "is an empty row: fill it in or take it out"))
            continue
        if len(cells) > len(columns):
            problems.append(Problem(path, number, f"has {len(cells)} cells, the header has {len(columns)}"))
            continue
        try:
            row = row_type(**{name: parse(cell) for name, parse, cell in zip(columns, of, cells, strict=False) if cell})
        except (ValueError, TypeError) as error:
            problems.append(Problem(path, number, _plain(error, row_type)))
            continue
        key = getattr(row, "id", None)
        if key is not None and key in seen:
            problems.append(Problem(path, number, f"id {key!r} stands already in line {seen[key]}"))
            continue
        if key is not None:
            seen[key] = number
        rows.append(row)
    return rows, problems


def _numbered(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Return the lines that say something, the header first, each with its number."""
    return [(n, line) for n, line in enumerate(lines, 1) if line.strip("\r ") and not line.startswith("#")]


def header(row_type: type) -> str:
    """Return the header of a table with rows of ``row_type``: every column it can have."""
    return "\t".join(field.name for field in dataclasses.fields(row_type))


def line_of(row: Any) -> str:
    """Return a row as a line that ``read_table`` reads as the same row, below ``header`` of its type."""
    return "\t".join(_cell(getattr(row, field.name), field) for field in dataclasses.fields(row))


def _cell(value: Any, field: dataclasses.Field[Any]) -> str:
    if value == field.default:  # what an empty cell stands for
        return ""
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def repeated(path: Path, row_type: type[Row], ours: Iterable[Row] = ()) -> list[Problem]:
    """Return the rows of ``path`` that can do nothing: an earlier one, or one of ``ours``, says the same.

    Examples and counter-examples aside (and ids, where a pattern does the work), two rows that are the same in every cell
    are one row too many.
    """
    rows, problems = read_table(path, row_type)
    if problems:
        return []  # what is wrong with it is said already
    numbers = [number for number, _ in _numbered(path.read_text(encoding="utf-8-sig").split("\n"))[1:]]
    own_ids = {getattr(row, "id", None) for row in rows}
    known = {_says(row): "one of ours" for row in ours if getattr(row, "id", "") not in own_ids}
    for number, row in zip(numbers, rows, strict=True):
        said = _says(row)
        if said in known:
            problems.append(Problem(path, number, f"can never count: {known[said]} says the same"))
        known.setdefault(said, f"line {number}")
    return problems


def _says(row: Any) -> tuple[Any, ...]:
    names = [field.name for field in dataclasses.fields(row)]
    beside = {"example", "counter"} | ({"id"} if "pattern" in names else set())  # else the id is the word itself
    return tuple(getattr(row, name) for name in names if name not in beside)


def _plain(error: Exception, row_type: type) -> str:
    text = str(error)
    if "missing" in text and "required" in text:
        return "lacks " + text.split(":", 1)[-1].strip().strip("'\"")
    return text.replace(f"{row_type.__name__}.__init__() ", "")


def _header_problems(
    path: Path, line: int, columns: list[str], parsers: dict[str, Callable[[str], Any]], row_type: type
) -> list[Problem]:
    problems = [Problem(path, line, f"unknown column {name!r}") for name in columns if name not in parsers]
    problems += [Problem(path, line, f"column {n!r} stands twice") for n in set(columns) if columns.count(n) > 1]
    required = {f.name for f in dataclasses.fields(row_type) if f.default is f.default_factory is dataclasses.MISSING}
    problems += [Problem(path, line, f"lacks the column {name!r}") for name in sorted(required - set(columns))]
    return problems


@cache
def _parsers(row_type: type) -> dict[str, Callable[[str], Any]]:
    hints = get_type_hints(row_type)
    return {field.name: _parser(field.name, hints[field.name]) for field in dataclasses.fields(row_type)}


def _parser(name: str, hint: Any) -> Callable[[str], Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _parser(name, next(arg for arg in get_args(hint) if arg is not type(None)))
    if origin is Literal:
        allowed = get_args(hint)

        def literal(cell: str) -> str:
            if cell not in allowed:
                raise ValueError(f"{name} is {cell!r}; allowed are {', '.join(map(str, allowed))}")
            return cell

        return literal
    if origin is tuple:
        inner = _parser(name, get_args(hint)[0])
        return lambda cell: tuple([inner(item) for part in cell.split("|") if (item := part.strip())])
    if hint is bool:
        return lambda cell: _boolean(name, cell)
    if hint in (int, float):

        def number(cell: str) -> Any:
            try:
                return hint(cell)
            except ValueError:
                raise ValueError(f"{name} is {cell!r}, not a number") from None

        return number
    return str


def _boolean(name: str, cell: str) -> bool:
    if cell not in ("yes", "no"):
        raise ValueError(f"{name} is {cell!r}; write yes or no")
    return cell == "yes"
