from datetime import UTC, date, datetime

import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.factcheck import FactCheck
from servers import factcheck as server
from servers.factcheck import KEY, OVER_THE_LIMIT, TODAY, make_claim
from servers.interface import as_json

pytestmark = pytest.mark.network

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 30, tzinfo=UTC)


@pytest.fixture
def checkers():
    """A hundred and twenty fact-checks of one day, and some before and after."""
    claims = [make_claim("2024-03-05", number, "Mostly false") for number in range(120)]
    others = [make_claim("2024-02-29", 200, "False"), make_claim("2024-04-01", 201, "Pants on fire", site="x.example")]
    with server.FactCheck(claims + others) as checkers:
        yield checkers


def asked_of(checkers, door, key=KEY):
    return FactCheck(door, key, lambda: NOW, address=checkers.address)


async def test_every_page_comes_and_only_the_days_that_are_wanted(checkers, door, wanted, take_all):
    offers, steps = await take_all(asked_of(checkers, door), wanted("2024-03-01", "2024-03-31", query="ferry"))

    assert len({offer.url for offer in offers}) == len(offers) == 120
    assert len(steps) == 3
    assert {asked.query["maxAgeDays"] for asked in checkers.asked} == {"799"}


async def test_a_fact_check_keeps_the_words_of_who_made_it(checkers, door, wanted, take_all):
    [offer] = (await take_all(asked_of(checkers, door), wanted("2024-04-01", "2024-04-30", host="x.example")))[0]

    assert offer.rating == "Pants on fire"
    assert offer.url == "https://x.example/ferry-201"
    assert (offer.headline, offer.publisher, offer.language) == ("No, no ferry sank pier 201", "The Checkers", "en")
    assert offer.text == "A ferry sank the eastern pier, number 201.\n\nNo, no ferry sank pier 201"
    assert (offer.published.day, offer.published.at) == (date(2024, 4, 1), None)


async def test_a_wrong_key_is_told_without_being_shown(checkers, door, wanted):
    source = asked_of(checkers, door, key="wrong-5ecret")
    [step] = source.steps(wanted("2024-04-01", "2024-04-30", query="ferry"))
    with pytest.raises(SourceError, match="factcheck_key") as caught:
        await source.take(step)
    assert "5ecret" not in f"{caught.value!r} {caught.value.__cause__!r} {door.outgoing!r}"


async def test_a_limit_is_trouble_that_passes(checkers, door, wanted):
    source = asked_of(checkers, door)
    [step] = source.steps(wanted("2024-04-01", "2024-04-30", query="ferry"))
    checkers.next_answers = [OVER_THE_LIMIT]
    with pytest.raises(FetchError) as caught:
        await source.take(step)
    assert caught.value.status == 429


async def test_an_interface_that_never_ends_is_heard_no_longer(checkers, door, wanted):
    source = asked_of(checkers, door)
    steps, taken = list(source.steps(wanted("2024-04-01", "2024-04-30", query="ferry"))), 0
    while steps:
        checkers.next_answers = [as_json({"claims": [], "nextPageToken": f"t{taken}"})]
        steps, taken = list((await source.take(steps[0])).further), taken + 1
    assert taken == 200


async def test_what_says_nothing_is_left_out(checkers, door, wanted):
    source = asked_of(checkers, door)
    [step] = source.steps(wanted("2024-04-01", "2024-04-30", query="ferry"))
    review = {"url": "https://a.example/1", "title": "x", "reviewDate": "2024-04-02T00:00:00Z"}
    claims = [{}, {"text": "x", "claimReview": [{}, 7, review | {"reviewDate": ""}, review]}, {"claimReview": "x"}]
    checkers.next_answers = [as_json({"claims": claims})]
    assert [offer.url for offer in (await source.take(step)).offers] == ["https://a.example/1"]


def test_it_has_to_be_asked_for_something(door, wanted):
    with pytest.raises(SourceError, match="give a query or a host"):
        FactCheck(door, KEY, lambda: NOW).steps(wanted("2024-04-01", "2024-04-30"))
