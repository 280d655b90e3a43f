"""Addresses and the machines behind them: public ones only.

One that a name or a redirect leads to inside the owner's own network is refused, unless the owner allows the host. The
address that was looked at is the one that is spoken to, so that a name cannot mean another machine a moment later.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from backstory.errors import FetchError, FetchRefusedError

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""A host and a port to the addresses behind them."""

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes
# What ipaddress takes for the open network, or does in some versions, and is not: IPv4 written as IPv6 in ways that are
# out of use (RFC 4291, 2.5.5.1; RFC 2765) or a network's own (RFC 8215), site-local, segments, samples; what a cloud
# tells its machines, relays.
_NOT_OPEN = tuple(
    map(
        ip_network,
        (
            "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10", "5f00::/16", "3fff::/20", "192.0.0.0/24",
            "192.88.99.0/24",
        ),
    )
)  # fmt: skip
# A look-up cannot be broken off, and one of a dead name server takes half a minute: in threads of their own, they keep
# nobody waiting who wants to read a page.
_LOOKUPS = ThreadPoolExecutor(16, thread_name_prefix="look-up")
_PORTS = {"http": 80, "https": 443}


def web_address(url: str) -> httpx.URL:
    """An address as it is asked for: without the name and password, and without the fragment, that it may hold.

    Raises:
        FetchRefusedError: it is none.
    """
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchRefusedError(f"{url!r} is no address: {error}") from error
    if target.scheme not in _PORTS or not target.host:
        raise FetchRefusedError(f"{url!r} is no web address; give one that begins with http:// or https://")
    return target.copy_with(userinfo=b"", fragment=None)


def host_of(target: httpx.URL) -> str:
    """The host as the wire has it: a name with foreign letters in its ASCII form."""
    return target.raw_host.decode("ascii")


def authority_of(target: httpx.URL) -> str:
    """Host and port, where the port is not the scheme's own: what has a pace and what `Host:` names."""
    return target.netloc.decode("ascii")


def origin_of(target: httpx.URL) -> str:
    """What a robots.txt speaks for (RFC 9309, 2.3): scheme, host and port."""
    return f"{target.scheme}://{authority_of(target)}"


def port_of(target: httpx.URL) -> int:
    """The port, also where the address leaves it to the scheme."""
    return target.port or _PORTS[target.scheme]


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses behind a host, as the system knows them; empty where it knows none."""
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.get_running_loop().run_in_executor(_LOOKUPS, look_up)
    except (OSError, UnicodeError):  # the latter for a name that none can have
        return ()
    return tuple(str(address[0]) for *_, address in found)


async def public_address(target: httpx.URL, allowed: tuple[str, ...], resolve: Resolve) -> str:
    """The address to speak to; every address behind the name must be one that may be spoken to.

    Raises:
        FetchError: there is none.
        FetchRefusedError: one of them is private.
    """
    addresses = await resolve(host_of(target), port_of(target))
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
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_OPEN)
