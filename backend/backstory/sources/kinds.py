"""What has come in, by its first bytes rather than by its name: a feed, a sitemap, an OPML list or a web page."""

import re
import zlib
from typing import Literal

from backstory.errors import SourceError
from backstory.reading.decoding import looks_like_html
from backstory.sources.xml_tree import decode, without_doctype

Kind = Literal["feed", "sitemap", "opml", "page", "unknown"]

LOOKED_AT = 65_536
"""Bytes of a document that tell what it is."""

GZIP_MAGIC = b"\x1f\x8b"

_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "opml": "opml",
    "html": "page",
}
_TYPES: dict[str, Kind] = {
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/feed+json": "feed",
    "text/x-opml": "opml",
    "text/html": "page",
    "application/xhtml+xml": "page",
}
_NAME = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z]{1,40})(?=[\s/>])")
_JSON_FEED = re.compile(r'"version"\s{0,20}:\s{0,20}"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org', re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"https?://\S{1,2048}\s*(?:\n|$)")


def what_is(body: bytes, media_type: str = "") -> Kind:
    """What a document is; `media_type`, as the server said it, decides only where the document does not."""
    text = decode(_unpacked(body[:LOOKED_AT])).lstrip()
    if text.startswith("{") and _JSON_FEED.search(text):
        return "feed"
    if found := _ROOTS.get(root_name(text)):
        return found
    if _ADDRESS_LINE.match(text):
        return "sitemap"  # the sitemap protocol's plain form: an address a line
    stated = _TYPES.get(media_type.partition(";")[0].strip().lower())
    return "page" if looks_like_html(text) and not text.startswith("<?") else (stated if text and stated else "unknown")


def root_name(text: str) -> str:
    """The name of a document's first element, in small letters and without its prefix; empty where there is none.

    A document type of HTML is `html`, whatever follows it.
    """
    text = text.lstrip()
    if text[:14].lower() == "<!doctype html":
        return "html"
    try:
        text = without_doctype(text)
    except SourceError:
        text = text[text.upper().rfind("]>") + 2 :]
    place = 0
    while text.startswith(("<?", "<!--"), place):
        end = text.find("-->" if text.startswith("<!--", place) else "?>", place)
        if end < 0:
            return ""
        place = text.find("<", end)
        if place < 0:
            return ""
    found = _NAME.match(text, place)
    return found[1].lower() if found else ""


def _unpacked(body: bytes) -> bytes:
    """The first bytes of what was packed with gzip, or the bytes themselves."""
    if not body.startswith(GZIP_MAGIC):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, LOOKED_AT)
    except zlib.error:
        return b""
