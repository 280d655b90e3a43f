"""A feed's bytes to what it offers: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1 and 1.1.

    bytes → text → draft (what the format says) → Feed (what we make of it)

Nothing is fetched. What is malformed is read as far as it goes, and `Feed.trouble` says what was not; what is no feed
is a SourceError that says what it is. The work grows in line with the feed, whatever is in it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from backstory.errors import SourceError
from backstory.model import Offer, Publication
from backstory.reading.language import language_of
from backstory.sources.discovery import discover
from backstory.sources.feeds_dates import publication
from backstory.sources.feeds_items import Draft, Entry, Feed, FeedItem
from backstory.sources.feeds_json import read_json
from backstory.sources.feeds_links import article_address
from backstory.sources.feeds_texts import fit, full_text, line, plain, without_footer
from backstory.sources.feeds_xml import read_xml
from backstory.sources.kinds import root_name, what_is
from backstory.sources.xml_tree import decode, without_doctype

__all__ = ["Feed", "FeedItem", "next_page", "parse_feed"]

MAX_ID = 500
"""Characters of an item's id; a longer one is known by its digest."""

MAX_PAGES = 50
"""Pages of one feed that are followed back from one look."""

MAX_AUTHORS = 10

_FEEDS_NAMED = 5  # of a page that was taken for a feed
_FEED_ROOTS = ("rss", "rdf", "feed", "channel")


def parse_feed(
    body: bytes, url: str, *, charset: str = "", media_type: str = "", read_at: datetime | None = None
) -> Feed:
    """Read the feed that stood at `url`.

    `charset` and `media_type` are what its server said of it, and are believed where it says nothing itself. A date of
    publication after `read_at` is none. Raises SourceError for what is no feed, and says what it is.
    """
    text = decode(body, charset).lstrip(" \t\r\n\ufeff")
    draft = read_json(text, url) if text.startswith(("{", "[")) else _from_xml(text, body, url, media_type)
    return _feed(draft, url, read_at)


class Paged(Protocol):
    """Something that goes on elsewhere, or ends where `next_url` is empty."""

    @property
    def next_url(self) -> str: ...


def next_page(feed: Paged, seen: Collection[str]) -> str:
    """Where the feed goes on, unless that is among the addresses `seen` or MAX_PAGES have been; empty else."""
    return feed.next_url if feed.next_url not in seen and len(seen) < MAX_PAGES else ""


def _from_xml(text: str, body: bytes, url: str, media_type: str) -> Draft:
    if root_name(text) not in _FEED_ROOTS:
        text = _from_first_tag(text)
    if root_name(text) not in _FEED_ROOTS:
        raise SourceError(_what_it_is(body, url, media_type))
    return read_xml(without_doctype(text), url)


def _from_first_tag(text: str) -> str:
    """The text without what a careless server wrote before the document."""
    start = text.find("<?xml")
    return text[start:] if 0 < start < 1_000 else text  # noqa: PLR2004 - a warning's length


def _what_it_is(body: bytes, url: str, media_type: str) -> str:
    """What came instead of a feed, in words for who asked for one."""
    if not body.strip():
        return "there is nothing in it"
    match what_is(body, media_type):
        case "sitemap":
            return "this is a sitemap and no feed"
        case "opml":
            return "this is an OPML list of feeds and no feed"
        case "page":
            feeds = [found.url for found in discover(body, url) if not found.is_guess][:_FEEDS_NAMED]
            return (
                f"this is a web page; its feeds are: {', '.join(feeds)}" if feeds else "this is a web page and no feed"
            )
    return "this is no feed: neither RSS, nor Atom, nor JSON Feed"


def _feed(draft: Draft, url: str, read_at: datetime | None) -> Feed:
    found = [(entry, address) for entry in draft.entries if (address := article_address(entry.links))]
    lost = len(draft.entries) - len(found)
    return Feed(
        title=draft.title,
        site=draft.site,
        language=draft.language[:40],
        publisher=draft.publisher,
        ttl_seconds=draft.ttl_seconds,
        rests=draft.rests,
        next_url="" if draft.next_url == url else draft.next_url,
        hub=draft.hub,
        items=tuple(_item(name, address, entry, draft, read_at) for name, address, entry in _known(found)),
        trouble=(*draft.trouble, *([f"{lost} of its items lead nowhere"] if lost else [])),
    )


def _known(found: Sequence[tuple[Entry, str]]) -> Iterator[tuple[str, str, Entry]]:
    """What each item is known by, its address and the item: each id and each article once, in the order of the feed.

    That is its own id, unless its feed gives the same one to items that lead elsewhere.
    """
    times = Counter(name for name, _ in {(entry.id, address) for entry, address in found})
    seen: set[str] = set()
    for entry, address in found:
        own = entry.id if times[entry.id] == 1 else ""
        name = _fit_id(own or address)
        if seen.isdisjoint((name, address)):
            seen |= {name, address}
            yield name, address, entry


def _fit_id(name: str) -> str:
    name = fit(name)
    return name if len(name) <= MAX_ID else f"sha256:{sha256(name.encode()).hexdigest()}"


def _item(name: str, address: str, entry: Entry, draft: Draft, read_at: datetime | None) -> FeedItem:
    published, updated = _first_date(entry.published, read_at), _first_date(entry.updated, read_at)
    words = full_text(entry.texts)
    # Where the article's page will be read, it knows its outlet, its author and its language better than the feed.
    authors = entry.authors or (draft.authors if words else ())
    own_name = draft.publisher or draft.title
    named = dict.fromkeys(author for author in map(line, authors) if author not in {"", own_name})
    offer = Offer(
        url=address,
        headline=entry.title,
        publisher=entry.publisher or (own_name if words else ""),
        authors=tuple(named)[:MAX_AUTHORS],
        language=language_of(plain(words), entry.language or draft.language) if words else "",
        published=published or updated,
        text=fit(words.text) if words and not words.is_html else "",
        html=fit(without_footer(words.text, entry.links)) if words and words.is_html else "",
    )
    return FeedItem(id=name, offer=offer, updated=updated)


def _first_date(texts: tuple[str, ...], read_at: datetime | None) -> Publication | None:
    return next((told for text in texts if (told := publication(text, read_at))), None)
