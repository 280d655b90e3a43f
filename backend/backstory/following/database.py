"""The ledger's file: one SQLite connection that threads share, one statement or one transaction at a time.

Write-ahead logging with `synchronous = NORMAL`: what was committed outlives the process however that ends. If the power
fails, the last moments may be missing, whole transactions of them: some work is then done again, none is forgotten.
No statement waits for the disk, and none reads much, so that they may be run where the event loop runs.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from backstory.errors import LedgerError
from backstory.following.schema import check_current, migrate

_BUSY_MS = 5_000  # how long to wait for another process's commit
_MEMORY = ":memory:"

Row = tuple[Any, ...]
T = TypeVar("T")


class Database:
    """One open ledger file; every method raises LedgerError where the file does not answer."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open it, making it or bringing it up to date unless `read_only`; without a path it is kept in memory."""
        self._lock = threading.RLock()
        place = _MEMORY if path is None else f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        try:
            self._connection = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger {path} cannot be opened: {error}") from error
        try:
            self._set_up(read_only=read_only)
        except sqlite3.Error as error:
            self.close()
            raise LedgerError(f"the ledger {path} cannot be read: {error}") from error
        except LedgerError:
            self.close()
            raise

    def _set_up(self, *, read_only: bool) -> None:
        for setting in (f"busy_timeout = {_BUSY_MS}", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {setting}")
        if read_only:
            check_current(self._connection)
            return
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        migrate(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What a statement finds."""
        return self._guarded(lambda: self._connection.execute(statement, values).fetchall())

    def write(self, statement: str, *values: object) -> int:
        """Run a statement that changes rows; how many it changed."""
        return self._guarded(lambda: self._connection.execute(statement, values).rowcount)

    def insert(self, statement: str, *values: object) -> int:
        """Run a statement that adds a row; the row's number."""
        return self._guarded(lambda: self._connection.execute(statement, values).lastrowid or 0)

    def write_all(self, statement: str, rows: Iterable[Row]) -> int:
        """Run a statement for each row, all or none; how many rows it changed."""
        with self.together():
            return self._guarded(lambda: self._connection.executemany(statement, rows).rowcount)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written within happens at once, or, where an error leaves the block, not at all."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._guarded(lambda: self._connection.execute("BEGIN IMMEDIATE"))
            try:
                yield
                self._guarded(lambda: self._connection.execute("COMMIT"))
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            with self._lock:
                return work()
        except sqlite3.Error as error:
            raise LedgerError(f"the ledger does not answer: {error}") from error


def seconds(moment: datetime) -> float:
    """A moment as the ledger keeps it."""
    return moment.timestamp()


def moment(seconds: float) -> datetime:
    """A moment out of the ledger."""
    return datetime.fromtimestamp(seconds, UTC)


def moment_or_none(seconds: float | None) -> datetime | None:
    """A moment that may never have come."""
    return None if seconds is None else moment(seconds)
