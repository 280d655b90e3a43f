import sqlite3
import threading
from datetime import UTC, datetime

import pytest

from backstory.errors import LedgerError
from backstory.following import Feed, Ledger
from backstory.following.schema import MIGRATIONS

NOW = datetime(2024, 5, 8, tzinfo=UTC)


def make_feed(url="https://paper.example/feed", **fields):
    return Feed(url=url, **{"added_at": NOW, "next_at": NOW, **fields})


def test_what_is_written_is_there_after_a_restart(tmp_path):
    ledger = Ledger.open(tmp_path / "home")
    ledger.feeds.add([make_feed()])
    ledger.flags.set("guide", "read")
    ledger.close()

    again = Ledger.open(tmp_path / "home")

    assert [feed.url for feed in again.feeds.all()] == ["https://paper.example/feed"]
    assert again.flags.get("guide") == "read"
    again.close()


def test_a_reader_looks_on_while_another_writes(tmp_path):
    writer = Ledger.open(tmp_path)
    reader = Ledger.open(tmp_path, read_only=True)
    writer.feeds.add([make_feed()])

    assert reader.feeds.count() == 1
    with pytest.raises(LedgerError):
        reader.feeds.add([make_feed("https://other.example/")])
    reader.close()
    writer.close()


def test_a_reader_of_a_home_without_a_ledger_finds_an_empty_one_and_leaves_none(tmp_path):
    reader = Ledger.open(tmp_path, read_only=True)
    assert reader.feeds.all() == ()
    reader.close()
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_a_newer_backstory_is_refused(tmp_path):
    Ledger.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()

    for read_only in (False, True):
        with pytest.raises(LedgerError, match=r"newer Backstory|this Backstory reads"):
            Ledger.open(tmp_path, read_only=read_only)


@pytest.mark.parametrize("former", range(len(MIGRATIONS)))
def test_a_ledger_of_every_former_version_is_brought_up_to_date(tmp_path, former):
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    for script in MIGRATIONS[:former]:
        connection.executescript(script)
    connection.execute(f"PRAGMA user_version = {former}")
    connection.close()

    with pytest.raises(LedgerError, match="brings an older one up to date"):
        Ledger.open(tmp_path, read_only=True)
    ledger = Ledger.open(tmp_path)
    assert ledger.feeds.add([make_feed()])
    ledger.close()


def test_a_file_that_is_no_ledger_is_an_error_that_names_it(tmp_path):
    (tmp_path / "ledger.sqlite").write_text("this is no database at all", "utf-8")
    with pytest.raises(LedgerError, match=r"ledger\.sqlite"):
        Ledger.open(tmp_path)


def test_many_threads_write_and_nothing_is_lost(ledger):
    def follow(number):
        for page in range(20):
            ledger.feeds.add([make_feed(f"https://paper{number}.example/{page}")])

    threads = [threading.Thread(target=follow, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ledger.feeds.count() == 160


def test_what_is_written_together_is_written_wholly_or_not_at_all(ledger):
    def half_done():
        with ledger.database.together():
            ledger.flags.set("guide", "read")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()

    assert ledger.flags.get("guide", "unread") == "unread"
