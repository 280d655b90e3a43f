"""The door against real servers on this machine, each misbehaving in one way."""

import asyncio
import gzip
import tracemalloc
import zlib
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache

import pytest

from backstory.assembly import assemble_door, assemble_fetch
from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.model import Errand, Outgoing, Validators
from backstory.settings import Settings

pytestmark = pytest.mark.network

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html\r\n"
PAGE = b"<html><body><p>It rained.</p></body></html>"


class Server:
    """Hands each request's path and writer to a function; remembers the requests."""

    def __init__(self, behave):
        self.behave = behave
        self.url = ""
        self.requests = []
        self.connections = 0

    async def __call__(self, reader, writer):
        self.connections += 1
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.requests.append(request)
            await self.behave(request.split()[1], writer)
        except ConnectionError:
            pass  # the other side has hung up, as it should
        finally:
            writer.close()


@asynccontextmanager
async def serving(behave):
    server = Server(behave)
    listening = await asyncio.start_server(server, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()


def door(**manners):
    ours = {
        "max_page_bytes": 1_000_000,
        "max_fetch_bytes": 1_000_000,
        "allow_private_hosts": ("127.0.0.1",),
        "seconds_between_requests": 0,
        "fetch_seconds": 1,
    }
    noted: list[Outgoing] = []
    made = PoliteDoor(Manners(**{**ours, **manners}), clocks=Clocks(now=lambda: NOON), note=noted.append)
    return made, noted


async def get(behave, *, kind="feed", path="/feed", known=Validators(), **manners):  # noqa: B008 - frozen
    async with serving(behave) as server:
        made, noted = door(**manners)
        return await made.get(Errand(url=server.url + path, kind=kind, known=known)), noted, server


async def send(writer, *parts):
    for part in parts:
        writer.write(part)
        await writer.drain()


async def test_a_page_comes_as_it_was_sent():
    async def whole(_path, writer):
        await send(writer, OK, HTML, b"Content-Length: %d\r\n\r\n" % len(PAGE), PAGE)

    got, [noted], server = await get(whole)

    assert got.body == PAGE
    assert (noted.status, noted.size) == (200, len(PAGE))
    assert "Connection: close" in server.requests[0]


async def test_a_connection_serves_one_request():
    async def kept_open(_path, writer):
        await send(writer, OK, HTML, b"Content-Length: %d\r\n\r\n" % len(PAGE), PAGE)
        await asyncio.sleep(0.2)

    async with serving(kept_open) as server:
        made, _ = door()
        for _ in range(3):
            await made.get(Errand(url=server.url, kind="feed"))
    assert server.connections == 3


async def slow_drip(_path, writer):
    await send(writer, OK, HTML, b"Content-Length: 1000\r\n\r\n")
    while True:
        await send(writer, b".")
        await asyncio.sleep(0.05)


async def slow_head(_path, writer):
    await send(writer, OK)
    while True:
        await send(writer, b"X-More: 1\r\n")
        await asyncio.sleep(0.05)


async def silence(_path, _writer):
    await asyncio.sleep(5)


async def patience(_path, writer):
    while True:
        await send(writer, b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("behave", [slow_drip, slow_head, silence, patience])
async def test_a_server_that_takes_its_time_is_left(behave):
    loop = asyncio.get_running_loop()
    begun = loop.time()
    with pytest.raises(FetchError, match=r"did not answer within 0\.3 s"):
        await get(behave, fetch_seconds=0.3)
    assert loop.time() - begun < 3


async def endless(_path, writer):
    await send(writer, OK, HTML, b"\r\n")
    while True:
        await send(writer, bytes(65_536))


async def endless_chunks(_path, writer):
    await send(writer, OK, HTML, b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        await send(writer, b"10000\r\n", bytes(65_536), b"\r\n")


@cache
def packed_zeros():
    """200 MB of nothing, in 200 kB."""
    packing = zlib.compressobj(wbits=31)
    return b"".join([*(packing.compress(bytes(2_000_000)) for _ in range(100)), packing.flush()])


async def bomb(_path, writer):
    packed = packed_zeros()
    await send(writer, OK, HTML, b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed), packed)


async def endless_nothing(_path, writer):
    await send(writer, OK, HTML, b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)[:10])
    while True:
        await send(writer, b"\x00\x00\x00\xff\xff" * 10_000)  # stored blocks of no bytes


@pytest.mark.parametrize("behave", [endless, endless_chunks, bomb, endless_nothing])
async def test_a_body_without_an_end_is_refused_in_little_memory(behave):
    packed_zeros()  # the server's own memory is not what is measured
    tracemalloc.start()
    try:
        with pytest.raises(FetchRefusedError, match="more than the 1,000,000 bytes"):
            await get(behave, fetch_seconds=20)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8_000_000


async def reset(_path, writer):
    await send(writer, OK, HTML, b"Content-Length: 1000\r\n\r\nhalf")
    writer.transport.abort()


async def half(_path, writer):
    await send(writer, OK, HTML, b"Content-Length: 1000\r\n\r\nhalf")


async def garbage(_path, writer):
    await send(writer, bytes(range(256)) * 8)


async def chunk_garbage(_path, writer):
    await send(writer, OK, HTML, b"Transfer-Encoding: chunked\r\n\r\nzz\r\nnot a chunk\r\n")


async def endless_head(_path, writer):
    await send(writer, OK)
    while True:
        await send(writer, b"X-More: " + b"1" * 60_000 + b"\r\n")


async def nothing(_path, _writer):
    pass


async def wrong_place(_path, writer):
    await send(writer, b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("behave", [reset, half, garbage, chunk_garbage, endless_head, nothing, wrong_place])
async def test_a_broken_answer_is_an_error_of_ours(behave):
    with pytest.raises(FetchError):
        await get(behave)


async def test_nobody_listening_is_an_error_of_ours():
    async with serving(nothing) as server:
        pass
    made, noted = door()
    with pytest.raises(FetchError, match="cannot be fetched"):
        await made.get(Errand(url=server.url))
    assert [(each.status, each.url) for each in noted] == [(0, f"{server.url}/robots.txt")]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("/round", "leads on more than 5 times"),
        ("http://169.254.169.254/latest/meta-data/", "private address"),
        ("http://localhost:1/", "private address"),
        ("http://[::1]:1/", "private address"),
        ("http://0x7f.1/", "private address"),
        ("file:///etc/passwd", "no web address"),
        ("//user:pass@[::ffff:10.0.0.1]/", "private address"),
    ],
)
async def test_what_leads_where_nobody_may_go_is_refused(place, says):
    async def lead(_path, writer):
        await send(writer, b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % place.encode())

    with pytest.raises(FetchRefusedError, match=says):
        await get(lead)


