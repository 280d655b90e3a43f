"""The owner's page of feeds; the outlets stand on a server of this machine."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html as lxml_html

from backstory.app import create_app
from backstory.following import Feed
from backstory.following.shown import Item
from backstory.model import Offer
from backstory.settings import Settings
from servers.feeds import Newsroom
from web.conftest import ORIGIN, Client

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 20))
OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
LIST = b"""<opml version="2.0"><body><outline text="Local <b>">
<outline type="rss" text="&lt;script&gt;1&lt;/script&gt;" xmlUrl="https://courier.example/feed" htmlUrl="javascript:1"/>
<outline type="rss" text="The Post" xmlUrl="https://post.example/feed"/></outline></body></opml>"""


@pytest.fixture
def newsroom():
    with Newsroom(4, hosts=4, faults={1: "gone"}).serving() as newsroom:
        yield newsroom


@pytest.fixture
def serving(tmp_path):
    """Makes a client of a service that may ask this machine; it polls only where `follow` says so."""

    @asynccontextmanager
    async def make(**settings):
        wanted = {"archive": "memory:", "allow_private_hosts": HOSTS, "seconds_between_requests": 0.0, **settings}
        app = create_app(Settings(home=tmp_path, fetch_seconds=5, **wanted), clock=lambda: NOW)
        async with app.router.lifespan_context(app), Client(app, ORIGIN) as client:
            yield client

    return make


@pytest.fixture
async def client(serving):
    async with serving(follow=False) as client:
        yield client


def tree(answer):
    return lxml_html.document_fromstring(answer.text)


def text(element):
    return " ".join(element.text_content().split())


def rows(answer):
    return [text(row) for row in tree(answer).xpath("//ul[contains(@class, 'feeds')]/li")]


async def hand_in(client, content, headers=None):
    return await client.post("/feeds/import", files={"list": ("feeds.opml", content)}, headers=headers or OWN)


@pytest.mark.network
async def test_a_feed_is_followed_and_what_it_shows_arrives(serving, newsroom):
    async with serving() as client:
        answer = await client.post("/feeds/add", data={"url": newsroom.feed_url(0)}, headers=OWN)
        assert (answer.status_code, answer.headers["location"]) == (303, "/feeds")
        async with asyncio.timeout(20):
            while "5 articles so far" not in text(tree(await client.get("/feeds")).get_element_by_id("sum")):  # noqa: ASYNC110 - as a reader looks
                await asyncio.sleep(0.05)

        answer = await client.get("/feeds")
        [row] = rows(answer)
        assert row.startswith("Courier No. 0 5 articles Well · last well just now · again in ")
        assert not tree(answer).xpath("//*[@data-arriving]")
        assert len(tree(await client.get("/search")).xpath("//ol[@class='reports']/li")) == 5


@pytest.mark.network
async def test_a_page_is_followed_by_the_feed_that_it_names(client, newsroom):
    front = newsroom.origin(0) + newsroom.path(0)
    assert (await client.post("/feeds/add", data={"url": front}, headers=OWN)).status_code == 303
    [row] = rows(await client.get("/feeds"))

    assert newsroom.feed_url(0) in row


@pytest.mark.network
async def test_a_page_that_names_several_feeds_lists_them_to_be_ticked(client, newsroom):
    directory = newsroom.origin(0) + newsroom.path(0, "directory")
    own = newsroom.origin(0)
    client.app.state.service.desk.follow_all([Feed(url=own + newsroom.path(0, "feed"), added_at=NOW, next_at=NOW)])
    answer = await client.post("/feeds/add", data={"url": directory}, headers=OWN)
    assert answer.status_code == 200
    boxes = tree(answer).xpath("//input[@type='checkbox']")
    assert [box.get("value") for box in boxes] == [own + newsroom.path(number, "feed") for number in range(4)]
    assert ["disabled" in box.attrib for box in boxes] == [True, False, False, False]
    assert ["checked" in box.attrib for box in boxes] == [False, True, False, False]
    told = text(tree(answer).xpath("//label")[1])
    assert told == f"Courier No. 1 Atom {boxes[1].get('value')}"

    ticked = {boxes[n].get("name"): boxes[n].get("value") for n in (1, 3)} | {"url": directory}
    answer = await client.post("/feeds/choose", data=ticked, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/feeds")
    followed = {feed.url for feed in client.app.state.service.desk.feeds.all()}
    assert followed == {own + newsroom.path(number, "feed") for number in (0, 1, 3)}


async def test_a_choice_of_nothing_or_of_what_is_no_address_follows_nothing(client):
    answer = await client.post("/feeds/choose", data={"url": "https://a.example/"}, headers=OWN)
    assert answer.status_code == 400
    assert "Nothing was ticked" in text(tree(answer).get_element_by_id("trouble"))
    assert tree(answer).get_element_by_id("url").get("value") == "https://a.example/"
    answer = await client.post("/feeds/choose", data={"feed-0": "javascript:1"}, headers=OWN)
    assert answer.status_code == 400
    assert client.app.state.service.desk.feeds.count() == 0


@pytest.mark.network
async def test_what_cannot_be_followed_is_said_beside_the_address(client, newsroom):
    for url, status, says in (
        ("no address", 400, "must be an http or https address"),
        ("javascript:alert(1)", 400, "must be an http or https address"),
        (newsroom.origin(0) + "/robots.txt", 422, "this is no feed"),
        (newsroom.feed_url(1), 502, "410"),
        ("http://10.0.0.1/feed", 422, "private"),
    ):
        answer = await client.post("/feeds/add", data={"url": url}, headers=OWN)
        page = tree(answer)
        assert answer.status_code == status, url
        assert says in text(page.get_element_by_id("trouble"))
        assert page.get_element_by_id("url").get("value") == url
    assert "None yet" in text(tree(await client.get("/feeds")))


async def test_a_list_goes_in_and_comes_out_and_its_words_stay_words(client):
    assert (await hand_in(client, LIST)).headers["location"] == "/feeds"
    answer = await client.get("/feeds")
    page = tree(answer)

    assert [text(title) for title in page.xpath("//h3[@class='folder']")] == ["Local <b>"]
    assert rows(answer)[0].startswith("<script>1</script> 0 articles New · not polled yet")
    assert not page.xpath("//h4//a")  # its site is no address
    assert page.xpath("//*[@data-arriving]")
    out = await client.get("/feeds/list.opml")
    assert out.headers["content-disposition"] == 'attachment; filename="backstory-feeds.opml"'
    assert b"https://post.example/feed" in out.content
    assert (await hand_in(client, out.content)).status_code == 303
    assert len(rows(await client.get("/feeds"))) == 2


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        pytest.param(b"", 400, "Choose a file", id="nothing"),
        pytest.param(b"hello", 422, "OPML", id="no list"),
        pytest.param(b'<opml version="2.0"><body/></opml>', 422, "names no feed", id="an empty list"),
    ],
)
async def test_what_is_no_list_is_said_beside_it(client, content, status, says):
    answer = await hand_in(client, content)

    assert answer.status_code == status
    assert says in text(tree(answer).get_element_by_id("list-trouble"))


async def test_a_list_is_read_up_to_its_limit_and_as_a_form_alone(client):
    assert (await hand_in(client, b" " * 5_100_000)).status_code == 413
    answer = await client.post("/feeds/import", content=LIST, headers=OWN | {"Content-Type": "text/x-opml"})
    assert answer.status_code == 415


async def test_outlets_to_begin_with_are_followed_only_where_picked(client):
    offered = tree(await client.get("/feeds")).xpath("//input[@type='checkbox']/@name")
    assert len(offered) > 10
    await client.post("/feeds/starters", data={offered[0]: "on", offered[-1]: "on"}, headers=OWN)

    assert len(rows(await client.get("/feeds"))) == 2
    assert len(tree(await client.get("/feeds")).xpath("//input[@type='checkbox']")) == len(offered) - 2


async def test_a_feed_is_polled_and_removed_from_its_row(client):
    await hand_in(client, LIST)
    url = {"url": "https://post.example/feed"}
    assert (await client.post("/feeds/poll", data=url, headers=OWN)).status_code == 303
    assert (await client.post("/feeds/remove", data=url, headers=OWN)).status_code == 303
    assert len(rows(await client.get("/feeds"))) == 1
    assert (await client.post("/feeds/remove", data=url, headers=OWN)).status_code == 404


async def test_a_feed_in_trouble_says_what_and_since_when(client):
    feeds = client.app.state.service.desk.feeds
    [feed] = feeds.add([Feed(url="https://a.example/feed", title="A", added_at=NOW, next_at=NOW)])
    well = datetime(2024, 5, 30, 12, tzinfo=UTC)
    feeds.save(replace(feed, failures=3, trouble="its server answered 500", good_at=well))
    [row] = rows(await client.get("/feeds?state=failing"))

    assert "Failing · 3 times in a row · last well 2 days ago" in row
    assert "its server answered 500" in row
    assert rows(await client.get("/feeds?state=well")) == []


async def test_pages_that_were_given_up_say_why_the_last_ones_first(client):
    desk = client.app.state.service.desk
    [feed] = desk.feeds.add([Feed(url="https://a.example/feed", title="A", added_at=NOW, next_at=NOW)])
    items = [Item(f"id-{n}", Offer(url=f"https://a.example/{n}?a=1&b=<2>")) for n in range(12)]
    desk.ledger.items.wait(feed.number, items, NOW)
    for second, waiting in enumerate(desk.ledger.items.due("a.example", NOW, 12)):
        desk.ledger.items.give_up(waiting, NOW + timedelta(seconds=second), f"reason {waiting.offer.url[18:20]}")
    [details] = tree(await client.get("/feeds")).xpath("//ul[contains(@class, 'feeds')]//details")
    told = [text(row) for row in details.xpath(".//li")]

    assert text(details.find("summary")) == "12 pages given up"
    assert len(told) == 11
    last = desk.ledger.items.given_up(feed.number)[0]
    assert told[0] == f"{last[0]}: {last[1]}"
    assert told[-1] == "and 2 pages before these"


@pytest.mark.parametrize("path", ["add", "choose", "remove", "poll", "import", "starters"])
async def test_no_other_site_can_send_these_forms(client, path):
    answer = await client.post(f"/feeds/{path}", data={"outlet-0": "on"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert client.app.state.service.desk.feeds.count() == 0
