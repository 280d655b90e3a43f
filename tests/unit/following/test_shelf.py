import asyncio

import pytest

from backstory.archive.memory import MemoryArchive
from backstory.errors import ArchiveUnavailableError, ArticleError
from backstory.following.shelf import BATCH_MOST, Shelf
from factories import make_article


class Counting(MemoryArchive):
    """An archive that takes its time, counts its batches, and refuses what is called wrong."""

    def __init__(self):
        super().__init__()
        self.batches = []
        self.is_down = False

    async def add(self, articles):
        await asyncio.sleep(0.01)
        if self.is_down:
            raise ArchiveUnavailableError("the disk is full")
        if any(article.headline == "wrong" for article in articles):
            raise ArticleError("it is wrong")
        self.batches.append(len(articles))
        return await super().add(articles)


def article(number, **fields):
    return make_article(url=f"https://paper.example/{number}", **fields)


async def test_those_who_come_while_a_batch_is_written_share_the_next():
    archive = Counting()
    shelf = Shelf(archive)

    outcomes = await asyncio.gather(*(shelf.put(article(number)) for number in range(BATCH_MOST + 50)))

    assert set(outcomes) == {"added"}
    assert archive.batches == [BATCH_MOST, 50]


async def test_an_article_that_is_refused_takes_no_other_with_it():
    shelf = Shelf(Counting())
    put = [shelf.put(article(1)), shelf.put(article(2, headline="wrong")), shelf.put(article(3))]
    first, wrong, last = await asyncio.gather(*put, return_exceptions=True)
    assert (first, last) == ("added", "added")
    assert isinstance(wrong, ArticleError)


async def test_an_archive_that_does_not_answer_is_told_to_everybody():
    archive = Counting()
    archive.is_down = True
    shelf = Shelf(archive)
    with pytest.raises(ArchiveUnavailableError):
        await shelf.put(article(1))
    archive.is_down = False
    assert await shelf.put(article(1)) == "added"


async def test_one_who_goes_away_does_not_stop_what_is_written():
    archive = Counting()
    shelf = Shelf(archive)
    leaving = asyncio.create_task(shelf.put(article(1)))
    staying = asyncio.create_task(shelf.put(article(2)))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == "added"
    await shelf.settled()
    assert (await archive.stats()).articles == 2
