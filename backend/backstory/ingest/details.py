"""What a line of an import may say beside the article's words, and `backstory export` writes: how it was read.

{"links": [{"start": 4, "end": 8, "url": "https://…"}], "blocks": [{"start": 0, "end": 82, "kind": "heading"}],
 "modified": "2016-04-22", "publishedFrom": "json-ld", "publishedDay": "2016-04-22", "pageKind": "live", "free": false}

Positions count in the line's text, so that blocks and links mean something only beside one. `publishedDay` is the
outlet's own day where its clock had another. Other programs give these names to other things: what is not written so
is passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any, get_args
from urllib.parse import urlsplit

from backstory.ingest.offers import FIRST_YEAR, LAST_YEAR
from backstory.model import Article, Block, BlockKind, Link, PageKind, Publication, PublicationSource, Span
from backstory.reading.links import MAX_LINKS

_KINDS, _PAGE_KINDS, _SOURCES = map(get_args, (BlockKind, PageKind, PublicationSource))


def with_details(article: Article, said: Mapping[str, object]) -> Article:
    """An article with what its line says beside its words; `said` is the line's object."""
    if not isinstance(said.get("text"), str) or said["text"] != article.text:
        return article
    kind, free = said.get("pageKind"), said.get("free")
    return replace(
        article,
        blocks=_blocks(said.get("blocks"), len(article.text)) or article.blocks,
        links=tuple(islice(_links(said.get("links"), len(article.text)), MAX_LINKS)),
        published=article.published and _told(article.published, "published", said),
        modified=_publication("modified", said),
        page_kind=kind if kind in _PAGE_KINDS else None,  # type: ignore[arg-type] # it is one of them
        accessible_for_free=free if isinstance(free, bool) else None,
    )


def details_of(article: Article, usual: tuple[Block, ...]) -> dict[str, Any]:
    """What `with_details` reads back; `usual` are the blocks that are understood where none are said."""
    said = {
        "links": [{"start": link.span.start, "end": link.span.end, "url": link.url} for link in article.links],
        "blocks": [] if article.blocks == usual else list(map(_block, article.blocks)),
        "pageKind": article.page_kind,
        **_dated("published", article.published),
        **_dated("modified", article.modified),
    }
    free = {} if article.accessible_for_free is None else {"free": article.accessible_for_free}
    return {name: value for name, value in said.items() if value} | free


# --- reading ---


def _links(value: object, length: int) -> Iterator[Link]:
    for each in value if isinstance(value, list) else ():
        span, url = _span(each, length), each.get("url") if isinstance(each, dict) else None
        if span and isinstance(url, str) and url.isprintable() and _is_address(url):
            yield Link(span, url)


def _blocks(value: object, length: int) -> tuple[Block, ...]:
    """Blocks in order, none over another; all of them or none."""
    blocks: list[Block] = []
    end = 0
    for each in value if isinstance(value, list) else ():
        span = _span(each, length)
        if not span or span.start < end:
            return ()
        kind, number = each.get("kind", "paragraph"), each.get("number", "")
        if kind not in _KINDS or not isinstance(number, str):
            return ()
        blocks.append(Block(span, kind, number))
        end = span.end
    return tuple(blocks)


def _span(value: object, length: int) -> Span | None:
    start, end = (value.get("start"), value.get("end")) if isinstance(value, dict) else (None, None)
    if type(start) is not int or type(end) is not int:
        return None
    return Span(start, end) if 0 <= start < end <= length else None


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _publication(name: str, said: Mapping[str, object]) -> Publication | None:
    try:
        at = datetime.fromisoformat(str(said.get(name)))
        whole = len(str(said[name])) == len("2016-04-21")
        return _told(Publication(at.date(), None if whole or at.tzinfo is None else at), name, said)
    except ValueError:
        return None


def _told(publication: Publication, name: str, said: Mapping[str, object]) -> Publication:
    """A publication with what told of it, and on which day of the outlet's it was."""
    found, day = said.get(f"{name}From"), said.get(f"{name}Day")
    try:
        own = date.fromisoformat(day) if isinstance(day, str) else publication.day
    except ValueError:
        own = publication.day
    if not FIRST_YEAR <= own.year <= LAST_YEAR:
        own = publication.day
    return replace(publication, day=own, found=found if found in _SOURCES else publication.found)  # type: ignore[arg-type] # it is one of them


# --- writing ---


def _block(block: Block) -> dict[str, Any]:
    said: dict[str, Any] = {"start": block.span.start, "end": block.span.end}
    said |= {"kind": block.kind} if block.kind != "paragraph" else {}
    return said | ({"number": block.number} if block.number else {})


def _dated(name: str, publication: Publication | None) -> dict[str, str]:
    if publication is None:
        return {}
    at, day = publication.at, publication.day
    said = {name: (at or day).isoformat()}
    said |= {f"{name}From": publication.found} if publication.found != "request" else {}
    return said | ({f"{name}Day": day.isoformat()} if at and at.date() != day else {})
