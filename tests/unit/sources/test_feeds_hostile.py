"""Feeds that mean harm: whatever comes, the answer is a feed or a refusal, in time that grows with the bytes."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstory.errors import SourceError
from backstory.sources.discovery import discover, sitemaps_of
from backstory.sources.feeds import Feed, parse_feed
from backstory.sources.kinds import what_is
from backstory.sources.opml import read_opml
from backstory.sources.sitemaps import parse_sitemap

URL = "https://courier.example/feed"
SIZE = 400_000  # bytes, or as near as the pieces come
SECONDS = 3.0  # of one core for all readers, which take a tenth of it; what is quadratic takes far more at this size

_RSS = '<rss version="2.0"><channel><item><title>{}'
_PIECES = {
    "tags never closed": _RSS.format("<a>"),
    "escaped comments": "&lt;!--",
    "escaped tags": "&lt;div ",
    "brackets": "<",
    "ampersands": "&",
    "ampersands with a name": "&eacute",
    "CDATA never closed": "<![CDATA[",
    "items never closed": "<item>",
    "ends without beginnings": "</item>",
    "items of one line": "<item/>",
    "attributes": 'a="b" ',
    "processing instructions": "<?x ",
    "comments": "<!--",
    "closed comments": "<!-- -->",
    "doctypes": "<!DOCTYPE [",
    "doctypes with brackets": "<!DOCTYPE x [ ]",
    "urls": "<url><loc>https://courier.example/",
    "outlines": '<outline text="x">',
    "blanks": " ",
    "quotes": '"',
    "addresses": "https://courier.example/ ",
    "links": "<link rel=alternate type=application/rss+xml href=x>",
    "anchors": "<a href='/feed/",
    "sitemap lines": "sitemap: \n",
    "sitemap blanks": "sitemap \t ",
    "JSON objects": '{"items":[',
    "JSON escapes": '"\\u',
    "backslashes": "\\",
    "deep JSON": "[",
    "deep XML": "<a>",
    "read more": "read more … ",
}
_STARTS = (
    "",
    _RSS.format(""),
    _RSS.format("x</title><description>"),
    '<?xml version="1.0"?><!DOCTYPE rss [',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">',
    '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "content_html": "',
    "<urlset><url>",
    "<opml><body>",
    "<html><body>",
)


def every_reader(body):
    discover(body, URL)
    sitemaps_of(body, URL)
    what_is(body)
    for reader in (lambda: parse_feed(body, URL), lambda: parse_sitemap(body, URL), lambda: read_opml(body)):
        try:
            reader()
        except SourceError as error:
            assert len(str(error)) < 1_000  # noqa: PT017 - either is right, nothing else is


@pytest.mark.parametrize("piece", _PIECES.values(), ids=_PIECES)
def test_the_time_grows_with_the_bytes(piece):
    for start in _STARTS:
        body = (start + piece * (SIZE // len(piece))).encode()
        begun = process_time()
        every_reader(body)
        assert process_time() - begun < SECONDS, start


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*_PIECES.values(), *_STARTS, "</title>", "</description>", "]]>", ">", "]}", "x"])))
def test_pieces_in_any_order_do_no_harm(pieces):
    every_reader("".join(pieces).encode())


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "utf-16", "punycode", "zlib", "hz", "\ud800", "x" * 99]))
def test_any_bytes_are_a_feed_or_a_refusal(body, charset):
    for candidate in (body, b"<rss><channel>" + body, b'{"version":"https://jsonfeed.org/version/1","items":[' + body):
        try:
            assert isinstance(parse_feed(candidate, URL, charset=charset), Feed)
        except SourceError as error:
            assert str(error)  # noqa: PT017 - either is right, nothing else is


def test_a_slow_codec_is_never_asked():
    body = b"<rss>" + b"a" * 300_000 + b"-" + b"b" * 300_000
    begun = process_time()
    with pytest.raises(SourceError):
        parse_feed(body, URL, charset="punycode")
    assert process_time() - begun < 1.0


def test_entities_are_not_expanded():
    levels = "".join(
        f'<!ENTITY {here} "{f"&{below};" * 10}">' for below, here in zip("abcdefgh", "bcdefghi", strict=True)
    )
    body = f'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{levels}]><rss><channel><title>&i;</title></channel></rss>'.encode()
    assert parse_feed(body, URL).title == "&i;"


@pytest.mark.parametrize("value", ["]", "> ]", "x" * 300_000])
def test_a_type_that_hides_its_end_is_refused(value):
    with pytest.raises(SourceError, match="document type"):
        parse_feed(f'<!DOCTYPE rss [<!ENTITY a "{value}">]><rss><channel/></rss>'.encode(), URL)


def test_no_file_is_read(tmp_path):
    (tmp_path / "secret").write_text("a secret")
    entity = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    body = entity + "<rss><channel><title>&a;</title></channel></rss>"
    assert "a secret" not in repr(parse_feed(body.encode(), URL))


def test_a_root_of_any_length_is_not_read_again_for_each_item():
    root = "<rss " + " ".join(f'a{number}="{"x" * 20}"' for number in range(20_000)) + ">"
    items = "<item><link>https://courier.example/1</link></item>" * 2_000
    begun = process_time()
    feed = parse_feed(f"{root}<channel>{items}<never closed></channel></rss>".encode(), URL)
    assert process_time() - begun < SECONDS
    assert [item.offer.url for item in feed.items] == ["https://courier.example/1"]


def test_an_outline_with_any_number_of_attributes_is_read_in_time():
    attributes = " ".join(f'a{number}=""' for number in range(60_000))
    begun = process_time()
    [feed] = read_opml(f'<opml><body><outline xmlUrl="{URL}" {attributes}/></body></opml>'.encode())
    assert process_time() - begun < SECONDS
    assert feed.url == URL
