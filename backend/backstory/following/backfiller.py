"""Back-fills as jobs of the running service: begun, watched, and gone on with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from backstory.following.allowing import KEYLESS, Allowing
from backstory.following.backfill import Keep, Plan, plan, run, source_named
from backstory.following.backfill_store import Backfills, Run, Standing
from backstory.following.jobs import Job, Jobs, Reporter
from backstory.model import Wanted
from backstory.ports import Source
from backstory.sources.apis.registry import how_to_allow
from backstory.sources.apis.terms import TERMS

KIND = "backfill"
"""What such a job is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A back-fill as it is: the run, how far it is, and the job that goes on with it, if one does.

    `trouble` is why the last step failed, or the last job ended before its time.
    """

    run: Run
    standing: Standing
    job: Job | None
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A source as the owner sees it: what it brings, and what has to be done before it may be asked, if anything.

    One that `waits_for_yes` needs that alone; a yes that was said on a page `may_be_taken_back` there.
    """

    name: str
    brings: str
    needs: str
    waits_for_yes: bool = False
    may_be_taken_back: bool = False


class Backfiller:
    """Runs back-fills as jobs, each of them once at a time. Of the sources, those are asked that `allowing` allows."""

    def __init__(  # noqa: PLR0913 - each of them a part that it stands on
        self,
        sources: Sequence[Source],
        store: Backfills,
        keep: Keep,
        *,
        jobs: Jobs,
        allowing: Allowing,
        clock: Callable[[], datetime],
    ) -> None:
        self.allowing = allowing
        self._every = sources
        self._store = store
        self._keep = keep
        self._jobs = jobs
        self._clock = clock
        self._going_on: dict[int, int] = {}  # run to job

    @property
    def _sources(self) -> tuple[Source, ...]:
        return tuple(source for source in self._every if self.allowing.allows(source.name))

    def offered(self) -> tuple[Offered, ...]:
        """Every source there is."""
        allowed = {source.name for source in self._sources}
        return tuple(
            Offered(
                name=name,
                brings=terms.brings,
                needs="" if name in allowed else how_to_allow(name),
                waits_for_yes=name not in allowed and name in KEYLESS,
                may_be_taken_back=self.allowing.may_take_back(name),
            )
            for name, terms in TERMS.items()
        )

    def plan(self, source: str, wanted: Wanted) -> Plan:
        """What it would take. Raises SourceError where the source cannot bring it, or may not be asked."""
        return plan(source_named(self._sources, source), wanted)

    def start(self, planned: Plan, *, again: bool = False) -> Known:
        """Begin what is planned, or go on with it; what was brought completely is asked anew only `again`.

        Raises:
            SourceError: the source may not be asked.
            ValueError: too many jobs are running.
        """
        known = self._store.find(planned.source, planned.wanted)
        if known is not None and (self._known(known).job or (self._is_complete(known) and not again)):
            return self._known(known)
        if known is None or again:
            known = self._store.begin(planned.source, planned.wanted, planned.steps, self._clock())
        source, begun = source_named(self._sources, planned.source), known
        self._store.retry(begun)

        async def work(reporter: Reporter) -> None:
            await self._run(source, begun, reporter)

        self._going_on[begun.number] = self._jobs.start(KIND, _title(begun), work).number
        return self._known(begun)

    def all(self) -> tuple[Known, ...]:
        """The back-fills that were begun last, the newest first."""
        return tuple(map(self._known, self._store.latest()))

    async def _run(self, source: Source, begun: Run, reporter: Reporter) -> None:
        before = self._store.standing(begun)

        def tell(now: Standing) -> None:
            nonlocal before
            reporter.at(now.requests_done, now.requests)
            reporter.count(added=now.added - before.added, refused=now.refused - before.refused)
            before = now

        reporter.at(before.requests_done, before.requests)
        standing = await run(source, begun, self._store, self._keep, tell=tell)
        if standing.steps_failed:
            reporter.trouble(f"{standing.steps_failed:,} steps failed, the last because {standing.trouble}")

    def _known(self, known: Run) -> Known:
        standing, job = self._store.standing(known), self._jobs.get(self._going_on.get(known.number, 0))
        trouble = standing.trouble or (job.trouble if job else "")
        return Known(run=known, standing=standing, job=job if job and job.is_running else None, trouble=trouble)

    def _is_complete(self, known: Run) -> bool:
        standing = self._store.standing(known)
        return standing.steps_done == standing.steps


def _title(begun: Run) -> str:
    wanted = begun.wanted
    what = " ".join(filter(None, (wanted.query, wanted.host)))
    return f"{begun.source}, {wanted.days.start} to {wanted.days.end}{f': {what}' if what else ''}"
