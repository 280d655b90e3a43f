"""A new owner in a real browser, from an empty archive to an article whose overlays link to what has just arrived."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from browser.browsers import HEIGHT, WIDTH, Browser, until
from browser.servers import running_service
from browser.test_own_page import violations
from servers.feeds import Newsroom
from servers.stories import Story

pytestmark = pytest.mark.browser

PAGES = (
    "/archive",
    "/search?q=the",
    "/feeds",
    "/backfill",
    "/import",
    "/jobs",
    "/settings",
    "/requests",
    "/tokens",
    "/start",
)
OUTLETS = 4


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """Outlets on this machine, each with its feed."""
    with Newsroom(OUTLETS, hosts=OUTLETS).serving() as newsroom:
        yield newsroom


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The real service over an empty home that may ask this machine; its address."""
    hosts = [f"127.0.0.{number}" for number in range(1, OUTLETS + 1)]
    config = tmp_path / "backstory.toml"
    config.write_text(f"allow_private_hosts = {json.dumps(hosts)}\nseconds_between_requests = 0.05\n", "utf-8")
    with running_service(tmp_path / "home", "--config", str(config)) as address:
        until(lambda: _is_ready(address), "the service to be ready")
        yield address


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real service over the sample coverage; its address."""
    with running_service(tmp_path_factory.mktemp("home"), "--sample") as address:
        until(lambda: _is_ready(address), "the service to be ready")
        yield address


def test_a_new_owner_hands_in_a_list_watches_it_arrive_searches_and_reads(
    browser: Browser, newsroom: Newsroom, empty: str
):
    browser.resize(WIDTH, HEIGHT)
    browser.open(f"{empty}/")
    _click(browser, ".begin a", "/start")
    _click(browser, "main a[href='/feeds']", "/feeds")
    _hand_in(browser, newsroom)

    # The list asks for itself anew: nobody reloads.
    arrived = "!document.querySelector('[data-arriving]') && document.querySelectorAll('.state.well').length"
    until(lambda: browser.evaluate(arrived) == OUTLETS, "every feed to be well")
    assert f"{5 * OUTLETS} articles so far" in browser.evaluate("document.getElementById('sum').textContent")

    story = newsroom.outlets[0].stories[3]
    browser.open(f"{empty}/search?q={'+'.join(re.findall('[A-Za-z]+', story.headline))}")
    assert browser.evaluate("document.querySelectorAll('.reports mark').length") > 0
    _click(browser, ".reports a", "/article")
    assert browser.evaluate("document.querySelector('article').textContent.trim().length") > 100
    _click(browser, ".deeds .download", "/article")
    until(lambda: browser.evaluate("document.querySelector('article[data-backstory]') !== null"), "overlays")
    assert violations(browser) == []

    # Something new to read about what arrived, put into the box: it is linked to one of those articles.
    _read(browser, empty, story)
    until(lambda: browser.lines("claim"), "claims to be underlined")
    linked = browser.evaluate(
        """JSON.parse(document.getElementById('backstory').textContent).items
        .flatMap(({ body, claim }) => claim ? body.map(({ source }) => source.id) : [])"""
    )
    assert linked
    assert all(any(url.startswith(newsroom.origin(number)) for number in range(OUTLETS)) for url in linked)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_every_window_and_axe_finds_nothing_in_either_look(browser: Browser, sampled: str, page: str):
    browser.open(sampled + page)
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true }), 1")
    for width in (320, 390, 1280):
        browser.resize(width, HEIGHT)
        browser.evaluate(f"void (document.documentElement.style.maxWidth = '{width}px')")
        assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    browser.resize(WIDTH, HEIGHT)
    for dark in (False, True):
        browser.prefer(dark=dark)
        assert violations(browser) == []
    browser.prefer()


def test_a_file_is_handed_in_and_its_articles_are_found(browser: Browser, empty: str):
    said = {"url": "https://courier.example/1", "title": "Ferry strikes pier", "published": "2016-03-07"}
    words = {"text": "The harbour of Lindau was closed on Monday after a ferry struck the eastern pier."}
    browser.open(f"{empty}/import")
    _choose(browser, "file", json.dumps(said | words), "papers.ndjson")
    _click(browser, "form[action='/import'] button", "/jobs")
    ended = "document.querySelector('.end.done')?.parentElement.textContent || ''"
    until(lambda: "1 article added" in browser.evaluate(ended), "the import to end")

    browser.open(f"{empty}/search?q=ferry")
    assert browser.evaluate("document.querySelectorAll('.reports li').length") == 1


def test_a_page_is_gone_through_by_keyboard(browser: Browser, sampled: str):
    browser.open(f"{sampled}/search")
    browser.press_keys("Tab")
    assert browser.evaluate("document.activeElement.textContent") == "To the content"
    browser.press_keys("Enter")
    until(lambda: browser.evaluate("location.hash") == "#main", "the content")


def _hand_in(browser: Browser, newsroom: Newsroom) -> None:
    outlines = "".join(f'<outline type="rss" xmlUrl="{newsroom.feed_url(number)}"/>' for number in range(OUTLETS))
    listed = f'<opml version="2.0"><body>{outlines}</body></opml>'
    _choose(browser, "list", listed, "feeds.opml")
    _click(browser, "form[action='/feeds/import'] button", "/feeds")


def _choose(browser: Browser, field: str, content: str, name: str) -> None:
    """Choose a file in a form."""
    browser.evaluate(
        f"""void (() => {{
            const files = new DataTransfer();
            files.items.add(new File([{json.dumps(content)}], {json.dumps(name)}));
            document.getElementById('{field}').files = files.files;
        }})()"""
    )


def _read(browser: Browser, address: str, story: Story) -> None:
    """Put a report of a later day about a story into the box."""
    browser.open(f"{address}/read")
    words = f"{story.headline}. {story.summary}"
    for field, value in (("words", words), ("published", "2030-01-02")):
        browser.evaluate(f"void (document.getElementById('{field}').value = {json.dumps(value)})")
    _click(browser, "#box button", "/read")


def _click(browser: Browser, selector: str, path: str) -> None:
    """Click on something that leads to a page, and wait for that."""
    clicked = f"void (document.body.dataset.left = 'not yet', document.querySelector({json.dumps(selector)}).click())"
    browser.evaluate(clicked)
    there = f"location.pathname === '{path}' && document.readyState === 'complete' && !document.body.dataset.left"
    until(lambda: browser.evaluate(there), f"{path} after a click on {selector}")


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
