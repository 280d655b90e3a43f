import httpx
import pytest

from backstory.errors import FetchError, FetchRefusedError
from backstory.fetching import fetch, is_public

PUBLIC = "93.184.216.34"
PAGE = b"<html><body><p>It rained.</p></body></html>"
HTML = {"Content-Type": "text/html; charset=koi8-r"}

# What names resolve to in these tests; others resolve to nothing.
NAMES = {
    "paper.example": (PUBLIC,),
    "both.example": (PUBLIC, "10.0.0.7"),
    "inside.example": ("192.168.1.5",),
    "xn--e1afmkfd.example": (PUBLIC,),
    "127.0.0.1": ("127.0.0.1",),
}


class Web:
    """A web of a few addresses, which remembers what it was asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def resolve(self, host, _port):
        return NAMES.get(host, ())

    def __call__(self, request):
        self.asked.append(request)
        return self.answers[f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"]

    async def fetch(self, url, **more):
        transport = httpx.MockTransport(self)
        return await fetch(url, **{"max_bytes": 1_000, "resolve": self.resolve, "transport": transport, **more})


def page(body=PAGE, status=200, **headers):
    return httpx.Response(status, content=body, headers=headers or HTML)


def leading_to(place):
    return httpx.Response(302, headers={"Location": place})


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
            "http://paper.example/", {"http://paper.example/": page(b"a" * 1_001)}, "more than 1,000", id="too large"
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
        await Web({}).fetch("http://paper.example/", transport=httpx.MockTransport(broken))


async def test_the_owner_may_allow_a_private_host_and_only_that():
    web = Web({"http://inside.example/": page()})
    assert (await web.fetch("http://inside.example/", allow_private_hosts=("inside.example",))).body == PAGE
    with pytest.raises(FetchRefusedError):
        await web.fetch("http://127.0.0.1/", allow_private_hosts=("inside.example",))


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_the_open_network_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.5", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)  # fmt: skip
def test_everything_else_is_not(address):
    assert not is_public(address)
