"""What is followed, over HTTP; the outlets stand on a server of this machine."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from backstory.app import create_app
from backstory.settings import Settings
from servers.feeds import Newsroom
from servers.http import Answer
from servers.http import serving as serving_site
from web.answers import assert_problem, assert_shape
from web.conftest import ORIGIN, Client

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

OPML = {"Content-Type": "text/x-opml"}
HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 20))
LIST = b"""<opml version="2.0"><head><title>Mine</title></head><body><outline text="Local">
<outline type="rss" text="The Courier" xmlUrl="https://courier.example/feed" htmlUrl="https://courier.example/"/>
<outline type="rss" text="The Post" xmlUrl="https://post.example/feed"/></outline></body></opml>"""


@pytest.fixture
def newsroom():
    with Newsroom(8, hosts=8).serving() as newsroom:
        yield newsroom


@pytest.fixture
def serving(tmp_path):
    """Makes a client of a service that runs after the newsroom's stories were published, and may ask this machine."""

    @asynccontextmanager
    async def make(**settings):
        wanted = {"archive": "memory:", "allow_private_hosts": HOSTS, "seconds_between_requests": 0.0, **settings}
        app = create_app(Settings(home=tmp_path, fetch_seconds=5, **wanted), clock=lambda: NOW)
        async with app.router.lifespan_context(app), Client(app, ORIGIN) as client:
            yield client

    return make


@pytest.fixture
async def client(serving):
    async with serving() as client:
        yield client


async def follow(client, url, **fields):
    answer = await client.post("/api/feeds", json={"url": url, **fields})
    assert answer.is_success, answer.text
    assert_shape(answer.json(), "FollowReport")
    return answer


async def feeds(client):
    answer = await client.get("/api/feeds")
    assert_shape(answer.json(), "FeedList")
    return answer.json()["feeds"]


async def arrived(client, articles):
    async with asyncio.timeout(20):
        while (await client.get("/readyz")).json()["articles"] < articles:  # noqa: ASYNC110 - as a client looks
            await asyncio.sleep(0.05)


@pytest.mark.network
async def test_what_a_feed_shows_is_in_the_archive_soon_after(client, newsroom):
    answer = await follow(client, newsroom.feed_url(0), folder="Local")

    assert (answer.status_code, answer.json()["added"]) == (201, 1)
    await arrived(client, 5)
    [feed] = await feeds(client)
    assert (feed["title"], feed["folder"], feed["state"]) == ("Courier No. 0", "Local", "well")
    assert (feed["articles"], feed["waiting"], feed["refused"]) == (5, 0, 0)
    assert feed["lastGoodAt"] == "2024-06-01T12:00:00Z"


@pytest.mark.network
async def test_the_feed_of_a_page_is_found(client, newsroom):
    answer = await follow(client, newsroom.origin(1) + newsroom.path(1))
    assert [feed["url"] for feed in answer.json()["feeds"]] == [newsroom.feed_url(1)]


@pytest.mark.network
async def test_a_sitemap_is_followed(client, newsroom):
    answer = await follow(client, newsroom.origin(1) + newsroom.path(1, "sitemap.xml"))
    assert answer.json()["feeds"][0]["kind"] == "sitemap"
    await arrived(client, 5)


@pytest.mark.network
async def test_what_is_followed_already_is_not_new_and_not_asked_again(client, newsroom):
    await follow(client, newsroom.feed_url(0))
    again = await follow(client, newsroom.feed_url(0))
    assert (again.status_code, again.json()["added"], again.json()["known"]) == (200, 0, 1)
    assert newsroom.served.asked[newsroom.path(0, "feed")] == 1


@pytest.mark.network
async def test_a_server_that_is_ill_today_is_followed_and_asked_again(client):
    with Newsroom(1, faults={0: "broken"}).serving() as newsroom:
        [feed] = (await follow(client, newsroom.feed_url(0))).json()["feeds"]
    assert (feed["state"], feed["failures"], feed["lastGoodAt"]) == ("failing", 1, None)
    assert "500" in feed["trouble"]


@pytest.mark.network
@pytest.mark.parametrize("fault", ["gone", "missing", "rubbish", "empty", "bomb"])
async def test_what_can_never_be_followed_is_refused_with_the_reason(client, fault):
    with Newsroom(1, faults={0: fault}).serving() as newsroom:
        answer = await client.post("/api/feeds", json={"url": newsroom.feed_url(0)})
    if fault == "bomb" and answer.is_success:
        assert answer.json()["feeds"][0]["articles"] == 0
        return
    assert len(assert_problem(answer, "nothing-to-follow", field="url")) > 10
    assert await feeds(client) == []


