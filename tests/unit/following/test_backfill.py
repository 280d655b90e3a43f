from datetime import UTC, date, datetime

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.errors import SourceError
from backstory.following.backfill import FAILURES_MOST, TRIES, Kept, plan, run
from backstory.following.backfill_keeping import Keeper
from backstory.model import Interval, Taken, Wanted
from backstory.reading import read
from backstory.sources.apis.asking import to_step
from backstory.sources.apis.guardian import Guardian
from servers import guardian as server
from servers.door import OpenDoor
from servers.guardian import KEY, OVER_THE_LIMIT, make_result
from servers.interface import as_json

NOW = datetime(2026, 5, 8, 9, 30, tzinfo=UTC)
WANTED = Wanted(days=Interval(date(2016, 1, 1), date(2016, 4, 30)), query="ferry")

pytestmark = pytest.mark.network


class Waits:
    """Remembers how long it was to sleep, and does not."""

    def __init__(self):
        self.seconds = []

    async def __call__(self, seconds):
        self.seconds.append(seconds)


class Keeping:
    """Keeps the addresses of what came."""

    def __init__(self):
        self.urls = []

    async def __call__(self, offers):
        self.urls += [offer.url for offer in offers]
        return Kept(added=len(offers))


@pytest.fixture
def paper():
    """Four months, the first of them with three pages."""
    results = [make_result("2016-01-05", number) for number in range(450)]
    results += [make_result(f"2016-0{month}-05", 500 + month) for month in (2, 3, 4)]
    with server.Guardian(results) as paper:
        yield paper


@pytest.fixture
def source(paper):
    return Guardian(OpenDoor(), KEY, address=paper.address)


@pytest.fixture
def store(ledger):
    return ledger.backfills


@pytest.fixture
def begun(source, store):
    return store.begin(source.name, WANTED, source.steps(WANTED), NOW)


@pytest.fixture
def keep():
    return Keeping()


def test_a_plan_tells_months_and_requests_before_anybody_is_asked(paper, source):
    planned = plan(source, WANTED)

    assert [(str(month), requests) for month, requests in planned.months()] == [
        (f"2016-0{month}-01", 1) for month in (1, 2, 3, 4)
    ]
    assert planned.requests == 4
    assert not paper.asked


async def test_every_step_is_asked_once_the_oldest_days_first(paper, source, store, begun, keep):
    told: list[int] = []

    standing = await run(source, begun, store, keep, tell=lambda standing: told.append(standing.requests_done))

    assert [(asked.query["from-date"][:7], asked.query["page"]) for asked in paper.asked] == [
        ("2016-01", "1"), ("2016-01", "2"), ("2016-01", "3"), ("2016-02", "1"), ("2016-03", "1"), ("2016-04", "1"),
    ]  # fmt: skip
    assert len(set(keep.urls)) == len(keep.urls) == 453
    assert standing.is_over
    assert (standing.steps, standing.requests_done, standing.added) == (6, 6, 453)
    assert told == [1, 2, 3, 4, 5, 6]


async def test_what_was_cut_off_goes_on_with_the_step_that_was_running(paper, source, store, begun, keep):
    async def stop_after_two(offers):
        if len(paper.asked) > 2:
            raise KeyboardInterrupt
        return await keep(offers)

    with pytest.raises(KeyboardInterrupt):
        await run(source, begun, store, stop_after_two)
    again = store.find(source.name, WANTED)
    await run(source, again, store, keep)

    pages = [(asked.query["from-date"], asked.query["page"]) for asked in paper.asked]
    assert again.number == begun.number
    assert len(pages) == 7
    assert pages[2] == pages[3] == ("2016-01-01", "3")  # the one that was running
    assert len(set(keep.urls)) == len(keep.urls) == 453


async def test_a_finished_run_asks_nobody_again(paper, source, store, begun, keep):
    await run(source, begun, store, keep)
    before = len(paper.asked)

    standing = await run(source, begun, store, keep)

    assert standing.is_over
    assert len(paper.asked) == before
    assert store.unfinished() == ()


