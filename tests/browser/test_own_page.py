"""The very same overlays on a page of our own, outside any extension, and nothing for axe to find."""

import json
from pathlib import Path

import pytest

from browser.browsers import EXTENSION, Browser, until
from browser.servers import Site

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "extension" / "node_modules" / "axe-core" / "axe.min.js"
DOCUMENT = (ROOT / "tests" / "wire" / "annotation-page.json").read_text(encoding="utf-8")
BODY = """<main><article data-backstory data-backstory-open><h1>Lindholm reopens its harbour bridge</h1>
<p data-block="1">The freighter <i>Aurelia</i> hit the bridge in April, tearing away forty metres of roadway.</p>
<p data-block="2">In October, the council voted to close the old ferry line, which had carried commuters since
last spring.</p></article></main>"""


VIOLATIONS = """addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
(globalThis.broken ??= []).push([violatedDirective, blockedURI, sample]));"""


@pytest.fixture(params=["in the page", "at an address"])
def own_page(request, browser: Browser, site: Site) -> Browser:
    """A page of ours with an annotated article."""
    site.put("/overlay.js", (EXTENSION / "page" / "overlay.js").read_text(encoding="utf-8"))
    site.put("/violations.js", VIOLATIONS)
    site.put("/annotations.json", DOCUMENT)
    embedded = DOCUMENT.replace("</", "<\\/")
    here = f'<script type="application/ld+json" id="backstory">{embedded}</script>'
    there = '<link rel="alternate" type="application/ld+json" id="backstory" href="/annotations.json">'
    source = here if request.param == "in the page" else there
    head = '<meta charset="utf-8"><title>Ours</title><script src="/violations.js"></script>'
    body = f'{BODY}{source}<script src="/overlay.js"></script>'
    page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    browser.open(site.put("/ours.html", page))
    until(lambda: browser.lines("claim"), "claims to be underlined")
    return browser


def test_overlays_are_drawn_and_the_first_card_is_open(own_page: Browser):
    assert own_page.lines("date") == ["October", "last spring"]
    assert own_page.lines("date-in-claim") == ["April"]
    assert own_page.card.startswith("12 April 2025 · Coast Courier")
    assert own_page.evaluate("document.activeElement.localName") == "body"


def test_a_strict_policy_has_nothing_to_refuse(own_page: Browser):
    own_page.press_keys("Alt", "Shift", "l")
    until(lambda: own_page.card.startswith("On this page"), "the list")

    assert own_page.evaluate("globalThis.broken ?? []") == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_in_cards(own_page: Browser, look: str):
    own_page.prefer(dark=look == "dark")
    assert violations(own_page) == []
    own_page.press_keys("Alt", "Shift", "j")
    own_page.in_overlay("root.querySelectorAll('.inline').forEach((one) => one.click())")
    assert violations(own_page) == []
    own_page.press_keys("Alt", "Shift", "l")
    until(lambda: own_page.card.startswith("On this page"), "the list")
    own_page.in_overlay("root.querySelector('details').open = true")
    assert violations(own_page) == []
    own_page.prefer(dark=False)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_in_options(browser: Browser, look: str):
    browser.prefer(dark=look == "dark")
    browser.fill_in_options("no address")
    browser.evaluate("document.getElementById('test').click()")

    assert violations(browser) == []
    browser.prefer(dark=False)


def violations(browser: Browser) -> list[str]:
    """What axe-core finds wrong with the page, its cards included."""
    browser.evaluate(f"(() => {{ {AXE.read_text(encoding='utf-8')} }})()")
    found = browser.evaluate(
        "axe.run().then(({violations}) => violations.map((one) => [one.id, one.nodes.map((n) => n.html)]))"
    )
    return [json.dumps(one) for one in found]
