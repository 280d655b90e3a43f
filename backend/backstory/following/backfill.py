"""Back-fills: articles of past days, asked of a source step by step, and kept as they come.

    wish → plan → run: ask a step → keep what it brought → note it as done → the next

A step is noted only after what it brought is on disk. Cut off anywhere, the same wish goes on where it was: no step is
lost, and at most the one that was running is asked a second time, which changes nothing that is kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backstory.errors import FetchError, FetchRefusedError, SourceError
from backstory.following.backfill_store import Backfills, Run, Standing
from backstory.model import Offer, Step, Taken, Wanted
from backstory.ports import Source
from backstory.sources.apis.registry import how_to_allow
from backstory.sources.apis.terms import TERMS

TRIES = 4
"""How often a step is asked before it counts as failed."""

FAILURES_MOST = 3
"""Steps that may fail one after another; then the source is given up for now."""

STEPS_MOST = 200_000
"""Steps of one run; a source that shows ever more of them is asked no further."""

PATIENCE_SECONDS = 900.0
"""The longest that a run waits for a source that says when to come back; where it says later, the run ends."""

_FIRST_WAIT = 5.0  # seconds before a step is asked again, where nobody says how long; doubled each time
_TRANSIENT = frozenset({0, 408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the offers of a step; `trouble` is why the last one was refused."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    refused: int = 0
    trouble: str = ""


Keep = Callable[[Sequence[Offer]], Awaitable[Kept]]
"""Offers into the archive; when it returns, what was kept is on disk."""

Tell = Callable[[Standing], None]
"""Told how far a run is, after every step."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a back-fill would ask, before anybody is asked."""

    source: str
    wanted: Wanted
    steps: tuple[Step, ...]

    @property
    def requests(self) -> int:
        """How many requests it is expected to take."""
        return sum(step.requests for step in self.steps)

    @property
    def seconds(self) -> float:
        """How long that takes at the least, at the pace that the source's keepers ask for."""
        return TERMS[self.source].seconds(self.requests)

    def months(self) -> tuple[tuple[date, int], ...]:
        """The first day of each month, and how many requests it is expected to take."""
        found: dict[date, int] = {}
        for step in self.steps:
            month = step.days.start.replace(day=1)
            found[month] = found.get(month, 0) + step.requests
        return tuple(found.items())


def plan(source: Source, wanted: Wanted) -> Plan:
    """What it would take to bring what is wanted.

    Raises:
        SourceError: the source cannot bring it.
    """
    return Plan(source=source.name, wanted=wanted, steps=tuple(source.steps(wanted)))


def source_named(sources: Iterable[Source], name: str) -> Source:
    """The source of that name.

    Raises:
        SourceError: there is none, or the owner has not allowed it.
    """
    for source in sources:
        if source.name == name:
            return source
    if name in TERMS:
        raise SourceError(how_to_allow(name))
    raise SourceError(f"no source is called {name!r}; there are {', '.join(TERMS)}")


async def run(  # noqa: PLR0913 - the last two have defaults
    source: Source,
    backfill: Run,
    store: Backfills,
    keep: Keep,
    *,
    tell: Tell | None = None,
    sleep: Sleep = asyncio.sleep,
) -> Standing:
    """Ask every step that is still to be asked; how far the run is in the end, steps that failed among it.

    Raises:
        SourceError: the source refuses, cannot be reached, or leads on for ever; the same run may go on later.
    """
    in_a_row = 0
    while (step := store.next_step(backfill)) is not None:
        try:
            taken = await _take(source, step, sleep)
        except FetchError as error:
            in_a_row += 1
            store.failed(backfill, step, str(error))
            if in_a_row >= FAILURES_MOST:
                raise SourceError(f"{source.name} cannot be reached: {error}") from error
            continue
        in_a_row = 0
        if taken.further and store.standing(backfill).steps + len(taken.further) > STEPS_MOST:
            raise SourceError(f"{source.name} leads on to more than {STEPS_MOST:,} steps; ask for fewer days")
        kept = await keep(taken.offers)
        store.done(backfill, step, taken, added=kept.added + kept.replaced, refused=kept.refused)
        if tell is not None:
            tell(store.standing(backfill))
    return store.standing(backfill)


async def _take(source: Source, step: Step, sleep: Sleep) -> Taken:
    """Ask a step, again where the trouble may pass.

    Raises:
        SourceError: the source refuses, or asks to come back only after PATIENCE_SECONDS.
        FetchError: it was asked TRIES times, or the trouble will not pass.
    """
    wait = _FIRST_WAIT
    for _ in range(TRIES - 1):
        try:
            return await source.take(step)
        except FetchError as error:
            if isinstance(error, FetchRefusedError) or error.status not in _TRANSIENT:
                raise
            if error.retry_after > PATIENCE_SECONDS:
                raise SourceError(
                    f"{source.name} has been asked enough for now; come back in {error.retry_after / 3600:,.1f} hours"
                ) from error
            await sleep(max(wait, error.retry_after))
            wait *= 2
    return await source.take(step)
