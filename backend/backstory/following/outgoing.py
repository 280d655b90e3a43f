"""The log of what left this machine, for the owner to look at: the last OUTGOING_KEPT requests."""

from backstory.following.database import Database, Row, moment, seconds
from backstory.model import Outgoing

OUTGOING_KEPT = 5_000
"""Requests; a few days of some hundred feeds."""

_SWEEP_EVERY = 100  # requests between two sweeps, so that not every one has to look


class OutgoingLog:
    """The table of requests that left this machine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, request: Outgoing) -> None:
        """Write down a request."""
        number = self._database.insert(
            "INSERT INTO outgoing (at, url, why, outcome, status, size, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)",
            seconds(request.at),
            request.url,
            request.why,
            request.outcome,
            request.status,
            request.size,
            request.seconds,
        )
        if number % _SWEEP_EVERY == 0:
            self._database.write("DELETE FROM outgoing WHERE id <= ?", number - OUTGOING_KEPT)

    def latest(self, limit: int = 200, *, skip: int = 0, containing: str = "") -> tuple[Outgoing, ...]:
        """The newest requests first; only those with these words in address, purpose or outcome, where given."""
        rows = self._database.rows(
            "SELECT at, url, why, outcome, status, size, seconds FROM outgoing"
            " WHERE instr(lower(url || ' ' || why || ' ' || outcome), ?) ORDER BY id DESC LIMIT ? OFFSET ?",
            containing.lower(),
            limit,
            skip,
        )
        return tuple(map(_outgoing, rows))

    def count(self) -> int:
        """How many requests are kept."""
        [(requests,)] = self._database.rows("SELECT count(*) FROM outgoing")
        return int(requests)

    def total(self) -> int:
        """How many requests ever left this machine."""
        rows = self._database.rows("SELECT seq FROM sqlite_sequence WHERE name = 'outgoing'")
        return int(rows[0][0]) if rows else 0


def _outgoing(row: Row) -> Outgoing:
    at, url, why, outcome, status, size, took = row
    return Outgoing(at=moment(at), url=url, why=why, outcome=outcome, status=status, size=size, seconds=took)
