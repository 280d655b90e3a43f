"""The peer: the same pages through parts off the shelf, trafilatura for text and date, and SQLite with its FTS5.

It cuts no passages, folds no words, knows no quarters; it is here to say what taking pages in costs without Backstory.
`python peer.py ARCHIVE COUNT`, in the peers' environment, prints seconds of CPU and by the clock, and articles kept.
"""

import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

import trafilatura
from records import answers

_BATCH = 500  # articles in one commit


def main(archive: Path, count: int) -> None:
    """Take the pages in, once."""
    begun, cpu, kept = time.perf_counter(), time.process_time(), 0
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "archive.sqlite3")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        base.execute("CREATE TABLE articles (url TEXT PRIMARY KEY, title TEXT, day TEXT, text TEXT)")
        base.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, content=articles)")
        for number, body in enumerate(answers(archive, count)):
            found = trafilatura.bare_extraction(body.decode("utf-8", "replace"), with_metadata=True)
            if found is not None and found.text and found.date:
                row = (f"https://news.example/{number}", found.title or "", found.date, found.text)
                base.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", row)
                base.execute("INSERT INTO words (title, text) VALUES (?, ?)", (row[1], row[3]))
                kept += 1
            if number % _BATCH == 0:
                base.commit()
        base.commit()
        base.close()
    json.dump({"cpu": time.process_time() - cpu, "clock": time.perf_counter() - begun, "kept": kept}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
