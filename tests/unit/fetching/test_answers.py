from datetime import UTC, datetime

import httpx
import pytest

from backstory import __version__
from backstory.errors import FetchError
from backstory.fetching.answers import fresh_seconds
from backstory.model import Errand, Validators
from unit.fetching.web import PAGE, Web, answer, leading_to, page

FEED = "http://paper.example/feed"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MODIFIED = "Tue, 03 Mar 2026 09:00:00 GMT"


def feed(url=FEED, **more):
    return Errand(url=url, kind="feed", **more)


async def test_an_answer_says_what_to_ask_with_next_time():
    web = Web({FEED: answer(b"<rss/>", headers=[("ETag", 'W/"1"'), ("Last-Modified", MODIFIED)])})
    got = await web.door().get(feed())
    assert (got.validators, got.unchanged) == (Validators('W/"1"', MODIFIED), False)
    assert not {"if-none-match", "if-modified-since"} & set(web.asked[0].headers)


async def test_what_has_not_changed_is_not_sent_again():
    web = Web({FEED: answer(status=304, headers=[("ETag", '"2"'), ("Cache-Control", "max-age=60")])})

    got = await web.door().get(feed(known=Validators('"1"', MODIFIED)))

    assert (got.unchanged, got.body, got.fresh_seconds) == (True, b"", 60)
    assert got.validators == Validators('"2"', MODIFIED)
    assert web.asked[0].headers["if-none-match"] == '"1"'
    assert web.asked[0].headers["if-modified-since"] == MODIFIED
    assert [(noted.status, noted.outcome) for noted in web.noted] == [(304, "unchanged")]


async def test_nothing_can_be_unchanged_that_was_not_known():
    with pytest.raises(FetchError, match="answered with 304") as raised:
        await Web({FEED: answer(status=304)}).door().get(feed())
    assert raised.value.status == 304


@pytest.mark.parametrize("etag", ["é".encode("latin-1"), b"a" * 1_001, b"a\tb", b""])
async def test_a_validator_that_cannot_be_sent_back_is_none(etag):
    web = Web({FEED: answer(b"<rss/>", headers=[(b"ETag", etag)])})
    assert (await web.door().get(feed())).validators == Validators()


async def test_a_validator_from_elsewhere_that_cannot_be_sent_is_left_out():
    web = Web({FEED: answer(b"<rss/>")})
    await web.door().get(feed(known=Validators('"1"\r\nX-Injected: 1', "gestern")))
    assert "if-none-match" not in web.asked[0].headers
    assert "x-injected" not in web.asked[0].headers


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": "public, MAX-AGE = 600, must-revalidate"}, 600),
        ({"Cache-Control": 'max-age="600"'}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "9" * 5_000}, 600),
        ({"Cache-Control": "max-age=60", "Age": "200"}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "no-store, max-age=600"}, 0),
        ({"Cache-Control": "no-cache"}, 0),
        ({"Cache-Control": "max-age=0", "Expires": "Wed, 04 Mar 2026 13:00:00 GMT"}, 0),
        ({"Cache-Control": "max-age=999999999"}, 604_800),
        ({"Cache-Control": "max-age=" + "9" * 5_000}, 604_800),
        ({"Expires": "Wed, 04 Mar 2026 13:00:00 GMT"}, 3_600),
        ({"Expires": "Wed, 04 Mar 2026 13:00:00 GMT", "Date": "Wed, 04 Mar 2026 12:30:00 GMT"}, 1_800),
        ({"Expires": "Wed, 04 Mar 2026 11:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({"Expires": "Wed, 04 Mar 99999999999 11:00:00 GMT"}, 0),
        ({}, 0),
    ],
)
def test_an_answer_holds_for_as_long_as_its_server_says(headers, seconds):
    assert fresh_seconds(httpx.Headers(headers), NOON) == seconds


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        pytest.param([301], "http://paper.example/1", id="for good"),
        pytest.param([308, 301], "http://paper.example/2", id="for good, twice"),
        pytest.param([302], "", id="for now"),
        pytest.param([302, 301], "", id="for now, and from there for good"),
        pytest.param([301, 307], "http://paper.example/1", id="for good, and from there for now"),
        pytest.param([], "", id="not at all"),
    ],
)
async def test_what_moved_for_good_says_where(steps, moved):
    places = [FEED, *(f"http://paper.example/{number + 1}" for number in range(len(steps)))]
    web = Web(
        {place: leading_to(led, status) for place, led, status in zip(places, places[1:], steps, strict=False)}
        | {places[-1]: page()}
    )
    got = await web.door().get(feed())
    assert (got.url, got.moved) == (places[-1], moved)


async def test_every_request_that_leaves_is_noted():
    web = Web({FEED: leading_to("/new", 301), "http://paper.example/new": answer(b"<rss/>")})
    await web.door(seconds_between_requests=5).get(feed(why="the Lake Courier's feed"))

    [first, second] = web.noted
    assert (first.url, first.status, first.size) == (FEED, 301, 0)
    assert first.outcome == "leads to http://paper.example/new"
    assert (second.url, second.status, second.size, second.outcome) == ("http://paper.example/new", 200, 6, "fetched")
    assert first.why == second.why == "the Lake Courier's feed"
    assert (second.at - first.at).total_seconds() == 5


async def test_a_request_that_failed_is_noted_with_its_reason():
    web = Web({FEED: answer(b"gone", 410)})
    with pytest.raises(FetchError):
        await web.door().get(feed())
    assert [(noted.status, noted.outcome) for noted in web.noted] == [(410, f"{FEED} answered with 410 Gone")]


async def test_a_request_that_never_left_is_not_noted():
    web = Web({})
    for url in ("http://inside.example/", "http://nobody.example/", "ftp://paper.example/"):
        with pytest.raises(FetchError):
            await web.door().get(feed(url))
    assert web.noted == []


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ("", f"Backstory/{__version__}"),
        ("https://me.example/bot", f"Backstory/{__version__} (+https://me.example/bot)"),
    ],
)
async def test_servers_are_told_who_asks(contact, name):
    web = Web({FEED: page()})
    await web.door(contact=contact).get(feed())
    assert web.asked[0].headers["user-agent"] == name
    assert not {"cookie", "referer"} & set(web.asked[0].headers)


async def test_nothing_is_remembered_of_a_server_but_its_pace():
    web = Web({FEED: answer(PAGE, headers=[("Set-Cookie", "id=1")])})
    door = web.door()
    await door.get(feed())
    await door.get(feed())
    assert "cookie" not in web.asked[1].headers
