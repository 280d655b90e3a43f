"""Settings to parts: the one place where parts are chosen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.errors import SettingsError
from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.following import Desk, Keeping, Ledger
from backstory.following.backfill_keeping import Keeper
from backstory.following.backfiller import Backfiller
from backstory.model import Errand, Outgoing
from backstory.pipeline import Annotator
from backstory.ports import Archive, Door, Fetch, Source
from backstory.reading import read
from backstory.settings import Settings
from backstory.sources.apis.registry import open_sources
from backstory.sources.apis.terms import TERMS


async def assemble_archive(settings: Settings, *, read_only: bool = False) -> Archive:
    """Open the archive that the address in the settings names, as a database URL picks its driver.

    One process alone writes; `read_only` reads beside it, and finds nothing where no archive is yet.

    Raises:
        SettingsError: no archive is called so.
        ArchiveLockedError: another process has it open for writing.
        ArchiveUnavailableError: it cannot be opened.
        ArchiveVersionError: a newer Backstory wrote it.
    """
    parts = urlsplit(settings.archive)
    match parts.scheme:
        case "memory":
            return MemoryArchive()
        case "local":
            folder = settings.home / (parts.path or "archive")
            if read_only and not folder.exists():
                return MemoryArchive()
            return await LocalArchive.open(folder, read_only=read_only)
        case _:
            raise SettingsError(f"no archive is called {settings.archive!r}; try local: or memory:")


def assemble_ledger(settings: Settings, *, read_only: bool = False) -> Ledger:
    """Open the ledger under home; beside an archive that is forgotten it is forgotten too.

    Raises:
        LedgerError: it cannot be opened, or a newer Backstory wrote it.
    """
    if urlsplit(settings.archive).scheme == "memory":
        return Ledger.in_memory()
    return Ledger.open(settings.home, read_only=read_only)


def assemble_desk(
    settings: Settings, ledger: Ledger, archive: Archive, door: Door, *, clock: Callable[[], datetime]
) -> Desk:
    """What is followed and what runs, with what the settings let it keep."""
    keeping = Keeping(days=settings.keep_days, articles=settings.keep_articles, megabytes=settings.keep_megabytes)
    return Desk(ledger, archive, door, read=read, clock=clock, keeping=keeping)


def assemble_annotator(archive: Archive) -> Annotator:
    """The reader of pages, linked to an archive."""
    return Annotator(archive)


def assemble_door(
    settings: Settings, *, clock: Callable[[], datetime], note: Callable[[Outgoing], None] = lambda _outgoing: None
) -> Door:
    """The door to other people's servers, as wide as the settings open it; `note` is told of every request."""
    return PoliteDoor(_manners(settings), clocks=Clocks(now=clock), note=note)


def assemble_fetch(
    settings: Settings, *, clock: Callable[[], datetime], note: Callable[[Outgoing], None] = lambda _outgoing: None
) -> Fetch:
    """The door for a person who opens one page, as in a browser: it asks no robots.txt, and keeps no pause."""
    manners = replace(_manners(settings), obeys_robots=False, seconds_between_requests=0)
    door = PoliteDoor(manners, clocks=Clocks(now=clock), note=note)
    return lambda url: door.get(Errand(url=url, why="opened by a reader"))


def assemble_sources(settings: Settings, door: Door, *, clock: Callable[[], datetime]) -> tuple[Source, ...]:
    """The interfaces that may be asked for past coverage: those with a key, and those that the owner said yes to.

    Raises:
        SettingsError: an address is given for a source that there is not.
    """
    addresses = dict(pair.split("=", 1) for pair in settings.source_addresses)
    if unknown := addresses.keys() - TERMS.keys():
        raise SettingsError(f"no source is called {min(unknown)}; source_addresses may name {', '.join(TERMS)}")
    keys = {"guardian": settings.guardian_key, "nyt": settings.nyt_key, "factcheck": settings.factcheck_key}
    return open_sources(door, keys=keys, allowed=settings.allow_sources, addresses=addresses, clock=clock)


def assemble_backfiller(
    settings: Settings, desk: Desk, archive: Archive, door: Door, *, clock: Callable[[], datetime]
) -> Backfiller:
    """Back-fills as jobs of the desk, from the sources that may be asked."""
    sources = assemble_sources(settings, door, clock=clock)
    keep = Keeper(archive, door, read=read, clock=clock)
    return Backfiller(sources, desk.ledger.backfills, keep, jobs=desk.jobs, clock=clock)


def _manners(settings: Settings) -> Manners:
    return Manners(
        max_page_bytes=settings.max_page_bytes,
        max_fetch_bytes=settings.max_fetch_bytes,
        allow_private_hosts=settings.allow_private_hosts,
        contact=settings.contact,
        fetch_seconds=settings.fetch_seconds,
        seconds_between_requests=settings.seconds_between_requests,
        hosts_at_once=settings.hosts_at_once,
    )
