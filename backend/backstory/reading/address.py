"""Where a page says that it stands: for a page that was saved, and whose address nobody kept."""

import re
from urllib.parse import urlsplit

from backstory.reading.head import MAX_METAS, Head, head_of
from backstory.reading.structured import strings
from backstory.reading.tree import Element, attribute, parse

MAX_SAVED = 4_000
"""Characters at the beginning of a page in which the program that saved it says where it came from."""

# Browsers write “saved from url=(0033)https://…”, others “saved from: https://…”, SingleFile “url: https://…”.
_SAVED = re.compile(
    r"<!--[^>]{0,1000}?(?:saved from url=\(\d{1,6}\)|saved from:? |\burl:? )\s{0,4}(https?://[^\s\"'<>]{4,2000})",
    re.IGNORECASE,
)


def address_of(html: str) -> str:
    """The address that a page gives as its own, the most lasting first; empty where it gives none.

    Raises NoArticleError where it is no HTML.
    """
    root = parse(html)
    head = head_of(root, "")
    saved = _SAVED.search(html[:MAX_SAVED])
    places = (_canonical(root), head.meta("og:url"), *_structured(head), saved[1] if saved else "")
    return next((place for place in places if _is_address(place)), "")


def _canonical(root: Element) -> str:
    for count, link in enumerate(root.iter("link")):
        if count >= MAX_METAS:
            break
        if "canonical" in attribute(link, "rel").lower().split():
            return attribute(link, "href").strip()
    return ""


def _structured(head: Head) -> list[str]:
    return [text for key in ("mainEntityOfPage", "url", "@id") for text in strings(head.node.get(key))]


def _is_address(place: str) -> bool:
    """Whether it is the whole address of one page: a site's own front says nothing of the page at hand."""
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and bool(parts.path.strip("/") or parts.query)
