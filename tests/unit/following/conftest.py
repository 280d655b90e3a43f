"""A ledger in memory, and a clock that moves when it is told to."""

from datetime import UTC, datetime, timedelta

import pytest

from backstory.following import Ledger


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
