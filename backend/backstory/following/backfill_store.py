"""Back-fills as the ledger keeps them: what was wanted, which steps are done, and which are still to be asked.

    wish → run → steps: waiting → done | failed

What has been asked is known after every step, so that a run goes on where it was, however it ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backstory.following.database import Database, Row, moment, seconds
from backstory.model import Interval, Step, Taken, Wanted

_RUN = "id, source, first_day, last_day, query, host, begun_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One back-fill: what is wanted of which source, since when."""

    number: int
    source: str
    wanted: Wanted
    begun_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a run is. Requests are those that its steps were expected to take."""

    steps: int
    steps_done: int
    steps_failed: int
    requests: int
    requests_done: int
    added: int
    refused: int
    trouble: str = ""

    @property
    def is_over(self) -> bool:
        """Whether no step is left that was not asked."""
        return self.steps_done + self.steps_failed == self.steps


class Backfills:
    """The tables of runs and their steps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, source: str, wanted: Wanted) -> Run | None:
        """The run of the same wish."""
        rows = self._database.rows(
            f"SELECT {_RUN} FROM backfills"  # noqa: S608 - columns of our own
            " WHERE (source, first_day, last_day, query, host) = (?, ?, ?, ?, ?)",
            *_wish(source, wanted),
        )
        return next(map(_run, rows), None)

    def get(self, number: int) -> Run | None:
        """The run of that number."""
        return next(map(_run, self._database.rows(f"SELECT {_RUN} FROM backfills WHERE id = ?", number)), None)  # noqa: S608

    def latest(self, limit: int = 100) -> tuple[Run, ...]:
        """The runs that were begun last, the newest first."""
        return tuple(map(_run, self._database.rows(f"SELECT {_RUN} FROM backfills ORDER BY id DESC LIMIT ?", limit)))  # noqa: S608

    def unfinished(self) -> tuple[Run, ...]:
        """Runs with steps that were not asked or failed, the oldest first."""
        rows = self._database.rows(
            f"SELECT {_RUN} FROM backfills"  # noqa: S608 - as above
            " WHERE id IN (SELECT backfill FROM backfill_steps WHERE state != 'done') ORDER BY id"
        )
        return tuple(map(_run, rows))

    def begin(self, source: str, wanted: Wanted, steps: Sequence[Step], now: datetime) -> Run:
        """Write down a new run with its first steps; one of the same wish is forgotten for it."""
        wish = _wish(source, wanted)
        with self._database.together():
            self._database.write(
                "DELETE FROM backfills WHERE (source, first_day, last_day, query, host) = (?, ?, ?, ?, ?)", *wish
            )
            number = self._database.insert(
                "INSERT INTO backfills (source, first_day, last_day, query, host, begun_at) VALUES (?, ?, ?, ?, ?, ?)",
                *wish,
                seconds(now),
            )
            self._add(number, steps)
        return Run(number=number, source=source, wanted=wanted, begun_at=now)

    def next_step(self, run: Run) -> Step | None:
        """The step to ask now: of the oldest days, and of those the one that turned up first."""
        rows = self._database.rows(
            "SELECT key, first_day, last_day, requests FROM backfill_steps"
            " WHERE backfill = ? AND state = 'waiting' ORDER BY first_day, id LIMIT 1",
            run.number,
        )
        return next(map(_step, rows), None)

    def done(self, run: Run, step: Step, taken: Taken, *, added: int, refused: int) -> None:
        """Note at once that a step is done, what became of what it brought, and which steps it showed to be needed."""
        with self._database.together():
            self._database.write(
                "UPDATE backfill_steps SET state = 'done', requests = ?, added = ?, refused = ?, trouble = ''"
                " WHERE backfill = ? AND key = ?",
                taken.requests or step.requests,
                added,
                refused,
                run.number,
                step.key,
            )
            self._add(run.number, taken.further)

    def failed(self, run: Run, step: Step, trouble: str) -> None:
        """Note that a step could not be asked; it is left aside until `retry`."""
        self._database.write(
            "UPDATE backfill_steps SET state = 'failed', trouble = ? WHERE backfill = ? AND key = ?",
            trouble,
            run.number,
            step.key,
        )

    def retry(self, run: Run) -> int:
        """Let the steps that failed be asked again; how many there are."""
        return self._database.write(
            "UPDATE backfill_steps SET state = 'waiting' WHERE backfill = ? AND state = 'failed'", run.number
        )

    def standing(self, run: Run) -> Standing:
        """How far a run is."""
        [(steps, done, failed, requests, requests_done, added, refused)] = self._database.rows(
            "SELECT count(*), total(state = 'done'), total(state = 'failed'), total(requests),"
            " total(requests * (state = 'done')), total(added), total(refused)"
            " FROM backfill_steps WHERE backfill = ?",
            run.number,
        )
        troubles = self._database.rows(
            "SELECT trouble FROM backfill_steps WHERE backfill = ? AND state = 'failed' ORDER BY id DESC LIMIT 1",
            run.number,
        )
        return Standing(
            steps=steps,
            steps_done=int(done),
            steps_failed=int(failed),
            requests=int(requests),
            requests_done=int(requests_done),
            added=int(added),
            refused=int(refused),
            trouble=next((trouble for (trouble,) in troubles), ""),
        )

    def _add(self, number: int, steps: Iterable[Step]) -> None:
        """Steps to be asked; one that is known already is not asked twice."""
        self._database.write_all(
            "INSERT OR IGNORE INTO backfill_steps (backfill, key, first_day, last_day, requests)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                (number, step.key, step.days.start.isoformat(), step.days.end.isoformat(), step.requests)
                for step in steps
            ],
        )


def _wish(source: str, wanted: Wanted) -> Row:
    return (source, wanted.days.start.isoformat(), wanted.days.end.isoformat(), wanted.query, wanted.host)


def _interval(first: str, last: str) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last))


def _run(row: Row) -> Run:
    number, source, first, last, query, host, begun_at = row
    wanted = Wanted(days=_interval(first, last), query=query, host=host)
    return Run(number=number, source=source, wanted=wanted, begun_at=moment(begun_at))


def _step(row: Row) -> Step:
    key, first, last, requests = row
    return Step(key=key, days=_interval(first, last), requests=requests)
