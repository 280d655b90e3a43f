"""A page from wherever a command is pointed: a file, standard input, or an address."""

import asyncio
import sys
from pathlib import Path

import click

from backstory.app import now
from backstory.assembly import assemble_fetch
from backstory.errors import NoArticleError, PageTooLargeError
from backstory.model import Page, Publication
from backstory.reading.decoding import decode, looks_like_html
from backstory.settings import Settings

_STANDARD_INPUT = "-"


def page_of(
    settings: Settings, place: str, *, url: str | None, published: Publication | None, language: str | None
) -> Page:
    """The page at a place, with what the caller states about it.

    Raises:
        FetchError: it is an address that cannot be fetched, or is not to be.
        PageTooLargeError: the file is larger than allowed.
        NoArticleError: it is blank.
    """
    found_at, words = asyncio.run(_fetched(settings, place)) if _is_address(place) else _opened(settings, place)
    if not words.strip():
        raise NoArticleError(f"{place} is blank")
    is_html = looks_like_html(words)
    return Page(
        url=url or found_at,
        html=words if is_html else "",
        text="" if is_html else words,
        read_at=now(),
        published=published,
        language=language or "",
    )


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


async def _fetched(settings: Settings, url: str) -> tuple[str, str]:
    fetched = await assemble_fetch(settings, clock=now)(url)
    return fetched.url, decode(fetched.body, fetched.charset)


def _opened(settings: Settings, place: str) -> tuple[str, str]:
    most = settings.max_page_bytes
    if place == _STANDARD_INPUT:
        found_at, body = "urn:backstory:standard-input", sys.stdin.buffer.read(most + 1)
    else:
        path = Path(place).absolute()
        try:
            with path.open("rb") as file:
                found_at, body = path.as_uri(), file.read(most + 1)
        except OSError as error:
            raise click.UsageError(f"{place} cannot be read: {error.strerror}") from error
    if len(body) > most:
        raise PageTooLargeError(f"{place} has more than {most:,} bytes, which max_page_bytes allows")
    return found_at, decode(body)
