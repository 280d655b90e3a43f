"""The service as one application: settings in, Starlette out."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import Field
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette

from backstory import __version__
from backstory.assembly import (
    assemble_annotator,
    assemble_backfiller,
    assemble_desk,
    assemble_fetch,
    assemble_importer,
    assemble_readings,
    catch_up,
    opened_home,
)
from backstory.ingest import ingest
from backstory.model import Page, Publication
from backstory.pipeline import Annotator
from backstory.reading import read
from backstory.sample import coverage
from backstory.settings import Settings, all_settings
from backstory.web.counting import Counts
from backstory.web.problems import problem_handlers
from backstory.web.routes import middleware, routes
from backstory.web.service import Access, Chosen, Limits, Service
from backstory.web.turns import Turns

_LOG = logging.getLogger("backstory")
_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised, not listened on

# Touches every room once: what they load is then in memory before the first reader comes.
_FIRST_WORDS = """The harbour was closed on Monday, the port authority said.

"It opened again in October," Mayor Ida Berg told the Lake Courier. Some 5,000 ships passed in the past six months."""


def now() -> datetime:
    """The present moment. The one clock of the service: what needs the time is handed it."""
    return datetime.now(UTC)  # noqa: TID251 - here, and nowhere else


def create_app(settings: Settings, *, sample: bool = False, clock: Callable[[], datetime] = now) -> Starlette:
    """The service: its lifespan opens the archive, adds the sample coverage where asked to, and closes it."""
    access, counts, addresses = _access(settings), Counts(clock()), routes()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, object]]:
        async with AsyncExitStack() as parts:
            home = await parts.enter_async_context(opened_home(settings, clock=clock))
            archive, ledger, door = home.archive, home.ledger, home.door
            desk = assemble_desk(settings, ledger, archive, door, clock=clock)
            parts.push_async_callback(desk.close)
            if sample:
                await ingest(coverage(), archive, read=read, max_article_bytes=settings.max_article_bytes)
            annotator = assemble_annotator(settings, archive)
            await _warm_up(annotator, clock())
            app.state.service = Service(
                annotator=annotator,
                archive=archive,
                desk=desk,
                backfiller=assemble_backfiller(settings, desk, archive, door, clock=clock),
                importer=assemble_importer(settings, desk, archive, door, clock=clock),
                fetch=assemble_fetch(settings, clock=clock, note=ledger.outgoing.note),
                access=access,
                turns=Turns(at_once=settings.pages_at_once, per_minute=settings.pages_per_minute, clock=time.monotonic),
                clock=clock,
                limits=_limits(settings),
                version=__version__,
                counts=counts,
                readings=assemble_readings(settings),
                settings=tuple(_chosen(settings, each) for each in all_settings()),
            )
            desk.begin(follow=settings.follow)
            parts.push_async_callback(_stop, asyncio.create_task(catch_up(archive)))
            yield {}  # the parts are in app.state, which a transport in tests keeps too

    app = Starlette(
        routes=addresses,
        middleware=middleware(access, counts, addresses),
        exception_handlers=problem_handlers,
        lifespan=lifespan,
    )
    # An address is what it is: /healthz/ is another, and not there.
    app.router.redirect_slashes = False
    return app


async def _stop(task: asyncio.Task[None]) -> None:
    """End a task that need not come to its end."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _warm_up(annotator: Annotator, moment: datetime) -> None:
    begun = time.perf_counter()
    published = Publication(moment.date(), moment)
    page = Page(url="https://backstory.invalid/", text=_FIRST_WORDS, read_at=moment, published=published)
    await annotator.annotate(page)
    _LOG.info("ready to read after %.1f s", time.perf_counter() - begun)


def _limits(settings: Settings) -> Limits:
    return Limits(
        max_page_bytes=settings.max_page_bytes,
        max_article_bytes=settings.max_article_bytes,
        idle_seconds=settings.idle_seconds,
        jobs=settings.jobs,
    )


def _chosen(settings: Settings, setting: Field[Any]) -> Chosen:
    value = getattr(settings, setting.name)
    said = ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    return Chosen(
        name=setting.name,
        value=said if setting.repr or not said else "set, and not shown",
        origin=settings.origins.get(setting.name, ""),
        sentence=setting.metadata["sentence"],
    )


def _access(settings: Settings) -> Access:
    every = settings.host in _EVERY_ADDRESS
    return Access(
        token=settings.token,
        hosts=(*settings.allowed_hosts, *(() if every else (settings.host.strip("[]").lower(),))),
        origins=settings.allowed_origins,
        any_address=every,
    )
