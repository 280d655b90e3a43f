"""What an address shows when it is looked at: a feed's items, a sitemap's, or the feeds that a page names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from backstory.errors import SourceError
from backstory.following.feeds import FeedKind
from backstory.model import Offer
from backstory.ports import FetchedPage
from backstory.sources.discovery import Found, discover
from backstory.sources.feeds import parse_feed
from backstory.sources.feeds_rhythm import Rests
from backstory.sources.kinds import what_is


@dataclass(frozen=True, slots=True)
class Item:
    """An article that is offered; `id` is what its feed knows it by, empty where it gives none."""

    id: str
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stood at an address: a feed or sitemap with its items, or a page with the places that may hold its feed.

    `ttl_seconds` and `rests` are what a feed says of when it is to be read.
    """

    kind: FeedKind
    title: str = ""
    site: str = ""
    items: tuple[Item, ...] = ()
    places: tuple[Found, ...] = ()
    ttl_seconds: float = 0.0
    rests: Rests = field(default_factory=Rests)


def shown_by(page: FetchedPage, now: datetime) -> Shown:
    """What a page that was fetched as a feed shows.

    Raises:
        SourceError: it is nothing that can be followed, and what it is.
    """
    match what_is(page.body, page.media_type):
        case "page":
            return Shown(kind="page", places=discover(page.body, page.url, page.charset))
        case "opml":
            raise SourceError("this is a list of feeds (OPML); hand the list itself in, or follow the feeds in it")
        case "sitemap":
            raise SourceError("this is a sitemap, and sitemaps cannot be followed yet")
        case _:
            return _feed(page, now)


def _feed(page: FetchedPage, now: datetime) -> Shown:
    feed = parse_feed(page.body, page.url, charset=page.charset, media_type=page.media_type, read_at=now)
    return Shown(
        kind="feed",
        title=feed.title,
        site=feed.site,
        items=tuple(Item(item.id, item.offer) for item in feed.items),
        ttl_seconds=feed.ttl_seconds,
        rests=feed.rests,
    )


def moments(shown: Shown) -> Iterator[datetime]:
    """When its items came out, as far as that is known to the minute."""
    for item in shown.items:
        if item.offer.published and item.offer.published.at:
            yield item.offer.published.at
