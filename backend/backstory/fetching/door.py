"""The door itself: an errand goes out when its turn comes, follows where it is sent, and comes back with an answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus

import httpx

from backstory import __version__
from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching.answers import (
    Fetched,
    conditions,
    fresh_seconds,
    media_type_of,
    retry_after,
    validators_of,
)
from backstory.fetching.clocks import Allowance, Clocks
from backstory.fetching.hosts import Resolve, authority_of, public_address, resolve, web_address
from backstory.fetching.kinds import KINDS, ROBOTS_TXT, Kind
from backstory.fetching.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from backstory.fetching.robots import Robots
from backstory.fetching.secrecy import Secrecy
from backstory.fetching.taking import Tally, take
from backstory.fetching.turns import Turns
from backstory.fetching.wire import Wire, in_our_words
from backstory.model import Errand, Outgoing, Validators

MOST_REDIRECTS = 5
"""How often an errand is sent on; browsers allow 20, honest sites need two."""

_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_ASKS_FOR_REST = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How far the door opens, and how whoever goes out behaves; seconds and bytes.

    `obeys_robots` is off only where a person opens the very page.
    """

    max_page_bytes: int
    max_fetch_bytes: int
    allow_private_hosts: tuple[str, ...] = ()
    contact: str = ""
    fetch_seconds: float = 30.0
    seconds_between_requests: float = 1.0
    hosts_at_once: int = 8
    obeys_robots: bool = True

    @property
    def user_agent(self) -> str:
        """The name that servers see, and where their owners can complain."""
        return f"Backstory/{__version__}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class _Trip:
    """An errand on its way: what is asked for and taken, what is secret, and what it may still spend."""

    errand: Errand
    kind: Kind
    most: int
    secrecy: Secrecy
    allowance: Allowance


@dataclass(frozen=True, slots=True)
class _SentOn:
    """Where a server sends an errand, and whether it always will."""

    target: httpx.URL
    for_good: bool


