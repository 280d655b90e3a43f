"""What is kept and for how long: the oldest articles go first, once a day.

everything → younger than `days` → at most `articles` → at most `megabytes`
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from backstory.errors import BackstoryError
from backstory.following.flags import Flags
from backstory.following.items import Items
from backstory.ports import Archive

SEEN_DAYS = 60
"""How long an item is remembered that its feed shows no more, and why a page was given up."""

EVERY = timedelta(days=1)
"""How often what is too old or too much is dropped."""

_MEGABYTE = 1_000_000
_SLACK = 0.95  # of the allowed size is kept, so that the next day's articles do not go over it at once
_ROUNDS_MOST = 8  # articles differ in size: each round drops by what the last one left
_LOOK_EVERY = 600.0  # seconds; a machine that slept may have slept over its hour
_FLAG = "pruned-at"

_LOG = logging.getLogger("backstory.following")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How much the archive may hold: days back from today, articles, megabytes on disk; 0 is all."""

    days: int = 0
    articles: int = 0
    megabytes: int = 0


async def prune(archive: Archive, keeping: Keeping, now: datetime) -> int:
    """Drop what is too old or too much; how many articles that were. Broken off, the next goes on."""
    dropped = 0
    if keeping.days:
        dropped += await archive.drop_before((now - timedelta(days=keeping.days)).date())
    if keeping.articles:
        dropped += await archive.keep_newest(keeping.articles)
    if keeping.megabytes:
        dropped += await _shrink(archive, keeping.megabytes * _MEGABYTE)
    return dropped


async def _shrink(archive: Archive, most: int) -> int:
    """Drop the oldest articles until the archive takes at most so many bytes."""
    dropped = 0
    for _ in range(_ROUNDS_MOST):
        size, articles = await archive.size(), (await archive.stats()).articles
        if size <= most or not articles:
            break
        dropped += await archive.keep_newest(min(articles - 1, int(articles * most / size * _SLACK)))
    return dropped


class Housekeeping:
    """Prunes the archive and what is remembered of feeds, once a day while the service runs."""

    def __init__(
        self, archive: Archive, items: Items, flags: Flags, *, keeping: Keeping, clock: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._items = items
        self._flags = flags
        self._keeping = keeping
        self._clock = clock

    async def run(self) -> None:
        """Look now and then whether a day is over, until cancelled."""
        while True:
            try:
                await self.sweep()
            except BackstoryError as error:
                _LOG.warning("nothing old was dropped: %s", error)
            await asyncio.sleep(_LOOK_EVERY)

    async def sweep(self) -> int:
        """Drop what is to go if a day has passed since that was done; how many articles that were."""
        now, last = self._clock(), self._flags.get(_FLAG)
        if last and now - datetime.fromisoformat(last) < EVERY:
            return 0
        self._items.prune(now - timedelta(days=SEEN_DAYS))
        dropped = await prune(self._archive, self._keeping, now)
        self._flags.set(_FLAG, now.astimezone(UTC).isoformat())
        if dropped:
            _LOG.info("dropped %d articles that were too old or too many", dropped)
        return dropped
