"""What a reader is told when it does not work: once, plainly, and with what to do."""

import pytest

from browser.browsers import Browser, until
from browser.servers import Site, Witness, free_port

pytestmark = pytest.mark.browser

ARTICLE = "<!doctype html><html lang=en><title>A page</title><main><p>One paragraph of a page.</p></main></html>"


@pytest.fixture
def article(site: Site) -> str:
    """A page of the newspaper; its address."""
    return site.put("/page.html", ARTICLE)


def told(browser: Browser, article: str) -> str:
    """What is said after the button was pressed on a page."""
    browser.open(article)
    browser.press_button()
    return until(lambda: browser.notice if browser.badge() == "!" else None, "what went wrong")


def test_a_service_that_is_away_says_so_once(browser: Browser, article: str):
    server = f"127.0.0.1:{free_port()}"
    browser.use_service(f"http://{server}")

    assert told(browser, article) == f"Can't reach your Backstory at {server}. Is it running?"
    assert browser.in_overlay("return root.querySelectorAll('.notice, .card').length") == 1
    assert browser.lines("claim") == browser.lines("date") == []


def test_closing_the_message_leaves_the_page_as_it_was(browser: Browser, article: str):
    browser.use_service(f"http://127.0.0.1:{free_port()}")
    browser.open(article)
    before = browser.html
    browser.press_button()
    until(lambda: browser.badge() == "!" and browser.notice, "what went wrong")

    browser.in_overlay("root.querySelector('.close').click()")

    until(lambda: browser.html == before, "the page to be as it was")
    assert browser.badge() == ""


def test_trying_again_works_once_the_service_is_back(browser: Browser, witness: Witness, article: str):
    witness.status = 503
    browser.use_service(witness.origin)
    name = witness.origin.removeprefix("http://")
    assert told(browser, article) == f"Your Backstory at {name} is running but can't answer just now."

    witness.status = 200
    browser.in_overlay("root.querySelector('.notice .quiet').click()")

    until(lambda: browser.badge() not in ("!", "…"), "the page to be read")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(401, "asks for a token", id="no token"),
        pytest.param(413, "too large", id="too large"),
        pytest.param(422, "No article here.", id="no article"),
        pytest.param(429, "busy", id="busy"),
        pytest.param(418, "could not read this page: I am a teapot.", id="anything else"),
    ],
)
def test_each_answer_has_its_words(browser: Browser, witness: Witness, article: str, status: int, said: str):
    witness.status, witness.body = status, {"detail": "I am a teapot."}
    browser.use_service(witness.origin)

    assert said in told(browser, article)


def test_another_version_is_named(browser: Browser, witness: Witness, article: str):
    witness.body, witness.health = {"type": "Other"}, {"name": "Backstory", "version": "9.0.0", "api": 9}
    browser.use_service(witness.origin)

    assert "speaks another version" in told(browser, article)


def test_a_page_that_is_no_article_is_said_to_be_none(browser: Browser, service: str, site: Site):
    browser.use_service(service)

    assert told(browser, site.put("/empty.html", "<!doctype html><title>Nothing</title><p></p>")) == "No article here."
