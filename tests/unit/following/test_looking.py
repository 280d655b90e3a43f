"""Earlier pages of a feed that showed more than it shows, and what a site says of its sitemaps."""

import pytest

from backstory.errors import FetchError, SourceError
from backstory.following.looking import TEXTS_HELD
from backstory.following.polling import GAP_TRIES
from unit.following.world import FEED, feed_of, kept, page_of

FRONT = "https://site.example/"
ROBOTS = "https://site.example/robots.txt"


def rss_page(*numbers, page=0):
    """A page of a feed, and, where it is given, the number of the next."""
    link = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='next' href='{FEED}?page={page}'/>"
    return feed_of(*numbers, extra=link if page else "")


async def test_what_was_missed_is_found_on_earlier_pages(desk, world, archive, clock):
    await desk.follower.once()
    world.places[FEED] = rss_page(9, 8, page=2)
    world.places[f"{FEED}?page=2"] = rss_page(7, 6, 5, page=3)
    world.places[f"{FEED}?page=3"] = rss_page(4, 3, 2, page=4)
    clock.forward(days=2)

    await desk.follower.once()

    assert await kept(archive) == [f"https://paper.example/{n}" for n in range(1, 10)]
    assert f"{FEED}?page=4" not in world.urls()


async def test_a_feed_that_shows_something_known_or_is_new_is_not_paged_back(desk, world, clock):
    world.places[FEED] = rss_page(3, 2, 1, page=2)
    await desk.follower.once()
    world.places[FEED] = rss_page(4, 3, 2, page=2)
    clock.forward(days=1)
    await desk.follower.once()
    assert f"{FEED}?page=2" not in world.urls()


async def test_earlier_pages_that_fail_are_asked_again_and_at_last_done_without(desk, world, archive, clock):
    await desk.follower.once()
    world.places[FEED] = rss_page(9, 8, page=2)
    world.places[f"{FEED}?page=2"] = FetchError("it answered with 503", status=503)
    states = []
    for _ in range(GAP_TRIES):
        clock.forward(days=2)
        await desk.follower.once()
        states.append(desk.feeds.all()[0].state)
    assert states == ["failing"] * (GAP_TRIES - 1) + ["well"]
    assert await kept(archive) == [f"https://paper.example/{n}" for n in (1, 2, 8, 9)]


async def test_pages_that_lead_in_a_circle_or_never_end_are_left(desk, world, clock):
    await desk.follower.once()
    world.places[FEED] = rss_page(299, page=2)
    for page in range(2, 200):
        world.places[f"{FEED}?page={page}"] = rss_page(300 - page, page=page + 1)
    clock.forward(days=2)
    await desk.follower.once()
    assert sum("page=" in url for url in world.urls()) == 49

    world.places[FEED] = rss_page(500, page=2)
    world.places[f"{FEED}?page=2"] = rss_page(501, page=2)
    clock.forward(days=2)
    await desk.follower.once()
    assert world.urls().count(f"{FEED}?page=2") == 2


async def test_the_texts_of_many_earlier_items_are_not_held(desk, world, archive, clock):
    def full(*numbers, page=0):
        text = page_of(1).partition("<article>")[2] * 10
        return rss_page(*numbers, page=page).replace("</item>", f"<description><![CDATA[{text}]]></description></item>")

    await desk.follower.once()
    half = TEXTS_HELD // 2 + 1
    world.places[FEED] = full(299, page=2)
    for page in (2, 3, 4):
        first = 3 + (page - 2) * half
        world.places[f"{FEED}?page={page}"] = full(*range(first, min(first + half, 260)), page=page + 1)
    world.places[f"{FEED}?page=5"] = full(1)
    clock.forward(days=2)
    await desk.follower.once()
    assert "https://paper.example/4" not in world.urls()
    assert "https://paper.example/250" in world.urls()
    assert len(await kept(archive)) == 2 + 1 + (260 - 3)


