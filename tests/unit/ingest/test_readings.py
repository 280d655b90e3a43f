"""An import that is sent again reads nothing that the archive still holds."""

import json
from collections import Counter

import pytest

from backstory.archive.local import LocalArchive
from backstory.ingest import IngestReport, ingest
from backstory.ingest import readings as module
from backstory.ingest.readings import READINGS
from backstory.model import Article, Page
from factories import make_article

PIER = "https://paper.example/pier"


@pytest.fixture
async def archive(tmp_path):
    opened = await LocalArchive.open(tmp_path / "archive")
    yield opened
    await opened.close()


class Sender:
    """Sends pages to an archive, and counts how often each of them is read."""

    def __init__(self, archive, place):
        self.archive = archive
        self.place = place
        self.read_pages: Counter[str] = Counter()

    def read(self, page: Page) -> Article:
        self.read_pages[page.html] += 1
        return make_article(page.html, "Zürich is far.", url=page.url)

    async def send(self, *htmls, url=PIER):
        self.read_pages.clear()
        said = [{"url": url, "html": html, "published": "2024-05-07"} for html in htmls]
        lines = [json.dumps(each).encode() + b"\n" for each in said]
        return await ingest(lines, self.archive, read=self.read, max_article_bytes=9_000, readings=self.place)


@pytest.fixture
def sender(archive, tmp_path):
    return Sender(archive, tmp_path / READINGS)


async def test_a_page_that_the_archive_holds_is_not_read_again(sender):
    first, again = await sender.send("one"), await sender.send("one")

    assert (first, again) == (IngestReport(added=1), IngestReport(unchanged=1))
    assert not sender.read_pages


async def test_what_the_archive_cannot_keep_as_it_is_is_read_again(sender):
    first, again = await sender.send("one\0"), await sender.send("one\0")

    assert (first, again) == (IngestReport(added=1), IngestReport(unchanged=1))
    assert sender.read_pages


async def test_only_what_is_new_is_read(sender):
    for number in range(5):
        await sender.send("old", url=f"{PIER}/{number}")
    report = await sender.send("new", url=f"{PIER}/2")

    assert (report, sender.read_pages) == (IngestReport(replaced=1), Counter(new=1))


async def test_a_page_that_was_forgotten_is_read_and_added_again(sender, archive):
    await sender.send("one")
    await archive.forget(PIER)

    assert await sender.send("one") == IngestReport(added=1)
    assert sender.read_pages == Counter(one=1)


async def test_what_came_between_is_replaced_again(sender):
    await sender.send("one")
    await sender.send("two")

    assert await sender.send("one") == IngestReport(replaced=1)
    assert await sender.send("one", "two", "one") == IngestReport(unchanged=1, replaced=2)


async def test_without_its_file_or_with_a_broken_one_pages_are_read(sender):
    await sender.send("one")
    sender.place.write_bytes(b"no database" * 999)

    assert await sender.send("one") == IngestReport(unchanged=1)
    assert sender.read_pages == Counter(one=1)
    sender.place.unlink(missing_ok=True)
    assert await sender.send("one") == IngestReport(unchanged=1)
    assert sender.read_pages == Counter(one=1)
    assert await sender.send("one") == IngestReport(unchanged=1)
    assert not sender.read_pages


async def test_another_version_reads_anew(sender, monkeypatch):
    await sender.send("one")
    monkeypatch.setattr(module, "__version__", "99")

    await sender.send("one")

    assert sender.read_pages == Counter(one=1)


async def test_only_the_latest_are_remembered(sender, monkeypatch):
    monkeypatch.setattr(module, "MOST_READINGS", 2)
    for number in range(4):
        await sender.send("one", url=f"{PIER}/{number}")

    await sender.send("one", url=f"{PIER}/3")
    assert not sender.read_pages
    await sender.send("one", url=f"{PIER}/0")
    assert sender.read_pages
