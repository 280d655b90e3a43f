"""Sitemaps and indexes of them, packed or not, honest or not."""

import gzip
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.errors import SourceError
from backstory.sources.sitemaps import MAX_ENTRIES, MAX_SITEMAP, MAX_UNFINISHED, Further, parse_sitemap
from servers.feeds import Newsroom
from servers.http import Request

URL = "https://courier.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*entries, spaces=SPACE):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>{"".join(entries)}</urlset>'.encode()


def entry(path="/n/1", inner=""):
    return f"<url><loc>https://courier.example{path}</loc>{inner}</url>"


def test_a_news_sitemap_offers_its_articles():
    newsroom = Newsroom(1)
    body = newsroom.answer(Request("GET", "/0/sitemap.xml", {}, {"host": "courier.example"})).body
    story = newsroom.outlets[0].stories[0]

    found = parse_sitemap(body, "http://courier.example/0/sitemap.xml")

    assert len(found.items) == 5
    assert found.trouble == ()
    offer = found.offers[0]
    assert (offer.url, offer.headline) == ("http://courier.example/0/news/0", story.headline)
    assert (offer.publisher, offer.language) == ("Courier No. 0", "en")
    assert offer.published
    assert offer.published.at == story.at


def test_the_day_of_a_change_is_no_day_of_publication():
    [item] = parse_sitemap(urlset(entry(inner="<lastmod>2024-05-07</lastmod>")), URL).items
    assert item.offer.published is None
    assert item.updated
    assert item.updated.day == date(2024, 5, 7)


def test_news_from_after_the_moment_of_reading_has_no_day():
    inner = "<news:news><news:publication_date>2084-05-07</news:publication_date></news:news>"
    body = urlset(entry(inner=inner), spaces=f"{SPACE} {NEWS}")
    assert parse_sitemap(body, URL, read_at=datetime(2024, 5, 8, tzinfo=UTC)).offers[0].published is None


def test_an_index_names_further_sitemaps():
    body = (
        f"<sitemapindex {SPACE}><sitemap><loc>https://courier.example/2024-05.xml.gz</loc>"
        "<lastmod>2024-05-31T10:00:00Z</lastmod></sitemap><sitemap><loc>/2024-04.xml</loc></sitemap></sitemapindex>"
    ).encode()
    found = parse_sitemap(body, URL)

    assert [further.url for further in found.further] == [
        "https://courier.example/2024-05.xml.gz",
        "https://courier.example/2024-04.xml",
    ]
    assert found.further[0].updated
    assert found.further[1] == Further("https://courier.example/2024-04.xml")


def test_addresses_of_pictures_and_translations_are_not_articles():
    inner = (
        '<image:image xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><image:loc>/a.png</image:loc>'
        '</image:image><xhtml:link xmlns:xhtml="http://www.w3.org/1999/xhtml" href="/de"/>'
    )
    assert [offer.url for offer in parse_sitemap(urlset(entry(inner=inner)), URL).offers] == [
        "https://courier.example/n/1"
    ]


def test_a_sitemap_speaks_for_its_own_host_unless_another_names_it():
    body = urlset(entry(), "<url><loc>https://gazette.example/n/1</loc></url>", "<url><loc>mailto:a@b</loc></url>")

    alone = parse_sitemap(body, "https://www.courier.example/sitemap.xml")
    named = parse_sitemap(body, URL, hosts=("www.gazette.example",))

    assert len(alone.items) == 1
    assert alone.trouble == (
        "1 of its entries lead to other sites, for which it cannot speak",
        "1 of its entries lead nowhere",
    )
    assert len(named.items) == 2


@pytest.mark.parametrize("pack", [gzip.compress, lambda body: body], ids=["packed", "plain"])
def test_a_sitemap_may_come_packed(pack):
    body = pack(urlset(*(entry(f"/n/{number}") for number in range(3_000))))
    found = parse_sitemap(body, URL)
    assert len(found.items) == 3_000
    assert found.trouble == ()


def test_a_list_of_addresses_is_a_sitemap():
    body = b"https://courier.example/n/1\nhttps://courier.example/n/2\n\nhttps://gazette.example/\n"
    found = parse_sitemap(body, URL)
    assert [offer.url for offer in found.offers] == ["https://courier.example/n/1", "https://courier.example/n/2"]


def test_a_sitemap_that_is_cut_short_gives_what_came():
    packed = gzip.compress(urlset(*(entry(f"/n/{number}") for number in range(20_000))), 0)
    found = parse_sitemap(packed[: len(packed) // 2], URL)
    assert 5_000 < len(found.items) < 15_000
    assert "what is packed is cut short" in found.trouble


@pytest.mark.parametrize("cut", range(10, 60))
def test_an_address_that_is_cut_short_is_not_taken_for_another(cut):
    found = parse_sitemap(urlset(entry(), entry("/n/2012-12"))[:-cut], URL)
    assert {offer.url for offer in found.offers} <= {"https://courier.example/n/1", "https://courier.example/n/2012-12"}
    assert "it is cut short" in found.trouble


def test_a_sitemap_with_faults_gives_what_can_be_read():
    body = urlset(entry("/n/1?a=1&b=2"), entry("/n/2", "<b>"), entry("/n/3"))
    assert {offer.url.rpartition("/")[2][0] for offer in parse_sitemap(body, URL).offers} == {"1", "2", "3"}


def test_more_than_the_protocol_allows_is_not_read():
    found = parse_sitemap(urlset(*(entry(f"/n/{number}") for number in range(MAX_ENTRIES + 50))), URL)
    assert len(found.items) == MAX_ENTRIES
    assert found.trouble == (f"only the first {MAX_ENTRIES:,} of its entries were read",)


def test_a_sitemap_of_just_as_many_as_the_protocol_allows_is_read_whole():
    body = b"\n".join(b"https://courier.example/n/%d" % number for number in range(MAX_ENTRIES))
    found = parse_sitemap(body, URL)
    assert (len(found.items), found.trouble) == (MAX_ENTRIES, ())


def test_a_packed_bomb_is_unpacked_no_further_than_a_sitemap_may_be_long():
    bomb = gzip.compress(urlset()[:-9] + entry().encode() + b" " * (2 * MAX_SITEMAP), 9)
    found = parse_sitemap(bomb, URL)
    assert len(found.items) == 1
    assert found.trouble == (f"it is larger than {MAX_SITEMAP:,} bytes; the rest was not read",)


def test_an_entry_that_never_ends_is_given_up():
    body = urlset(entry(), "<url>", "<x/>" * (4 * MAX_UNFINISHED))
    found = parse_sitemap(body, URL)
    assert len(found.items) == 1
    assert "an entry of it does not end; the rest was not read" in found.trouble


def test_entities_are_not_expanded():
    bomb = (
        b'<!DOCTYPE urlset [<!ENTITY a "https://courier.example/"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        + urlset("<url><loc>&a;</loc></url><url><loc>&b;</loc></url>")[39:]
    )
    assert parse_sitemap(bomb, URL).items == ()


@pytest.mark.parametrize("body", [b"", b"<html/>", b"<rss/>", b"\x1f\x8b\x08broken", b"{}", b"not an address"])
def test_what_is_no_sitemap_is_refused(body):
    with pytest.raises(SourceError):
        parse_sitemap(body, URL)


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(body):
    for candidate in (body, b"<urlset>" + body, gzip.compress(b"<urlset><url><loc>" + body), urlset(entry()) + body):
        try:
            parse_sitemap(candidate, URL)
        except SourceError as error:
            assert str(error)  # noqa: PT017 - either is right, nothing else is
