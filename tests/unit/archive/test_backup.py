"""Backups: taken while others write, brought back whole or not at all."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from backstory.archive import backup
from backstory.archive.backup import Database, back_up, restore
from backstory.archive.local import LocalArchive
from backstory.archive.schema import MIGRATIONS, make
from backstory.archive.writing import DATABASE
from backstory.errors import BackupError
from backstory.model import Article, Query, Term
from factories import make_article

MADE = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
PIER = Query(terms=(Term("pier"),), limit=10_000)


def piers(count: int, *, start: int = 0) -> list[Article]:
    return [make_article(f"Pier {n} closed.", url=f"https://example.org/{n}") for n in range(start, start + count)]


def databases(home: Path) -> list[Database]:
    return [Database(home / "ledger.sqlite", 1), Database(home / "archive" / DATABASE, len(MIGRATIONS), make)]


async def made_home(home: Path, count: int = 20) -> Path:
    archive = await LocalArchive.open(home / "archive")
    await archive.add(piers(count))
    await archive.close()
    keep_in_ledger(home, "the feeds")
    return home


def keep_in_ledger(home: Path, words: str) -> None:
    connection = sqlite3.connect(home / "ledger.sqlite")
    connection.executescript(
        f"DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT '{words}'; PRAGMA user_version = 1"
    )
    connection.close()


def ledger_of(home: Path) -> str:
    connection = sqlite3.connect(home / "ledger.sqlite")
    [(words,)] = connection.execute("SELECT * FROM kept")
    connection.close()
    return str(words)


async def held_in(home: Path) -> int:
    archive = await LocalArchive.open(home / "archive")
    [ranking] = await archive.search([PIER])
    assert len(ranking) == (await archive.stats()).articles == len([None async for _ in archive.export()])
    await archive.close()
    return len(ranking)


def kept(home: Path, file: Path, *, pause: float = 0.0) -> Path:
    back_up(databases(home), file, made=MADE, by="0.3", on_progress=lambda _done, _total: time.sleep(pause))
    return file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- there and back ---


async def test_what_was_kept_comes_back_in_an_empty_home(tmp_path: Path) -> None:
    file = kept(await made_home(tmp_path / "home"), tmp_path / "news.zip")

    restore(file, databases(tmp_path / "new"))

    assert await held_in(tmp_path / "new") == 20
    assert ledger_of(tmp_path / "new") == "the feeds"
    assert file.stat().st_mode & 0o777 == 0o600
    manifest = json.loads(zipfile.ZipFile(file).read("manifest.json"))
    assert (manifest["made"], manifest["backstory"]) == (MADE.isoformat(), "0.3")
    assert names(tmp_path) == ["home", "new", "news.zip"]


async def test_an_archive_alone_is_kept_alone(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    (home / "ledger.sqlite").unlink()

    restore(kept(home, tmp_path / "news.zip"), databases(tmp_path / "new"))

    assert await held_in(tmp_path / "new") == 20
    assert not (tmp_path / "new" / "ledger.sqlite").exists()


async def test_a_home_that_holds_something_is_replaced_only_where_that_is_said(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    file = kept(home, tmp_path / "news.zip")
    archive = await LocalArchive.open(home / "archive")
    await archive.add(piers(30, start=100))
    await archive.close()
    keep_in_ledger(home, "other feeds")

    with pytest.raises(BackupError, match="--replace"):
        restore(file, databases(home))
    assert (await held_in(home), ledger_of(home)) == (50, "other feeds")

    restore(file, databases(home), replace=True)
    assert (await held_in(home), ledger_of(home)) == (20, "the feeds")


async def test_a_broken_archive_is_replaced_too(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    file = kept(home, tmp_path / "news.zip")
    (home / "archive" / DATABASE).write_bytes(b"no database at all" * 1000)

    restore(file, databases(home), replace=True)

    assert await held_in(home) == 20


# --- while others write ---


async def test_a_backup_is_of_one_moment_while_articles_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES", 3)  # so that commits fall between the steps of copying
    home = await made_home(tmp_path / "home", 400)
    archive = await LocalArchive.open(home / "archive")
    copying = asyncio.create_task(asyncio.to_thread(kept, home, tmp_path / "news.zip", pause=0.02))
    added = 0
    while not copying.done():
        await archive.add(piers(20, start=1000 + added))
        added += 20
    await copying
    restore(tmp_path / "news.zip", databases(tmp_path / "new"))

    assert added > 20
    assert await held_in(tmp_path / "new") % 20 == 0
    assert (await archive.stats()).articles == 400 + added
    await archive.close()


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.5])
async def test_a_backup_that_is_killed_leaves_the_last_one(tmp_path: Path, seconds: float) -> None:
    home = await made_home(tmp_path / "home")
    file = kept(home, tmp_path / "news.zip")
    last = file.read_bytes()
    program = f"""
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from backstory.archive import backup
backup._PAGES = 1
tell = lambda done, total: time.sleep(.05)
print("ready", flush=True)
backup.back_up([backup.Database(Path({str(home / "archive" / DATABASE)!r}), 99)], Path({str(file)!r}),
               made=datetime.now(UTC), by="x", on_progress=tell)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:  # noqa: S603, ASYNC220
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)  # noqa: ASYNC251 - nothing else runs here
        process.send_signal(signal.SIGKILL)

    assert file.read_bytes() == last
    assert await held_in(home) == 20
    kept(home, file)
    assert names(tmp_path) == ["home", "news.zip"]


