"""Jobs as the ledger keeps them: what runs, what ran, and what was cut off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backstory.following.database import Database, Row, moment, moment_or_none, seconds

JobState = Literal["running", "done", "failed", "stopped", "interrupted"]
"""`stopped` is by the owner, `interrupted` by the end of the service."""

JOBS_KEPT = 200
"""Jobs that are remembered after their end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Long work: how far it is and how it ended.

    `total` 0 is not known. `done` counts in the work's own units, `added` and `refused` articles. `trouble` is the
    last thing that went wrong; a job may be done in spite of it.
    """

    number: int
    kind: str
    title: str
    state: JobState = "running"
    begun_at: datetime
    ended_at: datetime | None = None
    done: int = 0
    total: int = 0
    added: int = 0
    refused: int = 0
    trouble: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self.state == "running"

    @property
    def share(self) -> float | None:
        """How much of it is done, from 0 to 1; None where that is not known."""
        return min(1.0, self.done / self.total) if self.total else None


class JobRows:
    """The table of jobs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, kind: str, title: str, now: datetime) -> Job:
        """Write down a new job, and forget those that ended long ago."""
        number = self._database.insert(
            "INSERT INTO jobs (kind, title, state, begun_at, done, total, added, refused, trouble)"
            " VALUES (?, ?, 'running', ?, 0, 0, 0, 0, '')",
            kind,
            title,
            seconds(now),
        )
        self._database.write("DELETE FROM jobs WHERE id <= ? AND state != 'running'", number - JOBS_KEPT)
        return Job(number=number, kind=kind, title=title, begun_at=now)

    def save(self, job: Job) -> None:
        """Write down how a job is now."""
        self._database.write(
            "UPDATE jobs SET state = ?, ended_at = ?, done = ?, total = ?, added = ?, refused = ?, trouble = ?,"
            " title = ? WHERE id = ?",
            job.state,
            job.ended_at and seconds(job.ended_at),
            job.done,
            job.total,
            job.added,
            job.refused,
            job.trouble,
            job.title,
            job.number,
        )

    def all(self) -> tuple[Job, ...]:
        """Every job that is remembered, the newest first."""
        return tuple(
            map(
                _job,
                self._database.rows(
                    "SELECT id, kind, title, state, begun_at, ended_at, done, total, added, refused, trouble"
                    " FROM jobs ORDER BY id DESC"
                ),
            )
        )

    def interrupt(self, now: datetime) -> int:
        """Note that what ran when the service ended runs no more; how many jobs that are."""
        return self._database.write(
            "UPDATE jobs SET state = 'interrupted', ended_at = ? WHERE state = 'running'", seconds(now)
        )


def _job(row: Row) -> Job:
    number, kind, title, state, begun_at, ended_at, done, total, added, refused, trouble = row
    return Job(
        number=number,
        kind=kind,
        title=title,
        state=state,
        begun_at=moment(begun_at),
        ended_at=moment_or_none(ended_at),
        done=done,
        total=total,
        added=added,
        refused=refused,
        trouble=trouble,
    )
