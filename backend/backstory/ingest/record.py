"""One line of an import to what it offers.

{"url": …, "title": …, "text": … or "html": …, "published": …, "publisher": …, "language": …, "author": …, "rating": …}

What else it may say stands in `details`.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from backstory.errors import ArticleError
from backstory.ingest import offers
from backstory.ingest.details import with_details
from backstory.ingest.offers import ANY_TIME
from backstory.model import Article, Offer, Page, Publication

_SHOWN = 80  # characters of a wrong value that a reason quotes
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*", re.ASCII)


def to_article(line: bytes, read: Callable[[Page], Article], *, read_at: datetime = ANY_TIME) -> Article:
    """One line of an import as an article; where both are given, `text` wins over `html`.

    What the line says of an article wins over what its HTML says. Raises ArticleError with what would be right,
    PageError where there is nothing to read in the HTML.
    """
    offer, said = parsed(line)
    return with_details(offers.to_article(offer, read, read_at=read_at), said)


def to_offer(line: bytes) -> Offer:
    """What a line offers. Raises ArticleError with what would be right."""
    return parsed(line)[0]


def parsed(line: bytes) -> tuple[Offer, Mapping[str, object]]:
    """What a line offers, and all that it says. Raises ArticleError with what would be right."""
    said = _object(line)
    offer = Offer(
        url=_address(said.get("url")),
        headline=_text(said, "title"),
        publisher=_text(said, "publisher"),
        authors=_authors(said.get("author")),
        language=_text(said, "language"),
        published=_publication(said.get("published")),
        text=_text(said, "text"),
        html=_text(said, "html"),
        rating=_text(said, "rating"),
    )
    return offer, said


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


def _publication(value: object) -> Publication | None:
    """An RFC 3339 date or instant; the day is the one that is written. Without a zone, the day alone is known."""
    if value is None:
        return None
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


def _quoted(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
