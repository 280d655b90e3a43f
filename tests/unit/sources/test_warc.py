"""Web archives, written by warcio as crawlers write them, and then damaged."""

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from backstory.model import Offer
from backstory.sources import unpacking
from backstory.sources.unpacking import unpacked
from backstory.sources.unreadable import Unreadable
from backstory.sources.warc import offers_of

pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # warcio's own, of what it writes

MOST = 20_000
HTML = "<!doctype html><title>Pier</title><p>The pier of Lindau is shut: “closed” until June."
PAGE = HTML.encode()
URL = "https://paper.example/{}"


class Archive:
    """A web archive being written."""

    def __init__(self, *, packed):
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)

    def add(self, name, body=PAGE, kind="response", status="200 OK", **headers):
        """A record; headers are those of its HTTP answer."""
        said = [(key.replace("_", "-"), value) for key, value in headers.items()]
        if not any(key.lower() == "content-type" for key, _ in said):
            said.append(("Content-Type", "text/html; charset=utf-8"))
        http = StatusAndHeaders(status, said, protocol="HTTP/1.1") if kind in {"response", "revisit"} else None
        content = {} if http else {"warc_content_type": dict(said)["Content-Type"]}
        record = self.writer.create_warc_record(
            URL.format(name), kind, payload=io.BytesIO(body), http_headers=http, **content
        )
        self.writer.write_record(record)
        return self

    @property
    def bytes(self):
        return self.file.getvalue()


def read(content):
    found = list(offers_of(unpacked(io.BufferedReader(io.BytesIO(content))), max_page_bytes=MOST))
    offers = [each for each in found if isinstance(each, Offer)]
    return offers, [each for each in found if isinstance(each, Unreadable)]


def urls(offers):
    return [offer.url.rpartition("/")[2] for offer in offers]


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def archive(request):
    return Archive(packed=request.param)


def test_every_page_is_offered_in_order(archive):
    archive.add("1").add("2", "<p>Grüße".encode("latin-1"), content_type="text/html; charset=ISO-8859-1")

    offers, unreadable = read(archive.bytes)

    assert offers == [Offer(url=URL.format(1), html=HTML), Offer(url=URL.format(2), html="<p>Grüße")]
    assert unreadable == []


def test_only_pages_that_were_found_are_offered(archive):
    archive.writer.write_record(archive.writer.create_warcinfo_record("x", {"software": "test"}))
    archive.add("image", b"\x89PNG", Content_Type="image/png")
    archive.add("gone", status="404 Not Found").add("moved", b"", status="301 Moved", location="/1")
    archive.add("asked", b"GET / HTTP/1.1\r\n\r\n", kind="request", Content_Type="application/http; msgtype=request")
    archive.add("note", b"{}", kind="metadata", Content_Type="application/json")
    archive.add("again", b"", kind="revisit").add("blank", b" \n ").add("1")

    assert (urls(read(archive.bytes)[0]), read(archive.bytes)[1]) == (["1"], [])


def test_a_page_that_was_kept_without_its_answer_is_a_page(archive):
    assert read(archive.add("1", kind="resource").bytes)[0] == [Offer(url=URL.format(1), html=HTML)]


