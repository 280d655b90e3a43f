import gzip
import re
import zlib

import pytest

from backstory.errors import FetchError, FetchRefusedError
from backstory.model import Errand
from unit.fetching.web import PAGE, Web, answer, page

FEED = b"<rss><channel><title>Lake Courier</title></channel></rss>"
ADDRESS = "http://paper.example/feed"


async def got(body, *headers, kind="feed", **manners):
    web = Web({ADDRESS: answer(body, headers=headers)})
    return (await web.door(obeys_robots=False, **manners).get(Errand(url=ADDRESS, kind=kind))).body


def raw_deflate(words):
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(words) + packing.flush()


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        pytest.param("gzip", gzip.compress(FEED), id="gzip"),
        pytest.param("x-gzip", gzip.compress(FEED), id="its old name"),
        pytest.param("GZIP", gzip.compress(FEED), id="in capitals"),
        pytest.param("gzip", gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), id="gzip in two members"),
        pytest.param("gzip", gzip.compress(FEED) + bytes(12), id="gzip with padding"),
        pytest.param("deflate", zlib.compress(FEED), id="deflate as the standard has it"),
        pytest.param("deflate", raw_deflate(FEED), id="deflate as some servers have it"),
        pytest.param("identity", FEED, id="not packed"),
    ],
)
async def test_a_packed_answer_is_unpacked(packing, packed):
    assert await got(packed, ("Content-Encoding", packing)) == FEED


async def test_a_page_may_come_packed_too():
    web = Web({"http://paper.example/": page(gzip.compress(PAGE), **{"Content-Encoding": "gzip"})})
    assert (await web.fetch("http://paper.example/")).body == PAGE
    assert web.asked[0].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        pytest.param("gzip", gzip.compress(bytes(2_001)), id="one byte more than allowed"),
        pytest.param("gzip", gzip.compress(bytes(50_000_000)), id="a bomb"),
        pytest.param("deflate", zlib.compress(bytes(50_000_000)), id="a bomb in deflate"),
        pytest.param("gzip", gzip.compress(bytes(1_000)) * 99, id="a bomb in members"),
        pytest.param("gzip", gzip.compress(b"") * 101, id="members that hold nothing"),
        pytest.param("identity", bytes(2_001), id="too much, unpacked"),
    ],
)
async def test_an_answer_that_becomes_too_large_is_refused(packing, packed):
    with pytest.raises(FetchRefusedError, match="more than the 2,000 bytes"):
        await got(packed, ("Content-Encoding", packing))


@pytest.mark.parametrize(
    ("packing", "packed", "says"),
    [
        pytest.param("gzip", FEED, "cannot be unpacked", id="not packed at all"),
        pytest.param("deflate", b"\x00" + FEED, "cannot be unpacked", id="not deflate of either kind"),
        pytest.param("gzip", gzip.compress(FEED)[:-9], "ends in the middle", id="half of it"),
        pytest.param("br", FEED, "comes packed as 'br'", id="packed in another way"),
        pytest.param("gzip, gzip", gzip.compress(gzip.compress(FEED)), "comes packed as", id="packed twice"),
    ],
)
async def test_what_cannot_be_unpacked_says_why(packing, packed, says):
    with pytest.raises(FetchError, match=says):
        await got(packed, ("Content-Encoding", packing))


async def test_an_errand_may_set_its_own_limit():
    web = Web({ADDRESS: answer(bytes(5_000))})
    door = web.door()
    assert len((await door.get(Errand(url=ADDRESS, kind="data", max_bytes=5_000))).body) == 5_000
    with pytest.raises(FetchRefusedError, match="more than the 4,999 bytes"):
        await door.get(Errand(url=ADDRESS, kind="data", max_bytes=4_999))


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("page", "text/html"), ("page", "application/xhtml+xml"), ("page", "TEXT/PLAIN; charset=utf-8"), ("page", ""),
        ("feed", "application/rss+xml"), ("feed", "application/atom+xml"), ("feed", "application/rdf+xml"),
        ("feed", "application/feed+json"), ("feed", "application/xml"), ("feed", "text/xml"), ("feed", "text/html"),
        ("feed", "text/plain"), ("feed", "application/octet-stream"), ("feed", "application/x-gzip"), ("feed", ""),
        ("data", "application/json;charset=UTF-8"), ("data", "text/javascript"), ("data", "application/hal+json"),
    ],
)  # fmt: skip
async def test_an_answer_of_its_kind_is_taken(kind, media_type):
    headers = [("Content-Type", media_type)] if media_type else []
    assert await got(FEED, *headers, kind=kind) == FEED


@pytest.mark.parametrize(
    ("kind", "media_type", "called"),
    [
        ("page", "image/png", "a page"), ("page", "application/json", "a page"), ("page", "text/css", "a page"),
        ("page", "application/rss+xml", "a page"), ("feed", "audio/mpeg", "a feed"),
        ("feed", "application/pdf", "a feed"),
        ("data", "application/zip", "data"), ("data", "image/svg", "data"),
    ],
)  # fmt: skip
async def test_an_answer_of_another_kind_is_refused(kind, media_type, called):
    with pytest.raises(FetchRefusedError, match=re.escape(f"is {media_type}, not {called}")):
        await got(FEED, ("Content-Type", media_type), kind=kind)
