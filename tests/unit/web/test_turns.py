import asyncio

import pytest

from backstory.web.problems import ProblemError
from backstory.web.turns import Turns


class Clock:
    """Seconds, as the test sets them."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


async def test_only_so_many_pages_are_read_at_once():
    turns = Turns(at_once=2, per_minute=0, clock=Clock())
    inside, most = 0, 0

    async def page():
        nonlocal inside, most
        async with turns.take():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(page() for _ in range(9)))
    assert most == 2


async def test_more_than_so_many_a_minute_are_told_when_to_come_back():
    clock = Clock()
    turns = Turns(at_once=9, per_minute=2, clock=clock)
    for second in (0, 20):
        clock.seconds = second
        async with turns.take():
            pass

    clock.seconds = 30.5
    with pytest.raises(ProblemError) as caught:
        async with turns.take():
            pass
    assert caught.value.headers == {"Retry-After": "30"}

    clock.seconds = 60
    async with turns.take():
        pass


async def test_by_default_there_is_no_limit():
    turns = Turns(at_once=1, per_minute=0, clock=Clock())
    for _ in range(1_000):
        async with turns.take():
            pass