async def test_a_restore_that_is_killed_leaves_what_was_there(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    file = kept(home, tmp_path / "news.zip")
    archive = await LocalArchive.open(home / "archive")
    await archive.add(piers(5, start=100))
    await archive.close()

    class KilledError(BaseException):
        pass

    def kill(_done: int, _total: int) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        restore(file, databases(home), replace=True, on_progress=kill)

    assert await held_in(home) == 25


# --- what is refused ---


async def test_every_damage_is_found_before_anything_is_touched(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    whole = kept(home, tmp_path / "news.zip").read_bytes()
    damaged = tmp_path / "damaged.zip"
    for place in (*range(0, len(whole), len(whole) // 60), len(whole) - 1):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            restore(damaged, databases(tmp_path / "new"))
        except BackupError:
            assert not list((tmp_path / "new").iterdir())
        else:  # what is not looked at, as the moment that a file in the zip has
            assert (await held_in(tmp_path / "new"), ledger_of(tmp_path / "new")) == (20, "the feeds")
            for path in sorted((tmp_path / "new").rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
    for end in (0, 10, len(whole) // 2, len(whole) - 1):
        damaged.write_bytes(whole[:end])
        with pytest.raises(BackupError):
            restore(damaged, databases(tmp_path / "new"))


def repacked(file: Path, **changes: object) -> Path:
    """The same backup with another manifest."""
    packed = zipfile.ZipFile(file)
    manifest = json.loads(packed.read("manifest.json"))
    for name, value in changes.items():
        manifest["databases"][1].update({name: value}) if name in manifest["databases"][1] else manifest.update(
            {name: value}
        )
    other = file.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as target:
        for name in packed.namelist():
            target.writestr(name, json.dumps(manifest) if name == "manifest.json" else packed.read(name))
    return other


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": 99}, "use the newer Backstory"),
        ({"version": 1}, "is damaged"),
        ({"format": 2}, "newer Backstory"),
        ({"sha256": "0" * 64}, "is damaged"),
        ({"bytes": 10}, "is damaged"),
        ({"bytes": "many"}, "damaged"),
        ({"databases": 5}, "damaged"),
        ({"bytes": float("inf")}, "damaged"),
        ({"bytes": 10**15}, "the disk of"),
        ({"bytes": -1}, "is damaged"),
        ({"version": -1}, "is damaged"),
    ],
)
async def test_what_is_not_as_it_says_is_refused(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    file = repacked(kept(await made_home(tmp_path / "home"), tmp_path / "news.zip"), **changes)

    with pytest.raises(BackupError, match=says):
        restore(file, databases(tmp_path / "new"))

    assert not list((tmp_path / "new").glob("*"))


def packed_up(file: Path, *, name: str = DATABASE, script: str = "", content: bytes = b"") -> Path:
    """A backup that nobody made with us: whole, and with what a script makes for a database."""
    database = file.with_suffix(".sqlite3")
    database.unlink(missing_ok=True)
    connection = sqlite3.connect(database)
    connection.executescript(script)
    connection.close()
    content = content or database.read_bytes()
    said = {"name": name, "version": len(MIGRATIONS), "bytes": len(content), "sha256": sha256(content).hexdigest()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
        target.writestr("manifest.json", json.dumps({"format": 1, "backstory": "9", "databases": [said]}))
    return file


TRIGGER = "CREATE TRIGGER eat AFTER INSERT ON articles BEGIN DELETE FROM articles; END"
VIEW = "CREATE VIEW more AS SELECT * FROM articles"
OURS = "".join(MIGRATIONS).replace("UPDATE articles SET site = site_of(url);", "")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("CREATE TABLE places (url TEXT)", id="another program's"),
        pytest.param(OURS + "DROP TABLE passages", id="half of one"),
        pytest.param(OURS + TRIGGER, id="with a trigger"),
        pytest.param(OURS + VIEW, id="with a view"),
    ],
)
async def test_a_database_of_something_else_replaces_nothing(tmp_path: Path, script: str) -> None:
    home = await made_home(tmp_path / "home")
    file = packed_up(tmp_path / "other.zip", script=f"{script}; PRAGMA user_version = {len(MIGRATIONS)}")

    with pytest.raises(BackupError, match="something else than Backstory"):
        restore(file, databases(home), replace=True)

    assert (await held_in(home), ledger_of(home)) == (20, "the feeds")


@pytest.mark.parametrize("name", ["../ledger.sqlite", "/etc/passwd", "archive/../../out", "..", "index-1/x"])
def test_a_name_that_leads_elsewhere_writes_nothing_anywhere(tmp_path: Path, name: str) -> None:
    home = tmp_path / "deep" / "home"
    before = packed_up(tmp_path / "other.zip", name=name, content=b"x" * 100)

    with pytest.raises(BackupError, match="holds nothing"):
        restore(before, databases(home))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [before, before.with_suffix(".sqlite3")]


def test_a_bomb_is_unpacked_no_further_than_it_says(tmp_path: Path) -> None:
    file = packed_up(tmp_path / "bomb.zip", content=bytes(100_000_000))
    with zipfile.ZipFile(file) as packed:
        said = packed.read("manifest.json").replace(b"100000000", b"1000")
    bomb = tmp_path / "other.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(DATABASE, bytes(100_000_000))
        target.writestr("manifest.json", said)
    with pytest.raises(BackupError, match="is damaged"):
        restore(bomb, databases(tmp_path / "new"))
    assert not list((tmp_path / "new").glob("*"))


@pytest.mark.parametrize("manifest", ["[" * 90_000, "{" * 5, '"' + "x" * 200_000, "null", "[]", '{"format": "1"}'])
def test_a_manifest_of_any_kind_is_no_reason_to_break_down(tmp_path: Path, manifest: str) -> None:
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("manifest.json", manifest)
    with pytest.raises(BackupError):
        restore(file, databases(tmp_path / "new"))


def test_what_is_no_backup_is_neither_brought_back_nor_written_over(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ida")
    (tmp_path / "ledger.sqlite").touch()

    with pytest.raises(BackupError):
        restore(other, databases(tmp_path / "new"))
    with pytest.raises(BackupError, match="is no backup"):
        back_up(databases(tmp_path), other, made=MADE, by="0.3")
    assert other.read_text() == "Dear Ida"


def test_a_home_without_anything_has_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        back_up(databases(tmp_path), tmp_path / "news.zip", made=MADE, by="0.3")


async def test_nobody_else_can_read_what_a_backup_is_made_of(tmp_path: Path) -> None:
    home = await made_home(tmp_path / "home")
    modes: list[int] = []

    def look(_done: int, _total: int) -> None:
        modes.extend(place.stat().st_mode & 0o077 for place in tmp_path.glob(".*.part"))

    back_up(databases(home), tmp_path / "backup.zip", made=MADE, by="0.3", on_progress=look)

    assert set(modes) == {0}
