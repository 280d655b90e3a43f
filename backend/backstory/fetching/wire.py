"""One request over the wire, to one address that was looked at."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx

from backstory.errors import FetchError
from backstory.fetching.hosts import authority_of, host_of
from backstory.fetching.secrecy import Secrecy
from backstory.fetching.taking import PACKINGS

_GIVES_UP_AT = 0.95
"""Share of the time left after which the transport itself gives up: broken off by us in the middle of a handshake, it
leaves its connection to the garbage collector."""


class Wire:
    """What speaks to other people's servers.

    A connection serves one request: it is known by the machine's address, and one that was opened under another name of
    the same machine has shown another certificate.
    """

    def __init__(self, *, user_agent: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._headers = (("User-Agent", user_agent), ("Accept-Encoding", PACKINGS), ("Connection", "close"))
        self._transport = transport or httpx.AsyncHTTPTransport(
            trust_env=False, limits=httpx.Limits(max_connections=None, max_keepalive_connections=0)
        )

    @asynccontextmanager
    async def answer(
        self, target: httpx.URL, address: str, headers: tuple[tuple[str, str], ...], seconds: float
    ) -> AsyncIterator[httpx.Response]:
        """What the target answers, its head read and its body not yet; `seconds` are left for it.

        The transport is spoken to by itself: a client on top of it would write every address into the log, secrets
        and all, and keep cookies.
        """
        request = httpx.Request(
            "GET",
            target.copy_with(host=address),
            headers=[("Host", authority_of(target)), *self._headers, *headers],
            # The certificate must be that of the name, though the address is spoken to.
            extensions={"sni_hostname": host_of(target), "timeout": httpx.Timeout(_GIVES_UP_AT * seconds).as_dict()},
        )
        answer = await self._transport.handle_async_request(request)
        try:
            yield answer
        finally:
            await answer.aclose()


@contextmanager
def in_our_words(place: httpx.URL, secrecy: Secrecy, seconds: float) -> Iterator[None]:
    """What goes wrong on the wire, as an error of ours.

    What it was before is not kept with it: its words may hold a header, and so what is secret.
    """
    try:
        yield
    except (TimeoutError, httpx.TimeoutException):
        raise FetchError(f"{place} did not answer within {seconds:g} s") from None
    except httpx.HTTPError as error:
        words = secrecy.hidden(str(error)) or type(error).__name__
        raise FetchError(f"{place} cannot be fetched: {words}") from None
    except httpx.InvalidURL as error:
        raise FetchError(f"{place} leads on to what is no address: {secrecy.hidden(str(error))}") from None
