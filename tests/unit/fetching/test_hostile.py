"""The door against servers that mean harm, each on this machine and in one way."""

import asyncio
import gc
import shutil
import ssl
import subprocess
from contextlib import asynccontextmanager

import pytest

from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.model import Errand
from unit.fetching.test_servers import HTML, NOON, OK, PAGE, door, get, packed_zeros, send, serving
from unit.fetching.web import PUBLIC, Web, answer, leading_to

pytestmark = pytest.mark.network

FOUND = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n"


@pytest.mark.parametrize(
    "place",
    ["ftp://127.0.0.1/feed", "data:text/html,x", "javascript:1", "gopher://127.0.0.1/", "ws://127.0.0.1/", "http:"],
)
async def test_what_leads_out_of_the_web_is_not_followed(place):
    async def lead(_path, writer):
        await send(writer, FOUND, b"Location: %b\r\n\r\n" % place.encode())

    with pytest.raises(FetchRefusedError, match=r"no web address|leads on"):
        await get(lead)


async def test_two_servers_that_send_one_another_on_are_left():
    async def across(_path, writer):
        await send(writer, FOUND, b"Location: %b/again\r\n\r\n" % other.url.encode())

    async def back(_path, writer):
        await send(writer, FOUND, b"Location: %b/again\r\n\r\n" % one.url.encode())

    async with serving(across) as one, serving(back) as other:
        made, noted = door()
        with pytest.raises(FetchRefusedError, match="leads on more than 5 times"):
            await made.get(Errand(url=one.url, kind="feed"))
    assert len(noted) == 6


async def test_a_name_that_means_another_machine_a_moment_later_reaches_the_one_that_was_looked_at():
    lookups = []

    async def rebound(host, _port):
        lookups.append(host)
        return (PUBLIC,) if len(lookups) == 1 else ("127.0.0.1",)

    web = Web({"http://paper.example/": leading_to("/secret"), "http://paper.example/secret": answer(PAGE)})
    with pytest.raises(FetchRefusedError, match="private address"):
        await web.door(resolve=rebound).get(Errand(url="http://paper.example/", kind="feed"))

    # Looked up once a request, and asked where the look-up said.
    assert [str(request.url.host) for request in web.asked] == [PUBLIC]
    assert lookups == ["paper.example"] * 2


async def test_a_real_connection_goes_to_the_address_that_was_looked_at():
    async def page(_path, writer):
        await send(writer, OK, HTML, b"Content-Length: %d\r\n\r\n" % len(PAGE), PAGE)

    async def here(_host, _port):
        return ("127.0.0.1",)

    async with serving(page) as server:
        manners = Manners(max_page_bytes=9_999, max_fetch_bytes=9_999, allow_private_hosts=("paper.example",))
        made = PoliteDoor(manners, clocks=Clocks(now=lambda: NOON), resolve=here)
        port = server.url.rpartition(":")[2]
        got = await made.get(Errand(url=f"http://paper.example:{port}/", kind="feed"))
    assert got.body == PAGE
    assert f"Host: paper.example:{port}" in server.requests[0]


@pytest.mark.parametrize("packing", [b"br", b"zstd", b"gzip, gzip", b"gzip, br", b"compress", b"x" * 5_000])
async def test_a_packing_that_was_not_asked_for_is_not_unpacked(packing):
    async def packed(_path, writer):
        await send(writer, OK, HTML, b"Content-Encoding: %b\r\n\r\n" % packing, packed_zeros()[:50_000])

    with pytest.raises(FetchRefusedError, match="though it was asked for as gzip, deflate") as raised:
        await get(packed)
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    ("length", "body", "says"),
    [
        pytest.param(b"-1", PAGE, "cannot be fetched", id="below nothing"),
        pytest.param(b"9" * 50, PAGE, "cannot be fetched", id="more than there is in the world"),
        pytest.param(b"many", PAGE, "cannot be fetched", id="in words"),
        pytest.param(b"4\r\nContent-Length: 5", PAGE, "cannot be fetched", id="two"),
        pytest.param(b"4", PAGE, "", id="shorter"),
    ],
)
async def test_a_length_that_is_wrong_is_an_error_or_what_it_says(length, body, says):
    async def wrong(_path, writer):
        await send(writer, OK, HTML, b"Content-Length: %b\r\n\r\n" % length, body)

    if says:
        with pytest.raises(FetchError, match=says):
            await get(wrong)
    else:
        assert (await get(wrong))[0].body == body[:4]


