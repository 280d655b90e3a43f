"""What the owner may choose: each setting a name, a default and a sentence, in one place.

flag (--port) > environment (BACKSTORY_PORT) > file (--config, TOML) > default
"""

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from backstory.errors import SettingsError

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)

PREFIX = "BACKSTORY_"
"""What the name of a setting begins with in the environment."""

_SECRETS = ("token", "guardian_key", "nyt_key", "factcheck_key")  # each may stand in a file of its own, `…_file`
_ADDRESS = re.compile(r"[a-z-]+=https?://[^\s/]+(?:/\S*)?")
_BEARER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=")  # RFC 6750's b64token

_CONTACT = re.compile(r"https?://[!-'*-~]+|[!-'*-~]+@[!-'*-~]+")  # printable, without what would end a comment


def platform_home(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """The platform's folder for a program's data."""
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / "Backstory"
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Backstory"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "backstory"


# --- how a value is read: text from a flag or the environment, or what TOML makes of it.
# A ValueError says what would be right.


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("give text")  # noqa: TRY004 - whatever is wrong with a value is one kind of error here
    return value.strip()


def _folder(value: object) -> Path:
    return Path(_words(value)).expanduser().absolute()


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        try:
            number = int(value) if isinstance(value, str) else value
        except ValueError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
            raise ValueError(f"give a whole number from {least} to {most}")
        return number

    return read


def _yes_or_no(value: object) -> bool:
    known = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
    said = value if isinstance(value, bool) else known.get(str(value).strip().lower())
    if said is None:
        raise ValueError("give yes or no")
    return said


def _seconds(most: int) -> Callable[[object], float]:
    def read(value: object) -> float:
        try:
            number = float(value) if isinstance(value, str | int) and not isinstance(value, bool) else value
        except ValueError:
            number = None
        if not isinstance(number, float) or not 0 <= number <= most:
            raise ValueError(f"give a number of seconds from 0 to {most}")
        return number

    return read


def _contact(value: object) -> str:
    contact = _words(value)
    if contact and not _CONTACT.fullmatch(contact):
        raise ValueError("give an address as https://paper.example/about or owner@paper.example")
    return contact


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError("give names with commas between them, or a list")
    return tuple(name.strip().lower() for name in value if name.strip())


def _one_of(*known: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        word = _words(value).lower()
        if word not in known:
            raise ValueError(f"give one of {', '.join(known)}")
        return word

    return read


def _some_of(*known: str) -> Callable[[object], tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        names = _names(value)
        if not set(names) <= set(known):
            raise ValueError(f"give some of {', '.join(known)}")
        return names

    return read


def _addresses(value: object) -> tuple[str, ...]:
    pairs = value.split(",") if isinstance(value, str) else value
    if not isinstance(pairs, list) or not all(isinstance(pair, str) and _ADDRESS.match(pair.strip()) for pair in pairs):
        raise ValueError("give names and addresses, as guardian=https://mirror.example")
    return tuple(pair.strip().rstrip("/") for pair in pairs)


def _token(value: object) -> str:
    token = _words(value)
    if not token or not _BEARER.issuperset(token):
        raise ValueError("give letters, digits and -._~+/= only, at least one")
    return token


def _digest(value: object) -> str:
    digest = _words(value).lower()
    if not _SHA256.fullmatch(digest):
        raise ValueError("give the 64 characters that sha256sum prints")
    return digest


def _setting(sentence: str, read: Callable[[object], Any], **more: Any) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(metadata={"sentence": sentence, "read": read}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. `load` reads it from where the owner wrote it.

    Raises:
        SettingsError: the settings do not fit one another.
    """

    home: Path = _setting(  # noqa: RUF009 - a field, as dataclasses.field is
        "Where everything is kept; by default the platform's data folder.", _folder, default_factory=platform_home
    )
    archive: str = _setting(
        "Where prior coverage is kept: local: under home, or memory: to forget it at the end.", _words, default="local:"
    )
    embedder: Path | None = _setting(  # noqa: RUF009 - as above
        "A folder with an ONNX sentence encoder, so that reports are also found by what they mean; none by default.",
        _folder,
        default=None,
    )
    embedder_sha256: str = _setting("The SHA-256 of the encoder's model.onnx, in hexadecimal.", _digest, default="")
    host: str = _setting(
        "The address to listen on; any other than loopback needs a token.", _words, default="127.0.0.1"
    )
    port: int = _setting("The port to listen on; 0 takes a free one.", _whole(0, 65_535), default=8478)
    token: str = _setting(
        "What a client sends as `Authorization: Bearer …`; none is asked for where it is empty.",
        _token,
        default="",
        repr=False,
    )
    token_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the token, instead of `token`.", _folder, default=None
    )
    allowed_hosts: tuple[str, ...] = _setting(
        "Further names under which clients may address the service, as a proxy's.", _names, default=()
    )
    allowed_origins: tuple[str, ...] = _setting(
        "Further origins whose pages may call the service, as https://reader.example.", _names, default=()
    )
    allow_private_hosts: tuple[str, ...] = _setting(
        "Hosts on private or loopback addresses that may be fetched; none by default.", _names, default=()
    )
    contact: str = _setting(
        "An address, of the web or of mail, that other people's servers are told as the owner's; none by default.",
        _contact,
        default="",
    )
    seconds_between_requests: float = _setting(
        "The pause between two requests to one host; a robots.txt may ask for more.", _seconds(3_600), default=1.0
    )
    hosts_at_once: int = _setting("How many hosts are spoken to at the same time.", _whole(1, 256), default=8)
    fetch_seconds: int = _setting(
        "How long a request may take, with all that it is sent on to.", _whole(1, 3_600), default=30
    )
    max_fetch_bytes: int = _setting(
        "The largest feed, sitemap or answer of an interface that is taken, in bytes, unpacked.",
        _whole(1_000, 1_000_000_000),
        default=50_000_000,
    )
    max_page_bytes: int = _setting(
        "The largest page that is annotated, in bytes of UTF-8.", _whole(1_000, 100_000_000), default=5_000_000
    )
    max_article_bytes: int = _setting(
        "The longest line of an import, in bytes.", _whole(1_000, 100_000_000), default=2_000_000
    )
    max_import_bytes: int = _setting(
        "The largest file that the page of imports takes, in bytes, as it is handed in.",
        _whole(1_000, 10_000_000_000_000),
        default=20_000_000_000,
    )
    jobs: int = _setting(
        "How many processes read the HTML of an import; 0 is one for each core.", _whole(0, 256), default=0
    )
    pages_at_once: int = _setting(
        "How many pages are annotated at the same time; further ones wait.", _whole(1, 256), default=4
    )
    pages_per_minute: int = _setting(
        "How many pages may be annotated in a minute, by all clients together; 0 is no limit.",
        _whole(0, 1_000_000),
        default=0,
    )
    idle_seconds: int = _setting(
        "How long the service waits for the next part of a request.", _whole(1, 3_600), default=30
    )
    drain_seconds: int = _setting(
        "How long running requests may take to end once the service is told to stop.", _whole(0, 3_600), default=10
    )
    follow: bool = _setting(
        "Whether the service polls by itself what is followed; without, `backstory follow --once` does.",
        _yes_or_no,
        default=True,
    )
    keep_days: int = _setting(
        "How many days back from today articles are kept, by their day of publication; 0 is all.",
        _whole(0, 1_000_000),
        default=0,
    )
    keep_articles: int = _setting(
        "How many articles are kept, the newest; 0 is all.", _whole(0, 1_000_000_000), default=0
    )
    keep_megabytes: int = _setting(
        "How large the archive may become on disk, in megabytes, before its oldest articles go; 0 is any size.",
        _whole(0, 1_000_000_000),
        default=0,
    )
    log_level: str = _setting("The least that is logged.", _one_of("debug", "info", "warning", "error"), default="info")
    guardian_key: str = _setting(
        "The owner's key to the Guardian's Open Platform; nothing is asked of it without one.",
        _token,
        default="",
        repr=False,
    )
    guardian_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `guardian_key`.", _folder, default=None
    )
    nyt_key: str = _setting(
        "The owner's key to the New York Times' archive; nothing is asked of it without one.",
        _token,
        default="",
        repr=False,
    )
    nyt_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `nyt_key`.", _folder, default=None
    )
    factcheck_key: str = _setting(
        "The owner's key to Google's Fact Check Tools; nothing is asked of it without one.",
        _token,
        default="",
        repr=False,
    )
    factcheck_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `factcheck_key`.", _folder, default=None
    )
    allow_sources: tuple[str, ...] = _setting(
        "Sources without a key that may be asked: gdelt, wikinews, current-events, wayback.",
        _some_of("gdelt", "wikinews", "current-events", "wayback"),
        default=(),
    )
    source_addresses: tuple[str, ...] = _setting(
        "Other addresses to ask sources at, as guardian=https://mirror.example.", _addresses, default=()
    )
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)  # no setting: see `load`

    def __post_init__(self) -> None:
        if self.embedder and not self.embedder_sha256:
            raise SettingsError(
                "embedder names a model; embedder_sha256 must say what sha256sum prints of its model.onnx"
            )
        if not self.token and not is_loopback(self.host):
            raise SettingsError(
                f"listening on {self.host!r} lets others in, so it needs a token: set BACKSTORY_TOKEN or"
                " BACKSTORY_TOKEN_FILE, or listen on 127.0.0.1"
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def all_settings() -> tuple[Field[Any], ...]:
    """Every setting, in order; `metadata["sentence"]` says what it is for. One with `repr` false is a secret."""
    return tuple(each for each in fields(Settings) if "sentence" in each.metadata)


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
        return _token(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"the {called} file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"the {called} file {path} holds no {called}: {error}") from error
