"""One feed polled: looked at, what is new of it kept or put on the list of pages to fetch, its next turn set."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from backstory.addresses import address_key
from backstory.errors import ArticleError, FetchError, PageError, SourceError
from backstory.following.feeds import Feed, FeedKind, Feeds
from backstory.following.items import Items
from backstory.following.looking import Look, Looker, News
from backstory.following.pages import Pages
from backstory.following.schedule import back_off, pace_of, rest_of, turn_after
from backstory.following.shown import Item, moments
from backstory.model import Validators
from backstory.ports import Door

NEW_MOST = 200
"""New articles that one poll of a feed may bring; the others come with the next."""

GAP_TRIES = 3
"""Polls in a row that may fail for a feed's earlier pages; then what it shows on its first is taken alone."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll brought: articles kept and refused, or `trouble` where the feed itself failed."""

    added: int = 0
    refused: int = 0
    trouble: str = ""


class Poller:
    """Polls feeds."""

    def __init__(  # noqa: PLR0913 - each of them a part that it stands on
        self,
        feeds: Feeds,
        items: Items,
        pages: Pages,
        door: Door,
        *,
        clock: Callable[[], datetime],
        random: Callable[[], float],
    ) -> None:
        self._feeds = feeds
        self._items = items
        self._pages = pages
        self._looker = Looker(door, clock)
        self._clock = clock
        self._random = random

    async def poll(self, feed: Feed) -> Polled:
        """Look at a feed and take what is new; how it went is written down with the feed.

        Raises what the archive or the ledger raises when it does not answer.
        """
        why = f"the news of {feed.title or 'a feed'}"
        try:
            look = await self._looker.look(feed.url, feed.kind, known=feed.validators, why=why)
            missed = await self._missed(feed, look)
        except (FetchError, SourceError) as error:
            return self.failed(feed, error)
        return await self.take(feed, look, missed)

    async def _missed(self, feed: Feed, look: Look) -> Sequence[Item]:
        """What a feed showed since it was polled last and shows no more; from its earlier pages, if it has such.

        Raises:
            FetchError: they cannot be fetched just now.
            SourceError: one of them is no feed.
        """
        shown = look.shown
        if shown is None or not shown.next_url or feed.good_at is None:
            return ()
        if not self._news(feed, shown.items).is_all:
            return ()
        try:
            return await self._looker.older(look, shown, lambda items: self._news(feed, items))
        except (FetchError, SourceError):
            if feed.failures + 1 < GAP_TRIES:
                raise
            return ()

    def _news(self, feed: Feed, items: Sequence[Item]) -> News:
        new = self._items.new(feed.number, self._items.changes.named(feed.number, items))
        return News(new, is_all=0 < len(new) == len({address_key(item.offer.url) for item in items}))

    async def take(self, feed: Feed, look: Look, missed: Sequence[Item] = ()) -> Polled:
        """Take what is new of what a feed shows, and what was `missed`.

        The feed is well once all of that is kept or noted.
        """
        now = self._clock()
        if look.shown is None:
            self._feeds.save(self._well(feed, look, pace=feed.pace, now=now))
            return Polled()
        shown = replace(look.shown, items=self._items.changes.named(feed.number, look.shown.items))
        new = self._items.new(feed.number, shown.items)
        taken, left = new[:NEW_MOST], new[NEW_MOST:]
        if shown.kind == "sitemap" and feed.good_at is None:
            left = []  # a whole site's past is for back-fills: what is followed begins with its newest
        changed = self._items.changes.among(feed.number, shown.items, now)
        brought = await self._take_all(feed, [*taken, *missed])
        renewed = await self._renew_all(feed, changed.items)
        later = {item.id for item in (*taken, *left)}
        self._items.see(feed.number, [item for item in shown.items if item.id not in later], now, read=False)
        self._items.forget_beyond(feed.number)
        well = self._well(feed, look, pace=pace_of(moments(shown), now), now=now)
        if left or changed.later or shown.further:
            well = replace(well, validators=Validators())  # so that the others are shown again
        kind: FeedKind = "sitemap" if shown.kind == "sitemap" else "feed"
        self._feeds.save(replace(well, kind=kind, title=feed.title or shown.title[:200], site=shown.site or feed.site))
        return replace(brought, added=brought.added + renewed)

    async def _take_all(self, feed: Feed, items: Sequence[Item]) -> Polled:
        """Keep the articles that came whole; note the others as waiting for their pages."""
        self._items.wait(feed.number, [item for item in items if not _is_whole(item)], self._clock())
        outcomes = await asyncio.gather(*(self._keep(feed, item) for item in items if _is_whole(item)))
        added = sum(outcome in {"added", "replaced"} for outcome in outcomes)
        self._feeds.count_brought(feed.number, added)
        return Polled(added=added)

    async def _keep(self, feed: Feed, item: Item) -> str:
        try:
            outcome: str = await self._pages.keep(item.offer, feed.title)
        except (ArticleError, PageError):
            # What the feed holds is no article by itself; its page may be.
            self._items.wait(feed.number, [item], self._clock())
            return "waiting"
        self._items.see(feed.number, [item], self._clock())
        return outcome

    async def _renew_all(self, feed: Feed, items: Sequence[Item]) -> int:
        """Read again what has changed, now where it came whole; how many articles say something else."""
        self._items.wait(feed.number, [item for item in items if not _is_whole(item)], self._clock(), renews=True)
        outcomes = await asyncio.gather(*(self._renew(feed, item) for item in items if _is_whole(item)))
        return outcomes.count("replaced")

    async def _renew(self, feed: Feed, item: Item) -> str:
        try:
            outcome: str = await self._pages.renew(item.offer, feed.title)
        except (ArticleError, PageError):
            self._items.wait(feed.number, [item], self._clock(), renews=True)
            return "waiting"
        self._items.changes.renew(feed.number, [item], self._clock())
        return outcome

    def _well(self, feed: Feed, look: Look, *, pace: float, now: datetime) -> Feed:
        shown, page = look.shown, look.page
        wishes = (page.fresh_seconds, shown.ttl_seconds, shown.rests.seconds(now)) if shown else (page.fresh_seconds,)
        # What has not changed has not changed its mind about how often it is to be read.
        rest = rest_of(*wishes, 0.0 if shown else feed.rest)
        url = page.url if feed.kind == "page" else page.moved or feed.url
        return replace(
            feed,
            url=url,
            tried_at=now,
            good_at=now,
            next_at=turn_after(now, pace, rest, self._random),
            failures=0,
            trouble="",
            validators=page.validators,
            pace=pace,
            rest=rest,
        )

    def failed(self, feed: Feed, error: FetchError | SourceError) -> Polled:
        """Write down that a feed failed, and when it is asked again."""
        now, gone = self._clock(), isinstance(error, FetchError) and error.status == HTTPStatus.GONE
        trouble = f"it is gone for good, says its server: {error}" if gone else str(error)
        failures = feed.failures + 1
        wait = back_off(failures, error.retry_after if isinstance(error, FetchError) else 0.0, self._random)
        self._feeds.save(
            replace(
                feed,
                tried_at=now,
                next_at=now + timedelta(seconds=wait),
                failures=failures,
                trouble=trouble[:500],
                rest=wait,
                active=not gone,
            )
        )
        return Polled(trouble=trouble)


def _is_whole(item: Item) -> bool:
    """Whether its text came with it."""
    return bool(item.offer.html or item.offer.text)
