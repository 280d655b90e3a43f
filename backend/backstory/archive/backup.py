"""A home's databases in one file, taken while they are written to, and brought back whole or not at all.

    backup.zip
        manifest.json     {"format": 1, "backstory": "0.3", "made": "2026-11-23T20:00:00+00:00", "databases": [
                              {"name": "archive.sqlite3", "version": 2, "bytes": 830000000, "sha256": "…"}]}
        ledger.sqlite     each as it was at one moment
        archive.sqlite3

The index is not in it: it is made anew from the database. A backup stands under its name only once it is whole; a
database is replaced by one renaming, after which its index is gone. So whatever is killed when, what is there is whole.
"""

import json
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from backstory.errors import BackupError
from backstory.ports import Progress

FORMAT = 1  # of the file
MAX_MANIFEST_BYTES = 100_000
ROOM_LEFT = 100_000_000
"""Bytes that stay free on the disk when a backup is brought back."""

_MANIFEST = "manifest.json"
_PAGES = 2_000  # of a database that are copied at a time
_CHUNK_BYTES = 1_000_000
# All that reading and writing files may raise, zipfile's on damaged ones among it.
_FILES = (
    OSError, EOFError, sqlite3.Error, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    KeyError, ValueError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Database:
    """A database under home: where it is, and the newest version of it that this Backstory knows.

    `make` gives an empty connection the tables of a version; what has not those is no such database.
    """

    path: Path
    newest: int
    make: Callable[[sqlite3.Connection, int], None] = lambda _connection, _version: None

    @property
    def name(self) -> str:
        """What it is called in a backup."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class _Entry:
    """A database in a backup."""

    name: str
    version: int
    bytes: int
    sha256: str


def back_up(
    databases: Sequence[Database], file: Path, *, made: datetime, by: str, on_progress: Progress | None = None
) -> None:
    """Write a backup of those of the databases that are there, each as it is at one moment, in the order given.

    Others may write meanwhile. Progress counts bytes of the databases. Raises BackupError where there is nothing to
    keep, where another kind of file stands in the way, and where it cannot be read or written.
    """
    there = [database for database in databases if database.path.exists()]
    if not there:
        raise BackupError("there is nothing to back up: no archive has been made in this home yet")
    if file.exists() and not _is_backup(file):
        raise BackupError(f"{file} is no backup; name another file, or remove it first")
    with _translated(f"the backup {file} cannot be made"), _workplace(file.parent, f".{file.name}.part") as place:
        for database in there:
            _copy(database.path, place / database.name, on_progress)
        whole = place / "whole.zip"
        _pack(whole, [place / database.name for database in there], {"backstory": by, "made": made.isoformat()})
        whole.replace(file)


def restore(
    file: Path, databases: Sequence[Database], *, replace: bool = False, on_progress: Progress | None = None
) -> None:
    """Bring back the databases of a backup, in the order given; nobody may have them open.

    Nothing is touched until all of it is unpacked and found to be whole. Raises BackupError where a database is there
    already and `replace` is not said, and where the file is damaged, no backup, or of a newer Backstory.
    """
    standing = [database.path for database in databases if database.path.exists()]
    if standing and not replace:
        raise BackupError(f"{standing[0]} is there already; say --replace to have it replaced")
    with (
        _translated(f"{file} cannot be brought back"),
        zipfile.ZipFile(file) as packed,
        _workplace(databases[0].path.parent, ".restoring") as place,
    ):
        entries = {entry.name: entry for entry in _manifest(file, packed)}
        kept = [database for database in databases if database.name in entries]
        if not kept:
            raise BackupError(f"{file} holds nothing that could be brought back")
        _find_room(place, sum(entries[database.name].bytes for database in kept))
        for database in kept:
            _unpack(packed, entries[database.name], place, database, on_progress)
        for database in kept:
            _swap(place / database.name, database.path)


# --- making ---


def _copy(source: Path, target: Path, on_progress: Progress | None) -> None:
    """Copy a database as it is now, whatever is written meanwhile."""

    def tell(_status: int, left: int, pages: int) -> None:
        if on_progress:
            on_progress(size * (pages - left) // max(1, pages), size)

    size = source.stat().st_size
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.execute("BEGIN")
        reading.execute("SELECT 1 FROM sqlite_schema LIMIT 1")  # SQLite holds on to the moment of its first reading
        reading.backup(writing, pages=_PAGES, progress=tell)


def _pack(file: Path, copies: Sequence[Path], said: dict[str, Any]) -> None:
    with _private(file) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        entries = []
        for copy in copies:
            with copy.open("rb") as source, packed.open(copy.name, "w", force_zip64=True) as target:
                digest = _poured(source, target)
            entries.append(_Entry(copy.name, _version(copy), copy.stat().st_size, digest))
        manifest = {"format": FORMAT, **said, "databases": [asdict(entry) for entry in entries]}
        packed.writestr(_MANIFEST, json.dumps(manifest, indent=1))


@contextmanager
def _private(file: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner may read, on disk when the block ends: there are tokens in a ledger."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as opened:
        yield opened
        opened.flush()
        os.fsync(opened.fileno())


def _is_backup(file: Path) -> bool:
    try:
        with zipfile.ZipFile(file) as packed:
            return _MANIFEST in packed.namelist()
    except _FILES:
        return False


# --- bringing back ---


def _manifest(file: Path, packed: zipfile.ZipFile) -> list[_Entry]:
    try:
        with packed.open(_MANIFEST) as said:
            manifest = json.loads(said.read(MAX_MANIFEST_BYTES))
        if manifest["format"] > FORMAT:
            raise BackupError(f"{file} was made by a newer Backstory ({manifest['backstory']}); use that one")
        return [
            _Entry(str(each["name"]), int(each["version"]), int(each["bytes"]), str(each["sha256"]))
            for each in manifest["databases"]
        ]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BackupError(f"{file} is no backup, or what it says of itself is damaged") from error


def _find_room(place: Path, size: int) -> None:
    """Refuse to unpack more than the disk has room for: a small file may say that it holds any size."""
    free = shutil.disk_usage(place).free
    if size > free - ROOM_LEFT:
        raise BackupError(f"it holds {size:,} bytes, and the disk of {place.parent} has {free:,} left")


def _unpack(
    packed: zipfile.ZipFile, entry: _Entry, place: Path, database: Database, on_progress: Progress | None
) -> None:
    """Unpack a database and make sure that it is what was packed, and one of ours."""
    if entry.version > database.newest:
        raise BackupError(
            f"{entry.name} has version {entry.version}, this Backstory knows up to {database.newest};"
            " use the newer Backstory"
        )
    target = place / entry.name
    with packed.open(entry.name) as source, _private(target) as unpacked:
        digest = _poured(source, unpacked, entry.bytes, on_progress)
    if digest != entry.sha256 or target.stat().st_size != entry.bytes:
        raise BackupError(f"{entry.name} is damaged: it is not what was packed")
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        [said, *_] = connection.execute("PRAGMA quick_check(1)").fetchone()
        there = _parts(connection)
    if said != "ok" or _version(target) != entry.version:
        raise BackupError(f"{entry.name} is damaged: {said}")
    with closing(sqlite3.connect(":memory:")) as model:
        database.make(model, entry.version)
        missing = _parts(model) - there
    # A trigger would run with whatever is written later; we make none.
    if missing or any(kind in {"trigger", "view"} for kind, _ in there):
        raise BackupError(f"{entry.name} is a database of something else than Backstory")


def _parts(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """What a database is made of: the kind and the name of each table, index, view and trigger."""
    rows = connection.execute("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    return {(str(kind), str(name)) for kind, name in rows}


def _swap(unpacked: Path, path: Path) -> None:
    """Put a database in another's place by one renaming; what was made from the other, or waits for it, goes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for left in (f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(left).unlink(missing_ok=True)
    for index in path.parent.glob("index-*"):
        shutil.rmtree(index)
    unpacked.replace(path)


# --- both ---


def _poured(source: IO[bytes], target: IO[bytes], most: int | None = None, on_progress: Progress | None = None) -> str:
    """Copy bytes, no more than `most` and one chunk; their sha256."""
    digest, done = sha256(), 0
    while (most is None or done <= most) and (chunk := source.read(_CHUNK_BYTES)):
        digest.update(chunk)
        target.write(chunk)
        done += len(chunk)
        if on_progress and most:
            on_progress(done, most)
    return digest.hexdigest()


def _version(database: Path) -> int:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


@contextmanager
def _workplace(parent: Path, name: str) -> Iterator[Path]:
    """A folder for what is not whole yet, beside where it is going; one that a crash left is taken away."""
    place = parent / name
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.mkdir(mode=0o700)  # what stands in it, SQLite made for everybody to read
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _translated(trouble: str) -> Iterator[None]:
    try:
        yield
    except _FILES as error:
        raise BackupError(f"{trouble}: {error or type(error).__name__}") from error
