import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.wayback import CAPTURES_MOST, Wayback
from servers.http import Answer
from servers.interface import as_json
from servers.wayback import Capture
from servers.wayback import Wayback as Archive

pytestmark = pytest.mark.network


def make_page(number, words="struck the pier"):
    return f"<html><head><title>Report {number}</title></head><body><p>The ferry {words}.</p></body></html>".encode()


def make_capture(
    number, *, day="20160405", host="www.paper.example", path="/news/ferry-strikes-pier-report-{}", **more
):
    original = f"http://{host}:80{path.format(number)}"
    return Capture(f"{day}12{number % 60:02}00", original, make_page(number), **more)


@pytest.fixture
def archive():
    """Twelve articles of April, one of them captured twice, and what is none."""
    articles = [make_capture(number) for number in range(12)]
    others = [
        make_capture(0, day="20160420"),  # the same again
        make_capture(20, day="20160505"),
        make_capture(21, path="/"),
        make_capture(22, path="/sport"),
        make_capture(23, path="/2016/04/05/short"),
        make_capture(24, path="/2012/04/05/an-old-story-told-then"),
        make_capture(25, statuscode="404"),
        make_capture(26, mimetype="image/jpeg"),
        make_capture(27, host="other.example"),
    ]
    with Archive([*articles, *others]) as archive:
        yield archive


@pytest.fixture
def source(archive, door):
    return Wayback(door, address=archive.address)


async def test_a_month_is_listed_and_its_articles_fetched_as_they_were(source, archive, wanted, take_all):
    offers, steps = await take_all(source, wanted("2016-04-01", "2016-04-30", host="paper.example"))

    urls = {offer.url for offer in offers}
    assert urls == {
        *(f"http://www.paper.example/news/ferry-strikes-pier-report-{number}" for number in range(12)),
        "http://www.paper.example/2016/04/05/short",
    }
    assert len(offers) == 13
    assert all(offer.published is None and not offer.text for offer in offers)  # the page has to tell
    assert "The ferry struck the pier." in offers[0].html
    assert len(steps) == 1 + 3
    assert max(step.requests for step in steps[1:]) == CAPTURES_MOST
    assert all("id_/" in asked.path for asked in archive.asked[1:])


async def test_a_long_listing_is_gone_through_with_its_key(archive, source, wanted, take_all):
    archive.most = 4
    offers, _ = await take_all(source, wanted("2016-04-01", "2016-04-30", host="paper.example"))
    assert len({offer.url for offer in offers}) == 13
    assert sum("/cdx/" in asked.path for asked in archive.asked) == 4


async def test_words_are_looked_for_in_the_pages(archive, source, wanted, take_all):
    archive.captures[3] = Capture("20160406120000", "http://paper.example/a-b-c-d-e", make_page(9, "laid sandbags"))
    offers, _ = await take_all(source, wanted("2016-04-01", "2016-04-30", host="paper.example", query="sandbags"))
    assert [offer.url for offer in offers] == ["http://paper.example/a-b-c-d-e"]


async def test_a_capture_that_is_gone_is_left_out(archive, source, wanted, take_all):
    archive.gone.add("http://www.paper.example/news/ferry-strikes-pier-report-3")
    offers, _ = await take_all(source, wanted("2016-04-01", "2016-04-30", host="paper.example"))
    assert len(offers) == 12


async def test_being_asked_too_often_is_trouble_that_passes(archive, source, wanted):
    [listing] = source.steps(wanted("2016-04-01", "2016-04-30", host="paper.example"))
    captures, *_ = (await source.take(listing)).further
    archive.next_answers = [Answer(status=429, headers=(("Retry-After", "60"),))]
    with pytest.raises(FetchError) as caught:
        await source.take(captures)
    assert (caught.value.status, caught.value.retry_after) == (429, 60.0)


async def test_an_outlet_that_is_shut_out_is_told(archive, source, wanted):
    [listing] = source.steps(wanted("2016-04-01", "2016-04-30", host="paper.example"))
    archive.next_answers = [Answer(status=403, body=b"org.archive.util.io.RuntimeIOException: Blocked Site Error")]
    with pytest.raises(SourceError, match="wayback refuses to answer"):
        await source.take(listing)


async def test_a_hostile_listing_brings_nothing(archive, source, wanted):
    [listing] = source.steps(wanted("2016-04-01", "2016-04-30", host="paper.example"))
    strange = [
        ["20160405120000", "javascript:alert(1)-a-b-c-d"],
        ["2016", "http://paper.example/a-b-c-d-e"],
        ["20160405120000", "http://paper.example/a-b-c-d-e\nhttp://evil.example/a-b-c-d"],
        ["20160405120000", "http://evil.example/a-b-c-d-e"],
        ["20160405120000", "http://[/a-b-c-d-e"],
        ["20160405120000", "http://paper.example/2016/99/99/a-b-c-d-e"],
        [1, 2], [], None,
    ]  # fmt: skip
    documents: list[object] = [{}, 7, [], [[]], [["timestamp", "original"], *strange]]
    for document in documents:
        archive.next_answers = [as_json(document)]
        assert (await source.take(listing)).further == ()


@pytest.mark.parametrize("host", ["", "paper", "paper.example/news", "*.example", "http://paper.example"])
def test_it_has_to_be_asked_for_an_outlet(source, wanted, host):
    with pytest.raises(SourceError, match="give its host"):
        source.steps(wanted("2016-04-01", "2016-04-30", host=host))
