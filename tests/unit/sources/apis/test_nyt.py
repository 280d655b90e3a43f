from datetime import date
from typing import Any

import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.nyt import NewYorkTimes
from servers import nyt as server
from servers.interface import as_json
from servers.nyt import KEY, OVER_THE_LIMIT, make_document

pytestmark = pytest.mark.network

WARM = "It was warm."


@pytest.fixture
def paper():
    march = [make_document("2016-03-30", 1), make_document("2016-03-10", 2)]
    april = [make_document("2016-04-01", 3, abstract=WARM, lead_paragraph=WARM), make_document("2016-04-20", 4)]
    with server.NewYorkTimes({"2016/3": march, "2016/4": april}) as paper:
        yield paper


def asked_of(paper, door, key=KEY):
    return NewYorkTimes(door, key, address=paper.address)


async def test_months_are_asked_for_and_days_and_words_picked_out(paper, door, wanted, take_all):
    source = asked_of(paper, door)

    offers, steps = await take_all(source, wanted("2016-03-20", "2016-04-10"))
    narrowed, _ = await take_all(source, wanted("2016-03-01", "2016-04-30", query='"eastern pier" ferry'))

    assert [asked.path for asked in paper.asked[:2]] == ["/svc/archive/v1/2016/3.json", "/svc/archive/v1/2016/4.json"]
    assert len(steps) == 2
    assert [offer.headline for offer in offers] == ["Report 1", "Report 3"]
    assert [offer.headline for offer in narrowed] == ["Report 1", "Report 2", "Report 4"]


async def test_an_article_is_its_headline_and_its_summary(paper, door, wanted, take_all):
    [offer] = (await take_all(asked_of(paper, door), wanted("2016-03-30", "2016-03-30")))[0]

    assert offer.url == "https://www.nytimes.com/2016/03/30/world/report-1.html"
    assert (offer.headline, offer.publisher, offer.language) == ("Report 1", "The New York Times", "en")
    assert offer.authors == ("Ida Berg", "Jo H. Hill")
    assert offer.text == (
        "Report 1: a ferry struck the eastern pier.\n\n"
        "LINDAU — Nobody was hurt when a ferry struck the eastern pier on Monday."
    )
    assert not offer.html


async def test_a_summary_that_says_the_beginning_again_is_said_once(paper, door, wanted, take_all):
    [offer] = (await take_all(asked_of(paper, door), wanted("2016-04-01", "2016-04-01")))[0]
    assert offer.text == "It was warm."


async def test_the_day_is_new_yorks(door, wanted, take_all):
    """At half past two in the morning in UTC it is still the evening before in New York, as the address says."""
    late = make_document("2016-04-02", 9, hour=2) | {"web_url": "https://www.nytimes.com/2016/04/01/world/late.html"}
    with server.NewYorkTimes({"2016/4": [late]}) as paper:
        [offer] = (await take_all(asked_of(paper, door), wanted("2016-04-01", "2016-04-01")))[0]
    assert offer.published.day == date(2016, 4, 1)
    assert offer.published.at.isoformat() == "2016-04-02T02:30:00+00:00"


async def test_what_says_nothing_is_left_out(door, wanted, take_all):
    strange: list[Any] = [
        make_document("2016-04-01", 1, abstract="", snippet=None, lead_paragraph=None),
        make_document("2016-04-01", 2, pub_date="soon", web_url="nowhere"),
        make_document("2016-04-01", 3, byline=[], headline=None, abstract=7),
        "what is this?",
    ]
    with server.NewYorkTimes({"2016/4": strange}) as paper:
        offers, _ = await take_all(asked_of(paper, door), wanted("2016-04-01", "2016-04-30"))
    assert [offer.url for offer in offers] == ["https://www.nytimes.com/2016/04/01/world/report-3.html"]


async def test_a_month_may_be_large(door, wanted, take_all):
    many = [make_document("2016-04-01", number, multimedia=[{"url": "x" * 3_000}]) for number in range(7_000)]
    with server.NewYorkTimes({"2016/4": many}) as paper:
        offers, _ = await take_all(asked_of(paper, door), wanted("2016-04-01", "2016-04-30"))
    assert len(offers) == 7_000


async def test_a_wrong_key_is_told_without_being_shown(paper, door, wanted):
    source = asked_of(paper, door, key="wrong-5ecret")
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    with pytest.raises(SourceError, match="nyt_key") as caught:
        await source.take(step)
    assert "5ecret" not in f"{caught.value!r} {caught.value.__cause__!r} {door.outgoing!r}"


async def test_a_limit_is_trouble_that_passes(paper, door, wanted):
    source = asked_of(paper, door)
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    paper.next_answers = [OVER_THE_LIMIT]
    with pytest.raises(FetchError) as caught:
        await source.take(step)
    assert caught.value.status == 429
    assert (await source.take(step)).offers


async def test_a_fault_with_a_good_status_is_none_the_less_a_fault(paper, door, wanted):
    source = asked_of(paper, door)
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    paper.next_answers = [as_json({"fault": {"faultstring": "Execution failed", "detail": {}}})]
    with pytest.raises(SourceError, match="nyt says: Execution failed"):
        await source.take(step)


@pytest.mark.parametrize(
    ("days", "more", "says"),
    [
        (("2016-03-01", "2016-03-31"), {"host": "paper.example"}, "nytimes.com alone"),
        (("1850-01-01", "1850-12-31"), {}, "begins on 18 September 1851"),
    ],
)
def test_what_it_cannot_bring_it_says(door, wanted, days, more, says):
    with pytest.raises(SourceError, match=says):
        NewYorkTimes(door, KEY).steps(wanted(*days, **more))
