import asyncio

import httpx
import pytest

from backstory.errors import FetchError
from backstory.fetching import turns
from backstory.model import Errand
from unit.fetching.web import Web, answer, leading_to, page

A, B = "http://paper.example/a", "http://other.example/b"


def feed(url=A):
    return Errand(url=url, kind="feed")


class Slow(Web):
    """A web in which each answer takes a few turns of the loop; knows how many were asked for at once."""

    def __init__(self, answers):
        super().__init__(answers)
        self.running = {}
        self.most = {}
        self.hosts_at_once = 0

    async def __call__(self, request):
        host = request.headers["host"]
        self.running[host] = self.running.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self.running[host])
        self.hosts_at_once = max(self.hosts_at_once, sum(bool(count) for count in self.running.values()))
        for _ in range(5):
            await asyncio.sleep(0)
        self.running[host] -= 1
        return super().__call__(request)


async def test_two_requests_to_a_host_have_a_pause_between_them():
    web = Web({A: page()})
    door = web.door(seconds_between_requests=1.5)
    for _ in range(3):
        await door.get(feed())
    assert web.times == [0, 1.5, 3]


async def test_a_host_does_not_wait_for_another():
    web = Web({A: page(), B: page()})
    door = web.door(seconds_between_requests=60)
    await door.get(feed(A))
    await door.get(feed(B))
    assert web.times == [0, 0]


async def test_a_pause_that_is_over_is_not_waited_for():
    web = Web({A: page()})
    door = web.door(seconds_between_requests=1)
    await door.get(feed())
    web.time.seconds += 10
    await door.get(feed())
    assert web.times == [0, 10]


async def test_what_leads_on_within_a_host_waits_its_turn_too():
    web = Web({A: leading_to("/b"), "http://paper.example/b": page()})
    await web.door(seconds_between_requests=1).get(feed())
    assert web.times == [0, 1]


async def test_a_host_is_asked_one_thing_at_a_time_and_in_order():
    places = [f"http://paper.example/{number}" for number in range(10)]
    web = Slow({place: page() for place in places})
    door = web.door()

    await asyncio.gather(*(door.get(feed(place)) for place in places))

    assert web.most == {"paper.example": 1}
    assert web.places == [place.removeprefix("http://") for place in places]


async def test_so_many_hosts_are_asked_at_once_and_no_more():
    ports = [f"paper.example:{port}" for port in range(8001, 8011)]
    web = Slow({f"http://{host}/": page() for host in ports})
    door = web.door(hosts_at_once=3)

    await asyncio.gather(*(door.get(feed(f"http://{host}/")) for host in ports))

    assert web.hosts_at_once == 3
    assert len(web.asked) == 10


async def test_what_is_broken_off_gives_its_turn_to_the_next():
    web = Slow({A: page()})
    door = web.door(hosts_at_once=1)
    first = asyncio.create_task(door.get(feed()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert (await asyncio.wait_for(door.get(feed()), 1)).url == A


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("said", "rest"),
    [("20", 20), ("Wed, 04 Mar 2026 12:00:20 GMT", 20), ("Wednesday, 04-Mar-26 12:00:20 GMT", 20)],
)
async def test_a_host_is_left_alone_for_as_long_as_it_asks(status, said, rest):
    web = Web({A: [answer(status=status, headers=[("Retry-After", said)]), page()]})
    door = web.door()

    with pytest.raises(FetchError) as raised:
        await door.get(feed())
    await door.get(feed())

    assert (raised.value.status, raised.value.retry_after) == (status, rest)
    assert web.times == [0, rest]


async def test_a_long_rest_is_not_waited_for_but_told():
    web = Web({A: [answer(status=429, headers=[("Retry-After", "3600")]), page()]})
    door = web.door()
    with pytest.raises(FetchError):
        await door.get(feed())

    web.time.seconds += 600
    with pytest.raises(FetchError, match="asked to be left alone for 3000 s more") as raised:
        await door.get(feed())
    assert (raised.value.status, raised.value.retry_after) == (429, 3_000)
    assert len(web.asked) == len(web.noted) == 1

    web.time.seconds += 3_000
    assert (await door.get(feed())).url == A


@pytest.mark.parametrize(
    ("said", "rest"),
    [("9" * 5_000, 86_400), ("999999999", 86_400), ("Fri, 01 Jan 2999 00:00:00 GMT", 86_400), ("-5", 0), ("soon", 0),
     ("Wed, 04 Mar 2020 12:00:20 GMT", 0), ("1e9", 0), ("²", 0), ("", 0)],
)  # fmt: skip
async def test_a_rest_is_never_for_ever(said, rest):
    web = Web({A: answer(status=429, headers=[("Retry-After", said.encode("latin-1"))])})
    with pytest.raises(FetchError) as raised:
        await web.door().get(feed())
    assert raised.value.retry_after == rest


async def test_hosts_that_were_asked_long_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr(turns, "_KNOWN_HOSTS", 3)
    time = Web({}).time
    order = turns.Turns(pause=1, hosts_at_once=1, clocks=time.clocks())
    for number in range(10):
        async with order.turn(f"host{number}"):
            time.seconds += 2
    assert len(order._hosts) <= 3  # noqa: SLF001 - there is no other way to see what is remembered


async def test_waiting_for_a_turn_takes_nothing_from_the_time_allowed():
    web = Web({A: page()})
    door = web.door(seconds_between_requests=3_000, fetch_seconds=1)
    for _ in range(2):
        await door.get(feed())
    assert web.times == [0, 3_000]


async def test_the_wire_may_be_slow_only_once():
    web = Web({A: leading_to("/b"), "http://paper.example/b": leading_to("/c"), "http://paper.example/c": page()})

    def slow(request):
        web.time.seconds += 20
        return web(request)

    with pytest.raises(FetchError, match="did not answer within 30 s"):
        await web.door(handler=slow, fetch_seconds=30).get(feed())
    assert [httpx.URL(str(request.url)).path for request in web.asked] == ["/a", "/b"]
