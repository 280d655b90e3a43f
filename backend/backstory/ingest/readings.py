"""What pages were read as before: an import that is sent again need not read what the archive still holds.

A page takes milliseconds to read, and a line of HTML always says the same. So the line's digest is kept with its
article's address and digest; where the archive still holds that very article, it stands for the line. The file is of
use and nothing more: without it, or with a broken one, every page is read.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

from backstory import __version__
from backstory.ingest.lines import Line
from backstory.model import Article
from backstory.ports import Archive

READINGS = "readings.sqlite"
"""The file's name in home."""

MOST_READINGS = 2_000_000
"""Pages that are remembered, the latest; some 150 bytes each."""

HTML = b'"html"'
"""What a line holds whose reading takes time; looked for only to spare the others the way."""

_BUSY_SECONDS = 2.0
_TABLE = "CREATE TABLE IF NOT EXISTS readings (id INTEGER PRIMARY KEY, line BLOB UNIQUE, url TEXT, article BLOB)"
_AT_ONCE = 500  # lines looked for in one query; SQLite allows some thousand


class Readings:
    """Remembers in a file; in none where it is given none."""

    def __init__(self, place: Path | None) -> None:
        self._place = place

    async def recall(self, lines: Sequence[Line], archive: Archive) -> dict[int, Article]:
        """By their numbers the lines whose articles the archive holds as they would be read."""
        found: dict[int, Article] = {}
        for number, (url, digest) in self._told(lines).items():
            article = await archive.get(url)
            if article is not None and _digest(article) == digest:
                found[number] = article
        return found

    def note(self, read: Iterable[tuple[Line, Article]]) -> None:
        """Remember what lines of HTML were read as."""
        rows = [(_key(line), article.url, _digest(article)) for line, article in read if HTML in line.raw]
        if not rows or self._place is None:
            return
        with suppress(sqlite3.Error), closing(_opened(self._place)) as base, base:
            base.executemany("INSERT OR REPLACE INTO readings (line, url, article) VALUES (?, ?, ?)", rows)
            base.execute("DELETE FROM readings WHERE id <= (SELECT max(id) FROM readings) - ?", (MOST_READINGS,))

    def _told(self, lines: Sequence[Line]) -> dict[int, tuple[str, bytes]]:
        if self._place is None or not self._place.exists():
            return {}
        numbers = {_key(line): line.number for line in lines if HTML in line.raw}
        keys = list(numbers)
        told: dict[int, tuple[str, bytes]] = {}
        with suppress(sqlite3.Error), closing(_opened(self._place)) as base:
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                query = f"SELECT line, url, article FROM readings WHERE line IN ({marks})"  # noqa: S608 - marks alone
                told |= {numbers[line]: (url, digest) for line, url, digest in base.execute(query, some)}
        return told


def _opened(place: Path) -> sqlite3.Connection:
    base = sqlite3.connect(place, timeout=_BUSY_SECONDS)
    try:
        base.execute("PRAGMA synchronous = OFF")  # what a power cut takes is read again
        base.execute(_TABLE)
    except sqlite3.Error:
        base.close()
        place.unlink(missing_ok=True)
        raise
    return base


def _key(line: Line) -> bytes:
    """A line, and the version that reads it: another may read it better."""
    return sha256(__version__.encode() + b"\n" + line.raw).digest()


def _digest(article: Article) -> bytes:
    return sha256(repr(article).encode("utf-8", "surrogatepass")).digest()
