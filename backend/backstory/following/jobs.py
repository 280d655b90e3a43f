"""Long work while the service runs: started, watched, stopped, and remembered after a restart."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from backstory.errors import BackstoryError
from backstory.following.jobrows import JOBS_KEPT, Job, JobRows, JobState

__all__ = ["Job", "JobState", "Jobs", "Reporter", "Work"]

_LOG = logging.getLogger("backstory.jobs")

RUNNING_MOST = 16
"""Jobs at a time; the owner's machine has other things to do."""

_SAVE_EVERY = timedelta(seconds=2)  # how exactly a crash leaves a job's progress behind
_TROUBLE_LIMIT = 500  # characters of what went wrong; enough for a sentence and an address


class Reporter:
    """What a job's work tells of itself while it goes on; every call is cheap."""

    def __init__(self, job: Job, changed: Callable[[Job], None]) -> None:
        self._job = job
        self._changed = changed

    @property
    def job(self) -> Job:
        """The job as it is now."""
        return self._job

    def at(self, done: int, total: int = 0) -> None:
        """So much is done, in units of the work's own; of how much, where that is known."""
        self._tell(replace(self._job, done=done, total=total or self._job.total))

    def count(self, *, done: int = 0, added: int = 0, refused: int = 0) -> None:
        """So much more is done, and so many more articles came or were refused."""
        now = self._job
        self._tell(replace(now, done=now.done + done, added=now.added + added, refused=now.refused + refused))

    def trouble(self, says: str) -> None:
        """Something went wrong, though the work goes on."""
        self._tell(replace(self._job, trouble=says[:_TROUBLE_LIMIT]))

    def rename(self, title: str) -> None:
        """What the work is called, once more of it is known."""
        self._tell(replace(self._job, title=title))

    def ended(self, state: JobState, at: datetime) -> None:
        """For `Jobs` alone: the work is over."""
        self._tell(replace(self._job, state=state, ended_at=at))

    def _tell(self, job: Job) -> None:
        self._job = job
        self._changed(job)


Work = Callable[[Reporter], Awaitable[None]]
"""What a job does; an error of ours that leaves it says why the job failed."""


class Jobs:
    """The registry of jobs; to be used where the event loop runs."""

    def __init__(self, rows: JobRows, clock: Callable[[], datetime]) -> None:
        """What a former process left running is `interrupted` from now on."""
        rows.interrupt(clock())
        self._rows = rows
        self._clock = clock
        self._jobs = {job.number: job for job in reversed(rows.all())}
        self._saved_at: dict[int, datetime] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._stopping: set[int] = set()
        self._watchers: set[_Watcher] = set()

    def all(self) -> tuple[Job, ...]:
        """Every job that is remembered, the newest first."""
        return tuple(reversed(self._jobs.values()))

    def get(self, number: int) -> Job | None:
        """The job of that number."""
        return self._jobs.get(number)

    def start(self, kind: str, title: str, work: Work) -> Job:
        """Begin work that goes on by itself.

        Raises:
            ValueError: RUNNING_MOST jobs are running.
        """
        if len(self._tasks) >= RUNNING_MOST:
            raise ValueError(f"{RUNNING_MOST} jobs are running; wait for one, or stop one")
        job = self._rows.begin(kind, title, self._clock())
        reporter = Reporter(job, self._changed)
        task = asyncio.create_task(_run(work, reporter), name=f"job {job.number}")
        self._tasks[job.number] = task
        task.add_done_callback(partial(self._over, reporter))
        self._changed(job)
        self._forget_old()
        return job

    @contextmanager
    def beside(self, kind: str, title: str) -> Iterator[Reporter]:
        """Note work that somebody else runs, as long as the block does; it is theirs to stop."""
        job = self._rows.begin(kind, title, self._clock())
        reporter = Reporter(job, self._changed)
        self._changed(job)
        self._forget_old()
        state: JobState = "failed"
        try:
            yield reporter
            state = "done"
        except BackstoryError as error:
            reporter.trouble(str(error))
            raise
        except BaseException:
            reporter.trouble("it was broken off")
            raise
        finally:
            reporter.ended(state, self._clock())

    def stop(self, number: int) -> bool:
        """Tell a job to stop, which it does at the next moment that it can; whether it was running here."""
        task = self._tasks.get(number)
        if task is None:
            return False
        self._stopping.add(number)
        task.cancel()
        return True

    async def finished(self, number: int) -> Job:
        """The job, once it is over. Raises KeyError where none has this number."""
        if (task := self._tasks.get(number)) is not None:
            await asyncio.wait({task})
        return self._jobs[number]

    async def watch(self) -> AsyncGenerator[Job, None]:
        """Every job as it changes, from now on; of changes that come faster than they are taken, the last.

        It ends with `hang_up`.
        """
        watcher = _Watcher()
        self._watchers.add(watcher)
        try:
            while (job := await watcher.next()) is not None:
                yield job
        finally:
            self._watchers.discard(watcher)

    def hang_up(self) -> None:
        """End every watch: the service is about to stop, and waits for those who listen."""
        for watcher in self._watchers:
            watcher.hang_up()

    async def close(self) -> None:
        """Interrupt what runs, and wait until it has let go."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _over(self, reporter: Reporter, task: asyncio.Task[None]) -> None:
        """Write down how a job ended; also one that was stopped before it began."""
        number = reporter.job.number
        state: JobState = "done"
        del self._tasks[number]
        if task.cancelled():
            state = "stopped" if number in self._stopping else "interrupted"
        elif (fault := task.exception()) is not None:
            state = "failed"
            reporter.trouble(_told(fault, reporter.job))
        self._stopping.discard(number)
        reporter.ended(state, self._clock())

    def _changed(self, job: Job) -> None:
        self._jobs[job.number] = job
        now = self._clock()
        if not job.is_running or now - self._saved_at.get(job.number, job.begun_at) >= _SAVE_EVERY:
            self._rows.save(job)
            self._saved_at[job.number] = now
        if not job.is_running:
            self._saved_at.pop(job.number, None)
        for watcher in self._watchers:
            watcher.tell(job)

    def _forget_old(self) -> None:
        oldest = max(self._jobs) - JOBS_KEPT
        for number in [number for number, job in self._jobs.items() if number <= oldest and not job.is_running]:
            del self._jobs[number]


async def _run(work: Work, reporter: Reporter) -> None:
    await work(reporter)


def _told(fault: BaseException, job: Job) -> str:
    """What to tell of a job that failed; a fault of our own goes to the log with its way, since nobody else sees it."""
    if isinstance(fault, BackstoryError):
        return str(fault)
    _LOG.error("job %d (%s) failed", job.number, job.kind, exc_info=fault)
    return f"a fault of Backstory's own ({type(fault).__name__}); its log says where"


class _Watcher:
    """What one watcher has not taken yet: of each job the latest, so that one who is slow holds nothing up."""

    def __init__(self) -> None:
        self._news: dict[int, Job] = {}
        self._something = asyncio.Event()
        self._over = False

    def tell(self, job: Job) -> None:
        self._news[job.number] = job
        self._something.set()

    def hang_up(self) -> None:
        self._over = True
        self._something.set()

    async def next(self) -> Job | None:
        """The next change; None where there will be no more."""
        while not self._news and not self._over:
            self._something.clear()
            await self._something.wait()
        return None if self._over else self._news.pop(next(iter(self._news)))
