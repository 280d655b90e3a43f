"""The real door, opened to the servers of this machine; it keeps no pause."""

from datetime import UTC, datetime

from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.model import Outgoing

_MANNERS = Manners(
    max_page_bytes=1_000_000,
    max_fetch_bytes=1_000_000,
    allow_private_hosts=("127.0.0.1",),
    seconds_between_requests=0,
)


async def _awake(_seconds: float) -> None:
    """Sleep without time going by: what servers ask for is looked at, not waited for."""


class OpenDoor(PoliteDoor):
    """`outgoing` is every request that left."""

    def __init__(self) -> None:
        self.outgoing = list[Outgoing]()
        moment = datetime(2026, 5, 8, 9, 30, tzinfo=UTC)
        super().__init__(_MANNERS, clocks=Clocks(now=lambda: moment, sleep=_awake), note=self.outgoing.append)
