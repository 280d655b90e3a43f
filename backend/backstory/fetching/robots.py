"""What each host lets programs fetch: its robots.txt (RFC 9309), asked for once a day.

A host without one (4xx, or one that leads nowhere that may be fetched) lets everything be fetched. One that fails to
hand it out (5xx, 429) lets nothing be fetched for a while, unless an earlier one is still known.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from weakref import WeakValueDictionary

import httpx
from protego import Protego

from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching.hosts import origin_of

PRODUCT = "backstory"
"""What rules for us alone are addressed to."""

LIFETIME_SECONDS = 86_400.0
"""For how long a robots.txt holds: a day (RFC 9309, 2.4)."""

UNREACHABLE_SECONDS = 300.0
"""For how long nothing is fetched from a host whose robots.txt cannot be had."""

MAX_BYTES = 512_000
"""Of a robots.txt, what is read; 500 KiB (RFC 9309, 2.5)."""

LONGEST_DELAY_SECONDS = 30.0
"""The longest Crawl-delay that is honoured."""

_KEPT_CHARACTERS = 8_000_000  # of all robots.txt together; parsed, they take some ten times that
_ENTRY_CHARACTERS = 1_000  # that one counts for beside its text

# What protego reads as the beginning of a group, and a little more.
_AGENT = re.compile(r"user[\s-]?agent[\s:]+(.*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]*", re.IGNORECASE)  # a product token (RFC 9309, 2.2.1); a version may follow it


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us, and until when it holds.

    `trouble` says why nothing is fetched, where it could not be had; `status` is the answer's then.
    """

    parsed: Protego
    until: float
    size: int = 0
    trouble: str = ""
    status: int = 0

    def allow(self, target: httpx.URL) -> bool:
        """Whether the address may be fetched."""
        return self.parsed.can_fetch(str(target), PRODUCT)

    @property
    def delay(self) -> float:
        """The pause between two requests that the host wishes for, in seconds, up to the longest honoured."""
        return min(self.parsed.crawl_delay(PRODUCT) or 0.0, LONGEST_DELAY_SECONDS)


def read_rules(text: str, until: float = 0.0) -> Rules:
    """The rules of a robots.txt.

    Every agent that is not us becomes the same one first: rules are kept for each agent of a group apart, and a group
    of ten thousand agents with ten thousand rules would fill the memory.
    """
    return Rules(Protego.parse("\n".join(map(_ours, text.splitlines()))), until, len(text))


def _ours(line: str) -> str:
    agent = _AGENT.match(line.strip())
    if agent is None:
        return line
    name = agent[1].partition("#")[0].strip().lower()
    if name != "*":
        token = _TOKEN.match(name)
        name = PRODUCT if token and token[0] == PRODUCT else "another"
    return f"User-agent: {name}"


class Robots:
    """The rules of the hosts that were asked lately; `ask` brings the text of a robots.txt."""

    def __init__(self, ask: Callable[[httpx.URL], Awaitable[str]], ticks: Callable[[], float]) -> None:
        self._ask = ask
        self._ticks = ticks
        self._rules: OrderedDict[str, Rules] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def rules(self, target: httpx.URL) -> Rules:
        """What the host of the target lets us fetch.

        Raises:
            FetchError: its robots.txt cannot be had; `retry_after` says when it is asked for again.
        """
        origin = origin_of(target)
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:  # so that ten errands to a host ask once
            known = self._rules.get(origin)
            if known is None or known.until <= self._ticks():
                known = self._keep(origin, await self._learn(target.copy_with(raw_path=b"/robots.txt"), known))
        if known.trouble:
            raise FetchError(known.trouble, status=known.status, retry_after=known.until - self._ticks())
        return known

    async def _learn(self, place: httpx.URL, known: Rules | None) -> Rules:
        try:
            text = await self._ask(place)
        except FetchRefusedError:
            text = ""
        except FetchError as error:
            if not error.status:
                raise  # no answer at all: the next errand may have one
            if error.status < HTTPStatus.INTERNAL_SERVER_ERROR and error.status != HTTPStatus.TOO_MANY_REQUESTS:
                text = ""
            else:
                return self._without(str(error), error, known)
        return read_rules(text, self._ticks() + LIFETIME_SECONDS)

    def _without(self, trouble: str, error: FetchError, known: Rules | None) -> Rules:
        """What holds while a robots.txt cannot be had: what it said before, or else nothing is allowed."""
        until = self._ticks() + max(UNREACHABLE_SECONDS, error.retry_after)
        if known is not None and not known.trouble:
            return replace(known, until=until)
        return replace(read_rules(""), until=until, trouble=trouble, status=error.status)

    def _keep(self, origin: str, rules: Rules) -> Rules:
        self._rules[origin] = rules
        self._rules.move_to_end(origin)
        while sum(kept.size + _ENTRY_CHARACTERS for kept in self._rules.values()) > _KEPT_CHARACTERS:
            self._rules.popitem(last=False)
        return rules
