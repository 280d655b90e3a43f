"""Settings to parts: the one place where parts are chosen."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from backstory import __version__
from backstory.archive import backup
from backstory.archive import schema as archive_schema
from backstory.archive.local import LocalArchive
from backstory.archive.lock import WriterLock
from backstory.archive.memory import MemoryArchive
from backstory.archive.writing import DATABASE, LOCK
from backstory.embedding import EmbeddedArchive, OnnxEmbedder, VectorStore
from backstory.errors import BackupError, SettingsError
from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.following import Desk, Keeping, Ledger
from backstory.following import ledger as ledgers
from backstory.following import schema as ledger_schema
from backstory.following.allowing import KEYLESS, Allowing
from backstory.following.backfill_keeping import Keeper
from backstory.following.backfiller import Backfiller
from backstory.following.importer import Importer, Manner
from backstory.following.inbox import FOLDER, Inbox
from backstory.ingest.readings import READINGS
from backstory.model import Errand, Outgoing
from backstory.pipeline import Annotator
from backstory.ports import Archive, Door, Fetch, Progress, Source
from backstory.reading import read
from backstory.retrieval import Ranker
from backstory.retrieval.correction import Correction, read_correction, stored
from backstory.retrieval.ranker import shipped
from backstory.settings import Settings
from backstory.sources.apis.registry import open_sources
from backstory.sources.apis.terms import TERMS
from backstory.tuning import Tuning, tune

_LOG = logging.getLogger("backstory")
_CORRECTION = "tuning.json"  # under home


async def assemble_archive(settings: Settings, *, read_only: bool = False) -> Archive:
    """Open the archive that the address in the settings names, as a database URL picks its driver.

    One process alone writes; `read_only` reads beside it, and finds nothing where no archive is yet.

    Raises:
        SettingsError: no archive is called so, or its embedder cannot be loaded.
        ArchiveLockedError: another process has it open for writing.
        ArchiveUnavailableError: it cannot be opened.
        ArchiveVersionError: a newer Backstory wrote it.
    """
    parts = urlsplit(settings.archive)
    match parts.scheme:
        case "memory":
            return _embedded(settings, MemoryArchive(), Path(":memory:"))
        case "local":
            folder = settings.home / (parts.path or "archive")
            if read_only and not folder.exists():
                return MemoryArchive()
            archive = await LocalArchive.open(folder, read_only=read_only)
            return _embedded(settings, archive, folder / "vectors.sqlite")
        case _:
            raise SettingsError(f"no archive is called {settings.archive!r}; try local: or memory:")


def _embedded(settings: Settings, archive: Archive, vectors: Path) -> Archive:
    """The archive, known by what it means too where the owner set up an embedder."""
    if settings.embedder is None:
        return archive
    embedder = OnnxEmbedder(settings.embedder, digest=settings.embedder_sha256)
    store = VectorStore(vectors, model=embedder.name, dimensions=embedder.dimensions)
    return cast("Archive", EmbeddedArchive(archive, embedder, store))  # what it lacks it takes from the inner one


async def catch_up(archive: Archive) -> None:
    """Embed what came in before there was an embedder; nothing to do where there is none."""
    if isinstance(archive, EmbeddedArchive):
        await archive.catch_up()


def back_up(settings: Settings, file: Path, *, made: datetime, on_progress: Progress | None = None) -> None:
    """Keep archive and ledger in one file; others may read and write meanwhile.

    Raises:
        BackupError: there is nothing to keep, or it cannot be kept there.
    """
    backup.back_up(_databases(settings), file, made=made, by=__version__, on_progress=on_progress)


def restore(settings: Settings, file: Path, *, replace: bool, on_progress: Progress | None = None) -> None:
    """Bring archive and ledger back from a file; no service may run on the home.

    Raises:
        BackupError: the file is damaged, of a newer Backstory, or there is an archive already.
        ArchiveLockedError: a process has the archive open for writing.
    """
    databases = _databases(settings)
    folder = databases[-1].path.parent
    with WriterLock(folder / LOCK) if folder.exists() else nullcontext():
        backup.restore(file, databases, replace=replace, on_progress=on_progress)


def _databases(settings: Settings) -> tuple[backup.Database, ...]:
    """What is kept, the ledger first: of the two, it may be the older, since what it lacks is asked for again."""
    parts = urlsplit(settings.archive)
    if parts.scheme != "local":
        raise BackupError(f"{settings.archive!r} has no files of its own to keep or to bring back")
    return (
        backup.Database(settings.home / ledgers.FILE, len(ledger_schema.MIGRATIONS), ledger_schema.make),
        backup.Database(
            settings.home / (parts.path or "archive") / DATABASE, len(archive_schema.MIGRATIONS), archive_schema.make
        ),
    )


def assemble_ledger(settings: Settings, *, read_only: bool = False) -> Ledger:
    """Open the ledger under home; beside an archive that is forgotten it is forgotten too.

    Raises:
        LedgerError: it cannot be opened, or a newer Backstory wrote it.
    """
    if urlsplit(settings.archive).scheme == "memory":
        return Ledger.in_memory()
    return Ledger.open(settings.home, read_only=read_only)


@dataclass(frozen=True, slots=True)
class Home:
    """What a process that fills the archive stands on; the door notes its requests in the ledger."""

    archive: Archive
    ledger: Ledger
    door: Door


@asynccontextmanager
async def opened_home(settings: Settings, *, clock: Callable[[], datetime]) -> AsyncIterator[Home]:
    """Archive, ledger and door, while the block runs. Raises what opening each of them raises."""
    async with AsyncExitStack() as parts:
        archive = await assemble_archive(settings)
        parts.push_async_callback(archive.close)
        ledger = assemble_ledger(settings)
        parts.callback(ledger.close)
        yield Home(archive, ledger, assemble_door(settings, clock=clock, note=ledger.outgoing.note))


def assemble_desk(
    settings: Settings, ledger: Ledger, archive: Archive, door: Door, *, clock: Callable[[], datetime]
) -> Desk:
    """What is followed and what runs, with what the settings let it keep."""
    keeping = Keeping(days=settings.keep_days, articles=settings.keep_articles, megabytes=settings.keep_megabytes)
    return Desk(ledger, archive, door, read=read, clock=clock, keeping=keeping)


def assemble_readings(settings: Settings) -> Path | None:
    """The file under home that remembers what imported pages were read as; none beside an archive that is forgotten."""
    return None if urlsplit(settings.archive).scheme == "memory" else settings.home / READINGS


def assemble_annotator(settings: Settings, archive: Archive) -> Annotator:
    """The reader of pages, linked to an archive, with what the archive taught the ranker."""
    meaning = archive if isinstance(archive, EmbeddedArchive) else None
    return Annotator(archive, meaning=meaning, ranker=_ranker(settings))


def _ranker(settings: Settings) -> Ranker:
    """The shipped ranker, corrected where the owner's archive taught it something that still fits."""
    path = settings.home / _CORRECTION
    try:
        taught = read_correction(json.loads(path.read_text("utf-8")), shipped().order.names)
        return replace(shipped(), corrections=(*shipped().corrections, taught))
    except FileNotFoundError:
        return shipped()
    except (OSError, ValueError) as error:
        _LOG.warning("%s is passed over, being %s; `backstory tune` makes it anew", path, error)
        return shipped()


