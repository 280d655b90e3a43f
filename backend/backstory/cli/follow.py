"""`backstory follow`: feeds, sitemaps and lists of feeds that are followed, and polled now with `--once`.

While the service runs on the same home all of it goes through that: one process writes.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import click

from backstory.app import now
from backstory.assembly import assemble_desk, assemble_ledger, opened_home
from backstory.cli.follow_service import Asked, follow_there, remove, told_by
from backstory.cli.options import with_settings
from backstory.cli.progress import progress
from backstory.cli.running import find_running
from backstory.errors import FetchError, SourceError
from backstory.following import Desk, Feed
from backstory.following.lists import from_list
from backstory.settings import Settings
from backstory.web.feeds import MAX_LIST_BYTES
from backstory.web.fields import address

_STATES = {"new": "not polled yet", "well": "well", "failing": "failing", "stopped": "stopped"}


@click.command(epilog="Example: backstory follow https://paper.example/feed feeds.opml --once")
@with_settings("allow_private_hosts", "contact", "seconds_between_requests", "fetch_seconds")
@click.argument("places", metavar="[URL|FILE]…", nargs=-1)
@click.option("--once", is_flag=True, help="Poll now, fetch what is new, and end: for a timer.")
@click.option("--list", "listed", is_flag=True, help="Show what is followed, and how it is.")
@click.option("--remove", is_flag=True, help="Follow these no more; their articles stay.")
@click.option("--folder", default="", help="File what is new under this name.")
def follow(settings: Settings, places: tuple[str, ...], **flags: Any) -> None:  # noqa: ANN401 - what the flags hold
    """Follow feeds, sitemaps, the feeds of web pages, and lists of feeds (OPML, files or addresses).

    `backstory serve` polls what is followed. Without it, run `backstory follow --once` from a timer; without addresses
    that polls everything which did not ask to be left alone.
    """
    once, listed, dropped = flags["once"], flags["listed"], flags["remove"]
    if once + listed + dropped > 1 or not (places or once or listed) or (listed and places):
        raise click.UsageError("say what to follow, or one of --list, --once and --remove")
    asked = Asked(
        urls=tuple(_checked(place) for place in places if not _is_file(place)),
        lists=tuple(_bytes_of(place) for place in places if _is_file(place)),
        once=once,
        remove=dropped,
        folder=flags["folder"],
    )
    running = find_running(settings.home)
    if listed:
        _print(told_by(running, settings) if running else asyncio.run(_told_here(settings)))
        return
    if asyncio.run(_follow_here(settings, asked)) if running is None else follow_there(running, settings, asked):
        raise click.exceptions.Exit(1)


def _is_file(place: str) -> bool:
    return not place.startswith(("http://", "https://")) and Path(place).is_file()


def _bytes_of(place: str) -> bytes:
    with Path(place).open("rb") as file:
        return file.read(MAX_LIST_BYTES)


def _checked(url: str) -> str:
    try:
        return address(url)
    except ValueError as error:
        raise click.UsageError(f"{url} is no file, and must else be {error}") from error


@asynccontextmanager
async def _desk(settings: Settings) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as parts:
        home = await parts.enter_async_context(opened_home(settings, clock=now))
        desk = assemble_desk(settings, home.ledger, home.archive, home.door, clock=now)
        parts.push_async_callback(desk.close)
        yield desk


async def _follow_here(settings: Settings, asked: Asked) -> bool:
    """Do what is asked in this process; whether something failed."""
    async with _desk(settings) as desk:
        if asked.remove:
            return remove(asked.urls, desk.unfollow)
        before = _brought(desk)
        feeds, failed = await _followed(desk, asked)
        if not asked.once:
            return failed
        named = bool(asked.urls or asked.lists)
        if not named:
            desk.poll()
        with progress("Polling", None) as tell:
            only = {feed.number for feed in feeds} if named else None
            done = await desk.follower.once(only, lambda so_far: tell(so_far.polled))
        polled = len(feeds) if named else done.polled  # new ones were looked at when they were followed
        click.echo(
            f"{polled:,} polled, {len(done.failed):,} failed; {_brought(desk) - before:,} articles added,"
            f" {done.refused:,} given up"
        )
        for url, trouble in done.failed.items():
            click.echo(f"  {url}: {trouble}", err=True)
        return bool(done.failed) or failed


def _brought(desk: Desk) -> int:
    return sum(feed.brought for feed in desk.feeds.all())


async def _followed(desk: Desk, asked: Asked) -> tuple[list[Feed], bool]:
    """Follow what is named; the feeds that it led to, and whether one led nowhere."""
    feeds: list[Feed] = []
    failed = False
    for url in asked.urls:
        known = desk.feeds.get(url)
        try:
            found = await desk.follow(url, folder=asked.folder)
        except (FetchError, SourceError) as error:
            click.echo(f"{url}: {error}", err=True)
            failed = True
            continue
        feeds += found
        if known is not None and asked.once:
            desk.poll(url)
        failed = failed or (known is None and any(feed.failures for feed in found))
        for feed in found:
            click.echo(f"{feed.url}: {feed.trouble or ('followed already' if known else 'followed')}")
    for body in asked.lists:
        listed = from_list(body, now())
        click.echo(f"{len(desk.follow_all(listed)):,} of {len(listed):,} feeds of the list are new")
        feeds += [known for one in listed if (known := desk.feeds.get(one.url))]
    return feeds, failed


async def _told_here(settings: Settings) -> list[dict[str, Any]]:
    ledger = assemble_ledger(settings, read_only=True)
    try:
        return [
            {"url": feed.url, "title": feed.title, "state": feed.state, "articles": feed.brought}
            | {"trouble": feed.trouble, "lastGoodAt": feed.good_at and feed.good_at.isoformat(timespec="minutes")}
            for feed in ledger.feeds.all()
        ]
    finally:
        ledger.close()


def _print(feeds: Sequence[dict[str, Any]]) -> None:
    for feed in feeds:
        good = f", well at {feed['lastGoodAt'][:16].replace('T', ' ')}" if feed["lastGoodAt"] else ""
        click.echo(f"{feed['url']}")
        click.echo(
            f"    {feed['title'] or 'without a title'}: {_STATES[feed['state']]}{good}, {feed['articles']:,} articles"
        )
        if feed["trouble"]:
            click.echo(f"    {feed['trouble']}")
    if not feeds:
        click.echo("nothing is followed")
