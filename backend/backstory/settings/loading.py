"""The settings as the owner made them, from where they were made.

flag (--port) > environment (BACKSTORY_PORT) > file (--config, TOML) > default
"""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from backstory.errors import SettingsError
from backstory.settings.choices import Settings, all_settings
from backstory.settings.values import token

PREFIX = "BACKSTORY_"
"""What the name of a setting begins with in the environment."""

_SECRETS = ("token", "guardian_key", "nyt_key", "factcheck_key")  # each may stand in a file of its own, `…_file`


def load(
    *, flags: Mapping[str, object | None], environ: Mapping[str, str] = os.environ, config: Path | None = None
) -> Settings:
    """The owner's settings: a flag wins over the environment, that over the file, that over the default.

    A flag that is None and a variable that is empty say nothing. Names in the file are spelt as in the
    environment or as here (`BACKSTORY_PORT`, `port`). `origins` says for each setting that was made where: `--port`,
    `BACKSTORY_PORT`, or the file's path.

    Raises:
        SettingsError: a name is unknown, a value means nothing, or a file cannot be read.
    """
    said = {name: (value, name, "in the file") for name, value in _in_file(config).items()}
    for known in all_settings():
        variable = PREFIX + known.name.upper()
        if environ.get(variable):
            said[known.name] = (environ[variable], variable, "in the environment")
        if flags.get(known.name) is not None:
            said[known.name] = (flags[known.name], "--" + known.name.replace("_", "-"), "")
    readers = {known.name: known.metadata["read"] for known in all_settings()}
    values = {name: _value(readers[name], *source) for name, source in said.items()}
    origins = {name: str(config) if where == "in the file" else spelt for name, (_, spelt, where) in said.items()}
    origins |= {name: f"{name}_file" for name in _SECRETS if f"{name}_file" in values}
    return Settings(**_with_secrets(values), origins=origins)


def unknown_variables(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Variables that look like settings and are none; a warning, since other programs may name theirs so."""
    known = {PREFIX + setting.name.upper() for setting in all_settings()}
    return tuple(sorted(name for name in environ if name.startswith(PREFIX) and name not in known))


def _in_file(config: Path | None) -> dict[str, object]:
    if config is None:
        return {}
    try:
        said = tomllib.loads(config.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{config} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"{config} is not TOML: {error}") from error
    found: dict[str, object] = {}
    for name, value in said.items():
        plain = name.removeprefix(PREFIX).lower()
        if plain in found:
            raise SettingsError(f"{config} sets {plain} twice; keep one")
        found[plain] = value
        _refuse_unknown(plain, name, config)
    return found


def _refuse_unknown(plain: str, name: str, config: Path) -> None:
    known = [setting.name for setting in all_settings()]
    if plain not in known:
        near = difflib.get_close_matches(plain, known, n=1)
        would_be = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise SettingsError(f"{config} sets {name!r}, which is no setting; {would_be}")


def _value(read: Callable[[object], Any], value: object, name: str, where: str) -> Any:  # noqa: ANN401 - of any setting
    try:
        return read(value)
    except ValueError as error:
        shown = "that value" if any(secret in name.lower() for secret in _SECRETS) else repr(value)
        raise SettingsError(f"{name} {where} cannot be {shown}: {error}".replace("  ", " ")) from error


def _with_secrets(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the secrets that files hold."""
    paths = {name: values[f"{name}_file"] for name in _SECRETS if f"{name}_file" in values}
    return values | {name: _in_own_file(name, path, values) for name, path in paths.items()}


def _in_own_file(name: str, path: Path, values: Mapping[str, object]) -> str:
    if values.get(name):
        raise SettingsError(f"{name} and {name}_file are both set; keep one")
    called = name.replace("_", " ")
    try:
        return token(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"the {called} file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"the {called} file {path} holds no {called}: {error}") from error
