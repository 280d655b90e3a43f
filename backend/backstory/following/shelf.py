"""Articles on their way into the archive: whoever comes while one batch is written goes with the next.

A commit waits for the disk, whatever it holds; so many feeds at once share each.
"""

import asyncio
from collections.abc import Sequence

from backstory.errors import ArticleError
from backstory.model import Article, Outcome
from backstory.ports import Archive

BATCH_MOST = 200
"""Articles in one commit."""


class Shelf:
    """Adds articles to an archive, many callers at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: list[tuple[Article, asyncio.Future[Outcome]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def put(self, article: Article) -> Outcome:
        """Keep an article; when this returns, it is on disk and can be found.

        Raises ArticleError where the archive refuses it, and what the archive raises when it does not answer.
        """
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((article, future))
        if self._writing is None:
            # A task of its own: a caller that is cancelled takes no batch down with it.
            self._writing = asyncio.create_task(self._write(), name="shelf")
        return await future

    async def settled(self) -> None:
        """Wait until everything that was put is written."""
        if self._writing is not None:
            await asyncio.wait({self._writing})

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH_MOST], self._waiting[BATCH_MOST:]
                await self._keep(batch)
        finally:
            self._writing = None

    async def _keep(self, batch: Sequence[tuple[Article, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._archive.add([article for article, _ in batch])
        except ArticleError as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            for one in batch:  # only one of them need be at fault
                await self._keep([one])
        except Exception as error:  # noqa: BLE001 - it is each caller's to hear
            _fail(batch, error)
        else:
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                if not future.done():
                    future.set_result(outcome)


def _fail(batch: Sequence[tuple[Article, asyncio.Future[Outcome]]], error: Exception) -> None:
    for _, future in batch:
        if not future.done():
            future.set_exception(error)
