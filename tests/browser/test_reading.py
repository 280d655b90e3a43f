"""A page read with its overlays: the built extension, the real service, real browsers."""

import pytest

from browser.browsers import Browser, until

pytestmark = [pytest.mark.browser, pytest.mark.shared]

OCHRE, SEA = "#8a5a00", "#0b6e69"
WITHDRAWAL = (
    "Russian announced last month that it would withdraw most of its ground forces from Syria, "
    "but has continued to fly air missions."
)


@pytest.fixture
def page(browser: Browser, service: str, seed: str) -> Browser:
    """The seed's page, open in a browser that knows the service."""
    browser.use_service(service)
    browser.open(seed)
    return browser


@pytest.fixture
def reading(page: Browser) -> Browser:
    """The seed's page with its overlays on."""
    page.press_button()
    until(lambda: dates(page), "dates to be underlined")
    return page


def dates(browser: Browser) -> list[str]:
    """The dates that are underlined, in claims and outside."""
    return browser.lines("date") + browser.lines("date-in-claim")


def on_date(browser: Browser, words: str) -> tuple[float, float]:
    """A point on a date, wherever it stands."""
    return browser.point_of("date" if words in browser.lines("date") else "date-in-claim", words)


def test_the_right_dates_are_underlined(reading):
    assert {"last month", "October", "December", "June 7"} <= set(dates(reading))
    assert "now" not in dates(reading)


def test_the_right_claims_are_underlined(reading):
    assert WITHDRAWAL in reading.lines("claim")


def test_the_lines_are_seen_and_gone_when_off(reading):
    reading.evaluate("document.querySelector('.story-body').scrollIntoView({ behavior: 'instant' })")
    on = reading.screenshot()
    reading.press_button()
    until(lambda: not dates(reading), "the lines to go")
    off = reading.screenshot()

    assert reading.count_pixels(on, SEA) > 20
    assert reading.count_pixels(on, OCHRE) > 200
    assert reading.count_pixels(off, OCHRE) == reading.count_pixels(off, SEA) == 0


def test_off_leaves_the_page_as_it_was(page):
    before = page.html
    page.press_button()
    until(lambda: dates(page), "dates to be underlined")
    page.move(*on_date(page, "October"))
    until(lambda: page.card, "the card")
    assert page.html != before

    page.press_button()
    until(lambda: not dates(page), "the lines to go")

    assert page.html == before
    assert page.evaluate("CSS.highlights.size + document.adoptedStyleSheets.length") == 0


def test_nothing_moves_when_lines_are_drawn(page):
    where = "JSON.stringify([...document.querySelectorAll('p, h1')].map((one) => one.getBoundingClientRect()))"
    before = page.evaluate(where)

    page.press_button()
    until(lambda: dates(page), "dates to be underlined")

    assert page.evaluate(where) == before


def test_resting_on_a_date_says_which_it_is(reading):
    reading.move(*on_date(reading, "last month"))
    card = until(lambda: reading.card, "the card")

    assert card.startswith("March 2016\n")
    assert "the month before" in card


def test_a_date_in_a_claim_says_both(reading):
    reading.move(*reading.point_of("date-in-claim", "last month"))
    card = until(lambda: reading.card, "the card")

    assert card.startswith("March 2016\n")
    assert "14 March 2016 · Wikipedia Current events" in card


def test_clicking_a_claim_says_what_was_reported_before(reading):
    reading.click(*reading.point_of("claim", WITHDRAWAL))
    card = until(lambda: reading.card, "the card")
    reading.in_overlay("root.querySelector('.inline').click()")

    assert card.startswith("14 March 2016 · Wikipedia Current events")
    assert "Russian President Vladimir Putin orders Defence Minister Sergey Shoygu" in card
    assert "First report in your archive · 38 days before this article · why" in card
    assert "Linked because both name" in reading.card
    assert "withdrawal" in reading.in_overlay(
        "return [...root.querySelectorAll('blockquote b')].map((b) => b.textContent)"
    )
    link = reading.in_overlay("return root.querySelector('.card a').href")
    assert link.startswith("https://en.wikipedia.org/wiki/Portal:Current_events/2016_March_14?item=4#:~:text=")


