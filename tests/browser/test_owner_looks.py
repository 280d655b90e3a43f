"""The owner's pages as others see them: on paper, in a reader's own few colours, without motion, from right to left."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from browser.browsers import HEIGHT, WIDTH, Browser, until
from browser.servers import running_service
from browser.test_own_page import violations
from servers.feeds import Newsroom

pytestmark = pytest.mark.browser

PAPER_WIDTH = 680  # CSS pixels between the margins of a sheet of A4
ARABIC = {
    "url": "https://mina.example/1",
    "title": "إغلاق ميناء لينداو بعد اصطدام عبّارة بالرصيف الشرقي",
    "publisher": "بريد البحيرة",
    "language": "ar",
    "published": "2016-03-07",
    "text": "أُغلق ميناء لينداو يوم الاثنين بعد أن اصطدمت عبّارة بالرصيف الشرقي.\n\nولم يُصب أحد بأذى.",
}
HEBREW = {
    "url": "https://namal.example/1",
    "title": "הנמל בלינדאו נסגר לאחר שמעבורת פגעה ברציף המזרחי",
    "publisher": "דואר האגם",
    "language": "he",
    "published": "2016-03-08",
    "text": "הנמל בלינדאו נסגר ביום שני לאחר שמעבורת פגעה ברציף המזרחי.\n\nאיש לא נפגע.",
}
SEEN = "(one) => one.checkVisibility()"
# What holds more than it shows, and would be cut where nobody can scroll.
CUT = f"""[...document.querySelectorAll('body *:not(.unseen, svg *)')].filter({SEEN}).filter((one) =>
    getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 80))"""
STILL = """[...%s.querySelectorAll('*')].every((one) => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
    return /^(0s(, )?)+$/.test(transitionDuration) && /^(0s(, )?)+$/.test(animationDuration)
        && scrollBehavior === 'auto';
})"""


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """Outlets on this machine, all on one host."""
    with Newsroom(4).serving() as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Iterator[str]:
    """The real service over the sample coverage and two articles from elsewhere; it may ask this machine."""
    assert newsroom.origin(0).startswith("http://127.0.0.1")
    folder = tmp_path_factory.mktemp("looks")
    config = folder / "backstory.toml"
    config.write_text('allow_private_hosts = ["127.0.0.1"]\nseconds_between_requests = 0.05\n', "utf-8")
    with running_service(folder / "home", "--sample", "--config", str(config)) as address:
        until(lambda: _answers(address), "the service to be ready")
        lines = "\n".join(map(json.dumps, (ARABIC, HEBREW)))
        added = httpx.post(f"{address}/api/articles", content=lines, headers={"Content-Type": "application/x-ndjson"})
        assert added.json()["added"] == 2
        yield address


@pytest.fixture
def reader(browser: Browser) -> Iterator[Browser]:
    """A browser that is given back as it was."""
    yield browser
    browser.prefer()
    browser.resize(WIDTH, HEIGHT)


def test_a_page_with_several_feeds_is_chosen_from_by_keyboard(reader: Browser, service: str, newsroom: Newsroom):
    for number in range(4):  # what another browser chose
        httpx.delete(f"{service}/api/feeds", params={"url": newsroom.origin(0) + newsroom.path(number, "feed")})
    reader.resize(390, HEIGHT)
    reader.open(f"{service}/feeds")
    directory = newsroom.origin(0) + newsroom.path(0, "directory")
    reader.evaluate(f"void (document.getElementById('url').value = {json.dumps(directory)})")
    reader.evaluate("void document.getElementById('url').focus()")
    reader.press_keys("Enter")
    until(lambda: reader.evaluate("document.querySelectorAll('.choices input').length") == 4, "the choice")

    assert violations(reader) == []
    assert reader.evaluate("document.scripts.length") == 0
    for width in (390, 320):
        reader.resize(width, HEIGHT)
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ticked = "[...document.querySelectorAll('.choices input')].map((one) => one.checked)"
    assert reader.evaluate(ticked) == [True, False, False, False]
    reader.evaluate("void document.getElementById('feed-0').focus()")
    for _ in range(2):
        reader.press_keys("Tab")
    reader.press_keys(" ")
    assert reader.evaluate(ticked) == [True, False, True, False]
    reader.press_keys("Enter")
    rows = """location.pathname === '/feeds'
        && [...document.querySelectorAll('.feeds .row > code')].map((one) => one.innerText)"""
    until(lambda: reader.evaluate(rows) and len(reader.evaluate(rows)) == 2, "two feeds to be followed")
    assert set(reader.evaluate(rows)) == {newsroom.origin(0) + newsroom.path(number, "feed") for number in (0, 2)}


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("/archive", "What your archive holds"),
        ("/search?q=the", "articles"),
        (f"/article?url={quote(ARABIC['url'])}", "Who links to it"),
        ("/feeds", "What you follow"),
        ("/settings", "max_page_bytes"),
        ("/requests", "What left this machine"),
    ],
)
def test_on_paper_everything_stands_and_nothing_to_press(reader: Browser, service: str, page: str, says: str):
    reader.prefer(dark=True, printed=True)
    reader.resize(PAPER_WIDTH, HEIGHT)
    reader.open(service + page)

    assert says in reader.evaluate("document.body.innerText")
    assert reader.evaluate(f"[...document.querySelectorAll('nav, form, button, input')].filter({SEEN}).length") == 0
    assert reader.evaluate(CUT) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Ink on paper, whatever the screen was.
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    # No heading of what is not printed.
    assert reader.evaluate(
        f"[...document.querySelectorAll('section')].filter({SEEN}).every((one) => one.innerText.includes('\\n'))"
    )


@pytest.mark.parametrize("dark", [False, True])
def test_in_the_readers_own_colours_pictures_and_the_focus_are_seen(reader: Browser, service: str, dark: bool):  # noqa: FBT001 - of the test
    reader.prefer(forced=True, dark=dark)
    reader.open(f"{service}/archive")
    assert reader.evaluate("matchMedia('(forced-colors: active)').matches")

    ink = reader.evaluate("getComputedStyle(document.body).color")
    style = "(one, name) => getComputedStyle(document.querySelector(one))[name]"
    assert reader.evaluate(f"({style})('.strip rect', 'fill')") == ink
    assert reader.evaluate(f"({style})('.strip rect', 'stroke')") == "none"  # it would join the bars into one
    assert reader.evaluate(f"({style})('.calendar text', 'fill')") == ink
    depths = reader.evaluate(
        "[...new Set([...document.querySelectorAll('.calendar rect')].map((one) => getComputedStyle(one).fillOpacity))]"
    )
    assert len(depths) > 2
    assert reader.evaluate(f"({style})('.calendar rect', 'stroke')") == ink
    for _ in range(3):
        reader.press_keys("Tab")
        assert reader.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert reader.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_nothing_moves_for_who_wants_no_motion(reader: Browser, service: str):
    reader.prefer(still=True)
    reader.open(f"{service}/")
    until(lambda: reader.card, "the first card")

    assert reader.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert reader.evaluate(STILL % "document")
    assert reader.evaluate("document.getAnimations().length") == 0
    assert reader.in_overlay(f"return {STILL % 'root'}")


@pytest.mark.parametrize("article", [ARABIC, HEBREW], ids=["Arabic", "Hebrew"])
def test_words_that_run_from_right_to_left_do(reader: Browser, service: str, article: dict[str, str]):
    words = quote(article["title"].split()[1])
    for page, foreign in (
        (f"/article?url={quote(article['url'])}", ("article p", "h1")),
        (f"/search?q={words}", (".reports h3", ".reports blockquote")),
    ):
        reader.open(service + page)
        for place in foreign:
            style = f"getComputedStyle(document.querySelector({json.dumps(place)}))"
            assert reader.evaluate(f"[{style}.direction, {style}.textAlign]") == ["rtl", "start"], place
        assert reader.evaluate("getComputedStyle(document.querySelector('main')).direction") == "ltr"
        for width in (390, 320):
            reader.resize(width, HEIGHT)
            assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page, width)
        assert violations(reader) == []


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
