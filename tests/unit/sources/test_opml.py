"""Lists of feeds, as other readers write them and as we do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import SourceError
from backstory.sources.opml import MAX_FEEDS, OpmlFeed, read_opml, write_opml


def opml(outlines):
    return (
        f'<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>{outlines}</body></opml>'.encode()
    )


def test_nested_folders_are_one_folder_with_both_names():
    body = opml(
        '<outline text="Europe"><outline text="Lakes"><outline type="rss" text="The Courier" '
        'xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/></outline></outline>'
    )
    assert read_opml(body) == (
        OpmlFeed("The Courier", "https://courier.example/feed", "https://courier.example/", "Europe / Lakes"),
    )


@pytest.mark.parametrize(
    ("outline", "url"),
    [
        pytest.param('<outline TEXT="T" xmlurl="https://c.example/f"/>', "https://c.example/f", id="names in any case"),
        pytest.param('<outline text="T" xmlUrl="feed://c.example/f"/>', "http://c.example/f", id="feed: of old"),
        pytest.param('<outline text="T" xmlUrl="feed:https://c.example/"/>', "https://c.example/", id="feed: in front"),
        pytest.param('<outline text="A & B" xmlUrl="https://c.example/?a&b"/>', "https://c.example/?a&b", id="bare &"),
    ],
)  # fmt: skip
def test_sloppy_lists_are_read(outline, url):
    assert [feed.url for feed in read_opml(opml(outline))] == [url]


def test_what_is_no_feed_of_the_web_is_passed_over():
    body = opml(
        '<outline text="a" xmlUrl="file:///etc/passwd"/><outline text="b" xmlUrl="javascript:x"/>'
        '<outline type="link" text="c" url="https://c.example/"/><outline text="d" xmlUrl="https://d.example/"/>'
    )
    assert [feed.title for feed in read_opml(body)] == ["d"]


def test_the_same_feed_under_two_folders_is_one_feed():
    feed = '<outline text="{}"><outline text="C" xmlUrl="https://c.example/f"/></outline>'
    assert [found.folder for found in read_opml(opml(feed.format("One") + feed.format("Two")))] == ["One"]


def test_a_category_is_a_folder_where_there_is_none():
    outline = '<outline text="C" category="/News/Local,/Other" xmlUrl="https://c.example/f"/>'
    assert [found.folder for found in read_opml(opml(outline))] == ["News/Local"]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"<rss/>", b"\x00\xff", b"opml", b"<opml"])
def test_what_is_no_list_is_refused(body):
    with pytest.raises(SourceError):
        read_opml(body)


def test_entities_are_not_expanded_and_depth_is_bounded():
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="http://c.example/"/></body></opml>'
    assert [feed.title for feed in read_opml(bomb)] == ["&b;"]
    deep = b"<opml><body>" + b'<outline text="x">' * 50_000
    assert read_opml(deep) == ()


def test_longer_lists_than_anybody_keeps_are_cut():
    outlines = "".join(f'<outline text="C" xmlUrl="https://c.example/{number}"/>' for number in range(MAX_FEEDS + 10))
    assert len(read_opml(opml(outlines))) == MAX_FEEDS


def test_a_written_list_names_itself():
    body = write_opml([OpmlFeed("C", "https://c.example/f", "", "News")], title="Feeds of Ada & Co.")
    assert b"<title>Feeds of Ada &amp; Co.</title>" in body
    assert body.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<opml version=\"2.0\">")


_UNSEEN = "\ufffe\uffff\u00ad\u200b\u2060\ufeff"
_LINES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cn"), blacklist_characters=_UNSEEN), max_size=30
)
_FEEDS = st.builds(
    OpmlFeed,
    title=_LINES,
    url=st.integers(0, 99).map("https://courier.example/feed?a=1&b={}".format),
    site=st.sampled_from(["", "https://courier.example/"]),
    folder=_LINES,
)


@given(st.lists(_FEEDS, unique_by=lambda feed: feed.url))
def test_what_is_written_is_read_back(feeds):
    assert read_opml(write_opml(feeds)) == tuple(feeds)


@given(st.lists(st.builds(OpmlFeed, st.text(), st.text(), st.text(), st.text())))
def test_whatever_is_written_can_be_read_and_reading_settles_it(feeds):
    once = read_opml(write_opml(feeds))
    assert read_opml(write_opml(once)) == once


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(body):
    for candidate in (body, b"<opml>" + body, opml("") + body):
        try:
            read_opml(candidate)
        except SourceError as error:
            assert str(error)  # noqa: PT017 - either is right, nothing else is