def test_a_card_goes_with_the_pointer(reading):
    reading.move(*on_date(reading, "October"))
    until(lambda: reading.card, "the card")

    reading.move(3, 3)

    until(lambda: not reading.card, "the card to go")


def test_a_card_stays_while_the_pointer_is_in_it(reading):
    reading.move(*on_date(reading, "October"))
    until(lambda: reading.card, "the card")
    middle = "const box = root.querySelector('.card').getBoundingClientRect(); return [box.x + 40, box.y + 40]"

    reading.move(*reading.in_overlay(middle))

    assert reading.stays(lambda: reading.card)


def test_the_keyboard_alone_suffices(reading):
    focused = "return root.activeElement?.getAttribute('aria-label') ?? root.activeElement?.localName ?? ''"
    seen = set()
    for _ in range(40):
        reading.press_keys("Alt", "Shift", "j")
        seen.add(until(lambda: reading.in_overlay(focused), "the focus to be in a card"))
        if reading.in_overlay(focused).endswith(": October"):
            break

    assert len(seen) == len({name.split(":")[0] for name in seen})
    assert reading.card.startswith("October 2015\n")
    reading.press_keys("Tab")
    assert reading.in_overlay(focused) == "button"
    reading.press_keys("Escape")
    until(lambda: not reading.card, "the card to go")
    assert reading.evaluate("document.activeElement.localName") == "body"


def test_the_focus_goes_back_to_where_it_was(reading):
    reading.evaluate("document.querySelector('header a').focus()")
    reading.press_keys("Alt", "Shift", "j")
    until(lambda: reading.card, "the card")
    assert reading.evaluate("document.activeElement.localName") == "backstory-overlay"

    reading.press_keys("Escape")
    until(lambda: not reading.card, "the card to go")

    assert reading.evaluate("document.activeElement.textContent") == "The Morning Ledger"


def test_tab_leaves_the_card_at_its_end(reading):
    reading.press_keys("Alt", "Shift", "j")
    until(lambda: reading.card, "the card")
    stops = int(reading.in_overlay("return root.querySelectorAll('.card :is(a, button)').length"))

    for _ in range(stops + 1):
        reading.press_keys("Tab")

    until(lambda: not reading.card, "the card to go")


def test_the_list_holds_everything_and_leads_there(reading):
    reading.press_keys("Alt", "Shift", "l")
    said = until(lambda: reading.card, "the list")
    assert "October\nOctober 2015" in said
    assert "without earlier coverage" in said
    assert "Nothing earlier in your archive is close enough." not in said

    reading.in_overlay("[...root.querySelectorAll('.line')].find((l) => l.innerText.startsWith('October')).click()")

    until(lambda: reading.card.startswith("October 2015"), "the date's card")


def test_attributions_are_underlined_when_asked_for(reading):
    assert not reading.lines("attribution")
    reading.press_keys("Alt", "Shift", "l")
    until(lambda: reading.card, "the list")

    reading.in_overlay("root.querySelector('input').click()")

    until(lambda: reading.lines("attribution"), "attributions to be underlined")


def test_the_badge_counts_what_was_reported_before(reading):
    linked = len(reading.lines("claim"))
    until(lambda: reading.badge() == (str(linked) if linked else "✓"), "the badge to count")


def test_words_that_come_late_are_underlined_too(reading):
    paragraph = "[...document.querySelectorAll('p')].find((p) => p.textContent.includes('June 7'))"
    reading.evaluate(f"(() => {{ const p = {paragraph}; globalThis.kept = p.textContent; p.replaceChildren(); }})()")
    until(lambda: "June 7" not in dates(reading), "the line to go")

    reading.evaluate("document.querySelectorAll('.story-body p').forEach((p) => p.childNodes.length || p.append(kept))")

    until(lambda: "June 7" in dates(reading), "the line to come back")