def chunked(body, size=10):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(body):
    worker = zlib.compressobj(wbits=-15)
    return worker.compress(body) + worker.flush()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(chunked(HTML.encode()), {"transfer_encoding": "chunked"}, id="chunked"),
        pytest.param(HTML.encode(), {"transfer_encoding": "chunked"}, id="said to be chunked, put together already"),
        pytest.param(gzip.compress(HTML.encode()), {"content_encoding": "gzip"}, id="gzip"),
        pytest.param(HTML.encode(), {"content_encoding": "gzip"}, id="said to be gzip, unpacked already"),
        pytest.param(zlib.compress(HTML.encode()), {"content_encoding": "deflate"}, id="deflate"),
        pytest.param(raw_deflate(HTML.encode()), {"content_encoding": "deflate"}, id="deflate without its frame"),
        pytest.param(HTML.encode(), {"content_encoding": "br"}, id="said to be brotli, unpacked already"),
        pytest.param(
            chunked(gzip.compress(gzip.compress(HTML.encode()))),
            {"content_encoding": "gzip, gzip", "transfer_encoding": "chunked"},
            id="twice gzip in chunks",
        ),
    ],
)
def test_a_page_is_unwrapped(archive, body, headers):
    offers, unreadable = read(archive.add("1", body, **headers).bytes)

    assert (offers, unreadable) == ([Offer(url=URL.format(1), html=HTML)], [])


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        pytest.param(b"x" * (MOST + 1), {}, "more than 20,000 bytes", id="a large page"),
        pytest.param(b"x" * (MOST * 9), {}, "more than 20,000 bytes", id="a very large page"),
        pytest.param(gzip.compress(b"x" * 9_000_000), {"content_encoding": "gzip"}, "more than 20,000", id="a bomb"),
        pytest.param(gzip.compress(HTML.encode())[:-20], {"content_encoding": "gzip"}, "breaks off", id="half of it"),
        pytest.param(b"\x1b\x03\x80", {"content_encoding": "br"}, "packed as 'br'", id="brotli"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_and_the_rest_goes_on(archive, body, headers, reason):
    offers, [unreadable] = read(archive.add("1").add("2", body, **headers).add("3").bytes)

    assert urls(offers) == ["1", "3"]
    assert unreadable.place == URL.format(2)
    assert reason in unreadable.reason


@given(st.booleans(), st.floats(0.001, 0.999))
def test_of_a_file_that_is_cut_off_what_was_whole_is_kept(packed, share):
    archive = Archive(packed=packed)
    ends = [len(archive.add(str(number)).bytes) for number in range(4)]
    cut = int(share * ends[-1])
    whole = sum(end <= cut for end in ends)

    offers, unreadable = read(archive.bytes[:cut])

    assert urls(offers)[:whole] == [str(number) for number in range(whole)]
    assert len(offers) <= whole + 1  # the blank lines after a record may be what is missing
    assert len(offers) + len(unreadable) >= min(4, whole + (cut not in ends))


def test_a_record_of_a_wrong_length_is_told_and_the_next_is_found():
    archive = Archive(packed=False).add("1").add("2").add("3")
    content = archive.bytes
    place = content.index(b"Content-Length", content.index(b"WARC-Type: response", 100))
    length = content[place:].split(b"\r\n")[0]
    shorter = content.replace(length, b"Content-Length: 9", 1)

    offers, unreadable = read(shorter)

    assert urls(offers)[-2:] == ["2", "3"]
    assert any("no HTTP answer" in each.reason or "stands here" in each.reason for each in unreadable)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", id="no length"),
        pytest.param(b"WARC/1.0\r\nContent-Length: -4\r\n\r\n", id="a negative length"),
        pytest.param(b"WARC/1.0\r\nContent-Length: " + b"9" * 400 + b"\r\n\r\n", id="a giant length"),
        pytest.param(b"WARC/1.0\r\n" + b"x" * 900_000, id="a header without end"),
        pytest.param(b"WARC/1.0\r\n" + b"A: b\r\n" * 5_000, id="headers without end"),
        pytest.param(b"\0" * 90_000, id="nothing of the kind"),
    ],
)
def test_nonsense_is_told(content):
    offers, unreadable = read(content)

    assert offers == []
    assert unreadable


def test_a_bomb_is_given_up(monkeypatch):
    monkeypatch.setattr(unpacking, "RATIO_FROM", 1_000_000)
    bomb = Archive(packed=True).add("1").bytes + gzip.compress(b"\n" * 100_000_000)

    offers, [unreadable] = read(bomb)

    assert urls(offers) == ["1"]
    assert "unpacks to more than 300 times its size" in unreadable.reason


def test_wgets_brackets_are_no_part_of_an_address():
    content = Archive(packed=False).add("1").bytes.replace(b"https://paper.example/1", b"<https://paper.example/1>")

    assert read(content)[0][0].url == URL.format(1)
