"""`backstory search`, `export`, `forget`, `rebuild`: what can be done with the archive.

What changes it goes through the service where one runs on the same home: one process writes.
"""

import asyncio
import json
from typing import Any

import click

from backstory.cli.archives import opened_archive
from backstory.cli.options import with_settings
from backstory.cli.printing import print_search
from backstory.cli.progress import progress
from backstory.cli.running import Running, find_running
from backstory.ingest import exported
from backstory.settings import Settings
from backstory.web.fields import Fields, address, host
from backstory.web.problems import ProblemError
from backstory.web.search import Lookup, lookup_of
from backstory.web.search import search as search_archive


@click.command(epilog='Example: backstory search "Syria withdrawal" --after 2016-03-01 --before 2016-04-01')
@with_settings()
@click.argument("words", nargs=-1)
@click.option("--after", metavar="DAY", help="Published on this day or later.")
@click.option("--before", metavar="DAY", help="Published before this day.")
@click.option("--publisher", metavar="NAME", help="Published by this outlet.")
@click.option("--limit", metavar="N", help="Most articles shown; 20 by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def search(settings: Settings, words: tuple[str, ...], form: str, **narrowed: str | None) -> None:
    """Search the archive for WORDS; without any, show the newest."""
    asked = {"q": " ".join(words)} | {name: value for name, value in narrowed.items() if value is not None}
    try:
        lookup = lookup_of(asked)
    except ProblemError as error:
        raise click.UsageError(error.detail) from error
    answer = asyncio.run(_search(settings, lookup))
    if form == "json":
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print_search(answer)


async def _search(settings: Settings, lookup: Lookup) -> dict[str, Any]:
    async with opened_archive(settings, read_only=True) as archive:
        return await search_archive(archive, lookup)


@click.command(epilog="Example: backstory export > archive.ndjson")
@with_settings()
def export(settings: Settings) -> None:
    """Print every article of the archive as NDJSON, as `backstory import` takes it."""
    asyncio.run(_export(settings))


async def _export(settings: Settings) -> None:
    async with opened_archive(settings, read_only=True) as archive:
        with progress("Exporting", (await archive.stats()).articles) as tell:
            done = 0
            async for article in archive.export():
                click.echo(exported(article), nl=False)
                done += 1
                tell(done)


@click.command(epilog="Example: backstory forget https://paper.example/story")
@with_settings()
@click.argument("what", metavar="URL|DOMAIN")
def forget(settings: Settings, what: str) -> None:
    """Drop the article at URL from the archive, or all articles from DOMAIN and the hosts below it."""
    name = "url" if "/" in what else "host"
    try:
        asked = Fields({name: what}).take(name, address if name == "url" else host, "")
    except ProblemError as error:
        raise click.UsageError(error.detail) from error
    running = find_running(settings.home)
    if running is None:
        forgotten = asyncio.run(_forget(settings, name, asked))
    else:
        forgotten = _forget_there(settings, running, name, asked)
    if not forgotten:
        raise click.ClickException(
            f"no article {'with this url' if name == 'url' else f'from {asked}'} is in the archive"
        )
    click.echo(f"{asked} is forgotten" + ("" if name == "url" else f": {forgotten:,} articles"))


def _forget_there(settings: Settings, running: Running, name: str, asked: str) -> int:
    with running.client(settings) as client:
        return int(running.said(client.delete("/api/articles", params={name: asked})).get("forgotten", 1))


async def _forget(settings: Settings, name: str, asked: str) -> int:
    async with opened_archive(settings) as archive:
        return await (archive.forget(asked) if name == "url" else archive.forget_host(asked))


@click.command(epilog="Example: backstory rebuild --home ~/news")
@with_settings()
def rebuild(settings: Settings) -> None:
    """Make the archive's index anew from the articles it keeps."""
    if (running := find_running(settings.home)) is not None:
        raise click.ClickException(f"Backstory runs at {running.url}; stop it first")
    asyncio.run(_rebuild(settings))
    click.echo("the index is made anew")


async def _rebuild(settings: Settings) -> None:
    async with opened_archive(settings) as archive:
        with progress("Rebuilding", (await archive.stats()).articles) as tell:
            await archive.rebuild(lambda done, _total: tell(done))
