"""One feed polled: looked at, what is new of it kept or put on the list of pages to fetch, its next turn set."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from backstory.addresses import host_of
from backstory.errors import ArticleError, FetchError, PageError, SourceError
from backstory.following.feeds import Feed, FeedKind, Feeds
from backstory.following.items import Items
from backstory.following.pages import Pages
from backstory.following.schedule import back_off, pace_of, rest_of, turn_after
from backstory.following.shown import Item, Shown, moments, shown_by
from backstory.model import Errand, Validators
from backstory.ports import Door, FetchedPage

NEW_MOST = 200
"""New articles that one poll of a feed may bring; the others come with the next."""

PLACES_TRIED = 6
"""Places that a page names, or that are usual, which are tried for its feed."""


@dataclass(frozen=True, slots=True)
class Look:
    """What stood at an address and what it shows; nothing is `shown` where it has not changed."""

    page: FetchedPage
    shown: Shown | None


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
        self._door = door
        self._clock = clock
        self._random = random

    async def poll(self, feed: Feed) -> Polled:
        """Look at a feed and take what is new; how it went is written down with the feed.

        Raises what the archive or the ledger raises when it does not answer.
        """
        try:
            look = await self.look(
                feed.url, feed.kind, known=feed.validators, why=f"the news of {feed.title or 'a feed'}"
            )
        except (FetchError, SourceError) as error:
            return self.failed(feed, error)
        return await self.take(feed, look)

    async def look(self, url: str, kind: str, *, known: Validators = Validators(), why: str) -> Look:  # noqa: B008 - frozen
        """What stands at an address; of a page whose feed is still to be found, its feed.

        Raises:
            FetchError: it cannot be fetched, or is not to be.
            SourceError: it is nothing that can be followed.
        """
        page = await self._door.get(Errand(url=url, kind="feed", why=why, known=known))
        if page.unchanged:
            return Look(page, None)
        shown = await asyncio.to_thread(shown_by, page, self._clock())
        if shown.further:
            return Look(page, await self._with_further(shown, page.url))
        if kind == "page" or shown.kind in {"feed", "sitemap"}:
            return await self._discovered(shown) if shown.kind == "page" else Look(page, shown)
        raise SourceError(f"there is a {shown.kind} now where the feed was")

    async def _with_further(self, index: Shown, url: str) -> Shown:
        """An index with what the sitemaps show that it names.

        Raises:
            FetchError: none of them could be fetched; this is what was wrong with the last.
            SourceError: none of them is one.
        """
        items: list[Item] = []
        trouble: FetchError | SourceError | None = None
        for place in index.further:
            try:
                page = await self._door.get(Errand(url=place, kind="feed", why="a sitemap that an index names"))
                items += (await asyncio.to_thread(shown_by, page, self._clock(), hosts=(host_of(url),))).items
            except (FetchError, SourceError) as error:
                trouble = error
        if trouble is not None and not items:
            raise trouble
        return replace(index, items=(*index.items, *items))

    async def _discovered(self, shown: Shown) -> Look:
        for place in shown.places[:PLACES_TRIED]:
            try:
                page = await self._door.get(Errand(url=place.url, kind="feed", why="looking for a page's feed"))
                found = await asyncio.to_thread(shown_by, page, self._clock())
            except (FetchError, SourceError):
                continue
            if found.kind in {"feed", "sitemap"} and not found.further:
                return Look(page, found)
        raise SourceError("this is a web page, and no feed of its was found; give the address of the feed")

    async def take(self, feed: Feed, look: Look) -> Polled:
        """Take what is new of what a feed shows. A feed is well once all of that is kept or noted."""
        now = self._clock()
        if look.shown is None:
            self._feeds.save(self._well(feed, look, pace=feed.pace, now=now))
            return Polled()
        shown = look.shown
        new = self._items.new(feed.number, shown.items)
        taken, left = new[:NEW_MOST], new[NEW_MOST:]
        if shown.kind == "sitemap" and feed.good_at is None:
            left = []  # a whole site's past is for back-fills: what is followed begins with its newest
        brought = await self._take_all(feed, taken)
        later = {item.id for item in (*taken, *left)}
        self._items.see(feed.number, [item for item in shown.items if item.id not in later], now)
        well = self._well(feed, look, pace=pace_of(moments(shown), now), now=now)
        if left or shown.further:
            well = replace(well, validators=Validators())  # so that the others are shown again
        kind: FeedKind = "sitemap" if shown.kind == "sitemap" else "feed"
        self._feeds.save(replace(well, kind=kind, title=feed.title or shown.title[:200], site=shown.site or feed.site))
        return brought

    async def _take_all(self, feed: Feed, items: Sequence[Item]) -> Polled:
        """Keep the articles that came whole; note the others as waiting for their pages."""
        whole = [item for item in items if item.offer.html or item.offer.text]
        waiting = [item for item in items if not (item.offer.html or item.offer.text)]
        self._items.wait(feed.number, waiting, self._clock())
        outcomes = await asyncio.gather(*(self._keep(feed, item) for item in whole))
        added = sum(outcome in {"added", "replaced"} for outcome in outcomes)
        self._feeds.count_brought(feed.number, added)
        return Polled(added=added)

    async def _keep(self, feed: Feed, item: Item) -> str:
        try:
            outcome: str = await self._pages.keep(item.offer, feed.title)
        except (ArticleError, PageError):
            # What the feed holds is no article by itself; its page may be.
            self._items.wait(feed.number, [_without_text(item)], self._clock())
            return "waiting"
        self._items.see(feed.number, [item], self._clock())
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


def _without_text(item: Item) -> Item:
    """The item without the text that came with it."""
    return replace(item, offer=replace(item.offer, text="", html=""))
