"""The newsroom does what it says, since other tests trust it."""

import httpx
import pytest

from servers.faults import FAULTS
from servers.feeds import Newsroom
from servers.formats import WRITERS

pytestmark = pytest.mark.network


def get(url, **headers):
    return httpx.get(url, headers=headers, follow_redirects=True, timeout=10)


def test_the_same_seed_makes_the_same_news():
    one, other, another = (Newsroom(2, seed=seed).outlets[1].shown for seed in (5, 5, 6))

    assert one == other
    assert one != another


def test_every_format_is_served_and_every_request_counted():
    with Newsroom(len(WRITERS)).serving() as newsroom:
        bodies = [get(newsroom.feed_url(number)).content for number in range(len(WRITERS))]
        get(newsroom.feed_url(2))
        article = get(newsroom.article_url(3, 4))

        assert all(b"Courier No. %d" % number in body for number, body in enumerate(bodies))
        assert newsroom.outlets[3].stories[4].headline in article.text
        assert newsroom.served.asked["/2/feed"] == 2
        assert newsroom.served.asked["/3/news/4"] == 1


def test_a_feed_that_has_not_changed_is_not_sent_again():
    with Newsroom(1).serving() as newsroom:
        known = {"If-None-Match": get(newsroom.feed_url(0)).headers["ETag"]}
        again = get(newsroom.feed_url(0), **known)
        newsroom.publish(0)
        later = get(newsroom.feed_url(0), **known)

        assert (again.status_code, again.content) == (304, b"")
        assert newsroom.outlets[0].shown[0].headline in later.text


def test_outlets_may_stand_on_hosts_of_their_own():
    with Newsroom(3, hosts=3).serving() as newsroom:
        assert len({newsroom.feed_url(number).split("/")[2] for number in range(3)}) == 3
        assert all(get(newsroom.feed_url(number)) for number in range(3))


@pytest.mark.parametrize(
    ("fault", "status"),
    [("gone", 410), ("missing", 404), ("forbidden", 403), ("busy", 429), ("unavailable", 503), ("broken", 500)],
)
def test_a_server_may_say_no(fault, status):
    with Newsroom(1, faults={0: fault}).serving() as newsroom:
        refused = get(newsroom.feed_url(0))

        assert refused.status_code == status
        assert ("Retry-After" in refused.headers) == (status in {429, 503})


def test_a_moved_feed_is_found_where_it_went():
    with Newsroom(1, faults={0: "moved"}).serving() as newsroom:
        assert b"Courier No. 0" in get(newsroom.feed_url(0)).content
        assert newsroom.served.asked["/0/new-feed"] == 1


def test_a_packed_feed_is_the_feed_and_a_packed_bomb_is_small_on_its_way():
    with Newsroom(2, faults={0: "packed", 1: "packed-bomb"}).serving() as newsroom:
        assert b"Courier No. 0" in get(newsroom.feed_url(0)).content
        assert int(httpx.head(newsroom.feed_url(1)).headers["Content-Length"]) < 1_000_000


def test_a_server_hangs_up_and_stops_while_it_is_silent():
    with Newsroom(2, faults={0: "hangs-up", 1: "silent"}).serving() as newsroom:
        with pytest.raises(httpx.RemoteProtocolError):
            get(newsroom.feed_url(0))
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(newsroom.feed_url(1), timeout=0.2)


def test_nobody_can_ask_for_a_fault_that_does_not_exist():
    with pytest.raises(ValueError, match="no such faults"):
        Newsroom(1, faults={0: "earthquake"})
    assert set(FAULTS) > {"gone", "moved", "truncated", "login"}
