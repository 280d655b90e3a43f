"""Any number of HTML pages, made of the extraction set with other words in them, as one web archive or as NDJSON.

Page n is the set's page n modulo the pages that hold a dated article. In its prose most words give way to others of its
language, drawn as often as the set has them, and now and then to one that was never heard: markup, length and date stay
as they are, and the vocabulary grows as a language's does. One page in ten keeps most of its words, and so is a copy.
The same number is always the same page, so that a smaller archive is the beginning of a larger one.
"""

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from extraction.corpus import samples
from records import starts_of

from backstory.errors import BackstoryError
from backstory.ingest.offers import to_article, to_line
from backstory.model import Article, Offer
from backstory.reading import read

HOST = "https://news.example"
_CHANGED, _CHANGED_IN_COPIES = 9 / 10, 1 / 20  # of the words
_COPIES = 10  # one page in so many is a copy
_NEW = 1 / 60  # of the words that are put in place of others; real archives go on finding new ones
_WORDS = 200_000  # such words
_SYLLABLES = "ba bri cal den do fra gor hen ja kel lor mi na pol ra sel tor ul va wen zi".split()  # noqa: SIM905
_PROSE = re.compile(r"<(script|style)\b.*?</\1\s*>|>([^<>]{40,})<", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"(?<!&)\b[a-zäöüß]{3,}\b")


class Pages:
    """Pages by their numbers, and the articles that they are made of."""

    def __init__(self, data: Path) -> None:
        self._pages = [
            (sample.html, article)
            for sample in samples(data / "extraction-trafilatura")
            if (article := _article(sample.html)) is not None
        ]
        if not self._pages:
            raise FileNotFoundError(f"no pages in {data}")
        self._said: dict[str, list[str]] = defaultdict(list)
        for _, article in self._pages:
            self._said[article.language] += _WORD.findall(article.text)

    def html(self, number: int) -> str:
        """The whole of page `number`."""
        html, article = self._pages[number % len(self._pages)]
        change = self._changing(number, article)
        return _PROSE.sub(lambda found: found[0] if found[1] else change(found[0]), html)

    def line(self, number: int) -> bytes:
        """An article as long as that of page `number`, as a line of NDJSON."""
        _, article = self._pages[number % len(self._pages)]
        text = "\n\n".join(block.span.of(article.text) for block in article.blocks)
        offer = Offer(
            url=f"{HOST}/{number}",
            headline=article.headline,
            text=self._changing(number, article)(text),
            published=article.published,
            publisher=article.publisher,
            language=article.language,
        )
        return to_line(offer)

    def _changing(self, number: int, article: Article) -> Callable[[str], str]:
        """What puts other words in a text."""
        chance = random.Random(f"ingest {number}")  # noqa: S311 - made pages, no secrets
        share = _CHANGED_IN_COPIES if chance.randrange(_COPIES) == 0 else _CHANGED
        said = self._said[article.language]

        def other(word: re.Match[str]) -> str:
            if not said or chance.random() >= share:
                return word[0]
            return _made(chance) if chance.random() < _NEW else chance.choice(said)

        return lambda text: _WORD.sub(other, text)


def write(pages: Pages, file: Path, count: int) -> None:
    """A web archive (WARC) of the first pages, each record packed by itself, and beside it where each record begins."""
    starts = []
    with file.open("wb") as archive:
        for number in range(count):
            starts.append(archive.tell())
            archive.write(gzip.compress(_record(f"{HOST}/{number}", pages.html(number)), 1, mtime=0))
    starts_of(file).write_text(json.dumps(starts), encoding="ascii")


def write_lines(pages: Pages, file: Path, count: int) -> None:
    """The articles of the first pages as NDJSON."""
    with file.open("wb") as lines:
        lines.writelines(map(pages.line, range(count)))


def _article(html: str) -> Article | None:
    """The article of a page that holds one and says when it came out."""
    try:
        return to_article(Offer(url=f"{HOST}/0", html=html), read)
    except BackstoryError:
        return None


def _made(chance: random.Random) -> str:
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
