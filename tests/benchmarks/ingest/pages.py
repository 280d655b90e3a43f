"""Any number of HTML pages, made of the extraction set with other words in them, as one web archive.

Page n is the set's page n modulo the pages that hold a dated article, and in its prose one long word in seven gives way
to another, drawn anew for each page: markup, length and date stay as they are. The same number is always the same page,
so that a smaller archive is the beginning of a larger one.
"""

import gzip
import json
import random
import re
from pathlib import Path

from extraction.corpus import samples
from records import starts_of

from backstory.errors import BackstoryError
from backstory.ingest.offers import to_article
from backstory.model import Offer
from backstory.reading import read

HOST = "https://news.example"
_CHANGED = 1 / 7  # of the long words
_WORDS = 200_000  # that they are changed for; real archives go on finding new ones
_SYLLABLES = "ba bri cal den do fra gor hen ja kel lor mi na pol ra sel tor ul va wen zi".split()  # noqa: SIM905
_PROSE = re.compile(r"<(script|style)\b.*?</\1\s*>|>([^<>]{40,})<", re.DOTALL | re.IGNORECASE)
_LONG_WORD = re.compile(r"\b[a-zäöüß]{6,}\b")


class Pages:
    """Pages by their numbers."""

    def __init__(self, data: Path) -> None:
        self._htmls = [sample.html for sample in samples(data / "extraction-trafilatura") if _is_dated(sample.html)]
        if not self._htmls:
            raise FileNotFoundError(f"no pages in {data}")

    def html(self, number: int) -> str:
        """The whole of page `number`."""
        chance = random.Random(f"ingest {number}")  # noqa: S311 - made pages, no secrets
        html = self._htmls[number % len(self._htmls)]
        return _PROSE.sub(lambda found: found[0] if found[1] else _changed(found[0], chance), html)


def write(pages: Pages, file: Path, count: int) -> None:
    """A web archive (WARC) of the first pages, each record packed by itself, and beside it where each record begins."""
    starts = []
    with file.open("wb") as archive:
        for number in range(count):
            starts.append(archive.tell())
            archive.write(gzip.compress(_record(f"{HOST}/{number}", pages.html(number)), 1, mtime=0))
    starts_of(file).write_text(json.dumps(starts), encoding="ascii")


def _is_dated(html: str) -> bool:
    """Whether the page holds an article and says when it came out."""
    try:
        to_article(Offer(url=f"{HOST}/0", html=html), read)
    except BackstoryError:
        return False
    return True


def _changed(prose: str, chance: random.Random) -> str:
    return _LONG_WORD.sub(lambda word: _word(chance) if chance.random() < _CHANGED else word[0], prose)


def _word(chance: random.Random) -> str:
    """A made word, the first ranks far more often than the last."""
    rank = int(_WORDS ** chance.random())
    made = ""
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        made += _SYLLABLES[syllable]
    return made or _SYLLABLES[0]


def _record(url: str, html: str) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode("utf-8", "replace")
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"
