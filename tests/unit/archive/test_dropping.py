"""Dropping many articles: batch by batch, each of them on disk."""

import asyncio
from pathlib import Path

from backstory.archive.dropping import BATCH
from backstory.archive.local import LocalArchive
from factories import make_article


async def test_dropping_that_is_broken_off_goes_on_when_it_is_asked_again(tmp_path: Path) -> None:
    archive = await LocalArchive.open(tmp_path)
    kept = 2 * BATCH + 200
    await archive.add([make_article(f"Pier {n}.", url=f"https://example.org/{n}") for n in range(kept)])

    dropping = asyncio.create_task(archive.forget_host("example.org"))
    await asyncio.sleep(0)
    await archive.add([make_article("Bridge.", url="https://other.example/")])  # comes in between two batches
    dropping.cancel()
    await asyncio.gather(dropping, return_exceptions=True)
    await archive.close()

    archive = await LocalArchive.open(tmp_path)
    assert await archive.forget_host("example.org") in {kept - BATCH, kept - 2 * BATCH}
    assert [article.url async for article in archive.export()] == ["https://other.example/"]
    await archive.close()
