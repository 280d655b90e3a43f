import asyncio

import httpx
import pytest

from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching.robots import read_rules
from backstory.model import Errand
from unit.fetching.web import PAGE, PUBLIC, Web, answer, leading_to, page

STORY = "http://paper.example/2016/story"
ROBOTS = "http://paper.example/robots.txt"
DAY = 86_400


def web_with(robots, **more):
    return Web({ROBOTS: robots, STORY: page(), **more})


def text(*lines):
    return answer("\n".join(lines).encode(), headers=[("Content-Type", "text/plain")])


def errand(url=STORY, kind="page"):
    return Errand(url=url, kind=kind)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /2016/", "/2016/story", False, id="for all"),
        pytest.param("User-agent: *\nDisallow: /2015/", "/2016/story", True, id="of another path"),
        pytest.param("User-agent: *\nDisallow:", "/2016/story", True, id="nothing forbidden"),
        pytest.param("User-agent: backstory\nDisallow: /", "/a", False, id="for us"),
        pytest.param("user-agent: Backstory/1.0 # ours\ndisallow: /", "/a", False, id="for us with a version"),
        pytest.param("User-agent: backstory-extra\nDisallow: /", "/a", True, id="for one whose name begins like ours"),
        pytest.param("User-agent: back\nDisallow: /", "/a", True, id="for one that our name begins with"),
        pytest.param("User-agent: GPTBot\nDisallow: /", "/a", True, id="for another"),
        pytest.param("User-agent: GPTBot\nUser-agent: *\nDisallow: /", "/a", False, id="for another and all"),
        pytest.param(
            "User-agent: backstory\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True, id="ours before all's"
        ),
        pytest.param("User-agent: *\nDisallow: /\nAllow: /free/", "/free/a", True, id="the longer rule wins"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False, id="a pattern"),
        pytest.param("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?b", True, id="a pattern with an end"),
        pytest.param("User-agent: *\nDisallow: /a%3cd", "/a%3Cd", False, id="in another spelling"),
        pytest.param("<html><body>Not found</body></html>", "/a", True, id="a page in its place"),
        pytest.param("Disallow: /", "/a", True, id="a rule for nobody"),
        pytest.param("", "/a", True, id="empty"),
        pytest.param("\x00\xff\n:\n::\nUser-agent\nDisallow", "/a", True, id="rubbish"),
    ],
)
def test_rules_are_read_as_the_standard_has_them(robots, path, allowed):
    assert read_rules(robots).allow(httpx.URL("http://paper.example" + path)) is allowed


def test_ten_thousand_agents_with_ten_thousand_rules_are_read_in_passing():
    agents = "\n".join(f"User-agent: a{number}" for number in range(10_000))
    rules = "\n".join(f"Disallow: /{number}" for number in range(10_000))
    assert read_rules(f"{agents}\nUser-agent: *\n{rules}").allow(httpx.URL("http://paper.example/2016")) is False


async def test_what_robots_txt_forbids_is_not_asked_for():
    web = web_with(text("User-agent: *", "Disallow: /2016/"))
    with pytest.raises(FetchRefusedError, match=r"says the robots\.txt of paper\.example"):
        await web.door().get(errand())
    assert web.places == ["paper.example/robots.txt"]


async def test_robots_txt_is_asked_for_once_a_day():
    web = web_with(text("User-agent: *", "Disallow: /2015/"))
    door = web.door()

    for _ in range(3):
        await door.get(errand())
    assert web.places.count("paper.example/robots.txt") == 1

    web.time.seconds += DAY
    await door.get(errand())
    assert web.places.count("paper.example/robots.txt") == 2


@pytest.mark.parametrize("kind", ["feed", "data"])
async def test_what_the_owner_named_is_fetched_without_asking(kind):
    web = web_with(text("User-agent: *", "Disallow: /"))
    assert (await web.door().get(errand(kind=kind))).body == PAGE
    assert web.places == ["paper.example/2016/story"]


async def test_a_page_that_a_reader_opens_is_fetched_without_asking():
    web = web_with(text("User-agent: *", "Disallow: /"))
    assert (await web.fetch(STORY)).body == PAGE


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_a_host_without_robots_txt_allows_everything(status):
    assert (await web_with(answer(status=status)).door().get(errand())).body == PAGE


