"""The archive on 107,000 dated statements: how fast it takes them in and answers, beside SQLite's own FTS5.

    python tests/benchmarks/archive/run.py [--data FOLDER] [--lines N]

A search is what a page asks: 80 queries of 8 to 15 words in one call; for any day, for what is earlier than a day, and
for the thirty days before it. Times are of the whole call, with what it takes to read the passages that it answers.
"""

import argparse
import asyncio
import gzip
import os
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from backstory.archive.local import LocalArchive
from backstory.ingest import ingest
from backstory.ingest.record import to_article
from backstory.model import Article, Interval, Page, Query, Term
from backstory.retrieval.terms import is_common, words

PAGE_QUERIES = 80
ROUNDS = 20
PEER_ROUNDS = 2  # it takes seconds for each
CHUNK = 65_536  # bytes, as a request's body arrives
SEED = 20160421


class Peer:
    """BM25 by FTS5 over the words that the archive indexes, with the day beside them: no second engine needed."""

    def __init__(self, path: Path, articles: Iterable[Article]) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE VIRTUAL TABLE body USING fts5(words, day UNINDEXED, tokenize = 'ascii')")
        rows = (
            (" ".join(words(article.text)), str(article.published and article.published.day)) for article in articles
        )
        with self._connection:
            self._connection.executemany("INSERT INTO body VALUES (?, ?)", rows)
        self._connection.execute("INSERT INTO body (body) VALUES ('optimize')")

    def search(self, queries: Iterable[Query]) -> list[list[int]]:
        """The rows that each query finds, best first."""
        return [self._ranked(query) for query in queries]

    def _ranked(self, query: Query) -> list[int]:
        match = " OR ".join(f'"{term.word}"' for term in query.terms)
        conditions, values = ["body MATCH ?"], [match]
        if query.before:
            conditions.append("day < ?")
            values.append(query.before.day.isoformat())
        if query.window:
            conditions.append("day >= ?")
            values.append(query.window.start.isoformat())
        rows = self._connection.execute(
            f"SELECT rowid FROM body WHERE {' AND '.join(conditions)} ORDER BY rank LIMIT ?",  # noqa: S608
            (*values, query.limit),
        )
        return [row for (row,) in rows]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = Path(__file__).parents[4] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("BACKSTORY_DATA", shared)))
    parser.add_argument("--lines", type=int, default=None, help="how many to take; all where absent")
    arguments = parser.parse_args()
    stream = gzip.decompress((arguments.data / "wcep" / "archive.ndjson.gz").read_bytes())
    if arguments.lines:
        stream = b"".join(stream.splitlines(keepends=True)[: arguments.lines])
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(stream, Path(folder)))


async def _measure(stream: bytes, folder: Path) -> None:
    await _take_in(stream, folder / "archive")
    started = time.perf_counter()
    archive = await LocalArchive.open(folder / "archive")
    print(f"reopen     {_ms(started):.0f} ms")
    articles = [to_article(line, _no_html) for line in stream.splitlines()]
    started = time.perf_counter()
    peer = Peer(folder / "peer.sqlite3", articles)
    print(f"FTS5       takes them in with {len(articles) / (time.perf_counter() - started):,.0f} a second")
    for name, queries in _pages(articles).items():
        await _search(name, queries, archive, peer)
    asked = {term.word for query in _pages(articles)["any day"] for term in query.terms}
    started = time.perf_counter()
    await archive.frequencies(asked)
    print(f"frequencies of {len(asked)} words: {_ms(started):.1f} ms")
    started = time.perf_counter()
    await archive.rebuild()
    print(f"rebuild    {time.perf_counter() - started:.1f} s")
    await archive.close()


async def _take_in(stream: bytes, folder: Path) -> None:
    archive, before = await LocalArchive.open(folder), _peak_mb()
    chunks = [stream[start : start + CHUNK] for start in range(0, len(stream), CHUNK)]
    started, cpu = time.perf_counter(), time.process_time()
    report = await ingest(chunks, archive, read=_no_html, max_article_bytes=2_000_000)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    await archive.close()
    print(f"ingest     {report.added:,} articles, {report.added / seconds:,.0f} a second ({cpu:.1f} s of CPU)")
    print(
        f"           peak memory {_peak_mb():.0f} MB, {before:.0f} MB of them before; on disk {_size_mb(folder):.0f} MB"
    )


async def _search(name: str, queries: Sequence[Query], archive: LocalArchive, peer: Peer) -> None:
    ours, cpu, theirs = [], [], []
    for _ in range(ROUNDS):
        started, spent = time.perf_counter(), time.process_time()
        await archive.search(queries)
        ours.append(_ms(started))
        cpu.append(1000 * (time.process_time() - spent))
    for _ in range(PEER_ROUNDS):
        started = time.perf_counter()
        peer.search(queries)
        theirs.append(_ms(started))
    p50, p95 = statistics.median(ours), statistics.quantiles(ours, n=20)[-1]
    ratio = statistics.median(theirs) / p50
    busy = statistics.median(cpu)
    print(f"{name:10} p50 {p50:.0f} ms, p95 {p95:.0f} ms, CPU {busy:.0f} ms; FTS5 {ratio:.0f} times that")


def _pages(articles: Sequence[Article]) -> dict[str, list[Query]]:
    """One page's queries, asked in three ways: the words of statements drawn at random."""
    chance = random.Random(SEED)  # noqa: S311 - the same queries in every run
    pages: dict[str, list[Query]] = {"any day": [], "earlier": [], "30 days": []}
    for article in chance.sample(articles[len(articles) // 3 :], 2 * PAGE_QUERIES):
        rare = [word for word in dict.fromkeys(words(article.text)) if not is_common(word)][: chance.randint(8, 15)]
        if len(rare) >= 8 and article.published and len(pages["any day"]) < PAGE_QUERIES:
            day = article.published.day
            query = Query(terms=tuple(Term(word, 1 + chance.random()) for word in rare), limit=12)
            pages["any day"].append(query)
            pages["earlier"].append(replace(query, before=article.published))
            window = Interval(day - timedelta(days=30), day)
            pages["30 days"].append(replace(query, before=article.published, window=window))
    return pages


def _no_html(page: Page) -> Article:
    raise AssertionError(f"no line of this set holds HTML: {page.url}")


def _size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _ms(started: float) -> float:
    return 1000 * (time.perf_counter() - started)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
