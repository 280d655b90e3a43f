"""How common words are in general news: what `retrieval.rarity` leans on while an archive is small."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from backstory.errors import ArticleError
from backstory.ingest.record import to_article
from backstory.model import Article
from backstory.reading import read
from backstory.retrieval.passages import split
from backstory.retrieval.terms import words

_SOURCES = ("wikinews", "wcep", "digitalgov-article")
_LEAST = 0.002  # of passages; a rarer word is as good as unknown
_IN_SOURCES = 2  # a word of one source alone is that source's subject
_MOST_ARTICLES = 20_000  # of a source, evenly spread


def usual(data: Path) -> str:
    """The share of passages that hold each common word, averaged over the sources (JSON)."""
    shares = [_shares(data / source / "archive.ndjson.gz") for source in _SOURCES]
    known = Counter(word for each in shares for word in each)
    mean = {word: sum(each.get(word, 0.0) for each in shares) / len(shares) for word in known}
    kept = {word: round(mean[word], 5) for word, sources in known.items() if sources >= _IN_SOURCES}
    common = {word: share for word, share in sorted(kept.items(), key=lambda pair: -pair[1]) if share >= _LEAST}
    about = (  # the sources ask to be named
        "Shares of news passages that hold a word, as retrieval.terms spells it: the mean over Wikinews (CC BY 2.5), "
        "Wikipedia's Current events (CC BY-SA 4.0) and Digital.gov (public domain)."
    )
    return json.dumps({"about": about, "shares": common}, ensure_ascii=False, indent=0) + "\n"


def _shares(path: Path) -> dict[str, float]:
    with gzip.open(path) as file:
        lines = list(file)
    articles = _articles(lines[:: max(1, len(lines) // _MOST_ARTICLES)])
    held = [set(words(passage.text, passage.language)) for article in articles for passage in split(article)]
    return {word: count / len(held) for word, count in Counter(word for each in held for word in each).items()}


def _articles(lines: Iterable[bytes]) -> Iterator[Article]:
    for line in lines:
        with suppress(ArticleError):  # an item without words
            yield to_article(line, read)
