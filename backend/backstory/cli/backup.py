"""`backstory backup` and `restore`: all that a home keeps, in one file."""

import asyncio
from pathlib import Path

import click

from backstory.app import now
from backstory.assembly import back_up
from backstory.assembly import restore as bring_back
from backstory.cli.archives import opened_archive
from backstory.cli.options import with_settings
from backstory.cli.progress import progress
from backstory.cli.running import find_running
from backstory.settings import Settings

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog="Example: backstory backup ~/backups/news.zip")
@with_settings()
@click.argument("file", type=_FILE)
def backup(settings: Settings, file: Path) -> None:
    """Keep the archive, and what is followed, in FILE. A service may run meanwhile.

    An older backup of that name is replaced once the new one is whole.
    """
    with progress("Backing up", None) as tell:
        back_up(settings, file, made=now(), on_progress=tell)
    click.echo(f"{file} holds {file.stat().st_size:,} bytes; keep it private, it has your tokens in it")


@click.command(epilog="Example: backstory restore ~/backups/news.zip --home ~/news")
@with_settings()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace the archive that is there.")
def restore(settings: Settings, file: Path, *, replace: bool) -> None:
    """Bring back what `backstory backup` kept in FILE."""
    if (running := find_running(settings.home)) is not None:
        raise click.ClickException(f"Backstory runs at {running.url}; stop it first")
    with progress("Restoring", None) as tell:
        bring_back(settings, file, replace=replace, on_progress=tell)
    click.echo("restored; its index is now made anew")
    asyncio.run(_open_once(settings))


async def _open_once(settings: Settings) -> None:
    """Have the archive brought up to date and its index made, so that others may read it."""
    async with opened_archive(settings):
        pass
