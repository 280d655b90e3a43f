"""Addresses without a text, fetched through the door and read on as lines of an import."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace

from backstory.errors import FetchError
from backstory.following.import_files import SIGN_OF_LIFE, Found, ImportFile
from backstory.model import Errand, Offer
from backstory.ports import Door
from backstory.reading.decoding import decode
from backstory.sources.unreadable import Unreadable

AT_ONCE = 50
"""Pages that are waited for at the same time; the door itself asks each host in turn."""

_SIGN_OF_LIFE_SECONDS = 10.0


def fetched(door: Door, offers: Sequence[Offer], *, why: str) -> ImportFile:
    """The pages of offers as lines, as they come; those that could not be fetched are told."""
    found = Found()
    lines = _lines(door, offers, found, why)
    return ImportFile(lines, len(offers), lambda: found.offers + found.unreadable, found)


def _lines(door: Door, offers: Iterable[Offer], found: Found, why: str) -> Iterator[bytes]:
    """As a plain iterator, each step of which runs the loop on: what sends lines on may have a loop of its own."""
    lines = _fetched(door, offers, found, why)

    async def step() -> bytes | None:
        return await anext(lines, None)

    with asyncio.Runner() as runner:
        while (line := runner.run(step())) is not None:
            yield line


async def _fetched(door: Door, offers: Iterable[Offer], found: Found, why: str) -> AsyncIterator[bytes]:
    waiting = iter(offers)
    running: set[asyncio.Task[Offer | Unreadable]] = set()
    while True:
        while len(running) < AT_ONCE and (offer := next(waiting, None)) is not None:
            running.add(asyncio.create_task(_page(door, offer, why)))
        if not running:
            return
        done, running = await asyncio.wait(running, timeout=_SIGN_OF_LIFE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        yield b"".join(found.take(task.result()) for task in done) or SIGN_OF_LIFE


async def _page(door: Door, offer: Offer, why: str) -> Offer | Unreadable:
    try:
        page = await door.get(Errand(url=offer.url, why=why))
    except FetchError as error:
        return Unreadable(offer.url, str(error))
    return replace(offer, url=page.url, html=decode(page.body, page.charset))
