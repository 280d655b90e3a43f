"""Stories: however articles come, change and go, those stay together that are copies, as the reference has it."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstory.archive import stories
from backstory.archive.index import Index
from backstory.archive.local import LocalArchive
from backstory.archive.memory import MemoryArchive
from backstory.errors import ArchiveUnavailableError
from backstory.model import Article
from backstory.ports import Archive
from factories import make_article

WORDS = ["pier", "harbour", "ferry", "mayor", "council", "divers", "lake", "town", "port", "water", "engine", "captain"]
FIRST = date(2024, 5, 1)


def sentence(number: int) -> str:
    """A sentence of twelve words that no other number has."""
    return " ".join(f"{WORDS[(number * 7 + place * place) % 12]}{number}" for place in range(12)) + "."


def story(report: int, first: int, last: int, own: int) -> str:
    """A stretch of one of a few reports, and sentences of the article's own."""
    return " ".join([sentence(100 * report + each) for each in range(first, last)] + [sentence(900 + own)] * (own % 3))


ARTICLES = st.builds(
    lambda place, report, first, length, own, day, wire: make_article(
        ("LINDAU (dpa) - " if wire else "") + story(report, first, first + length, own),
        url=f"https://example.org/{place}",
        publisher=f"Outlet {place % 7}",
        published=FIRST + timedelta(days=day),
    ),
    st.integers(0, 9), st.integers(0, 2), st.integers(0, 6), st.integers(1, 8), st.integers(0, 8), st.integers(0, 9),
    st.booleans(),
)  # fmt: skip
STEPS = st.lists(st.lists(ARTICLES, min_size=1, max_size=5) | st.integers(0, 9), min_size=1, max_size=8)


async def told(archive: Archive) -> dict[str, list[str]]:
    return {
        article.url: [copy.url for copy in await archive.copies_of(article.url)] async for article in archive.export()
    }


folders = count()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_stories_are_the_references_whatever_comes_and_goes(
    steps: list[list[Article] | int], tmp_path: Path
) -> None:
    local, reference = await LocalArchive.open(tmp_path / str(next(folders))), MemoryArchive()
    for step in steps:
        for archive in (local, reference):
            if isinstance(step, int):
                await archive.forget(f"https://example.org/{step}")
            else:
                await archive.add(step)
    assert await told(local) == await told(reference)
    await local.close()


async def test_articles_that_only_a_third_joined_part_when_it_goes(tmp_path: Path) -> None:
    archive = await LocalArchive.open(tmp_path)
    first, both, second = (story(1, *span, own=0) for span in ((0, 6), (0, 12), (6, 12)))
    await archive.add([make_article(text, url=url, publisher=url) for url, text in (("a:1", first), ("a:2", second))])
    assert [copy.url for copy in await archive.copies_of("a:1")] == ["a:1"]

    await archive.add([make_article(both, url="a:3", publisher="a:3")])
    assert [copy.url for copy in await archive.copies_of("a:2")] == ["a:1", "a:2", "a:3"]

    await archive.add([make_article("Nothing of the kind was reported.", url="a:3")])
    assert [copy.url for copy in await archive.copies_of("a:2")] == ["a:2"]
    await archive.close()


async def test_a_report_that_everybody_carries_is_one_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "MAX_HOLDERS", 4)
    monkeypatch.setattr(stories, "MAX_PARTED", 6)
    archive = await LocalArchive.open(tmp_path)
    await archive.add([make_article(story(1, 0, 9, own=n), url=f"a:{n}", publisher=f"{n}") for n in range(12)])
    assert len(await archive.copies_of("a:11")) == 12

    await archive.forget("a:0")
    assert len(await archive.copies_of("a:11")) == 11
    await archive.close()


async def test_words_that_stand_under_every_article_make_no_story(tmp_path: Path) -> None:
    archive = await LocalArchive.open(tmp_path)
    boilerplate = story(2, 0, 4, own=0)
    await archive.add(
        [make_article(story(10 + n, 0, 8, own=0), boilerplate, url=f"a:{n}", publisher=f"{n}") for n in range(60)]
    )

    assert [len(await archive.copies_of(f"a:{n}")) for n in range(60)] == [1] * 60
    await archive.close()


async def test_what_was_undone_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = await LocalArchive.open(tmp_path)
    await archive.add([make_article(story(1, 0, 8, own=0), url="a:1", publisher="1")])

    def fail(_index: Index) -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr(Index, "commit", fail)
    with pytest.raises(ArchiveUnavailableError):
        await archive.add([make_article(story(2, 0, 8, own=0), url="a:1", publisher="1")])
    monkeypatch.undo()
    await archive.add([make_article(story(1, 0, 8, own=0), url="a:2", publisher="2")])

    assert [copy.url for copy in await archive.copies_of("a:2")] == ["a:1", "a:2"]
    await archive.close()
