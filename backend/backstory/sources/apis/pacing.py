"""Not faster than an interface allows."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from backstory.model import Errand
from backstory.ports import Door, FetchedPage


class Paced:
    """A door through which one request goes at a time, and the next so many seconds after the last.

    The door itself keeps its own distance between requests to a host; this keeps what an interface's keepers ask for
    where that is more. `clock` counts seconds from anywhere.
    """

    def __init__(
        self,
        door: Door,
        seconds_between: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._door = door
        self._between = seconds_between
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next = 0.0

    async def get(self, errand: Errand) -> FetchedPage:
        """Run an errand when its turn comes; raises what the door raises."""
        async with self._turn:
            if (early := self._next - self._clock()) > 0:
                await self._sleep(early)
            self._next = self._clock() + self._between
            return await self._door.get(errand)
