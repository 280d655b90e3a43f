import logging

import httpx
import pytest

from backstory.errors import FetchError, FetchRefusedError
from backstory.model import Errand
from unit.fetching.web import PAGE, Web, answer, leading_to, page

KEY = "k3y/with spaces&more"
TOKEN = "t0ken-of-the-owner"
SPELLINGS = (KEY, TOKEN, "k3y%2Fwith", "k3y/with", "spaces%26more", "spaces&more")
API = "https://paper.example/search?q=ice"
SECRET_API = "https://paper.example/search?q=ice&api-key=k3y%2Fwith+spaces%26more"


def errand(url=API, kind="data"):
    return Errand(
        url=url, kind=kind, why="a month", secret=(("api-key", KEY),), headers=(("Authorization", f"Token {TOKEN}"),)
    )


def assert_nothing_told(*told):
    words = " ".join(map(repr, told)) + " ".join(map(str, told))
    assert not [spelling for spelling in SPELLINGS if spelling in words]


async def test_the_key_goes_to_its_host_and_is_told_to_nobody(caplog):
    caplog.set_level(logging.DEBUG)
    web = Web({SECRET_API: answer(b"{}", headers=[("Content-Type", "application/json")])})

    got = await web.door().get(errand())

    assert got.url == API
    assert web.asked[0].headers["authorization"] == f"Token {TOKEN}"
    assert_nothing_told(got, *web.noted, caplog.text)


async def test_an_address_without_a_query_gets_one():
    web = Web({"https://paper.example/?api-key=k3y%2Fwith+spaces%26more": answer(b"{}")})
    assert (await web.door().get(errand("https://paper.example/"))).url == "https://paper.example/"


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        pytest.param("http://other.example/b?api-key=k3y%2Fwith+spaces%26more&q=ice", "http://other.example/b?q=ice",
                     id="another host that is told the key"),
        pytest.param("https://other.example/b", "https://other.example/b", id="another host"),
        pytest.param("http://paper.example/b", "http://paper.example/b", id="the same host, for all to hear"),
        pytest.param("https://paper.example:8443/b", "https://paper.example:8443/b", id="another port"),
    ],
)  # fmt: skip
async def test_where_a_host_leads_the_key_does_not_go(place, asked):
    web = Web({SECRET_API: leading_to(place, 301), asked: answer(b"{}")})

    got = await web.door().get(errand())

    assert (got.url, got.moved) == (asked, asked)
    assert "authorization" not in web.asked[1].headers
    assert_nothing_told(got, *web.noted)


@pytest.mark.parametrize("place", ["/b?q=ice", "/b?q=ice&api-key=k3y%2Fwith+spaces%26more", "/b?api%2Dkey=old&q=ice"])
async def test_on_its_own_host_the_key_goes_along_once(place):
    asked = "https://paper.example/b?q=ice&api-key=k3y%2Fwith+spaces%26more"
    web = Web({SECRET_API: leading_to(place), asked: answer(b"{}")})
    assert (await web.door().get(errand())).url == "https://paper.example/b?q=ice"
    assert web.asked[1].headers["authorization"] == f"Token {TOKEN}"


async def test_on_its_own_host_the_key_goes_along_to_where_nobody_listens():
    web = Web(
        {
            SECRET_API.replace("https", "http"): leading_to(API),
            SECRET_API: answer(b"{}"),
        }
    )
    assert (await web.door().get(errand(API.replace("https", "http")))).url == API


@pytest.mark.parametrize(
    "place",
    [f"https://other.example/{TOKEN}", "https://other.example/?x=k3y/with%20spaces%26more", "/k3y%2Fwith spaces&more"],
)
async def test_a_host_that_repeats_the_key_elsewhere_is_not_followed(place):
    web = Web({SECRET_API: leading_to(place)})
    with pytest.raises(FetchRefusedError, match="repeats what is secret") as raised:
        await web.door().get(errand())
    assert_nothing_told(raised.value, *web.noted)


@pytest.mark.parametrize("place", [f"ftp://other.example/{TOKEN}", f"https://other.example:x/{TOKEN}"])
async def test_a_host_that_repeats_the_key_in_no_address_is_not_quoted(place):
    web = Web({SECRET_API: leading_to(place)})
    with pytest.raises(FetchError, match=r"is no (web )?address") as raised:
        await web.door().get(errand())
    assert_nothing_told(raised.value, *web.noted)
    assert raised.value.__suppress_context__


async def test_an_error_does_not_repeat_the_key():
    web = Web({})

    def loud(request):
        raise httpx.LocalProtocolError(f"Illegal header value b'Token {TOKEN}' for {request.url}", request=request)

    with pytest.raises(FetchError, match="cannot be fetched") as raised:
        await web.door(handler=loud).get(errand())
    assert_nothing_told(raised.value, *web.noted)
    assert raised.value.__suppress_context__


async def test_a_refusal_does_not_repeat_the_key():
    web = Web({SECRET_API: answer(b"", 403, [("X-Key", KEY)])})
    with pytest.raises(FetchError, match="answered with 403") as raised:
        await web.door().get(errand())
    assert_nothing_told(raised.value, *web.noted)


async def test_the_key_is_not_handed_to_robots_txt():
    web = Web({"https://paper.example/robots.txt": answer(b""), SECRET_API: page()})
    assert (await web.door().get(errand(kind="page"))).body == PAGE
    assert web.asked[0].url.query == b""
    assert "authorization" not in web.asked[0].headers


def test_an_errand_does_not_show_its_key():
    assert KEY not in repr(errand())