@pytest.mark.parametrize(
    "robots",
    [
        pytest.param(leading_to("/robots.txt"), id="in a circle"),
        pytest.param(leading_to("http://inside.example/robots.txt"), id="to a private host"),
    ],
)
async def test_a_robots_txt_that_leads_nowhere_is_none(robots):
    assert (await web_with(robots).door().get(errand())).body == PAGE


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_host_that_fails_to_hand_out_robots_txt_is_left_alone_for_a_while(status):
    web = web_with([answer(status=status), text("User-agent: *", "Disallow: /2015/")])
    door = web.door()

    for _ in range(2):
        with pytest.raises(FetchError, match=f"robots.txt answered with {status}") as raised:
            await door.get(errand())
        assert (raised.value.status, raised.value.retry_after) == (status, 300)
        assert not isinstance(raised.value, FetchRefusedError)
    assert web.places == ["paper.example/robots.txt"]

    web.time.seconds += 300
    assert (await door.get(errand())).body == PAGE


async def test_what_robots_txt_said_before_holds_while_it_cannot_be_had():
    web = web_with([text("User-agent: *", "Disallow: /2015/"), answer(status=500)])
    door = web.door()
    await door.get(errand())

    web.time.seconds += DAY

    assert (await door.get(errand())).body == PAGE
    with pytest.raises(FetchRefusedError):
        await door.get(errand("http://paper.example/2015/story"))
    assert web.places.count("paper.example/robots.txt") == 2


async def test_a_host_that_does_not_answer_may_be_asked_again_at_once():
    web = web_with(answer(status=404))
    trouble = iter(["connection refused"])

    def once_broken(request):
        for words in trouble:
            raise httpx.ConnectError(words, request=request)
        return web(request)

    door = web.door(handler=once_broken)
    with pytest.raises(FetchError, match="connection refused"):
        await door.get(errand())
    assert (await door.get(errand())).body == PAGE


async def test_of_a_long_robots_txt_the_first_500_kib_are_read():
    early = text("User-agent: *", "Disallow: /2016/", "#" * 600_000)
    late = text("User-agent: *", "#" * 600_000, "Disallow: /2016/")

    with pytest.raises(FetchRefusedError):
        await web_with(early).door().get(errand())
    assert (await web_with(late).door().get(errand())).body == PAGE


async def test_each_host_that_a_page_leads_to_is_asked():
    web = web_with(
        answer(status=404),
        **{
            STORY: leading_to("http://other.example/story"),
            "http://other.example/story": page(),
            "http://other.example/robots.txt": text("User-agent: backstory", "Disallow: /story"),
        },
    )
    with pytest.raises(FetchRefusedError, match=r"robots\.txt of other\.example"):
        await web.door().get(errand())


async def test_a_robots_txt_is_that_of_its_origin_alone():
    web = Web(
        {
            "http://paper.example/robots.txt": text("User-agent: *", "Disallow: /"),
            "https://paper.example/a": page(),
            "http://paper.example:8080/a": page(),
        }
    )
    door = web.door()
    for url in ("https://paper.example/a", "http://paper.example:8080/a"):
        assert (await door.get(errand(url))).body == PAGE
    with pytest.raises(FetchRefusedError):
        await door.get(errand("http://paper.example/a"))


@pytest.mark.parametrize(
    ("delay", "pause"),
    [pytest.param("10", 10, id="honoured"), pytest.param("0.5", 2, id="shorter than ours"),
     pytest.param("9999", 30, id="up to a limit"), pytest.param("soon", 2, id="no number")],
)  # fmt: skip
async def test_a_crawl_delay_is_honoured(delay, pause):
    web = web_with(text("User-agent: *", f"Crawl-delay: {delay}"))
    door = web.door(seconds_between_requests=2)

    await door.get(errand())
    await door.get(errand())

    assert web.times == [0, pause, 2 * pause]


async def test_robots_txt_finds_a_place_where_one_host_is_asked_at_a_time():
    web = web_with(
        leading_to("http://other.example/robots.txt"),
        **{"http://other.example/robots.txt": text(""), "http://other.example/a": page()},
    )
    door = web.door(hosts_at_once=1)

    got = await asyncio.wait_for(asyncio.gather(*map(door.get, [errand(), errand("http://other.example/a")])), 5)

    assert [each.body for each in got] == [PAGE, PAGE]


async def test_a_private_host_is_refused_as_such():
    web = Web({})
    with pytest.raises(FetchRefusedError, match=r"inside\.example is on a private address"):
        await web.door().get(errand("http://inside.example/"))
    assert web.asked == []


async def test_robots_txt_stands_among_what_left():
    web = web_with(text(""))
    await web.door().get(errand())
    assert [(noted.url, noted.why) for noted in web.noted] == [(ROBOTS, "what robots may fetch"), (STORY, "")]
    assert PUBLIC not in str(web.noted)
