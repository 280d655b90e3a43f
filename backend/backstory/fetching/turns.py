"""When a request's turn comes: one at a time to a host, a pause between two, and so many hosts at once.

Who comes first to a host goes first; hosts do not wait for one another, except for a place among those spoken to.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backstory.errors import FetchError
from backstory.fetching.clocks import Clocks

PATIENCE_SECONDS = 60.0
"""How long an errand waits for a host that asked to be left alone; for longer, it fails and may come again."""

_KNOWN_HOSTS = 10_000  # that are remembered; the others' pauses are over long since


@dataclass(slots=True, eq=False)
class _Host:
    """What is known of one host: who asks or waits, when it was last done with, and its own wishes."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    done_at: float = float("-inf")
    rests_until: float = float("-inf")
    status: int = 0
    pause: float = 0.0


class Turns:
    """The order in which hosts are asked."""

    def __init__(self, *, pause: float, hosts_at_once: int, clocks: Clocks) -> None:
        self._pause = pause
        self._clocks = clocks
        self._places = asyncio.Semaphore(hosts_at_once)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn; the pause begins when it is over.

        Raises:
            FetchError: the host asked to be left alone for longer than is waited.
        """
        known = self._known(host)
        known.waiting += 1
        try:
            async with known.lock:
                await self._wait(host, known)
                async with self._places:
                    try:
                        yield
                    finally:
                        known.done_at = self._clocks.ticks()
        finally:
            known.waiting -= 1

    def slow_down(self, host: str, seconds: float) -> None:
        """Pause at least so long between two requests to the host."""
        self._known(host).pause = seconds

    def rest(self, host: str, seconds: float, status: int) -> None:
        """Leave the host alone for so long, as its answer of that status asked."""
        known = self._known(host)
        known.rests_until = self._clocks.ticks() + seconds
        known.status = status

    async def _wait(self, host: str, known: _Host) -> None:
        now = self._clocks.ticks()
        rest = known.rests_until - now
        if rest > PATIENCE_SECONDS:
            raise FetchError(
                f"{host} asked to be left alone for {rest:.0f} s more", status=known.status, retry_after=rest
            )
        wait = max(self._ready_at(known) - now, rest)
        if wait > 0:
            await self._clocks.sleep(wait)

    def _ready_at(self, known: _Host) -> float:
        return known.done_at + max(self._pause, known.pause)

    def _known(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _KNOWN_HOSTS:
                self._forget()
            self._hosts[host] = _Host()
        return self._hosts[host]

    def _forget(self) -> None:
        now = self._clocks.ticks()
        self._hosts = {
            name: known
            for name, known in self._hosts.items()
            if known.waiting or max(self._ready_at(known), known.rests_until) > now
        }
