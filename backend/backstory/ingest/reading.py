"""Lines of an import to articles, one by one: what each says, or why it says nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backstory.errors import ArticleError, ArticleTooLargeError, PageError
from backstory.ingest import offers
from backstory.ingest.details import with_details
from backstory.ingest.lines import Line
from backstory.ingest.record import parsed
from backstory.model import Article, Page


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not added, counted from 1, and why; `url` is its article's address, where it says one."""

    line: int
    reason: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines by one manner. `max_bytes` is the longest line, `read_at` the moment that no page is newer than."""

    read: Callable[[Page], Article]
    max_bytes: int
    read_at: datetime

    def __call__(self, line: Line) -> Article | Refusal | None:
        """The article of a line, why it holds none, or nothing for a blank line."""
        url = ""
        try:
            if not line.raw and line.size > self.max_bytes:
                raise ArticleTooLargeError(
                    f"longer than {self.max_bytes:,} bytes, which is the most an article may have"
                )
            if not line.raw or line.raw.isspace():
                return None
            offer, said = parsed(line.raw)
            url = offer.url
            return with_details(offers.to_article(offer, self.read, read_at=self.read_at), said)
        except ArticleError as error:
            return Refusal(line.number, str(error), url)
        except PageError as error:
            return Refusal(line.number, f"no article in its html: {error}", url)
