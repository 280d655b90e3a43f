import re
from datetime import date

import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.guardian import Guardian
from servers import guardian as server
from servers.guardian import KEY, OVER_THE_LIMIT, make_result
from servers.http import Answer
from servers.interface import as_json

pytestmark = pytest.mark.network


@pytest.fixture
def paper():
    """Five hundred articles of March 2016 and one of April."""
    march = [make_result(f"2016-03-{1 + number % 31:02}", number) for number in range(500)]
    with server.Guardian([*march, make_result("2016-04-02", 500, words="Sandbags were laid.")]) as paper:
        yield paper


def asked_of(paper, door, key=KEY):
    return Guardian(door, key, address=paper.address)


async def test_months_come_page_by_page(paper, door, wanted, take_all):
    source = asked_of(paper, door)

    offers, steps = await take_all(source, wanted("2016-03-01", "2016-04-30"))

    assert len({offer.url for offer in offers}) == len(offers) == 501
    assert [step.key for step in steps] == [
        "from-date=2016-03-01&to-date=2016-03-31&page=1",
        "from-date=2016-03-01&to-date=2016-03-31&page=2",
        "from-date=2016-03-01&to-date=2016-03-31&page=3",
        "from-date=2016-04-01&to-date=2016-04-30&page=1",
    ]
    assert {asked.query["page-size"] for asked in paper.asked} == {"200"}


async def test_an_article_comes_with_its_markup_and_what_is_said_of_it(paper, door, wanted, take_all):
    [offer] = (await take_all(asked_of(paper, door), wanted("2016-04-01", "2016-04-30")))[0]

    assert offer.url == "https://www.theguardian.com/world/2016/apr/02/report-500"
    assert (offer.headline, offer.publisher, offer.language) == ("Report 500", "The Guardian", "en")
    assert offer.authors == ("Ida Berg", "Jo Hill")
    assert offer.published.day == date(2016, 4, 2)
    assert offer.published.at.isoformat() == "2016-04-02T09:30:00+00:00"
    assert "<p>Sandbags were laid.</p>" in offer.html
    assert not offer.text


async def test_words_narrow_what_comes(paper, door, wanted, take_all):
    offers, _ = await take_all(asked_of(paper, door), wanted("2016-03-01", "2016-04-30", query="sandbags laid"))
    assert [offer.headline for offer in offers] == ["Report 500"]


async def test_what_has_no_words_is_left_out(door, wanted, take_all):
    results = [make_result("2016-03-01", 1, body=False), make_result("2016-03-01", 2)]
    with server.Guardian(results) as paper:
        offers, _ = await take_all(asked_of(paper, door), wanted("2016-03-01", "2016-03-01"))
    assert [offer.headline for offer in offers] == ["Report 2"]


async def test_more_pages_than_are_answered_for_are_asked_in_halves(paper, door, wanted):
    source = asked_of(paper, door)
    [step] = source.steps(wanted("2016-03-01", "2016-03-31"))
    paper.next_answers = [
        as_json({"response": {"status": "ok", "pages": 191, "results": [make_result("2016-03-01", 1)]}})
    ]

    taken = await source.take(step)

    assert [str(half.days.start) for half in taken.further] == ["2016-03-01", "2016-03-16"]
    assert not taken.offers  # the halves bring them


async def test_a_wrong_key_is_told_without_being_shown(paper, door, wanted):
    source = asked_of(paper, door, key="wrong-5ecret")
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    with pytest.raises(SourceError, match="guardian_key") as caught:
        await source.take(step)
    assert "5ecret" not in f"{caught.value!r} {caught.value.__cause__!r} {source!r} {step!r}"


async def test_the_key_stands_nowhere_in_the_log_of_requests(paper, door, wanted, take_all):
    await take_all(asked_of(paper, door), wanted("2016-03-01", "2016-04-30"))
    assert {request.outcome for request in door.outgoing} == {"fetched"}
    assert KEY not in repr(door.outgoing)
    assert all(asked.query["api-key"] == KEY for asked in paper.asked)


async def test_an_interface_that_is_asked_too_often_says_when_to_come_back(paper, door, wanted):
    source = asked_of(paper, door)
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    paper.next_answers = [OVER_THE_LIMIT]

    with pytest.raises(FetchError) as caught:
        await source.take(step)

    assert (caught.value.status, caught.value.retry_after) == (429, 1.0)
    assert (await source.take(step)).offers  # the same step again


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        pytest.param({"host": "paper.example"}, "theguardian.com alone", id="another outlet"),
        pytest.param({"days": ("1990-01-01", "1990-12-31")}, "begins on 1 January 1999", id="too long ago"),
    ],
)
def test_what_it_cannot_bring_it_says(door, wanted, wish, says):
    days = wish.pop("days", ("2016-03-01", "2016-03-31"))
    with pytest.raises(SourceError, match=re.escape(says)):
        Guardian(door, KEY).steps(wanted(*days, **wish))


def test_the_same_wish_has_the_same_steps(door, wanted):
    first, second = (Guardian(door, KEY).steps(wanted("2015-09-01", "2016-04-30")) for _ in range(2))
    assert first == second
    assert len(first) == 8
    assert sum(step.requests for step in first) == pytest.approx(8 * 46, abs=8)


async def test_hostile_answers_end_in_a_sentence(paper, door, wanted):
    source = asked_of(paper, door)
    [step] = source.steps(wanted("2016-04-01", "2016-04-30"))
    endless = {"response": {"status": "ok", "pages": 10**30, "results": {"a": None}}}
    for answer in (as_json([]), as_json({"response": 7}), as_json(endless), Answer(body=b"{" * 100_000)):
        paper.next_answers = [answer]
        try:
            taken = await source.take(step)
        except SourceError as error:
            assert str(error).startswith("guardian ")  # noqa: PT017 - either is right, nothing else
        else:
            assert len(taken.further) <= 190
