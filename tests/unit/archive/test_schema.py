import sqlite3
from pathlib import Path

import pytest

from backstory.archive.schema import MIGRATIONS, migrate, version
from backstory.archive.store import Store
from backstory.errors import ArchiveUnavailableError, ArchiveVersionError


def test_a_new_database_goes_through_every_migration() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)

    migrate(connection)
    migrate(connection)

    assert version(connection) == len(MIGRATIONS)


def test_an_older_database_goes_through_those_it_lacks() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    first, second = "CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 7"
    migrate(connection, (first,))
    connection.execute("INSERT INTO a VALUES (1)")

    migrate(connection, (first, second))

    assert connection.execute("SELECT x, y FROM a").fetchall() == [(1, 7)]
    assert version(connection) == 2


def test_a_migration_that_fails_leaves_the_database_as_it_was() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, ("CREATE TABLE a (x)",))

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, ("CREATE TABLE a (x)", "CREATE TABLE b (x); CREATE TABLE a (x)"))

    assert version(connection) == 1
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("a",)]


def test_a_newer_database_is_refused() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA user_version = 99")

    with pytest.raises(ArchiveVersionError, match="has version 99"):
        migrate(connection)


def test_a_reader_does_not_migrate(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "old").close()
    (tmp_path / "old").touch()

    with pytest.raises(ArchiveUnavailableError, match="open it once for writing"):
        Store(tmp_path / "old", read_only=True)


def test_what_was_committed_is_on_disk(tmp_path: Path) -> None:
    store = Store(tmp_path / "new")
    connection = store._connection  # noqa: SLF001 - the promise is SQLite's to keep, ours to ask for

    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()
