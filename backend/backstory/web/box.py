"""The front page's box: a text or an address, and the day it appeared, to a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from backstory.errors import NoArticleError, PageTooLargeError
from backstory.model import Page, Publication
from backstory.ports import FetchedPage
from backstory.reading.decoding import decode, looks_like_html
from backstory.web.fields import Fields, address, day, words
from backstory.web.problems import ProblemError
from backstory.web.service import Service

_PASTED = "urn:backstory:pasted"  # the address of what has none
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:\S*")
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,20}(?::\d{1,5})?(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the box: the words, and the day as it was typed."""

    words: str = ""
    published: str = ""

    @property
    def address(self) -> str:
        """The address, where the words are one; as in a browser, its scheme may be left out."""
        said = self.words.strip()
        if _HOST.fullmatch(said):
            return f"https://{said}"
        return said if _SCHEME.fullmatch(said) else ""


def asked_of(form: Mapping[str, str]) -> Asked:
    """The box as it was sent."""
    return Asked(form.get("words", ""), form.get("published", "").strip())


async def page_of(service: Service, asked: Asked) -> Page:
    """The page that was asked for; an address is fetched.

    Raises:
        ProblemError: the day is none, or the address.
        FetchError: the address cannot be fetched, or is not to be.
        PageTooLargeError: the text is larger than allowed.
        NoArticleError: it is blank.
    """
    fields = Fields({"words": asked.words, "published": asked.published or None})
    text, published = fields.take("words", words, ""), fields.take("published", day, None)
    fields.close()
    found_at = _PASTED
    if asked.address:
        found_at, text = await _fetched(service, asked.address)
    elif len(text.encode()) > service.limits.max_page_bytes:
        raise PageTooLargeError(f"the text has more than {service.limits.max_page_bytes:,} bytes")
    if not text.strip():
        raise NoArticleError("the page is blank" if asked.address else "paste a text, or an address")
    # What was pasted is read as it is seen; only what a server sent may be HTML.
    is_html = bool(asked.address) and looks_like_html(text)
    return Page(
        url=found_at,
        html=text if is_html else "",
        text="" if is_html else text,
        read_at=service.clock(),
        published=Publication(published) if published else None,
    )


async def _fetched(service: Service, url: str) -> tuple[str, str]:
    try:
        address(url)
    except ValueError as error:
        raise ProblemError("invalid-field", f"an address must be {error}") from error
    page = await service.fetch(url)
    return page.url, await run_in_threadpool(_decoded, page)


def _decoded(page: FetchedPage) -> str:
    return decode(page.body, page.charset)
