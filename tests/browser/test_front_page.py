"""The front page as a newcomer meets it: with scripts and without, from the first look to a text of their own."""

import io
import json
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from browser.browsers import HEIGHT, WIDTH, Browser, until
from browser.servers import Site, running_service, serving
from browser.test_own_page import VIOLATIONS, violations

pytestmark = pytest.mark.browser

TEXT = """In September Benjamin Netanyahu flew to Moscow with the chief of staff, Gadi Eisenkot, to meet Vladimir Putin.

Last month Vladimir Putin ordered the main part of the Russian forces to leave Syria."""
HOSTILE = '</script><script>globalThis.pwned=1</script></textarea><img src=x onerror="globalThis.pwned=1"><!-- {{7*7}}'
TOKEN = "correct-horse.battery~staple"


@dataclass
class Between(Site):
    """Stands between a browser and the service, and passes on what both say, but for what a test changes."""

    service: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Pass one request on, and its answer back; every page is made to note what its policy refuses."""
        if request.path in self.files or request.path in self.missing:
            super().answer(request)
            return
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0)) or None
        passed = {
            name: request.headers[name]
            for name in ("Host", "Origin", "Content-Type", "Accept")
            if request.headers[name]
        }
        asked = urllib.request.Request(self.service + request.path, body, passed)  # noqa: S310 - our own service
        try:
            answer = urllib.request.urlopen(asked)  # noqa: S310 - as above
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            said = answer.read().replace(b"<title>", b'<script src="/violations.js"></script><title>', 1)
            request.send_response(answer.status)
            kept = {
                name: answer.headers[name] for name in ("Content-Type", "Content-Security-Policy", "Referrer-Policy")
            }
            for name, value in (kept | self.headers).items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(said)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real service over the sample coverage; its address."""
    with running_service(tmp_path_factory.mktemp("home"), "--sample") as address:
        until(lambda: _is_ready(address), "the service to be ready")
        yield address


@pytest.fixture
def between(sampled: str) -> Iterator[Between]:
    """The service, with somebody between it and the browser."""
    proxy = Between(service=sampled)
    with serving(proxy):
        proxy.put("/violations.js", VIOLATIONS)
        yield proxy


@pytest.fixture
def front(browser: Browser, sampled: str) -> Iterator[Browser]:
    """A browser on the front page, with its overlays drawn."""
    browser.resize(WIDTH, HEIGHT)
    browser.prefer(dark=False)
    browser.open(f"{sampled}/")
    until(lambda: browser.lines("claim"), "claims to be underlined")
    yield browser
    browser.prefer(dark=False)
    browser.resize(WIDTH, HEIGHT)


def test_the_article_is_read_with_the_extension_s_own_overlays_and_one_card_is_open(front: Browser):
    drawn = front.evaluate("[...document.querySelectorAll('article .claim')].map((one) => one.textContent)")

    assert front.lines("date")
    assert "".join(front.lines("claim")) == "".join(drawn)
    first = front.evaluate(
        """JSON.parse(document.getElementById('backstory').textContent).items
        .find((item) => item.motivation === 'linking' && item.target.selector && item.body.length)"""
    )
    assert front.lines("focus") == [first["target"]["selector"][0]["exact"]]
    assert first["body"][0]["source"]["headline"] in front.card
    assert front.evaluate("document.activeElement === document.body")
    assert front.evaluate("scrollY") == 0


def test_what_the_server_drew_makes_room_for_the_overlays(front: Browser):
    assert not _shown(front, "article .notes, article .ref, .only-drawn")
    assert not front.evaluate("document.querySelector('article [title]')")
    assert front.evaluate("getComputedStyle(document.querySelector('article .claim')).textDecorationLine") == "none"


def test_the_card_is_read_and_left_by_keyboard_alone(front: Browser):
    first = front.card
    front.press_keys("Alt", "Shift", "j")
    until(lambda: front.card not in {"", first}, "the next card")
    assert front.evaluate("document.activeElement.localName") == "backstory-overlay"
    front.press_keys("Escape")
    until(lambda: not front.card, "the card to close")
    assert front.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("width", [1280, 768, 640, 390, 320])  # 640 is 1280 at twice its size
