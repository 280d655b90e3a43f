"""The owner's desk: everything that the pages, the addresses and the commands may do with what is followed."""

from collections.abc import Callable
from datetime import datetime

from backstory.following.feeds import Feeds
from backstory.following.flags import Flags
from backstory.following.jobs import Jobs
from backstory.following.ledger import Ledger
from backstory.following.outgoing import OutgoingLog
from backstory.following.tokens import Tokens


class Desk:
    """The ledger's tables and the jobs that run, in one hand."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self.ledger = ledger
        self.clock = clock
        self.jobs = Jobs(ledger.jobs, clock)

    @property
    def feeds(self) -> Feeds:
        """What is followed."""
        return self.ledger.feeds

    @property
    def tokens(self) -> Tokens:
        """The named tokens."""
        return self.ledger.tokens

    @property
    def outgoing(self) -> OutgoingLog:
        """The log of requests that left this machine."""
        return self.ledger.outgoing

    @property
    def flags(self) -> Flags:
        """What the owner switched on, or has read."""
        return self.ledger.flags

    async def close(self) -> None:
        """Let everything that runs come to its end; the ledger stays open for whoever opened it."""
        await self.jobs.close()
