"""`backstory doctor`: whether everything is as it should be, and what to do where it is not."""

import asyncio
import os
import platform
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from backstory import __version__
from backstory.assembly import assemble_archive
from backstory.cli.options import with_settings
from backstory.cli.running import find_running
from backstory.errors import BackstoryError
from backstory.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look told: whether it is well, and a sentence."""

    is_well: bool
    says: str


@click.command(epilog="Example: backstory doctor --home ~/news")
@with_settings("host", "port")
def doctor(settings: Settings) -> None:
    """Look after the home, the archive, the port and the packages; exit with 1 where something is wrong."""
    findings = [*_packages(), _home(settings.home), *asyncio.run(_archive(settings)), _port(settings)]
    for finding in findings:
        click.echo(
            f"{click.style('ok   ', fg='green') if finding.is_well else click.style('wrong', fg='red')} {finding.says}"
        )
    if not all(finding.is_well for finding in findings):
        raise click.exceptions.Exit(1)


def _packages() -> Iterator[Finding]:
    yield Finding(
        is_well=True, says=f"Backstory {__version__} on Python {platform.python_version()}, {platform.system()}"
    )
    missing = []
    for requirement in requires("backstory") or ():
        if "extra ==" in requirement:  # what only some owners want
            continue
        [name] = re.findall(r"^[\w.-]+", requirement)
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    yield Finding(
        not missing, f"missing: {', '.join(missing)}; run make setup" if missing else "every package is there"
    )


def _home(home: Path) -> Finding:
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(existing, os.W_OK | os.X_OK) and existing.is_dir():
        return Finding(is_well=True, says=f"home {home}{'' if home.exists() else ' is not there yet, and can be made'}")
    return Finding(is_well=False, says=f"home {home} cannot be written to; give another --home or its rights back")


async def _archive(settings: Settings) -> list[Finding]:
    try:
        archive = await assemble_archive(settings, read_only=True)
    except BackstoryError as error:
        return [Finding(is_well=False, says=str(error))]
    try:
        stats = await archive.stats()
        indexed = (await archive.frequencies(())).passages
    except BackstoryError as error:
        return [Finding(is_well=False, says=str(error))]
    finally:
        await archive.close()
    holds = f"archive {settings.archive} holds {stats.articles:,} articles in {stats.passages:,} passages"
    if indexed < stats.passages:
        return [Finding(is_well=False, says=f"{holds}, but its index only {indexed:,}; run backstory rebuild")]
    return [Finding(is_well=True, says=f"{holds}, all of them in its index")]


def _port(settings: Settings) -> Finding:
    try:
        running = find_running(settings.home)
    except click.ClickException as error:
        return Finding(is_well=False, says=error.message)
    if running is not None:
        return Finding(is_well=True, says=f"Backstory answers at {running.url}")
    try:
        with socket.create_server((settings.host.strip("[]"), settings.port)):
            return Finding(is_well=True, says=f"nothing runs; port {settings.port} is free")
    except OSError:
        return Finding(
            is_well=False, says=f"port {settings.port} is taken by another program; give serve another --port"
        )
