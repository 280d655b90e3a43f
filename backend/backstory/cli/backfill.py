"""`backstory backfill`: articles of past days, from the interfaces that the owner allows."""

import asyncio
import calendar
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from backstory.app import now
from backstory.assembly import assemble_door, assemble_sources, opened_home
from backstory.cli.backfill_there import backfill_there, counted, failed, report, resume_there
from backstory.cli.options import with_settings
from backstory.cli.progress import progress
from backstory.cli.running import find_running
from backstory.following.backfill import Keep, Plan, plan, run, source_named
from backstory.following.backfill_keeping import Keeper
from backstory.following.backfill_store import Backfills, Run
from backstory.model import Interval, Wanted
from backstory.ports import Source
from backstory.reading import read
from backstory.settings import Settings
from backstory.sources.apis.terms import TERMS

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_MONTHS_SHOWN = 60  # a plan of more is told in sum
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a run stands on."""

    sources: tuple[Source, ...]
    store: Backfills
    keep: Keep


def _stretch(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Interval | None:
    """A year, month or day, as 2016, 2016-04 or 2016-04-21: the days it covers."""
    if value is None:
        return None
    found = _DAY.fullmatch(value)
    year, month, day = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    try:
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no time; give a year, month or day, as 2016-04") from error
    return Interval(first, last)


@click.command(epilog='Example: backstory backfill --from 2015-09 --to 2016-04 --source guardian --query "Syria"')
@with_settings("allow_private_hosts")
@click.option("--source", "name", metavar="NAME", help=f"Whom to ask: {', '.join(TERMS)}.")
@click.option("--from", "first", callback=_stretch, metavar="MONTH", help="The first year, month or day wanted.")
@click.option("--to", "last", callback=_stretch, metavar="MONTH", help="The last one; today where not given.")
@click.option("--query", default="", help="Words to look for, in the source's own manner.")
@click.option("--host", default="", help="The outlet wanted, as paper.example.")
@click.option("--dry-run", is_flag=True, help="Show the plan, and ask nobody.")
@click.option("--yes", is_flag=True, help="Begin without asking.")
@click.option("--again", is_flag=True, help="Ask anew what was brought before.")
@click.option("--resume", is_flag=True, help="Go on with every back-fill that was cut off.")
def backfill(settings: Settings, **asked: Any) -> None:  # noqa: ANN401 - what the flags above hold
    """Fill the archive with articles of past months.

    Shows first how many requests that takes, and for how long. A run that was cut off goes on where it was when the
    same command is given again.
    """
    if asked["resume"]:
        running = find_running(settings.home)
        asyncio.run(_resume(settings)) if running is None else resume_there(settings, running)
        return
    if not asked["name"] or not asked["first"]:
        raise click.UsageError("say --source and --from, or --resume")
    wanted = _wanted(asked)
    planned = _planned(settings, asked["name"], wanted)
    _show(planned)
    if asked["dry_run"]:
        return
    if (running := find_running(settings.home)) is not None:
        backfill_there(settings, running, planned, again=asked["again"], is_agreed=asked["yes"])
    else:
        asyncio.run(_backfill(settings, planned, again=asked["again"], is_agreed=asked["yes"]))


def _wanted(asked: dict[str, Any]) -> Wanted:
    today = now().date()
    first, last = asked["first"].start, min(asked["last"].end if asked["last"] else today, today)
    if last < first:
        raise click.UsageError(f"there are no days from {first} to {last}")
    return Wanted(days=Interval(first, last), query=asked["query"].strip(), host=asked["host"].strip().lower())


def _planned(settings: Settings, name: str, wanted: Wanted) -> Plan:
    sources = assemble_sources(settings, assemble_door(settings, clock=now), clock=now)
    return plan(source_named(sources, name), wanted)


def _show(planned: Plan) -> None:
    terms, months = TERMS[planned.source], planned.months()
    click.echo(f"{planned.source}: {terms.brings}")
    if len(months) <= _MONTHS_SHOWN:
        for month, requests in months:
            click.echo(f"  {month:%Y-%m}  {counted(requests, 'request'):>14}")
    a_day = f", {terms.a_day:,} a day at most" if terms.a_day else ""
    click.echo(
        f"{counted(len(months), 'month')}, about {counted(planned.requests, 'request')};"
        f" at least {_span(planned.seconds)} (one in {terms.seconds_between:g} s{a_day})"
    )


def _span(seconds: float) -> str:
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= size), _UNITS[-1])
    return counted(max(1, round(seconds / size)), unit)


async def _backfill(settings: Settings, planned: Plan, *, again: bool, is_agreed: bool) -> None:
    async with _desk(settings) as desk:
        known = desk.store.find(planned.source, planned.wanted)
        if known is not None and not again:
            standing = desk.store.standing(known)
            if standing.steps_done == standing.steps:
                click.echo(f"this was brought on {known.begun_at:%d %B %Y}; --again asks anew")
                return
            click.echo(f"going on where it was: {standing.requests_done:,} of {standing.requests:,} requests are done")
        elif not is_agreed:
            click.confirm("Go on?", abort=True)
        if known is None or again:
            known = desk.store.begin(planned.source, planned.wanted, planned.steps, now())
        await _run(desk, known)


async def _resume(settings: Settings) -> None:
    async with _desk(settings) as desk:
        unfinished = desk.store.unfinished()
        if not unfinished:
            click.echo("no back-fill was cut off")
        for known in unfinished:
            days = known.wanted.days
            click.echo(f"{known.source}, {days.start} to {days.end} {known.wanted.query or known.wanted.host}".rstrip())
            await _run(desk, known)


async def _run(desk: Desk, known: Run) -> None:
    desk.store.retry(known)
    before = desk.store.standing(known)
    with progress(f"Asking {known.source}", before.requests) as tell:
        standing = await run(
            source_named(desk.sources, known.source),
            known,
            desk.store,
            desk.keep,
            tell=lambda standing: tell(standing.requests_done, standing.requests),
        )
    report(standing.added, standing.refused, standing.steps_done)
    if standing.steps_failed:
        raise click.ClickException(failed(standing.steps_failed, standing.trouble))


@asynccontextmanager
async def _desk(settings: Settings) -> AsyncIterator[Desk]:
    async with opened_home(settings, clock=now) as home:
        yield Desk(
            sources=assemble_sources(settings, home.door, clock=now),
            store=home.ledger.backfills,
            keep=Keeper(home.archive, home.door, read=read, clock=now),
        )
