"""The pages that are measured: the seed, and real articles of 600 to 1,500 words."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

FEWEST_WORDS, MOST_WORDS = 600, 1_500
_SEED_PUBLISHED = "2016-04-21"


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page as a client sends it."""

    name: str
    url: str
    text: str
    published: str

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())

    def request(self) -> dict[str, str]:
        """The body of a request for its annotations."""
        return {"url": self.url, "text": self.text, "published": self.published}


def pages(shared: Path, *, most: int) -> list[MeasuredPage]:
    """The seed first, then at most `most` others, the same ones each time."""
    return [_seed(shared), *_articles(shared)[:most]]


def _seed(shared: Path) -> MeasuredPage:
    [file] = (shared / "seeds").glob("*.txt")
    return MeasuredPage("seed", "https://seed.example/article", file.read_text(encoding="utf-8"), _SEED_PUBLISHED)


def _articles(shared: Path) -> list[MeasuredPage]:
    with gzip.open(shared / "data" / "wikinews" / "archive.ndjson.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    measured = [
        MeasuredPage(article["title"], article["url"], article["text"], article["published"]) for article in articles
    ]
    return [page for page in measured if FEWEST_WORDS <= page.words <= MOST_WORDS]