async def tuned(archive: Archive, on_progress: Progress | None = None) -> Tuning | None:
    """What the archive's own links teach the shipped ranker; None where there are too few."""
    return await tune(archive, shipped(), on_progress)


def keep_correction(settings: Settings, correction: Correction | None) -> None:
    """Keep what was learned under home, whole or not at all; None forgets it."""
    path = settings.home / _CORRECTION
    if correction is None:
        path.unlink(missing_ok=True)
        return
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(stored(correction)), "utf-8")
    fresh.replace(path)


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
    allowing = Allowing(desk.flags, settings.allow_sources)
    sources = assemble_sources(replace(settings, allow_sources=KEYLESS), door, clock=clock)  # asked as it allows
    keep = Keeper(archive, door, read=read, clock=clock)
    return Backfiller(sources, desk.ledger.backfills, keep, jobs=desk.jobs, allowing=allowing, clock=clock)


def assemble_importer(
    settings: Settings, desk: Desk, archive: Archive, door: Door, *, clock: Callable[[], datetime]
) -> Importer:
    """Imports as jobs of the desk; what a crash left in the inbox is removed.

    A service whose archive is forgotten may stand beside one that is not, and leaves that one's files alone.
    """
    inbox = Inbox(settings.home / FOLDER, most_bytes=settings.max_import_bytes)
    if urlsplit(settings.archive).scheme != "memory":
        inbox.sweep()
    manner = Manner(
        read=read,
        clock=clock,
        max_article_bytes=settings.max_article_bytes,
        processes=settings.jobs,
        readings=assemble_readings(settings),
    )
    keep = Keeper(archive, door, read=read, clock=clock, why="import")
    return Importer(inbox, archive, keep, jobs=desk.jobs, manner=manner)


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
