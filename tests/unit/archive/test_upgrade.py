"""An archive that an earlier Backstory kept is brought up to date when it is opened, and nothing of it is lost."""

import json
import sqlite3
from pathlib import Path

import pytest

from backstory.archive.local import LocalArchive
from backstory.archive.preparing import prepare, publisher_key
from backstory.archive.schema import MIGRATIONS, migrate, version
from backstory.archive.store import Store
from backstory.archive.writing import DATABASE
from backstory.errors import ArchiveUnavailableError
from backstory.model import Article, Query, Term
from factories import PARAGRAPHS, make_article, make_publication

REPORT = " ".join((*PARAGRAPHS, "Mayor Ida Berg told reporters that the town would ask the ferry company to pay."))


def articles() -> list[Article]:
    return [
        make_article(REPORT, url="https://paper.example/1", publisher="Courier", published=make_publication(hour=9)),
        make_article(f"{REPORT} So far.", url="https://www.paper.example/2", publisher="Post", authors=("A. Ott",)),
        make_article("Engineers met at the pier.", url="https://other.example/3", published="2020-01-02"),
    ]


def keep_as_of_version_1(folder: Path, kept: list[Article]) -> None:
    """Write what the first version of the schema had, as it was written then, and no index."""
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
    migrate(connection, MIGRATIONS[:1])
    for number, prepared in enumerate(map(prepare, kept), start=1):
        article, published = prepared.article, prepared.published
        at = published.at and published.at.isoformat()
        moment = published.at and int(published.at.timestamp()) * 1_000_000
        details = {
            "authors": article.authors,
            "blocks": [[b.span.start, b.span.end, b.kind, b.number] for b in article.blocks],
        }
        row = (
            number, article.url, prepared.digest, article.headline, article.publisher, publisher_key(article.publisher),
            article.language, published.day.isoformat(), at, moment, published.found, json.dumps(details), article.text,
        )  # fmt: skip
        connection.execute(f"INSERT INTO articles VALUES ({', '.join('?' * 13)})", row)  # noqa: S608 - question marks
        for passage in prepared.passages:
            connection.execute("INSERT INTO passages VALUES (NULL, ?, ?, ?)", (number, passage.ordinal, passage.text))
    connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep_as_of_version_1(tmp_path / "archive", articles())
    return tmp_path / "archive"


async def test_nothing_is_lost_and_nothing_counts_as_changed(folder: Path) -> None:
    archive = await LocalArchive.open(folder)

    assert [article async for article in archive.export()] == articles()
    assert await archive.add(articles()) == ["unchanged"] * 3
    assert len((await archive.search([Query(terms=(Term("pier"),))]))[0]) == 3
    await archive.close()


async def test_what_is_known_since_is_known_of_the_old_too(folder: Path) -> None:
    archive = await LocalArchive.open(folder)

    assert [copy.publisher for copy in await archive.copies_of("https://paper.example/1")] == ["Post", "Courier"]
    assert await archive.links_to("https://paper.example/1") == []
    assert len(await archive.coverage(make_publication("2020-01-01").day, make_publication().day)) == 3
    assert await archive.forget_host("paper.example") == 2
    await archive.close()


async def test_an_upgrade_that_was_broken_off_goes_on(folder: Path) -> None:
    Store(folder / DATABASE).close()  # killed before copies were looked for

    archive = await LocalArchive.open(folder)

    assert len(await archive.copies_of("https://paper.example/1")) == 2
    await archive.close()


async def test_progress_is_told(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    archive = await LocalArchive.open(folder, on_progress=lambda done, total: told.append((done, total)))
    await archive.copies_of("https://paper.example/1")

    assert (3, 3) in told
    await archive.close()


async def test_a_mere_reader_leaves_it_as_it_is(folder: Path) -> None:
    with pytest.raises(ArchiveUnavailableError):
        await LocalArchive.open(folder, read_only=True)

    assert version(sqlite3.connect(folder / DATABASE)) == 1
