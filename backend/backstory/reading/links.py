"""The pages that an article links to, from the words in which it does."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

from backstory.addresses import address_key
from backstory.model import Link, Span
from backstory.reading.layout import Anchor, Piece
from backstory.reading.tree import MAX_ATTRIBUTE, Element, attribute

MAX_LINKS = 500
"""Links that are kept of one article; a long read has some dozens."""

_WORD = re.compile(r"[^ \n]+")  # white space is nothing else by now


def links_of(root: Element, url: str, body: Sequence[tuple[int, Piece]]) -> tuple[Link, ...]:
    """The links of an article's pieces, each piece with the place where it starts in the article's text.

    `url` is the page's own address, and is not linked to. Addresses come whole and without their fragments.
    """
    if not any(piece.anchors for _, piece in body):
        return ()
    base, own = _base(root, url), address_key(url)
    links: list[Link] = []
    for start, piece in body:
        for anchor, span in _placed(piece, start):
            address = _address(base, anchor.href)
            if address and address_key(address) != own and len(links) < MAX_LINKS:
                links.append(Link(span, address))
    return tuple(links)


def _base(root: Element, url: str) -> str:
    element = next(root.iter("base"), None)
    href = "" if element is None else attribute(element, "href").strip()
    return _joined(url, href) or url


def _address(base: str, href: str) -> str:
    """The whole address of a link; empty where it leads to no page, or is too long to be whole."""
    if len(href) >= MAX_ATTRIBUTE:
        return ""
    address = _joined(base, "".join(href.split()))
    return address if address.isprintable() and " " not in address else ""


def _joined(base: str, href: str) -> str:
    try:
        address, _ = urldefrag(urljoin(base, href))
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def _placed(piece: Piece, start: int) -> Iterator[tuple[Anchor, Span]]:
    """A piece's links in order, each with its place in the article's text."""
    if not piece.anchors:
        return
    counts, places = [0], [0]  # of each word: the characters of all words before it, and where it starts
    for word in _WORD.finditer(piece.text):
        places.append(word.start())
        counts.append(counts[-1] + word.end() - word.start())
    places = places[1:]

    def place(count: int) -> int:
        word = bisect_right(counts, count) - 1
        return start + places[word] + count - counts[word]

    for anchor in sorted(piece.anchors, key=lambda anchor: anchor.first):
        yield anchor, Span(place(anchor.first), place(anchor.last - 1) + 1)
