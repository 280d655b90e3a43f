"""The owner's desk: everything that the pages, the addresses and the commands may do with what is followed."""

import asyncio
import random
from collections.abc import Callable, Iterable
from datetime import datetime

from backstory.errors import FetchError, FetchRefusedError
from backstory.following.feeds import Feed, Feeds
from backstory.following.flags import Flags
from backstory.following.follower import Follower
from backstory.following.jobs import Jobs
from backstory.following.ledger import Ledger
from backstory.following.lists import to_feeds
from backstory.following.looking import Look, Looker
from backstory.following.outgoing import OutgoingLog
from backstory.following.pages import Pages, Read
from backstory.following.polling import Poller
from backstory.following.retention import Housekeeping, Keeping
from backstory.following.shelf import Shelf
from backstory.following.tokens import Tokens
from backstory.ports import Archive, Door
from backstory.sources.discovery import Found

_WORTH_WAITING = frozenset({0, 408, 425, 429, 500, 502, 503, 504})  # statuses of a server that may be well tomorrow


class Desk:
    """The ledger's tables, the jobs that run and the follower, in one hand."""

    def __init__(  # noqa: PLR0913 - each of them a part that it stands on
        self,
        ledger: Ledger,
        archive: Archive,
        door: Door,
        *,
        read: Read,
        clock: Callable[[], datetime],
        keeping: Keeping = Keeping(),  # noqa: B008 - frozen
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.ledger = ledger
        self.clock = clock
        self.jobs = Jobs(ledger.jobs, clock)
        shelf = Shelf(archive)
        pages = Pages(ledger.items, archive, door, read=read, clock=clock, shelf=shelf)
        self._looker = Looker(door, clock)
        self._poller = Poller(ledger.feeds, ledger.items, pages, door, clock=clock, random=chance)
        self.follower = Follower(ledger.feeds, ledger.items, self._poller, pages, shelf, clock=clock)
        self._housekeeping = Housekeeping(archive, ledger.items, ledger.flags, keeping=keeping, clock=clock)
        self._background: list[asyncio.Task[None]] = []

    @property
    def feeds(self) -> Feeds:
        """What is followed."""
        return self.ledger.feeds

    @property
    def tokens(self) -> Tokens:
        """The named tokens."""
        return self.ledger.tokens

    @property
    def outgoing(self) -> OutgoingLog:
        """The log of requests that left this machine."""
        return self.ledger.outgoing

    @property
    def flags(self) -> Flags:
        """What the owner switched on, or has read."""
        return self.ledger.flags

    async def follow(self, url: str, *, folder: str = "") -> tuple[Feed, ...]:
        """Follow a feed, a sitemap, the feed of a web page, or all feeds of a list; these as they are followed now.

        What a feed or sitemap shows is taken at once. One whose server does not answer now is followed all the same,
        and asked again later.

        Raises:
            FetchError: it is not to be fetched, or its server says that there is nothing.
            SourceError: it is nothing that can be followed.
            ValueError: too many feeds would be followed.
        """
        if (known := self.feeds.get(url)) is not None:
            return (known,)
        look = await self._glance(url, folder)
        return await self._take_up(look, url, folder) if look else self._known([url])

    async def discover(self, url: str) -> tuple[Found, ...]:
        """Follow what stands at an address, unless it is a page that names several feeds: those, to choose from.

        Raises as `follow` does.
        """
        if self.feeds.get(url) is None and (look := await self._glance(url, "")) is not None:
            if look.choices:
                return look.choices
            await self._take_up(look, url, "")
        return ()

    async def _glance(self, url: str, folder: str) -> Look | None:
        """What stands at an address; None where its server does not answer now, and it is followed all the same."""
        try:
            return await self._looker.glance(url, why="whether it can be followed")
        except FetchError as error:
            self._later(url, folder, error)
            return None

    async def _take_up(self, look: Look, url: str, folder: str) -> tuple[Feed, ...]:
        """Follow what stands there, or what it leads to."""
        try:
            look = await self._looker.beyond(look, "page")
        except FetchError as error:
            self._later(url, folder, error)
            return self._known([url])
        if look.shown is not None and look.shown.kind == "list":
            self.follow_all(to_feeds(look.shown.listed, self.clock()))
            return self._known(listed.url for listed in look.shown.listed)
        place = look.page.moved or look.page.url
        new = self.feeds.add([self._new(place, folder)])
        if new:
            await self._poller.take(new[0], look)
            self.follower.wake()
        return self._known([place])

    def _later(self, url: str, folder: str, error: FetchError) -> None:
        """Follow an address whose server may be well tomorrow. Raises the error where it will not."""
        if isinstance(error, FetchRefusedError) or error.status not in _WORTH_WAITING:
            raise error
        [feed] = self.feeds.add([self._new(url, folder)])
        self._poller.failed(feed, error)

    def _new(self, url: str, folder: str) -> Feed:
        now = self.clock()
        return Feed(url=url, kind="page", folder=folder, added_at=now, next_at=now)

    def _known(self, urls: Iterable[str]) -> tuple[Feed, ...]:
        return tuple(feed for url in urls if (feed := self.feeds.get(url)) is not None)

    def follow_all(self, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
        """Follow feeds that are known as such, as from a list; the ones that are new. Each is polled in its turn.

        Raises:
            ValueError: too many feeds would be followed.
        """
        new = self.feeds.add(feeds)
        self.follower.wake()
        return new

    def unfollow(self, url: str) -> bool:
        """Follow it no more; its articles stay. Whether it was followed."""
        return self.feeds.drop(url)

    def poll(self, url: str = "") -> int:
        """Poll a feed now, whatever it asked for; or all that did not ask to be left alone. How many are due."""
        now = self.clock()
        due = int(self.feeds.revive(url, now)) if url else self.feeds.hasten(now)
        self.follower.wake()
        return due

    def begin(self, *, follow: bool = True) -> None:
        """Drop once a day what is not to be kept and, unless told otherwise, poll feeds, until closed."""
        self._background.append(asyncio.create_task(self._housekeeping.run(), name="housekeeping"))
        if follow:
            self._background.append(asyncio.create_task(self.follower.run(), name="follower"))

    async def close(self) -> None:
        """Let everything that runs come to its end; the ledger stays open for whoever opened it."""
        for task in self._background:
            task.cancel()
        if self._background:
            await asyncio.wait(self._background)
        await self.jobs.close()
