"""Coverage gaps: a claim that finds nothing for want of articles says so, and leads to where they can be fetched."""

import pytest

from browser.browsers import Browser, until
from browser.servers import Site, Witness
from browser.test_privacy import ARTICLE

pytestmark = pytest.mark.browser


def test_the_list_says_what_the_archive_lacks_and_leads_to_its_filling(browser: Browser, witness: Witness, site: Site):
    browser.use_service(witness.origin)
    browser.open(site.put("/gap.html", ARTICLE))
    browser.press_button()
    until(lambda: browser.notice, "the page to be read")
    browser.press_keys("Alt", "Shift", "l")
    until(lambda: browser.card, "the list")
    browser.in_overlay("root.querySelector('details').open = true")

    assert "Your archive holds little or nothing from October 2025. Fill this gap" in browser.card
    assert browser.in_overlay("return [...root.querySelectorAll('details a')].map((one) => [one.href, one.rel])") == [
        [f"{witness.origin}/backfill?from=2025-10-01&to=2025-10-31", "noopener noreferrer"]
    ]
