"""Feeds and sitemaps that mean harm: what one poll of them costs, and what is left of it."""

import pytest

from backstory.errors import FetchError
from backstory.following.polling import NEW_MOST
from backstory.following.shown import FURTHER_MOST
from unit.following.world import FEED, feed_of

INDEX = "https://site.example/index.xml"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def index_of(*places):
    return (
        f"<sitemapindex {SPACE}>{''.join(f'<sitemap><loc>{place}</loc></sitemap>' for place in places)}</sitemapindex>"
    )


async def test_an_index_that_names_itself_is_asked_for_twice_and_no_more(desk, world):
    world.places[INDEX] = index_of(INDEX)
    [feed] = await desk.follow(INDEX)

    assert world.urls() == [INDEX, INDEX]
    assert (feed.kind, feed.state) == ("sitemap", "well")


async def test_indexes_that_name_one_another_for_ever_are_not_followed_down(desk, world):
    for number in range(100):
        further = [f"https://site.example/{number}-{one}.xml" for one in range(1_000)]
        world.places[f"https://site.example/{number}.xml"] = index_of(*further)
    world.places[INDEX] = index_of(*(f"https://site.example/{number}.xml" for number in range(100)))
    await desk.follow(INDEX)

    assert len(world.asked) == 1 + FURTHER_MOST


async def test_a_feed_of_a_hundred_thousand_items_brings_no_more_than_a_poll_may(desk, world, clock):
    await desk.follower.once()
    world.places[FEED] = feed_of(*range(100_000, 0, -1))
    clock.forward(days=2)
    asked = len(world.asked)

    await desk.follower.once()

    assert len(world.asked) - asked <= 1 + NEW_MOST
    assert desk.ledger.items.count_seen() <= 2 * NEW_MOST + 2


async def test_ids_that_change_at_every_poll_fetch_nothing_twice(desk, world, clock):
    for poll in range(20):
        world.places[FEED] = feed_of(1, 2).replace("id-", f"poll-{poll}-id-")
        await desk.follower.once()
        clock.forward(days=2)

    [feed] = desk.feeds.all()
    assert feed.state == "well"
    assert [world.urls().count(f"https://paper.example/{number}") for number in (1, 2)] == [1, 1]


@pytest.mark.parametrize("status", [401, 402, 403, 451, 500])
async def test_a_feed_that_is_refused_is_asked_ever_less(desk, world, clock, status):
    world.places[FEED] = FetchError(f"{FEED} answered with {status}", status=status)
    for _ in range(30):
        await desk.follower.once()
        clock.forward(hours=1)

    [feed] = desk.feeds.all()
    assert (feed.state, str(status) in feed.trouble) == ("failing", True)
    assert len(world.asked) <= 8
