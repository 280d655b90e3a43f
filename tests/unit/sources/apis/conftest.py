"""Sources asked through the real door, of local servers that stand for the real ones."""

from datetime import date

import pytest

from backstory.model import Interval, Wanted
from servers.door import OpenDoor


@pytest.fixture
def door():
    return OpenDoor()


@pytest.fixture
def wanted():
    """Makes a wish: `wanted("2016-03-10", "2016-04-20", query="ferry")`."""

    def make(first, last, **more):
        return Wanted(days=Interval(date.fromisoformat(first), date.fromisoformat(last)), **more)

    return make


@pytest.fixture
def take_all():
    """Takes every step to a wish, those that turn up on the way included: the offers, and the steps taken."""

    async def take(source, wish):
        waiting, offers, taken = list(source.steps(wish)), [], []
        while waiting:
            step = waiting.pop(0)
            brought = await source.take(step)
            taken.append(step)
            offers += brought.offers
            waiting = [*brought.further, *waiting]
        return offers, taken

    return take
