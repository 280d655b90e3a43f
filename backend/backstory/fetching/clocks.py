"""Time, as the door is handed it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What tells the moment (`now`), what measures a stretch of time in seconds (`ticks`), and what lets one pass."""

    now: Callable[[], datetime]
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep


class Allowance:
    """Seconds that an errand may spend on the wire, all its redirects together; waiting for a turn costs nothing."""

    def __init__(self, seconds: float, clocks: Clocks) -> None:
        self.seconds = seconds
        self._left = seconds
        self._ticks = clocks.ticks
        self._begun = 0.0
        self._limit = asyncio.timeout(None)

    @property
    def left(self) -> float:
        """What was left of it when it was last used."""
        return self._left

    async def __aenter__(self) -> None:
        if self._left <= 0:
            raise TimeoutError
        self._begun = self._ticks()
        self._limit = asyncio.timeout(self._left)
        await self._limit.__aenter__()

    async def __aexit__(self, *raised: object) -> None:
        self._left -= self._ticks() - self._begun
        await self._limit.__aexit__(*raised)  # type: ignore[arg-type] # handed on as they come
