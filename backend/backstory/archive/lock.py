"""One writer for an archive: a lock that ends with its process, however that ends."""

import sqlite3
from pathlib import Path

from backstory.errors import ArchiveLockedError


class WriterLock:
    """Held from the moment it is made until `release`.

    SQLite locks files on every platform alike and the operating system lets go of them with the process, so the lock
    is an empty database with a transaction that never ends: nothing is left behind by a crash.
    """

    def __init__(self, path: Path) -> None:
        """Raises ArchiveLockedError where another holds it."""
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise ArchiveLockedError(
                f"another Backstory is writing to {path.parent}; let it finish, or go through it while it serves"
            ) from error

    def __enter__(self) -> "WriterLock":
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.release()

    def release(self) -> None:
        """Let another write."""
        self._connection.close()
