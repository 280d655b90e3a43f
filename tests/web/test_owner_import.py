"""The owner's page of imports: files handed in from a browser."""

import asyncio
import bz2
import gzip
import json
import os
import stat
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from backstory.app import create_app
from backstory.following.inbox import FOLDER
from backstory.settings import Settings
from servers.feeds import Newsroom
from web.conftest import NOW, ORIGIN, Client

OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
PAGE = """<html><head><title>Ferry strikes pier</title><link rel="canonical" href="https://courier.example/ferry">
<meta property="article:published_time" content="2016-03-07T08:00:00Z"></head><body><article><h1>Ferry strikes pier</h1>
<p>The harbour of Lindau was closed on Monday after a ferry struck the eastern pier, the port authority said.</p>
<p>Nobody was hurt, but the pier will stay shut until June, and the ferries leave from the western one meanwhile.</p>
</article></body></html>"""
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/ferry\r\n"
    "WARC-Date: 2016-03-08T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0aa1ad6c-8a9c-4b62-90f0-000000000001>\r\n"
    "Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
)
DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo>
<sitename>Wikinews</sitename><base>https://en.wikinews.org/wiki/Main_Page</base></siteinfo>
<page><title>Ferry strikes pier</title><ns>0</ns><id>1</id><revision><id>2</id>
<timestamp>2016-03-07T08:00:00Z</timestamp>
<text>{{date|March 7, 2016}} The harbour of [[Lindau]] was closed on Monday after a ferry struck the eastern pier.

