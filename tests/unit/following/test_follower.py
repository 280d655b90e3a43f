"""The follower over a door that is a small world."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from backstory.errors import ArchiveUnavailableError, FetchError, FetchRefusedError
from backstory.fetching import Fetched
from backstory.following import Feed
from backstory.following.pages import FIRST_RETRY, TRIES_MOST
from backstory.following.polling import NEW_MOST
from backstory.ingest.offers import to_article
from backstory.model import Validators
from unit.following.world import FEED, feed_of, kept, page_of


async def test_a_poll_brings_what_is_new_and_nothing_twice(desk, world, archive, clock):
    done = await desk.follower.once()
    assert (done.polled, done.added, done.failed) == (1, 2, {})
    world.places[FEED] = feed_of(1, 2, 3)
    clock.forward(days=1)

    await desk.follower.once()

    assert await kept(archive) == [f"https://paper.example/{n}" for n in (1, 2, 3)]
    assert len([url for url in world.urls() if url != FEED]) == 3
    [feed] = desk.feeds.all()
    assert (feed.title, feed.brought, feed.state) == ("The Paper", 3, "well")
    article = await archive.get("https://paper.example/1")
    assert (article.headline, article.publisher) == ("Report 1", "The Paper")


async def test_validators_are_sent_and_what_is_unchanged_is_not_read(desk, world, clock):
    known = Validators('"a"', "")
    world.places[FEED] = Fetched(FEED, feed_of(1).encode(), validators=known, fresh_seconds=7_200)
    await desk.follower.once()
    world.places[FEED] = Fetched(FEED, b"", validators=known, unchanged=True)
    clock.forward(hours=13)

    await desk.follower.once()

    assert world.asked[-1].known == known
    assert desk.feeds.all()[0].state == "well"


async def test_a_feed_is_left_alone_for_as_long_as_it_asks(desk, world, clock):
    world.places[FEED] = feed_of(1, extra="<ttl>1440</ttl>")
    await desk.follower.once()
    clock.forward(hours=23)
    assert desk.poll() == 0
    assert (await desk.follower.once()).polled == 0
    clock.forward(hours=2)
    assert (await desk.follower.once()).polled == 1


async def test_a_feed_that_fails_waits_longer_each_time_and_shows_when_all_was_well(desk, world, clock):
    await desk.follower.once()
    good = clock()
    world.places[FEED] = FetchError("it answered with 503", status=503)
    waits = []
    for _ in range(4):
        clock.now = desk.feeds.all()[0].next_at
        done = await desk.follower.once()
        assert done.failed == {FEED: "it answered with 503"}
        waits.append(desk.feeds.all()[0].next_at - clock())

    assert [later / sooner for sooner, later in pairwise(waits)] == [2, 2, 2]
    [feed] = desk.feeds.all()
    assert (feed.state, feed.failures, feed.good_at) == ("failing", 4, good)
    world.places[FEED] = feed_of(1, 2)
    clock.now = feed.next_at
    await desk.follower.once()
    assert (desk.feeds.all()[0].state, desk.feeds.all()[0].failures) == ("well", 0)


async def test_a_server_that_names_a_moment_is_not_asked_before(desk, world, clock):
    world.places[FEED] = FetchError("busy", status=429, retry_after=50_000)
    await desk.follower.once()
    assert desk.feeds.all()[0].next_at - clock() == timedelta(seconds=50_000)


async def test_a_feed_that_is_gone_is_asked_no_more_until_the_owner_says_so(desk, world, clock):
    world.places[FEED] = FetchError("it answered with 410", status=410)
    await desk.follower.once()
    clock.forward(days=30)
    assert (await desk.follower.once()).polled == 0
    assert desk.feeds.all()[0].state == "stopped"

    world.places[FEED] = feed_of(1)
    assert desk.poll(FEED) == 1
    await desk.follower.once()

    assert desk.feeds.all()[0].state == "well"


async def test_a_feed_that_moved_for_good_is_followed_where_it_is(desk, world, clock):
    new = "https://paper.example/news.xml"
    world.places[FEED] = Fetched(new, feed_of(1).encode(), moved=new)
    world.places[new] = feed_of(1, 2)
    await desk.follower.once()
    clock.forward(days=1)
    await desk.follower.once()
    assert [feed.url for feed in desk.feeds.all()] == [new]
    assert world.urls().count("https://paper.example/1") == 1


async def test_a_page_that_cannot_be_had_is_tried_a_few_times_then_given_up_with_the_reason(desk, world, clock):
    world.places["https://paper.example/2"] = FetchError("it answered with 500", status=500)
    await desk.follower.once()
    for _ in range(6):
        clock.now += FIRST_RETRY * 4**TRIES_MOST
        await desk.follower.once()

    assert world.urls().count("https://paper.example/2") == TRIES_MOST
    [feed] = desk.feeds.all()
    assert desk.ledger.items.given_up(feed.number) == (("https://paper.example/2", "it answered with 500"),)
    assert feed.brought == 1


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (FetchRefusedError("robots.txt keeps programs out"), "robots.txt"),
        (FetchError("it answered with 410", status=410), "410"),
    ],
)
async def test_a_page_that_is_not_to_be_had_is_given_up_at_once(desk, world, found, reason):
    world.places["https://paper.example/2"] = found
    done = await desk.follower.once()
    assert (done.added, done.refused) == (1, 1)
    assert reason in desk.ledger.items.given_up(desk.feeds.all()[0].number)[0][1]


async def test_an_article_that_is_there_already_is_not_fetched(desk, world):
    await desk.follower.once()
    desk.feeds.drop(FEED)
    desk.follow_all([Feed(url=FEED, added_at=desk.clock(), next_at=desk.clock())])
    await desk.follower.once()
    assert world.urls().count("https://paper.example/1") == 1


async def test_more_than_a_poll_may_bring_comes_with_the_next(desk, world, clock):
    world.places[FEED] = Fetched(FEED, feed_of(*range(1, 251)).encode(), validators=Validators('"a"'))
    assert (await desk.follower.once()).added == NEW_MOST
    clock.forward(days=1)
    assert (await desk.follower.once()).added == 50
    assert world.asked[NEW_MOST + 1].known == Validators()


async def test_a_slow_host_holds_up_nobody_else(desk, world, clock):
    other = "https://other.example/feed"
    world.places[other] = feed_of(1).replace("paper.example", "other.example")
    world.places["https://other.example/1"] = page_of(1)
    desk.follow_all([Feed(url=other, added_at=clock(), next_at=clock())])
    world.gate = asyncio.Event()
    running = asyncio.create_task(desk.follower.once())
    await asyncio.sleep(0.01)
    assert set(world.urls()) == {FEED, other}
    world.gate.set()
    assert (await running).added == 3


async def test_when_the_archive_does_not_answer_nothing_is_lost(desk, archive, monkeypatch):
    async def fail(_articles):
        raise ArchiveUnavailableError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(archive, "add", fail)
        with pytest.raises(ArchiveUnavailableError):
            await desk.follower.once()
    assert (await desk.follower.once()).added == 2


async def test_in_the_background_what_is_due_is_done_and_stopping_is_quick(desk, archive):
    desk.begin()
    async with asyncio.timeout(5):
        while len(await kept(archive)) < 2:  # noqa: ASYNC110 - as somebody looks
            await asyncio.sleep(0.01)
        await desk.close()


async def test_stopping_in_the_middle_of_a_page_leaves_it_waiting(desk, world):
    world.gate = asyncio.Event()
    desk.begin()
    await asyncio.sleep(0.02)
    async with asyncio.timeout(5):
        await desk.close()
    world.gate.set()
    assert (await desk.follower.once()).added == 2


async def test_a_fault_of_ours_in_one_page_stops_nothing(desk, monkeypatch, caplog):
    def failing(offer, *arguments, **named):
        if offer.url.endswith("/1"):
            raise ZeroDivisionError
        return to_article(offer, *arguments, **named)

    monkeypatch.setattr("backstory.following.pages.to_article", failing)
    done = await desk.follower.once()
    assert (done.added, done.refused) == (1, 1)
    assert "a page could not be read" in caplog.text
