"""The service that runs on a home, if one does: how other commands find it, so that one process alone writes.

home/service.lock    held while a service runs; a lock goes with its process, however that ends
home/service.json    {"url": "http://127.0.0.1:8478"}
"""

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click
import httpx

from backstory.settings import Settings

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCK, _FILE = "service.lock", "service.json"
_STARTING_SECONDS = 30.0  # how long a service may take from its first sign of life to its first answer
_ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Running:
    """A service that answers."""

    url: str

    def client(self, settings: Settings) -> httpx.Client:
        """A client that may speak to it."""
        headers = {"Authorization": f"Bearer {settings.token}"} if settings.token else {}
        # Adding an article may take its time; the service itself sets the limits.
        return httpx.Client(base_url=self.url, headers=headers, timeout=None, trust_env=False)  # noqa: S113

    def said(self, answer: httpx.Response) -> dict[str, Any]:
        """What it answered.

        Raises:
            ClickException: it answered with a problem.
        """
        if answer.is_success:
            return dict(answer.json()) if answer.content else {}
        kind = answer.headers.get("content-type", "")
        detail = answer.json()["detail"] if kind.startswith("application/problem+json") else answer.reason_phrase
        raise click.ClickException(f"Backstory at {self.url} answered: {detail}")


def find_running(home: Path) -> Running | None:
    """The service on this home; waits for one that has just been started.

    Raises:
        ClickException: one runs, but does not answer.
    """
    until = time.monotonic() + _STARTING_SECONDS
    while _is_held(home):
        if (said := _said(home)) is not None and _answers(said.url):
            return said
        if time.monotonic() > until:
            raise click.ClickException(f"a Backstory runs on {home} but does not answer; stop it and try again")
        time.sleep(0.2)
    return None


@contextmanager
def announced(home: Path, url: str) -> Iterator[None]:
    """Hold the home for the service of this process, and say where it answers, while the block runs.

    Raises:
        ClickException: another service holds the home.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("a") as lock:
        if not _hold(lock):
            raise click.ClickException(f"another Backstory runs on {home}")
        said = home / _FILE
        said.write_text(json.dumps({"url": url}), "utf-8")
        try:
            yield
        finally:
            said.unlink(missing_ok=True)


def _is_held(home: Path) -> bool:
    try:
        with (home / _LOCK).open("a") as lock:
            return not _hold(lock)
    except OSError:
        return False


def _hold(lock: IO[str]) -> bool:
    """Take the lock until the file is closed; whether it was free."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _said(home: Path) -> Running | None:
    try:
        return Running(str(json.loads((home / _FILE).read_text("utf-8"))["url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.HTTPError, ValueError, AttributeError):
        answer = httpx.get(f"{url}/healthz", timeout=_ANSWER_SECONDS, trust_env=False)
        return bool(answer.json().get("name") == "Backstory")
    return False
