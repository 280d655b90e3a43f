"""What leaves the browser: nothing before the click, one request after it, and no more than the page's text."""

import pytest

from backstory.model import Page
from backstory.reading import read
from browser.browsers import Browser, until
from browser.servers import Site, Witness
from factories import READ_AT
from seed import seed_html

pytestmark = pytest.mark.browser

ARTICLE = """<!doctype html><html lang="en"><head><title>Lindholm reopens its harbour bridge</title>
<meta name="csrf-token" content="secret-token"></head><body><main><article>
<h1>Lindholm reopens its harbour bridge</h1>
<p>The freighter Aurelia hit the bridge in April, tearing away forty metres of roadway. The port authority said at the
time that repairs would take two years.</p><p>In October, the council voted to close the old ferry line.</p></article>
<form><input value="secret-input"><textarea>secret-letter</textarea></form>
<p hidden>secret-hidden</p></main></body></html>"""


@pytest.fixture
def article(site: Site) -> str:
    """An article of ours, with things on its page that are nobody's business."""
    return site.put("/article.html", ARTICLE)


def test_nothing_is_sent_before_the_click(browser: Browser, witness: Witness, site: Site, article: str):
    browser.use_service(witness.origin)
    site.asked.clear()

    browser.open(article)

    assert browser.stays(lambda: not witness.sent)
    assert browser.evaluate("document.querySelector('backstory-overlay')") is None
    assert set(site.asked) <= {"/article.html", "/favicon.ico"}


def test_one_page_is_one_request(browser: Browser, witness: Witness, site: Site, article: str):
    browser.use_service(witness.origin)
    browser.open(article)
    site.asked.clear()
    browser.press_button()
    until(lambda: browser.lines("date-in-claim"), "dates to be underlined")
    browser.move(*browser.point_of("date-in-claim", "April"))
    until(lambda: browser.card, "the card")

    assert [(method, path) for method, path, _ in witness.sent if method != "OPTIONS"] == [("POST", "/api/annotations")]
    assert site.asked == []


def test_what_is_sent_is_the_text_and_the_address(browser: Browser, witness: Witness, article: str):
    browser.use_service(witness.origin)
    browser.open(f"{article}#a-fragment")
    browser.press_button()
    until(lambda: witness.pages, "the page to be sent")
    [page] = witness.pages

    assert set(page) == {"url", "html", "read_at"}
    assert page["url"] == article
    assert "tearing away forty metres" in page["html"]
    assert "secret" not in page["html"]
    assert len(page["html"]) < len(ARTICLE) + 200


@pytest.mark.shared
def test_the_snapshot_gives_the_same_article_as_the_page(browser: Browser, witness: Witness, seed: str):
    browser.use_service(witness.origin)
    browser.open(seed)
    browser.press_button()
    until(lambda: witness.pages, "the page to be sent")
    [page] = witness.pages

    snapshot = read(Page(url=seed, html=page["html"], read_at=READ_AT))
    itself = read(Page(url=seed, html=seed_html(), read_at=READ_AT))

    assert snapshot.text == itself.text
    assert (snapshot.headline, snapshot.publisher, snapshot.authors) == (
        itself.headline,
        itself.publisher,
        itself.authors,
    )
    assert (snapshot.published, snapshot.language) == (itself.published, itself.language)
    assert [block.kind for block in snapshot.blocks] == [block.kind for block in itself.blocks]
    assert all(block.number for block in snapshot.blocks)


def test_what_an_archive_holds_stays_out_of_the_page(browser: Browser, witness: Witness, article: str):
    browser.use_service(witness.origin)
    browser.open(article)
    browser.press_button()
    until(lambda: browser.lines("claim"), "claims to be underlined")
    browser.press_keys("Alt", "Shift", "l")
    until(lambda: browser.card, "the list")

    assert "Coast Courier" in browser.card
    assert "Coast Courier" not in browser.html
    assert browser.evaluate("document.querySelector('backstory-overlay').shadowRoot") is None


def test_a_hostile_answer_stays_text(browser: Browser, witness: Witness, article: str):
    browser.use_service(witness.origin)
    browser.open(article)
    browser.press_button()
    until(lambda: browser.lines("claim"), "claims to be underlined")
    browser.click(*browser.point_of("claim", browser.lines("claim")[0]))
    until(lambda: browser.card, "the card")
    browser.in_overlay("[...root.querySelectorAll('.card button')].find((b) => b.textContent === '1 more').click()")

    assert "<img src=x onerror=alert(1)>" in browser.card
    assert browser.in_overlay("return root.querySelectorAll('img, script, iframe').length") == 0
    links = browser.in_overlay("return [...root.querySelectorAll('a')].map((a) => a.protocol)")
    assert set(links) == {"https:"}
