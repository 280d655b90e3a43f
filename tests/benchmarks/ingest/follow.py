"""Follows the feeds of a server through the real desk, archive and door, round after round, each counted.

`python follow.py HOME HOSTS` takes the addresses of feeds from standard input, one a line, an empty line behind them;
then for each further line does what is due and says as JSON what that came to, until standard input ends. Its clock
stands still in a round, and goes on by two days between two: whatever is due again later is due by then.
"""

import asyncio
import json
import sys
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backstory.assembly import assemble_archive, assemble_desk, assemble_door, assemble_ledger
from backstory.following import Feed
from backstory.settings import Settings

_BEGINS = datetime(2024, 6, 1, 12, tzinfo=UTC)  # after the newsroom's first stories
_BETWEEN = timedelta(days=2)
_FETCH_SECONDS = 12  # more than a busy machine takes, and little enough that silent servers hold up nobody for long


class Clock:
    """Tells the moment it was set to."""

    def __init__(self) -> None:
        self.now = _BEGINS

    def __call__(self) -> datetime:
        return self.now


async def main(home: Path, hosts: int) -> None:
    """Follow until standard input ends."""
    addresses = list(iter(lambda: sys.stdin.readline().strip(), ""))
    names = tuple(f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts))
    settings = Settings(
        home=home, allow_private_hosts=names, seconds_between_requests=0.0, fetch_seconds=_FETCH_SECONDS
    )
    clock = Clock()
    async with AsyncExitStack() as parts:
        archive = await assemble_archive(settings)
        parts.push_async_callback(archive.close)
        ledger = assemble_ledger(settings)
        parts.callback(ledger.close)
        door = assemble_door(settings, clock=clock, note=ledger.outgoing.note)
        desk = assemble_desk(settings, ledger, archive, door, clock=clock)
        parts.push_async_callback(desk.close)
        desk.follow_all(Feed(url=url, added_at=clock.now, next_at=clock.now) for url in addresses)
        while sys.stdin.readline():
            cpu, begun = time.process_time(), time.perf_counter()
            done = await desk.follower.once()
            said = {
                "cpu": time.process_time() - cpu,
                "clock": time.perf_counter() - begun,
                "polled": done.polled,
                "failed": len(done.failed),
                "added": done.added,
                "kept": [article.url async for article in archive.export()],
            }
            print(json.dumps(said), flush=True)
            clock.now += _BETWEEN


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
