"""Back-fills through the service that runs on the same home: it writes to the archive, and goes on by itself."""

import time
from typing import Any

import click
import httpx

from backstory.cli.progress import progress
from backstory.cli.running import Running
from backstory.following.backfill import Plan
from backstory.settings import Settings

_PLACE = "/api/backfills"
_LOOK_SECONDS = 0.3  # between two looks at how far it is


def backfill_there(settings: Settings, running: Running, planned: Plan, *, again: bool, is_agreed: bool) -> None:
    """Have the service bring what is planned, and watch it.

    Raises:
        ClickException: it cannot, or something of it failed.
    """
    if not is_agreed:
        click.confirm(f"Go on, through Backstory at {running.url}?", abort=True)
    days, wanted = planned.wanted.days, planned.wanted
    wish = {"source": planned.source, "from": str(days.start), "to": str(days.end), "query": wanted.query}
    with running.client(settings) as client:
        _watch(client, running, wish | ({"host": wanted.host} if wanted.host else {}), again=again)


def resume_there(settings: Settings, running: Running) -> None:
    """Have the service go on with every back-fill that was cut off, one after the other."""
    with running.client(settings) as client:
        known = running.said(client.get(_PLACE))["backfills"]
        unfinished = [it for it in reversed(known) if it["stepsDone"] < it["steps"]]
        if not unfinished:
            click.echo("no back-fill was cut off")
        for it in unfinished:
            wish = {name: it[name] for name in ("source", "from", "to", "query", "host") if it[name]}
            click.echo(f"{it['source']}, {it['from']} to {it['to']} {it['query'] or it['host']}".rstrip())
            _watch(client, running, wish, again=False)


def _watch(client: httpx.Client, running: Running, wish: dict[str, str], *, again: bool) -> None:
    known = running.said(client.post(_PLACE, json=wish | {"again": again}))
    if known["job"] is None:
        click.echo(f"this was brought on {known['begunAt'][:10]}; --again asks anew")
        return
    with progress(f"Asking {known['source']}", known["requests"]) as tell:
        while known["job"] is not None:
            tell(known["requestsDone"], known["requests"])
            time.sleep(_LOOK_SECONDS)
            known = _now(client, running, known["number"])
    report(known["added"], known["refused"], known["stepsDone"])
    if known["stepsFailed"]:
        raise click.ClickException(failed(known["stepsFailed"], known["trouble"]))
    if known["stepsDone"] < known["steps"]:
        raise click.ClickException(known["trouble"] or "the job was stopped; the same command goes on with it")


def _now(client: httpx.Client, running: Running, number: int) -> dict[str, Any]:
    listed = running.said(client.get(_PLACE))["backfills"]
    for known in listed:
        if known["number"] == number:
            return dict(known)
    raise click.ClickException("the back-fill was begun anew by somebody else")


def report(added: int, refused: int, steps: int) -> None:
    """Say what a back-fill brought."""
    click.echo(f"{counted(added, 'article')} added or replaced, {refused:,} refused, in {counted(steps, 'step')}")


def failed(steps: int, trouble: str) -> str:
    """What is said of steps that failed."""
    return f"{counted(steps, 'step')} failed, the last because {trouble}; the same command asks for them again"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 step, 2,000 steps."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
