"""Where a site keeps its feeds and sitemaps: what a page declares, what it links, and the usual places.

    the bytes of a page and its address → addresses, the likeliest first

Nothing is fetched: whoever asks tries them one by one, and `kinds.what_is` tells what came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from backstory.errors import NoArticleError
from backstory.reading.decoding import decode
from backstory.reading.tree import Element, attribute, opening_text, parse
from backstory.sources.feeds_links import MAX_ADDRESS, whole
from backstory.sources.feeds_texts import line

MAX_LINKS = 10_000
"""Links of a page that are looked at."""

MAX_FOUND = 40
"""Addresses that are named for one page."""

MAX_ROBOTS = 512_000
"""Bytes of a robots.txt that are read: the bound that crawlers agree on (RFC 9309, 2.5)."""

MAX_SITEMAPS = 200
"""Sitemaps that are taken from one robots.txt."""

FoundKind = Literal["rss", "atom", "json", "sitemap"]

_TYPES: dict[str, FoundKind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "text/xml": "rss",
    "application/xml": "rss",
}
_JSON_HINT = re.compile(r"feed", re.IGNORECASE)  # application/json is a feed only where it is called one

# Tried in this order at the site's root where a page names none.
_PLACES: tuple[tuple[str, FoundKind], ...] = (
    ("/feed/", "rss"),
    ("/rss", "rss"),
    ("/rss.xml", "rss"),
    ("/feed.xml", "rss"),
    ("/atom.xml", "atom"),
    ("/index.xml", "rss"),
    ("/feed", "rss"),
    ("/feed.json", "json"),
    ("/index.rdf", "rss"),
    ("/feeds/posts/default", "atom"),
    ("/sitemap-news.xml", "sitemap"),
    ("/news-sitemap.xml", "sitemap"),
    ("/sitemap.xml", "sitemap"),
)
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:feeds?|rss|atom)/?$|/(?:feeds?|rss|atom|index|all|news|rss2|rss_\w{1,30})\.(?:xml|rss|rdf|atom|json)$|"
    r"\.(?:rss|atom|rdf)$|[?&](?:feed|format|type|output)=(?:rss2?|atom|rdf|json)(?:&|$))",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comments?\b|kommentare?|commentaires?|comentarios|commenti|reacties|replies", re.IGNORECASE)
_SAYS_FEED = re.compile(r"\b(?:RSS|Atom|XML feed|JSON feed)\b", re.IGNORECASE)
_KINDS: tuple[tuple[str, FoundKind], ...] = (("json", "json"), ("atom", "atom"))
_SITEMAP_LINE = re.compile(rb"[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An address at which a feed or sitemap may be; `is_guess` where no page named it, and only habit speaks for it."""

    url: str
    kind: FoundKind
    title: str = ""
    is_guess: bool = False


def discover(html: bytes, url: str, charset: str = "") -> tuple[Found, ...]:
    """What a page names, declared before linked and feeds of comments last, then the usual places of its site."""
    named = _named(html, url, charset)
    found: dict[str, Found] = {}
    for candidate in [*sorted(named, key=_is_of_comments), *usual_places(url)]:
        found.setdefault(candidate.url, candidate)
    return tuple(found.values())[:MAX_FOUND]


def usual_places(url: str) -> tuple[Found, ...]:
    """Where sites keep their feeds and sitemaps, for a site that does not say."""
    if not whole(url, ""):
        return ()
    root = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    return tuple(Found(root + path, kind, is_guess=True) for path, kind in _PLACES)


def sitemaps_of(robots: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that the robots.txt at `url` names, each once."""
    found = (_SITEMAP_LINE.match(text) for text in robots[:MAX_ROBOTS].splitlines())
    addresses = (whole(match[1].decode("utf-8", "replace"), url) for match in found if match)
    return tuple(dict.fromkeys(address for address in addresses if address))[:MAX_SITEMAPS]


def _named(html: bytes, url: str, charset: str) -> list[Found]:
    try:
        root = parse(decode(html, charset))
    except NoArticleError:
        return []
    base = next((found for element in root.iter("base") if (found := whole(attribute(element, "href"), url))), url)
    return [*_declared(root, base), *_linked(root, base)]


def _declared(root: Element, base: str) -> Iterator[Found]:
    """Links of the page's head that are alternates of the type of a feed."""
    for number, element in enumerate(root.iter("link")):
        if number >= MAX_LINKS:
            return
        address = whole(attribute(element, "href"), base)
        kind = _declared_kind(attribute(element, "type").partition(";")[0].strip().lower(), address)
        relations = attribute(element, "rel").lower().split()
        if address and kind and ("alternate" in relations or "feed" in relations):
            yield Found(address, kind, line(attribute(element, "title")))


def _declared_kind(media_type: str, address: str) -> FoundKind | None:
    if media_type == "application/json":
        return "json" if _JSON_HINT.search(address) else None
    return _TYPES.get(media_type)


def _linked(root: Element, base: str) -> Iterator[Found]:
    """Links that a reader sees and that look like a feed, by their address or by their words."""
    for number, element in enumerate(root.iter("a")):
        if number >= MAX_LINKS:
            return
        href = attribute(element, "href")
        if not href or href.startswith("#"):
            continue
        title = opening_text(element) or attribute(element, "title")
        if (_LOOKS_LIKE_FEED.search(href[:MAX_ADDRESS]) or _SAYS_FEED.search(title[:80])) and (
            found := whole(href, base)
        ):
            yield Found(found, _kind_of(found), line(title))


def _kind_of(address: str) -> FoundKind:
    return next((kind for word, kind in _KINDS if word in address.lower()), "rss")


def _is_of_comments(found: Found) -> bool:
    return _OF_COMMENTS.search(f"{found.url} {found.title}") is not None
