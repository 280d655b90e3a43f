"""Keep what I read: nothing unless it was asked for, then each article once, in the reader's own archive."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from browser.browsers import Browser, until
from browser.servers import Site, Witness, running_service

pytestmark = pytest.mark.browser

ARTICLE = """<!doctype html><html lang="en"><head><title>Lindholm reopens its harbour bridge</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Lindholm reopens its harbour bridge", "datePublished": "2025-11-03",
"publisher": {"@type": "Organization", "name": "Coast Courier"}}</script></head><body><main><article>
<h1>Lindholm reopens its harbour bridge</h1>
<p>The freighter Aurelia hit the bridge in April, tearing away forty metres of roadway. The port authority said at the
time that repairs would take two years.</p><p>In October, the council voted to close the old ferry line.</p></article>
</main></body></html>"""


@pytest.fixture(autouse=True)
def _off_again(browser: Browser, witness: Witness) -> Iterator[None]:
    """The browser as the other tests expect it."""
    yield
    use_service(browser, witness.origin, keep=False)


def tick(browser: Browser, *, wanted: bool) -> None:
    """Set the choice in Options, as the owner does, and save."""
    until(lambda: browser.evaluate("document.getElementById('keep') !== null"), "the choice")
    browser.evaluate(f"void (document.getElementById('keep').checked = {str(wanted).lower()})")
    browser.evaluate("document.querySelector('[type=submit]').click()")
    until(lambda: browser.outcome.startswith("Saved."), "Options to be saved")


def use_service(browser: Browser, address: str, *, keep: bool) -> None:
    browser.fill_in_options(address)
    tick(browser, wanted=keep)


def read(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press_button()
    until(lambda: browser.notice, "the page to be read")


def kept(witness: Witness) -> list[object]:
    return [body for method, path, body in witness.sent if (method, path) == ("POST", "/api/articles")]


def test_nothing_is_kept_until_it_is_asked_for(browser: Browser, witness: Witness, site: Site):
    browser.use_service(witness.origin)
    assert browser.evaluate("document.getElementById('keep').checked") is False

    read(browser, site.put("/bridge.html", ARTICLE))

    assert browser.stays(lambda: not kept(witness))


def test_what_was_read_is_kept_once_as_it_was_seen(browser: Browser, witness: Witness, site: Site):
    address = site.put("/kept-once.html", ARTICLE)
    use_service(browser, witness.origin, keep=True)

    read(browser, address)
    until(lambda: kept(witness), "the article to be kept")
    read(browser, address)
    until(lambda: len(witness.pages) == 2, "the page to be read again")

    assert browser.stays(lambda: len(kept(witness)) == 1)
    [article] = kept(witness)
    assert isinstance(article, dict)
    assert article["url"] == address
    assert article["html"] == witness.pages[0]["html"]


def test_a_page_that_is_refused_is_not_kept(browser: Browser, witness: Witness, site: Site):
    witness.status = 422
    use_service(browser, witness.origin, keep=True)

    read(browser, site.put("/refused.html", ARTICLE))

    assert "No article here." in browser.notice
    assert not kept(witness)


def test_what_was_read_can_be_found_in_the_archive(browser: Browser, tmp_path: Path, site: Site):
    address = site.put("/found.html", ARTICLE)
    with running_service(tmp_path) as service:
        use_service(browser, service, keep=True)
        read(browser, address)

        found = until(lambda: httpx.get(f"{service}/api/articles?q=freighter").json()["articles"], "the archive")

    assert [(one["url"], one["title"], one["publisher"], one["published"]) for one in found] == [
        (address, "Lindholm reopens its harbour bridge", "Coast Courier", "2025-11-03")
    ]


def test_the_choice_is_kept_and_can_be_taken_back(browser: Browser, witness: Witness, site: Site):
    use_service(browser, witness.origin, keep=True)
    browser.fill_in_options(witness.origin)
    assert browser.evaluate("document.getElementById('keep').checked") is True
    tick(browser, wanted=False)

    read(browser, site.put("/not-kept.html", ARTICLE))

    assert browser.stays(lambda: not kept(witness))
