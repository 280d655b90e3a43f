"""Articles into the archive: NDJSON in, one article a line, from a file, a request or any other stream.

A line that means nothing is refused by its number, with what would be right, and the rest goes on. What is held in
memory is a batch of lines, however long the stream is.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from backstory.errors import ArticleError, ArticleTooLargeError, PageError
from backstory.ingest.lines import Line, batches, split
from backstory.ingest.record import to_article
from backstory.model import Article, Outcome, Page
from backstory.ports import Archive

REFUSALS_TOLD = 100  # a file with more wrong than this is wrong as a whole; the others are counted


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not added, counted from 1, and why."""

    line: int
    reason: str


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


async def ingest(
    lines: AsyncIterable[bytes] | Iterable[bytes],
    archive: Archive,
    *,
    read: Callable[[Page], Article],
    max_article_bytes: int,
    on_progress: Callable[[int], None] | None = None,
) -> IngestReport:
    """Add every article of a stream to the archive; what the report counts is on disk and can be found.

    `lines` may be cut anywhere. `read` reads the articles that come as HTML. `on_progress` is told, after each batch,
    how many bytes have been dealt with. Raises what the archive raises when it does not answer; the batches before
    are kept then, and the same stream may simply be sent again.
    """
    report, taken = IngestReport(), 0
    async for batch in batches(split(_chunks(lines), max_article_bytes)):
        articles, refusals = await asyncio.to_thread(_parsed, batch, read, max_article_bytes)
        outcomes, late = await _added(articles, archive)
        report = report.with_outcomes(outcomes).with_refusals(sorted(refusals + late, key=lambda it: it.line))
        taken += sum(line.size for line in batch)
        if on_progress:
            on_progress(taken)
    return report


async def _chunks(lines: AsyncIterable[bytes] | Iterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(lines, AsyncIterable):
        async for chunk in lines:
            yield chunk
    else:
        for chunk in lines:
            yield chunk


def _parsed(
    batch: Sequence[Line], read: Callable[[Page], Article], max_bytes: int
) -> tuple[list[tuple[int, Article]], list[Refusal]]:
    """The articles of a batch with their line numbers, and the lines that hold none. Blank lines are neither."""
    articles: list[tuple[int, Article]] = []
    refusals: list[Refusal] = []
    for line in batch:
        try:
            if not line.raw and line.size > max_bytes:
                raise ArticleTooLargeError(f"longer than {max_bytes:,} bytes, which is the most an article may have")
            if line.raw and not line.raw.isspace():
                articles.append((line.number, to_article(line.raw, read)))
        except ArticleError as error:
            refusals.append(Refusal(line.number, str(error)))
        except PageError as error:
            refusals.append(Refusal(line.number, f"no article in its html: {error}"))
    return articles, refusals


async def _added(articles: Sequence[tuple[int, Article]], archive: Archive) -> tuple[list[Outcome], list[Refusal]]:
    """Add a batch; where the archive refuses it for one article's sake, add its articles one by one."""
    try:
        return list(await archive.add([article for _, article in articles])), []
    except ArticleError:
        outcomes: list[Outcome] = []
        refusals: list[Refusal] = []
        for number, article in articles:
            try:
                outcomes += await archive.add([article])
            except ArticleError as error:
                refusals.append(Refusal(number, str(error)))
        return outcomes, refusals
