"""The ledger: what has to outlive a restart beside the archive itself, one SQLite file under home.

    home/ledger.sqlite    feeds, what was seen of them, pages that wait, jobs, tokens, the log of requests, back-fills

One process writes, the one that holds the archive; others may read beside it. Each table is a class of its own file;
a further one is a migration at the end of `schema.MIGRATIONS`, its class, and a line here.
"""

from pathlib import Path

from backstory.following.backfill_store import Backfills
from backstory.following.database import Database
from backstory.following.feeds import Feeds
from backstory.following.flags import Flags
from backstory.following.items import Items
from backstory.following.jobrows import JobRows
from backstory.following.outgoing import OutgoingLog
from backstory.following.tokens import Tokens

FILE = "ledger.sqlite"
"""The ledger's name under home."""


class Ledger:
    """Every table. Calls are short and may come from any thread; each raises LedgerError where the file fails."""

    def __init__(self, database: Database) -> None:
        """Use `open` or `in_memory`."""
        self.database = database
        self.feeds = Feeds(database)
        self.items = Items(database)
        self.outgoing = OutgoingLog(database)
        self.jobs = JobRows(database)
        self.tokens = Tokens(database)
        self.flags = Flags(database)
        self.backfills = Backfills(database)

    @classmethod
    def open(cls, home: Path, *, read_only: bool = False) -> "Ledger":
        """The ledger of a home; a mere reader of a home without one finds an empty one.

        Raises:
            LedgerError: it cannot be opened, or is of another version.
        """
        path = home / FILE
        if read_only and not path.exists():
            return cls.in_memory()
        if not read_only:
            home.mkdir(parents=True, exist_ok=True)
        return cls(Database(path, read_only=read_only))

    @classmethod
    def in_memory(cls) -> "Ledger":
        """A ledger that is forgotten at the end."""
        return cls(Database(None))

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()
