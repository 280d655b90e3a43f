"""What one would take in the archive's place: SQLite's FTS5, and tantivy as it comes with a date filter.

Both index the very words of the archive's passages, so that they need no analysis of their own, and answer with bare
numbers of passages, which spares them what the archive does beyond: bringing the passages themselves.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

import tantivy
from tantivy import FieldType, Occur, Query

from backstory import model

Row = tuple[int, str, date]
"""A passage: its number, its words set apart by spaces, its day."""

_LAST_DAY = date.max.toordinal()


class Fts5:
    """BM25 by SQLite, the day beside the words."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite3")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS body USING fts5(words, day UNINDEXED, tokenize = 'ascii')"
        )

    def add(self, rows: Iterable[Row]) -> None:
        """Index passages."""
        with self._connection:
            self._connection.executemany(
                "INSERT INTO body (rowid, words, day) VALUES (?, ?, ?)",
                ((number, words, day.toordinal()) for number, words, day in rows),
            )

    @property
    def passages(self) -> int:
        """How many passages it holds: they come in the order of their numbers."""
        [(last,)] = self._connection.execute("SELECT coalesce(max(rowid), 0) FROM body")
        return int(last)

    def settle(self) -> None:
        """Tidy up, as one does after an import."""
        with self._connection:
            self._connection.execute("INSERT INTO body (body) VALUES ('optimize')")

    def search(self, query: model.Query) -> list[int]:
        """The passages that a query finds, best first."""
        first, last = _days(query)
        match = " OR ".join(f'"{term.word}"' for term in query.terms)
        rows = self._connection.execute(
            "SELECT rowid FROM body WHERE body MATCH ? AND day BETWEEN ? AND ? ORDER BY rank LIMIT ?",
            (match, first, last, query.limit),
        )
        return [row for (row,) in rows]


class PlainTantivy:
    """BM25 by tantivy: any of the words, and the days as a range that must hold."""

    name = "plain tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_integer_field("passage", fast=True)
        self._schema = builder.build()
        (folder / "tantivy").mkdir(exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder / "tantivy"))
        self._writer = self._index.writer(heap_size=64_000_000, num_threads=1)

    def add(self, rows: Iterable[Row]) -> None:
        """Index passages."""
        for number, words, day in rows:
            document = tantivy.Document()
            document.add_text("words", words)
            document.add_integer("day", day.toordinal())
            document.add_integer("passage", number)
            self._writer.add_document(document)
        self._writer.commit()

    @property
    def passages(self) -> int:
        """How many passages it holds: they come in the order of their numbers."""
        return int(self._index.searcher().num_docs)

    def settle(self) -> None:
        """Show what was added."""
        self._index.reload()

    def search(self, query: model.Query) -> list[int]:
        """The passages that a query finds, best first."""
        first, last = _days(query)
        words = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, "words", term.word, "freq"), term.weight))
            for term in query.terms
        ]
        days = Query.const_score_query(Query.range_query(self._schema, "day", FieldType.Integer, first, last), 0.0)
        wanted = Query.boolean_query([(Occur.Must, Query.boolean_query(words)), (Occur.Must, days)])
        searcher = self._index.searcher()
        hits = searcher.search(wanted, limit=query.limit, count=False).hits
        return cast("list[int]", searcher.fast_field_values("passage", [address for _, address in hits]))


def _days(query: model.Query) -> tuple[int, int]:
    """The first and the last day that a query may find."""
    first, last = 1, _LAST_DAY
    if query.window:
        first, last = query.window.start.toordinal(), query.window.end.toordinal()
    if query.before:
        last = min(last, query.before.day.toordinal() - 1)
    return first, last
