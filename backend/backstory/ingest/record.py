"""One line of an import to an article.

{"url": …, "title": …, "text": … or "html": …, "published": …, "publisher": …, "language": …, "author": …}
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from backstory.errors import ArticleError
from backstory.model import Article, Block, Page, Publication, Span

_SHOWN = 80  # characters of a wrong value that a reason quotes
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*", re.ASCII)
_BLANK_LINE = re.compile(r"\n\s*\n")


def to_article(line: bytes, read: Callable[[Page], Article]) -> Article:
    """One line of an import as an article; where both are given, `text` wins over `html`.

    What the line says of an article wins over what its HTML says. Raises ArticleError with what would be right,
    PageError where there is nothing to read in the HTML.
    """
    said = _object(line)
    url, published = _address(said.get("url")), _publication(said.get("published"))
    text, html = _text(said, "text"), _text(said, "html")
    if text.strip():
        article = Article(url=url, text=text, blocks=tuple(_paragraphs(text)), published=published)
    elif html.strip():
        read_at = published.at or datetime.combine(published.day, time(), UTC)
        article = read(Page(url=url, html=html, read_at=read_at, published=published, language=_text(said, "language")))
    else:
        raise ArticleError("there is neither text nor html; one of them must hold the article")
    return replace(
        article,
        url=url,
        published=published,
        headline=_text(said, "title").strip() or article.headline,
        publisher=_text(said, "publisher").strip() or article.publisher,
        language=_text(said, "language").strip() or article.language,
        authors=_authors(said.get("author")) or article.authors,
    )


def _object(line: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ArticleError(f"not JSON: {error.msg} at column {error.colno}; each line must be one object") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"not UTF-8 at byte {error.start + 1}") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError("not JSON that can be read: too deep, or a number too long") from error
    if not isinstance(said, dict):
        raise ArticleError('not an object; each line must be one: {"url": …, "text": …, "published": …}')
    return said


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ArticleError(f"{name} must be text, not {_quoted(value)}")
    return value


def _authors(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value or ""]
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) < len(names):
        raise ArticleError(f"author must be a name or a list of names, not {_quoted(value)}")
    return tuple(name.strip() for name in texts if name.strip())


def _address(value: object) -> str:
    if value is None:
        raise ArticleError("url is missing: the address at which the article was published")
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        parts = None
    if not isinstance(value, str) or parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ArticleError(f"url must be an http or https address, not {_quoted(value)}")
    if " " in value or not value.isprintable():
        raise ArticleError(f"url must be an address without spaces or controls, not {_quoted(value)}")
    return value


def _publication(value: object) -> Publication:
    """An RFC 3339 date or instant; the day is the one that is written. Without a zone, the day alone is known."""
    if value is None:
        raise ArticleError("published is missing: the day on which it came out, as 2016-04-21")
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return Publication(date.fromisoformat(value))
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            at = datetime.fromisoformat(value)
            return Publication(at.date(), at if at.tzinfo else None)
    except ValueError:
        pass
    raise ArticleError(
        f"published must be a date, as 2016-04-21, or an instant, as 2016-04-21T09:30:00Z, not {_quoted(value)}"
    )


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for end, after in [match.span() for match in _BLANK_LINE.finditer(text)] + [(len(text), len(text))]:
        paragraph = text[start:end]
        if paragraph.strip():
            lead = len(paragraph) - len(paragraph.lstrip())
            yield Block(Span(start + lead, start + len(paragraph.rstrip())))
        start = after


def _quoted(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
