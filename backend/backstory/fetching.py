"""The one door to other people's sites: what is fetched, from where, and how much of it.

A page is fetched only from public addresses: one that a name or a redirect leads to inside the owner's own network is
refused, unless the owner allows the host. The address that was looked at is the one that is spoken to, so that a name
cannot mean another machine a moment later.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

import httpx

from backstory import __version__
from backstory.errors import FetchError, FetchRefusedError
from backstory.model import Validators

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""A host and a port to the addresses behind them."""

_SECONDS = 30.0  # for all of it, redirects included
_REDIRECTS = 5  # at most; browsers allow 20, honest sites need two
_READABLE = ("text/html", "application/xhtml+xml", "text/plain")
_HEADERS = {
    "User-Agent": f"Backstory/{__version__}",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.5",
    "Accept-Encoding": "identity",  # a small packed answer could unpack to any size
}
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server sent it, in the words of `FetchedPage`."""

    url: str
    body: bytes
    charset: str = ""
    media_type: str = ""
    validators: Validators = Validators()
    unchanged: bool = False
    fresh_seconds: float = 0.0


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses behind a host, as the system knows them; empty where it knows none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(str(address[0]) for *_, address in found)


async def fetch(
    url: str,
    *,
    max_bytes: int,
    allow_private_hosts: tuple[str, ...] = (),
    resolve: Resolve = resolve,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Fetched:
    """Fetch a page.

    Raises:
        FetchRefusedError: it is not to be fetched: no web address, a private one, too large, no page.
        FetchError: it could not be fetched.
    """
    try:
        async with (
            asyncio.timeout(_SECONDS),
            httpx.AsyncClient(transport=transport, trust_env=False, headers=_HEADERS, timeout=_SECONDS) as client,
        ):
            target = _web_address(url)
            for _ in range(_REDIRECTS + 1):
                address = await _public_address(target, allow_private_hosts, resolve)
                found = await _ask(client, target, address, max_bytes)
                if isinstance(found, Fetched):
                    return found
                target = found
    except TimeoutError as error:
        raise FetchError(f"{url} did not answer within {_SECONDS:g} s") from error
    except httpx.HTTPError as error:
        raise FetchError(f"{url} cannot be fetched: {error or type(error).__name__}") from error
    raise FetchRefusedError(f"{url} leads on more than {_REDIRECTS} times")


def _web_address(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchRefusedError(f"{url!r} is no address: {error}") from error
    if target.scheme not in {"http", "https"} or not target.host:
        raise FetchRefusedError(f"{url!r} is no web address; give one that begins with http:// or https://")
    return target.copy_with(userinfo=b"", fragment=None)


def _host(target: httpx.URL) -> str:
    """The host as the wire has it: a name with foreign letters in its ASCII form."""
    return target.raw_host.decode("ascii")


async def _public_address(target: httpx.URL, allowed: tuple[str, ...], resolve: Resolve) -> str:
    """The address to speak to; every address behind the name must be one that may be spoken to."""
    addresses = await resolve(_host(target), target.port or (443 if target.scheme == "https" else 80))
    if not addresses:
        raise FetchError(f"no machine is called {target.host}")
    if target.host.lower() not in allowed and not all(map(is_public, addresses)):
        raise FetchRefusedError(
            f"{target.host} is on a private address; allow_private_hosts names those that may be fetched"
        )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address belongs to the open network, also where it is written as IPv6."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = inner or ip_address(ip.packed[-4:])  # type: ignore[assignment] # four bytes are IPv4
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


async def _ask(client: httpx.AsyncClient, target: httpx.URL, address: str, max_bytes: int) -> Fetched | httpx.URL:
    """The page, or where its server sends us."""
    request = client.build_request(
        "GET",
        target.copy_with(host=address),
        headers={"Host": target.netloc.decode("ascii")},
        # The certificate must be that of the name, though the address is spoken to.
        extensions={"sni_hostname": _host(target)},
    )
    answer = await client.send(request, stream=True)
    try:
        if answer.has_redirect_location:
            return _web_address(str(target.join(answer.headers["location"])))
        return Fetched(str(target), await _body(answer, target, max_bytes), answer.charset_encoding or "")
    finally:
        await answer.aclose()


async def _body(answer: httpx.Response, target: httpx.URL, max_bytes: int) -> bytes:
    if not answer.is_success:
        raise FetchError(f"{target} answered with {answer.status_code} {answer.reason_phrase}")
    kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in _READABLE:
        raise FetchRefusedError(f"{target} is {kind}, not a page")
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise FetchRefusedError(f"{target} comes packed, though it was asked for as it is")
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > max_bytes:
            raise FetchRefusedError(f"{target} has more than {max_bytes:,} bytes, which max_page_bytes allows")
    return bytes(body)
