"""What the embedded archive promises beyond the contract: files, processes and crashes."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from backstory.archive.local import LocalArchive
from backstory.archive.schema import MIGRATIONS
from backstory.archive.writing import DATABASE, INDEX
from backstory.errors import ArchiveLockedError, ArchiveUnavailableError, ArchiveVersionError
from backstory.model import Article, Query, Term
from factories import make_article

PIER = Query(terms=(Term("pier"),), limit=10_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def piers(count: int, *, start: int = 0) -> list[Article]:
    return [make_article(f"Pier {n} closed.", url=f"https://example.org/{n}") for n in range(start, start + count)]


async def filled(folder: Path, count: int = 20) -> None:
    archive = await LocalArchive.open(folder)
    await archive.add(piers(count))
    await archive.close()


async def held(archive: LocalArchive) -> int:
    """How many articles can be found; each of them also stands in the database."""
    [ranking] = await archive.search([PIER])
    assert len(ranking) == (await archive.stats()).passages
    return len(ranking)


async def held_in(folder: Path) -> int:
    archive = await LocalArchive.open(folder)
    try:
        return await held(archive)
    finally:
        await archive.close()


def indexes(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("index-*")}


def changed(database: Path, *statements: str) -> None:
    connection = sqlite3.connect(database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


# --- over time ---


async def test_what_was_added_is_there_when_it_is_opened_again(folder: Path) -> None:
    await filled(folder)

    archive = await LocalArchive.open(folder)
    assert await held(archive) == 20
    assert await archive.add(piers(21)) == ["unchanged"] * 20 + ["added"]
    await archive.close()

    assert await held_in(folder) == 21


async def test_numbers_are_never_given_twice(folder: Path) -> None:
    archive = await LocalArchive.open(folder)
    await archive.add(piers(3))
    await archive.forget("https://example.org/2")
    await archive.close()

    archive = await LocalArchive.open(folder)
    await archive.add(piers(1, start=9))
    await archive.close()

    numbers = sqlite3.connect(folder / DATABASE).execute("SELECT id FROM articles ORDER BY id").fetchall()
    assert numbers == [(1,), (2,), (4,)]


# --- one writer ---


async def test_a_second_writer_is_told_that_another_writes(folder: Path) -> None:
    archive = await LocalArchive.open(folder)

    with pytest.raises(ArchiveLockedError, match="another Backstory is writing"):
        await LocalArchive.open(folder)

    await archive.close()
    assert await held_in(folder) == 0


async def test_a_failure_to_open_leaves_no_lock(folder: Path) -> None:
    await filled(folder)
    changed(folder / DATABASE, "PRAGMA user_version = 999")
    with pytest.raises(ArchiveVersionError):
        await LocalArchive.open(folder)

    changed(folder / DATABASE, f"PRAGMA user_version = {len(MIGRATIONS)}")

    assert await held_in(folder) == 20


async def test_others_read_beside_the_writer_and_see_what_it_adds(folder: Path) -> None:
    writer = await LocalArchive.open(folder)
    await writer.add(piers(5))
    reader = await LocalArchive.open(folder, read_only=True)
    assert await held(reader) == 5

    await writer.add(piers(7))
    await writer.forget("https://example.org/0")

    assert await held(reader) == 6
    with pytest.raises(ArchiveUnavailableError, match="reading only"):
        await reader.add(piers(1))
    await reader.close()
    await writer.close()


async def test_a_mere_reader_needs_an_archive(folder: Path) -> None:
    with pytest.raises(ArchiveUnavailableError, match="no archive with a readable index"):
        await LocalArchive.open(folder, read_only=True)

    assert not list(folder.parent.iterdir())


# --- versions ---


async def test_an_archive_of_a_newer_backstory_is_left_alone(folder: Path) -> None:
    await filled(folder)
    changed(folder / DATABASE, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")

    for read_only in (False, True):
        with pytest.raises(ArchiveVersionError, match="use the newer Backstory"):
            await LocalArchive.open(folder, read_only=read_only)


async def test_an_older_index_is_made_anew(folder: Path) -> None:
    await filled(folder)
    (folder / INDEX).rename(folder / "index-0")
    told: list[tuple[int, int]] = []

    archive = await LocalArchive.open(folder, on_progress=lambda done, total: told.append((done, total)))

    assert await held(archive) == 20
    assert told == [(20, 20)]
    await archive.close()
    assert indexes(folder) == {INDEX}


# --- damage ---


async def test_a_lost_index_is_made_anew(folder: Path) -> None:
    await filled(folder)
    shutil.rmtree(folder / INDEX)

    assert await held_in(folder) == 20


def broken(path: Path, damage: str) -> None:
    match damage:
        case "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "garbage":
            path.write_bytes(b"\x7f" * path.stat().st_size)
        case _:
            path.unlink()


@pytest.mark.parametrize("suffix", ["meta.json", ".term", ".idx", ".fast", ".store"])
@pytest.mark.parametrize("damage", ["cut", "garbage", "gone"])
async def test_a_broken_index_is_made_anew(folder: Path, suffix: str, damage: str) -> None:
    await filled(folder)
    for path in list((folder / INDEX).iterdir()):
        if path.name.endswith(suffix):
            broken(path, damage)

    assert await held_in(folder) == 20


async def test_an_index_that_came_from_elsewhere_is_made_anew(folder: Path, tmp_path: Path) -> None:
    await filled(folder)
    await filled(tmp_path / "other", 3)
    shutil.rmtree(folder / INDEX)
    shutil.copytree(tmp_path / "other" / INDEX, folder / INDEX)

    assert await held_in(folder) == 20


async def test_a_broken_database_is_said_to_be(folder: Path) -> None:
    await filled(folder)
    broken(folder / DATABASE, "garbage")

    with pytest.raises(ArchiveUnavailableError, match="not a database"):
        await LocalArchive.open(folder)


async def test_a_folder_that_cannot_be_made_is_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    await asyncio.to_thread(file.write_text, "")

    with pytest.raises(ArchiveUnavailableError):
        await LocalArchive.open(file / "archive")


# --- crashes ---


async def test_what_a_crash_left_half_done_is_indexed_again(folder: Path) -> None:
    await filled(folder)
    changed(
        folder / DATABASE,
        "UPDATE passages SET text = 'The tunnel.' WHERE article = 3",
        "INSERT INTO unsettled VALUES (3), (77)",
    )

    archive = await LocalArchive.open(folder)

    [[hit]] = await archive.search([Query(terms=(Term("tunnel"),))])
    assert hit.passage.url == "https://example.org/2"
    [ranking] = await archive.search([PIER])
    assert len(ranking) == 20, "the headline still says pier"
    assert sqlite3.connect(folder / DATABASE).execute("SELECT count(*) FROM unsettled").fetchone() == (0,)
    await archive.close()


async def test_a_change_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = await LocalArchive.open(folder)
    await archive.add(piers(3))

    for step in ("backstory.archive.index.Index.commit", "backstory.archive.store.Store.settle"):
        with monkeypatch.context() as broken:
            broken.setattr(step, _fails)
            with pytest.raises(ArchiveUnavailableError, match="no space left"):
                await archive.add(piers(6))
        assert await held(archive) == 3

    assert await archive.add(piers(6)) == ["unchanged"] * 3 + ["added"] * 3
    assert await held(archive) == 6
    await archive.close()


def _fails(_self: object) -> None:
    raise OSError("no space left on device")


_CHILD = """
import asyncio, os, sys
from datetime import date
from pathlib import Path
from backstory.archive.local import LocalArchive
from backstory.archive.store import Store
from backstory.model import Article, Block, Publication, Span

