"""Files that a browser handed in, until they are imported.

home/handed-in/…    for the owner's eyes alone; what a crash left there goes at the next start
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterable, Callable
from pathlib import Path
from typing import BinaryIO

from backstory.errors import HandedInError

FOLDER = "handed-in"
"""The folder's name under home."""

ROOM_LEFT = 1_000_000_000
"""Bytes that stay free on the disk, whatever is handed in: the archive has to grow by what is in it."""

WRITTEN_BYTES = 1_000_000
"""Bytes that are held in memory before they are written."""


def _free(folder: Path) -> int:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


class Inbox:
    """Takes files in. `free` tells how many bytes the disk of a folder has left."""

    def __init__(self, folder: Path, *, most_bytes: int, free: Callable[[Path], int] = _free) -> None:
        self.most_bytes = most_bytes
        self._folder = folder
        self._free = free

    def sweep(self) -> int:
        """Remove what a former process left; how many files that were. For the one process that writes."""
        left = [path for path in self._folder.glob("*") if path.is_file() or path.is_symlink()]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def room(self) -> int:
        """Bytes that may still be taken."""
        return max(0, min(self.most_bytes, self._free(self._folder) - ROOM_LEFT))

    def check(self, size: int) -> None:
        """Refuse a file of so many bytes before it comes.

        Raises:
            HandedInError: it is too large, or there is no room for it.
        """
        if size > self.most_bytes:
            raise HandedInError(f"a file may have {_megabytes(self.most_bytes)}, the setting max_import_bytes says")
        if size > self.room():
            raise HandedInError(f"the disk has room for {_megabytes(self.room())} only")

    async def receive(self, parts: AsyncIterable[bytes]) -> Path:
        """Keep a file as it comes; it is whoever asks who removes it.

        Raises:
            HandedInError: it is too large, or the disk is full. Nothing of it stays then, as with any other error.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._folder)  # readable by the owner alone
        except OSError as error:
            raise HandedInError(f"it cannot be kept: {error.strerror}") from error
        try:
            with os.fdopen(descriptor, "wb") as file:
                await self._write(parts, file)
        except BaseException as error:
            discard(Path(name))
            if isinstance(error, OSError):
                raise HandedInError(f"it cannot be kept: {error.strerror}") from error
            raise
        return Path(name)

    async def _write(self, parts: AsyncIterable[bytes], file: BinaryIO) -> None:
        held, taken = bytearray(), 0
        async for part in parts:
            held += part
            taken += len(part)
            if taken > self.most_bytes:
                self.check(taken)
            if len(held) >= WRITTEN_BYTES:
                self.check(len(held))
                await asyncio.to_thread(file.write, bytes(held))
                held.clear()
        self.check(len(held))
        await asyncio.to_thread(file.write, bytes(held))


def discard(path: Path) -> None:
    """Remove a file that was handed in."""
    path.unlink(missing_ok=True)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