Nobody was hurt, the port authority said, but the pier will stay shut until June. {{publish}}
[[Category:Published]]</text></revision></page></mediawiki>"""
LIST = b'<opml version="2.0"><body><outline type="rss" text="Post" xmlUrl="https://post.example/feed"/></body></opml>'


def lines(number, start=0):
    said = (
        {
            "url": f"https://courier.example/{place}",
            "title": f"Ferry {place}",
            "text": f"Ferry number {place} struck the eastern pier of Lindau on Monday, the port authority said.",
            "published": "2016-03-07",
            "publisher": "The Lake Courier",
        }
        for place in range(start, start + number)
    )
    return "\n".join(map(json.dumps, said)).encode()


def warc():
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
    return WARC.format(len(answer), answer).encode()


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


async def hand_in(client, content, *, name="file", headers=None, **fields):
    return await client.post("/import", files={"file": (name, content)}, data=fields, headers=headers or OWN)


async def ended(client):
    """What the page of jobs says of those that ended, the newest first, once none runs."""
    async with asyncio.timeout(30):
        while tree(page := await client.get("/jobs")).xpath("//*[@data-job]"):  # noqa: ASYNC110 - as a reader looks
            await asyncio.sleep(0.02)
    return [text(one) for one in tree(page).xpath("//section[@aria-labelledby='ended']//li")]


async def articles(client):
    return (await client.get("/readyz")).json()["articles"]


def left(home):
    return list((home / FOLDER).glob("*"))


@asynccontextmanager
async def local(home, clock=lambda: NOW, **settings):
    app = create_app(Settings(home=home, **settings), clock=clock)
    async with app.router.lifespan_context(app), Client(app, ORIGIN) as client:
        yield client


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (lines(3), 3),
        (gzip.compress(lines(3)), 3),
        (warc(), 1),
        (gzip.compress(warc()), 1),
        (bz2.compress(DUMP.encode()), 1),
        (PAGE.encode(), 1),
        (b"[" + b",".join(lines(2).splitlines()).replace(b'"text"', b'"content"') + b"]", 2),
    ],
    ids=["lines", "lines.gz", "warc", "warc.gz", "dump.bz2", "page", "export"],
)
async def test_a_file_of_any_kind_is_imported_as_a_job(client, tmp_path, content, count):
    answer = await hand_in(client, content, name="<b>papers</b>")
    assert (answer.status_code, answer.headers["location"]) == (303, "/jobs")

    [job] = await ended(client)
    assert job.startswith(f"<b>papers</b> Done · 0.0 MB of 0.0 MB · {count} article{'s' * (count != 1)} added")
    assert await articles(client) == count
    assert left(tmp_path) == []


async def test_handing_in_again_is_harmless_and_said(client):
    await hand_in(client, lines(3))
    await ended(client)
    await hand_in(client, lines(4))

    newest, _ = await ended(client)
    assert "1 article added" in newest
    assert newest.endswith("3 were there already")
    assert await articles(client) == 4


@pytest.mark.parametrize("parts", [1, 7, 70_000])
async def test_a_file_arrives_whole_however_it_is_cut(client, parts):
    boundary, content = "----x", lines(40) + b"\r\n------\r\n--" + b"\n" + lines(1, 40)
    head = (
        'Content-Disposition: form-data; name="fetch"\r\n\r\nno\r\n------x\r\n'
        'Content-Disposition: form-data; name="file"; filename="a.ndjson"\r\n\r\n'
    )
    body = f"--{boundary}\r\n{head}".encode() + content + f"\r\n--{boundary}--\r\n".encode()

    async def cut():
        for place in range(0, len(body), parts):
            yield body[place : place + parts]

    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    assert (await client.post("/import", content=cut(), headers=OWN | kind)).status_code == 303
    await ended(client)
    assert await articles(client) == 41


async def test_a_list_of_feeds_is_followed(client, tmp_path):
    answer = await hand_in(client, LIST)

    assert (answer.status_code, answer.headers["location"]) == (303, "/feeds")
    assert "Post" in (await client.get("/feeds")).text
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"%PDF-1.4 x", 422, "a.bin is a PDF."),
        (b"PK\x03\x04", 422, "a.bin is a zip file; unpack it first."),
        (b"plain words", 422, "a.bin is not NDJSON: each line must be one object, {…}."),
        (b"<opml><body></opml", 422, "names no feed"),
        (b"x" * 2_100_000, 413, "A file may have 2 MB, the setting max_import_bytes says."),
    ],
)
async def test_what_is_not_taken_is_said_above_the_form(serving, tmp_path, content, status, says):
    async with serving(max_import_bytes=2_000_000) as client:
        answer = await hand_in(client, content, name="a.bin")
        assert answer.status_code == status
        [trouble] = tree(answer).xpath("//p[@role='alert']")
        assert says in text(trouble)
        assert left(tmp_path) == []
        assert await ended(client) == []


async def test_a_file_larger_than_it_announced_is_refused_too(serving, tmp_path):
    async def endless():
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(100):
            yield b"y" * 10_000

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    async with serving(max_import_bytes=500_000) as client:
        answer = await client.post("/import", content=endless(), headers=OWN | kind)
        assert answer.status_code == 413
        assert left(tmp_path) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n{"url": 1}',
        b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file\r\n--x--',
        b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--',
        b"--x\r\n" + b"h" * 100_000,
    ],
)
async def test_a_form_without_a_whole_file_is_refused(client, tmp_path, body):
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await client.post("/import", content=body, headers=OWN | kind)

    assert answer.status_code == 400
    assert tree(answer).xpath("//p[@role='alert']")
    assert left(tmp_path) == []


async def test_a_file_of_which_nothing_could_be_added_has_failed(client):
    await hand_in(client, b'{"url": "https://a.example/1"}\n')

    [job] = await ended(client)
    assert job.startswith("file Failed")
    assert "none of it could be added; line 1: " in job


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_no_other_site_can_hand_a_file_in(client, headers):
    answer = await hand_in(client, lines(1), headers=headers)

    assert answer.status_code == 403
    assert await articles(client) == 0


async def test_addresses_without_a_text_are_said(client):
    await hand_in(client, b"url,title\nhttps://a.example/1,One\nhttps://a.example/2,Two\n")

    [job] = await ended(client)
    assert job.endswith("2 addresses come without a text; to have their pages fetched, hand it in again and say so")


@pytest.mark.network
async def test_the_pages_of_addresses_are_fetched_where_that_is_wanted(tmp_path):
    with Newsroom(1).serving() as newsroom:
        stories = [newsroom.article_url(0, story) for story in (0, 1)]
        table = "url,title\n" + "".join(f"{url},x\n" for url in [*stories, "https://10.0.0.1/private"])
        settings = {"allow_private_hosts": ("127.0.0.1", "127.0.0.2"), "seconds_between_requests": 0.0}
        async with local(tmp_path, clock=lambda: datetime(2024, 6, 1, 12, tzinfo=UTC), **settings) as client:
            await hand_in(client, table.encode(), name="list.csv", fetch="yes")
            fetching, _ = await ended(client)
            assert fetching.startswith("Pages that list.csv names Done · 3 of 3 · 2 articles added · 1 refused")
            assert "10.0.0.1 is on a private address" in fetching
            assert await articles(client) == 2


async def test_what_a_crash_left_is_removed_at_the_next_start(tmp_path):
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "left").write_bytes(b"x")
    async with local(tmp_path) as client:
        assert left(tmp_path) == []
        assert (await hand_in(client, lines(1))).status_code == 303


async def test_a_file_that_was_handed_in_is_for_the_owners_eyes(client, tmp_path):
    seen = []
    inbox = client.app.state.service.importer.inbox

    async def parts():
        yield b"x"
        seen.extend(left(tmp_path))

    path = await inbox.receive(parts())
    assert seen == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
