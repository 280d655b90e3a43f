import httpx
import pytest

from backstory.errors import FetchError, FetchRefusedError
from unit.fetching.web import PAGE, PUBLIC, Web, leading_to, page


async def test_a_page_is_fetched_from_the_address_that_was_looked_at():
    web = Web({"https://paper.example/story?a=b": page()})

    fetched = await web.fetch("https://user:secret@paper.example/story?a=b#part")

    assert (fetched.url, fetched.body, fetched.charset) == ("https://paper.example/story?a=b", PAGE, "koi8-r")
    [request] = web.asked
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "paper.example"
    assert request.extensions["sni_hostname"] == "paper.example"
    assert "authorization" not in request.headers


async def test_a_redirect_is_followed_to_where_it_ends():
    web = Web(
        {
            "http://paper.example/a": leading_to("https://paper.example/b"),
            "https://paper.example/b": leading_to("/c"),
            "https://paper.example/c": page(),
        }
    )
    assert (await web.fetch("http://paper.example/a")).url == "https://paper.example/c"


async def test_a_name_in_foreign_letters_is_asked_for_in_ascii():
    web = Web({"https://xn--e1afmkfd.example/": page()})
    assert (await web.fetch("https://пример.example/")).body == PAGE


@pytest.mark.parametrize(
    ("url", "answers", "says"),
    [
        pytest.param("http://127.0.0.1:8478/readyz", {}, "private address", id="this machine"),
        pytest.param("http://inside.example/", {}, "private address", id="a name for a private machine"),
        pytest.param("http://both.example/", {}, "private address", id="a name for both"),
        pytest.param(
            "http://paper.example/",
            {"http://paper.example/": leading_to("http://inside.example/")},
            "private address",
            id="a redirect inside",
        ),
        pytest.param(
            "http://paper.example/",
            {"http://paper.example/": leading_to("file:///etc/passwd")},
            "no web address",
            id="a redirect to a file",
        ),
        pytest.param(
            "http://paper.example/",
            {"http://paper.example/": leading_to("/")},
            "leads on more than 5 times",
            id="a redirect to itself",
        ),
        pytest.param("ftp://paper.example/", {}, "no web address", id="another scheme"),
        pytest.param("http://paper.example:x/", {}, "is no address", id="half an address"),
        pytest.param(
            "http://paper.example/",
            {"http://paper.example/": page(b"a" * 1_001)},
            "more than the 1,000",
            id="too large",
        ),
        pytest.param(
            "http://paper.example/",
            {"http://paper.example/": page(**{"Content-Type": "image/png"})},
            "is image/png, not a page",
            id="a picture",
        ),
    ],
)
async def test_what_is_not_to_be_fetched_is_refused(url, answers, says):
    with pytest.raises(FetchRefusedError, match=says):
        await Web(answers).fetch(url)


@pytest.mark.parametrize(
    ("url", "answers", "says"),
    [
        pytest.param("http://nobody.example/", {}, "no machine is called nobody.example", id="no such name"),
        pytest.param("http://paper.example/", {"http://paper.example/": page(status=404)}, "404 Not Found", id="gone"),
    ],
)
async def test_what_cannot_be_fetched_says_why(url, answers, says):
    with pytest.raises(FetchError, match=says):
        await Web(answers).fetch(url)


async def test_a_broken_wire_is_an_error_of_ours():
    def broken(request):
        raise httpx.ConnectError("connection refused", request=request)

    with pytest.raises(FetchError, match="cannot be fetched: connection refused"):
        await Web({}).fetch("http://paper.example/", handler=broken)


async def test_the_owner_may_allow_a_private_host_and_only_that():
    web = Web({"http://inside.example/": page()})
    assert (await web.fetch("http://inside.example/", allow_private_hosts=("inside.example",))).body == PAGE
    with pytest.raises(FetchRefusedError):
        await web.fetch("http://127.0.0.1/", allow_private_hosts=("inside.example",))