def article(number, version):
    text = f"Pier {number} closed in version {version}."
    return Article(url=f"https://example.org/{number}", text=text, blocks=(Block(Span(0, len(text))),),
                   published=Publication(date(2024, 5, 7)))

async def add_until_killed():
    archive = await LocalArchive.open(Path(sys.argv[1]))
    done = (await archive.stats()).articles
    for version in range(10_000):
        await archive.add([article(done + version * 10 + number, version) for number in range(40)])
        print(done + version * 10 + 40, flush=True)

async def die_before_the_database_commits():
    archive = await LocalArchive.open(Path(sys.argv[1]))
    Store.settle = lambda self: os._exit(9)
    await archive.add([article(number, 7) for number in range(40)])
"""


def start(folder: Path, what: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", f"{_CHILD}\nasyncio.run({what}())", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words


async def test_what_was_acknowledged_survives_a_kill(folder: Path) -> None:
    acknowledged = 0
    for delay in (0.05, 0.17, 0.4):
        process = start(folder, "add_until_killed")
        assert process.stdout is not None
        first = await asyncio.to_thread(process.stdout.readline)
        await asyncio.sleep(delay)
        process.kill()
        rest, _ = await asyncio.to_thread(process.communicate)
        acknowledged = int((first + rest).split()[-1])

        archive = await LocalArchive.open(folder)
        assert await held(archive) >= acknowledged
        [ranking] = await archive.search([PIER])
        found = {hit.passage.url for hit in ranking}
        assert found >= {f"https://example.org/{number}" for number in range(acknowledged)}
        await archive.close()
    assert acknowledged > 40


async def test_a_crash_between_the_two_commits_leaves_things_as_they_were(folder: Path) -> None:
    await filled(folder)

    process = start(folder, "die_before_the_database_commits")
    await asyncio.to_thread(process.communicate)
    assert process.returncode == 9

    archive = await LocalArchive.open(folder)
    assert await held(archive) == 20
    [ranking] = await archive.search([Query(terms=(Term("version"),))])
    assert ranking == ()
    assert await archive.add(piers(21)) == ["unchanged"] * 20 + ["added"]
    await archive.close()
