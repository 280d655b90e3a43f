"""The embedded archive: a folder with a SQLite database and a tantivy index made from it, nothing to install or run.

One process writes; others may read beside it. Calls run in threads: one that writes, some that read meanwhile.
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TypeVar

from backstory.archive.coverage import coverage
from backstory.archive.dropping import Doomed, before, beyond, of_host, of_publisher
from backstory.archive.index import Index
from backstory.archive.links import links_to
from backstory.archive.reading import Reader
from backstory.archive.store import Store
from backstory.archive.stories import copies_of
from backstory.archive.writing import DATABASE, INDEX, Writer
from backstory.errors import ArchiveUnavailableError
from backstory.model import ArchiveStats, Article, Copy, Coverage, Found, Frequencies, Outcome, Query, Ranking
from backstory.ports import Progress

READERS = 2  # threads that read at a time; tantivy searches without holding Python's lock

_T = TypeVar("_T")


class LocalArchive:
    """Prior coverage in a folder of this machine."""

    def __init__(self, reader: Reader, writer: Writer | None, writing: Executor) -> None:
        """Use `open`."""
        self._reader = reader
        self._writer = writer
        self._writing = writing
        self._reading = ThreadPoolExecutor(READERS, "archive-reader")
        self._closed = False

    @classmethod
    async def open(
        cls, folder: Path, *, read_only: bool = False, on_progress: Progress | None = None
    ) -> "LocalArchive":
        """Open the archive in a folder, making it where there is none.

        Where the index is missing, broken or of another version it is made anew first; `on_progress` hears of it.
        Raises ArchiveLockedError where another process has it open for writing, ArchiveVersionError where a newer
        Backstory wrote it, ArchiveUnavailableError where it cannot be read.
        """
        writing = ThreadPoolExecutor(1, "archive-writer")
        try:
            if read_only:
                return cls(await _run(writing, _following_reader, folder), None, writing)
            writer = await _run(writing, Writer, folder, _in_loop(on_progress))
            return cls(Reader(folder / DATABASE, writer.index, writer.swap), writer, writing)
        except BaseException:
            writing.shutdown(wait=False)
            raise

    async def add(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Keep articles, one outcome for each and in order."""
        return await self._write(lambda writer: writer.add(articles))

    async def search(self, queries: Sequence[Query]) -> Sequence[Ranking]:
        """Answer each query, one for one and in order."""
        return await self._read(self._reader.search, queries)

    async def count(self, query: Query) -> int:
        """How many passages a query would find without its limit."""
        return await self._read(self._reader.count, query)

    async def find(self, query: Query) -> Found:
        """The articles that a query finds, each by its best passage; without terms, the newest first."""
        return await self._read(self._reader.find, query)

    async def frequencies(self, words: Collection[str]) -> Frequencies:
        """How many passages hold each word."""
        return await self._read(self._reader.frequencies, words)

    async def get(self, url: str) -> Article | None:
        """The article at an address."""
        return await self._read(self._reader.get, url)

    async def export(self) -> AsyncIterator[Article]:
        """Every article, in the order in which they came."""
        number, articles = await self._read(self._reader.after, 0)
        while articles:
            for article in articles:
                yield article
            number, articles = await self._read(self._reader.after, number)

    async def publishers(self) -> Collection[str]:
        """The outlets that the archive holds, by their names as published."""
        return await self._read(self._reader.publishers)

    async def links_to(self, url: str) -> Sequence[str]:
        """The addresses of the articles that link to an address."""
        return await self._read(self._reader.ask, lambda store: links_to(store, url))

    async def copies_of(self, url: str) -> Sequence[Copy]:
        """The articles that carry the same report, the earliest first."""
        return await self._read(self._reader.ask, lambda store: copies_of(store, url))

    async def coverage(self, first: date, last: date, *, daily: bool = False) -> Sequence[Coverage]:
        """How many articles of each outlet came out in each month, or on each day."""
        return await self._read(self._reader.ask, lambda store: coverage(store, first, last, daily=daily))

    async def size(self) -> int:
        """How many bytes the database and what is in use of the index take."""
        return await self._read(self._reader.size)

    async def forget(self, url: str) -> bool:
        """Drop an article and its passages; whether it was there."""
        return await self._write(lambda writer: writer.forget(url))

    async def forget_host(self, host: str) -> int:
        """Drop every article from a host and from all hosts below it; how many there were."""
        return await self._drop_all(of_host(host))

    async def forget_publisher(self, publisher: str) -> int:
        """Drop every article of an outlet; how many there were."""
        return await self._drop_all(of_publisher(publisher))

    async def drop_before(self, day: date) -> int:
        """Drop every article published before a day; how many there were."""
        return await self._drop_all(before(day))

    async def keep_newest(self, articles: int) -> int:
        """Drop the articles first published beyond so many; how many there were."""
        return await self._drop_all(beyond(articles))

    async def _drop_all(self, doomed: Doomed) -> int:
        """Batch by batch, so that others write in between."""
        dropped = 0
        while some := await self._write(lambda writer: writer.drop_some(doomed)):
            dropped += some
        return dropped

    async def stats(self) -> ArchiveStats:
        """What the archive holds."""
        return await self._read(self._reader.stats)

    async def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make the index anew from the database."""
        heard = _in_loop(on_progress)
        await self._write(lambda writer: writer.rebuild(heard))

    async def close(self) -> None:
        """Finish what is being written and read, then let go of files and lock."""
        if not self._closed:
            self._closed = True
            await asyncio.to_thread(self._shut)

    def _shut(self) -> None:
        self._reading.shutdown()
        self._writing.shutdown()
        self._reader.close()
        if self._writer:
            self._writer.close()

    async def _read(self, work: Callable[..., _T], *arguments: object) -> _T:
        self._check_open()
        return await _run(self._reading, work, *arguments)

    async def _write(self, work: Callable[[Writer], _T]) -> _T:
        self._check_open()
        if self._writer is None:
            raise ArchiveUnavailableError("the archive was opened for reading only")
        return await _run(self._writing, work, self._writer)

    def _check_open(self) -> None:
        if self._closed:
            raise ArchiveUnavailableError("the archive is closed")


def _following_reader(folder: Path) -> Reader:
    try:
        index = Index.open(folder / INDEX)
    except ArchiveUnavailableError as error:
        raise ArchiveUnavailableError(
            f"no archive with a readable index in {folder}; `backstory rebuild` makes it anew"
        ) from error
    Store(folder / DATABASE, read_only=True).close()  # of a version that can be read, or said now
    return Reader(folder / DATABASE, index, threading.Lock(), follows=True)


def _in_loop(on_progress: Progress | None) -> Progress | None:
    """A callback for threads that calls `on_progress` where its owner lives: in the event loop."""
    if on_progress is None:
        return None
    loop = asyncio.get_running_loop()

    def tell(done: int, total: int) -> None:
        loop.call_soon_threadsafe(on_progress, done, total)

    return tell


async def _run(executor: Executor, work: Callable[..., _T], *arguments: object) -> _T:
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, work, *arguments)
    except (sqlite3.Error, OSError) as error:
        raise ArchiveUnavailableError(f"the archive's files do not answer: {error}") from error
