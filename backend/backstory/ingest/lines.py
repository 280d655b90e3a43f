"""A stream of bytes to its lines, and lines to batches, holding no more than a batch."""

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

BATCH_LINES = 2_000  # enough to share one commit's wait for the disk, few enough to see it move
BATCH_BYTES = 8_000_000  # bounds memory where articles are long


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came; `raw` is empty where it was too long to be kept, and `size` what it had by then."""

    number: int
    raw: bytes
    size: int


async def split(chunks: AsyncIterable[bytes], max_bytes: int) -> AsyncIterator[Line]:
    """Lines out of chunks that are cut anywhere. Of a line that is too long nothing is kept but its size."""
    number, held, size = 1, bytearray(), 0
    async for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            size += end - start
            yield Line(number, bytes(held) + chunk[start:end] if size <= max_bytes else b"", size + 1)
            number, size, start = number + 1, 0, end + 1
            held.clear()
        size += len(chunk) - start
        if size <= max_bytes:
            held += chunk[start:]
        else:
            held.clear()
    if size:
        yield Line(number, bytes(held) if size <= max_bytes else b"", size)


async def batches(lines: AsyncIterable[Line]) -> AsyncIterator[list[Line]]:
    """Lines in groups of at most BATCH_LINES, closed early where they come to BATCH_BYTES."""
    batch: list[Line] = []
    size = 0
    async for line in lines:
        batch.append(line)
        size += len(line.raw)
        if len(batch) >= BATCH_LINES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