class PoliteDoor:
    """The door as `ports.Door` promises it; `note` is told of every request that leaves."""

    def __init__(
        self,
        manners: Manners,
        *,
        clocks: Clocks,
        note: Callable[[Outgoing], None] = lambda _outgoing: None,
        resolve: Resolve = resolve,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._manners = manners
        self._clocks = clocks
        self._note = note
        self._resolve = resolve
        self._wire = Wire(user_agent=manners.user_agent, transport=transport)
        self._turns = Turns(pause=manners.seconds_between_requests, hosts_at_once=manners.hosts_at_once, clocks=clocks)
        self._robots = Robots(self._robots_txt, clocks.ticks)

    async def get(self, errand: Errand) -> Fetched:
        """Run an errand, as the port says it."""
        default = self._manners.max_page_bytes if errand.kind == "page" else self._manners.max_fetch_bytes
        return await self._run(errand, KINDS[errand.kind], errand.max_bytes or default)

    async def _robots_txt(self, place: httpx.URL) -> str:
        fetched = await self._run(Errand(url=str(place), why="what robots may fetch"), ROBOTS_TXT, MAX_ROBOTS_BYTES)
        return fetched.body.decode("utf-8-sig", "replace")

    async def _run(self, errand: Errand, kind: Kind, most: int) -> Fetched:
        target = web_address(errand.url)
        trip = _Trip(
            errand, kind, most, Secrecy.of(errand, target), Allowance(self._manners.fetch_seconds, self._clocks)
        )
        moved, for_good = "", True
        for _ in range(MOST_REDIRECTS + 1):
            if kind.obeys_robots and self._manners.obeys_robots:
                await self._heed_robots(target)
            answer = await self._visit(trip, target)
            if isinstance(answer, Fetched):
                return replace(answer, moved=moved)
            target, for_good = answer.target, for_good and answer.for_good
            moved = str(target) if for_good else moved
        raise FetchRefusedError(f"{errand.url} leads on more than {MOST_REDIRECTS} times")

    async def _heed_robots(self, target: httpx.URL) -> None:
        rules = await self._robots.rules(target)
        if not rules.allow(target):
            raise FetchRefusedError(f"{target} is not to be fetched by programs, says the robots.txt of {target.host}")
        self._turns.slow_down(authority_of(target), rules.delay)

    async def _visit(self, trip: _Trip, target: httpx.URL) -> Fetched | _SentOn:
        """One request, when its turn has come: what it brought, or where it leads."""
        place = authority_of(target)
        async with self._turns.turn(place):
            with in_our_words(target, trip.secrecy, trip.allowance.seconds):
                async with trip.allowance:
                    address = await public_address(target, self._manners.allow_private_hosts, self._resolve)
            try:
                with self._noted(trip, target) as tally, in_our_words(target, trip.secrecy, trip.allowance.seconds):
                    async with trip.allowance:
                        return await self._exchange(trip, target, address, tally)
            except FetchError as error:
                if error.retry_after:
                    self._turns.rest(place, error.retry_after, error.status)
                raise

    @contextmanager
    def _noted(self, trip: _Trip, target: httpx.URL) -> Iterator[Tally]:
        tally, at, begun = Tally(), self._clocks.now(), self._clocks.ticks()
        try:
            yield tally
        except FetchError as error:
            tally.outcome = str(error)
            raise
        finally:
            outgoing = Outgoing(
                at=at,
                url=str(target),
                why=trip.errand.why,
                outcome=tally.outcome,
                status=tally.status,
                size=tally.received,
                seconds=self._clocks.ticks() - begun,
            )
            self._note(outgoing)

    async def _exchange(self, trip: _Trip, target: httpx.URL, address: str, tally: Tally) -> Fetched | _SentOn:
        headers = (("Accept", trip.kind.accept), *conditions(trip.errand.known), *trip.secrecy.headers_for(target))
        asked = trip.secrecy.dressed(target)
        async with self._wire.answer(asked, address, headers, trip.allowance.left) as answer:
            tally.status = answer.status_code
            if answer.has_redirect_location:
                led = _led(target, answer.headers["location"], trip.secrecy)
                tally.outcome = f"leads to {led}"
                return _SentOn(led, answer.status_code in _FOR_GOOD)
            fetched = await self._fetched(trip, target, answer, tally)
            tally.outcome = "unchanged" if fetched.unchanged else "fetched"
            return fetched

    async def _fetched(self, trip: _Trip, target: httpx.URL, answer: httpx.Response, tally: Tally) -> Fetched:
        known, now, unchanged = trip.errand.known, self._clocks.now(), answer.status_code == HTTPStatus.NOT_MODIFIED
        media_type = media_type_of(answer.headers) or trip.kind.unnamed
        if not (answer.is_success or (unchanged and conditions(known))):
            raise FetchError(
                f"{target} answered with {answer.status_code} {answer.reason_phrase}".rstrip(),
                status=answer.status_code,
                retry_after=retry_after(answer.headers, now) if answer.status_code in _ASKS_FOR_REST else 0.0,
            )
        if not unchanged and not trip.kind.takes(media_type):
            raise FetchRefusedError(f"{target} is {media_type}, not {trip.kind.called}", status=answer.status_code)
        return Fetched(
            url=str(target),
            body=b"" if unchanged else await take(answer, tally, place=str(target), most=trip.most, cut=trip.kind.cut),
            charset=answer.charset_encoding or "",
            media_type=media_type,
            validators=validators_of(answer.headers, known if unchanged else Validators()),
            unchanged=unchanged,
            fresh_seconds=fresh_seconds(answer.headers, now),
        )


def _led(target: httpx.URL, location: str, secrecy: Secrecy) -> httpx.URL:
    """Where a redirect leads."""
    try:
        return secrecy.stripped(web_address(str(target.join(location))))
    except FetchRefusedError as error:
        raise FetchRefusedError(secrecy.hidden(str(error))) from None  # what it was may repeat the secret
