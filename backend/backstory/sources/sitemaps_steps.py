"""A body in steps, unpacked on the way where it came packed, and never more of it than is wanted."""

import zlib
from collections.abc import Iterator

from backstory.sources.kinds import GZIP_MAGIC

STEP = 65_536
"""Bytes that are unpacked, and handed on, at a time."""


def steps(body: bytes, most: int, trouble: list[str]) -> Iterator[bytes]:
    """The body, at most `most` bytes of it once unpacked; `trouble` is told, in words, what did not come."""
    taken = 0
    for step in _gunzipped(body, trouble) if body.startswith(GZIP_MAGIC) else _cut(body):
        if taken + len(step) > most:
            trouble.append(f"it is larger than {most:,} bytes; the rest was not read")
            return
        taken += len(step)
        yield step


def _cut(body: bytes) -> Iterator[bytes]:
    return (body[start : start + STEP] for start in range(0, len(body), STEP))


def _gunzipped(body: bytes, trouble: list[str]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for part in _cut(body):
        rest = part
        while rest and not unpacker.eof:
            try:
                step = unpacker.decompress(rest, STEP)
            except zlib.error as error:
                trouble.append(f"it was packed badly: {error}")
                return
            rest = unpacker.unconsumed_tail
            if step:
                yield step
    if not unpacker.eof:
        trouble.append("what is packed is cut short")
