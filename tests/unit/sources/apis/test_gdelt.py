from datetime import UTC, date, datetime, timedelta

import pytest

from backstory.errors import FetchError, SourceError
from backstory.sources.apis.gdelt import Gdelt
from servers import gdelt as server
from servers.gdelt import TOO_OFTEN, make_article, plain
from servers.interface import as_json

pytestmark = pytest.mark.network

NOW = datetime(2026, 5, 8, 9, 30, tzinfo=UTC)
NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)


@pytest.fixture
def world():
    """A thousand articles in an hour of one day, and one on the next."""
    busy = [make_article(NOON + timedelta(seconds=3.5 * number), number) for number in range(1_000)]
    with server.Gdelt([*busy, make_article(NOON + timedelta(days=1), 1_000, host="other.example")]) as world:
        yield world


def asked_of(world, door):
    return Gdelt(door, lambda: NOW, address=world.address)


async def test_a_full_stretch_is_asked_in_halves_until_all_is_there(world, door, wanted, take_all):
    offers, steps = await take_all(asked_of(world, door), wanted("2026-04-20", "2026-04-21", query="ferry"))

    assert len(offers) == 1_001
    assert len({offer.url for offer in offers}) == 1_001
    assert len(steps) == len(world.asked) < 30
    assert {asked.query["maxrecords"] for asked in world.asked} == {"250"}


async def test_what_a_quarter_of_an_hour_holds_is_cut_no_further(door, wanted, take_all):
    at_once = [make_article(NOON, number) for number in range(400)]
    with server.Gdelt(at_once) as world:
        offers, steps = await take_all(asked_of(world, door), wanted("2026-04-20", "2026-04-20", query="ferry"))
    assert len(offers) == 250
    assert len(steps) < 20


async def test_an_address_comes_with_the_day_it_was_seen_as_a_guess(world, door, wanted, take_all):
    [offer] = (await take_all(asked_of(world, door), wanted("2026-04-21", "2026-04-21", query="ferry")))[0]

    assert offer.url == "https://other.example/2026/04/21/ferry-strikes-pier-1000"
    assert not offer.text
    assert not offer.html
    assert (offer.published.day, offer.published.at, offer.published.found) == (date(2026, 4, 21), None, "unknown")


async def test_an_outlet_may_be_named(world, door, wanted, take_all):
    offers, _ = await take_all(asked_of(world, door), wanted("2026-04-21", "2026-04-21", host="other.example"))
    assert len(offers) == 1
    assert world.asked[0].query["query"] == "domainis:other.example"


async def test_being_asked_too_often_is_told_in_plain_words_with_a_good_status(world, door, wanted):
    source = asked_of(world, door)
    [step] = source.steps(wanted("2026-04-21", "2026-04-21", query="ferry"))
    world.next_answers = [TOO_OFTEN]
    with pytest.raises(FetchError) as caught:
        await source.take(step)
    assert (caught.value.status, caught.value.retry_after) == (429, 10.0)
    assert (await source.take(step)).offers


async def test_other_plain_words_are_handed_on(world, door, wanted):
    source = asked_of(world, door)
    [step] = source.steps(wanted("2026-04-21", "2026-04-21", query="ferry"))
    world.next_answers = [plain("The specified phrase is too short.\n")]
    with pytest.raises(SourceError, match="The specified phrase is too short"):
        await source.take(step)


async def test_hostile_answers_bring_nothing(world, door, wanted):
    source = asked_of(world, door)
    [step] = source.steps(wanted("2026-04-21", "2026-04-21", query="ferry"))
    for articles in (None, "none", [None, {"url": 7}, {"url": "", "seendate": []}]):
        world.next_answers = [as_json({"articles": articles})]
        assert (await source.take(step)).offers == ()


@pytest.mark.parametrize(
    ("days", "more", "says"),
    [
        pytest.param(("2016-04-01", "2016-04-30"), {"query": "ferry"}, "three months, to 2026-02-06", id="long ago"),
        pytest.param(("2026-01-01", "2026-04-30"), {"query": "ferry"}, "three months", id="partly"),
        pytest.param(("2026-04-01", "2026-04-30"), {}, "give a query or a host", id="everything"),
    ],
)
def test_what_it_cannot_bring_it_says(door, wanted, days, more, says):
    with pytest.raises(SourceError, match=says):
        Gdelt(door, lambda: NOW).steps(wanted(*days, **more))
