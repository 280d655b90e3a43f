"""`backstory import`: files of every kind into the archive.

While a service runs on the same home, the lines go to it: one process writes, and the archive comes out the same.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

from backstory.app import now
from backstory.assembly import assemble_door, assemble_ledger, assemble_readings
from backstory.cli.archives import opened_archive
from backstory.cli.fetching import fetched
from backstory.cli.files import opened
from backstory.cli.options import with_settings
from backstory.cli.progress import progress
from backstory.cli.running import Running, find_running
from backstory.following.import_files import TOLD, Found, ImportFile
from backstory.ingest import ingest
from backstory.ports import Door
from backstory.reading import read
from backstory.sample import coverage
from backstory.settings import Settings
from backstory.web.reports import report_document

_LONG_SECONDS = 5.0  # an import that takes longer says how fast it went


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of one file: the report of its lines, and what came to light beside them."""

    report: dict[str, Any]
    found: Found

    @property
    def taken(self) -> int:
        return int(self.report["added"] + self.report["replaced"] + self.report["unchanged"])

    @property
    def refused(self) -> int:
        return len(self.report["refused"]) + int(self.report.get("refusedMore", 0)) + self.found.unreadable


@click.command("import", epilog="Example: backstory import news.ndjson.gz crawl.warc.gz saved-pages/")
@with_settings("max_article_bytes", "jobs", "allow_private_hosts")
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True))
@click.option("--fetch", is_flag=True, help="Fetch the pages of addresses that come without a text.")
@click.option("--sample", is_flag=True, help="Import the sample coverage that Backstory brings.")
def import_(settings: Settings, files: tuple[str, ...], *, fetch: bool, sample: bool) -> None:
    """Add the articles in FILES: files, folders of saved pages, or - for standard input, also gzipped.

    Read are NDJSON, web archives (WARC), saved pages (HTML), dumps of Wikinews (MediaWiki XML), and what wallabag,
    Miniflux, Pocket and others export; which it is, the file itself tells. A line of NDJSON is {"url", "title", "text"
    or "html", "published", "publisher", "language", "author"}. The same article again changes nothing; a changed one
    replaces it.
    """
    if not files and not sample:
        raise click.UsageError("say which files to import, or --sample")
    running = find_running(settings.home)
    done = [_import("the sample coverage", ImportFile(coverage()), settings, running)] if sample else []
    for name in files:
        with opened(name, max_page_bytes=settings.max_article_bytes) as file:
            each = _import(name, file, settings, running)
        done += [each, *_fetch(name, each.found, settings, running, is_wanted=fetch)]
    if any(each.refused and not each.taken for each in done):
        raise click.ClickException("not one line of a file could be added")


def _import(name: str, file: ImportFile, settings: Settings, running: Running | None) -> _Done:
    begun = time.monotonic()
    with progress(f"Importing {name}", file.size) as tell:
        if running is None:
            report = asyncio.run(_import_here(file, settings, tell))
        else:
            report = _import_there(file, settings, running, tell)
    done = _Done(report, file.found)
    _tell(name, done, time.monotonic() - begun)
    return done


async def _import_here(file: ImportFile, settings: Settings, tell: Callable[[int], None]) -> dict[str, Any]:
    async with opened_archive(settings) as archive:
        report = await ingest(
            file.chunks(tell),
            archive,
            read=read,
            max_article_bytes=settings.max_article_bytes,
            read_at=now(),
            jobs=settings.jobs,
            readings=assemble_readings(settings),
        )
    return report_document(report)


def _import_there(
    file: ImportFile, settings: Settings, running: Running, tell: Callable[[int], None]
) -> dict[str, Any]:
    with running.client(settings) as client:
        return running.said(
            client.post("/api/articles", content=file.chunks(tell), headers={"Content-Type": "application/x-ndjson"})
        )


def _tell(name: str, done: _Done, seconds: float) -> None:
    report = done.report
    click.echo(
        f"{name}: {report['added']:,} added, {report['replaced']:,} replaced, {report['unchanged']:,} unchanged,"
        f" {done.refused:,} refused"
    )
    refusals = [f"{each.place}: {each.reason}" for each in done.found.told]
    refusals += [f"{_place(refusal)}: {refusal['reason']}" for refusal in report["refused"]]
    for refusal in refusals[:TOLD]:
        click.echo(f"  {refusal}", err=True)
    if done.refused > TOLD:
        click.echo(f"  and {done.refused - TOLD:,} more", err=True)
    if seconds > _LONG_SECONDS:
        click.echo(f"  {done.taken / seconds:,.0f} articles a second, for {seconds:,.0f} s", err=True)


def _place(refusal: dict[str, Any]) -> str:
    line = f"line {refusal['line']:,}"
    return f"{line}, {refusal['url']}" if "url" in refusal else line


def _fetch(name: str, found: Found, settings: Settings, running: Running | None, *, is_wanted: bool) -> Iterator[_Done]:
    """Say what comes without a text, and fetch it where that is wanted."""
    if not found.addresses:
        return
    if not is_wanted:
        click.echo(f"  {found.addresses:,} addresses come without a text; --fetch fetches their pages", err=True)
        return
    if found.addresses > len(found.to_fetch):
        click.echo(f"  only the first {len(found.to_fetch):,} of {found.addresses:,} addresses are fetched", err=True)
    with _door(settings) as door:
        pages = fetched(door, found.to_fetch, why=f"imported from {name}")
        yield _import(f"{name}, fetched", pages, settings, running)


@contextmanager
def _door(settings: Settings) -> Iterator[Door]:
    """The door outside, what goes out through it being noted for the owner."""
    ledger = assemble_ledger(settings)
    try:
        yield assemble_door(settings, clock=now, note=ledger.outgoing.note)
    finally:
        ledger.close()