async def test_a_private_host_is_not_even_connected_to():
    async with serving(nothing) as server:
        made, noted = door(allow_private_hosts=())
        with pytest.raises(FetchRefusedError, match="private address"):
            await made.get(Errand(url=server.url))
    assert (server.connections, noted) == (0, [])


async def test_a_busy_server_says_when_to_come_again():
    async def busy(_path, writer):
        await send(writer, b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n")

    with pytest.raises(FetchError, match="429 Too Many Requests") as raised:
        await get(busy)
    assert (raised.value.status, raised.value.retry_after) == (429, 120)


async def test_what_has_not_changed_comes_without_a_body():
    async def same(_path, writer):
        await send(writer, b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n')

    got, _, server = await get(same, known=Validators('"1"'))
    assert (got.unchanged, got.body, got.validators) == (True, b"", Validators('"1"'))
    assert 'If-None-Match: "1"' in server.requests[0]


async def test_a_picture_is_not_downloaded():
    async def picture(_path, writer):
        await send(writer, OK, b"Content-Type: image/png\r\nContent-Length: 900000\r\n\r\n", bytes(900_000))

    with pytest.raises(FetchRefusedError, match="is image/png, not a feed"):
        await get(picture)


async def test_robots_txt_is_asked_for_before_a_page():
    async def strict(path, writer):
        body = b"User-agent: *\nDisallow: /private\n" if path == "/robots.txt" else PAGE
        await send(writer, OK, HTML, b"Content-Length: %d\r\n\r\n" % len(body), body)

    got, _, server = await get(strict, kind="page", path="/open")
    assert got.body == PAGE
    assert [request.split()[1] for request in server.requests] == ["/robots.txt", "/open"]
    with pytest.raises(FetchRefusedError, match=r"robots\.txt"):
        await get(strict, kind="page", path="/private")


async def test_the_door_asks_robots_txt_and_a_person_who_opens_a_page_does_not(tmp_path):
    async def closed(path, writer):
        body = b"User-agent: *\nDisallow: /\n" if path == "/robots.txt" else PAGE
        await send(writer, OK, HTML, b"Content-Length: %d\r\n\r\n" % len(body), body)

    settings = Settings(home=tmp_path, allow_private_hosts=("127.0.0.1",), contact="https://me.example/")
    noted: list[Outgoing] = []
    async with serving(closed) as server:
        page = await assemble_fetch(settings, clock=lambda: NOON, note=noted.append)(server.url)
        with pytest.raises(FetchRefusedError, match=r"robots\.txt"):
            await assemble_door(settings, clock=lambda: NOON, note=noted.append).get(Errand(url=server.url))

    assert page.body == PAGE
    assert [each.why for each in noted] == ["opened by a reader", "what robots may fetch"]
    assert all("(+https://me.example/)" in request for request in server.requests)
