"""Articles into the archive: NDJSON in, one article a line, from a file, a request or any other stream.

A line that means nothing is refused by its number, with what would be right, and the rest goes on. What is held in
memory is two batches of lines, one being read and one being kept, however long the stream is.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from backstory.errors import ArticleError
from backstory.ingest.lines import Line, batches, split
from backstory.ingest.offers import ANY_TIME
from backstory.ingest.readers import Readers
from backstory.ingest.reading import LineReader, Refusal
from backstory.ingest.readings import Readings
from backstory.model import Article, Outcome, Page
from backstory.ports import Archive

REFUSALS_TOLD = 100  # a file with more wrong than this is wrong as a whole; the others are counted

_Found = Sequence[Article | Refusal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of the lines: `refused` holds the first REFUSALS_TOLD, `refused_more` counts those after them."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    refused_more: int = 0

    def with_outcomes(self, outcomes: Sequence[Outcome]) -> "IngestReport":
        """The report with more articles dealt with."""
        return replace(
            self,
            added=self.added + outcomes.count("added"),
            replaced=self.replaced + outcomes.count("replaced"),
            unchanged=self.unchanged + outcomes.count("unchanged"),
        )

    def with_refusals(self, refusals: Sequence[Refusal]) -> "IngestReport":
        """The report with more lines refused."""
        room = REFUSALS_TOLD - len(self.refused)
        return replace(
            self,
            refused=self.refused + tuple(refusals[:room]),
            refused_more=self.refused_more + len(refusals[room:]),
        )


async def ingest(  # noqa: PLR0913 - each further one has a default
    lines: AsyncIterable[bytes] | Iterable[bytes],
    archive: Archive,
    *,
    read: Callable[[Page], Article],
    max_article_bytes: int,
    read_at: datetime = ANY_TIME,
    jobs: int = 1,
    readings: Path | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> IngestReport:
    """Add every article of a stream to the archive; what the report counts is on disk and can be found.

    `lines` may be cut anywhere. `read` reads the articles that come as HTML, none of them newer than `read_at`; where
    there are many, in `jobs` processes (0: one for each core). The file `readings` remembers what they were read as,
    so that the same stream costs little again. `on_progress` is told, after each batch, how many bytes have been dealt
    with.

    Raises what the archive raises when it does not answer; the batches before are kept then, and the same stream may
    simply be sent again.
    """
    report, taken = IngestReport(), 0
    readers, remembered = Readers(LineReader(read, max_article_bytes, read_at), jobs), Readings(readings)

    async def found_in(batch: list[Line]) -> _Found:
        known = await remembered.recall(batch, archive)
        rest = await asyncio.to_thread(readers.read, [line for line in batch if line.number not in known])
        read_now = iter(rest)
        return [known.get(line.number) or next(read_now) for line in batch]

    try:
        async with aclosing(_read_ahead(batches(split(_chunks(lines), max_article_bytes)), found_in)) as reading:
            async for batch, found in reading:
                refusals = [each for each in found if isinstance(each, Refusal)]
                outcomes, late = await _added(batch, found, archive)
                remembered.note((line, it) for line, it in zip(batch, found, strict=True) if isinstance(it, Article))
                report = report.with_outcomes(outcomes).with_refusals(sorted(refusals + late, key=lambda it: it.line))
                taken += sum(line.size for line in batch)
                if on_progress:
                    on_progress(taken)
    finally:
        await asyncio.to_thread(readers.close)
    return report


async def _read_ahead(
    batches: AsyncIterator[list[Line]], found_in: Callable[[list[Line]], Awaitable[_Found]]
) -> AsyncGenerator[tuple[list[Line], _Found]]:
    """Batches with what their lines hold; the next is read while the archive keeps the last."""

    async def one() -> tuple[list[Line], _Found] | None:
        batch = await anext(batches, None)
        return None if batch is None else (batch, await found_in(batch))

    coming = asyncio.create_task(one())
    try:
        while (read := await coming) is not None:
            coming = asyncio.create_task(one())
            yield read
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)


async def _chunks(lines: AsyncIterable[bytes] | Iterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(lines, AsyncIterable):
        async for chunk in lines:
            yield chunk
    else:
        parts = iter(lines)
        # In a thread: a file may take its time, and what makes its parts may have a loop of its own.
        while (part := await asyncio.to_thread(next, parts, None)) is not None:
            yield part


async def _added(batch: Sequence[Line], found: _Found, archive: Archive) -> tuple[list[Outcome], list[Refusal]]:
    """Add a batch; where the archive refuses it for one article's sake, add its articles one by one."""
    articles = [(line.number, it) for line, it in zip(batch, found, strict=True) if isinstance(it, Article)]
    try:
        return list(await archive.add([article for _, article in articles])), []
    except ArticleError:
        outcomes: list[Outcome] = []
        refusals: list[Refusal] = []
        for number, article in articles:
            try:
                outcomes += await archive.add([article])
            except ArticleError as error:
                refusals.append(Refusal(number, str(error), article.url))
        return outcomes, refusals
