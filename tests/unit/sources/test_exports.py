"""What reading programs export, in the forms that they write."""

import io
import json
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model import Offer, Publication
from backstory.sources.exports import MAX_ROW, json_offers, link_offers, table_offers
from backstory.sources.unreadable import Unreadable

PIER = "https://paper.example/pier"
MOST = 5_000

WALLABAG = [
    {
        "is_archived": 1,
        "tags": ["news"],
        "id": 7,
        "title": "Pier shut",
        "url": PIER,
        "content": "<p>The pier is shut.</p>",
        "created_at": "2024-05-08T10:00:00+0000",
        "published_at": "2024-05-07T09:30:00+0200",
        "published_by": ["A. Ott"],
        "language": "en",
        "domain_name": "www.paper.example",
    }
]
MINIFLUX_ENTRY = {
    "id": 888,
    "user_id": 1,
    "status": "read",
    "title": "Pier shut",
    "url": PIER,
    "published_at": "2024-05-07T07:30:00Z",
    "content": "<p>The pier is shut.</p>",
    "author": "A. Ott",
    "feed": {"id": 4, "title": "The Lake Courier", "site_url": "https://paper.example/"},
}
READABILITY_JS = [
    {
        "url": PIER,
        "title": "Pier shut",
        "byline": "A. Ott",
        "lang": "en",
        "content": "<div><p>The pier is shut.</p></div>",
        "textContent": "The pier is shut.",
        "siteName": "The Lake Courier",
        "publishedTime": "2024-05-07",
    }
]


def stream(content):
    return io.BufferedReader(io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def from_json(items):
    return list(json_offers(stream(items if isinstance(items, (str, bytes)) else json.dumps(items)), most=MOST))


def test_wallabag():
    [offer] = from_json(WALLABAG)

    at = datetime(2024, 5, 7, 7, 30, tzinfo=UTC)
    assert offer == Offer(
        url=PIER,
        headline="Pier shut",
        publisher="paper.example",
        authors=("A. Ott",),
        language="en",
        published=Publication(date(2024, 5, 7), at),
        html="<p>The pier is shut.</p>",
    )


def test_miniflux():
    [offer] = from_json([MINIFLUX_ENTRY])

    assert isinstance(offer, Offer)
    assert (offer.publisher, offer.authors) == ("The Lake Courier", ("A. Ott",))
    assert offer.published == Publication(date(2024, 5, 7), datetime(2024, 5, 7, 7, 30, tzinfo=UTC))


def test_readability_keeps_its_paragraphs():
    [offer] = from_json(READABILITY_JS)

    assert isinstance(offer, Offer)
    assert (offer.text, offer.html) == ("", "<div><p>The pier is shut.</p></div>")
    assert (offer.publisher, offer.published) == ("The Lake Courier", Publication(date(2024, 5, 7)))


def test_a_list_of_import_lines():
    [offer] = from_json([{"url": PIER, "title": "Pier shut", "text": "The pier is shut.", "published": "2024-05-07"}])

    assert offer == Offer(
        url=PIER, headline="Pier shut", text="The pier is shut.", published=Publication(date(2024, 5, 7))
    )


def test_an_item_that_was_only_saved_is_an_address():
    assert from_json([{"article__url": PIER, "article__title": "Pier shut", "date_added": "2024-05-08"}]) == [
        Offer(url=PIER, headline="Pier shut")
    ]


def test_what_an_item_lacks_or_has_wrong_is_told_and_the_rest_goes_on():
    items = [{"title": "x"}, {"url": "javascript:x"}, {"url": PIER, "content": "x" * MOST}, {"url": PIER, "author": 7}]

    assert from_json(items) == [
        Unreadable("item 1", "it names no web address"),
        Unreadable("item 2", "it names no web address"),
        Unreadable("item 3", "it has more than 5,000 bytes"),
        Offer(url=PIER, authors=("7",)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        '[{"url": "https://a.example/1"}, {"url": ',
        '[{"url": "https://a.example/1"}',
        '[{"url": "https://a.example/1"}, {"url": "\\',
    ],
)
def test_a_list_that_is_cut_off_gives_what_was_whole(content):
    offer, broken = from_json(content)

    assert isinstance(offer, Offer)
    assert broken == Unreadable("after item 1", "the file breaks off here: the list does not end")


@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=9) | st.lists(st.integers())), max_size=4))
def test_every_object_of_a_list_is_found(objects):
    found = from_json([{"url": PIER, "more": each, "title": '{["]}\\'} for each in objects])

    assert found == [Offer(url=PIER, headline='{["]}\\')] * len(objects)


