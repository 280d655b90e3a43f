"""`backstory serve`: the service, until it is told to stop."""

import asyncio
import logging
import signal
import socket
from types import FrameType

import click
import uvicorn
from starlette.applications import Starlette

from backstory import __version__
from backstory.app import create_app
from backstory.cli.options import with_settings
from backstory.cli.running import announced, find_running
from backstory.settings import Settings, all_settings

_FLAGS = tuple(setting.name for setting in all_settings() if setting.name not in {"home", "archive"})
_LOOK_SECONDS = 0.25  # between two looks whether the server was told to stop
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
            asyncio.run(_serve(app, server, listener))


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.drain_seconds,
        lifespan="off",
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


async def _serve(app: Starlette, server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve until told to stop; that is no failure.

    The lifespan is entered here, so that what keeps the service from starting is an error of this command.
    """

    def stopped(_signal: int, _frame: FrameType | None) -> None:
        """Nothing: uvicorn raises the signal that stopped it once more, when all is done."""

    async with app.router.lifespan_context(app):
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, stopped)
        watching = asyncio.create_task(_hang_up_at_the_end(server, app))
        await server.serve(sockets=[listener])
        await watching


async def _hang_up_at_the_end(server: uvicorn.Server, app: Starlette) -> None:
    """Once the server is told to stop, end the streams that would last for ever; it waits for every answer."""
    while not server.should_exit:  # noqa: ASYNC110 - a flag is all that uvicorn has
        await asyncio.sleep(_LOOK_SECONDS)
    app.state.service.desk.jobs.hang_up()
