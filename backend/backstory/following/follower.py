"""The follower: polls the feeds that are due and fetches the pages that wait, host by host.

    due → lanes, one for each host → feeds polled, pages brought → the next turn

A lane asks one thing of its host at a time; many lanes run beside one another, so that a slow host holds up nobody.
What has to be done stands in the ledger alone: cut off anywhere, the next start goes on from there.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backstory.addresses import host_of
from backstory.errors import BackstoryError, SourceError
from backstory.following.database import seconds
from backstory.following.feeds import Feed, Feeds
from backstory.following.items import Items, Waiting
from backstory.following.pages import Brought, Pages
from backstory.following.polling import Polled, Poller
from backstory.following.shelf import Shelf

LANES_MOST = 16
"""Hosts that are asked at a time."""

PAGES_IN_A_ROW = 20
"""Pages of one host that are fetched before its feeds are looked at again."""

PAUSE_SECONDS = 30.0
"""How long nothing is tried after the archive or the ledger did not answer."""

_NAP_MOST = 60.0  # seconds; the clock may be set, or the machine sleep, while the follower does

_LOG = logging.getLogger("backstory.following")


@dataclass(slots=True)
class Round:
    """What has been done so far: feeds polled and those that failed (with why), articles kept and refused."""

    polled: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    added: int = 0
    refused: int = 0

    def poll(self, feed: Feed, polled: Polled) -> None:
        """Count a poll."""
        self.polled += 1
        self.added += polled.added
        if polled.trouble:
            self.failed[feed.url] = polled.trouble

    def bring(self, brought: Brought) -> None:
        """Count a page."""
        self.added += brought.outcome in {"added", "replaced"}
        self.refused += bool(brought.trouble) and not brought.later


class Follower:
    """Does what is due."""

    def __init__(  # noqa: PLR0913 - each of them a part that it stands on
        self,
        feeds: Feeds,
        items: Items,
        poller: Poller,
        pages: Pages,
        shelf: Shelf,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self.poller = poller
        self._feeds = feeds
        self._items = items
        self._pages = pages
        self._shelf = shelf
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._woken.set()

    async def run(self) -> None:
        """Do what is due whenever it is, until cancelled; what is being written then is written to its end."""
        while True:
            try:
                await self._drain(Round(), None, lambda _round: None)
                await self._nap(self._until_next())
            except BackstoryError as error:
                _LOG.warning("nothing is followed for %.0f s: %s", PAUSE_SECONDS, error)
                await self._nap(PAUSE_SECONDS)

    async def once(
        self, only: Collection[int] | None = None, tell: Callable[[Round], None] = lambda _round: None
    ) -> Round:
        """Do what is due now, of all feeds or of those of the given numbers, and come back.

        Raises what the archive or the ledger raises when it does not answer.
        """
        done = Round()
        await self._drain(done, only, tell)
        return done

    async def _drain(self, done: Round, only: Collection[int] | None, tell: Callable[[Round], None]) -> None:
        """Run lanes until nothing is due."""
        lanes: dict[str, asyncio.Task[None]] = {}
        feeds: dict[str, list[int]] = {}
        woken: asyncio.Task[bool] | None = None
        try:
            while True:
                self._woken.clear()
                feeds = feeds or self._feeds_due(only, lanes)
                pages = self._items.hosts_due(self._clock(), only)
                hosts = [host for host in dict.fromkeys((*feeds, *pages)) if host not in lanes]
                for host in hosts[: LANES_MOST - len(lanes)]:
                    lane = self._lane(host, feeds.pop(host, []), done, only)
                    lanes[host] = asyncio.create_task(lane, name=f"lane {host}")
                if not lanes:
                    return
                woken = woken or asyncio.create_task(self._woken.wait())
                ended, _ = await asyncio.wait({*lanes.values(), woken}, return_when=asyncio.FIRST_COMPLETED)
                if woken in ended:
                    woken = None
                for host in [host for host, task in lanes.items() if task in ended]:
                    lanes.pop(host).result()
                    tell(done)
        finally:
            await self._cancelled([*lanes.values(), *([woken] if woken else [])])

    def _feeds_due(self, only: Collection[int] | None, busy: Collection[str]) -> dict[str, list[int]]:
        """The feeds whose turn has come, by the hosts that nobody asks just now: one look for many lanes."""
        due: dict[str, list[int]] = {}
        for feed in self._feeds.due(self._clock()):
            if (host := host_of(feed.url)) not in busy and (only is None or feed.number in only):
                due.setdefault(host, []).append(feed.number)
        return due

    async def _lane(self, host: str, feeds: Sequence[int], done: Round, only: Collection[int] | None) -> None:
        for number in feeds:
            feed = self._feeds.numbered(number)  # it may have been dropped, or polled, since
            if feed is not None and feed.active and feed.next_at <= self._clock():
                done.poll(feed, await self._polled(feed))
        for waiting in self._items.due(host, self._clock(), PAGES_IN_A_ROW, only):
            if (offering := self._feeds.numbered(waiting.feed)) is not None:
                done.bring(await self._brought(waiting, offering))

    async def _polled(self, feed: Feed) -> Polled:
        try:
            return await self.poller.poll(feed)
        except BackstoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - one feed must not keep us from the others, nor come back at once
            _LOG.exception("a feed could not be polled")
            return self.poller.failed(feed, SourceError(f"a fault of Backstory's own ({type(fault).__name__})"))

    async def _brought(self, waiting: Waiting, feed: Feed) -> Brought:
        try:
            brought = await self._pages.bring(waiting, feed.title)
        except BackstoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - as above
            _LOG.exception("a page could not be read")
            brought = Brought(trouble=f"a fault of Backstory's own ({type(fault).__name__})")
            self._items.give_up(waiting, self._clock(), brought.trouble)
        if brought.outcome in {"added", "replaced"} and not waiting.renews:
            self._feeds.count_brought(feed.number, 1)
        return brought

    async def _cancelled(self, tasks: Collection[asyncio.Task[None] | asyncio.Task[bool]]) -> None:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)
        await self._shelf.settled()

    def _until_next(self) -> float:
        """Seconds until something is due."""
        moments = [moment for moment in (self._feeds.next_at(), self._items.next_at()) if moment is not None]
        return max(0.0, min(moments) - seconds(self._clock())) if moments else _NAP_MOST

    async def _nap(self, length: float) -> None:
        try:
            async with asyncio.timeout(min(length, _NAP_MOST)):
                await self._woken.wait()
        except TimeoutError:
            return
