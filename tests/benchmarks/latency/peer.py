"""The peer: the same job from parts off the shelf, as one would first put them together.

dateparser's `search_dates` for the dates and SQLite FTS5 for the links, sentence by sentence. It resolves no
direction, weighs no term and never abstains; it is here to say what the same work costs without Backstory.

Run as a script in the peers' environment: `python peer.py ARCHIVE PAGES` prints a JSON list of milliseconds.
"""

import gzip
import json
import re
import sqlite3
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from dateparser.search import search_dates

_LIMIT = 3


def main(archive: Path, pages: Path) -> None:
    """Measure each page once after a warm-up on the first."""
    base = _fill(archive)
    requests = json.loads(pages.read_text(encoding="utf-8"))
    _annotate(base, requests[0])
    json.dump([_timed(base, request) for request in requests], sys.stdout)


def _timed(base: sqlite3.Connection, request: dict[str, Any]) -> float:
    start = time.perf_counter()
    _annotate(base, request)
    return (time.perf_counter() - start) * 1000


def _annotate(base: sqlite3.Connection, request: dict[str, Any]) -> None:
    published = datetime.fromisoformat(request["published"])
    search_dates(request["text"], languages=["en"], settings={"RELATIVE_BASE": published})
    for sentence in re.split(r"(?<=[.!?])\s+", request["text"]):
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", sentence))
        if words:
            base.execute(
                "select url from news where news match ? and published < ? order by bm25(news) limit ?",
                (words, request["published"], _LIMIT),
            ).fetchall()


def _fill(archive: Path) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table news using fts5(url unindexed, text, published unindexed, tokenize = porter)")
    with gzip.open(archive, "rt", encoding="utf-8") as lines:
        rows = ((item["url"], item["text"], item["published"]) for item in map(json.loads, lines))
        base.executemany("insert into news values (?, ?, ?)", rows)
    return base


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
