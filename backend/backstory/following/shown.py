"""What an address shows when it is looked at: a feed's items, a sitemap's, a list of feeds, or a page's own feeds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from backstory.addresses import host_of, is_under
from backstory.errors import SourceError
from backstory.following.feeds import FeedKind
from backstory.model import Offer, Publication
from backstory.ports import FetchedPage
from backstory.sources.discovery import Found, discover
from backstory.sources.feeds import parse_feed
from backstory.sources.feeds_items import FeedItem
from backstory.sources.feeds_rhythm import Rests
from backstory.sources.kinds import what_is
from backstory.sources.opml import OpmlFeed, read_opml
from backstory.sources.sitemaps import parse_sitemap

FURTHER_MOST = 5
"""Sitemaps of an index that are looked at in one poll: those that changed last."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that is offered; `id` is what its feed knows it by, empty where it gives none.

    `updated` is when it was last changed, where that is said.
    """

    id: str
    offer: Offer
    updated: Publication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stood at an address.

    A feed or sitemap shows `items` (a feed's older ones stand at `next_url`), an index of sitemaps the `further` ones
    to be looked at, a page the `places` that may hold its feed, a list the feeds that are `listed`. `ttl_seconds` and
    `rests` are what a feed says of when it is to be read.
    """

    kind: FeedKind | Literal["list"]
    title: str = ""
    site: str = ""
    items: tuple[Item, ...] = ()
    further: tuple[str, ...] = ()
    places: tuple[Found, ...] = ()
    listed: tuple[OpmlFeed, ...] = ()
    next_url: str = ""
    ttl_seconds: float = 0.0
    rests: Rests = field(default_factory=Rests)


def shown_by(page: FetchedPage, now: datetime, *, hosts: Collection[str] = ()) -> Shown:
    """What a page that was fetched as a feed shows; a sitemap speaks for its own host and for `hosts`.

    Raises:
        SourceError: it is nothing that can be followed, and what it is.
    """
    match what_is(page.body, page.media_type):
        case "page":
            return Shown(kind="page", places=discover(page.body, page.url, page.charset))
        case "opml":
            return Shown(kind="list", listed=read_opml(page.body))
        case "sitemap":
            return _sitemap(page, now, hosts)
        case _:
            return _feed(page, now)


def _feed(page: FetchedPage, now: datetime) -> Shown:
    feed = parse_feed(page.body, page.url, charset=page.charset, media_type=page.media_type, read_at=now)
    if not feed.items and feed.trouble:
        raise SourceError(f"nothing of it can be read: {feed.trouble[0]}")
    return Shown(
        kind="feed",
        title=feed.title,
        site=feed.site,
        next_url=feed.next_url,
        items=tuple(Item(item.id, _believed(item.offer, page.url), item.updated) for item in feed.items),
        ttl_seconds=feed.ttl_seconds,
        rests=feed.rests,
    )


def _believed(offer: Offer, feed: str) -> Offer:
    """What a feed may say of an article: of its own site's all, of another's that it is there.

    Else any feed could put words into another outlet's mouth; what stands there, that outlet's page says.
    """
    own = is_under(host_of(offer.url), host_of(feed).removeprefix("www."))
    return offer if own else Offer(url=offer.url)


def _sitemap(page: FetchedPage, now: datetime, hosts: Collection[str]) -> Shown:
    sitemap = parse_sitemap(page.body, page.url, hosts=hosts, read_at=now)
    further = sorted(sitemap.further, key=lambda one: one.updated.day if one.updated else date.min, reverse=True)
    return Shown(
        kind="sitemap",
        items=tuple(Item(item.id, item.offer, item.updated) for item in sorted(sitemap.items, key=_day, reverse=True)),
        further=tuple(one.url for one in further[:FURTHER_MOST]),
    )


def _day(item: FeedItem) -> date:
    """The day that an entry of a sitemap is of: it came out then, or was changed then."""
    told = item.offer.published or item.updated
    return told.day if told else date.min


def moments(shown: Shown) -> Iterator[datetime]:
    """When its items came out, as far as that is known to the minute."""
    for item in shown.items:
        if item.offer.published and item.offer.published.at:
            yield item.offer.published.at
