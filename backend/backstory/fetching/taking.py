"""What is taken of an answer's body: unpacked, and never more than a limit of it.

The limit holds for what comes over the wire and for what becomes of it, each part of it as it comes, so that neither a
body without an end nor a small one that unpacks to any size ever stands in memory.
"""

import zlib
from dataclasses import dataclass

import httpx

from backstory.errors import FetchError, FetchRefusedError

PACKINGS = "gzip, deflate"
"""What is unpacked, as `Accept-Encoding` asks for it."""

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": zlib.MAX_WBITS}
_MEMBER = b"\x1f"  # what a gzip member begins with; whatever else follows one is padding
_MEMBERS = 100  # that a gzip body may be made of; honest ones are of one, and each costs a copy of what follows

_NAME = 40  # characters of a packing that are told


@dataclass(slots=True)
class Tally:
    """What is known of a request while it runs: how it ended, its status, and the bytes that came."""

    outcome: str = "broken off"
    status: int = 0
    received: int = 0


class _Unpacker:
    """Packed bytes to unpacked ones, at most so many at a time."""

    def __init__(self, packing: str) -> None:
        self._window = _WINDOWS[packing]
        self._packing = zlib.decompressobj(self._window)
        self._members = 1
        self._begun = False

    def unpack(self, part: bytes, most: int) -> bytes:
        unpacked = self._first(part, most) if not self._begun else self._packing.decompress(part, most)
        self._begun = True
        while self._packing.eof and self._members < _MEMBERS and self._packing.unused_data.startswith(_MEMBER):
            rest, self._packing = self._packing.unused_data, zlib.decompressobj(self._window)
            self._members += 1
            unpacked += self._packing.decompress(rest, max(1, most - len(unpacked)))
        return unpacked

    def _first(self, part: bytes, most: int) -> bytes:
        try:
            return self._packing.decompress(part, most)
        except zlib.error:
            if self._window != zlib.MAX_WBITS:
                raise
        # Servers that say "deflate" disagree on whether that is with a head (RFC 9110, 8.4.1.2) or without.
        self._window = -zlib.MAX_WBITS
        self._packing = zlib.decompressobj(self._window)
        return self._packing.decompress(part, most)

    @property
    def is_whole(self) -> bool:
        return self._packing.eof or not self._begun


class _AsItIs:
    is_whole = True

    def unpack(self, part: bytes, _most: int) -> bytes:
        return part


async def take(answer: httpx.Response, tally: Tally, *, place: str, most: int, cut: bool = False) -> bytes:
    """The body of an answer from `place`, unpacked; `cut` takes the first `most` bytes of a larger one.

    Raises:
        FetchRefusedError: it is larger, or packed in a way that was not asked for.
        FetchError: it cannot be unpacked.
    """
    unpacker, body = _unpacker(answer, place), bytearray()
    try:
        async for part in answer.aiter_raw():
            tally.received += len(part)
            body += unpacker.unpack(part, most + 1 - len(body))
            if max(len(body), tally.received) > most:
                if cut:
                    return bytes(body[:most])
                raise FetchRefusedError(f"{place} has more than the {most:,} bytes that are taken of such an answer")
    except zlib.error as error:
        raise FetchError(f"{place} comes packed, and cannot be unpacked: {error}") from error
    if not unpacker.is_whole:
        raise FetchError(f"{place} comes packed, and ends in the middle")
    return bytes(body)


def _unpacker(answer: httpx.Response, place: str) -> _Unpacker | _AsItIs:
    packing = answer.headers.get("content-encoding", "").strip().lower() or "identity"
    if packing == "identity":
        return _AsItIs()
    if packing not in _WINDOWS:
        raise FetchRefusedError(f"{place} comes packed as {packing[:_NAME]!r}, though it was asked for as {PACKINGS}")
    return _Unpacker(packing)