@pytest.mark.network
async def test_where_only_a_page_stands_the_sitemap_of_its_robots_txt_is_followed(client):
    with Newsroom(1, faults={0: "login"}).serving() as newsroom:
        [feed] = (await follow(client, newsroom.feed_url(0))).json()["feeds"]
    assert (feed["url"], feed["kind"]) == (newsroom.origin(0) + "/0/sitemap.xml", "sitemap")


@pytest.mark.network
async def test_a_list_at_an_address_is_followed_feed_by_feed(client):
    answer = Answer(body=LIST, headers=(("Content-Type", "text/x-opml"),))
    with serving_site(lambda _request: answer) as served:
        report = (await follow(client, f"{served.origin}/list.opml")).json()
    assert (report["added"], [feed["title"] for feed in report["feeds"]]) == (2, ["The Courier", "The Post"])


async def test_a_private_address_is_refused(serving):
    async with serving(allow_private_hosts=()) as client:
        answer = await client.post("/api/feeds", json={"url": "http://127.0.0.1:9/feed"})
        assert "private" in assert_problem(answer, "nothing-to-follow", field="url")


async def test_a_list_goes_in_and_comes_out(serving):
    async with serving(follow=False) as client:
        for path in ("/api/feeds.opml", "/api/feeds"):
            answer = await client.post(path, content=LIST, headers=OPML)
            assert_shape(answer.json(), "FollowReport")
        assert (answer.status_code, answer.json()["added"], answer.json()["known"]) == (200, 0, 2)

        out = await client.get("/api/feeds.opml")

        assert out.headers["content-type"].startswith("text/x-opml")
        assert [feed["folder"] for feed in await feeds(client)] == ["Local", "Local"]
        assert (await client.post("/api/feeds.opml", content=out.content, headers=OPML)).json()["known"] == 2


async def test_what_is_no_list_is_refused(client):
    answer = await client.post("/api/feeds.opml", content=b"<html><body>no list</body></html>", headers=OPML)
    assert_problem(answer, "nothing-to-follow")
    answer = await client.post("/api/feeds.opml", content=LIST, headers={"Content-Type": "text/plain"})
    assert_problem(answer, "wrong-content-type")
    answer = await client.post("/api/feeds.opml", content=b" " * 5_000_001, headers=OPML)
    assert_problem(answer, "too-large")


@pytest.mark.parametrize("body", [{}, {"url": "ftp://paper.example/"}, {"url": 7}])
async def test_an_address_that_means_nothing_is_refused(client, body):
    assert_problem(await client.post("/api/feeds", json=body), "invalid-field", field="url")


async def test_a_feed_is_followed_no_more(serving):
    async with serving(follow=False) as client:
        await client.post("/api/feeds", content=LIST, headers=OPML)
        gone = await client.delete("/api/feeds", params={"url": "https://post.example/feed"})
        assert (gone.status_code, len(await feeds(client))) == (204, 1)
        again = await client.delete("/api/feeds", params={"url": "https://post.example/feed"})
        assert_problem(again, "not-followed")
        assert_problem(await client.delete("/api/feeds"), "invalid-field", field="url")


@pytest.mark.network
async def test_feeds_are_polled_when_the_owner_says_so(client, newsroom):
    await follow(client, newsroom.feed_url(0))
    await arrived(client, 5)
    newsroom.publish(0, 2)

    answer = await client.post("/api/feeds/poll", params={"url": newsroom.feed_url(0)})

    assert (answer.status_code, answer.json()) == (202, {"due": 1})
    assert_shape(answer.json(), "PollReport")
    await arrived(client, 7)
    assert_problem(await client.post("/api/feeds/poll", params={"url": "https://no.example/"}), "not-followed")


@pytest.mark.network
async def test_nothing_is_polled_where_that_is_switched_off(serving, newsroom):
    async with serving(follow=False) as client:
        await follow(client, newsroom.feed_url(0))
        await client.post("/api/feeds/poll")
        await asyncio.sleep(0.3)
        assert (await client.get("/readyz")).json()["articles"] == 0
        [feed] = await feeds(client)
        assert feed["waiting"] == 5
