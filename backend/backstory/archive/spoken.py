"""Passages' words as numbers (`retrieval.codes`), in files beside the index, which says where each passage's begin.

Rows are written one behind another and never changed. Their places are counted in numbers from the first that was ever
written, and a file is named by the place at which it begins: when the index is made anew, so is a file, and the others
go once the new index is on disk. What is not there, or not whole, is no error: ranking then reads the passage's text.
"""

import os
import struct
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO

NUMBER_BYTES = 4
_SIZE_BITS = 16
MOST_NUMBERS = (1 << _SIZE_BITS) - 1  # of a row; a longer one is not kept
NOWHERE = 0  # the key of a row that is not kept
_LEAD = struct.Struct("<II")  # how a row begins: its words in the headline, and in the text


class SpokenWriter:
    """Adds rows; `flush` brings them to disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._place = 0

    def add(self, row: bytes) -> int:
        """The key under which a row can be read once it is on disk."""
        size = len(row) // NUMBER_BYTES
        if size > MOST_NUMBERS:
            return NOWHERE
        file = self._opened()
        file.write(row)
        self._place += size
        return (self._place - size) << _SIZE_BITS | size

    def flush(self) -> None:
        """Bring what was added to disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def start_anew(self) -> None:
        """Go on in a file of its own."""
        end = max((_end(path) for path in _files(self._folder).values()), default=0)
        self.close()
        _path(self._folder, end).touch()

    def drop_older(self) -> None:
        """Drop all files but the one that is written to."""
        for _, path in sorted(_files(self._folder).items())[:-1]:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> BinaryIO:
        if self._file is None:
            files = _files(self._folder)
            path = files[max(files)] if files else _path(self._folder, 0)
            self._file = path.open("ab")
            self._file.write(bytes(-self._file.tell() % NUMBER_BYTES))  # a crash may have torn the last row
            self._place = _begin(path) + self._file.tell() // NUMBER_BYTES
        return self._file


def read(folder: Path, keys: Collection[int]) -> dict[int, bytes]:
    """The rows under keys, as far as they are there and whole; a few microseconds each."""
    rows: dict[int, bytes] = {}
    last: int | None = None
    for begin, path in sorted(_files(folder).items(), reverse=True):
        some = [key for key in keys if begin <= key >> _SIZE_BITS and (last is None or key >> _SIZE_BITS < last)]
        last = begin
        if some:
            rows.update(_rows(path, begin, some))
    return rows


def _rows(path: Path, begin: int, keys: Iterable[int]) -> Iterable[tuple[int, bytes]]:
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        for key in sorted(keys):
            size = key & MOST_NUMBERS
            row = os.pread(file, size * NUMBER_BYTES, ((key >> _SIZE_BITS) - begin) * NUMBER_BYTES)
            if len(row) == size * NUMBER_BYTES >= _LEAD.size and sum(_LEAD.unpack_from(row)) + 2 == size:
                yield key, row
    finally:
        os.close(file)


def _files(folder: Path) -> dict[int, Path]:
    """The files by the places at which they begin."""
    return {_begin(path): path for path in folder.glob("spoken-*")}


def _path(folder: Path, begin: int) -> Path:
    return folder / f"spoken-{begin:x}"


def _begin(path: Path) -> int:
    return int(path.name.partition("-")[2], 16)


def _end(path: Path) -> int:
    return _begin(path) - -path.stat().st_size // NUMBER_BYTES
