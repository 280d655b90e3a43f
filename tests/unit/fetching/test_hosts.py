import asyncio
import socket
import threading

import pytest

from backstory.fetching import is_public
from backstory.fetching.hosts import resolve
from unit.fetching.web import PUBLIC


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_the_open_network_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.5", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1", "192.0.0.192",
        "192.88.99.1",
    ],
)  # fmt: skip
def test_everything_else_is_not(address):
    assert not is_public(address)


async def test_names_that_take_long_keep_nobody_waiting_who_reads(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(10) and [])
    lookups = [asyncio.create_task(resolve(f"slow{number}.example", 80)) for number in range(40)]
    await asyncio.sleep(0)

    read = await asyncio.wait_for(asyncio.to_thread(lambda: "read"), 5)

    over.set()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    await asyncio.wait(lookups)
    assert read == "read"


async def test_a_name_that_none_can_have_is_nobodys():
    assert await resolve("a" * 70 + ".example", 80) == ()
