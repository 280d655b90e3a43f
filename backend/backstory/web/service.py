"""What the routes stand on: the parts that answer, and what they allow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from starlette.requests import Request

from backstory.following import Desk
from backstory.following.backfiller import Backfiller
from backstory.following.importer import Importer
from backstory.pipeline import Annotator
from backstory.ports import Archive, Fetch
from backstory.web.counting import Counts
from backstory.web.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may come in: the bearer's token, the names the service goes by, the origins it welcomes.

    `any_address` is for a service that listens on every address: any literal address is then a name of its own.
    """

    token: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    any_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request may ask for; sizes in bytes, times in seconds, `jobs` in processes that read its HTML."""

    max_page_bytes: int = 5_000_000
    max_article_bytes: int = 2_000_000
    idle_seconds: float = 30
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A setting as a person reads it; a secret's `value` only says that there is one. No `origin` is the default."""

    name: str
    value: str
    origin: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The parts behind the routes. `clock` tells the present moment, with its zone; `fetch` gets people's pages.

    `counts` is what `/metrics` tells of what was done.
    `desk` holds what is followed, the jobs that run, and the ledger of both; `backfiller` brings past months as jobs,
    `importer` files that were handed in.
    `readings` is the file that remembers what imported pages were read as.
    """

    annotator: Annotator
    archive: Archive
    desk: Desk
    backfiller: Backfiller
    importer: Importer
    fetch: Fetch
    access: Access
    turns: Turns
    clock: Callable[[], datetime]
    limits: Limits
    version: str
    counts: Counts
    settings: tuple[Chosen, ...] = ()
    readings: Path | None = None


def service_of(request: Request) -> Service:
    """The running service that a request came to."""
    return cast("Service", request.app.state.service)
