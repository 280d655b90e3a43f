"""Articles and passages as rows of the embedded archive's database, and back.

What an article says, who published it and when stand in columns; what else is known of it in one JSON object.
"""

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from backstory.addresses import host_of
from backstory.archive.preparing import Prepared, publisher_key
from backstory.model import Article, Block, Link, Passage, Publication, Span

ARTICLE_COLUMNS = "url, headline, publisher, language, day, at, found, details, text, rating"
PASSAGE_COLUMNS = "p.id, a.url, p.ordinal, p.text, a.headline, a.publisher, a.language, a.day, a.at, a.found, a.rating"

Row = tuple[Any, ...]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def article_row(number: int, prepared: Prepared) -> Row:
    """The row that keeps an article, in the order of the table."""
    article, published = prepared.article, prepared.published
    return (
        number,
        article.url,
        prepared.digest,
        article.headline,
        article.publisher,
        publisher_key(article.publisher),
        article.language,
        published.day.isoformat(),
        _instant(published),
        moment(published),
        published.found,
        _details(article),
        article.text,
        site_of(article.url),
        article.rating,
    )


def to_article(row: Row) -> Article:
    """ARTICLE_COLUMNS as the article that was added."""
    url, headline, publisher, language, day, at, found, details, text, rating = row
    known = json.loads(details)
    modified = known.get("modified")
    return Article(
        url=url,
        text=text,
        blocks=tuple(Block(Span(start, end), kind, number) for start, end, kind, number in known["blocks"]),
        headline=headline,
        publisher=publisher,
        authors=tuple(known["authors"]),
        language=language,
        published=publication(day, at, found),
        modified=publication(*modified) if modified else None,
        page_kind=known.get("page_kind"),
        accessible_for_free=known.get("accessible_for_free"),
        links=tuple(Link(Span(start, end), address) for start, end, address in known.get("links", ())),
        rating=rating,
    )


def to_passage(row: Row) -> tuple[int, Passage]:
    """PASSAGE_COLUMNS as the passage's number and the passage."""
    number, url, ordinal, text, headline, publisher, language, day, at, found, rating = row
    return number, Passage(
        id=f"{url}#{ordinal}",
        url=url,
        text=text,
        ordinal=ordinal,
        headline=headline,
        publisher=publisher,
        language=language,
        published=publication(day, at, found),
        rating=rating,
    )


def site_of(url: str) -> str:
    """An address's host with its labels turned round, each with a dot after it: "example.paper.www."."""
    return site(host_of(url))


def site(host: str) -> str:
    """A host as `site_of` spells it; a domain's spelling is how those of all its hosts begin."""
    return "".join(f"{label}." for label in reversed(host.split("."))) if host else ""


def moment(published: Publication) -> int | None:
    """The instant in microseconds since 1970, where it is known."""
    return None if published.at is None else (published.at - _EPOCH) // _MICROSECOND


def _details(article: Article) -> str:
    known: dict[str, Any] = {
        "authors": article.authors,
        "blocks": [(block.span.start, block.span.end, block.kind, block.number) for block in article.blocks],
        "modified": _dated(article.modified),
        "page_kind": article.page_kind,
        "accessible_for_free": article.accessible_for_free,
        "links": [(link.span.start, link.span.end, link.url) for link in article.links] or None,
    }
    return json.dumps({name: value for name, value in known.items() if value is not None}, ensure_ascii=False)


def _dated(published: Publication | None) -> tuple[str, str | None, str] | None:
    return None if published is None else (published.day.isoformat(), _instant(published), published.found)


def _instant(published: Publication) -> str | None:
    return None if published.at is None else published.at.isoformat()


@lru_cache(maxsize=4096)  # many passages of an answer came out on the same day
def publication(day: str, at: str | None, found: Any) -> Publication:  # noqa: ANN401 - a Literal, as it was written
    """Three columns as the moment that they keep."""
    return Publication(date.fromisoformat(day), datetime.fromisoformat(at) if at else None, found)