@pytest.mark.parametrize("status", [401, 402, 403, 407, 418, 451, 500, 599, 304])
async def test_an_answer_that_is_no_page_says_its_status(status):
    async def refuse(_path, writer):
        await send(
            writer, b"HTTP/1.1 %d \r\nWWW-Authenticate: Basic\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n" % status
        )

    with pytest.raises(FetchError, match=f"answered with {status}") as raised:
        await get(refuse)
    assert raised.value.status == status


async def test_a_robots_txt_without_an_end_is_read_as_far_as_it_counts():
    async def endless_robots(path, writer):
        await send(writer, OK, b"Content-Type: text/plain\r\n\r\n")
        if path != "/robots.txt":
            await send(writer, PAGE)
            return
        await send(writer, b"User-agent: *\nDisallow: /private\n")
        while True:
            await send(writer, b"Disallow: /x\n" * 5_000)

    got, noted, _ = await get(endless_robots, kind="page", path="/open", fetch_seconds=20)
    assert got.body == PAGE
    assert noted[0].size < 2_000_000
    with pytest.raises(FetchRefusedError, match=r"robots\.txt"):
        await get(endless_robots, kind="page", path="/private", fetch_seconds=20)


async def test_a_robots_txt_one_byte_at_a_time_takes_no_longer_than_a_page_may():
    async def slow_robots(_path, writer):
        await send(writer, OK, b"Content-Type: text/plain\r\n\r\n")
        while True:
            await send(writer, b"#")
            await asyncio.sleep(0.05)

    loop = asyncio.get_running_loop()
    begun = loop.time()
    with pytest.raises(FetchError, match=r"did not answer within 0\.3 s"):
        await get(slow_robots, kind="page", fetch_seconds=0.3)
    assert loop.time() - begun < 3


def signed(folder):
    """A TLS server's context, with a certificate that it signed itself."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(  # noqa: S603 - our own words
        [str(shutil.which("openssl")), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


@asynccontextmanager
async def secured(context):
    """A server under that context."""
    asked: list[bytes] = []

    async def take(reader, writer):
        asked.append(await reader.read(100))
        writer.close()

    listening = await asyncio.start_server(take, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/", asked
    finally:
        listening.close()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
async def test_a_certificate_that_nobody_vouches_for_is_not_believed(tmp_path):
    async with secured(await asyncio.to_thread(signed, tmp_path)) as (url, asked):
        made, noted = door()
        with pytest.raises(FetchError, match="certificate verify failed"):
            await made.get(Errand(url=url, kind="feed"))
    assert (asked, noted[0].status) == ([], 0)


async def test_a_server_that_speaks_no_tls_is_an_error_of_ours():
    async def plain(_reader, writer):
        await send(writer, OK, HTML, b"\r\n", PAGE)
        writer.close()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as listening:
        made, _ = door()
        with pytest.raises(FetchError, match="cannot be fetched"):
            await made.get(Errand(url=f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/", kind="feed"))


async def test_a_server_that_never_shakes_hands_is_left_and_hung_up_on():
    hung_up = asyncio.Event()

    async def silent(reader, writer):
        await reader.read()  # to the end: the other side's hanging up
        hung_up.set()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as listening:
        made, _ = door(fetch_seconds=0.3)
        gc.disable()  # which would hang up in our place, some time
        try:
            with pytest.raises(FetchError, match=r"did not answer within 0\.3 s"):
                await made.get(Errand(url=f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}/", kind="feed"))
            await asyncio.wait_for(hung_up.wait(), 3)
        finally:
            gc.enable()
