"""The embedded archive's readers: each thread its own connection, database and index seen at the same moment."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar

from backstory.archive.index import Index
from backstory.archive.scoring import weights
from backstory.archive.snapshot import Snapshot
from backstory.archive.store import Store
from backstory.archive.stories import count_copies
from backstory.model import ArchiveStats, Article, Found, Frequencies, Hit, Query, Ranking

T = TypeVar("T")

_STRIDE = 200  # articles that are held in memory at a time while all are read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overview:
    """The archive in numbers and names, at one moment; `state` is the database's number for it."""

    snapshot: Snapshot
    state: int
    stats: ArchiveStats
    publishers: frozenset[str]


class Reader:
    """Searches an archive; any number of threads may."""

    def __init__(self, database: Path, index: Index, swap: Lock, *, follows: bool = False) -> None:
        """`swap` is held while a change is shown; with `follows` changes come from another process."""
        self._database = database
        self._index = index
        self._swap = swap
        self._follows = follows
        self._local = threading.local()
        self._stores: list[Store] = []

    def close(self) -> None:
        """Let go of the database; no thread may be reading."""
        for store in self._stores:
            store.close()

    def search(self, queries: Sequence[Query]) -> list[Ranking]:
        """Answer each query: all rankings first, then all their passages in one go."""
        with self._moment() as (snapshot, store):
            without = _numbers(store, queries)
            ranked = snapshot.ranked(
                (query, {without[url] for url in query.without if url in without}) for query in queries
            )
            # In order, neighbours are read from the same pages of the file.
            passages = store.passages(sorted({number for ranking in ranked for number, _, _ in ranking}))
            words = snapshot.spoken({key for ranking in ranked for _, _, key in ranking})
        # A process that follows may see the index a moment before the database.
        return [
            tuple(Hit(passages[n], score, words.get(key, b"")) for n, score, key in ranking if n in passages)
            for ranking in ranked
        ]

    def count(self, query: Query) -> int:
        """How many passages a query finds."""
        with self._moment() as (snapshot, store):
            return snapshot.count(query, set(_numbers(store, [query]).values()))

    def find(self, query: Query) -> Found:
        """The articles that a query finds, each by its best passage; without terms, the newest first."""
        with self._moment() as (snapshot, store):
            if weights(query):
                total, best = snapshot.articles(query, set(_numbers(store, [query]).values()))
            elif query.terms:
                return Found(total=0, hits=())
            else:
                total, newest = store.newest(query)
                best = [(number, 0.0) for number in newest]
            best = best[: max(0, query.limit)]
            passages = store.passages([number for number, _ in best])
            copies = count_copies(store, [passage.url for passage in passages.values()])
        hits = tuple(Hit(passages[n], score) for n, score in best if n in passages)
        return Found(total=total, hits=hits, copies=tuple(copies.get(hit.passage.url, 0) for hit in hits))

    def frequencies(self, words: Collection[str]) -> Frequencies:
        """How many passages hold each word."""
        with self._moment() as (snapshot, _):
            return Frequencies(passages=snapshot.passages, of={word: snapshot.frequency(word) for word in words})

    def publishers(self) -> frozenset[str]:
        """The outlets that the archive holds."""
        return self._overview().publishers

    def stats(self) -> ArchiveStats:
        """What the archive holds."""
        return self._overview().stats

    def get(self, url: str) -> Article | None:
        """The article at an address."""
        with self._moment() as (_, store):
            return store.article(url)

    def ask(self, question: Callable[[Store], T]) -> T:
        """The answer to a question that the database alone can answer."""
        with self._moment() as (_, store):
            return question(store)

    def size(self) -> int:
        """How many bytes the database and what is in use of the index take."""
        return self.ask(Store.size) + self._index.size()

    def after(self, number: int) -> tuple[int, list[Article]]:
        """The next articles in the order in which they came, and the number to go on from."""
        with self._moment() as (_, store):
            numbers = store.numbers_after(number, _STRIDE)
            return max(numbers, default=number), store.articles(numbers)

    def _overview(self) -> "_Overview":
        """What is asked again and again, and costs a walk through all articles: read once for each state.

        Each thread remembers its own: SQLite numbers the states of a database for each connection by itself.
        """
        with self._moment() as (snapshot, store):
            [(state,)] = store.run("PRAGMA data_version")
            overview: _Overview | None = getattr(self._local, "seen", None)
            if overview is None or overview.snapshot is not snapshot or overview.state != state:
                overview = self._local.seen = _overview(snapshot, store, state)
            return overview

    @contextmanager
    def _moment(self) -> Iterator[tuple[Snapshot, Store]]:
        store = self._store()
        with self._swap:
            if self._follows:
                self._index.follow()
            snapshot = self._index.snapshot
            store.begin_reading()
        try:
            yield snapshot, store
        finally:
            store.end()

    def _store(self) -> Store:
        """This thread's connection."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = Store(self._database, read_only=True)
            self._stores.append(store)
        return store


def _numbers(store: Store, queries: Sequence[Query]) -> dict[str, int]:
    """The articles that queries leave out, as far as they are there."""
    urls = {url for query in queries for url in query.without}
    return {url: number for url, (number, _) in store.known(urls).items()} if urls else {}


def _overview(snapshot: Snapshot, store: Store, state: int) -> _Overview:
    publishers = store.publishers()
    first, last = store.days()
    stats = ArchiveStats(
        articles=store.count_articles(),
        passages=store.count_passages(),
        publishers=len(publishers),
        first_day=first,
        last_day=last,
        months=store.months(),
    )
    return _Overview(snapshot=snapshot, state=state, stats=stats, publishers=publishers)
