"""A ledger in memory, a clock that moves when it is told to, and a desk over a small world."""

from datetime import UTC, datetime, timedelta

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.following import Desk, Feed, Ledger
from backstory.reading import read
from unit.following.world import FEED, World, feed_of, page_of


class Clock:
    """Tells the moment it was set to."""

    def __init__(self):
        self.now = datetime(2024, 5, 8, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger():
    ledger = Ledger.in_memory()
    yield ledger
    ledger.close()


@pytest.fixture
def world():
    world = World()
    world.places = {FEED: feed_of(1, 2)} | {f"https://paper.example/{n}": page_of(n) for n in range(1, 300)}
    return world


@pytest.fixture
def archive():
    return MemoryArchive()


@pytest.fixture
def desk(ledger, archive, world, clock):
    desk = Desk(ledger, archive, world, read=read, clock=clock, chance=lambda: 0.5)
    desk.follow_all([Feed(url=FEED, added_at=clock(), next_at=clock())])
    return desk
