from datetime import UTC, datetime

import pytest

from backstory.errors import SourceError
from backstory.fetching import Fetched
from backstory.following.shown import FURTHER_MOST, shown_by
from backstory.model import Offer

NOW = datetime(2024, 5, 8, 12, tzinfo=UTC)
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


def shown(text, url="https://paper.example/there", **more):
    return shown_by(Fetched(url, text.encode(), **more), NOW)


def test_a_sitemap_shows_its_newest_first():
    entries = "".join(
        f"<url><loc>https://paper.example/{day}</loc><lastmod>2024-05-{day:02}</lastmod></url>" for day in (3, 7, 5)
    )
    found = shown(URLSET.format(entries))
    assert (found.kind, [item.offer.url[-1] for item in found.items]) == ("sitemap", ["7", "5", "3"])


def test_of_an_index_those_that_changed_last_are_looked_at():
    entries = "".join(
        f"<sitemap><loc>https://paper.example/{day}.xml</loc><lastmod>2024-04-{day:02}</lastmod></sitemap>"
        for day in range(1, 20)
    )
    assert shown(INDEX.format(entries)).further == tuple(
        f"https://paper.example/{day}.xml" for day in range(19, 19 - FURTHER_MOST, -1)
    )


def test_a_page_shows_where_its_feed_may_be():
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>News</body></html>'
    found = shown(page)
    assert (found.kind, found.places[0].url) == ("page", "https://paper.example/feed")


def test_a_list_shows_its_feeds():
    found = shown('<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>')
    assert (found.kind, [feed.url for feed in found.listed]) == ("list", ["https://a.example/feed"])


@pytest.mark.parametrize("text", ["", "rubbish", "{}", "\x00\x01\x02"])
def test_what_cannot_be_followed_says_what_it_is(text):
    with pytest.raises(SourceError):
        shown(text)


FEED = """<rss version="2.0"><channel><title>Reuters</title><item><title>Told</title><link>{}</link>
<pubDate>Tue, 07 May 2024 09:00:00 GMT</pubDate><description>{}</description></item></channel></rss>"""


@pytest.mark.parametrize("place", ["https://paper.example/story", "https://news.paper.example/story"])
def test_a_feed_speaks_for_its_own_site(place):
    [item] = shown(FEED.format(place, "It rained. " * 300), url="https://www.paper.example/feed").items
    assert (item.offer.headline, bool(item.offer.html)) == ("Told", True)


@pytest.mark.parametrize("place", ["https://wire.example/story", "https://example/story", "https://apaper.example/s"])
def test_of_another_site_a_feed_says_only_that_an_article_is_there(place):
    [item] = shown(FEED.format(place, "It rained. " * 300), url="https://www.paper.example/feed").items
    assert item.offer == Offer(url=place)
