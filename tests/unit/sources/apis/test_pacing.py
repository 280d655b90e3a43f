import asyncio

import pytest

from backstory.errors import FetchError
from backstory.model import Errand
from backstory.sources.apis.pacing import Paced


class Hours:
    """A clock that goes on when somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def clock(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds


class Gate:
    """A door that notes when it was gone through, and takes its time."""

    def __init__(self, hours, *, fails=False):
        self.hours = hours
        self.fails = fails
        self.moments = []

    async def get(self, errand):
        self.moments.append(self.hours.now)
        self.hours.now += 0.5
        if self.fails:
            raise FetchError(f"{errand.url} is closed")


@pytest.mark.parametrize("fails", [False, True])
async def test_requests_keep_their_distance_also_after_a_failure(fails):
    hours = Hours()
    gate = Gate(hours, fails=fails)
    door = Paced(gate, 12.0, clock=hours.clock, sleep=hours.sleep)

    answers = await asyncio.gather(
        *(door.get(Errand(url="https://a.example/")) for _ in range(3)), return_exceptions=True
    )

    assert gate.moments == [100.0, 112.0, 124.0]
    assert all(isinstance(answer, FetchError) for answer in answers) == fails
