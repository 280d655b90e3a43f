"""What a source offers → an article, and the line of an import that says the same.

Every source comes this way, so that the same article is the same whoever brought it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from backstory.errors import ArticleError
from backstory.model import Article, Block, Offer, Page, Publication, Span

ANY_TIME = datetime.max.replace(tzinfo=UTC)
"""The moment of reading where nobody says it: whatever day a page names is then believed."""

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""What an article may be of, as requests may: sums around a day, and its instant in any zone, stay in the calendar."""

_BLANK_LINE = re.compile(r"\n\s*\n")
_UNTOLD = frozenset({"read_at", "unknown"})  # what is named as having told the day where nothing did


def to_article(offer: Offer, read: Callable[[Page], Article], *, read_at: datetime = ANY_TIME) -> Article:
    """The article that is offered; what the source says of it wins over what its page says.

    A page cannot be newer than `read_at`. Raises ArticleError with what would be right, PageError where there is
    nothing to read in the HTML.
    """
    article = _read(offer, read, read_at)
    return replace(
        article,
        url=offer.url,
        published=_in_the_calendar(offer.published or _told(article)),
        headline=offer.headline.strip() or article.headline,
        publisher=offer.publisher.strip() or article.publisher,
        language=offer.language.strip() or article.language,
        authors=offer.authors or article.authors,
        rating=offer.rating.strip() or article.rating,
    )


def to_line(offer: Offer) -> bytes:
    """An offer as a line of an import, its newline included."""
    said = {
        "url": offer.url,
        "title": offer.headline,
        "text": offer.text,
        "html": "" if offer.text.strip() else offer.html,
        "published": _written(offer.published) if offer.published else "",
        "publisher": offer.publisher,
        "language": offer.language,
        "author": offer.authors,
        "rating": offer.rating,
    }
    filled = {name: value for name, value in said.items() if value}
    return json.dumps(filled, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _read(offer: Offer, read: Callable[[Page], Article], read_at: datetime) -> Article:
    if offer.text.strip():
        if offer.published is None:
            raise ArticleError("published is missing: the day on which it came out, as 2016-04-21")
        return Article(url=offer.url, text=offer.text, blocks=paragraphs(offer.text))
    if offer.html.strip():
        page = Page(url=offer.url, html=offer.html, read_at=read_at, published=offer.published, language=offer.language)
        return read(page)
    raise ArticleError("there is neither text nor html; one of them must hold the article")


def _told(article: Article) -> Publication:
    published = article.published
    if published is None or published.found in _UNTOLD:
        raise ArticleError("nothing in its html tells when it came out; say it as published, as 2016-04-21")
    return published


def _in_the_calendar(published: Publication) -> Publication:
    if not FIRST_YEAR <= published.day.year <= LAST_YEAR:
        raise ArticleError(f"published must be a day from {FIRST_YEAR} to {LAST_YEAR}, not {published.day.isoformat()}")
    return published


def _written(published: Publication) -> str:
    """The instant where it lies on the day that the outlet gives, else that day."""
    at = published.at
    return (at if at and at.date() == published.day else published.day).isoformat()


def paragraphs(text: str) -> tuple[Block, ...]:
    """The blocks of a text in which blank lines stand between paragraphs."""
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for end, after in [match.span() for match in _BLANK_LINE.finditer(text)] + [(len(text), len(text))]:
        paragraph = text[start:end]
        if paragraph.strip():
            lead = len(paragraph) - len(paragraph.lstrip())
            yield Block(Span(start + lead, start + len(paragraph.rstrip())))
        start = after
