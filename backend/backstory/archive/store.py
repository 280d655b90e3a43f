"""The embedded archive's database: the source of truth, one SQLite file.

Write-ahead logging, so that reading goes on while an article is written, and `synchronous = FULL`: a commit that
returned is on disk even if the power fails the next moment. Nothing here knows of threads or of the index.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from backstory.archive.filters import as_list, filters
from backstory.archive.preparing import Prepared, clean
from backstory.archive.rows import ARTICLE_COLUMNS, PASSAGE_COLUMNS, article_row, to_article, to_passage
from backstory.archive.schema import check_current, migrate
from backstory.model import Article, Passage, Query

_BUSY_MS = 5_000  # how long to wait for another connection's commit
_CACHE_KIB = 16_384  # of pages, for each connection


class Store:
    """One connection to the database; use it from one thread at a time."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the database, making or bringing it up to date unless `read_only`.

        Raises sqlite3.Error where it can't be opened, ArchiveVersionError where a newer Backstory wrote it.
        """
        mode = "ro" if read_only else "rwc"
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            self._set_up(read_only=read_only)
        except BaseException:
            self.close()
            raise

    def _set_up(self, *, read_only: bool) -> None:
        self.run(f"PRAGMA busy_timeout = {_BUSY_MS}")
        self.run(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self.run("PRAGMA foreign_keys = ON")
        if read_only:
            check_current(self._connection)
        else:
            self.run("PRAGMA journal_mode = WAL")
            self.run("PRAGMA synchronous = FULL")
            migrate(self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # --- transactions ---

    def begin(self) -> None:
        """Start to write."""
        self.run("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        """See the archive as it is now until `end`, whatever is written meanwhile."""
        self.run("BEGIN")
        self.run("SELECT 1 FROM sqlite_schema LIMIT 1")  # SQLite takes the snapshot when it first reads

    def commit(self) -> None:
        """Make what was written since `begin` last."""
        self.run("COMMIT")

    def end(self) -> None:
        """Leave a transaction, undoing what it wrote; nothing where there is none."""
        if self._connection.in_transaction:
            self.run("ROLLBACK")

    # --- writing ---

    def last_numbers(self) -> tuple[int, int]:
        """The highest numbers ever given to an article and to a passage."""
        given = dict(self.run("SELECT name, seq FROM sqlite_sequence"))
        return given.get("articles", 0), given.get("passages", 0)

    def known(self, urls: Collection[str]) -> dict[str, tuple[int, bytes]]:
        """The number and digest of each article that is there, by address."""
        rows = self.run(
            "SELECT url, id, digest FROM articles WHERE url IN (SELECT value FROM json_each(?))", as_list(urls)
        )
        return {url: (number, digest) for url, number, digest in rows}

    def keep(self, articles: Iterable[tuple[int, Prepared]]) -> None:
        """Write articles under their numbers, without their passages; what was there under a number is replaced."""
        self.run_many(
            """INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET digest = excluded.digest, headline = excluded.headline,
                   publisher = excluded.publisher, publisher_key = excluded.publisher_key,
                   language = excluded.language, day = excluded.day, at = excluded.at, moment = excluded.moment,
                   found = excluded.found, details = excluded.details, text = excluded.text,
                   site = excluded.site, rating = excluded.rating""",
            (article_row(number, prepared) for number, prepared in articles),
        )

    def keep_passages(self, passages: Iterable[tuple[int, int, Passage]]) -> None:
        """Write passages: a number, their article's number, the passage."""
        self.run_many(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            ((number, article, passage.ordinal, passage.text) for number, article, passage in passages),
        )

    def drop_passages(self, articles: Collection[int]) -> None:
        """Drop the passages of articles."""
        self.run("DELETE FROM passages WHERE article IN (SELECT value FROM json_each(?))", as_list(articles))

    def drop(self, articles: Collection[int]) -> None:
        """Drop articles, and their passages and links with them."""
        self.run("DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))", as_list(articles))

    # --- what the index may have wrong ---

    def unsettle(self, articles: Collection[int]) -> None:
        """Note that the index may have these articles wrong."""
        self.run("INSERT OR IGNORE INTO unsettled SELECT value FROM json_each(?)", as_list(articles))

    def unsettled(self) -> list[int]:
        """The articles that the index may have wrong."""
        return [number for (number,) in self.run("SELECT article FROM unsettled")]

    def settle(self) -> None:
        """Note that the index is right."""
        self.run("DELETE FROM unsettled")

    # --- reading ---

    def passages(self, numbers: Collection[int]) -> dict[int, Passage]:
        """Passages by their numbers, as far as they are there."""
        rows = self.run(
            f"SELECT {PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.id = p.article "  # noqa: S608
            "WHERE p.id IN (SELECT value FROM json_each(?))",
            as_list(numbers),
        )
        return dict(map(to_passage, rows))

    def passages_of(self, articles: Collection[int]) -> list[tuple[int, int, Passage]]:
        """The passages of articles: a number, the article's number, the passage."""
        rows = self.run(
            f"SELECT p.article, {PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.id = p.article "  # noqa: S608
            "WHERE p.article IN (SELECT value FROM json_each(?)) ORDER BY p.id",
            as_list(articles),
        )
        return [(number, article, passage) for article, *row in rows for number, passage in [to_passage(tuple(row))]]

    def numbers_after(self, article: int, limit: int) -> list[int]:
        """The next articles in the order in which they came, by number."""
        return [n for (n,) in self.run("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?", article, limit)]

    def article(self, url: str) -> Article | None:
        """The article at an address."""
        rows = self.run(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE url = ?", clean(url))  # noqa: S608
        return next(map(to_article, rows), None)

    def articles(self, numbers: Collection[int]) -> list[Article]:
        """Articles by their numbers, in the order in which they came."""
        rows = self.run(
            f"SELECT {ARTICLE_COLUMNS} FROM articles "  # noqa: S608
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            as_list(numbers),
        )
        return list(map(to_article, rows))

    def newest(self, query: Query) -> tuple[int, list[int]]:
        """How many articles pass a query's filters, and the first passages of the newest."""
        condition, values = filters(query)
        [(total,)] = self.run(f"SELECT count(*) FROM articles a {condition}", *values)  # noqa: S608
        rows = self.run(
            f"SELECT p.id FROM articles a {condition} ORDER BY a.day DESC, a.id LIMIT ?",  # noqa: S608
            *values,
            max(0, query.limit),
        )
        return total, [number for (number,) in rows]

    def publishers(self) -> frozenset[str]:
        """The outlets that the archive holds, by their names as published."""
        return frozenset(name for (name,) in self.run("SELECT DISTINCT publisher FROM articles WHERE publisher != ''"))

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of publication."""
        [(first, last)] = self.run("SELECT (SELECT min(day) FROM articles), (SELECT max(day) FROM articles)")
        return date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None

    def months(self) -> tuple[tuple[date, int], ...]:
        """How many articles came out in each month, by its first day; months without any are left out."""
        rows = self.run("SELECT substr(day, 1, 7) AS month, count(*) FROM articles GROUP BY month ORDER BY month")
        return tuple((date.fromisoformat(f"{month}-01"), int(articles)) for month, articles in rows)

    def count_articles(self) -> int:
        """How many articles there are."""
        [(articles,)] = self.run("SELECT count(*) FROM articles")
        return int(articles)

    def count_passages(self) -> int:
        """How many passages there are."""
        [(passages,)] = self.run("SELECT count(*) FROM passages")
        return int(passages)

    def size(self) -> int:
        """How many bytes the database takes, free pages not counted."""
        [(pages,)], [(free,)], [(page_bytes,)] = (
            self.run(f"PRAGMA {name}").fetchall() for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * page_bytes)

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """A statement in the database's own language, for the modules of this room."""
        return self._connection.execute(statement, values)

    def run_many(self, statement: str, values: Iterable[Sequence[object]]) -> None:
        """A statement for each row of values."""
        self._connection.executemany(statement, values)