@pytest.mark.parametrize("page", ["/", "/read", "/?article=one-day-175-signatures"])
def test_nothing_is_wider_than_the_window(browser: Browser, sampled: str, width: int, page: str):
    # Firefox will not make a window narrower than 450: the page is asked to be, and that is what is looked at.
    browser.resize(width, HEIGHT)
    browser.open(sampled + page)
    browser.evaluate(f"void (document.documentElement.style.maxWidth = '{width}px')")
    opened = browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true }), 1")
    assert opened == 1
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = browser.evaluate(
        f"""[...document.querySelectorAll('main *, header *')].filter((one) => one.checkVisibility() &&
        one.getBoundingClientRect().right > Math.min({width}, document.documentElement.clientWidth) + 1)
        .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    browser.resize(WIDTH, HEIGHT)


def test_in_a_small_window_no_card_hides_what_it_is_about(browser: Browser, sampled: str):
    browser.resize(460, 844)
    browser.open(f"{sampled}/")
    until(lambda: browser.lines("claim"), "claims to be underlined")

    assert browser.stays(lambda: not browser.card, 0.5)
    x, y = browser.point_of("claim", browser.lines("claim")[0])
    browser.click(x, y)
    until(lambda: browser.card, "the card of a claim that was tapped")
    browser.resize(WIDTH, HEIGHT)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("page", ["/", "/read"])
def test_axe_finds_nothing(browser: Browser, sampled: str, page: str, look: str):
    browser.prefer(dark=look == "dark")
    browser.open(sampled + page)
    if page == "/":
        until(lambda: browser.card, "the first card")
    assert violations(browser) == []
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true }), 1")
    assert violations(browser) == []
    browser.prefer(dark=False)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_where_scripts_are_off(browser: Browser, between: Between, look: str):
    browser.prefer(dark=look == "dark")
    browser.open(_without_scripts(between))
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true }), 1")

    assert violations(browser) == []
    browser.prefer(dark=False)


def test_without_scripts_the_cards_that_the_server_drew_are_read(browser: Browser, between: Between):
    browser.open(_without_scripts(between))

    assert not browser.evaluate("CSS.highlights.size")
    assert _shown(browser, "article .ref, .only-drawn")
    assert _shown(browser, "details.card[open] blockquote")
    assert not _shown(browser, ".only-overlaid")
    underlined = "getComputedStyle(document.querySelector('article .claim')).textDecorationLine"
    assert browser.evaluate(underlined) == "underline"


def test_where_the_overlays_do_not_arrive_the_server_s_cards_stay(browser: Browser, between: Between):
    between.missing = ("/static/overlay.js",)
    browser.open(f"{between.origin}/")

    assert _shown(browser, "details.card[open] blockquote")
    assert _shown(browser, "article .ref")


def test_the_strict_policy_has_nothing_to_refuse_and_nothing_comes_from_elsewhere(browser: Browser, between: Between):
    for page in ("/", "/read"):
        browser.open(between.origin + page)
        if page == "/":
            until(lambda: browser.card, "the first card")
            browser.press_keys("Alt", "Shift", "l")
            until(lambda: browser.card.startswith("On this page"), "the list")
        assert browser.evaluate("globalThis.broken ?? []") == []
        loaded = browser.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
        assert all(name.startswith((between.origin, "data:")) for name in loaded), loaded


def test_a_text_of_one_s_own_is_read_with_its_overlays(front: Browser):
    _put(front, TEXT, "2016-04-25")
    until(lambda: front.lines("claim"), "claims of the text to be underlined")

    assert front.lines("claim")[0].startswith("In September Benjamin Netanyahu")
    assert front.lines("date-in-claim")[:1] == ["September"] or "September" in front.lines("date")
    until(lambda: "21 September 2015" in front.card, "the card of the first claim")
    assert front.evaluate("document.getElementById('published').value") == "2016-04-25"


def test_a_text_of_one_s_own_is_read_without_scripts_too(browser: Browser, between: Between):
    browser.open(_without_scripts(between))
    _put(browser, TEXT, "2016-04-25")

    assert "21 September 2015" in browser.evaluate("document.getElementById('card-1').textContent")


def test_a_hostile_text_is_words(browser: Browser, between: Between):
    browser.open(f"{between.origin}/")
    _put(browser, f"{HOSTILE}\n\n{TEXT}", "2016-04-25")
    until(lambda: browser.lines("claim"), "the overlays")

    assert browser.evaluate("document.getElementById('words').value").startswith(HOSTILE)
    assert browser.evaluate("typeof globalThis.pwned") == "undefined"
    assert browser.evaluate("document.querySelectorAll('article img, article script').length") == 0
    assert browser.evaluate("globalThis.broken ?? []") == []


def test_an_address_inside_one_s_own_network_is_refused_on_the_page(front: Browser, site: Site):
    address = site.put("/private.html", "<p>secret</p>")
    _put(front, address)

    assert "is on a private address" in front.evaluate("document.getElementById('trouble').textContent")
    assert "/private.html" not in site.asked
    assert violations(front) == []


def test_the_token_is_asked_for_once(browser: Browser, tmp_path):
    with running_service(tmp_path, "--sample", "--token", TOKEN) as address:
        until(lambda: _is_alive(address), "the service to be up")
        browser.open(f"{address}/")
        assert violations(browser) == []
        for said, seen in (("wrong", "This is not the token."), (TOKEN, "What was reported before")):
            browser.evaluate(f"void (document.getElementById('token').value = {json.dumps(said)})")
            browser.evaluate("void document.querySelector('button').click()")
            _until_said(browser, seen)
        until(lambda: browser.lines("claim"), "claims to be underlined")
        assert browser.evaluate("document.cookie") == ""
        _put(browser, TEXT, "2016-04-25")
        until(
            lambda: browser.evaluate("location.pathname") == "/read" and browser.lines("claim"), "the text to be read"
        )


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_the_extension_that_is_served_can_be_installed(sampled: str, name: str):
    packed = zipfile.ZipFile(io.BytesIO(httpx.get(f"{sampled}/extension/backstory-{name}.zip").content))
    assert packed.testzip() is None
    assert json.loads(packed.read("manifest.json"))["manifest_version"] == 3


def _without_scripts(between: Between) -> str:
    """The front page under a policy that runs nothing, as blockers of scripts make it; its address."""
    between.headers = {
        "Content-Security-Policy": "script-src 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    }
    return f"{between.origin}/"


def _put(browser: Browser, words: str, published: str = "") -> None:
    """Type into the box, press its button and wait for the answer."""
    for field_id, value in (("words", words), ("published", published)):
        browser.evaluate(f"void (document.getElementById('{field_id}').value = {json.dumps(value)})")
    browser.evaluate("void (document.body.dataset.left = 'not yet', document.querySelector('#box button').click())")
    arrived = "location.pathname === '/read' && document.readyState === 'complete' && !document.body.dataset.left"
    until(lambda: browser.evaluate(arrived), "the answer to what was put into the box")


def _until_said(browser: Browser, words: str) -> None:
    said = f"document.body?.textContent.includes({json.dumps(words)}) && document.readyState === 'complete'"
    until(lambda: browser.evaluate(said), words)


def _shown(browser: Browser, selector: str) -> Any:
    """How many of the elements a reader can see."""
    return browser.evaluate(
        f"[...document.querySelectorAll({json.dumps(selector)})].filter((one) => one.checkVisibility()).length"
    )


def _is_ready(address: str) -> bool:
    return _answers(f"{address}/readyz")


def _is_alive(address: str) -> bool:
    return _answers(f"{address}/healthz")


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
