"""What each stage costs, one after the other in this process: CPU for each article."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from backstory.archive.local import LocalArchive
from backstory.archive.preparing import prepare
from backstory.fetching import Clocks, Manners, PoliteDoor
from backstory.ingest import offers, to_line
from backstory.ingest.record import to_offer
from backstory.model import Article, Errand, Offer
from backstory.reading import read
from backstory.reading.decoding import decode
from backstory.sources.files import offers_in

MAX_PAGE_BYTES = 5_000_000
_BATCH = 100  # articles that the archive keeps at once; as many pages as an import's batch holds
_AT_ONCE = 20  # pages asked for at the same time

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: milliseconds of CPU for an article."""

    name: str
    cpu_ms: float


def stages(archive: Path, urls: Sequence[str], hosts: Sequence[str]) -> list[Stage]:
    """Every stage over the pages of a web archive, and fetching the same pages from their addresses."""
    found: list[Stage] = []
    count = len(urls)

    def measured(name: str, work: Callable[[], T]) -> T:
        begun = time.process_time()
        made = work()
        found.append(Stage(name, (time.process_time() - begun) * 1000 / count))
        return made

    fetched = measured("fetch (door, one page)", lambda: asyncio.run(_fetched(urls, hosts)))
    assert len(fetched) == count
    pages = measured("unpack (WARC)", lambda: _pages(archive))
    lines = measured("hand over (line out)", lambda: [to_line(page) for page in pages])
    again = measured("hand over (line in)", lambda: [to_offer(line) for line in lines])
    articles = measured("read (HTML)", lambda: [offers.to_article(page, read) for page in again])
    measured("prepare (passages)", lambda: [prepare(article) for article in articles])
    measured("keep (prepare, write, index)", lambda: asyncio.run(_kept(articles)))
    return found


def _pages(archive: Path) -> list[Offer]:
    return [each for each in offers_in(archive, max_page_bytes=MAX_PAGE_BYTES) if isinstance(each, Offer)]


async def _fetched(urls: Sequence[str], hosts: Sequence[str]) -> list[str]:
    manners = Manners(
        max_page_bytes=MAX_PAGE_BYTES,
        max_fetch_bytes=MAX_PAGE_BYTES,
        allow_private_hosts=tuple(hosts),
        seconds_between_requests=0,
        hosts_at_once=len(hosts),
    )
    door = PoliteDoor(manners, clocks=Clocks(now=lambda: datetime(2026, 11, 1, tzinfo=UTC)))
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(url: str) -> str:
        async with turns:
            page = await door.get(Errand(url=url, why="measured"))
        return decode(page.body, page.charset)

    return list(await asyncio.gather(*map(one, urls)))


async def _kept(articles: Sequence[Article]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = await LocalArchive.open(Path(folder))
        for start in range(0, len(articles), _BATCH):
            await archive.add(articles[start : start + _BATCH])
        await archive.close()
