"""`backstory serve`: the service, until it is told to stop."""

import logging
import signal
import socket
from types import FrameType

import click
import uvicorn

from backstory import __version__
from backstory.app import create_app
from backstory.cli.options import with_settings
from backstory.cli.running import announced, find_running
from backstory.settings import Settings, all_settings

_FLAGS = tuple(setting.name for setting in all_settings() if setting.name not in {"home", "archive"})
_BACKLOG = 128  # connections that may wait to be taken up


@click.command(epilog="Example: backstory serve --port 9000 --home ~/news")
@with_settings(*_FLAGS)
@click.option("--sample", is_flag=True, help="Add the sample coverage to the archive first.")
def serve(settings: Settings, *, sample: bool) -> None:
    """Answer the extension and other programs.

    Listens on this machine only unless told otherwise, keeps no page, and stops when interrupted, after the
    requests that are running.
    """
    if (running := find_running(settings.home)) is not None:
        raise click.ClickException(f"Backstory runs on this home already, at {running.url}")
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(message)s")
    # What is fetched is the owner's own business; httpx would log every address.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with _listening(settings) as listener:
        url = _url(settings.host, listener.getsockname()[1])
        app = create_app(settings, sample=sample)
        server = uvicorn.Server(_config(app, settings))
        with announced(settings.home, url):
            click.echo(f"Backstory {__version__} at {url}, archive {settings.archive} in {settings.home}", err=True)
            _run(server, listener)
    if not server.started:
        raise click.ClickException("Backstory could not start; the log above says why")


def _config(app: object, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # an ASGI application, which uvicorn spells in its own types
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.drain_seconds,
        lifespan="on",
        ws="none",
    )


def _listening(settings: Settings) -> socket.socket:
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}, port {settings.port}: {error.strerror}; try another --port"
        ) from error


def _url(host: str, port: int) -> str:
    """Where commands on this machine reach the service; one that listens everywhere is here too."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host.strip("[]"), host.strip("[]"))  # noqa: S104 - recognised
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve until told to stop. Being told so is no failure: uvicorn raises the signal again once it has stopped."""

    def stopped(_signal: int, _frame: FrameType | None) -> None:
        """What was to be done is done."""

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stopped)
    try:
        server.run(sockets=[listener])
    except SystemExit as error:
        raise click.ClickException("Backstory could not start; the log above says why") from error
