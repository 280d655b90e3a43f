from datetime import UTC, datetime, timedelta

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.following.retention import Housekeeping, Keeping, prune
from factories import make_article

NOW = datetime(2024, 5, 30, 12, tzinfo=UTC)


@pytest.fixture
async def archive():
    archive = MemoryArchive()
    await archive.add(
        [
            make_article(
                f"It rained on day {day}. " * 20, url=f"https://a.example/{day}", published=f"2024-05-{day:02}"
            )
            for day in range(1, 31)
        ]
    )
    return archive


async def left(archive):
    return sorted([int(article.url.rpartition("/")[2]) async for article in archive.export()])


async def test_everything_is_kept_by_default(archive):
    assert await prune(archive, Keeping(), NOW) == 0
    assert len(await left(archive)) == 30


async def test_what_is_older_than_so_many_days_goes(archive):
    assert await prune(archive, Keeping(days=10), NOW) == 19
    assert await left(archive) == list(range(20, 31))


async def test_only_so_many_of_the_newest_stay(archive):
    await prune(archive, Keeping(articles=5), NOW)
    assert await left(archive) == [26, 27, 28, 29, 30]


async def test_an_archive_is_cut_to_its_size_from_its_oldest(archive, monkeypatch):
    monkeypatch.setattr("backstory.following.retention._MEGABYTE", await archive.size() // 2)
    await prune(archive, Keeping(megabytes=1), NOW)
    days = await left(archive)
    assert 10 <= len(days) <= 15
    assert days[-1] == 30


async def test_it_is_done_once_a_day_also_over_restarts(archive, ledger, clock):
    clock.now = NOW

    def housekeeping():
        return Housekeeping(archive, ledger.items, ledger.flags, keeping=Keeping(days=10), clock=clock)

    assert await housekeeping().sweep() == 19
    clock.now += timedelta(hours=23)
    assert await housekeeping().sweep() == 0
    clock.now += timedelta(hours=2)
    assert await housekeeping().sweep() == 1
