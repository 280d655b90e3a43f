"""Pages take turns: so many at once, and, where the owner says so, so many a minute."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import ceil

from backstory.web.problems import ProblemError

_MINUTE = 60.0  # seconds


class Turns:
    """Lets `at_once` pages in at a time and `per_minute` in any minute (0: no limit).

    `clock` counts seconds and never goes back, as `time.monotonic` does.
    """

    def __init__(self, *, at_once: int, per_minute: int, clock: Callable[[], float]) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._begun: deque[float] = deque(maxlen=per_minute)
        self._per_minute = per_minute
        self._clock = clock

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait for a turn and keep it while the block runs.

        Raises:
            ProblemError: too many pages came within the minute; `Retry-After` says when to come back.
        """
        self._count()
        async with self._slots:
            yield

    def _count(self) -> None:
        if not self._per_minute:
            return
        now = self._clock()
        if len(self._begun) == self._per_minute and (wait := self._begun[0] + _MINUTE - now) > 0:
            seconds = ceil(wait)
            raise ProblemError(
                "too-many-pages",
                f"{self._per_minute} pages a minute are allowed; try again in {seconds} s",
                headers={"Retry-After": str(seconds)},
            )
        self._begun.append(now)
