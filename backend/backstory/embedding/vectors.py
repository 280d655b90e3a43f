"""The vectors of an archive's passages: kept in SQLite, searched with faiss.

They can always be made anew from the archive. In memory each passage has a row, in the order in which it came; what is
dropped keeps its row until the next opening and is passed over.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstory.embedding.extras import extra

Rows = NDArray[Any]
Place = tuple[str, int]
"""Where a passage stands: the address of its article, and its ordinal there."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS model (name TEXT NOT NULL, dimensions INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS articles (url TEXT PRIMARY KEY, digest BLOB NOT NULL, day INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL REFERENCES articles (url) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    vector BLOB NOT NULL  -- half floats
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (url);
"""
_GROWTH = 2  # how much room is made when the rows run out
_FIRST_ROOM = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """An article's vectors (passages x dimensions), and the digest of what they were made from."""

    url: str
    day: date
    digest: bytes
    vectors: Rows


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage, by its place, and its cosine."""

    place: Place
    cosine: float


class VectorStore:
    """Vectors in one file; safe from several threads."""

    def __init__(self, path: Path, *, model: str, dimensions: int) -> None:
        """Open the file, making it where there is none; vectors of another model are dropped."""
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; {_SCHEMA}")
        self._settle(model, dimensions)
        self._faiss = faiss = extra("faiss")
        half = faiss.ScalarQuantizer.QT_fp16
        self._index = faiss.IndexScalarQuantizer(dimensions, half, faiss.METRIC_INNER_PRODUCT)
        self._places: list[Place] = []
        self._rows: dict[str, list[int]] = {}
        self._days = np.zeros(_FIRST_ROOM, np.int32)  # day + 1 of each row, 0 where it was dropped
        self._load(dimensions)

    def digests(self) -> dict[str, bytes]:
        """What the vectors of each article were made from."""
        with self._lock:
            return dict(self._connection.execute("SELECT url, digest FROM articles"))

    def keep(self, articles: Sequence[Embedded]) -> None:
        """Keep articles' vectors in place of those they had."""
        with self._lock, self._connection as transaction:
            self._drop(article.url for article in articles)
            for article in articles:
                day = article.day.toordinal()
                transaction.execute("INSERT INTO articles VALUES (?, ?, ?)", (article.url, article.digest, day))
                transaction.executemany(
                    "INSERT INTO passages (url, ordinal, vector) VALUES (?, ?, ?)",
                    (
                        (article.url, ordinal, row.astype(np.float16).tobytes())
                        for ordinal, row in enumerate(article.vectors)
                    ),
                )
                self._append(article.url, day, range(len(article.vectors)), article.vectors)

    def drop(self, urls: Collection[str]) -> None:
        """Drop articles' vectors."""
        with self._lock, self._connection:
            self._drop(urls)

    def near(self, asked: Rows, before: date, limit: int) -> list[list[Neighbour]]:
        """The passages nearest to each row of `asked` (float32, of unit length) published on `before` or earlier."""
        with self._lock:
            count = len(self._places)
            days = self._days[:count]
            allowed = (days > 0) & (days <= before.toordinal() + 1)
            if not len(asked) or not allowed.any():
                return [[] for _ in asked]
            chosen = self._faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            cosines, rows = self._index.search(
                np.ascontiguousarray(asked, np.float32), limit, params=self._faiss.SearchParameters(sel=chosen)
            )
            return [
                [Neighbour(self._places[row], cosine) for row, cosine in zip(found, scores, strict=True) if row >= 0]
                for found, scores in zip(rows.tolist(), cosines.tolist(), strict=True)
            ]

    def cosines(self, asked: Rows, places: Sequence[Place]) -> Rows:
        """How near each row of `asked` is to the passages at these places (asked x places); 0 for one unknown."""
        with self._lock:
            found = np.zeros((len(asked), len(places)), np.float32)
            known = [(column, row) for column, place in enumerate(places) if (row := self._row(*place)) is not None]
            if known and len(asked):
                columns, rows = map(list, zip(*known, strict=True))
                found[:, columns] = asked @ self._index.reconstruct_batch(np.array(rows, np.int64)).T
            return found

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _settle(self, model: str, dimensions: int) -> None:
        with self._connection as transaction:
            if transaction.execute("SELECT name, dimensions FROM model").fetchall() != [(model, dimensions)]:
                for table in ("passages", "articles", "model"):
                    transaction.execute(f"DELETE FROM {table}")  # noqa: S608 - the names above
                transaction.execute("INSERT INTO model VALUES (?, ?)", (model, dimensions))

    def _load(self, dimensions: int) -> None:
        kept = self._connection.execute(
            "SELECT p.url, a.day, p.ordinal, p.vector FROM passages p JOIN articles a USING (url) ORDER BY p.id"
        )
        while batch := kept.fetchmany(10_000):
            vectors = np.frombuffer(b"".join(row[3] for row in batch), np.float16).reshape(-1, dimensions)
            self._index.add(vectors.astype(np.float32))
            for url, day, ordinal, _ in batch:
                self._place(url, day, ordinal)

    def _append(self, url: str, day: int, ordinals: Iterable[int], vectors: Rows) -> None:
        if len(vectors):
            self._index.add(np.ascontiguousarray(vectors, np.float32))
        for ordinal in ordinals:
            self._place(url, day, ordinal)

    def _place(self, url: str, day: int, ordinal: int) -> None:
        row = len(self._places)
        if row == len(self._days):
            self._days = np.concatenate([self._days, np.zeros(row * (_GROWTH - 1), np.int32)])
        self._days[row] = day + 1
        self._places.append((url, ordinal))
        self._rows.setdefault(url, []).append(row)

    def _drop(self, urls: Iterable[str]) -> None:
        for url in urls:
            self._connection.execute("DELETE FROM articles WHERE url = ?", (url,))
            self._days[self._rows.pop(url, [])] = 0

    def _row(self, url: str, ordinal: int) -> int | None:
        rows = self._rows.get(url, ())
        return rows[ordinal] if ordinal < len(rows) else None
