"""Settings to parts: the one place where parts are chosen."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlsplit

from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.errors import SettingsError
from backstory.fetching import Fetched, fetch
from backstory.pipeline import Annotator
from backstory.ports import Archive
from backstory.settings import Settings


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


def assemble_annotator(archive: Archive) -> Annotator:
    """The reader of pages, linked to an archive."""
    return Annotator(archive)


def assemble_fetch(settings: Settings) -> Callable[[str], Awaitable[Fetched]]:
    """The door to other people's sites, as wide as the settings open it.

    Raises:
        FetchError: a page cannot be fetched, or is not to be.
    """
    return partial(fetch, max_bytes=settings.max_page_bytes, allow_private_hosts=settings.allow_private_hosts)
