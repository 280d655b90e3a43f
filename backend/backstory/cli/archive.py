"""`backstory import`, `search`, `export`, `forget`, `rebuild`: what can be done with the archive.

What changes it goes through the service where one runs on the same home: one process writes.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import click

from backstory.assembly import assemble_archive
from backstory.cli.files import ImportFile, opened
from backstory.cli.options import with_settings
from backstory.cli.printing import print_search
from backstory.cli.progress import progress
from backstory.cli.running import Running, find_running
from backstory.ingest import ingest
from backstory.model import Article
from backstory.ports import Archive
from backstory.reading import read
from backstory.sample import coverage
from backstory.settings import Settings
from backstory.web.problems import ProblemError
from backstory.web.reports import report_document
from backstory.web.search import Lookup, lookup_of
from backstory.web.search import search as search_archive

_REFUSED_SHOWN = 20  # lines of a file; the rest is counted


@click.command("import", epilog="Example: backstory import news.ndjson.gz")
@with_settings("max_article_bytes")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--sample", is_flag=True, help="Import the sample coverage that Backstory brings.")
def import_(settings: Settings, files: tuple[str, ...], *, sample: bool) -> None:
    """Add the articles in FILES (- for standard input): NDJSON, one article a line, also gzipped.

    A line is {"url", "title", "text" or "html", "published", "publisher", "language", "author"}. The same line again
    changes nothing; a changed one replaces its article.
    """
    if not files and not sample:
        raise click.UsageError("say which files to import, or --sample")
    running = find_running(settings.home)
    reports = [_import("the sample coverage", ImportFile(coverage(), None), settings, running)] if sample else []
    for name in files:
        with opened(name) as file:
            reports.append(_import(name, file, settings, running))
    if any(report["refused"] and not _taken(report) for report in reports):
        raise click.ClickException("not one line of a file could be added")


def _import(name: str, file: ImportFile, settings: Settings, running: Running | None) -> dict[str, Any]:
    with progress(f"Importing {name}", file.size) as tell:
        if running is None:
            report = asyncio.run(_import_here(file, settings, tell))
        else:
            report = _import_there(file, settings, running, tell)
    refused = len(report["refused"]) + report.get("refusedMore", 0)
    click.echo(
        f"{name}: {report['added']:,} added, {report['replaced']:,} replaced, {report['unchanged']:,} unchanged,"
        f" {refused:,} refused"
    )
    for refusal in report["refused"][:_REFUSED_SHOWN]:
        click.echo(f"  line {refusal['line']:,}: {refusal['reason']}", err=True)
    if refused > _REFUSED_SHOWN:
        click.echo(f"  and {refused - _REFUSED_SHOWN:,} more", err=True)
    return report


async def _import_here(file: ImportFile, settings: Settings, tell: Callable[[int], None]) -> dict[str, Any]:
    async with _archive(settings) as archive:
        limit = settings.max_article_bytes
        return report_document(await ingest(file.chunks(tell), archive, read=read, max_article_bytes=limit))


def _import_there(
    file: ImportFile, settings: Settings, running: Running, tell: Callable[[int], None]
) -> dict[str, Any]:
    with running.client(settings) as client:
        return running.said(
            client.post("/api/articles", content=file.chunks(tell), headers={"Content-Type": "application/x-ndjson"})
        )


def _taken(report: dict[str, Any]) -> int:
    return int(report["added"] + report["replaced"] + report["unchanged"])


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
    async with _archive(settings, read_only=True) as archive:
        return await search_archive(archive, lookup)


@click.command(epilog="Example: backstory export > archive.ndjson")
@with_settings()
def export(settings: Settings) -> None:
    """Print every article of the archive as NDJSON, as `backstory import` takes it."""
    asyncio.run(_export(settings))


async def _export(settings: Settings) -> None:
    async with _archive(settings, read_only=True) as archive:
        with progress("Exporting", (await archive.stats()).articles) as tell:
            done = 0
            async for article in archive.export():
                click.echo(json.dumps(_line(article), ensure_ascii=False))
                done += 1
                tell(done)


def _line(article: Article) -> dict[str, Any]:
    published = article.published
    said = {
        "url": article.url,
        "title": article.headline,
        "text": article.text,
        "published": (published.at or published.day).isoformat() if published else "",
        "publisher": article.publisher,
        "language": article.language,
        "author": list(article.authors),
    }
    return {name: value for name, value in said.items() if value}


@click.command(epilog="Example: backstory forget https://paper.example/story")
@with_settings()
@click.argument("url")
def forget(settings: Settings, url: str) -> None:
    """Drop the article at URL from the archive."""
    if (running := find_running(settings.home)) is not None:
        with running.client(settings) as client:
            running.said(client.delete("/api/articles", params={"url": url}))
    elif not asyncio.run(_forget(settings, url)):
        raise click.ClickException("no article with this url is in the archive")
    click.echo(f"{url} is forgotten")


async def _forget(settings: Settings, url: str) -> bool:
    async with _archive(settings) as archive:
        return await archive.forget(url)


@click.command(epilog="Example: backstory rebuild --home ~/news")
@with_settings()
def rebuild(settings: Settings) -> None:
    """Make the archive's index anew from the articles it keeps."""
    if (running := find_running(settings.home)) is not None:
        raise click.ClickException(f"Backstory runs at {running.url}; stop it first")
    asyncio.run(_rebuild(settings))
    click.echo("the index is made anew")


async def _rebuild(settings: Settings) -> None:
    async with _archive(settings) as archive:
        with progress("Rebuilding", (await archive.stats()).articles) as tell:
            await archive.rebuild(lambda done, _total: tell(done))


@asynccontextmanager
async def _archive(settings: Settings, *, read_only: bool = False) -> AsyncIterator[Archive]:
    archive = await assemble_archive(settings, read_only=read_only)
    try:
        yield archive
    finally:
        await archive.close()
