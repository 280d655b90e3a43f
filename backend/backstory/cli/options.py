"""Settings as flags: each command names those it heeds, and is handed the settings as a whole."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from backstory.settings import all_settings, load, unknown_variables

P = ParamSpec("P")
R = TypeVar("R")


def with_settings(*names: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Give a command `--config`, `--home`, `--archive` and a flag for each further setting named."""
    wanted = ("home", "archive", *names)

    def decorate(function: Callable[..., R]) -> Callable[..., R]:
        @functools.wraps(function)
        def call(config: Path | None, **arguments: object) -> R:
            settings = load(flags={name: arguments.pop(name) for name in wanted}, config=config)
            for variable in unknown_variables():
                click.echo(f"note: {variable} in the environment is no setting of this version", err=True)
            return function(settings=settings, **arguments)

        options = [_flag(name) for name in wanted]
        config = click.Path(exists=True, dir_okay=False, path_type=Path)
        options.append(click.option("--config", type=config, help="A TOML file with settings, named as here."))
        decorated = call
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def _flag(name: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    setting = next(setting for setting in all_settings() if setting.name == name)
    flag = "--" + name.replace("_", "-")
    return click.option(flag, name, metavar=name.rpartition("_")[2].upper(), help=setting.metadata["sentence"])