def test_pocket_as_it_was_exported():
    page = """<!DOCTYPE html>
<html><!--So long and thanks for all the fish-->
<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>Pocket Export</title></head>
<body><h1>Unread</h1><ul>
<li><a href="https://paper.example/pier?a=1&amp;b=2" time_added="1421070000" tags="news,lake">Pier &amp; ferry</a></li>
<li><a href="https://paper.example/2" time_added="1421070001" tags="">https://paper.example/2</a></li>
<li><a href="javascript:void(0)">x</a></li></ul></body></html>"""

    assert list(link_offers(stream(page))) == [
        Offer(url="https://paper.example/pier?a=1&b=2", headline="Pier & ferry"),
        Offer(url="https://paper.example/2", headline="https://paper.example/2"),
    ]


def test_a_long_list_of_links_gives_each_once():
    page = "<title>Pocket Export</title>" + "".join(
        f'<li><a href="https://paper.example/{number}" tags="{"x" * (number % 90)}">No {number}</a>'
        for number in range(9_000)
    )

    offers = list(link_offers(stream(page)))

    found = [offer.url for offer in offers if isinstance(offer, Offer)]
    assert found == [f"https://paper.example/{number}" for number in range(9_000)]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(f"title,url,time_added,tags,status\nPier shut,{PIER},1421070000,a|b,unread\n", id="Pocket"),
        pytest.param(f"URL,Title,Selection,Folder,Timestamp\n{PIER},Pier shut,,Unread,1421070000\n", id="Instapaper"),
        pytest.param(f'\ufeffid,title,note,url,created\r\n1,"Pier\nshut","",{PIER},2024-05-08\r\n', id="Raindrop"),
    ],
)
def test_tables(table):
    assert list(table_offers(stream(table))) == [Offer(url=PIER, headline="Pier shut")]


def test_a_row_without_an_address_is_told():
    assert list(table_offers(stream(f"url,title\n,x\n{PIER},y\n"))) == [
        Unreadable("row 2", "it names no web address"),
        Offer(url=PIER, headline="y"),
    ]


LONG = "x" * (MAX_ROW + 1)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(f"{LONG},x\n", id="a field"),
        pytest.param("a," * MAX_ROW + "\n", id="many fields"),
    ],
)
def test_a_row_that_is_too_long_is_told_and_the_rest_goes_on(row):
    first, broken, *_, last = table_offers(stream(f"url,title\n{PIER},y\n{row}{PIER}/2,z\n"))

    assert (first, last) == (Offer(url=PIER, headline="y"), Offer(url=f"{PIER}/2", headline="z"))
    assert isinstance(broken, Unreadable)
    assert broken.place == "row 3"
    assert "more than 1,000,000 characters" in broken.reason


def test_a_quotation_that_never_ends_costs_no_more_than_a_row():
    rows = "".join(f"{PIER}/{number},y\n" for number in range(100_000))
    first, broken, *rest = table_offers(stream(f'url,title\n{PIER},y\n"{PIER},z\n{rows}'))

    assert first == Offer(url=PIER, headline="y")
    assert isinstance(broken, Unreadable)
    assert rest[-1] == Offer(url=f"{PIER}/99999", headline="y")
    assert len(rest) > 100_000 - MAX_ROW // len(f"{PIER}/0,y")


@pytest.mark.parametrize("head", ["url,title\n", ""])
def test_a_table_without_line_ends_is_read_in_little_memory(head):
    content = head.encode() + b"https://paper.example/1,Pier shut," * 1_000_000
    tracemalloc.start()
    try:
        [broken] = table_offers(stream(content))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert isinstance(broken, Unreadable)
    assert most < len(content) + 16 * MAX_ROW
