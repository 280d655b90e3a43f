"""The archive that a command works on, for as long as it does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backstory.assembly import assemble_archive
from backstory.ports import Archive
from backstory.settings import Settings


@asynccontextmanager
async def opened_archive(settings: Settings, *, read_only: bool = False) -> AsyncIterator[Archive]:
    """The archive that the settings name, closed when the block ends."""
    archive = await assemble_archive(settings, read_only=read_only)
    try:
        yield archive
    finally:
        await archive.close()
