"""`backstory`: the group of all commands, and what a failure looks like from outside.

Exit status: 0 done, 1 failed, 2 wrong usage.
"""

from typing import Any

import click
import httpx

from backstory import __version__
from backstory.cli.annotate import annotate
from backstory.cli.archive import export, forget, rebuild, search
from backstory.cli.backfill import backfill
from backstory.cli.backup import backup, restore
from backstory.cli.doctor import doctor
from backstory.cli.follow import follow
from backstory.cli.importing import import_
from backstory.cli.serve import serve
from backstory.cli.tune import tune
from backstory.errors import BackstoryError, SettingsError


class Group(click.Group):
    """Commands whose errors are sentences, never tracebacks."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click's
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            raise click.UsageError(str(error)) from error
        except BackstoryError as error:
            raise click.ClickException(str(error)) from error
        except httpx.HTTPError as error:
            raise click.ClickException(f"the running Backstory broke off: {error or type(error).__name__}") from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="backstory")
def main() -> None:
    """Backstory: what was reported before, beside what you read.

    Start with `backstory serve`, add your papers with `backstory import FILE`.
    """


for command in (
    serve,
    annotate,
    follow,
    import_,
    search,
    export,
    forget,
    backup,
    restore,
    backfill,
    rebuild,
    tune,
    doctor,
):
    main.add_command(command)
