"""`backstory tune`: learn from the links between the articles of the archive."""

import asyncio

import click

from backstory.assembly import assemble_archive, keep_correction, tuned
from backstory.cli.options import with_settings
from backstory.cli.progress import progress
from backstory.settings import Settings
from backstory.tuning import LEAST_LESSONS, Tuning

_AGAIN = "a running service takes it up when it is started again"


@click.command(epilog="Example: backstory tune --home ~/news")
@with_settings()
@click.option("--forget", is_flag=True, help="Go back to the ranker that comes with Backstory.")
def tune(settings: Settings, *, forget: bool) -> None:
    """Fit the ranking to what the articles of the archive link to, and keep it only if it wins.

    The latest third of the linking articles is held back to see.
    """
    if forget:
        keep_correction(settings, None)
        click.echo(f"back to the ranker that comes with Backstory; {_AGAIN}")
        return
    found = asyncio.run(_tuned(settings))
    if found is None:
        click.echo(f"nothing learned: it takes {LEAST_LESSONS} articles that link to earlier ones of the archive")
        return
    click.echo(
        f"{found.lessons} linking articles; on the latest {found.held_back}, held back, nDCG@10 went from"
        f" {found.before:.3f} to {found.after:.3f}"
    )
    if found.correction is None:
        click.echo("that is no sure gain: everything stays as it is")
        return
    keep_correction(settings, found.correction)
    click.echo(f"kept; {_AGAIN}, and --forget undoes it")


async def _tuned(settings: Settings) -> Tuning | None:
    archive = await assemble_archive(settings, read_only=True)
    try:
        with progress("Reading linked articles", None) as tell:
            return await tuned(archive, tell)
    finally:
        await archive.close()
