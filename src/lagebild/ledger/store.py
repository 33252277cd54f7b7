"""A ledger on disk or on object storage: one Delta Lake table per kind of record, in one folder.

Delta's commits are atomic and appends of several writers do not conflict, so a killed writer leaves either a whole
commit or files that no commit names. Across tables the order of writing does the same: ``articles`` comes last.
"""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from lagebild.ledger.schemas import DERIVED, LAYOUT, SCHEMAS

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PROPERTY = "lagebild.layout"


class LedgerError(RuntimeError):
    """Raised when a ledger cannot be used; the message names it and says what to do."""


class Store:
    """The tables of one ledger. ``root`` is a folder or an address that deltalake understands (``s3://...``)."""

    def __init__(self, root: str | Path, *, options: Mapping[str, str] | None = None):
        self.root = str(root).rstrip("/")
        self.options = dict(options or {})

    @property
    def local(self) -> bool:
        """Whether the ledger is a folder on this machine."""
        return "://" not in self.root

    def uri(self, table: str) -> str:
        """Return where a table lies."""
        return f"{self.root}/{table}"

    def exists(self) -> bool:
        """Whether there is a ledger."""
        return self.is_table("runs")

    def create(self) -> None:
        """Make what is missing of the ledger's tables; raise ``LedgerError`` where something else lies there.

        In a ledger that was whole only what is derived may be missing, else something was lost: the next build makes
        all of it anew, for it takes an article without a row in ``families`` for one that nobody looked at.
        """
        if self.local:
            folder = Path(self.root)
            if folder.exists() and not folder.is_dir():
                raise LedgerError(f"{self.root} is a file: name a folder for the ledger")
            if folder.is_dir() and not self.exists() and any(p.name not in SCHEMAS for p in folder.iterdir()):
                raise LedgerError(f"{self.root} is not empty and no ledger: name an empty or a new folder")
            folder.mkdir(parents=True, exist_ok=True)
        missing = [name for name in SCHEMAS if not self.is_table(name)] if self.exists() else []
        for name in missing:
            if name not in DERIVED:
                raise LedgerError(f"{self.root} lacks the table {name}: {mended_by(self, name)}")
        if missing and "families" not in missing:
            self.table("families").delete()
        for name in sorted(SCHEMAS, key="runs".__eq__):  # runs last: it says that the ledger is whole
            if not self.is_table(name):
                self._create(name)

    def _create(self, name: str) -> None:
        try:
            DeltaTable.create(
                self.uri(name),
                pa.schema(SCHEMAS[name]),
                mode="error",
                name=name,
                description=f"Lagebild ledger, layout {LAYOUT}",
                storage_options=self.options or None,
            )
        except DeltaError:
            if not self.is_table(name):  # else another writer was faster, which is as good
                raise

    def is_table(self, name: str) -> bool:
        """Whether a table of this name lies there."""
        return DeltaTable.is_deltatable(self.uri(name), storage_options=self.options or None)

    def check_layout(self) -> None:
        """Raise ``LedgerError`` where the ledger is missing or was written by a newer program."""
        if not self.exists():
            if (
                self.local
                and Path(self.root).exists()
                and not (Path(self.root).is_dir() and not any(Path(self.root).iterdir()))
            ):
                raise LedgerError(f"{self.root} is no ledger, and something else lies there: name another folder")
            raise LedgerError(f"{self.root} is no ledger: `lagebild code PAGE --ledger {self.root}` makes one")
        number = self.layout("runs")
        if number is None:
            raise LedgerError(f"{self.root}/runs is a Delta table of somebody else's: name another folder")
        if number > LAYOUT:
            raise LedgerError(
                f"{self.root} has layout {number}, this program knows {LAYOUT}: update it with `pip install -U lagebild`"
            )

    def layout(self, name: str) -> int | None:
        """Return the layout that a table says it has; None where it is not one of this program's."""
        return layout_of(self.table(name))

    def set_layout(self, name: str, number: int) -> None:
        """Make a table say that it has this layout, in one commit."""
        try:
            self.table(name).alter.set_table_description(f"Lagebild ledger, layout {number}")
        except (DeltaError, OSError) as error:
            raise LedgerError(
                f"{self.uri(name)} could not be changed: {_short(error)}; run the command again"
            ) from error

    def table(self, name: str, *, version: int | datetime.datetime | None = None) -> DeltaTable:
        """Open a table, as it is or as it was; raise ``LedgerError`` where it is damaged or missing."""
        try:
            table = DeltaTable(self.uri(name), storage_options=self.options or None)
            if isinstance(version, datetime.datetime):
                version = _version_at(table, version)
            if version is not None:
                table.load_as_version(version)
        except TableNotFoundError:
            raise LedgerError(f"{self.root} lacks the table {name}: {mended_by(self, name)}") from None
        except (DeltaError, OSError) as error:
            raise LedgerError(f"{self.uri(name)} cannot be opened: {_short(error)}") from error
        return table

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other program of this machine builds what is derived, and keep others from it meanwhile.

        Two builds at once would each tell the same articles without knowing of the other. On object storage, and where
        the disk knows no locks, nothing is waited for; the next build mends what two told.
        """
        with contextlib.ExitStack() as stack:
            if self.local and fcntl is not None and Path(self.root).is_dir():
                with contextlib.suppress(OSError):
                    lock = stack.enter_context((Path(self.root) / "build.lock").open("a"))
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def append(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Append rows in one commit; raise ``LedgerError`` (disk full, no right to write) with nothing half-written."""
        if rows:
            self.append_table(name, pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))

    def append_table(self, name: str, data: pa.Table) -> None:
        """Append an Arrow table in one commit."""
        try:
            write_deltalake(self.uri(name), data, mode="append", storage_options=self.options or None)
        except (DeltaError, OSError) as error:
            raise LedgerError(
                f"{self.uri(name)} could not be written: {_short(error)}. What was stored before is whole; "
                "free some space or mend the cause and run the same command again, it goes on where it stopped"
            ) from error


def _version_at(table: DeltaTable, moment: datetime.datetime) -> int | datetime.datetime:
    """Return the version of a table at a time by what its commits say, which a copy keeps (the times of its files are new).

    Where the commits of that time are no longer listed, the time is left to Delta. Raises ``LedgerError`` where the table is younger.
    """
    history = table.history()
    milliseconds = moment.timestamp() * 1000
    found = [commit["version"] for commit in history if commit.get("timestamp", math.inf) <= milliseconds]
    if found:
        return int(max(found))
    if min((commit["version"] for commit in history), default=1) > 0:
        return moment
    first = datetime.datetime.fromtimestamp(min(c["timestamp"] for c in history) / 1000, datetime.UTC)
    raise LedgerError(
        f"{table.table_uri} is of {first.isoformat(timespec='seconds')}: there was nothing at {moment.isoformat(timespec='seconds')}"
    )


def mended_by(store: Store, name: str) -> str:
    """Return what to do where a table of a ledger, or a file of it, is missing or damaged."""
    if name in DERIVED:
        return f"it is derived: delete {store.uri(name)} and run `lagebild ledger build --ledger {store.root}`"
    return "restore it from a backup"


def layout_of(table: DeltaTable) -> int | None:
    """Return the layout that a table says it has; None where it is not one of this program's."""
    described = table.metadata().description or ""
    number = described.rsplit("layout ", 1)[-1]
    return int(number) if described.startswith("Lagebild ledger") and number.isdigit() else None


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
