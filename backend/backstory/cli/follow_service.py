"""`backstory follow` through the service that runs on the same home."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import click
import httpx

from backstory.app import now
from backstory.cli.progress import progress
from backstory.cli.running import Running
from backstory.settings import Settings
from backstory.web.feeds import OPML_TYPE

STILL_SECONDS = 120.0
"""How long nothing may change before the service is waited for no longer."""

_LOOK_SECONDS = 0.5  # between two looks at what the service has polled


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of `backstory follow`: addresses, the bytes of lists, and what to do with them."""

    urls: tuple[str, ...]
    lists: tuple[bytes, ...]
    once: bool
    remove: bool
    folder: str


def remove(urls: Iterable[str], unfollow: Callable[[str], bool]) -> bool:
    """Follow these no more; whether one of them was not followed."""
    failed = False
    for url in urls:
        was_there = unfollow(url)
        failed = failed or not was_there
        click.echo(f"{url}: {'followed no more' if was_there else 'was not followed'}", err=not was_there)
    return failed


def follow_there(running: Running, settings: Settings, asked: Asked) -> bool:
    """Do what is asked of the running service; whether something failed."""
    with running.client(settings) as client:
        if asked.remove:
            return remove(asked.urls, lambda url: client.delete("/api/feeds", params={"url": url}).is_success)
        begun, before = now().isoformat(timespec="seconds"), _brought(told_by(running, settings))
        watched, failed = _followed(running, client, asked)
        if asked.once and not (asked.urls or asked.lists):
            running.said(client.post("/api/feeds/poll"))
            watched = {feed["url"] for feed in running.said(client.get("/api/feeds"))["feeds"]}
        if not asked.once:
            return failed
        feeds = _waited_for(running, client, watched, begun)
        added = sum(brought - before.get(url, 0) for url, brought in _brought(feeds).items())
        return _told(feeds, added) or failed


def _followed(running: Running, client: httpx.Client, asked: Asked) -> tuple[set[str], bool]:
    """Follow what is named; the addresses of the feeds that it led to, and whether one led nowhere."""
    watched, failed = set[str](), False
    for url in asked.urls:
        answer = client.post("/api/feeds", json={"url": url, "folder": asked.folder})
        if not answer.is_success:
            click.echo(f"{url}: {answer.json().get('detail', answer.reason_phrase)}", err=True)
            failed = True
            continue
        report = answer.json()
        watched |= {feed["url"] for feed in report["feeds"]}
        for feed in report["feeds"]:
            click.echo(f"{feed['url']}: {feed['trouble'] or ('followed' if report['added'] else 'followed already')}")
        if asked.once and report["known"]:
            client.post("/api/feeds/poll", params={"url": url})
    for body in asked.lists:
        report = running.said(client.post("/api/feeds.opml", content=body, headers={"Content-Type": OPML_TYPE}))
        watched |= {feed["url"] for feed in report["feeds"]}
        click.echo(f"{report['added']:,} of {report['added'] + report['known']:,} feeds of the list are new")
    return watched, failed


def _waited_for(running: Running, client: httpx.Client, watched: set[str], begun: str) -> list[dict[str, Any]]:
    """Wait until the service has polled these and fetched the pages that they offer; how they are then.

    Where it stands still for STILL_SECONDS, as one that does not poll by itself, this comes back all the same.
    """
    still, since = (-1, -1), time.monotonic()
    with progress("Polling", len(watched)) as tell:
        while True:
            feeds = [feed for feed in running.said(client.get("/api/feeds"))["feeds"] if feed["url"] in watched]
            left = sum(_is_due(feed, begun) for feed in feeds), sum(feed["waitingNow"] for feed in feeds)
            tell(len(feeds) - left[0])
            if left != still:
                still, since = left, time.monotonic()
            if not any(left) or time.monotonic() - since > STILL_SECONDS:
                return feeds
            time.sleep(_LOOK_SECONDS)


def _told(feeds: list[dict[str, Any]], added: int) -> bool:
    """Say how the feeds are; whether one failed."""
    failing = [feed for feed in feeds if feed["state"] == "failing"]
    waiting = sum(feed["waiting"] for feed in feeds)
    click.echo(
        f"{len(feeds):,} polled, {len(failing):,} failed; {added:,} articles added"
        f"{f', {waiting:,} pages wait for another try' if waiting else ''}"
    )
    for feed in failing:
        click.echo(f"  {feed['url']}: {feed['trouble']}", err=True)
    return bool(failing)


def _brought(feeds: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many articles each feed has brought so far."""
    return {feed["url"]: feed["articles"] for feed in feeds}


def _is_due(feed: dict[str, Any], begun: str) -> bool:
    """Whether its turn came before we asked, and it has not been tried since."""
    return (
        feed["nextAt"] is not None
        and feed["nextAt"][:19] <= begun[:19]
        and (feed["lastTriedAt"] or "")[:19] < begun[:19]
    )


def told_by(running: Running, settings: Settings) -> list[dict[str, Any]]:
    """What the running service follows."""
    with running.client(settings) as client:
        feeds: list[dict[str, Any]] = running.said(client.get("/api/feeds"))["feeds"]
    return feeds
