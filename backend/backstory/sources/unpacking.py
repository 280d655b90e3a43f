"""Files as they are packed, gzip and bzip2, of one member or many: never more comes out than an honest one holds."""

import bz2
import gzip
import io
import zlib
from collections.abc import Callable
from typing import cast

from backstory.errors import SourceError

MAX_RATIO = 300
"""How many times its size a file may unpack to: text comes to 3 to 20, a bomb to 1,000 and more."""

RATIO_FROM = 64_000_000
"""Bytes that any file may unpack to, whatever its size."""

BUFFER = 256_000
"""Bytes that are unpacked at a time."""

BREAKS = (EOFError, OSError, zlib.error, SourceError)
"""What reading a packed file raises where it breaks off."""

_Opener = Callable[[io.BufferedReader], io.BufferedIOBase]
_PACKED: tuple[tuple[bytes, _Opener], ...] = (
    (b"\x1f\x8b", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"BZh", bz2.BZ2File),
)


def unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    """The bytes that a file holds, unpacked where it is packed.

    Reading them raises one of BREAKS where the file is cut, garbled, or a bomb.
    """
    head = raw.peek(4)
    for mark, opener in _PACKED:
        if head.startswith(mark):
            return io.BufferedReader(_Measured(opener(raw), raw), BUFFER)
    return raw


class _Measured(io.RawIOBase):
    """What comes out of a packed file, against what went in."""

    def __init__(self, source: io.BufferedIOBase, raw: io.BufferedReader) -> None:
        self._source = source
        self._raw = raw
        self._before = _position(raw)
        self._out = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer; how many bytes came. Raises one of BREAKS."""
        room = cast("memoryview", buffer)
        # One step at a time: of several, the first ones would be lost where the last finds the file broken.
        part = self._source.read1(len(room))
        room[: len(part)] = part
        self._out += len(part)
        if self._out > RATIO_FROM and self._out > MAX_RATIO * max(1, _position(self._raw) - self._before):
            raise SourceError(f"it unpacks to more than {MAX_RATIO} times its size")
        return len(part)


def _position(raw: io.BufferedReader) -> int:
    return raw.tell() if raw.seekable() else 0
