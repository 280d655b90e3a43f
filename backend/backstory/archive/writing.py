"""The embedded archive's one writer: database and index changed together, and brought together again after a crash.

The order of a change is what makes it safe:

    1. note in the database which articles the index may soon have wrong       (on disk)
    2. change the database, not yet committed; change the index and commit it  (on disk)
    3. commit the database, and with it strike the note                        (on disk: acknowledged)
    4. show readers both at once

Killed before 3, the archive is as it was: the note is still there when it is next opened, and those articles are
indexed again from the database.
"""

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from backstory.archive import index as indexes
from backstory.archive.dropping import Doomed
from backstory.archive.index import Index
from backstory.archive.links import keep_links
from backstory.archive.lock import WriterLock
from backstory.archive.preparing import Prepared, prepare
from backstory.archive.store import Store
from backstory.archive.stories import Stories
from backstory.errors import ArchiveUnavailableError
from backstory.model import Article, Outcome, Passage
from backstory.ports import Progress

DATABASE = "archive.sqlite3"
INDEX = f"index-{indexes.VERSION}"
LOCK = "writer.lock"
_STRIDE = 500  # articles that are held in memory at a time while the index is made anew


class Writer:
    """Changes an archive; all calls come from one thread at a time."""

    def __init__(self, folder: Path, on_progress: Progress | None = None) -> None:
        """Open an archive for writing, making it where there is none and its index where that is of no use.

        Raises ArchiveLockedError where another process writes, ArchiveVersionError where a newer Backstory wrote.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.swap = Lock()
        self._lock = WriterLock(folder / LOCK)
        try:
            self._store = Store(folder / DATABASE)
            self._stories = Stories(self._store)
            self._group(on_progress)
            self.index = _opened(folder)
            self._settle()
            if self.index.snapshot.passages != self._store.count_passages():
                self.rebuild(on_progress)
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """Let go of files and lock."""
        self.index.close()
        self._store.close()
        self._lock.release()

    def add(self, articles: Sequence[Article]) -> list[Outcome]:
        """Keep articles; when this returns they are on disk and can be found."""
        prepared = [prepare(article) for article in articles]
        self._settle()
        outcomes, changes, replaced = self._compared(prepared)
        if changes:
            passages = self._numbered(changes)
            with self._changing(list(changes)):
                self.index.drop(replaced)
                self.index.add(passages)  # tantivy goes on with it in a thread of its own
                self._stories.drop(replaced)
                self._store.keep(changes.items())
                self._store.drop_passages(replaced)
                self._store.keep_passages(passages)
                keep_links(self._store, changes, replaced)
                self._stories.add({number: each.article for number, each in changes.items()})
        return outcomes

    def forget(self, url: str) -> bool:
        """Drop an article; whether it was there."""
        numbers = [number for number, _ in self._store.known([url]).values()]
        return bool(self._drop(numbers))

    def drop_some(self, doomed: Doomed) -> int:
        """Drop the next articles that are to go; how many, and 0 where none is left."""
        return self._drop(doomed.numbers(self._store))

    def rebuild(self, on_progress: Progress | None = None) -> None:
        """Make the index anew from the database; readers see the old one until it is done."""
        total, done, last = self._store.count_articles(), 0, 0
        with self._shown():
            self.index.start_anew()
            while numbers := self._store.numbers_after(last, _STRIDE):
                self.index.add(self._store.passages_of(numbers))
                last, done = numbers[-1], done + len(numbers)
                if on_progress:
                    on_progress(done, total)

    def _drop(self, numbers: list[int]) -> int:
        self._settle()
        if numbers:
            with self._changing(numbers):
                self.index.drop(numbers)
                self._stories.drop(numbers)
                self._store.drop(numbers)
        return len(numbers)

    def _group(self, on_progress: Progress | None) -> None:
        """Look for the copies of what an older Backstory kept."""
        total, done = self._store.count_articles(), 0
        while numbers := self._stories.ungrouped(_STRIDE):
            self._store.begin()
            try:
                self._stories.add(dict(zip(numbers, self._store.articles(numbers), strict=True)))
                self._store.commit()
            finally:
                self._store.end()
            done += len(numbers)
            if on_progress:
                on_progress(done, total)

    def _compared(self, prepared: Sequence[Prepared]) -> tuple[list[Outcome], dict[int, Prepared], list[int]]:
        """What each article means for the archive; those to be written, by number; the numbers that were there."""
        known = self._store.known([each.article.url for each in prepared])
        there = {number for number, _ in known.values()}
        next_number = self._store.last_numbers()[0] + 1
        outcomes: list[Outcome] = []
        changes: dict[int, Prepared] = {}
        for each in prepared:
            number, digest = known.get(each.article.url, (next_number, b""))
            outcomes.append("unchanged" if digest == each.digest else "replaced" if digest else "added")
            if digest != each.digest:
                next_number += number == next_number
                changes[number] = each
                known[each.article.url] = number, each.digest
        return outcomes, changes, [number for number in changes if number in there]

    def _numbered(self, changes: dict[int, Prepared]) -> list[tuple[int, int, Passage]]:
        first = self._store.last_numbers()[1] + 1
        owned = [(number, passage) for number, prepared in changes.items() for passage in prepared.passages]
        return [(first + place, number, passage) for place, (number, passage) in enumerate(owned)]

    @contextmanager
    def _changing(self, articles: Collection[int]) -> Iterator[None]:
        self._store.begin()
        self._store.unsettle(articles)
        self._store.commit()
        with self._shown():
            yield

    @contextmanager
    def _shown(self) -> Iterator[None]:
        """What is done within is committed, the index first, and shown to readers at once; or none of it is."""
        self._store.begin()
        try:
            yield
            self.index.commit()
            self._store.settle()
            with self.swap:
                self._store.commit()
                self.index.reload()
        except BaseException:
            self._store.end()
            self._stories.undo()
            self.index.undo()
            raise

    def _settle(self) -> None:
        """Index again what a crash, or a change that failed half way, may have left wrong."""
        articles = self._store.unsettled()
        if articles:
            with self._shown():
                self.index.drop(articles)
                self.index.add(self._store.passages_of(articles))


def _opened(folder: Path) -> Index:
    """The index, or a new and empty one where there is none of this version that can be read."""
    for other in folder.glob("index-*"):
        if other.name != INDEX:
            shutil.rmtree(other)
    try:
        return Index.open(folder / INDEX)
    except ArchiveUnavailableError:
        return Index.make(folder / INDEX)
