"""What may be set: each setting a name, a default and a sentence."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from backstory.errors import SettingsError
from backstory.settings import values


def platform_home(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> Path:
    """The platform's folder for a program's data."""
    if system == "darwin":
        return Path.home() / "Library" / "Application Support" / "Backstory"
    if system == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Backstory"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "backstory"


def _setting(sentence: str, read: Callable[[object], Any], **more: Any) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(metadata={"sentence": sentence, "read": read}, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set. `load` reads it from where the owner wrote it.

    Raises:
        SettingsError: the settings do not fit one another.
    """

    home: Path = _setting(  # noqa: RUF009 - a field, as dataclasses.field is
        "Where everything is kept; by default the platform's data folder.", values.folder, default_factory=platform_home
    )
    archive: str = _setting(
        "Where prior coverage is kept: local: under home, or memory: to forget it at the end.",
        values.words,
        default="local:",
    )
    embedder: Path | None = _setting(  # noqa: RUF009 - as above
        "A folder with an ONNX sentence encoder, so that reports are also found by what they mean; none by default.",
        values.folder,
        default=None,
    )
    embedder_sha256: str = _setting(
        "The SHA-256 of the encoder's model.onnx, in hexadecimal.", values.digest, default=""
    )
    host: str = _setting(
        "The address to listen on; any other than loopback needs a token.", values.words, default="127.0.0.1"
    )
    port: int = _setting("The port to listen on; 0 takes a free one.", values.whole(0, 65_535), default=8478)
    token: str = _setting(
        "What a client sends as `Authorization: Bearer …`; none is asked for where it is empty.",
        values.token,
        default="",
        repr=False,
    )
    token_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the token, instead of `token`.", values.folder, default=None
    )
    allowed_hosts: tuple[str, ...] = _setting(
        "Further names under which clients may address the service, as a proxy's.", values.names, default=()
    )
    allowed_origins: tuple[str, ...] = _setting(
        "Further origins whose pages may call the service, as https://reader.example.", values.names, default=()
    )
    allow_private_hosts: tuple[str, ...] = _setting(
        "Hosts on private or loopback addresses that may be fetched; none by default.", values.names, default=()
    )
    contact: str = _setting(
        "An address, of the web or of mail, that other people's servers are told as the owner's; none by default.",
        values.contact,
        default="",
    )
    seconds_between_requests: float = _setting(
        "The pause between two requests to one host; a robots.txt may ask for more.", values.seconds(3_600), default=1.0
    )
    hosts_at_once: int = _setting("How many hosts are spoken to at the same time.", values.whole(1, 256), default=8)
    fetch_seconds: int = _setting(
        "How long a request may take, with all that it is sent on to.", values.whole(1, 3_600), default=30
    )
    max_fetch_bytes: int = _setting(
        "The largest feed, sitemap or answer of an interface that is taken, in bytes, unpacked.",
        values.whole(1_000, 1_000_000_000),
        default=50_000_000,
    )
    max_page_bytes: int = _setting(
        "The largest page that is annotated, in bytes of UTF-8.", values.whole(1_000, 100_000_000), default=5_000_000
    )
    max_article_bytes: int = _setting(
        "The longest line of an import, in bytes.", values.whole(1_000, 100_000_000), default=2_000_000
    )
    max_import_bytes: int = _setting(
        "The largest file that the page of imports takes, in bytes, as it is handed in.",
        values.whole(1_000, 10_000_000_000_000),
        default=20_000_000_000,
    )
    jobs: int = _setting(
        "How many processes read the HTML of an import; 0 is one for each core.", values.whole(0, 256), default=0
    )
    pages_at_once: int = _setting(
        "How many pages are annotated at the same time; further ones wait.", values.whole(1, 256), default=4
    )
    pages_per_minute: int = _setting(
        "How many pages may be annotated in a minute, by all clients together; 0 is no limit.",
        values.whole(0, 1_000_000),
        default=0,
    )
    idle_seconds: int = _setting(
        "How long the service waits for the next part of a request.", values.whole(1, 3_600), default=30
    )
    drain_seconds: int = _setting(
        "How long running requests may take to end once the service is told to stop.",
        values.whole(0, 3_600),
        default=10,
    )
    follow: bool = _setting(
        "Whether the service polls by itself what is followed; without, `backstory follow --once` does.",
        values.yes_or_no,
        default=True,
    )
    keep_days: int = _setting(
        "How many days back from today articles are kept, by their day of publication; 0 is all.",
        values.whole(0, 1_000_000),
        default=0,
    )
    keep_articles: int = _setting(
        "How many articles are kept, the newest; 0 is all.", values.whole(0, 1_000_000_000), default=0
    )
    keep_megabytes: int = _setting(
        "How large the archive may become on disk, in megabytes, before its oldest articles go; 0 is any size.",
        values.whole(0, 1_000_000_000),
        default=0,
    )
    log_level: str = _setting(
        "The least that is logged.", values.one_of("debug", "info", "warning", "error"), default="info"
    )
    guardian_key: str = _setting(
        "The owner's key to the Guardian's Open Platform; nothing is asked of it without one.",
        values.token,
        default="",
        repr=False,
    )
    guardian_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `guardian_key`.", values.folder, default=None
    )
    nyt_key: str = _setting(
        "The owner's key to the New York Times' archive; nothing is asked of it without one.",
        values.token,
        default="",
        repr=False,
    )
    nyt_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `nyt_key`.", values.folder, default=None
    )
    factcheck_key: str = _setting(
        "The owner's key to Google's Fact Check Tools; nothing is asked of it without one.",
        values.token,
        default="",
        repr=False,
    )
    factcheck_key_file: Path | None = _setting(  # noqa: RUF009 - as above
        "A file that holds the key, instead of `factcheck_key`.", values.folder, default=None
    )
    allow_sources: tuple[str, ...] = _setting(
        "Sources without a key that may be asked: gdelt, wikinews, current-events, wayback.",
        values.some_of("gdelt", "wikinews", "current-events", "wayback"),
        default=(),
    )
    source_addresses: tuple[str, ...] = _setting(
        "Other addresses to ask sources at, as guardian=https://mirror.example.", values.addresses, default=()
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
