"""The readers that are compared: each takes a page to its text and its day.

Run as a script, in the environment where the contestant is installed:
`python contestants.py NAME DATA OUTPUT` writes one JSON line a page.
A contestant's own failure counts as an empty answer: that is what its user would get.
"""

import importlib
import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import Sample, samples

Answer = tuple[str, str]
"""The article's text and its day as YYYY-MM-DD, each empty where not found."""

_READ_AT = datetime(2026, 1, 1, tzinfo=UTC)


def backstory() -> Callable[[Sample], Answer]:
    """Ours."""
    model, reading = importlib.import_module("backstory.model"), importlib.import_module("backstory.reading")

    def answer(sample: Sample) -> Answer:
        article = reading.read(model.Page(url=sample.url, html=sample.html, read_at=_READ_AT))
        found = article.published.found != "read_at"
        return article.text, article.published.day.isoformat() if found else ""

    return answer


def trafilatura(**options: bool) -> Callable[[Sample], Answer]:
    """Trafilatura's text alone: comments left out."""
    library: Any = importlib.import_module("trafilatura")
    return lambda sample: (library.extract(sample.html, url=sample.url, include_comments=False, **options) or "", "")


def readability() -> Callable[[Sample], Answer]:
    """Readability's summary, as text."""
    library: Any = importlib.import_module("readability")
    html: Any = importlib.import_module("lxml.html")
    return lambda sample: (html.fromstring(library.Document(sample.html).summary()).text_content(), "")


def htmldate(*, extensive: bool) -> Callable[[Sample], Answer]:
    """htmldate's day of creation."""
    library: Any = importlib.import_module("htmldate")

    def answer(sample: Sample) -> Answer:
        day = library.find_date(sample.html, url=sample.url, original_date=True, extensive_search=extensive)
        return "", day or ""

    return answer


CONTESTANTS: dict[str, Callable[[], Callable[[Sample], Answer]]] = {
    "backstory": backstory,
    "trafilatura": trafilatura,
    "trafilatura precision": lambda: trafilatura(favor_precision=True),
    "trafilatura fast": lambda: trafilatura(fast=True),
    "readability-lxml": readability,
    "htmldate extensive": lambda: htmldate(extensive=True),
    "htmldate fast": lambda: htmldate(extensive=False),
}


def main(name: str, data: str, output: str) -> None:
    """Answer every page, and count the processor seconds of each answer."""
    logging.disable()
    answer = CONTESTANTS[name]()
    with Path(output).open("w", encoding="utf-8") as lines:
        for sample in samples(Path(data)):
            start = time.process_time()
            try:
                text, day = answer(sample)
            except Exception as error:  # noqa: BLE001 - whatever it raises, its user is left with nothing
                text, day = "", ""
                print(f"{name}: {sample.id}: {type(error).__name__}: {error!s:.200}", file=sys.stderr)
            seconds = time.process_time() - start
            lines.write(json.dumps({"id": sample.id, "text": text, "day": day, "seconds": seconds}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