async def test_trouble_that_may_pass_is_waited_for(paper, source, store, begun, keep):
    waits = Waits()
    paper.next_answers = [OVER_THE_LIMIT, as_json({}, 503, Retry_After=40)]

    standing = await run(source, begun, store, keep, sleep=waits)

    assert waits.seconds == [5.0, 40.0]
    assert standing.is_over
    assert not standing.steps_failed


async def test_a_step_that_fails_is_left_aside_and_asked_when_it_is_asked_for_again(paper, source, store, begun, keep):
    paper.next_answers = [as_json({}, 500)] * TRIES

    standing = await run(source, begun, store, keep, sleep=Waits())

    assert (standing.steps_failed, standing.steps_done) == (1, 3)
    assert "500" in standing.trouble
    assert store.unfinished() == (begun,)
    assert store.retry(begun) == 1
    assert (await run(source, begun, store, keep)).added == 453


async def test_a_source_that_is_down_is_given_up_for_now(paper, source, store, begun, keep):
    paper.next_answers = [as_json({}, 500)] * TRIES * FAILURES_MOST
    with pytest.raises(SourceError, match="guardian cannot be reached"):
        await run(source, begun, store, keep, sleep=Waits())
    store.retry(begun)
    assert (await run(source, begun, store, keep)).added == 453


async def test_a_source_that_asks_for_hours_is_left_alone(paper, source, store, begun, keep):
    paper.next_answers = [as_json({}, 429, Retry_After=7_200)]
    with pytest.raises(SourceError, match=r"come back in 2\.0 hours"):
        await run(source, begun, store, keep, sleep=Waits())
    assert len(paper.asked) == 1
    later = Guardian(OpenDoor(), KEY, address=paper.address)
    assert (await run(later, begun, store, keep)).added == 453


async def test_a_refused_key_ends_the_run_at_once_and_loses_no_step(paper, source, store, begun, keep):
    wrong = Guardian(OpenDoor(), "wrong", address=paper.address)
    with pytest.raises(SourceError, match="guardian_key"):
        await run(wrong, begun, store, keep)
    assert len(paper.asked) == 1
    assert (await run(source, begun, store, keep)).added == 453


async def test_a_step_that_turns_up_again_is_not_asked_twice(store, begun):
    """Or two pages that name one another would be asked for ever."""
    step = store.next_step(begun)
    store.done(begun, step, Taken(offers=(), further=(step,)), added=0, refused=0)
    assert store.next_step(begun) != step


async def test_the_articles_of_a_step_are_in_the_archive(source, store, begun):
    archive = MemoryArchive()
    keep = Keeper(archive, OpenDoor(), read=read, clock=lambda: NOW)

    await run(source, begun, store, keep)

    assert (await archive.stats()).articles == 453
    article = await archive.get("https://www.theguardian.com/world/2016/feb/05/report-502")
    assert article
    assert article.published
    assert article.text == "The ferry struck the pier.\n\nNobody was hurt, the port said."
    assert (article.headline, article.publisher) == ("Report 502", "The Guardian")
    assert article.published.day == date(2016, 2, 5)


class Endless:
    """A source whose every step shows two more."""

    name = "guardian"

    def steps(self, wanted):
        return [to_step(wanted.days, {"page": "0"})]

    async def take(self, step):
        further = [to_step(step.days, {"page": f"{step.key}{side}"}) for side in "ab"]
        return Taken(offers=(), further=tuple(further))


async def test_a_source_that_leads_on_for_ever_is_asked_no_further(store, begun, keep, monkeypatch):
    monkeypatch.setattr("backstory.following.backfill.STEPS_MOST", 40)

    with pytest.raises(SourceError, match="leads on to more than 40 steps; ask for fewer days"):
        await run(Endless(), begun, store, keep)

    assert store.standing(begun).steps <= 40
