"""What stands at an address that is followed, or is to be: fetched, recognised, and whatever belongs to it with it.

a feed → its items; an index → the sitemaps that it names; a page → the feed that it names, or its site's sitemap
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from backstory.addresses import host_of
from backstory.errors import FetchError, SourceError
from backstory.following.shown import Item, Shown, shown_by
from backstory.model import Errand, Validators
from backstory.ports import Door, FetchedPage
from backstory.sources.discovery import MAX_ROBOTS, Found, sitemaps_of
from backstory.sources.feeds import next_page

PLACES_TRIED = 6
"""Places that a page names, or that are usual, which are tried for its feed."""

SITEMAPS_TRIED = 3
"""Sitemaps of a site's robots.txt that are tried where a page names no feed: those of news first."""

TEXTS_HELD = 200
"""Items of a feed's earlier pages whose texts are held until all of those pages are there."""


@dataclass(frozen=True, slots=True)
class News:
    """Items that nobody has dealt with yet, and whether that is all there are, and any at all."""

    items: list[Item]
    is_all: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What stood at an address and what it shows; nothing is `shown` where it has not changed."""

    page: FetchedPage
    shown: Shown | None

    @property
    def choices(self) -> tuple[Found, ...]:
        """The feeds that a page names, where there are several: which of them is meant, only its reader knows."""
        named = tuple(place for place in self.shown.places if not place.is_guess) if self.shown else ()
        return named if len(named) > 1 else ()


class Looker:
    """Looks at addresses."""

    def __init__(self, door: Door, clock: Callable[[], datetime]) -> None:
        self._door = door
        self._clock = clock

    async def look(self, url: str, kind: str, *, known: Validators = Validators(), why: str) -> Look:  # noqa: B008 - frozen
        """What stands at an address; of a page whose feed is still to be found, its feed.

        Raises:
            FetchError: it cannot be fetched, or is not to be.
            SourceError: it is nothing that can be followed.
        """
        return await self.beyond(await self.glance(url, known=known, why=why), kind)

    async def glance(self, url: str, *, known: Validators = Validators(), why: str) -> Look:  # noqa: B008 - frozen
        """What stands at an address itself. Raises as `look` does."""
        page = await self._door.get(Errand(url=url, kind="feed", why=why, known=known))
        return Look(page, None if page.unchanged else await asyncio.to_thread(shown_by, page, self._clock()))

    async def beyond(self, look: Look, kind: str) -> Look:
        """A glance with what belongs to it: an index with its sitemaps, and for a page its feed. Raises as `look`."""
        page, shown = look.page, look.shown
        if shown is None:
            return look
        if shown.further:
            return Look(page, await self._with_further(shown, page.url))
        if kind == "page" or shown.kind in {"feed", "sitemap"}:
            return await self._discovered(shown, page.url) if shown.kind == "page" else look
        raise SourceError(f"there is a {shown.kind} now where the feed was")

    async def older(self, look: Look, shown: Shown, news_of: Callable[[Sequence[Item]], News]) -> list[Item]:
        """What is new on a feed's earlier pages, back to the first of which something is known; the newest first.

        Beyond some TEXTS_HELD items the texts that come with them are left out; their pages have them.

        Raises:
            FetchError: one of them cannot be fetched.
            SourceError: one of them is no feed.
        """
        seen, found = {look.page.url}, list[Item]()
        while place := next_page(shown, seen):
            seen.add(place)
            page = await self._door.get(Errand(url=place, kind="feed", why="what a feed shows no more"))
            shown = await asyncio.to_thread(shown_by, page, self._clock())
            news = news_of(shown.items)
            found += news.items if len(found) < TEXTS_HELD else map(_without_text, news.items)
            if not news.is_all:
                break
        return found

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

    async def _discovered(self, shown: Shown, url: str) -> Look:
        """The feed of a page: one that it names, else what its site's robots.txt does, else what stands where usual."""
        named = [place.url for place in shown.places if not place.is_guess]
        usual = [place.url for place in shown.places if place.is_guess]
        if look := await self._first_of(named[:PLACES_TRIED]):
            return look
        sitemaps = await self._sitemaps(url)
        if look := await self._first_of((*sitemaps, *usual[: max(0, PLACES_TRIED - len(named))])):
            return look
        raise SourceError("this is a web page, and no feed of its was found; give the address of the feed")

    async def _first_of(self, places: Iterable[str]) -> Look | None:
        for place in places:
            try:
                page = await self._door.get(Errand(url=place, kind="feed", why="looking for a page's feed"))
                found = await asyncio.to_thread(shown_by, page, self._clock())
                if found.further:
                    found = await self._with_further(found, page.url)
            except (FetchError, SourceError):
                continue
            if found.kind == "feed" or (found.kind == "sitemap" and found.items):
                return Look(page, found)
        return None

    async def _sitemaps(self, url: str) -> tuple[str, ...]:
        """The likeliest sitemaps that the robots.txt of a page's host names."""
        place = urljoin(url, "/robots.txt")
        try:
            errand = Errand(url=place, kind="feed", why="looking for a site's sitemaps", max_bytes=MAX_ROBOTS)
            page = await self._door.get(errand)
        except FetchError:
            return ()
        return tuple(_of_news_first(sitemaps_of(page.body, page.url)))[:SITEMAPS_TRIED]


def _without_text(item: Item) -> Item:
    """The item without the text that came with it."""
    return replace(item, offer=replace(item.offer, text="", html=""))


def _of_news_first(sitemaps: Collection[str]) -> Iterator[str]:
    yield from (place for place in sitemaps if "news" in place.lower())
    yield from (place for place in sitemaps if "news" not in place.lower())
