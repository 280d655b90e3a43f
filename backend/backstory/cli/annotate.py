"""`backstory annotate`: one page, and what had been reported before."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from backstory import __version__
from backstory.annotation import to_annotation_page
from backstory.assembly import assemble_annotator, assemble_archive
from backstory.cli.options import with_settings
from backstory.cli.pages import page_of
from backstory.cli.printing import print_drawing
from backstory.model import Options, Page
from backstory.settings import Settings
from backstory.web.drawing import draw
from backstory.web.fields import address, language, publication
from backstory.web.pages import saved_page

T = TypeVar("T")


def _read_by(reader: Callable[[object], T]) -> Callable[[click.Context, click.Parameter, str | None], T | None]:
    """A flag read as the same field of a request is."""

    def callback(_context: click.Context, _parameter: click.Parameter, value: str | None) -> T | None:
        try:
            return None if value is None else reader(value)
        except ValueError as error:
            raise click.BadParameter(f"must be {error}") from error

    return callback


@click.command(epilog="Example: backstory annotate article.html --url https://paper.example/story --format text")
@with_settings("host", "port", "max_page_bytes", "allow_private_hosts")
@click.argument("place", metavar="FILE|URL|-")
@click.option("--url", callback=_read_by(address), help="Where the page stands.")
@click.option("--published", callback=_read_by(publication), help="When it was published; wins over what it says.")
@click.option("--language", "spoken", callback=_read_by(language), help="Its language; detected where not given.")
@click.option("--limit", type=click.IntRange(0, 100), default=3, show_default=True, help="Most articles for a claim.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Show what is at least that sure; 0 shows all.")
@click.option("--include-text", is_flag=True, help="Put the article's text into the document.")
@click.option(
    "--format", "form", type=click.Choice(["json", "text", "html"]), default="json", show_default=True,
    help="The document itself, something to read here, or a page to keep.",
)  # fmt: skip
def annotate(settings: Settings, **asked: Any) -> None:  # noqa: ANN401 - what the flags above hold
    """Print the annotations of a page, HTML or plain text: in a FILE, at a URL, or from standard input (-)."""
    form = asked["form"]
    page = page_of(settings, asked["place"], url=asked["url"], published=asked["published"], language=asked["spoken"])
    options = Options(limit=asked["limit"], min_confidence=asked["min_confidence"])
    include_text = asked["include_text"] or form != "json"
    document = asyncio.run(_annotate(settings, page, options, include_text=include_text))
    if form == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    elif form == "html":
        click.echo(saved_page(document))
    else:
        print_drawing(draw(document))


async def _annotate(settings: Settings, page: Page, options: Options, *, include_text: bool) -> dict[str, Any]:
    archive = await assemble_archive(settings, read_only=True)
    try:
        annotated = await assemble_annotator(settings, archive).annotate(page, options)
    finally:
        await archive.close()
    origin = f"http://{settings.host}:{settings.port}"
    return to_annotation_page(annotated, origin=origin, version=__version__, include_text=include_text)