def sitemap_of(*numbers):
    entries = "".join(f"<url><loc>https://site.example/{n}</loc></url>" for n in numbers)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"


async def test_of_a_page_without_a_feed_the_sitemap_is_followed_that_its_robots_txt_names(desk, world):
    world.places[FRONT] = "<html><body><p>News of the harbour.</p></body></html>"
    world.places[ROBOTS] = (
        "User-agent: *\nSitemap: https://site.example/pages.xml\nSitemap: https://site.example/google-news.xml\n"
    )
    world.places["https://site.example/pages.xml"] = sitemap_of(1)
    world.places["https://site.example/google-news.xml"] = sitemap_of(2, 3)

    [feed] = await desk.follow(FRONT)

    assert (feed.url, feed.kind) == ("https://site.example/google-news.xml", "sitemap")


async def test_a_feed_that_a_page_names_wins_and_robots_txt_is_not_asked(desk, world):
    world.places[FRONT] = (
        "<html><head><link rel=alternate type='application/rss+xml' href=/all.xml></head><body>x</body></html>"
    )
    world.places["https://site.example/all.xml"] = feed_of(1)
    [feed] = await desk.follow(FRONT)
    assert (feed.url, ROBOTS in world.urls()) == ("https://site.example/all.xml", False)


SEVERAL = (
    "<html><head><link rel=alternate type='application/rss+xml' title='Harbour' href=/harbour.xml>"
    "<link rel=alternate type='application/atom+xml' href=/town.xml></head><body>News</body></html>"
)


async def test_of_a_page_that_names_several_feeds_none_is_followed_until_one_is_chosen(desk, world):
    world.places[FRONT] = SEVERAL
    before = desk.feeds.count()

    found = await desk.discover(FRONT)

    assert [(one.url, one.kind, one.title) for one in found] == [
        ("https://site.example/harbour.xml", "rss", "Harbour"),
        ("https://site.example/town.xml", "atom", ""),
    ]
    assert desk.feeds.count() == before
    assert world.urls() == [FRONT]


async def test_what_leaves_no_choice_is_followed_at_once(desk, world):
    world.places[FRONT] = SEVERAL.replace("<link rel=alternate type='application/atom+xml' href=/town.xml>", "")
    world.places["https://site.example/harbour.xml"] = feed_of(1)
    assert await desk.discover(FRONT) == ()
    assert desk.feeds.get("https://site.example/harbour.xml").state == "well"

    world.places["https://slow.example/"] = FetchError("it answered with 503", status=503)
    assert await desk.discover("https://slow.example/") == ()
    assert desk.feeds.get("https://slow.example/").state == "failing"
    asked = len(world.urls())
    assert await desk.discover("https://slow.example/") == ()  # it is followed already
    assert len(world.urls()) == asked
    world.places["https://none.example/"] = FetchError("it answered with 404", status=404)
    with pytest.raises(FetchError, match="404"):
        await desk.discover("https://none.example/")


async def test_where_robots_txt_names_none_the_usual_places_are_tried(desk, world):
    world.places[FRONT] = "<html><body><p>News of the harbour.</p></body></html>"
    with pytest.raises(SourceError, match="no feed"):
        await desk.follow(FRONT)
    world.places["https://site.example/feed/"] = feed_of(1)
    [feed] = await desk.follow(FRONT)
    assert feed.url == "https://site.example/feed/"


async def test_an_index_that_robots_txt_names_is_followed_with_what_it_names(desk, world):
    world.places[FRONT] = "<html><body><p>News of the harbour.</p></body></html>"
    world.places[ROBOTS] = "Sitemap: https://site.example/index.xml"
    world.places["https://site.example/index.xml"] = (
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>https://site.example/part.xml</loc></sitemap></sitemapindex>"
    )
    world.places["https://site.example/part.xml"] = sitemap_of(1, 2)
    [feed] = await desk.follow(FRONT)
    assert (feed.url, desk.ledger.items.count_waiting(feed.number)) == ("https://site.example/index.xml", 2)
