"""Sitemaps, with and without news, and indexes of them, packed or not.

    bytes and their address → items (as those of a feed) and further sitemaps

Read as a stream: what is held is what was found, never the document. https://www.sitemaps.org/protocol.html,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from lxml import etree

from backstory.addresses import host_of
from backstory.errors import SourceError
from backstory.model import Offer, Publication
from backstory.sources.feeds_dates import publication
from backstory.sources.feeds_items import FeedItem
from backstory.sources.feeds_links import article_address, whole
from backstory.sources.feeds_texts import line
from backstory.sources.kinds import what_is
from backstory.sources.sitemaps_steps import steps
from backstory.sources.xml_tree import Element, decode

MAX_SITEMAP = 52_428_800
"""Bytes of one sitemap, unpacked, that are read: the protocol's own bound."""

MAX_ENTRIES = 50_000
"""Entries of one sitemap that are read: the protocol's own bound."""

MAX_UNFINISHED = 20_000
"""Elements that may end before the entry that they stand in does, and be held until then."""

_TAIL = 200  # bytes at the end of a sitemap in which its root ends
_ENDS = re.compile(rb"</(?:\w{1,40}:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_CHILDREN = 200  # of one entry that are looked at; its pictures and translations stand among them
_ENTRIES = ("url", "sitemap")
_NEWS = ("name", "language", "title", "publication_date")


@dataclass(frozen=True, slots=True)
class Further:
    """A sitemap that an index names, and the day it was last changed, where the index says so."""

    url: str
    updated: Publication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists. An item's `updated` is its `lastmod`, which is no day of publication."""

    items: tuple[FeedItem, ...] = ()
    further: tuple[Further, ...] = ()
    trouble: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What its items offer."""
        return tuple(item.offer for item in self.items)


def parse_sitemap(body: bytes, url: str, *, hosts: Collection[str] = (), read_at: datetime | None = None) -> Sitemap:
    """Read the sitemap that stood at `url`.

    It speaks for its own host alone, and for `hosts`: those whose robots.txt names it. What it lists of others is left
    out and counted. A date of publication after `read_at` is none. Raises SourceError for what is no sitemap.
    """
    if what_is(body) != "sitemap":
        raise SourceError("this is no sitemap: it neither begins as one nor is a list of addresses")
    found = _Found(url, frozenset({_site(url), *map(_without_www, hosts)}), read_at)
    stream = steps(body, MAX_SITEMAP, found.trouble)
    first = next(stream, b"")
    if decode(first[:100]).lstrip().lower().startswith("http"):
        _read_lines(first + b"".join(stream), found)
    else:
        _read_xml(first, stream, found)
    return found.sitemap()


@dataclass(slots=True)
class _Found:
    """What has been found so far, and whom the sitemap may speak for."""

    url: str
    hosts: frozenset[str]
    read_at: datetime | None = None
    items: dict[str, FeedItem] = field(default_factory=dict)
    further: dict[str, Further] = field(default_factory=dict)
    foreign: int = 0
    nowhere: int = 0
    ended: int = 0
    beyond: int = 0
    trouble: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.items) + len(self.further) >= MAX_ENTRIES

    def address(self, text: str) -> str:
        """An address that the sitemap may name; empty, and counted, for another."""
        address = whole(text.strip(), self.url)
        self.nowhere += not address
        if address and _site(address) not in self.hosts:
            self.foreign += 1
            return ""
        return address

    def sitemap(self) -> Sitemap:
        counts = (
            (self.foreign, "of its entries lead to other sites, for which it cannot speak"),
            (self.nowhere, "of its entries lead nowhere"),
        )
        told = [f"{count} {what}" for count, what in counts if count]
        full = [f"only the first {MAX_ENTRIES:,} of its entries were read"] if self.beyond else []
        return Sitemap(
            items=tuple(self.items.values()),
            further=tuple(self.further.values()),
            trouble=(*self.trouble, *told, *full),
        )


def _site(url: str) -> str:
    return _without_www(host_of(url))


def _without_www(host: str) -> str:
    return host.lower().removeprefix("www.")


def _read_lines(body: bytes, found: _Found) -> None:
    """The protocol's plain form: one address a line."""
    for row in filter(None, map(str.strip, decode(body).splitlines())):
        if found.is_full:
            found.beyond += 1
            return
        if address := found.address(row):
            _keep(found, address, {})


def _read_xml(first: bytes, stream: Iterator[bytes], found: _Found) -> None:
    parser = etree.XMLPullParser(
        events=("end",), recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        last = b""
        for step in chain((first,), stream):
            parser.feed(step)
            last = last[-_TAIL:] + step[-_TAIL:]
            if not _take(parser, found):
                return
        parser.close()
        # Where the sitemap breaks off, closing ends its last entry in the middle of an address.
        if _ENDS.search(last):
            _take(parser, found)
        elif not found.trouble:
            found.trouble.append("it is cut short")
    except etree.XMLSyntaxError as error:
        found.trouble.append(f"not well-formed: {error.msg}")


def _take(parser: "etree.XMLPullParser", found: _Found) -> bool:
    """Read the entries that are complete by now, and let go of them; whether it is worth reading on."""
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):  # noqa: SLF001 - lxml has no public name for it
            continue
        name = _local(element)
        found.ended += 1
        if name not in _ENTRIES:
            continue
        if found.is_full:
            found.beyond += 1
            return False
        said = _said(element)
        if address := found.address(said.get("loc", "")):
            _keep(found, address, said, is_further=name == "sitemap")
        _let_go(element)
        found.ended = 0
    if found.ended > MAX_UNFINISHED:
        found.trouble.append("an entry of it does not end; the rest was not read")
    return found.ended <= MAX_UNFINISHED


def _let_go(element: Element) -> None:
    """Free an entry that has been read, and all that came before it, unless it stands in one that goes on."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent.getparent() is None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _said(entry: Element) -> dict[str, str]:
    """What an entry says: its own children by name, and those of its `news` in one heap with them."""
    own = _space(entry)
    said: dict[str, str] = {}
    for number, child in enumerate(entry.iter()):
        if number > _CHILDREN:
            break
        name = _local(child)
        if _space(child) == own and child.getparent() is entry:
            said.setdefault(name, str(child.text or ""))
        elif "sitemap-news" in _space(child) and name in _NEWS:
            said.setdefault(f"news:{name}", str(child.text or ""))
    return said


def _keep(found: _Found, address: str, said: dict[str, str], *, is_further: bool = False) -> None:
    updated = publication(said.get("lastmod", ""))
    if is_further:
        found.further.setdefault(address, Further(address, updated))
        return
    url = article_address([address])
    offer = Offer(
        url=url,
        headline=line(said.get("news:title", "")),
        publisher=line(said.get("news:name", "")),
        language=line(said.get("news:language", ""))[:20],
        published=publication(said.get("news:publication_date", ""), found.read_at),
    )
    found.items.setdefault(url, FeedItem(id=url, offer=offer, updated=updated))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _space(element: Element) -> str:
    return str(element.tag).rpartition("}")[0].lower() if isinstance(element.tag, str) else "?"
